"""One number for one name: every figure of every answer, walked and held against the others."""

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "apps"))
sys.path.insert(0, str(Path(__file__).parents[1] / "present"))
from check_samples import syngraph
from test_report import Page

from syngraph.present.numbers import figure

CASE = str(Path(__file__).parents[2] / "cases" / "openai-microsoft")
PLANS = ("status_quo", "december_2024", "may_2025")
SMALL = ("--paths", "200", "--format", "json")
ASKED = (
    "received(nonprofit)",
    "received(microsoft)@2030",
    "openai_money_to_microsoft@2031",
    "agi_not_before_share_ends",
)

Named = tuple[str, str, tuple[str, str] | None, str]
"""A figure's series, plan, days, and what of them it is."""

# numbers that are no figures of a run: how it was made, where something stands, what was wanted, how often one is higher
OTHER = set("paths seed shares columns line column at_least at_most falls_between higher equal lower depth".split())
# the central path, stretch by stretch: what a figure is recomputed from, which has a test of its own
COURSE = set("stretches values sums outcomes pot tiers rows".split())
NUMBERS = set("median mean share figure central range quantiles standard_error".split())


def answer(*tokens: str) -> dict[str, Any]:
    ran = syngraph(*tokens, *SMALL)
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


@cache
def run(plan: str) -> dict[str, Any]:
    return answer("run", CASE, "--plan", plan)


def walked(part: Any, inside: bool = False, key: str = "") -> Iterator[dict[str, Any]]:
    """Every object that has a figure; a number anywhere else fails."""
    match part:
        case dict():
            if "statistic" in part:
                yield part
            for name, value in ((n, v) for n, v in part.items() if n not in COURSE):
                yield from walked(value, inside or "statistic" in part, name)
        case list():
            for value in part:
                yield from walked(value, inside, key)
        case bool():
            pass
        case int() | float():
            assert key in OTHER or (inside and key in NUMBERS), (key, part)
        case _:
            pass


def figures(document: dict[str, Any]) -> Iterator[tuple[Named, dict[str, float]]]:
    """Every figure with what names it: its series, plan, days; and each of its statistics."""
    for one in walked(document):
        if "name" not in one or one["statistic"] is None:
            continue  # a difference of two plans has no name of its own; an undecided check no figure
        name = one.get("series") or (f"check {one['name']}" if "holding" in one else one["name"])
        if "columns" in one:  # a series: a figure a column
            for i, days in enumerate(one["periods"]):
                named = name, one["plan"], tuple(days) if days else None, one["over"]
                yield named, numbers(one, i)
        else:
            days = one.get("period")
            yield (name, one["plan"], tuple(days) if days else None, one.get("over", "")), numbers(one)


def numbers(one: dict[str, Any], at: int | None = None) -> dict[str, float]:
    statistic = one["statistic"]
    found = {statistic: one.get(statistic, one.get("figure"))}
    if statistic == "median":
        found |= {key: one.get(key) for key in ("mean", "central", "range")}
    found = {key: value if at is None or value is None else value[at] for key, value in found.items()}
    low, high = found.pop("range", None) or (None, None)
    return {key: v for key, v in {**found, "low": low, "high": high}.items() if v is not None}


@cache
def known() -> dict[Named, dict[str, float]]:
    """The figures of `run` under the three plans."""
    return {named: found for plan in PLANS for named, found in figures(run(plan))}


def agree(named: Named, found: dict[str, float], within: float = 2e-5) -> bool:
    """Whether a figure is that of `run`; false if `run` has none of that name, plan and days.

    A run that is cut to other days stops its paths at other places, and what bends between two stops is worked out by
    their middle: that moves a figure by some millionths, far below the three digits shown.
    """
    if named not in known():
        return False
    expected = known()[named]
    scale = max((abs(v) for v in expected.values()), default=0.0)
    for key in found.keys() & expected.keys():
        assert found[key] == pytest.approx(expected[key], rel=1e-12, abs=within * scale), (named, key)
    return bool(found.keys() & expected.keys())


def test_a_name_has_one_number_in_a_run() -> None:
    """A name, plan and days come twice only with the same number (the first year alone, and in all so far)."""
    for plan in PLANS:
        seen: dict[Named, dict[str, float]] = {}
        for named, found in figures(run(plan)):
            assert seen.setdefault(named, found) == found, named
        assert len(seen) > 1_000
        for one in run(plan)["series"]:
            if one["statistic"] == "median":
                middle = [q[2] if n else None for q, n in zip(one["quantiles"], one["paths"], strict=True)]
                assert one["median"] == [None if m is None else pytest.approx(m, rel=1e-6) for m in middle]


@pytest.mark.parametrize("others", [("status_quo", "may_2025"), ("december_2024", "may_2025")])
def test_compare_shows_the_numbers_of_run(others: tuple[str, str]) -> None:
    document = answer("compare", *others, CASE)
    shown = list(figures(document))
    assert len(shown) > 20 and {plan for (_, plan, _, _), _ in shown} == set(others)
    assert [named for named, found in shown if not agree(named, found, within=0.0)] == []
    for row in document["differences"]:
        assert row["higher"] + row["equal"] + row["lower"] == pytest.approx(1.0)


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("asked", ASKED)
def test_explain_shows_the_numbers_of_run(asked: str, plan: str) -> None:
    shown = list(figures(answer("explain", asked, CASE, "--plan", plan)))
    named, found = shown[0]
    if "@" in asked or named[3] != "ratio":  # a quotient over the whole run is asked of no other answer
        assert agree(named, found), named
    assert sum(agree(*one) for one in shown) > len(shown) / 2


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_another_case_is_told_in_words(language: str) -> None:
    case = str(Path(CASE).parent / "alliance")
    told = syngraph("run", case, "--paths", "50", "--lang", language)
    assert (told.code, "{" in told.out) == (0, False), told.err
    assert ("median" if language == "en" else "中位數") in told.out


# the report


def cells(page: Page) -> Iterator[tuple[str, str, str, str, str]]:
    """Every figure in a table: section, plan, what heads its column, the name it leads to, and what it says."""
    section, plan, heads, column = "", "", list[str](), 0
    for element in page.elements:
        match element.name:
            case "section":
                section, plan = element.attributes["id"], ""
            case "label":
                plan = element.text
            case "thead":
                heads = []
            case "tr" | "p" | "div":
                column = 0
            case "th" if "scope" not in element.attributes:
                heads.append(element.text)
            case "td":
                column += 1
            case "a" if column and element.main == "en":
                named = page.ids[element.attributes["href"][1:]].text.split()[0]
                yield section, plan, heads[column], named, element.text


def series(name: str, plan: str, *folds: str) -> dict[str, Any] | None:
    found = {(s["name"], s["fold"]): s for s in run(plan)["series"]}
    return next((found[name, fold] for fold in folds if (name, fold) in found), None)


def said(one: dict[str, Any], column: int) -> str:
    """The figure in a column as the report writes it."""
    value, spread = one[one["statistic"]][column], one["range"][column]
    if spread and abs(value) < 1e-12 * max(abs(v) for v in spread):
        value = 0.0
    return figure(value, one["unit"], "en")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    path = tmp_path_factory.mktemp("report") / "report.html"
    ran = syngraph("report", CASE, "--paths", "200", "-o", str(path))
    assert ran.code == 0, ran.err
    return Page(path.read_text("utf-8"))


def test_the_report_shows_the_numbers_of_run(page: Page) -> None:
    shown = list(cells(page))
    titles = list(dict.fromkeys(head for section, _, head, _, _ in shown if section == "en-plans"))
    plans = dict(zip(titles, PLANS, strict=True))
    counted = 0
    for section, plan, head, name, text in shown:
        year = re.match(r"\d{4}", head)
        if section == "en-plans":
            one = series(name, plans[head], "total", "year_end") or series(f"happened({name})", plans[head], "year_end")
            column = -1
        elif year is not None or head == "in all":
            folds = ("year_sum", "year_ratio", "year_end") if year is not None else ("cumulative",)
            one = series(name, plans[plan.split(", ")[0] if plan else titles[0]], *folds)
            column = one["columns"].index(int(year[0])) if one is not None and year is not None else -1
        else:
            continue
        assert one is not None, (section, plan, head, name)
        assert text.startswith(said(one, column)), (section, plan, head, name, text)
        counted += 1
    assert counted > 250


def test_the_headline_and_the_cards_of_the_report_are_those_of_run(page: Page) -> None:
    start = page.elements.index(page.ids["en-summary"])
    end = page.elements.index(page.ids["en-plans"])
    links = [e for e in page.elements[start:end] if e.name == "a"]
    assert len(links) > 8
    for link in links:
        name = page.ids[link.attributes["href"][1:]].text.split()[0]
        one = series(name, PLANS[0], "cumulative", "total")
        assert one is not None
        assert said(one, -1) in link.text or link.text.startswith("median")
