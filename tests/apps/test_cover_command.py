"""`cover` as a person would use it."""

import json
from pathlib import Path

from check_samples import CASE, sample, syngraph

from syngraph.apps.exits import Exit

LEFT = CASE.replace("  supplier: {value: 2030-01-01, cite: {article: 在雲端服務方面享有獨家權利}, why: ours}\n", "")
ARTICLE = "微軟累計投資已超過130億美元。\n微軟另持有27%股份，2032年前不得轉讓。\n去年亦然。\n"


def test_it_says_what_is_modelled_and_what_is_open(tmp_path: Path) -> None:
    folder = sample(tmp_path / "case", case=LEFT, article=ARTICLE)
    ran = syngraph("cover", str(folder))
    assert (ran.code, ran.err) == (Exit.OK, "")
    assert ran.out.splitlines()[:4] == [
        "article     all  modelled  ignored  quoted  open",
        "quantities    2         1        0       0     1",
        "dates         1         0        0       0     1",
        "names         2         2        0       0     0",
    ]
    listed = [line.split() for line in ran.out.splitlines() if line.startswith("  article:")]
    assert listed == [["article:2:6", "27%", "27", "%"], ["article:2:12", "2032年", "2032", "(before)"]]
    assert "without a value of their own: 去年" in ran.out
    assert "Modelled: 1 of 3 quantities and dates (33%)." in ran.out


def test_the_exit_code_is_asked_for(tmp_path: Path) -> None:
    folder = str(sample(tmp_path / "case", case=LEFT, article=ARTICLE))
    assert syngraph("cover", folder, "--exit-code").code == Exit.FINDINGS
    whole = str(sample(tmp_path / "whole", case=LEFT, article=ARTICLE.splitlines()[0]))
    assert syngraph("cover", whole, "--exit-code").code == Exit.OK


def test_for_programs(tmp_path: Path) -> None:
    folder = str(sample(tmp_path / "case", case=LEFT, article=ARTICLE))
    (source,) = json.loads(syngraph("cover", folder, "--format", "json").out)["sources"]
    assert source["counts"]["quantity"] == {"modelled": 1, "ignored": 0, "quoted": 0, "open": 1}
    assert [(m["words"], m["state"], m["records"]) for m in source["mentions"] if m["topic"] == "quantity"] == [
        ("130億美元", "modelled", ["invested.value"]),
        ("27%", "open", []),
    ]
    assert all(ARTICLE[m["start"] : m["end"]] == m["words"] for m in source["mentions"])
    lines = [json.loads(x) for x in syngraph("cover", folder, "--format", "jsonl").out.splitlines()]
    assert [x["type"] for x in lines] == ["source"] + ["mention"] * len(source["mentions"])


def test_without_a_text_nothing_can_be_said(tmp_path: Path) -> None:
    ran = syngraph("cover", str(sample(tmp_path / "case", article=None)))
    assert (ran.code, ran.out) == (Exit.UNREADABLE, "")
    assert "--source NAME=PATH" in ran.err
    assert syngraph("cover", str(tmp_path / "nothing")).code == Exit.UNREADABLE


def test_in_chinese(tmp_path: Path) -> None:
    ran = syngraph("cover", str(sample(tmp_path / "case", case=LEFT, article=ARTICLE)), "--lang", "zh-Hant")
    assert "數量與日期共 3 項，已建模 1 項（33%）" in ran.out
