"""What programs ask: the same answers as the commands give, nothing printed, and every mistake a value."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import syngraph
from syngraph.api.answers import Answer
from syngraph.apps.cli import main

CASE = """\
case: sums
title: {en: Sums, zh-Hant: 加總}
currency: USD
today: 2025-01-01
simulate: {until: 2028-01-01, step: year}
sources:
  press: {file: press.txt, language: en}
parties:
  lab: {form: corporation}
  cloud: {form: corporation}
facts:
  share: {value: 20 %, cite: {press: a fifth}}
assumptions:
  revenue: {value: "lognormal(p10 = 8 bn USD/year, p90 = 13 bn USD/year)", why: round}
agreements:
  deal:
    parties: [lab, cloud]
    why: made up
    terms:
      fee: {pays: {from: lab, to: cloud}, amount: share * revenue, why: made up}
plans:
  less: {title: Less, changes: [{path: facts.share.value, value: 10 %}]}
checks:
  much: {probability: "cum(deal.fee.paid) > 1 bn USD", at_least: 5 %, why: made up}
"""
FEW = 50


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "case"
    made.mkdir()
    (made / "case.yaml").write_text(CASE, "utf-8")
    (made / "press.txt").write_text("It pays a fifth of what it earns.\n", "utf-8")
    return made


Ask = Callable[[object, Path], Answer[object]]
ASKED: dict[str, Ask] = {
    "open": lambda case, _: syngraph.open(case),  # type: ignore[arg-type]
    "check": lambda case, _: syngraph.check(case),
    "run": lambda case, _: syngraph.run(case, paths=FEW),
    "explain": lambda case, _: syngraph.explain(case, "deal.fee@2026", paths=FEW),
    "compare": lambda case, _: syngraph.compare(case, "base", "less", readings=True, paths=FEW),
    "report": lambda case, _: syngraph.report(case, paths=FEW),
    "cover": lambda case, _: syngraph.cover(case),
    "annotations": lambda case, _: syngraph.annotations(case),
    "mentions": lambda case, _: syngraph.mentions(Path(str(case)) / "press.txt"),
    "init": lambda _, new: syngraph.init(new),
    "draft": lambda case, new: syngraph.draft([Path(str(case)) / "press.txt"], new),
}
ON_A_CASE = [name for name in ASKED if name not in ("mentions", "init", "draft")]


def test_every_function_is_asked_here() -> None:
    assert set(ASKED) == {name for name in syngraph.__all__ if name.islower() and not name.startswith("_")}


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_has_text_in_both_languages_and_prints_nothing(
    folder: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = ASKED[name](folder, folder.parent / "new")
    assert answer.ok, answer.diagnostics
    assert answer.text("en") and answer.text("zh-Hant") and str(answer) == answer.text("en")
    assert capfd.readouterr() == ("", "")


def _none(tmp: Path) -> Path:
    return tmp / "none"


def _empty(tmp: Path) -> Path:
    (tmp / "empty").mkdir()
    return tmp / "empty"


def _file(tmp: Path) -> Path:
    (tmp / "file.yaml").write_text(CASE, "utf-8")
    return tmp / "file.yaml"


def _too_long(tmp: Path) -> Path:
    return tmp / ("x" * 5000)


def _nul(tmp: Path) -> Path:
    return Path("a\0b")


def _two(tmp: Path) -> Path:
    for name in ("a", "b"):
        (tmp / "two" / name).mkdir(parents=True)
        (tmp / "two" / name / "case.yaml").write_text(CASE, "utf-8")
    return tmp / "two"


def _bytes(tmp: Path) -> Path:
    (tmp / "bytes").mkdir()
    (tmp / "bytes" / "case.yaml").write_bytes(bytes(range(256)))
    return tmp / "bytes"


def _typo(tmp: Path) -> Path:
    (tmp / "typo").mkdir()
    (tmp / "typo" / "case.yaml").write_text(CASE.replace("share * revenue", "shre * revenue"), "utf-8")
    return tmp / "typo"


BROKEN = [_none, _empty, _file, _too_long, _nul, _two, _bytes, _typo]


@pytest.mark.parametrize("make", BROKEN, ids=lambda make: make.__name__)
@pytest.mark.parametrize("name", ASKED)
def test_a_broken_case_is_findings_and_never_an_exception(
    tmp_path: Path, name: str, make: Callable[[Path], Path], capfd: pytest.CaptureFixture[str]
) -> None:
    if name == "init":
        return
    broken = make(tmp_path)
    answer = ASKED[name](broken, tmp_path / "new")
    sound = name in ("open", "cover", "annotations") and make is _typo  # a formula is of no concern to them
    assert sound or not answer.ok
    assert all(f.message and f.help for language in ("en", "zh-Hant") for f in answer.findings(language))
    assert answer.text()
    if answer.found is None:
        assert answer.diagnostics
        with pytest.raises(syngraph.UndefinedValue, match=answer.diagnostics[0].code):
            answer.value  # noqa: B018
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        (lambda case: syngraph.run(case, "les"), ["plan-unknown"]),
        (lambda case: syngraph.report(case, "les"), ["plan-unknown"]),
        (lambda case: syngraph.explain(case, "share", "les"), ["plan-unknown"]),
        (lambda case: syngraph.compare(case, "nosuch", "neither"), ["plan-unknown", "plan-unknown"]),
        (lambda case: syngraph.compare(case, "base", "less", measures=["nosuch"]), ["figure-unknown"]),
        (lambda case: syngraph.compare(case, "base", "less", measures=["deal.fee@soon"]), ["period-unread"]),
        (lambda case: syngraph.compare(case, "base", "less", measures=["deal.fee@2050"]), ["period-not-run"]),
        (lambda case: syngraph.explain(case, ""), ["figure-unknown"]),
        (lambda case: syngraph.explain(case, "deal.fee@"), ["period-unread"]),
        (lambda case: syngraph.explain(case, "deal.fee@2050"), ["period-not-run"]),
        (lambda case: syngraph.run(case, paths=0), ["paths-out-of-range"]),
        (lambda case: syngraph.run(case, seed=-1), ["seed-out-of-range"]),
        (lambda case: syngraph.run(case, chunk=1_000), ["chunk-uneven"]),
        (lambda case: syngraph.run(case, as_of=date(2024, 1, 1)), ["as-of-before-today"]),
        (lambda case: syngraph.run(case, known=date(2024, 1, 1)), ["not-known"]),
        (lambda case: syngraph.run(case, sources={"pres": "x"}), ["source-unknown"]),
        (lambda case: syngraph.run(case, sources={"press": "/nowhere"}), ["source-unreadable"]),
        (lambda case: syngraph.draft([], "new"), ["no-source"]),
        (lambda case: syngraph.draft([case], "new"), ["source-unreadable"]),
        (syngraph.init, ["folder-not-empty"]),
        (lambda case: syngraph.init(case / "press.txt" / "below"), ["folder-unwritable"]),
        (lambda case: syngraph.init("a\0b"), ["folder-unwritable"]),
    ],
)
def test_what_cannot_be_answered_says_why(
    folder: Path, answer: Callable[[Path], Answer[object]], codes: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    found = answer(folder)
    errors = [d.code for d in found.diagnostics if d.severity.value == "error"]
    assert (found.found, errors) == (None, codes)
    assert all(f.message and f.help for language in ("en", "zh-Hant") for f in found.findings(language))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ON_A_CASE)
def test_a_case_opened_once_answers_as_its_folder_does(folder: Path, name: str) -> None:
    new = folder.parent / "new"
    assert ASKED[name](syngraph.open(folder), new).text() == ASKED[name](folder, new).text()


def test_the_commands_show_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few, case = ("--paths", str(FEW)), str(folder)
    shown = {
        "run": ["run", case, *few],
        "explain": ["explain", "deal.fee@2026", case, *few],
        "compare": ["compare", "base", "less", case, "--readings", *few],
        "cover": ["cover", case],
        "check": ["check", case],
        "annotations": ["export", case, "--to", "annotations"],
    }
    for name, tokens in shown.items():
        main(tokens)
        assert capsys.readouterr().out == ASKED[name](folder, folder).text(), name
        if name not in ("annotations", "check"):
            main([*tokens, "--format", "json"])
            assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(_document(name, folder))), name


def _document(name: str, folder: Path) -> object:
    return ASKED[name](folder, folder).value.document()  # type: ignore[attr-defined]


def test_check_writes_the_lock_only_if_it_is_asked_to(folder: Path) -> None:
    assert not syngraph.check(folder).value.written
    assert not (folder / "syngraph.lock").exists()
    opened = syngraph.open(folder, sources={"press": folder / "press.txt"})
    assert syngraph.check(opened, update=True).value.written
    assert (folder / "syngraph.lock").exists()


def test_a_run_is_a_dataset(folder: Path) -> None:
    ran = syngraph.run(folder, "less", paths=FEW).value
    numbers = ran.dataset()
    assert (numbers.attrs["plan"], numbers.attrs["paths"], ran.plan) == ("less", FEW, "less")
    rows = {(r.series, r.fold, r.year): dict(r.statistics) for r in ran.rows()}
    mean = float(numbers["deal.fee.paid.year_sum.mean"].sel(time=2026))
    assert mean == rows["deal.fee.paid", "year_sum", 2026]["mean"]


def test_a_comparison_is_a_dataset(folder: Path) -> None:
    """Half of a share is paid on each path: the difference is minus the mean of the second plan."""
    asked = ["deal.fee@2026", "deal.fee"]
    compared = syngraph.compare(folder, "base", "less", measures=asked, paths=FEW).value
    table = compared.dataset()
    assert list(table["quantity"].values) == ["deal.fee.paid@2026", "deal.fee.paid"]
    assert (table["first"].attrs["plan"], table["second"].attrs["plan"]) == ("base", "less")
    for one in compared.differences:
        row = table.sel(quantity=one.what.asked_as)
        assert float(row["difference"]) == pytest.approx(-float(row["second"]))
        assert (float(row["first_higher"]), float(row["paths"]), str(row["unit"].values)) == (1.0, FEW, "USD")
        assert row["range"].sel(quantile=0.05) < row["difference"] < row["range"].sel(quantile=0.95)


def test_a_report_leads_with_its_plan_and_opens_in_its_language(folder: Path) -> None:
    english, chinese = (syngraph.report(folder, paths=FEW, language=x).value.html for x in ("en", "zh-Hant"))
    assert '<html lang="en">' in english and "<title>Sums · 加總</title>" in english
    assert '<html lang="zh-Hant">' in chinese and "<title>加總 · Sums</title>" in chinese
    assert 'id="show-en" checked' in english and 'id="show-zh" checked' in chinese
    led = syngraph.report(folder, "less", paths=FEW).value
    assert [r.case.plan for r in led.study.runs] == ["less", "base"]
    assert led.html != english


def test_progress_is_told_to_whoever_asks(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    syngraph.run(folder, paths=FEW, progress=lambda done, total: told.append((done, total)))
    assert told == [(FEW, FEW)]


def test_no_package_takes_the_place_of_a_function() -> None:
    """`syngraph.run` is a package and a function: the function is what a caller means, whatever was imported first."""
    first = "import syngraph.run.results, syngraph.explain.trace; import syngraph; assert callable(syngraph.run)"
    then = "import syngraph; syngraph.run; from syngraph.run.results import simulate; assert callable(syngraph.run)"
    for code in (first, then, f"{then}; assert callable(syngraph.explain)"):
        subprocess.run([sys.executable, "-c", code], check=True, env=os.environ)


def test_to_import_it_takes_no_numerics() -> None:
    code = "import sys, syngraph; print(sorted({'numpy', 'yaml', 'rich', 'xarray', 'cyclopts'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stdout == b"[]\n"


def test_the_extra_is_named_where_it_is_missing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = syngraph.run(folder, paths=FEW).value
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(syngraph.MissingExtra, match=r"pip install 'syngraph\[data\]'"):
        ran.dataset()
