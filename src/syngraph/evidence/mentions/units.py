"""What follows a number: percent, counts, multiples, power and energy, stretches of time."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from syngraph.evidence.mentions.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as base/units spells it; `factor` turns the number into it. A `duration` without a unit has no length.

    `half` is another half of it: 一年半.
    """

    unit: str = ""
    factor: Fraction = Fraction(1)
    flag: str = ""
    duration: bool = False
    half: bool = False
    counted: bool = False  # counted things take a single letter: 5m shares
    figures_only: bool = False  # `two users` is a way of speaking, 2 million users a quantity


def _all(words: str, measure: Measure) -> dict[str, Measure | None]:
    return dict.fromkeys(words.split(), measure)


def _phrases(*words: str, measure: Measure) -> dict[str, Measure | None]:
    return dict.fromkeys(words, measure)


PERCENT = Measure("%")
_POINTS = Measure("pp")
_BASIS = Measure("pp", Fraction(1, 100))
_MULTIPLE = Measure("", flag="multiple")

_shares = (
    _all("% percent pct", PERCENT)
    | _phrases("per cent", "per-cent", measure=PERCENT)
    | _all("個百分點 个百分点 百分點 百分点 pp ppt ppts", _POINTS)
    | _phrases("percentage point", "percentage points", "percent points", "%-points", measure=_POINTS)
    | _all("bp bps 個基點 个基点 基點 基点", _BASIS)
    | _phrases("basis points", "basis point", measure=_BASIS)
    | _all("x 倍", _MULTIPLE)
    | dict.fromkeys(
        (
            f"times {word}"
            for word in "its their the his her our as more earnings revenue ebitda annual sales that cash book net"
            " original invested greater higher larger".split()
        ),
        _MULTIPLE,
    )
)
_counts = (
    _all("share shares 股", Measure("share", counted=True))
    | _all("vote votes 票", Measure("vote", counted=True))
    | _all("seat seats 席 席次 席位 個席位 个席位 個席次 董事席次", Measure("seat", counted=True))
    | _all("顆 颗 枚晶片", Measure("unit", counted=True, figures_only=True))
    | _all("chip chips 顆晶片 顆芯片 颗芯片 片晶片 個晶片", Measure("chip", counted=True, figures_only=True))
    | _all("gpu gpus 顆gpu 颗gpu 張gpu 张gpu 塊gpu 块gpu 個gpu 片gpu", Measure("GPU", counted=True, figures_only=True))
    | _all("vehicle vehicles 輛 辆", Measure("vehicle", counted=True, figures_only=True))
    | _all("dose doses 劑 剂", Measure("dose", counted=True, figures_only=True))
    | _all("user users 用戶 用户 名用戶 名用户 個用戶 位用戶", Measure("user", counted=True, figures_only=True))
    | _all("patient patients 名患者 位患者", Measure("patient", counted=True, figures_only=True))
    | _all("barrel barrels 桶", Measure("barrel", counted=True, figures_only=True))
    | _all("unit units", Measure("unit", counted=True, figures_only=True))
    | _all("token tokens", Measure("token", counted=True, figures_only=True))
)
_power = (
    _all("gw gigawatt gigawatts 吉瓦", Measure("GW"))
    | _all("mw megawatt megawatts 兆瓦", Measure("MW"))
    | _all("百萬瓩", Measure("GW"))
    | _all("kw kilowatt kilowatts 千瓦 瓩", Measure("kW"))
    | _all("tw terawatt terawatts 太瓦", Measure("TW"))
    | _all("gwh gigawatt-hours 吉瓦時 吉瓦时", Measure("GWh"))
    | _all("mwh megawatt-hours 兆瓦時 兆瓦时", Measure("MWh"))
    | _all("kwh kilowatt-hours 千瓦時 千瓦时", Measure("kWh"))
    | _all("twh terawatt-hours 太瓦時 太瓦时", Measure("TWh"))
)
SYMBOLS = frozenset("W kW MW GW TW kWh MWh GWh TWh".split())
_YEAR, _MONTH = Measure("year", duration=True), Measure("month", duration=True)
_WEEK, _DAY = Measure("week", duration=True), Measure("day", duration=True)
_TIME = Measure(duration=True)
_times = (
    _all("year years years' yr yrs 年 年期 個年頭 个年头", _YEAR)
    | _all("年半", replace(_YEAR, half=True))
    | _all("decade decades", replace(_YEAR, factor=Fraction(10)))
    | _all("month months months' 個月 个月", _MONTH)
    | _phrases("calendar month", "calendar months", measure=_MONTH)
    | _phrases("calendar year", "calendar years", measure=_YEAR)
    | _all("個半月 个半月", replace(_MONTH, half=True))
    | _all("個季度 个季度", replace(_MONTH, factor=Fraction(3)))
    | _all("week weeks weeks' 週 周 星期 個星期 个星期 個禮拜", _WEEK)
    | _all("day days days' 日 天 日曆天", _DAY)
    | _phrases("calendar day", "calendar days", measure=_DAY)
    | _all("quarter quarters hour hours minute minutes 年度 月 小時 小时 個小時 个小时 個工作日 个工作日 工作日", _TIME)
    | _phrases("business day", "business days", "trading day", "trading days", "working day", measure=_TIME)
    | _phrases("working days", "fiscal year", "fiscal years", "fiscal quarter", "fiscal quarters", measure=_TIME)
    | _all("個營業日 營業日 個交易日 交易日 個年度 個會計年度 分鐘 秒 世紀 年代", _TIME)
)
HALF_YEAR = re.compile("半年(?![報报度期級级薪])")
_others = dict.fromkeys(
    (
        "股東 股东 股權 股权 股份 股票 股本 股價 股价 股息 股利 股市 股數 股数 股比 股災 股神 股匯 股民 "
        "票據 票据 票價 票价 票面 票選 票房 票券 票證 票號 票否決 票否决 席之地 席話 席捲 倍數 倍率 倍增 月球 日本 "
        "周邊 周年 週年 周刊 週刊 天使 天然 天下 號稱"
    ).split(),
    None,
)
AFTER: Vocabulary[Measure | None] = Vocabulary(_shares | _counts | _power | _times | _others)

# What may stand between a number and shares, votes or seats.
ADJECTIVES: Vocabulary[None] = Vocabulary(
    dict.fromkeys(
        "voting ordinary common preferred preference observer board director new additional outstanding issued "
        "restricted founder treasury nvidia ai class series a b c".split(),
        None,
    )
)
# What an amount is per. None: not of a unit known here, so the amount has no value.
PER: Vocabulary[str] = Vocabulary(
    {
        **dict.fromkeys(
            ("per share", "a share", "/share", "per ordinary share", "par value per share", "per common share"), "share"
        ),
        **dict.fromkeys(("for each share", "a-share", "/股", "每股", "per preferred share"), "share"),
        **dict.fromkeys(("per year", "a year", "per annum", "annually", "each year", "/year", "/yr", "/年"), "year"),
        **dict.fromkeys(("every year", "yearly", "每年", "p.a."), "year"),
        **dict.fromkeys(("per vote", "/票"), "vote"),
        **dict.fromkeys(("per seat", "/席"), "seat"),
        **dict.fromkeys(("per barrel", "a barrel", "/barrel", "/桶", "每桶"), "barrel"),
        **dict.fromkeys(("per gpu", "/gpu"), "GPU"),
        **dict.fromkeys(("per user", "/user"), "user"),
        **dict.fromkeys(("per gw", "/gw", "per gigawatt", "/吉瓦", "每吉瓦"), "GW"),
        **dict.fromkeys(("per mw", "/mw", "per megawatt"), "MW"),
        **dict.fromkeys(("per mwh", "/mwh"), "MWh"),
        **dict.fromkeys(("per kwh", "/kwh"), "kWh"),
        **dict.fromkeys(("per", "/", "a month", "a day", "a week", "a quarter", "an hour", "monthly", "每"), ""),
        **dict.fromkeys(("quarterly", "weekly", "daily", "per capita"), ""),
    }
)
