"""The report: one file that asks for nothing, and leads from every figure to what it rests on."""

import math
import re
from base64 import b64encode
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from syngraph.analyses.evidence import quotes, verify_case
from syngraph.analyses.studies import compiled_plans, run_study, sound
from syngraph.analyses.study import Study
from syngraph.ir.program import Fold
from syngraph.load.case import load_texts
from syngraph.present.display import width
from syngraph.present.numbers import figure
from syngraph.present.report.charts import WIDTH, fan, round_ticks
from syngraph.present.report.markup import html, tag
from syngraph.present.report.page import render
from syngraph.run.results import Series

SMALL = (Path(__file__).parents[1] / "cases" / "small" / "case.yaml").read_text("utf-8")
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
SECTIONS = ["summary", "plans", "payments", "events", "terms", "stances", "checks", "inputs", "sources", "origins"]


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
    said = "。".join(dict.fromkeys(q.key.exact for q in quotes(loaded.cases)))
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
    links = [e.attributes["href"] for e in page.all("a")]
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


def test_every_figure_leads_to_its_origin_in_its_own_language(page: Page) -> None:
    figures = page.all("data", class_="fig")
    assert len(figures) > 50
    for shown in figures:
        link = page.elements[page.elements.index(shown) + 1]
        origin = page.ids[shown.attributes["data-origin"]]
        assert link.name == "a" and link.attributes["href"] == f"#{shown.attributes['data-origin']}"
        assert origin.name == "article" and origin.main == shown.main


def test_every_figure_is_a_number_of_the_run(page: Page) -> None:
    study, _ = small()
    numbers = {float(v) for r in study.runs for s in r.result.series for v in s.mean}
    numbers |= {float(u) / study.paths for r in study.runs for s in r.result.series for u in s.used}
    for shown in page.all("data", class_="fig"):
        value = float(shown.attributes["value"])
        assert math.isfinite(value) and value in numbers, shown


def test_no_origin_is_without_a_figure_that_needs_it(page: Page) -> None:
    reached = {e.attributes["data-origin"] for e in page.all("data")}
    while True:
        more = {i for i in reached for link in _links(page, i)} | {link for i in reached for link in _links(page, i)}
        if more <= reached:
            break
        reached |= more
    assert reached == {e.attributes["id"] for e in page.all("article")}


def _links(page: Page, origin: str) -> list[str]:
    """The entries an entry rests on."""
    found = []
    for element in page.elements[page.elements.index(page.ids[origin]) + 1 :]:
        if element.name in ("article", "footer"):
            break
        if element.name == "a":
            found.append(element.attributes["href"][1:])
    return found


def test_a_figure_rests_on_the_inputs_of_its_own_plan() -> None:
    page = Page(render(studied(THREE_PLANS), version="1.2.3"))
    for prefix in ("en", "zh"):
        start = page.elements.index(page.ids[f"{prefix}-plans"])
        table = next(i for i in range(start, len(page.elements)) if page.elements[i].name == "tbody")
        figures = [e for e in page.elements[table:] if e.name == "data"][:3]
        below = [_below(page, f.attributes["data-origin"]) for f in figures]
        rates = [[text for text in texts if text.startswith("rate ")] for texts in below]
        assert ["20 %" in "".join(r) for r in rates] == [True, False, True]
        assert ["30 %" in "".join(r) for r in rates] == [False, True, False]


def _below(page: Page, origin: str) -> set[str]:
    """The texts of an entry and of all it rests on."""
    return {page.ids[origin].text}.union(*(_below(page, link) for link in _links(page, origin)))


def test_the_numbers_of_headlines_are_figures(page: Page) -> None:
    for prefix in ("en", "zh"):
        for key in ("summary", "plans", "payments"):
            following = page.elements[page.elements.index(page.ids[f"{prefix}-{key}"]) + 3 :]
            assert following[0].name == "data" and following[0].text in headline(page, f"{prefix}-{key}")


def test_days_are_written_as_people_of_the_language_do() -> None:
    page = Page(render(studied(THREE_PLANS), version="1.2.3"))
    english, chinese = (main.text for main in page.all("main"))
    assert "1 Jan 2025" in english and "5 Nov 2024" in english and "2015-12" in english
    assert "2025年1月1日" in chinese and "2024年11月5日" in chinese
    assert not re.search(r"\d{4}-\d\d-\d\d", english + chinese)


def test_a_reason_of_several_lines_is_no_row_of_escapes() -> None:
    lines = "rate:\n    value: 20 %\n    why: |\n      one line\n      and another"
    made = render(studied(THREE_PLANS.replace("rate: {value: 20 %, why: ours}", lines)), version="1.2.3")
    assert "one line\nand another" in made and "u{a}" not in made


def test_an_origin_says_where_it_stands_and_what_it_rests_on(page: Page) -> None:
    entries = [e.text for e in page.all("article") if e.main == "en"]
    rate = next(e for e in entries if e.startswith("revenue_share_rate"))
    assert "assumed" in rate and "20 %" in rate and "reported elsewhere" in rate
    assert re.search(r"case\.yaml:\d+", rate)
    end = next(e for e in entries if e.startswith("revenue_share_end"))
    assert "承諾在2030年前持續分享收入" in end and "article:1:" in end and "through_2030" in end
    assert all(re.search(r"\w+\.yaml:\d+", e) for e in entries)


def test_both_languages_show_the_same_figures(page: Page) -> None:
    english, chinese = (
        [e.attributes["value"] for e in page.all("data") if e.main == language] for language in ("en", "zh-Hant")
    )
    assert english == chinese
    for prefix in ("en", "zh"):
        assert [k for k in SECTIONS if f"{prefix}-{k}" not in page.ids] == []


def test_no_blank_is_left_open(page: Page) -> None:
    for main in page.all("main"):
        assert not re.search(r"\{\w*\}", main.text), re.findall(r".{20}\{\w*\}.{20}", main.text)
        assert not re.search(r"\b(nan|inf|None|-0)\b", main.text)


def test_the_languages_are_chosen_without_script(page: Page) -> None:
    choices = page.all("input", type="radio", name="language")
    assert [("checked" in c.attributes) for c in choices] == [True, False]
    assert {e.attributes["for"] for e in page.all("label")} == {c.attributes["id"] for c in choices}
    assert [e.attributes["lang"] for e in page.all("main")] == ["en", "zh-Hant"]


def test_every_section_asks_and_answers(page: Page) -> None:
    for section in page.all("section"):
        start = page.elements.index(section)
        eyebrow, answer = page.elements[start + 1 : start + 3]
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


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@pytest.mark.parametrize("high", [1.0, 9.9e3, 1.2e9, 9.9e10, 1.2e11, 9.99e12])
def test_what_stands_on_a_chart_stays_on_it(language: str, high: float) -> None:
    series = cumulative(high)
    ticks = [(t, figure(t, "USD", language)) for t in round_ticks(0.0, high)]
    page = Page(html(fan(series, "chart", [str(y) for y in series.columns], ticks)))
    for label in page.all("text", class_="tick end"):
        assert float(label.attributes["x"]) - 7.7 * width(label.text) >= 0, label
    for shape in ("polygon", "polyline"):
        for drawn in page.all(shape):
            points = [tuple(map(float, p.split(","))) for p in drawn.attributes["points"].split()]
            assert all(0 <= x <= WIDTH and 0 <= y <= 220 for x, y in points)


def test_ticks_are_few_and_reach_the_highest() -> None:
    for exponent in range(12):
        for lead in (1.0, 1.01, 2.5, 3.3, 7.7, 9.99):
            high = lead * 10.0**exponent
            ticks = round_ticks(0.0, high)
            assert 2 <= len(ticks) <= 7 and ticks[0] == 0.0 and ticks[-1] >= high * (1 - 1e-12), (high, ticks)
