"""The forms of the design, its traps, and sentences in Chinese and English with values worked out by hand."""

import pytest
from mention_reading import read

from syngraph.evidence.mentions.mention import Kind
from syngraph.evidence.mentions.parse import mentions
from syngraph.evidence.mentions.passage import passage

NUMERALS = [
    ("市值5,000億美元", "500000000000 USD"),
    ("營收34億9993萬元", "3499930000 TWD"),
    ("三千五百億元", "350000000000 TWD"),
    ("百億美元", "10000000000 USD"),
    ("1.3萬億美元", "1300000000000 USD"),
    ("新台幣壹佰萬元整", "1000000 TWD"),
    ("５，０００億美元", "500000000000 USD"),
    ("一萬二千億元", "1200000000000 TWD"),
    ("1兆2,000億元", "1200000000000 TWD"),
    ("二十五億六千萬元", "2560000000 TWD"),
    ("一百零五億元", "10500000000 TWD"),
    ("三億零五元", "300000005 TWD"),
    ("5千3百萬元", "53000000 TWD"),
    ("三點五億元", "350000000 TWD"),
    ("廿五億元", "2500000000 TWD"),
    ("貳仟參佰肆拾伍萬陸仟柒佰捌拾玖元", "23456789 TWD"),
    ("15亿美元", "1500000000 USD"),
    ("20多億美元", "2000000000 USD more_than"),
    ("30億餘元", "3000000000 TWD more_than"),
    ("十幾億元", "1000000000 TWD more_than"),
]
# Runs that some pattern would read in part: no value, and a reason.
TRAPS = [
    ("1,2345億美元", "? separators"),
    ("12,34億美元", "? separators"),
    ("1,23,456億元", "? separators"),
    ("三億五美元", "? run"),
    ("三百五億元", "? run"),
    ("七八億元", "? run"),
    ("三五億元", "? run"),
    ("3億5000元", "? run"),
    ("五億億元", "? run"),
    ("三、五億元", "? list"),
    ("5元3角", "? run"),
    ("新台幣壹佰元捌角玖分", "? run"),
    ("5²億元", "? raised"),
    ("②億元", "? raised"),
    ("5，300萬股", "? separators"),
    ("5億 3000萬元", "? spaces"),
    ("05億元", "? run"),
    ("20\n25年9月11日", "? era"),
    ("13\n0億美元", "? line-break"),
    ("1.2.3億元", "? separators"),
    ("1:5億元", "? separators"),
    ("-5%", "? sign"),
    ("負5%", "? sign"),
    ("20%至8%", "? range"),
    ("二至五十萬元", "? range"),
    ("三.五%", "? run"),
    ("三·五億元", "? run"),
    ("五億又三千萬元", "? run"),
    ("5億來元", "? run"),
    ("²025年", "? raised"),
    ("2025年9月11、12日", "? range"),
    ("2025年9月1\n1日", "? range"),
    ("2025年1\n1月", "? range"),
    ("2025年第5季", "? range"),
    ("5億0.5億元", "? separators"),
    ("3萬50000元", "? run"),
    ("2025年9月至2025年", "? range"),
    ("1٣億元", "? run"),
]
UNITS = [
    ("持股27%", "27 %"),
    ("約百分之二十六的股權", "26 % about"),
    ("百分之三點五", "7/2 %"),
    ("兩成股權", "20 %"),
    ("三成五", "35 %"),
    ("1成5", "15 %"),
    ("千分之三", "3/10 %"),
    ("百分之百", "100 %"),
    ("增加3個百分點", "3 pp"),
    ("25個基點", "1/4 pp"),
    ("1.6億股", "160000000 share"),
    ("董事會七席", "7 seat"),
    ("三個席位", "3 seat"),
    ("每股一票", "1 vote/share"),
    ("200萬顆GPU", "2000000 GPU"),
    ("100倍", "100"),
    ("10吉瓦", "10 GW"),
    ("100兆瓦", "100 MW"),
    ("10萬千瓦", "100000 kW"),
    ("每股210美元", "210 USD/share"),
    ("每股價格為新台幣210元", "210 TWD/share"),
    ("每桶80美元", "80 USD/barrel"),
    ("5億用戶", "500000000 user"),
    ("5億元泰銖", "500000000 THB"),
    ("5億元人民幣", "500000000 CNY"),
    ("人民幣5億元", "500000000 CNY"),
    ("5億元（人民幣）", "500000000 CNY"),
    ("美金伍佰萬元", "5000000 USD"),
    ("四千億日圓", "400000000000 JPY"),
    ("三分之二", "2/3"),
    ("三百分之一", "1/300"),
    ("持股66 2/3%", "200/3 %"),
    ("½股權", "1/2"),
    ("66½%", "133/2 %"),
]
RANGES = [
    ("20%至30%", "20..30 %"),
    ("13-15億美元", "1300000000..1500000000 USD"),
    ("十至十五億元", "1000000000..1500000000 TWD"),
    ("900至1,000萬股", "9000000..10000000 share"),
    ("500美元至3億美元", "500..300000000 USD"),
    ("百分之二十至三十", "20..30 %"),
    ("兩至三成", "20..30 %"),
    ("介於100億與150億美元之間", "10000000000..15000000000 USD"),
    ("數億元", "100000000..1000000000 TWD vague"),
    ("數十億甚至萬億美元", "1000000000..1000000000000 USD vague"),
]
BOUNDS = [
    ("超過5%", "5 % more_than"),
    ("逾5%", "5 % more_than"),
    ("突破5%", "5 % more_than"),
    ("至少5%", "5 % at_least"),
    ("不少於5%", "5 % at_least"),
    ("不低於5%", "5 % at_least"),
    ("達到5%", "5 % at_least"),
    ("達5%", "5 %"),
    ("5%以上", "5 % at_least"),
    ("5%（含）以上", "5 % at_least"),
    ("不到5%", "5 % less_than"),
    ("未滿5%", "5 % less_than"),
    ("高達5%", "5 % up_to"),
    ("可達5%", "5 % up_to"),
    ("最多5%", "5 % up_to"),
    ("不超過5%", "5 % up_to"),
    ("未超過5%", "5 % up_to"),
    ("不得超過5%", "5 % up_to"),
    ("不得低於5%", "5 % at_least"),
    ("5%以下", "5 % up_to"),
    ("近5%", "5 % nearly"),
    ("將近5%", "5 % nearly"),
    ("最近5%", "5 %"),
    ("附近5%", "5 %"),
    ("約5%", "5 % about"),
    ("5%左右", "5 % about"),
    ("約為5%", "5 % about"),
    ("超過新台幣3億元", "300000000 TWD more_than"),
    ("依本合約5%", "5 %"),
]
HAN_DATES = [
    ("2025年9月11日", "2025-09-11 on"),
    ("2025年9月11號", "2025-09-11 on"),
    ("二〇二五年九月十一日", "2025-09-11 on"),
    ("二零三零年", "2030 in"),
    ("民國114年9月11日", "2025-09-11 on"),
    ("中華民國一一四年一月一日", "2025-01-01 on"),
    ("中華民國一百一十四年", "2025 in"),
    ("114年9月11日", "? era"),
    ("2025年第三季", "2025-35 in"),
    ("2025年第4季度", "2025-36 in"),
    ("2025年Q1", "2025-33 in"),
    ("2025年上半年", "2025-40 in"),
    ("2025年下半年", "2025-41 in"),
    ("2030年底", "2030-12 in"),
    ("2025年年底", "2025-12 in"),
    ("2025年第一至第三季", "2025-33/2025-35 in"),
    ("2025上半年", "2025-40 in"),
    ("2025年1至9月", "2025-01/2025-09 in"),
    ("2025年前三季", "2025-33/2025-35 in"),
    ("2025年前9個月", "2025-01/2025-09 in"),
    ("2030年代", "relative"),
    ("2025年前5大客戶", "2025 in"),
    ("2026年6月30日或之前", "2026-06-30 until"),
    ("2026年6月30日（含）前", "2026-06-30 until"),
    ("2030年底前", "2030-12 before"),
    ("2025年初", "2025 in"),
    ("2025年初步結果", "2025 in"),
    ("自2019年以來", "2019 since"),
    ("至2032年", "2032 until"),
    ("在2030年前", "2030 before"),
    ("2030年12月31日之後", "2030-12-31 after"),
    ("截至2025年6月30日止", "2025-06-30 until"),
    ("2025年2月29日", "? no-such-day"),
    ("2024年2月29日", "2024-02-29 on"),
    ("2025年13月", "? no-such-day"),
    ("2019-2025年", "2019/2025 in"),
    ("2025年5月至7月", "2025-05/2025-07 in"),
    ("2025年9月11日至12日", "2025-09-11/2025-09-12 in"),
    ("2030年至2026年", "? range"),
    ("2025/9/11", "2025-09-11 on"),
    ("2025-09-11簽約", "2025-09-11 on"),
    ("11/9/2025", "? day-or-month"),
    ("2025年度", "fiscal"),
    ("2025財年", "fiscal"),
    ("去年12月", "relative"),
    ("去年", "relative"),
    ("11月3日", "relative"),
    ("五年", "5 year"),
    ("三個月內", "3 month"),
    ("30日內", "30 day"),
]
NOTHING = [
    "董事會成立",
    "營收成長",
    "一股力量",
    "一席之地",
    "一票否決權",
    "三星與萬科",
    "億萬富翁",
    "千萬不要",
    "萬一失敗",
    "第三方",
    "GPT-4與H100",
    "5G服務",
    "兩家公司",
    "一份備忘錄",
    "單位：新台幣百萬元",
    "第5條第2項",
]


@pytest.mark.parametrize(("text", "says"), NUMERALS + TRAPS + UNITS + RANGES + BOUNDS + HAN_DATES)
def test_chinese_forms(text: str, says: str) -> None:
    assert read(text, "TW") == [says]


@pytest.mark.parametrize("text", NOTHING)
def test_chinese_without_mentions(text: str) -> None:
    assert read(text, "TW") == []


ENGLISH = [
    ("$100bn", ["100000000000 USD"]),
    ("US$500 billion", ["500000000000 USD"]),
    ("U.S. $5 million", ["5000000 USD"]),
    ("USD 1,500,000", ["1500000 USD"]),
    ("5 million USD", ["5000000 USD"]),
    ("€2.5 million", ["2500000 EUR"]),
    ("€2.5 m", ["2500000 EUR"]),
    ("C$5 million", ["5000000 CAD"]),
    ("$5 million CAD", ["5000000 CAD"]),
    ("$5 million (CAD)", ["5000000 CAD"]),
    ("Z$5 million", ["? currency"]),
    ("US$5 million CAD", ["? currency"]),
    ("$5 lakh", ["? run"]),
    ("$5mil", ["? run"]),
    ("$.01 per share", ["1/100 USD/share"]),
    ("41 cents per share", ["41/100 USD/share"]),
    ("a per-share price of $210", ["210 USD/share"]),
    ("$50 per MWh", ["50 USD/MWh"]),
    ("$50 per widget", ["? per"]),
    ("$1,00,000", ["? separators"]),
    ("1.000.000 shares", ["? separators"]),
    ("1.500 shares", ["? separators"]),
    ("EUR 12.500", ["? separators"]),
    ("0.125 MW", ["1/8 MW"]),
    ("12.345%", ["2469/200 %"]),
    ("$1.234 billion", ["1234000000 USD"]),
    ("1 000 000 shares", ["? spaces"]),
    ("$(5.2) million", ["? sign"]),
    ("thirty-five percent", ["35 %"]),
    ("one hundred and fifty million shares", ["150000000 share"]),
    ("a hundred and fifty million shares", ["? run"]),
    ("two and a half million shares", ["2500000 share"]),
    ("$2½ million", ["2500000 USD"]),
    ("66 ½%", ["133/2 %"]),
    ("66 and 2/3%", ["200/3 %"]),
    ("one-half of one percent (0.50%)", ["1/2 %"]),
    ("two-thirds (66.67%) of the votes", ["2/3"]),
    ("two-thirds (66.7%) of the votes", ["2/3"]),
    ("two-thirds (66%) of the votes", ["? number-words-disagree"]),
    ("one percent (1%) per month", ["? per"]),
    ("ten (10) million shares", ["? run"]),
    ("$5 (five) million", ["? run"]),
    ("$70 million-$80 million", ["70000000..80000000 USD"]),
    ("$70-$80 million", ["? range"]),
    ("$5 and $10 million", ["? list", "10000000 USD"]),
    ("$5, $7 and $10 million", ["? list", "? list", "10000000 USD"]),
    ("$5 and 10 million shares", ["5 USD", "10000000 share"]),
    ("in 2025 dollars", ["? currency"]),
    ("5..5%", ["? run"]),
    ("forty-nine point nine percent", ["? run"]),
    ("ten dollars and fifty cents", ["? run", "1/2 USD"]),
    ("5 votes per 100 shares", ["? per", "? per"]),
    ("7–8 June 2025", ["? range"]),
    ("mid-June 2025", ["2025-06 in"]),
    ("not before June 1, 2025", ["2025-06-01 since"]),
    ("€1 234 567", ["? spaces"]),
    ("12 300 million shares", ["? spaces"]),
    ("H12 300 shares", ["? spaces"]),
    ("5/3%", ["? slash"]),
    ("5% per share", ["? per"]),
    ("$5 million EUR", ["? currency"]),
    ("a $10 billion share repurchase", ["10000000000 USD"]),
    ("a two-thirds vote", ["2/3"]),
    ("$5%", ["? run"]),
    ("0.25 of 1%", ["? run"]),
    ("capped at $5 million", ["5000000 USD up_to"]),
    ("2 million chips", ["2000000 chip"]),
    ("between five and ten percent", ["5..10 %"]),
    ("1,234,567 Class A Ordinary Shares", ["1234567 share"]),
    ("10 MW", ["10 MW"]),
    ("10 mW", []),
    ("nineteen ninety-nine percent", ["? run"]),
    ("8 percent", ["8 %"]),
    ("27 per cent", ["27 %"]),
    ("2 percentage points", ["2 pp"]),
    ("25 basis points", ["1/4 pp"]),
    ("seventy percent (70%)", ["70 %"]),
    ("seventy percent (75%)", ["? number-words-disagree"]),
    ("ten (10) votes", ["10 vote"]),
    ("ten (12) votes", ["? number-words-disagree"]),
    ("Five Million Dollars ($5,000,000)", ["5000000 USD"]),
    ("five million (5,000,000) shares", ["5000000 share"]),
    ("sixty-six and two-thirds percent (66 2/3%)", ["200/3 %"]),
    ("66 2/3%", ["200/3 %"]),
    ("66⅔%", ["200/3 %"]),
    ("66½%", ["133/2 %"]),
    ("½ of the shares", ["1/2"]),
    ("two-thirds of the directors", ["2/3"]),
    ("1/2 of the votes", ["1/2"]),
    ("three quarters of the profits", ["3/4"]),
    ("three quarters of 2025", []),
    ("a quarter of the year", []),
    ("one quarter of the year", []),
    ("100x", ["100"]),
    ("5 x 3", []),
    ("three times a year", []),
    ("160m shares", ["160000000 share"]),
    ("10 gigawatts", ["10 GW"]),
    ("2,000 GPUs", ["2000 GPU"]),
    ("10-K", []),
    ("Section 5.2", []),
    ("COVID-19 and GPT-4", []),
    ("between $10 million and $15 million", ["10000000..15000000 USD"]),
    ("$10-15 million", ["10000000..15000000 USD"]),
    ("$10 to $15 million", ["? range"]),
    ("20 to 30%", ["20..30 %"]),
    ("5-7%", ["5..7 %"]),
    ("from 20% to 30%", ["20 %", "30 %"]),
    ("more than 20%", ["20 % more_than"]),
    ("over 20%", ["20 % more_than"]),
    ("no more than 20%", ["20 % up_to"]),
    ("not more than 20%", ["20 % up_to"]),
    ("at least 20%", ["20 % at_least"]),
    ("not less than 20%", ["20 % at_least"]),
    ("under 20%", ["20 % less_than"]),
    ("up to 20%", ["20 % up_to"]),
    ("up to an additional 20%", ["20 % up_to"]),
    ("almost 20%", ["20 % nearly"]),
    ("roughly 20%", ["20 % about"]),
    ("20% or more", ["20 % at_least"]),
    ("shall not exceed $5,000,000", ["5000000 USD up_to"]),
    ("September 11, 2025", ["2025-09-11 on"]),
    ("11 September 2025", ["2025-09-11 on"]),
    ("Sept. 11, 2025", ["2025-09-11 on"]),
    ("30th day of June, 2028", ["2028-06-30 on"]),
    ("thirtieth day of June, 2028", ["2028-06-30 on"]),
    ("June 31, 2028", ["? no-such-day"]),
    ("June 2028", ["2028-06 in"]),
    ("on or before December 31, 2030", ["2030-12-31 until"]),
    ("no later than December 31, 2030", ["2030-12-31 until"]),
    ("prior to January 1, 2030", ["2030-01-01 before"]),
    ("through 2030", ["2030 until"]),
    ("since 2019", ["2019 since"]),
    ("after June 30, 2028", ["2028-06-30 after"]),
    ("Q3 2025", ["2025-35 in"]),
    ("third quarter of 2025", ["2025-35 in"]),
    ("second half of 2026", ["2026-41 in"]),
    ("by the end of 2030", ["2030-12 before"]),
    ("from 2026 to 2030,", ["2026/2030 in"]),
    ("in 2000 shares", ["2000 share"]),
    ("by 2000 employees", []),
    ("FY2025", ["fiscal"]),
    ("fiscal year 2025", ["fiscal"]),
    ("five years", ["5 year"]),
    ("within 30 days", ["30 day"]),
    ("thirty (30) Business Days", ["relative"]),
    ("the fifth anniversary of the Closing", ["relative"]),
    ("last year", ["relative"]),
    ("9/11/2025", ["2025-09-11 on"]),
    ("$13\nbillion", ["13000000000 USD"]),
    ("September\n11, 2025", ["2025-09-11 on"]),
    ("$5 million\n\n2025", ["5000000 USD"]),
]


@pytest.mark.parametrize(("text", "says"), ENGLISH)
def test_english_forms(text: str, says: list[str]) -> None:
    assert read(text, "US") == says


# A number beside what would change it: valued whole, or refused; never read without it.
NEVER_SILENT_HAN = [
    ("20億英磅", ["? currency"]),
    ("300億盧比", ["? currency"]),
    ("三成半", ["35 %"]),
    ("兩倍半", ["5/2"]),
    ("△5%", ["? sign"]),
    ("–5%至–3%", ["? sign", "? sign"]),
    ("每半年支付5億元", ["relative", "? per"]),
    ("並非超過10億元", ["? bound-unsure"]),
    ("不止50億美元", ["5000000000 USD more_than"]),
    ("不得於任一年度超過5億元", ["relative", "? bound-unsure"]),
    ("至少在三年內支付5億元", ["? bound-unsure", "? bound-unsure"]),
    ("未過半數", ["? bound-unsure"]),
    ("不超過半數", ["1/2 up_to"]),
    ("談了一年多", ["1 year more_than"]),
    ("半年有餘", ["6 month more_than"]),
    ("最高可達全球營業額的6%", ["6 % up_to"]),
    ("最高可達前一年度全球營業額的6%", ["relative", "? bound-unsure"]),
    ("期滿自動續約一年", ["1 year"]),
    ("股份總數百分之十", ["10 %"]),
    ("兩個月又十五天", ["? run"]),
    ("五六年", ["? run"]),
    ("5、6年", ["? list"]),
    ("三年或五年", ["3 year", "? range"]),
    ("第三年", []),
    ("每十日", ["relative"]),
    ("本月30日", ["relative", "relative"]),
    ("25年營收", ["relative"]),
    ("前十名股東", []),
    ("任何一人", []),
]
NEVER_SILENT = [
    ("50 billion won", ["? currency"]),
    ("300 million Swedish kronor", ["? currency"]),
    ("Rs. 500 million", ["? currency"]),
    ("$5+ billion", ["? run"]),
    ("$5-plus billion", ["? run"]),
    ("$5 billion-plus", ["5000000000 USD at_least"]),
    ("$20-odd million", ["? run"]),
    ("10 million-odd dollars", ["? run"]),
    ("$2 and a half million", ["2500000 USD"]),
    ("$N million", []),
    ("growth of –5%", ["? sign"]),
    ("a loss of ($5.2 million)", ["? sign"]),
    ("€4.8 million ($5.2 million)", ["4800000 EUR", "5200000 USD"]),
    ("$5 for each 100 shares", ["? per", "100 share"]),
    ("shall not, in any event, exceed $5 million", ["5000000 USD up_to"]),
    ("In no event shall the liability of either party exceed $5 million", ["5000000 USD up_to"]),
    ("will not pay more than $5 million", ["? bound-unsure"]),
    ("where its revenue exceeds $5 million", ["5000000 USD more_than"]),
    ("up to and including $4 million", ["4000000 USD up_to"]),
    ("exceeds the purchase price of $5 million", ["? bound-unsure"]),
    ("vest over four years", ["? bound-unsure"]),
    ("two or three years", ["? range"]),
    ("20- to 30-year leases", ["? range"]),
    ("five (5) to ten (10) shares", ["? range"]),
    ("every five years", ["relative"]),
    ("two periods of six (6) months each", ["6 month"]),
    ("30 days a year", ["relative"]),
    ("ten (10) years and six (6) months", ["126 month"]),
    ("6 months to 2 years", ["6..24 month"]),
    ("12 consecutive months", ["12 month"]),
    ("Boeing 737 aircraft", []),
    ("Section 5 members", []),
    ("the 2025 directors", []),
    ("half of 2025", []),
    ("the second half of the year", []),
    ("01/02/03", ["2003-01-02 on"]),
    ("13/07/05", ["? day-or-month"]),
    ("this ___ day of May, 2019", ["? run"]),
    ("extended from December 31, 2025 to December 31, 2026", ["2025-12-31 since", "2026-12-31 on"]),
    ("commencing on July 1, 2025 and ending on June 30, 2030", ["2025-07-01/2030-06-30 in"]),
    ("last day of February, 2024", ["2024-02-29 on"]),
]


@pytest.mark.parametrize(("text", "says"), NEVER_SILENT_HAN + NEVER_SILENT)
def test_what_would_change_a_number_is_never_left_out(text: str, says: list[str]) -> None:
    assert read(text, "TW" if (text, says) in NEVER_SILENT_HAN else "US") == says


SENTENCES = [
    (
        "The Investor shall hold not less than fifty percent (50%) of the Voting Power until December 31, 2030.",
        ["50 % at_least", "2030-12-31 until"],
    ),
    (
        "Each share of Series B Preferred Stock is entitled to ten (10) votes per share, and 1,250,000 shares are held.",
        ["10 vote/share", "1250000 share"],
    ),
    (
        "The purchase price of USD 1,500,000 is payable within 30 days of March 1, 2026.",
        ["1500000 USD", "30 day", "2026-03-01 on"],
    ),
    (
        "Holders of at least sixty-six and two-thirds percent (66 2/3%) of the outstanding shares must consent.",
        ["200/3 % at_least"],
    ),
    (
        "The aggregate liability of the Company shall not exceed Five Million Dollars ($5,000,000) in 2027.",
        ["5000000 USD up_to", "2027 in"],
    ),
    (
        "Microsoft will receive 20% of revenue through 2030, up to a maximum of $38 billion.",
        ["20 %", "2030 until", "38000000000 USD up_to"],
    ),
    (
        "From January 1, 2026 the royalty is 4.5% of net sales above €250 million a year.",
        ["2026-01-01 since", "9/2 %", "250000000 EUR more_than"],
    ),
    (
        "Of the 9 board seats, Investor may appoint two directors; a vote needs two-thirds of the directors.",
        ["9 seat", "2 directors", "2/3"],
    ),
    (
        "The warrants cover 12.5 million shares at an exercise price of $0.01 per share.",
        ["12500000 share", "1/100 USD/share"],
    ),
    ("Sales rose 12% to $4.2 billion in the third quarter of 2025.", ["12 %", "4200000000 USD", "2025-35 in"]),
    (
        "It will deploy at least 6 GW between 2026 and 2030, costing roughly $50-60 billion.",
        ["6 GW at_least", "2026/2030 in", "50000000000..60000000000 USD about"],
    ),
    (
        "The notes bear interest at 4.25% per annum and mature on the fifth anniversary of the Closing.",
        ["17/4 %", "relative"],
    ),
    ("甲方應於2026年3月31日以前給付乙方美金伍佰萬元。", ["2026-03-31 before", "5000000 USD"]),
    ("本公司持有該子公司51%股權,並取得董事會五席中的三席。", ["51 %", "5 seat", "3 seat"]),
    ("決議須經代表已發行股份總數三分之二以上股東出席。", ["2/3 at_least"]),
    ("授信總額度不得超過新台幣三十億元,年利率為百分之二點五。", ["3000000000 TWD up_to", "5/2 %"]),
    ("雙方同意自民國115年1月1日起,每年支付權利金新臺幣1,200萬元。", ["2026-01-01 since", "12000000 TWD"]),
    (
        "該基金以每股新台幣86.5元認購約3,500萬股,持股比率升至12.3%。",
        ["173/2 TWD/share", "35000000 share about", "123/10 %"],
    ),
    ("鴻海去年營收6兆8,600億元,年增11%。", ["relative", "6860000000000 TWD", "11 %"]),
    (
        "軟銀計劃於2029年底前投資逾1,000億美元,其中四百億來自借款。",
        ["2029-12 before", "100000000000 USD more_than", "40000000000 USD"],
    ),
    ("台積電將釋出不到5%持股,金額介於300億至350億元之間。", ["5 % less_than", "30000000000..35000000000 TWD"]),
    ("合資公司資本額為20億元,甲、乙雙方各出資60%及40%。", ["2000000000 TWD", "60 %", "40 %"]),
    ("第一期建置200兆瓦,總裝置容量可達1.2吉瓦。", ["200 MW", "6/5 GW up_to"]),
    ("2025年第二季毛利率58.6%,季減0.2個百分點。", ["2025-34 in", "293/5 %", "1/5 pp"]),
    ("該案投票結果為1億2,345萬6,789票贊成。", ["123456789 vote"]),
    ("公司將於2026年6月至9月間發行不超過10億股普通股。", ["2026-06/2026-09 in", "1000000000 share up_to"]),
    (
        "估值從2023年的290億美元增至2025年的5,000億美元。",
        ["2023 in", "29000000000 USD", "2025 in", "500000000000 USD"],
    ),
]


@pytest.mark.parametrize(("text", "says"), SENTENCES)
def test_sentences(text: str, says: list[str]) -> None:
    assert read(text, "US" if text.isascii() or "€" in text else "TW") == says


SIMPLIFIED = [
    (
        "注册资本为人民币5,000万元，首期3,000万元应于2025年12月31日前缴清。",
        ["50000000 CNY", "30000000 CNY", "2025-12-31 before"],
    ),
    ("收购对价不超过12.5亿元人民币，重大事项须经三分之二以上董事同意。", ["1250000000 CNY up_to", "2/3 at_least"]),
    ("有限合伙人出资合计人民币叁亿元整（¥300,000,000）。", ["300000000 CNY"]),
    ("2025年第一季度营业收入123.45亿元，同比增长百分之十二点三。", ["2025-33 in", "12345000000 CNY", "123/10 %"]),
    ("公司拟以每股人民币18.88元的价格发行不超过1亿股。", ["472/25 CNY/share", "100000000 share up_to"]),
    ("约三成收入来自海外，近四成来自中国，0.25个百分点。", ["30 % about", "40 % nearly", "1/4 pp"]),
    ("首次公开发行价格区间为每股15美元至17美元", ["15..17 USD/share"]),
    ("估值1.2万亿美元，不晚于2026年6月30日", ["1200000000000 USD", "2026-06-30 until"]),
]


@pytest.mark.parametrize(("text", "says"), SIMPLIFIED)
def test_simplified_sentences(text: str, says: list[str]) -> None:
    assert read(text, "CN", "zh-Hans") == says


REGIONS = [
    ("5億元", "CN", ["500000000 CNY"]),
    ("5億元", "HK", ["500000000 HKD"]),
    ("5億元", "US", ["? currency"]),
    ("$5 million", "HK", ["5000000 HKD"]),
    ("$5 million", "TW", ["? currency"]),
    ("¥5 million", "CN", ["5000000 CNY"]),
    ("¥5 million", "JP", ["5000000 JPY"]),
    ("¥5 million", "TW", ["? currency"]),
    ("1.4兆美元", "TW", ["1400000000000 USD"]),
    ("1.4兆美元", "CN", ["? region"]),
    ("100兆瓦", "CN", ["100 MW"]),
    ("US$5 million", "TW", ["5000000 USD"]),
]


@pytest.mark.parametrize(("text", "region", "says"), REGIONS)
def test_region_decides_bare_signs(text: str, region: str, says: list[str]) -> None:
    assert read(text, region) == says


def test_separators_of_another_language_are_not_read() -> None:
    assert read("1.500 USD", "DE", "de") == ["? language"]
    assert read("1500 USD", "DE", "de") == ["1500 USD"]


def test_currency_is_carried_where_the_words_say_so() -> None:
    carried = mentions("投資100億美元,其中三十億來自軟銀。", language="zh-Hant", region="TW")[1]
    assert (carried.value, carried.unit, "carried" in carried.flags) == (3_000_000_000, "USD", True)
    assert read("微軟投資130億美元,用戶達三億,其中兩億在亞洲。", "TW") == ["13000000000 USD", "300000000", "200000000"]
    assert read("投資100億美元。其中三十億來自軟銀。", "TW") == ["10000000000 USD", "3000000000"]


@pytest.mark.parametrize(
    ("text", "yearly"),
    [
        ("一個年收入750億美元的業務", True),
        ("每年採購額不少於60億港元", True),
        ("annual revenue of $75 billion", True),
        ("$75 billion a year", True),
        ("2025年營收750億美元", False),
        ("去年投資750億美元", False),
        ("annual revenue, and a fine of $75 billion", False),
    ],
)
def test_amounts_of_a_year_are_flagged(text: str, yearly: bool) -> None:
    (amount,) = (m for m in mentions(text, language="", region="US") if m.kind is Kind.QUANTITY)
    assert ("per_year" in amount.flags) == yearly


def test_figures_inside_a_name_are_part_of_it() -> None:
    text = "100兆豐股份與Fund 2030 Partners投資5億元"
    found = mentions(text, language="zh-Hant", region="TW", defined=("100兆豐股份", "Fund 2030 Partners"))
    assert [mention.text for mention in found] == ["5億元"]


def test_a_mention_stands_where_its_text_stands() -> None:
    text = "  ２０２５年９月１１日 簽署,\n 金額 為 新台幣 ５０ 億元 。"
    found = mentions(text, language="zh-Hant", region="TW")
    assert (
        [text[m.start : m.end] for m in found]
        == [m.text for m in found]
        == ["２０２５年９月１１日", "新台幣 ５０ 億元"]
    )


def test_what_was_one_character_is_not_parted() -> None:
    folded = passage("5㏠", language="zh-Hant", region="TW")
    assert folded.text == "51日"
    assert folded.original_span(0, 2) is None
    assert folded.original_span(0, 3) == (0, 2)
