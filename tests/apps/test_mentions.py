"""`syngraph mentions`: every mention of a text with its place, whatever bytes the file has."""

import codecs
import json
import re
from pathlib import Path

import pytest
from check_samples import syngraph

from syngraph.analyses.documents import document, listing
from syngraph.apps.exits import Exit
from syngraph.evidence.mentions.mention import Kind, Mention
from syngraph.present.display import width
from syngraph.present.mentions import guesses_text, listing_document, listing_text, reading
from syngraph.present.words import words

ARTICLE = "微軟自2019年以來已投資超過130億美元。\n雙方去年宣布,1,2345億美元與20%至30%由Acme Fund出資。\n"
EXAMPLES = Path(__file__).parents[1] / "evidence" / "mentions" / "test_mention_examples.py"


def written(folder: Path, data: bytes, name: str = "text.txt") -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def test_mentions_stand_in_order_with_place_kind_words_value_and_flags(tmp_path: Path) -> None:
    ran = syngraph("mentions", written(tmp_path, ARTICLE.encode()))
    assert ran.code == Exit.OK
    assert [re.split(r"  +", line) for line in ran.out.splitlines()] == [
        ["1:4", "date", "2019年", "2019 (since)"],
        ["1:16", "quantity", "130億美元", "13 bn USD (more_than)"],
        ["2:3", "relative", "去年", "no date by itself"],
        ["2:8", "not read", "1,2345億美元", "the separators do not fit"],
        ["2:18", "quantity", "20%至30%", "20–30 %"],
        [""],
        ["Words that look like names:"],
        ["2:26", "Acme Fund", "1 time"],
    ]
    assert ran.err == f"{tmp_path}/text.txt: no language or region was given; read as zh-Hant, at home in TW.\n"


def test_columns_are_aligned_by_what_a_terminal_shows() -> None:
    lines = listing_text(listing(document("a", ARTICLE)), words("zh-Hant")).splitlines()[:5]
    values = ("2019 (", "13 bn", "本身", "分隔", "20–30")
    assert len({width(line[: line.index(value)]) for line, value in zip(lines, values, strict=True)}) == 1


def test_as_json(tmp_path: Path) -> None:
    path = written(tmp_path, b"x\n1/3 of it, or $2.5 billion, by 2030.")
    ran = syngraph("mentions", path, "--format", "json", "--language", "en")
    found = json.loads(ran.out)
    assert (found["file"], found["characters"], found["language"], found["region"]) == (path, 38, "en", "US")
    assert found["guessed"] == ["region"]
    third, amount, year = found["mentions"]
    assert (third["value"], third["unit"], third["flags"], third["line"], third["column"]) == (
        "1/3",
        "",
        ["fraction"],
        2,
        1,
    )
    assert (amount["value"], amount["unit"], amount["start"], amount["end"]) == ("2500000000", "USD", 16, 28)
    assert year["days"] == {"text": "2030", "first": "2030-01-01", "end": "2031-01-01"}
    assert (year["span"], year["value"]) == ("before", None)
    lines = [json.loads(line) for line in syngraph("mentions", path, "--format", "jsonl").out.splitlines()]
    assert [line["type"] for line in lines] == ["document", "mention", "mention", "mention"]


def test_a_range_has_both_ends_in_json() -> None:
    (one,) = listing_document(listing(document("a", "20%至30%")))["mentions"]  # type: ignore[misc]
    assert one["value"] == {"low": "20", "high": "30"}


@pytest.mark.parametrize(
    ("text", "language", "region"),
    [
        ("微軟與OpenAI簽署諒解備忘錄。", "zh-Hant", "TW"),
        ("微软与OpenAI签署谅解备忘录。", "zh-Hans", "CN"),
        ("Microsoft and OpenAI sign.", "en", "US"),
        ("Microsoft (微軟) and OpenAI sign an agreement.", "en", "US"),
        ("", "en", "US"),
        ("三十元", "zh-Hant", "TW"),
    ],
)
def test_the_language_is_told_by_the_letters(text: str, language: str, region: str) -> None:
    one = document("a", text)
    assert (one.language, one.region, one.guessed) == (language, region, ("language", "region"))


def test_what_is_given_is_not_guessed() -> None:
    one = document("a", "微軟", language="zh-Hans", region="HK")
    assert (one.language, one.region, guesses_text(one, words("en"))) == ("zh-Hans", "HK", "")
    homeless = document("a", "$5", language="fr")
    assert homeless.region == ""
    assert "not read" in guesses_text(homeless, words("en"))
    assert listing(homeless).mentions[0][1].kind is Kind.UNPARSED


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"ab\xff", "source-encoding"),
        ("微軟".encode("big5"), "source-encoding"),
        (codecs.BOM_UTF32_LE + b"a\0\0\0", "source-encoding"),
    ],
)
def test_bytes_that_are_no_text_are_a_finding(tmp_path: Path, data: bytes, code: str) -> None:
    ran = syngraph("mentions", written(tmp_path, data))
    assert (ran.code, ran.out) == (Exit.UNREADABLE, "")
    assert ran.err.startswith(f"error[{code}]")


def test_what_is_no_file_is_a_finding(tmp_path: Path) -> None:
    for name in ("none.txt", ".", "x" * 300, "a\udcff.txt"):
        ran = syngraph("mentions", str(tmp_path / name))
        assert (ran.code, ran.out) == (Exit.UNREADABLE, "")
        assert ran.err.startswith("error[source-unreadable]")


def test_a_text_that_is_too_large_is_a_finding(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(100_000_001)
    ran = syngraph("mentions", str(tmp_path / "large.txt"))
    assert (ran.code, ran.err.partition("\n")[0].partition(":")[0]) == (Exit.UNREADABLE, "error[source-too-large]")


def test_control_and_bidirectional_characters_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    path = written(tmp_path, "\x00 \u202e5 % \x1b[31m Acme\u0301 \x07 5\u0301 %".encode())
    ran = syngraph("mentions", path)
    assert ran.code == Exit.OK
    assert not {"\x00", "\u202e", "\x1b", "\x07"} & set(ran.out)
    found = json.loads(syngraph("mentions", path, "--format", "json").out)
    assert next((m["text"], m["column"]) for m in found["mentions"]) == ("5 %", 4)


@pytest.mark.parametrize("kind", ["flags", "reason"])
def test_every_flag_and_reason_of_the_parser_has_words(kind: str) -> None:
    """Those its mentions are documented with, and those its examples have."""
    flags, reasons = (Mention.__doc__ or "").partition("flags: ")[2].split("reason, of")
    named = set(re.findall(r"`([a-z_-]+)`", flags if kind == "flags" else reasons))
    if kind == "reason":
        named |= set(re.findall(r"\? ([a-z-]+)", EXAMPLES.read_text("utf-8")))
    assert len(named) > 8
    table = "mentions.flags." if kind == "flags" else "mentions.reasons."
    assert named - {k.removeprefix(table) for k in words("en").texts if k.startswith(table)} == set()


def test_every_example_of_the_parser_can_be_shown() -> None:
    texts = re.findall(r'"([^"\n]*)"', EXAMPLES.read_text("utf-8"))
    assert len(texts) > 300
    for language in ("en", "zh-Hant"):
        shown = listing_text(listing(document("a", "\n\n".join(texts), language=language)), words(language))
        assert shown.count("\n") > 200


def test_a_text_without_mentions_says_so(tmp_path: Path) -> None:
    ran = syngraph("mentions", written(tmp_path, b"nothing here"))
    assert (ran.code, ran.out) == (Exit.OK, "No quantity, date or name was found.\n")


def test_a_mention_without_value_says_why() -> None:
    said = {
        m.text: reading(m, words("en"))
        for _, m in listing(document("a", "In FY2025 and 1,2345 USD last year.")).mentions
    }
    assert said["FY2025"] == "a label until somebody says when the year ends"
    assert "separators" in said["1,2345 USD"] or "number ends" in said["1,2345 USD"]
