"""The report: one file that asks for nothing, and leads from every figure to what it rests on."""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from syngraph.analyses.evidence import verify_case
from syngraph.analyses.quotes import citing, quotes
from syngraph.analyses.studies import compiled_plans, run_study, sound
from syngraph.analyses.study import Study
from syngraph.base.dates import Clock
from syngraph.base.texts import LANGUAGES
from syngraph.ir.program import Fold
from syngraph.load.case import load_texts
from syngraph.present.display import width
from syngraph.present.numbers import figure, interval
from syngraph.present.report.charts import WIDTH, Drawings, fan, round_ticks
from syngraph.present.report.markup import html, tag
from syngraph.present.report.page import render
from syngraph.run.results import Series

SMALL = (Path(__file__).parents[1] / "cases" / "small" / "case.yaml").read_text("utf-8")
TODAY = date(2025, 9, 12)
VOID = {"meta", "input", "br"}
HOSTILE = "</script><script>alert(1)</script><!-- \u202eevil\u2066 ]]> \" ' & <b>"
THREE_PLANS = """\
case: sample
title: A sample
currency: USD
today: 2025-01-01
simulate: {until: 2027-01-01, step: quarter}
discount: 10 %
parties:
  maker: {form: corporation}
  buyer: {form: corporation}
assumptions:
  rate: {value: 20 %, why: ours}
  aside: {value: 1 %, why: ours}
measures:
  first: {rate: "rate * 1 bn USD/year"}
  second: {rate: "rate * (2 + aside) * 1 bn USD/year"}
events:
  founded: {date: 2015-12}
  begun: {date: 2014}
  built: {date: ../2020-06-30}
  opened: {date: 2024-11-05}
agreements:
  deal:
    parties: [maker, buyer]
    effective: 2025-01-01
    terms:
      fee: {pays: {from: buyer, to: maker}, amount: first + second}
plans:
  other: {title: Other, changes: [{path: assumptions.rate.value, value: 30 %}]}
  third: {title: Third, changes: [{path: assumptions.aside.value, value: 2 %}]}
"""
SECTIONS = ["summary", "plans", "payments", "events", "terms", "stances", "checks", "sources"]
SHARED = ["inputs", "origins"]


@dataclass(slots=True)
class Element:
    name: str
    attributes: dict[str, str]
    main: str
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.texts)


class Page(HTMLParser):
    """Every element of a page with its text; a page that is not well-formed fails."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.main = ""
        self.feed(text)
        self.close()
        assert not self.open, [e.name for e in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({k for k, _ in attrs}) == len(attrs), (tag, attrs)
        attributes = {k: v or "" for k, v in attrs}
        if tag == "main":
            self.main = attributes["lang"]
        element = Element(tag, attributes, self.main)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1].name == tag, (tag, [e.name for e in self.open])
        self.open.pop()
        if tag == "main":
            self.main = ""

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    @property
    def figures(self) -> list[Element]:
        """The links of what is said in one language: each shows a figure or a range of the run."""
        return [e for e in self.elements if e.name == "a" and e.main]

    def all(self, element: str, /, **attributes: str) -> list[Element]:
        """The elements whose attributes are so."""
        wanted = {k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()}
        return [e for e in self.elements if e.name == element and wanted.items() <= e.attributes.items()]

    @property
    def ids(self) -> dict[str, Element]:
        return {e.attributes["id"]: e for e in self.elements if "id" in e.attributes}


def studied(text: str, *, paths: int = 60) -> Study:
    """A case of one file, run; its source says each of its quotes."""
    loaded = load_texts([("case.yaml", text)])
    assert loaded.cases, [(d.code, d.fills) for d in loaded.diagnostics]
    compiled, found = compiled_plans(loaded.cases)
    assert sound(compiled), [(d.code, d.fills) for d in found]
    said = "。".join(dict.fromkeys(q.key.exact for q in quotes(citing(loaded.cases))))
    evidence = verify_case(loaded.cases, {s.head.name: said for s in loaded.cases[0].sources})
    return run_study(compiled, folder="case", texts=loaded.texts, evidence=evidence, paths=paths, seed=1)


@cache
def small() -> tuple[Study, str]:
    study = studied(SMALL)
    return study, render(study, version="1.2.3")


@pytest.fixture(scope="module")
def text() -> str:
    return small()[1]


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def headline(page: Page, key: str) -> str:
    """The headline of a section."""
    following = page.elements[page.elements.index(page.ids[key]) :]
    return next(e.text for e in following if e.name == "h2")


def test_ids_are_given_once_and_every_link_stays_on_the_page(page: Page) -> None:
    given = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(given) == len(set(given))
    links = [e.attributes["href"] for e in (*page.all("a"), *page.all("use"))]
    assert links and all(link.startswith("#") and link[1:] in page.ids for link in links)


def test_nothing_is_fetched_and_nothing_runs(page: Page, text: str) -> None:
    assert not re.search(r"https?:|//|@import|url\(", text)
    assert not {e.name for e in page.elements} & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    names = {a for e in page.elements for a in e.attributes}
    assert not [a for a in names if a in ("style", "src", "srcset", "action", "ping") or a.startswith("on")]


def test_the_policy_allows_the_style_of_the_page_and_no_more(page: Page) -> None:
    (policy,) = (e.attributes["content"] for e in page.all("meta", http_equiv="Content-Security-Policy"))
    (style,) = page.all("style")
    digest = b64encode(sha256(style.text.encode()).digest()).decode()
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["style-src"] == f"'sha256-{digest}'"
    assert set(rules) <= {"default-src", "style-src", "base-uri", "form-action"}
    before = page.elements[: page.elements.index(style)]
    assert "http-equiv" in {a for e in before for a in e.attributes}, "a policy binds only what follows it"


def test_every_figure_leads_to_its_origin(page: Page) -> None:
    assert len(page.figures) > 100
    for shown in page.figures:
        assert page.ids[origin(shown)].name == "article"


def origin(figure: Element) -> str:
    """The entry a figure leads to."""
    return figure.attributes["href"].removeprefix("#")


def test_every_range_leads_to_its_origin(page: Page) -> None:
    """A range is two ends of one unit with a dash between: none stands outside of a link or a chart's words."""
    for main in page.all("main"):
        linked = "".join(e.text for e in page.figures if e.main == main.main)
        ranges = re.findall(r"\$[\d.]+[kMBT]?–[\d.]+[kMBT]|[\d.,]+[萬億兆]?–[\d.,]+[萬億兆]美元", main.text)
        assert len(ranges) > 20
        assert [r for r in ranges if r not in linked] == []


def test_every_figure_is_a_number_of_the_run(page: Page) -> None:
    """A median with its range and, of sums or where it is far off, its mean; or on how many paths something happens."""
    study, _ = small()
    for language in LANGUAGES:
        known, shares = set(), set()
        for series in (s for r in study.runs for s in r.result.series):
            shares |= {figure(float(used) / study.paths, "fraction", language) for used in series.used}
            for mean, quantiles in zip(series.mean, series.quantiles, strict=True):
                known |= set(shown(float(mean), [float(q) for q in quantiles], series, language))
        numbers = [e.text for e in page.figures if e.main == language and re.match(r"[$−\d]", e.text)]
        assert len(numbers) > 50
        strange = [n for n in numbers if n not in known and not any(n.startswith(share) for share in shares)]
        assert strange == []


def shown(mean: float, quantiles: list[float], series: Series, language: str) -> list[str]:
    """What a cell may say of a value: alone, and with its range and mean."""
    if series.unit == "truth":
        return [figure(mean, "truth", language)]
    clock = Clock(TODAY)
    low, median, high = quantiles[0], quantiles[2], quantiles[4]
    middle, average = (figure(v, series.unit, language, clock=clock) for v in (median, mean))
    if low == high and mean == pytest.approx(low, rel=1e-6):
        return [middle]
    ends = interval(low, high, series.unit, language, clock=clock)
    summed = series.fold in (Fold.YEAR_SUM, Fold.CUMULATIVE, Fold.TOTAL)
    told = summed or (abs(mean - median) > 0.1 * abs(median) and series.unit != "date")
    return [middle, middle + ends + (("mean " if language == "en" else "平均 ") + average if told else "")]


def test_no_origin_is_without_a_figure_or_an_input_that_needs_it(page: Page) -> None:
    study, _ = small()
    inputs = {r.head.name for r in (*study.first.case.facts, *study.first.case.assumptions)}
    reached = {origin(e) for e in page.figures}
    reached |= {e.attributes["id"] for e in page.all("article") if e.text.split()[0] in inputs}
    while more := {link for one in reached for link in _links(page, one)} - reached:
        reached |= more
    places = {e.attributes.get("id") for name in ("u", "mark") for e in page.all(name)}  # of quotes in the woven text
    assert reached - places == {e.attributes["id"] for e in page.all("article")}


def _links(page: Page, origin: str) -> list[str]:
    """The entries an entry rests on."""
    found = []
    for element in page.elements[page.elements.index(page.ids[origin]) + 1 :]:
        if element.name in ("article", "footer"):
            break
        if element.name == "a":
            found.append(element.attributes["href"][1:])
    return found


def entry(page: Page, name: str) -> str:
    """The text of the entry of a name."""
    return next(e.text for e in page.all("article") if e.text.split()[0] == name)


@cache
def three_plans() -> Page:
    return Page(render(studied(THREE_PLANS), version="1.2.3"))


def test_a_figure_rests_on_the_inputs_of_its_own_plan() -> None:
    page = three_plans()
    rate = entry(page, "rate")
    assert re.search(r"①③ \D*case\.yaml:\d+ 20 %", rate) and re.search(r"② \D*case\.yaml:\d+ 30 %", rate)
    # 2025 and 2026 have 365 days: a year's fee is rate × (1 + 2 + aside) bn USD, whatever the year
    fee = entry(page, "deal.fee.paid")
    assert all(text in fee for text in ("① $602M6.02億美元", "② $903M9.03億美元", "③ $604M6.04億美元"))
    assert "① Σ $B十億美元: 2025\u00a00.60 · 2026\u00a01.20" in fee
    assert page.ids["o1"].text.split()[0] in fee or _links(page, "o1")


def test_every_plan_shows_its_payments_and_plans_that_agree_share_a_block() -> None:
    same = "  fourth: {title: Fourth, changes: [{path: assumptions.aside.value, value: 1 %}]}\n"
    page = Page(render(studied(THREE_PLANS + same), version="1.2.3"))
    for prefix in ("en", "zh"):
        start = page.elements.index(page.ids[f"{prefix}-payments"])
        block = next(e for e in page.elements[start:] if e.attributes.get("class") == "plans")
        amounts = ["$602M", "$903M", "$604M"] if prefix == "en" else ["6.02億", "9.03億", "6.04億"]
        assert all(block.text.count(amount) == 2 for amount in amounts)  # in 2025 and in 2026
    labels = [e.text for e in page.all("label") if e.attributes["for"].startswith("en-payments-")]
    assert labels == ["base, Fourth", "Other", "Third"]
    choices = page.all("input", name="en-payments-plan")
    assert [("checked" in c.attributes) for c in choices] == [True, False, False]


def test_the_numbers_of_headlines_are_figures(page: Page) -> None:
    for prefix in ("en", "zh"):
        for key in ("summary", "plans", "payments"):
            following = page.elements[page.elements.index(page.ids[f"{prefix}-{key}"]) + 3 :]
            assert following[0].name == "a" and following[0].text in headline(page, f"{prefix}-{key}")


def test_days_are_written_as_people_of_the_language_do() -> None:
    english, chinese = (main.text for main in three_plans().all("main"))
    assert all(day in english for day in ("1 Jan 2025", "5 Nov 2024", "Dec 2015", "by 30 Jun 2020", "2014"))
    assert all(day in chinese for day in ("2025年1月1日", "2024年11月5日", "2015年12月", "不晚於2020年6月30日"))
    assert not re.search(r"\d{4}-\d\d-\d\d", english + chinese)


def test_a_reason_of_several_lines_is_no_row_of_escapes() -> None:
    lines = "rate:\n    value: 20 %\n    why: |\n      one line\n      and another"
    made = render(studied(THREE_PLANS.replace("rate: {value: 20 %, why: ours}", lines)), version="1.2.3")
    assert "one line\nand another" in made and "u{a}" not in made


def test_an_origin_says_where_it_stands_and_what_it_rests_on(page: Page) -> None:
    rate = entry(page, "revenue_share_rate")
    assert "assumed假設" in rate and "20 %" in rate and "reported elsewhere" in rate
    assert re.search(r"case\.yaml:\d+", rate)
    end = entry(page, "revenue_share_end")
    assert "承諾在2030年前持續分享收入" in end and "article:1:" in end and "through_2030" in end
    assert all(re.search(r"\w+\.yaml:\d+", e.text) for e in page.all("article"))


def test_both_languages_show_the_same_figures(page: Page) -> None:
    english, chinese = (
        [e.attributes["href"] for e in page.figures if e.main == language] for language in ("en", "zh-Hant")
    )
    assert english == chinese
    for prefix in ("en", "zh"):
        assert [k for k in SECTIONS if f"{prefix}-{k}" not in page.ids] == []
    assert [k for k in SHARED if k not in page.ids] == []


def test_no_blank_is_left_open(page: Page) -> None:
    for main in page.all("main"):
        assert not re.search(r"\{\w*\}", main.text), re.findall(r".{20}\{\w*\}.{20}", main.text)
        assert not re.search(r"\b(nan|inf|None|-0)\b", main.text)


def test_the_languages_are_chosen_without_script(page: Page) -> None:
    choices = page.all("input", type="radio", name="language")
    assert [("checked" in c.attributes) for c in choices] == [True, False]
    inputs = {e.attributes["id"] for e in page.all("input", type="radio")}
    assert {e.attributes["for"] for e in page.all("label")} == inputs
    assert [e.attributes["lang"] for e in page.all("main")] == ["en", "zh-Hant"]


def test_every_section_asks_and_answers(page: Page) -> None:
    for section in page.all("section"):
        inside = page.elements[page.elements.index(section) + 1 :]
        eyebrow, answer = [e for e in inside if e.name != "i"][:2]
        assert eyebrow.attributes == {"class": "eyebrow"} and eyebrow.text
        assert answer.name == "h2" and answer.text


def test_the_headline_is_made_from_the_result(page: Page) -> None:
    changed = SMALL.replace("revenue_share_rate: {value: 20 %", "revenue_share_rate: {value: 35 %")
    assert changed != SMALL
    other = Page(render(studied(changed), version="1.2.3"))
    for prefix in ("en", "zh"):
        for key in ("summary", "plans", "payments"):
            assert headline(page, f"{prefix}-{key}") != headline(other, f"{prefix}-{key}")


def test_the_same_study_gives_the_same_text(text: str) -> None:
    assert render(small()[0], version="1.2.3") == text


def test_hostile_texts_stay_texts() -> None:
    block = "'" + HOSTILE.replace("'", "''") + "'"
    case = SMALL.replace("name: {en: Microsoft, zh-Hant: 微軟}", f"name: {{en: {block}, zh-Hant: {block}}}")
    case = case.replace("why: no source", f"why: {block}").replace("{en: California refuses,", f"{{en: {block},")
    case = case.replace("title: {en: The OpenAI–Microsoft partnership,", f"title: {{en: {block},")
    assert case.count("evil") == 5
    made = render(studied(case), version=HOSTILE)
    page = Page(made)
    assert {e.name for e in page.elements} == {e.name for e in Page(small()[1]).elements}
    assert not {"\u202e", "\u2066"} & set(made)
    assert "</script><script>alert(1)</script><!-- \\u{202e}evil" in page.all("title")[0].text
    assert "OpenAI 與微軟的夥伴關係" in page.all("title")[0].text
    assert all("alert(1)" in main.text for main in page.all("main"))


def test_an_attribute_cannot_be_left() -> None:
    made = html(tag("p", HOSTILE, class_=HOSTILE))
    (element,) = Page(made).elements
    assert set(element.attributes) == {"class"} and "evil" in element.attributes["class"]


def cumulative(high: float, years: int = 11) -> Series:
    """A series that rises to `high`."""
    mean = np.linspace(0.0, high, years)
    shares = np.array([0.2, 0.5, 0.8, 0.9, 1.0])
    columns = tuple(range(2025, 2025 + years))
    return Series("x", Fold.CUMULATIVE, "USD", columns, mean * 0.8, mean[:, None] * shares, np.full(years, 9.0))


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("high", [1.0, 9.9e3, 1.2e9, 9.9e10, 1.2e11, 9.99e12])
def test_what_stands_on_a_chart_stays_on_it(language: int, high: float) -> None:
    ticks = [(t, tuple(figure(t, "USD", one) for one in LANGUAGES)) for t in round_ticks(0.0, high)]
    drawings = Drawings()
    chart = fan(drawings, cumulative(high), "chart", ticks, language)
    page = Page(html(tag("p", chart, drawings.all())))
    labels = [e for e in page.all("text") if e.text in {texts[language] for _, texts in ticks}]
    assert len(labels) == len(ticks)
    for label in labels:
        assert float(label.attributes["x"]) - 7.7 * width(label.text) >= 0, label
    for shape in ("polygon", "polyline"):
        for drawn in page.all(shape):
            points = [tuple(map(float, p.split(","))) for p in drawn.attributes["points"].split()]
            assert all(0 <= x <= WIDTH and 0 <= y <= 220 for x, y in points)


def test_a_chart_is_drawn_once_for_both_languages(page: Page) -> None:
    used = [e.attributes["href"] for e in page.all("use")]
    english = [e.attributes["href"] for e in page.all("use") if e.main == "en"]
    assert used == english * 2
    assert {u[1:] for u in used} == {e.attributes["id"] for e in page.all("g") if "id" in e.attributes}


def test_ticks_are_few_and_reach_the_highest() -> None:
    for exponent in range(12):
        for lead in (1.0, 1.01, 2.5, 3.3, 7.7, 9.99):
            high = lead * 10.0**exponent
            ticks = round_ticks(0.0, high)
            assert 2 <= len(ticks) <= 7 and ticks[0] == 0.0 and ticks[-1] >= high * (1 - 1e-12), (high, ticks)


SHARED_OUT = """\
case: shares
title: Shares
currency: USD
today: 2025-01-01
simulate: {until: 2027-01-01, step: quarter}
parties:
  lab: {form: corporation, name: {en: The lab, zh-Hant: 實驗室}}
  cloud: {form: corporation, name: {en: The cloud, zh-Hant: 雲端公司}}
measures:
  demand: {stock: 3 GW}
  worth: {stock: 9 bn USD}
waterfalls:
  compute:
    of: lab
    pot: demand
    tiers: [{name: first, share: {cloud: 100 %}, until: {cloud: {capacity: 2 GW}}}]
  value:
    of: lab
    pot: worth
    tiers: [{name: all, share: {cloud: 100 %}}]
events:
  ruling: {by: cloud, date: 2024-03-05, outcomes: {grant: 100 %, refuse: rest}}
  older: {by: cloud, date: 2023-03, outcomes: {refuse: 100 %, grant: rest}}
  vote: {by: lab, date: "between(2025-02-01, 2025-03-01)", outcomes: {carried: 100 %, lost: rest}}
  off: {when: never}
offers:
  only: {by: cloud, for: lab, amount: price}
facts:
  price: {value: 1 bn USD, cite: {press: a billion}}
sources:
  press: {file: press.txt, language: en}
checks:
  big: {value: worth, at_least: 8 bn USD}
  sure: {probability: demand > 2 GW, at_least: 90 %}
"""


def shared_out() -> Page:
    return Page(render(studied(SHARED_OUT), version="1.2.3"))


def test_money_is_claimed_and_capacity_is_supplied() -> None:
    page = shared_out()
    assert headline(page, "en-supply") == "Under “base” The lab lacks 1.00 GW, at the end of 2026"
    assert headline(page, "zh-supply") == "在「base」下，實驗室至 2026 年底尚缺：1.00 GW"
    assert headline(page, "en-claims") == "Under “base” The cloud has a claim on The lab of $9.00B, at the end of 2026"
    assert headline(page, "zh-claims") == "在「base」下，雲端公司於 2026 年底對實驗室的請求權：90.0億美元"
    assert "$" not in page.ids["en-supply"].text and "GW" not in page.ids["en-claims"].text


def test_one_is_not_counted_as_many() -> None:
    page = shared_out()
    assert headline(page, "en-stances") == "0 positions, 0 disputes, 1 offer"
    assert headline(page, "zh-stances") == "0 項立場、0 件爭議、1 件要約"
    assert headline(page, "en-events") == "1 of 4 events is still open"


def row(page: Page, section: str, name: str) -> str:
    """A row of the first table of a section."""
    start = page.elements.index(page.ids[section])
    return next(e.text for e in page.elements[start:] if e.name == "tr" and e.text.startswith(name))


def test_a_decision_of_the_past_shows_its_day_and_outcome() -> None:
    page = shared_out()
    assert row(page, "en-events", "ruling") == "ruling5 Mar 2024grant"
    assert row(page, "zh-events", "ruling") == "ruling2024年3月5日grant"
    assert row(page, "en-events", "older") == "olderMar 2023refuse"
    assert row(page, "zh-events", "older") == "older2023年3月refuse"
    assert row(page, "en-events", "off") == "offnot in this plan"
    assert "carried" in row(page, "en-events", "vote") and "2025" in row(page, "en-events", "vote")


def test_a_check_shows_its_figure_in_its_unit_and_its_tag() -> None:
    page = shared_out()
    assert row(page, "en-checks", "big") == "big✓ holdsmean $9.00B, at least $8.00B derived"
    assert row(page, "zh-checks", "big") == "big✓ 成立平均 90.0億美元，至少 80.0億美元 推算"
    assert row(page, "en-checks", "sure") == "sure✓ holdson 100% of the paths, at least 90.0% derived"


def test_paper_is_a4_and_light_and_shows_every_plan() -> None:
    (style,) = three_plans().all("style")
    screen, _, paper = style.text.partition("@media print{")
    assert "@page{size:A4" in screen
    assert "prefers-color-scheme:dark" not in paper and "@media screen and (prefers-color-scheme:dark)" in screen
    assert ".plans>div{display:block" in paper and "table-header-group" in paper
