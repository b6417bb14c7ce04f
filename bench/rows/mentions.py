"""How long it takes to find every quantity and date in an article, and in a megabyte of articles."""

from collections.abc import Iterator

from bench.row import Bar, Options, Row, seconds
from bench.rows.compiling import CASE
from syngraph.evidence.wording import Wording

_ARTICLE = CASE / "sources" / "article.zh-Hant.txt"  # not kept here; without it the text of the other case
_OTHER = CASE.parent / "alliance" / "text" / "agreement.txt"
_MEGABYTE = 1_000_000


def rows(_: Options) -> Iterator[Row]:
    """Milliseconds for one text, and a megabyte of it over the one."""
    path, wording = (_ARTICLE, Wording("zh-Hant", "TW")) if _ARTICLE.exists() else (_OTHER, Wording("en", "NL"))
    text = path.read_text("utf-8")
    size = len(text.encode("utf-8"))
    many = text * (_MEGABYTE // size)
    one, all_of_them = seconds(lambda: wording.mentions(text), lambda: wording.mentions(many), least=2.0)
    note = f"{path.name}, {size / 1_000:.1f} kB, {len(text):,} characters"
    yield Row("mentions of an article", 1_000 * one, "ms", Bar("≤", 10), note)
    yield Row("mentions: 1 MB of it ÷ the article", all_of_them / one, "×", Bar("≤", 250), f"{_MEGABYTE // size} times")
