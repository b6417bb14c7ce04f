"""Diagnostics as a compiler shows them, with the line and carets below it, and as JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from syngraph.base.diagnostics import Diagnostic, Severity
from syngraph.base.spans import Span
from syngraph.present.display import Lines, lines_of, visible, window
from syngraph.present.words import Words

FORMAT_VERSION = "1.0"
COLUMNS = 100
LONGEST = 300  # characters of a name, a list or a text in a sentence

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
    shown, files = look or Look(), _lines(texts)
    return "".join(f"{_block(d, files, words, shown)}\n\n" for d in diagnostics)


def _lines(texts: Mapping[str, str]) -> Mapping[str, Lines]:
    return {name: lines_of(text) for name, text in texts.items()}


def _block(diagnostic: Diagnostic, files: Mapping[str, Lines], words: Words, look: Look) -> str:
    color = _COLORS[diagnostic.severity]
    fills = _fills(diagnostic)
    kind = f"{words.text(f'severities.{diagnostic.severity.value}')}[{diagnostic.code}]"
    lines = [f"{look.paint(kind, color)}{look.paint(f': {visible(words.sentence(diagnostic.code, fills))}', _PLAIN)}"]
    snippets = tuple(_snippets(diagnostic, words))
    gutter = max((len(str(_line(s.span, files))) for s in snippets), default=1)
    for snippet in snippets:
        lines.extend(_snippet(snippet, files, gutter=gutter, look=look))
    edge = " " * gutter + " " + look.paint("=", _BLUE)
    if way_out := words.way_out(diagnostic.code, fills):
        lines.append(f"{edge} {words.text('findings.help')}: {visible(way_out)}")
    if diagnostic.paste:
        lines.append(f"{edge} {words.text('findings.paste')}: {visible(diagnostic.paste)}")
    return "\n".join(lines)


def _fills(diagnostic: Diagnostic) -> dict[str, str]:
    """What fills the blanks, none of it longer than a sentence can bear."""
    return {name: text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…" for name, text in diagnostic.fills}


def _snippets(diagnostic: Diagnostic, words: Words) -> Iterator[_Snippet]:
    if diagnostic.span:
        yield _Snippet(diagnostic.span, "-->", "^", _COLORS[diagnostic.severity])
    for label in diagnostic.labels:
        yield _Snippet(label.span, ":::", "-", _BLUE, words.label(label.key))


def _line(span: Span, files: Mapping[str, Lines]) -> int:
    return _place(span, files)[0]


def _place(span: Span, files: Mapping[str, Lines]) -> tuple[int, int]:
    """Line and column anew from the offset: a part of a text of several lines knows only where that text begins."""
    file = files.get(span.file)
    return (span.line, span.column) if file is None else file.place(span.start)


def _end_place(span: Span, files: Mapping[str, Lines]) -> tuple[int, int]:
    file, end = files.get(span.file), max(span.start, span.end)
    return (span.line, span.column + end - span.start) if file is None else file.place(end)


def _is_whole_file(span: Span) -> bool:
    return span.start == span.end == 0


def _snippet(snippet: _Snippet, files: Mapping[str, Lines], *, gutter: int, look: Look) -> Iterator[str]:
    span, margin = snippet.span, " " * gutter
    line, column = _place(span, files)
    where = span.file if _is_whole_file(span) else f"{span.file}:{line}:{column}"
    yield f"{margin}{look.paint(snippet.arrow, _BLUE)} {visible(where)}"
    file = files.get(span.file)
    if file is None or _is_whole_file(span):
        if snippet.words:
            yield f"{margin} {look.paint('=', _BLUE)} {snippet.words}"
        return
    stretch = file.line(span.start)
    start = min(span.start, stretch[1])
    marked = start, max(start, min(span.end, stretch[1]))
    shown, before, wide = window(file.text, stretch, marked, columns=look.columns)
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
    files = _lines(texts)
    return [_data(d, files, words) for d in diagnostics]


def diagnostics_document(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], words: Words
) -> dict[str, object]:
    """The findings as one JSON document."""
    return {"format_version": FORMAT_VERSION, "diagnostics": diagnostics_data(diagnostics, texts, words)}


def _data(diagnostic: Diagnostic, files: Mapping[str, Lines], words: Words) -> dict[str, object]:
    fills = _fills(diagnostic)
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": words.sentence(diagnostic.code, fills),
        "help": words.way_out(diagnostic.code, fills),
        **_span_data(diagnostic.span, files),
        "labels": [{"message": words.label(x.key), **_span_data(x.span, files)} for x in diagnostic.labels],
        "paste": diagnostic.paste,
    }


def _span_data(span: Span | None, files: Mapping[str, Lines]) -> dict[str, object]:
    if span is None or _is_whole_file(span):
        file = span.file if span else None
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column"), None) | {"file": file}
    (line, column), (end_line, end_column) = _place(span, files), _end_place(span, files)
    return {"file": span.file, "line": line, "column": column, "end_line": end_line, "end_column": end_column}
