"""What money is called: ISO 4217 codes, names and signs, and what a bare 元, $ or ¥ is in a region."""

import re
from dataclasses import dataclass
from fractions import Fraction

from syngraph.base.units import CURRENCIES
from syngraph.evidence.mentions.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its code; or, without one, a bare sign whose meaning depends on the region."""

    code: str = ""
    bare: str = ""
    part: Fraction = Fraction(1)  # 1/100 for a cent


BARE = {
    "元": {"TW": "TWD", "CN": "CNY", "HK": "HKD", "SG": "SGD"},
    "$": {"US": "USD", "HK": "HKD", "SG": "SGD", "AU": "AUD", "CA": "CAD", "NZ": "NZD"},
    "¥": {"JP": "JPY", "CN": "CNY", "US": "JPY"},
    "£": {"GB": "GBP", "US": "GBP"},
}
# The currencies that a bare sign may stand for where another word names one: $5 million CAD, 元泰銖.
_FAMILIES = {
    "元": None,
    "$": frozenset("USD CAD AUD NZD HKD SGD TWD MXN BRL CLP COP ARS UYU".split()),
    "¥": frozenset({"JPY", "CNY"}),
    "£": frozenset({"GBP", "EGP"}),
}

_NAMES = {
    "USD": "美元 美金 us$ u.s.$ $us usd$ u.s.dollars u.s.dollar usdollars 美圆 美圓",
    "EUR": "歐元 欧元 € euro euros",
    "JPY": "日圓 日元 日圆 日幣 日币 円 jp¥ yen",
    "GBP": "英鎊 英镑 sterling",
    "CNY": "人民幣 人民币 rmb rmb¥ cn¥ yuan renminbi",
    "HKD": "港元 港幣 港币 港圓 hk$",
    "TWD": "新台幣 新臺幣 新台币 新臺币 台幣 臺幣 台币 nt$ ntd",
    "KRW": "韓元 韓圜 韓圓 韓幣 韩元 韩币 韩圆 ₩",
    "SGD": "新加坡元 新加坡幣 新加坡币 新幣 新币 坡幣 s$ sg$",
    "AUD": "澳元 澳幣 澳币 a$ au$",
    "NZD": "紐元 纽元 紐幣 nz$",
    "CAD": "加元 加幣 加币 加拿大元 c$ ca$ cdn$",
    "CHF": "瑞士法郎 瑞郎 chf",
    "THB": "泰銖 泰铢 ฿ baht",
    "INR": "印度盧比 印度卢比 ₹",
    "IDR": "印尼盾 印尼盧比",
    "VND": "越南盾 越盾 ₫",
    "MYR": "令吉 馬幣 马币 ringgit",
    "PHP": "菲律賓披索 ₱",
    "BRL": "r$",
    "ILS": "₪",
    "TRY": "₺",
    "RUB": "₽ 盧布 卢布",
    "SEK": "瑞典克朗",
    "NOK": "挪威克朗",
    "DKK": "丹麥克朗 丹麦克朗",
}
_PHRASES = {
    "u.s. dollar": "USD",
    "us dollar": "USD",
    "american dollar": "USD",
    "united states dollar": "USD",
    "dollars of the united states": "USD",
    "hong kong dollar": "HKD",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "new zealand dollar": "NZD",
    "singapore dollar": "SGD",
    "new taiwan dollar": "TWD",
    "nt dollar": "TWD",
    "swiss franc": "CHF",
    "pound sterling": "GBP",
    "british pound": "GBP",
    "japanese yen": "JPY",
    "chinese yuan": "CNY",
    "korean won": "KRW",
    "indian rupee": "INR",
}

_named = {name: Currency(code) for code, names in _NAMES.items() for name in names.split()}
_named |= {phrase + s: Currency(code) for phrase, code in _PHRASES.items() for s in ("", "s")}
_named |= {"pounds sterling": Currency("GBP"), "u.s. $": Currency("USD"), "us $": Currency("USD")}
_signs = {sign: Currency(bare=sign) for sign in BARE}
_codes = {code.lower(): Currency(code) for code in CURRENCIES}
_bare_words = {
    "元": Currency(bare="元"),
    "圓": Currency(bare="元"),
    "圆": Currency(bare="元"),
    "dollar": Currency(bare="$"),
    "dollars": Currency(bare="$"),
    "cent": Currency(bare="$", part=Fraction(1, 100)),
    "cents": Currency(bare="$", part=Fraction(1, 100)),
    "¢": Currency(bare="$", part=Fraction(1, 100)),
    "美分": Currency("USD", part=Fraction(1, 100)),
    "u.s. cents": Currency("USD", part=Fraction(1, 100)),
    "pence": Currency("GBP", part=Fraction(1, 100)),
}
# 5億元人民幣: the name after 元 says which.
_compound = {
    "元" + name: Currency(code)
    for code, names in _NAMES.items()
    for name in names.split()
    if name[0] > "\u2e80" and name[-1] not in "元圓圆円"
}
_not_money = dict.fromkeys("元件 元素 元年 元旦 元老 元月 元首 元帥 元宇宙 元勳 元氣 圓滿 圓桌 圆满 圆桌".split(), None)

# Money that may be of several countries, or that is not known here: an amount of it has no value.
_STRANGE_LATIN = (
    "won|rupees?|rupiahs?|pounds?|dinars?|dirhams?|riyals?|rials?|reais|pesos?|kron(?:a|or|e|er|ur)|korun(?:a|y)|liras?|lire"
    "|zlotys?|rands?|roubles?|rubles?|francs?|forints?|shillings?|takas?|nairas?|cedis?|hryvnias?|tenges?|dongs?|kyats?"
    "|leva|lei|shekels?|bitcoins?|ether|crowns?"
)
_STRANGE_HAN = (
    "盧比|卢比|英磅|披索|比索|里拉|法郎|克朗|克郎|里亞爾|里亚尔|第納爾|第纳尔|迪拉姆|迪爾汗|蘭特|兰特|福林|茲羅提|兹罗提|先令"
    "|馬克|马克|盾|銖|铢|比特幣|比特币|以太幣|[\u4e00-\u9fff]{1,3}[幣币]"
)
STRANGE = re.compile(rf"[ -](?:[a-z]+(?:i|an|ish|ese|ch|ic) )?(?:{_STRANGE_LATIN})(?![a-z])|元?(?:{_STRANGE_HAN})")
STRANGE_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:rs\.?|rp\.?|rm|kr\.?|won)|₨|盧比|卢比|英磅|披索|里拉|克朗|盧布|比特幣) ?$"
)

ALL = CURRENCIES
CODES = frozenset(_codes)  # only in capitals: `try` and `all` are words
BEFORE: Vocabulary[Currency] = Vocabulary(_codes | _named | _signs)
AFTER: Vocabulary[Currency | None] = Vocabulary(_codes | _named | _signs | _bare_words | _compound | _not_money)


def code_in(currency: Currency, region: str, other: Currency | None = None) -> str:
    """The code of a currency in a region, where `other` also names it; empty if it is not sure or they differ."""
    if other is None:
        return currency.code or BARE[currency.bare].get(region, "")
    if currency.code and other.code:
        return currency.code if currency.code == other.code else ""
    bare, named = (other, currency) if currency.code else (currency, other)
    if not named.code:
        return code_in(currency, region) if currency.bare == other.bare else ""
    family = _FAMILIES[bare.bare]
    return named.code if family is None or named.code in family else ""
