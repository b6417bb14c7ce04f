"""What holds of the mentions of every text, and what texts that try to break it are made of."""

from fractions import Fraction
from functools import cache
from itertools import pairwise

from syngraph.base.units import Unit, parse_unit
from syngraph.evidence.mentions.mention import Kind, Mention, Range
from syngraph.model.facts import BOUNDS

SPANS = {"on", "in", "since", "before", "until", "after"}
WITH_VALUE = {Kind.QUANTITY, Kind.DURATION, Kind.COUNT}
LENGTHS = {"year", "month", "week", "day"}


def broken_law(text: str, found: tuple[Mention, ...]) -> str:
    """The first law that the mentions of `text` break; empty if none."""
    for mention in found:
        if not 0 <= mention.start < mention.end <= len(text) or text[mention.start : mention.end] != mention.text:
            return f"not its text: {mention}"
        if wrong := _inconsistent(mention):
            return f"{wrong}: {mention}"
    for left, right in pairwise(found):
        if left.end > right.start:
            return f"overlap: {left}, {right}"
    return ""


def _inconsistent(mention: Mention) -> str:
    kind = mention.kind
    valued = mention.value is not None
    if valued != (kind in WITH_VALUE) or (mention.days is not None) != (kind is Kind.DATE):
        return "kind and value"
    if bool(mention.reason) != (kind is Kind.UNPARSED):
        return "reason"
    if mention.bound not in BOUNDS or bool(mention.span) != (kind in (Kind.DATE, Kind.FISCAL)):
        return "bound or span"
    if mention.span and mention.span not in SPANS:
        return "span"
    if mention.unit and not isinstance(parse_unit(mention.unit), Unit):
        return "unit"
    if (mention.unit in LENGTHS) != (kind is Kind.DURATION) or bool(mention.noun) != (kind is Kind.COUNT):
        return "length or noun"
    if isinstance(mention.value, Range) and not Fraction(0) <= mention.value.low < mention.value.high:
        return "range"
    return ""


@cache
def pieces() -> tuple[str, ...]:
    """Words and signs the grammar looks for, and neighbours that change what they say."""
    return (
        *"0 1 3 12 20 100 2025 1,000 1,2345 1.5 .5 ２０２５ 05 9999999999999999999999 ½ ⅔ 2/3 1/0 0/0 ² ① ㋀ ㏠ ㎿ ٣".split(),
        *"一 二 三 兩 十 百 千 萬 億 兆 萬億 三百五 二〇三〇 壹佰 數 幾 多 餘 半 點 零 廿".split(),
        *"元 美元 日圓 元泰銖 人民幣 新台幣 $ US$ NT$ € ¥ USD EUR TRY % ％ 百分之 分之 成 個百分點 倍 股 每股 席 票 顆 吉瓦".split(),
        *"年 月 日 年底 年度 民國 第 季 上半年 去年 個月 至 到 甚至 介於 之間 由 自 起 前 止 以上 以下 左右 約 超過 不 其中".split(),
        *"million bn billion m k hundred thousand one ten twenty seventy- five and to between from dollars percent".split(),
        *"share shares votes per year quarter quarters third thirds half of June May September Q3 H1 FY fiscal end".split(),
        *"early mid- first second fifth anniversary since by in before until on or more than at least no up".split(),
        *"半年 個半月 週 天 又 每 名 位 座 人 董事 晶圓廠 過半 半數 一半 不得超過 至少應 並非 不止 起至 △ 盧比 英磅 為上限".split(),
        *"years months days weeks year-old directors aircraft representatives exceed not through half a third over".split(),
        *"first-day twenty-first last day 9/24/2018 13/07/05 th odd -plus won each for Boeing Section".split(),
        *", . 、 。 ( ) （ ） - – — ~ / : ' + ".split(),
        *(" ", "\n", "\n\n", "\u3000", "\u200b", "\u0301", "x", "K", "號"),
    )


@cache
def sentences() -> tuple[str, ...]:
    return (
        "OpenAI於2025年10月28日完成資本重組,微軟持股約27%,價值約1,350億美元。",
        "軟銀承諾投資最多四百億美元,其中三百億由自身出資,至二〇三〇年十二月三十一日止。",
        "交易額介於100億至150億美元之間,每股新台幣210元,約三分之二以上股東同意。",
        "民國114年第三季營收34億9993萬元,年增三成五,毛利率66 2/3%。",
        "Holders of at least sixty-six and two-thirds percent (66 2/3%) of ten (10) votes by December 31, 2030.",
        "Microsoft has invested more than $13 billion in OpenAI since 2019, or 41 cents per share, in Q3 2025.",
        "It costs between US$10 million and €15.5m, up to 160 million shares, the 30th day of June, 2028.",
    )
