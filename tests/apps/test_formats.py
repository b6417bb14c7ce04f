"""The answers for programs: every line of JSON Lines, the log for scanners, and the table of a run."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from check_samples import CASE as QUOTED
from check_samples import sample, syngraph
from test_answers import CASE

from syngraph.apps import run as app
from syngraph.apps.cli import main
from syngraph.apps.exits import Exit

SMALL = ("--paths", "10")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case.yaml").write_text(CASE, "utf-8")
    return tmp_path


def lines(out: str) -> list[dict[str, Any]]:
    """Every line an object with the version of the format and what it is."""
    found = [json.loads(line) for line in out.splitlines()]
    assert all(f["format_version"] == "1.0" and f["type"] for f in found)
    return found


def test_the_lines_of_check(tmp_path: Path) -> None:
    case = sample(tmp_path / "case", case=QUOTED.replace("about: [maker]", "about: [makr]"))
    ran = syngraph("check", str(case), "--format", "jsonl")
    found = lines(ran.out)
    assert ran.code == Exit.FINDINGS
    assert [(f["type"], f.get("code"), f.get("line")) for f in found] == [
        ("diagnostic", "unknown-name", 12),
        ("summary", None, None),
    ]
    found = lines(syngraph("check", str(sample(tmp_path / "sound")), "--format", "jsonl").out)
    assert found[-2:] == [
        {"format_version": "1.0", "type": "source", "source": "article", "quoted": 26, "characters": 34},
        {
            "format_version": "1.0",
            "type": "summary",
            "counts": {"file": 1, "record": 5, "quote": 2, "plan": 1},
            "lock_written": False,
        },
    ]


def test_the_lines_of_run_are_a_series_in_a_year_each(folder: Path) -> None:
    ran = syngraph("run", str(folder), *SMALL, "--format", "jsonl")
    head, *found = lines(ran.out)
    assert (ran.code, head["type"], head["case"], head["paths"], head["seed"]) == (0, "run", "sums", 10, 0)
    paid = {f["year"]: f for f in found if f.get("name") == "deal.fee.paid" and f["fold"] == "cumulative"}
    # 20 % of 10 bn in each of three years of 365 days
    assert {y: (f["mean"], f["p5"], f["central"], f["paths"]) for y, f in paid.items()} == {
        2025: (pytest.approx(2e9), pytest.approx(2e9), pytest.approx(2e9), 10),
        2026: (pytest.approx(4e9), pytest.approx(4e9), pytest.approx(4e9), 10),
        2027: (pytest.approx(6e9), pytest.approx(6e9), pytest.approx(6e9), 10),
    }
    assert [f["name"] for f in found if f["type"] == "check"] == ["is_less", "paid_enough"]


def test_the_lines_of_explain_and_compare(folder: Path) -> None:
    head, *found = lines(syngraph("explain", "deal.fee@2026", str(folder), *SMALL, "--format", "jsonl").out)
    assert (head["type"], head["period"]) == ("period", ["2026-01-01", "2026-12-31"])
    assert [(f["from"], f["until"]) for f in found if f["type"] == "stretch"] == [("2026-01-01", "2027-01-01")]
    assert [(f["depth"], f["name"]) for f in found if f["type"] == "node"] == [
        (0, "deal.fee.paid"),
        (1, "share"),
        (1, "revenue"),
    ]
    head, row = lines(
        syngraph("compare", "base", "less", str(folder), "--measure", "deal.fee@2026", "--format", "jsonl").out
    )
    assert (head["type"], head["plans"]) == ("comparison", ["base", "less"])
    assert (row["type"], row["difference"]["median"]) == ("difference", pytest.approx(-1e9))


def test_the_formats_for_scanners(tmp_path: Path) -> None:
    sample(tmp_path / "a case", case=QUOTED.replace("about: [maker]", "about: [makr]"))
    ran = syngraph("check", "a case", "--format", "sarif", cwd=tmp_path)
    (result,) = json.loads(ran.out)["runs"][0]["results"]
    where = result["locations"][0]["physicalLocation"]
    assert (ran.code, where["artifactLocation"]["uri"], where["region"]["startLine"]) == (1, "a%20case/case.yaml", 12)
    ran = syngraph("check", "a case", "--format", "github", cwd=tmp_path)
    assert (ran.code, ran.out.count("\n")) == (1, 1)
    assert ran.out.startswith("::error file=a case/case.yaml,line=12,col=")
    sample(tmp_path / "sound")
    syngraph("check", "sound", "--update", cwd=tmp_path)
    ran = syngraph("check", "sound", "--format", "github", cwd=tmp_path)
    assert (ran.code, ran.out) == (0, "")
    assert syngraph("run", "sound", "--format", "sarif", cwd=tmp_path).code == Exit.USAGE


def test_a_table_of_a_run(folder: Path) -> None:
    ran = syngraph(
        "run", str(folder), *SMALL, "--plan", "less", "--to", "out/less.parquet", "--format", "json", cwd=folder
    )
    assert (ran.code, ran.err) == (0, "out/less.parquet written\n")
    answer = json.loads(ran.out)
    read = pq.read_table(folder / "out" / "less.parquet")
    assert {r["plan"] for r in read.to_pylist()} == {"less"}
    means = [
        (r["series"], r["fold"], r["value"]) for r in read.to_pylist() if r["statistic"] == "mean" and r["year"] == 2026
    ]
    assert means == [
        (s["name"], s["fold"], s["mean"][s["columns"].index(2026)]) for s in answer["series"] if s["columns"]
    ]
    assert read.schema.metadata[b"syngraph.sha256"].decode() == answer["sha256"]
    assert read.schema.metadata[b"syngraph.inputs"].decode() == answer["inputs"]


def test_a_table_that_cannot_be_is_refused_before_anything_is_computed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "run_plan", None)
    assert main(["run", str(folder), "--to", "a.csv"]) == Exit.USAGE
    assert capsys.readouterr() == ("", "--to writes a file FILE.parquet, not a.csv.\n")
    monkeypatch.setattr(app, "find_spec", lambda name: None)
    assert main(["run", str(folder), "--to", "a.parquet"]) == Exit.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "--to a.parquet needs a package that is not installed: pip install 'syngraph[data]'\n"


def test_a_table_that_cannot_be_written_leaves_nothing(folder: Path) -> None:
    (folder / "a.parquet").mkdir()
    before = sorted(folder.iterdir())
    ran = syngraph("run", str(folder), *SMALL, "--to", "a.parquet", cwd=folder)
    assert (ran.code, ran.out, ran.err) == (3, "", "a.parquet cannot be written: Is a directory.\n")
    assert sorted(folder.iterdir()) == before


def test_a_table_interrupted_while_it_is_written_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = Path.write_bytes

    def stop(self: Path, data: bytes) -> None:
        whole(self, data[: len(data) // 2])
        raise KeyboardInterrupt

    before = sorted(folder.iterdir())
    monkeypatch.setattr(Path, "write_bytes", stop)
    assert main(["run", str(folder), *SMALL, "--to", str(folder / "a.parquet")]) == Exit.INTERRUPTED
    assert capsys.readouterr().out == ""
    assert sorted(folder.iterdir()) == before
