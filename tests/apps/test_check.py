"""`syngraph check`, as transcripts: the answer on standard output, the exit code, and never a traceback."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from check_samples import ARTICLE, CASE, sample, syngraph

from syngraph.api import folders
from syngraph.apps.cli import main
from syngraph.apps.exits import Exit


def test_a_sound_case(tmp_path: Path) -> None:
    folder = sample(tmp_path / "case")
    ran = syngraph("check", cwd=folder)
    assert (ran.code, ran.err) == (Exit.OK, "")
    assert ran.out == (
        "note[lock-stale]: The lock file is out of date: lines to add 3, to change 0, to remove 0.\n"
        " --> syngraph.lock\n"
        "  = help: Run `check --update`.\n"
        "\n"
        "article: 26 of 34 characters stand in the case (76.5 %)\n"
        "1 file, 5 records, 2 quotes, 1 plan: 0 errors, 1 note\n"
    )


def test_update_writes_the_lock_once(tmp_path: Path) -> None:
    folder = sample(tmp_path / "case")
    ran = syngraph("check", str(folder), "--update")
    assert (ran.code, ran.err) == (Exit.OK, f"{folder / 'syngraph.lock'} written\n")
    assert ran.out.endswith("2 quotes, 1 plan: 0 errors\n")
    (folder / "sources" / "article.txt").unlink()
    ran = syngraph("check", str(folder), "--fail-on", "warning")
    assert (ran.code, ran.out.count("\n")) == (Exit.OK, 2)


def test_a_quote_that_is_not_there(tmp_path: Path) -> None:
    folder = sample(tmp_path / "case", case=CASE.replace("獨家", "獨占"))
    ran = syngraph("check", str(folder), "--update")
    assert ran.code == Exit.FINDINGS
    assert ran.out == (
        "error[quote-drifted]: “在雲端服務方面享有獨占權利” does not stand in article. "
        "Like it is “在雲端服務方面享有獨家權利” at article:2:3; characters that differ: 1.\n"
        "  --> case.yaml:13:49\n"
        "   |\n"
        "13 |   supplier: {value: 2030-01-01, cite: {article: 在雲端服務方面享有獨占權利}, why: ours}\n"
        "   |                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "   = help: If that passage carries the claim, quote it instead.\n"
        "   = to paste: 在雲端服務方面享有獨家權利\n"
        "\n"
        "warning[lock-kept]: The lock file was not written: the case has errors, and the quotes they touch would be "
        "lost from it.\n"
        " --> syngraph.lock\n"
        "  = help: Correct the errors, then run `check --update` again.\n"
        "\n"
        "article: 13 of 34 characters stand in the case (38.2 %)\n"
        "1 file, 5 records, 2 quotes, 1 plan: 1 error, 1 warning\n"
    )
    assert not (folder / "syngraph.lock").exists()


def test_in_chinese(tmp_path: Path) -> None:
    ran = syngraph("check", str(sample(tmp_path / "case")), "--lang", "zh-Hant")
    assert ran.out.endswith("1 個檔案、5 筆記錄、2 則引文、1 個方案：0 個錯誤、1 則附註\n")


def test_json(tmp_path: Path) -> None:
    folder = sample(tmp_path / "case", case=CASE.replace("about: [maker]", "about: [makr]"))
    ran = syngraph("check", str(folder), "--format", "json")
    document = json.loads(ran.out)
    assert ran.code == Exit.FINDINGS
    assert document["format_version"] == "1.0"
    assert [(d["code"], d["line"], d["paste"]) for d in document["diagnostics"]] == [("unknown-name", 12, "maker")]
    ran = syngraph("check", str(sample(tmp_path / "sound")), "--format", "json")
    document = json.loads(ran.out)
    assert document["counts"] == {"file": 1, "record": 5, "quote": 2, "plan": 1}
    assert document["sources"] == [{"source": "article", "quoted": 26, "characters": 34}]


def test_a_text_kept_elsewhere(tmp_path: Path) -> None:
    folder = sample(tmp_path / "case", article=None)
    (tmp_path / "elsewhere.txt").write_text(ARTICLE, "utf-8")
    ran = syngraph("check", str(folder))
    assert (ran.code, ran.out.count("warning[quote-unverifiable]")) == (Exit.OK, 2)
    assert syngraph("check", str(folder), "--fail-on", "warning").code == Exit.FINDINGS
    ran = syngraph("check", str(folder), "--source", f"article={tmp_path / 'elsewhere.txt'}")
    assert (ran.code, ran.out.count("warning")) == (Exit.OK, 0)
    ran = syngraph("check", str(folder), "--source", f"artcle={tmp_path / 'elsewhere.txt'}")
    assert ran.code == Exit.FINDINGS
    assert "  = to paste: article\n" in ran.out


def test_the_lock_is_kept_while_it_cannot_be_read(tmp_path: Path) -> None:
    folder = sample(tmp_path / "case")
    (folder / "syngraph.lock").write_text("{", "utf-8")
    ran = syngraph("check", str(folder), "--update")
    assert ran.code == Exit.FINDINGS
    assert "error[lock-unreadable]" in ran.out
    assert "warning[lock-kept]" in ran.out
    assert (folder / "syngraph.lock").read_text("utf-8") == "{"


def test_entries_that_make_no_sense_are_mended(tmp_path: Path) -> None:
    folder = sample(tmp_path / "case")
    syngraph("check", str(folder), "--update")
    lock = folder / "syngraph.lock"
    whole = lock.read_text("utf-8")
    lock.write_text(whole.replace('"quotes": [', '"quotes": [\n{},'), "utf-8")
    assert syngraph("check", str(folder)).code == Exit.FINDINGS
    assert syngraph("check", str(folder), "--update").code == Exit.OK
    assert lock.read_text("utf-8") == whole


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_lock_that_cannot_be_written(tmp_path: Path) -> None:
    folder = sample(tmp_path / "case")
    folder.chmod(0o500)
    ran = syngraph("check", str(folder), "--update")
    folder.chmod(0o700)
    assert (ran.code, "error[lock-unwritable]" in ran.out) == (Exit.FINDINGS, True)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "dangling").mkdir()
    (tmp_path / "dangling" / "a.yaml").symlink_to("nowhere")
    (tmp_path / "file.yaml").write_text("case: x\n", "utf-8")
    for name in ("none", "empty", "dangling", "file.yaml", "a\nb", "x" * 5000):
        ran = syngraph("check", str(tmp_path / name))
        assert ran.code == Exit.UNREADABLE, name
        assert ran.err == ""
        assert ran.out.startswith("error[")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\xff\xfe\x00\x01",
        bytes(range(256)) * 100,
        b"\x1f\x8b\x08" * 1000,
        b"[" * 10_000,
        b"{" * 10_000,
        b"a: &a [*a]\n",
        b"- " * 50_000,
        b'"\\ud800": "\\udfff"\n',
        "case: \u202e\u2066\n".encode(),
        b"case: x\ncase: y\n",
        b"? {a: b}\n: c\n",
        b"case: !!python/object/apply:os.system ['true']\n",
        b"%YAML 9.9\n---\na: b\n",
        b"x: |\n" + b"  y\n" * 100_000,
        b"facts: {a: {value: " + b"(" * 100_000 + b"}}\n",
        b"facts: {a: {value: 1" + b"0" * 100_000 + b"}}\n",
        b"case: a\r\nfacts:\r\n\ta: b\r\n",
        "facts: {a: {value: 1 bn 微軟\x85, about: [\u2028]}}\n".encode(),
    ],
    ids=range(20),
)
def test_junk_is_a_finding_and_never_a_traceback(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "case.yaml").write_bytes(content)
    for form in ("text", "json"):
        assert main(["check", str(tmp_path), "--format", form]) == Exit.FINDINGS
        shown = capsys.readouterr()
        assert shown.err == ""
        assert all(c.isprintable() or c in "\n" for c in shown.out)


def test_junk_beside_a_sound_file(tmp_path: Path) -> None:
    folder = sample(tmp_path / "case")
    (folder / "b.yaml").write_bytes(b"facts: \xff\n")
    (folder / "c.yaml").mkdir()
    ran = syngraph("check", str(folder))
    assert (ran.code, ran.err) == (Exit.FINDINGS, "")
    assert "error[not-utf8]" in ran.out


@pytest.mark.parametrize(
    "tokens",
    [("chek",), ("check", "--foo"), ("check", "--lang", "fr"), ("check", ".", "--source", "x"), ("check", "a", "b")],
)
def test_usage(tokens: tuple[str, ...]) -> None:
    ran = syngraph(*tokens)
    assert (ran.code, ran.out) == (Exit.USAGE, "")
    assert ran.err
    assert "Traceback" not in ran.err


def test_help_and_version() -> None:
    assert syngraph("--version").out == "0.1.0\n"
    for tokens in ((), ("--help",), ("check", "--help")):
        ran = syngraph(*tokens)
        assert (ran.code, ran.err, "check" in ran.out) == (Exit.OK, "", True)


def test_a_defect_is_one_line_that_says_what_to_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def broken(folder: Path) -> None:
        raise RuntimeError("no\nidea")

    monkeypatch.setattr(folders, "load_case", broken)
    assert main(["check", str(tmp_path)]) == Exit.FAILURE
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert "RuntimeError: no idea (test_check.py:" in shown.err
    monkeypatch.setenv("SYNGRAPH_DEBUG", "1")
    assert main(["check", str(tmp_path)]) == Exit.FAILURE
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folders, "load_case", interrupted)
    assert main(["check", str(tmp_path)]) == Exit.INTERRUPTED


def test_color_is_for_terminals_or_on_demand(tmp_path: Path) -> None:
    folder = str(sample(tmp_path / "case"))
    assert "\x1b" not in syngraph("check", folder).out
    assert "\x1b[1;36mnote[lock-stale]\x1b[0m" in syngraph("check", folder, "--color", "always").out


def test_a_terminal_that_knows_no_chinese(tmp_path: Path) -> None:
    folder = sample(tmp_path / "case", article="other")
    ran = syngraph("check", str(folder), PYTHONIOENCODING="ascii")
    assert (ran.code, ran.err) == (Exit.FINDINGS, "")
    assert "\\u7d2f" in ran.out


def test_numerics_and_servers_are_not_loaded_to_check(tmp_path: Path) -> None:
    code = (
        "import sys; import syngraph.apps.cli as c; c.make_app(); print(sorted({'numpy', 'yaml'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


def test_what_only_the_compiler_sees(tmp_path: Path) -> None:
    wrong = CASE + "measures:\n  total: {stock: invested + supplier, of: maker}\n"
    folder = sample(tmp_path / "case", case=wrong)
    for tokens in ((), ("--update",)):  # the quotes are as good as before
        ran = syngraph("check", str(folder), *tokens)
        assert (ran.code, ran.out.count("error[")) == (Exit.FINDINGS, 1)
        assert " --> case.yaml:15:18\n" in ran.out
    assert (folder / "syngraph.lock").exists()


def test_one_mistake_hides_no_other(tmp_path: Path) -> None:
    """A bad date, a wrong name beside it, a quote that is not there, and what only the compiler sees."""
    wrong = CASE.replace("獨家", "獨占") + (
        "assumptions:\n  day: {value: 2030-13-01, why: ours}\n"
        "measures:\n  total: {stock: invested + supplier, of: maker}\n  more: {stock: invsted, of: maker}\n"
        "  late: {stock: invested if date > day else 0 USD, of: maker}\n"
    )
    folder = str(sample(tmp_path / "case", case=wrong))
    found = {
        (d["code"], d["line"]) for d in json.loads(syngraph("check", folder, "--format", "json").out)["diagnostics"]
    }
    assert found == {("quote-drifted", 13), ("no-such-day", 15), ("dimension-mix", 17), ("unknown-name", 18)}


def test_a_thousand_mistakes_are_found_in_time(tmp_path: Path) -> None:
    """Each measure rests on the one before, and the first on nothing."""
    chain = "".join(f"  m{i}: {{stock: m{i - 1} + nobody{i}, of: maker}}\n" for i in range(1, 1_000))
    folder = sample(
        tmp_path / "case",
        case=CASE
        + f"facts_of_old: 1\nmeasures:\n  m0: {{stock: 1 USD, at: soon, form: 1}}\n{chain}events:\n  e: {{when: 2030-13-01}}\n",
    )
    began = time.monotonic()
    ran = syngraph("check", str(folder))
    assert (ran.code, time.monotonic() - began < 10) == (Exit.FINDINGS, True)


def test_many_findings_are_cut_but_for_those_who_ask(tmp_path: Path) -> None:
    unfounded = "".join(f"  a{i}: {{value: 1}}\n" for i in range(120))
    folder = str(sample(tmp_path / "case", case=CASE + f"assumptions:\n{unfounded}measures:\n  m: {{flow: nobody}}\n"))
    ran = syngraph("check", folder)
    assert ran.code == Exit.FINDINGS
    assert (ran.out.count("[no-reason]"), ran.out.count("error[unknown-name]")) == (99, 1)
    assert "\n22 more; `check --all` prints them too.\n" in ran.out  # 120 + 1 + the note on the lock - 100
    ran = syngraph("check", folder, "--all")
    assert (ran.code, ran.out.count("[no-reason]"), "more;" in ran.out) == (Exit.FINDINGS, 120, False)
    ran = syngraph("check", folder, "--format", "json")
    assert (ran.code, len(json.loads(ran.out)["diagnostics"])) == (Exit.FINDINGS, 122)


def test_json_hides_nothing(tmp_path: Path) -> None:
    ran = syngraph("check", str(sample(tmp_path / "case", case=CASE + "\u202eparts: {}\n")), "--format", "json")
    assert ran.code == Exit.FINDINGS
    assert "\u202e" not in ran.out
    assert any("\u202eparts" in d["message"] for d in json.loads(ran.out)["diagnostics"])
