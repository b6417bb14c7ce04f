"""What is counted by its noun: 40 representatives, nine directors, 三座晶圓廠, 二人."""

import re

from syngraph.evidence.mentions.vocabulary import Found, Vocabulary

_MOST_ADJECTIVES = 3

_PEOPLE = (
    "director representative member manager employee worker person observer officer delegate trustee engineer "
    "scientist researcher executive commissioner shareholder stockholder arbitrator mediator customer subscriber "
    "student guest passenger resident household adviser advisor consultant founder"
)
_PLACES = (
    "country store restaurant shop outlet branch office hotel room bed site plant factory facility warehouse center "
    "centre station location building apartment home house mine well refinery fab mall school hospital clinic city "
    "state reactor"
)
_THINGS = (
    "vessel ship tanker carrier plane airplane jet helicopter satellite rocket truck bus car machine line patent "
    "trademark product drug title song film game meeting session installment instalment tranche copy counterpart "
    "subsidiary franchise contract bid"
)
_IRREGULAR = {"person": "people", "child": "children"}
_UNCHANGED = "people aircraft personnel".split()


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


_nouns = f"{_PEOPLE} {_PLACES} {_THINGS}".split()
_NOUNS: Vocabulary[None] = Vocabulary(
    dict.fromkeys((*_nouns, *map(_plural, _nouns), *_IRREGULAR.values(), *_UNCHANGED), None)
)
_ADJECTIVES = frozenset(
    "additional new independent executive non-executive outside voting non-voting board full-time part-time permanent "
    "temporary company-owned franchised production assembly distribution data service wide-body narrow-body commercial "
    "original duplicate separate different consecutive equal annual monthly quarterly further other remaining natural "
    "retail power nuclear manufacturing fulfillment research development regional local foreign domestic container "
    "cargo launch registered initial series-a disinterested senior key qualified".split()
)
_WORD = re.compile(r"[ -]([a-z]+(?:-[a-z]+)*)(?![a-z'])")

_CLASSIFIERS = "名|位|個|个|家|座|架|艘|間|间|棟|栋|口|處|处|所|部|台|臺|款|件|項|项|枚|條|条|支|檔|档"
_HAN_NOUNS = (
    "董事 監察人 监察人 監事 监事 理事 代表 委員 委员 成員 成员 會員 会员 股東 股东 員工 员工 觀察員 观察员 "
    "工程師 工程师 顧問 顾问 經理人 高階主管 仲裁人 仲裁员 學生 學員 旅客 住戶 人員 人员 晶圓廠 晶圆厂 工廠 "
    "工厂 電廠 电厂 廠房 門市 门店 分店 據點 分行 客機 客机 飛機 飞机 貨機 直升機 運輸船 运输船 貨輪 货轮 "
    "油輪 船舶 衛星 卫星 基地台 資料中心 數據中心 数据中心 反應爐 反应堆 機組 机组 國家 国家 城市 子公司 專利 "
    "专利 產品 产品 旅館 飯店 客房 病床 教室 學校 醫院 倉庫 仓库 機台 產線 生产线 生產線 油井 礦場"
).split()
_STOPS = "以的之與与和及或為为是在由於于將将應应可得向對对從从者,。;、()"
_HAN_COUNT = re.compile(
    rf"(?:{_CLASSIFIERS})([^\x00-\x7f{_STOPS}]{{0,4}}?(?:{'|'.join(sorted(_HAN_NOUNS, key=len, reverse=True))}))"
)
_PERSONS = re.compile(r"(?<!一)人(?![民次士員员力口工才壽寿事家物名數数月選选類类們们生心氣气潮行])")

# Article Three members, any one person, Boeing 737 aircraft, 前三名: numbers that count nothing.
_NOT_SO_MANY = re.compile(
    r"(?:[第每任某同另這这那各前頭头]|任何|任一|分之)$|(?<![a-z])(?:any|each|no|every|either|per|number|no\.) $"
)
_REFERS = re.compile(
    r"(?<![a-z])(?:section|sections|article|articles|clause|schedule|exhibit|appendix|annex|item|rule|form|phase|class"
    r"|tier|level|type|page|paragraph|chapter|part|stage|group|unit|series|lot|block|building|room|line|step|note"
    r"|no\.?) $"
)
_BEFORE_NUMBERS = frozenset(
    "a the all its their our his her these those of and or in with for by to at from about both only other some such "
    "than least most up over under nearly almost approximately roughly around has have had consists include includes "
    "including on between within".split()
)
_LAST_WORD = re.compile(r"([A-Za-z&.'\u2019-]+) $")


_OF_SOME = re.compile(r" of (?:(them)\b|(?:the|its|these|those|their|our)(?= )( [a-z0-9-]+)?)")


def of_some(text: str, at: int) -> Found[str] | None:
    """What some of are counted: four of the five directors, two of them. The mention ends with the number."""
    part = _OF_SOME.match(text, at)
    if part is None:
        return None
    whole = part[1] or next((n.meaning for end in (part.start(2), part.end()) if (n := noun(text, end))), "")
    return Found(whole, at, at) if whole else None


def noun(text: str, at: int) -> Found[str] | None:
    """The noun of the number that ends at `at`, perhaps behind adjectives or a classifier."""
    if match := _HAN_COUNT.match(text, at):
        return Found(match[1], match.start(), match.end())
    if match := _PERSONS.match(text, at):
        return Found(match[0], match.start(), match.end())
    for _ in range(_MOST_ADJECTIVES):
        word = _WORD.match(text, at)
        if word is None:
            return None
        if word[1] in _NOUNS:
            return Found(word[1], word.start(1), word.end())
        if word[1] not in _ADJECTIVES:
            return None
        at = word.end()
    return None


def counts(ahead: str, written: str) -> bool:
    """Whether a number behind these words, folded and as written, says how many; Boeing 737 and Section 5 name one."""
    if _NOT_SO_MANY.search(ahead) or _REFERS.search(ahead):
        return False
    last = _LAST_WORD.search(written)
    named = last is not None and last[1][0].isupper() and last[1].lower() not in _BEFORE_NUMBERS
    return not named
