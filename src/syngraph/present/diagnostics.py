"""Diagnostics as a compiler shows them, with the line and carets below it, and as JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from syngraph.base.diagnostics import Diagnostic, Severity
from syngraph.base.spans import Span
from syngraph.present.display import line_end, line_start, place, visible, window
from syngraph.present.words import Words

FORMAT_VERSION = "1.0"
COLUMNS = 100

_BLUE, _PLAIN = "1;34", "1"
_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}


@dataclass(frozen=True, slots=True)
class Look:
    """How wide the lines of a case may be, and whether there is color (SGR escapes, in our own words only)."""

    columns: int = COLUMNS
    color: bool = False

    def paint(self, text: str, color: str) -> str:
        """The text in a color, if there is color."""
        return f"\x1b[{color}m{text}\x1b[0m" if self.color and text else text


@dataclass(frozen=True, slots=True)
class _Snippet:
    """A place to be shown: its line, the mark below it, and what it has to do with the finding."""

    span: Span
    arrow: str
    mark: str
    color: str
    words: str = ""


def diagnostics_text(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], words: Words, *, look: Look | None = None
) -> str:
    """All findings, an empty line after each; `texts` are the files of the case by name, to show their lines."""
    shown = look or Look()
    return "".join(f"{_block(d, texts, words, shown)}\n\n" for d in diagnostics)


def _block(diagnostic: Diagnostic, texts: Mapping[str, str], words: Words, look: Look) -> str:
    color = _COLORS[diagnostic.severity]
    fills = dict(diagnostic.fills)
    kind = f"{words.text(f'severities.{diagnostic.severity.value}')}[{diagnostic.code}]"
    lines = [f"{look.paint(kind, color)}{look.paint(f': {visible(words.sentence(diagnostic.code, fills))}', _PLAIN)}"]
    snippets = tuple(_snippets(diagnostic, words))
    gutter = max((len(str(_line(s.span, texts))) for s in snippets), default=1)
    for snippet in snippets:
        lines.extend(_snippet(snippet, texts, gutter=gutter, look=look))
    edge = " " * gutter + " " + look.paint("=", _BLUE)
    lines.append(f"{edge} {words.text('findings.help')}: {visible(words.way_out(diagnostic.code, fills))}")
    if diagnostic.paste:
        lines.append(f"{edge} {words.text('findings.paste')}: {visible(diagnostic.paste)}")
    return "\n".join(lines)


def _snippets(diagnostic: Diagnostic, words: Words) -> Iterator[_Snippet]:
    if diagnostic.span:
        yield _Snippet(diagnostic.span, "-->", "^", _COLORS[diagnostic.severity])
    for label in diagnostic.labels:
        yield _Snippet(label.span, ":::", "-", _BLUE, words.label(label.key))


def _line(span: Span, texts: Mapping[str, str]) -> int:
    return _place(span, texts)[0]


def _place(span: Span, texts: Mapping[str, str]) -> tuple[int, int]:
    """Line and column anew from the offset: a part of a text of several lines knows only where that text begins."""
    text = texts.get(span.file)
    return (span.line, span.column) if text is None else place(text, min(span.start, len(text)))


def _end_place(span: Span, texts: Mapping[str, str]) -> tuple[int, int]:
    text = texts.get(span.file)
    if text is None:
        return span.line, span.column + span.end - span.start
    return place(text, min(max(span.end, span.start), len(text)))


def _is_whole_file(span: Span) -> bool:
    return span.start == span.end == 0


def _snippet(snippet: _Snippet, texts: Mapping[str, str], *, gutter: int, look: Look) -> Iterator[str]:
    span, margin = snippet.span, " " * gutter
    line, column = _place(span, texts)
    where = span.file if _is_whole_file(span) else f"{span.file}:{line}:{column}"
    yield f"{margin}{look.paint(snippet.arrow, _BLUE)} {visible(where)}"
    text = texts.get(span.file)
    if text is None or _is_whole_file(span):
        if snippet.words:
            yield f"{margin} {look.paint('=', _BLUE)} {snippet.words}"
        return
    start = min(span.start, len(text))
    first = line_start(text, start)
    last = line_end(text, first)
    shown, before, wide = window(
        text[first:last], min(start, last) - first, min(span.end, last) - first, columns=look.columns
    )
    bar = look.paint("|", _BLUE)
    yield f"{margin} {bar}"
    yield f"{look.paint(f'{line:>{gutter}}', _BLUE)} {bar} {shown}".rstrip()
    mark = look.paint(f"{snippet.mark * wide} {snippet.words}".rstrip(), snippet.color)
    yield f"{margin} {bar} {' ' * before}{mark}"


def counted(counts: Sequence[tuple[str, int]], diagnostics: Iterable[Diagnostic], words: Words) -> str:
    """The closing line: `9 files, 41 records: 1 error, 2 warnings`; `counts` name what was read (`counts.*`)."""
    found = [d.severity for d in diagnostics]
    numbers = [(s.value, found.count(s)) for s in Severity]
    separator = words.text("findings.separator")
    said = [words.count(key, number) for key, number in numbers if number]
    findings = separator.join(said) if Severity.ERROR in found else separator.join([words.text("findings.none"), *said])
    return words.text(
        "findings.summary", counts=separator.join(words.count(k, n) for k, n in counts), findings=findings
    )


def diagnostics_data(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], words: Words
) -> list[dict[str, object]]:
    """The findings as JSON objects; lines and columns count from 1, in code points, and ends are exclusive."""
    return [_data(d, texts, words) for d in diagnostics]


def diagnostics_document(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], words: Words
) -> dict[str, object]:
    """The findings as one JSON document."""
    return {"format_version": FORMAT_VERSION, "diagnostics": diagnostics_data(diagnostics, texts, words)}


def _data(diagnostic: Diagnostic, texts: Mapping[str, str], words: Words) -> dict[str, object]:
    fills = dict(diagnostic.fills)
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": words.sentence(diagnostic.code, fills),
        "help": words.way_out(diagnostic.code, fills),
        **_span_data(diagnostic.span, texts),
        "labels": [{"message": words.label(x.key), **_span_data(x.span, texts)} for x in diagnostic.labels],
        "paste": diagnostic.paste,
    }


def _span_data(span: Span | None, texts: Mapping[str, str]) -> dict[str, object]:
    if span is None or _is_whole_file(span):
        file = span.file if span else None
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column"), None) | {"file": file}
    (line, column), (end_line, end_column) = _place(span, texts), _end_place(span, texts)
    return {"file": span.file, "line": line, "column": column, "end_line": end_line, "end_column": end_column}
