"""No option does nothing: each changes what some command answers, writes or ends with."""

from pathlib import Path

import pytest
from check_samples import syngraph

from syngraph.apps.cli import COMMANDS, make_app

CASE = """\
case: sums
title: {en: Sums, zh-Hant: 加總}
currency: USD
today: 2025-01-01
simulate: {until: 2028-01-01, step: year}
sources:
  press: {file: press.txt, language: en, published: 2024-06-01}
  memo: {file: not-here.txt, language: en, published: 2024-06-01}
parties:
  lab: {form: corporation}
  cloud: {form: corporation}
facts:
  share: {value: 20 %, cite: {press: a fifth}}
  price: {value: 5 USD, cite: {press: "$5"}}
  absent: {value: 5 USD, about: [lab], cite: {memo: it costs 5 dollars}}
assumptions:
  growth: {value: "normal(0 %, 10 %)", why: round}
  revenue: {value: {readings: {whole: 10 bn USD/year, half: 5 bn USD/year}, use: whole}, why: round}
events:
  vote: {by: lab, date: 2026-01-01, outcomes: {a: 50 %, b: rest}, why: ours}
agreements:
  deal:
    parties: [lab, cloud]
    why: made up
    terms:
      fee: {pays: {from: lab, to: cloud}, amount: "share * grow(revenue, growth)", why: made up}
plans:
  less: {title: Less, changes: [{path: facts.share.value, value: 10 %}]}
"""
TEXT = "It pays a fifth of it, or $5, since 2024.\n"
WHERE = "--source press=kept.txt"
COLOR, LANG = "--color always", "--lang zh-Hant"
QUESTION = {
    "--as-of": "--as-of 2026-12-31",
    "--known": "--known 2024-05-01",
    "--paths": "--paths 20",
    "--seed": "--seed 7",
    "--source": WHERE,
}
USUAL = {"--format": "--format json", "--lang": LANG}
# A chunk changes memory and speed, never a result; so does the other spelling of the place of a case.
NEVER_A_RESULT = {"--chunk", "--case"}
GIVEN = {
    "init": ({"--lang": LANG}, "a"),
    "check": ({**USUAL, "--update": "--update", "--source": WHERE, "--color": COLOR, "--fail-on": "--fail-on warning"}, "case"),
    "cover": ({**USUAL, "--all": "--all", "--exit-code": "--exit-code", "--source": WHERE}, "case"),
    "draft": (
        {"--published": "--published 2025-01-01", "--language": "--language zh-Hant", "--region": "--region CA", "--lang": LANG},
        "case/press.txt -o new",
    ),
    "mentions": ({**USUAL, "--language": "--language zh-Hant", "--region": "--region CA"}, "case/press.txt"),
    "run": ({**USUAL, **QUESTION, "--plan": "--plan less", "--to": "--to a.parquet", "--fail-on": "--fail-on warning"}, "case"),
    "explain": ({**USUAL, **QUESTION, "--plan": "--plan less", "--fail-on": "--fail-on warning"}, "deal.fee case"),
    "compare": (
        {**USUAL, **QUESTION, "--measure": "--measure deal.fee@2026", "--exit-code": "--exit-code", "--readings": "--readings", "--fail-on": "--fail-on warning"},
        "base less case",
    ),
    "export": ({"--source": WHERE, "--output": "--output a.json", "--lang": f"{LANG} -o a.json", "--fail-on": "--fail-on warning"}, "case --to annotations"),
    "report": ({**QUESTION, "--plan": "--plan less", "--lang": LANG, "--output": "--output b.html", "--fail-on": "--fail-on warning"}, "case"),
}  # fmt: skip
TRIED = [(command, option) for command, (options, _) in GIVEN.items() for option in options]
TRIED.remove(("explain", "--seed"))  # three digits may be the same: below


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "case.yaml").write_text(CASE, "utf-8")
    (tmp_path / "case" / "press.txt").write_text(TEXT, "utf-8")
    (tmp_path / "kept.txt").write_text(TEXT.replace("a fifth", "nothing"), "utf-8")
    (tmp_path / "file.txt").write_text("x", "utf-8")
    return tmp_path


def outcome(folder: Path, command: str) -> tuple[object, ...]:
    """What a command answers, says, ends with and writes."""
    before = {path for path in folder.rglob("*") if path.is_file()}
    ran = syngraph(*command.split(), cwd=folder)
    written = sorted({path for path in folder.rglob("*") if path.is_file()} - before)
    made = tuple((path.name, path.read_bytes()) for path in written)
    for path in written:
        path.unlink()
    for path in sorted((p for p in folder.rglob("*") if p.is_dir() and not any(p.iterdir())), reverse=True):
        path.rmdir()
    return ran.code, ran.out, ran.err, made


@pytest.mark.parametrize(("command", "option"), TRIED)
def test_an_option_changes_something(folder: Path, command: str, option: str) -> None:
    options, rest = GIVEN[command]
    without, given = outcome(folder, f"{command} {rest}"), outcome(folder, f"{command} {rest} {options[option]}")
    assert without[0] == 0 and given[0] in (0, 1)
    assert without != given


def test_another_seed_is_another_answer_of_explain(folder: Path) -> None:
    answers = [outcome(folder, f"explain deal.fee case --format json --seed {seed}")[1] for seed in (0, 7)]
    assert answers[0] != answers[1]


def test_every_option_is_tried() -> None:
    app, untried = make_app(), []
    for command, *_ in COMMANDS:
        for argument in app[command].assemble_argument_collection():
            names = {name for name in argument.names if name.startswith("--")}
            if (command, argument.name) == ("check", "--all"):  # it takes a hundred findings: see test_check
                continue
            if names and not names & (set(GIVEN[command][0]) | NEVER_A_RESULT | {"--to", "--color", "--output"}):
                untried.append((command, sorted(names)))
    positional = {"--name", "--plan-a", "--plan-b", "--file", "--folder"}
    assert [(command, names) for command, names in untried if not set(names) & positional] == []


@pytest.mark.parametrize("command", ["init a", "draft case/press.txt -o new", "mentions case/press.txt", "cover case"])
def test_what_would_do_nothing_is_refused(folder: Path, command: str) -> None:
    assert syngraph(*command.split(), "--fail-on", "warning", cwd=folder).code == 2


def test_compare_has_no_plan_but_its_two(folder: Path) -> None:
    ran = syngraph("compare", "base", "less", "case", "--plan", "nosuch", cwd=folder)
    assert (ran.code, ran.out) == (2, "")


def test_a_report_of_a_plan_there_is_not_is_refused(folder: Path) -> None:
    ran = syngraph("report", "case", "--plan", "nosuch", cwd=folder)
    assert (ran.code, ran.out, "[plan-unknown]" in ran.err) == (1, "", True)
    assert not (folder / "build").exists()


@pytest.mark.parametrize(
    "command", ["init case", "check none", "mentions none", "draft none -o x", "run none", "cover none"]
)
def test_color_is_of_what_is_said_too(folder: Path, command: str) -> None:
    ran = syngraph(*command.split(), "--color", "always", cwd=folder)
    assert ran.code and "\x1b[" in ran.out + ran.err
