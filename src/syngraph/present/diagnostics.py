"""Diagnostics as a compiler shows them, with the line and carets below it, and as JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from syngraph.base.diagnostics import Diagnostic, Severity
from syngraph.base.spans import Span
from syngraph.present.display import Lines, visible, window
from syngraph.present.findings import Finding, fills, is_whole_file, lines_by_file, start_of
from syngraph.present.formats import FORMAT_VERSION, Object, line
from syngraph.present.words import Words

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
    shown, files = look or Look(), lines_by_file(texts)
    return "".join(f"{_block(d, files, words, shown)}\n\n" for d in diagnostics)


def _block(diagnostic: Diagnostic, files: Mapping[str, Lines], words: Words, look: Look) -> str:
    color = _COLORS[diagnostic.severity]
    blanks = fills(diagnostic)
    kind = f"{words.text(f'severities.{diagnostic.severity.value}')}[{diagnostic.code}]"
    lines = [f"{look.paint(kind, color)}{look.paint(f': {visible(words.sentence(diagnostic.code, blanks))}', _PLAIN)}"]
    snippets = tuple(_snippets(diagnostic, words))
    gutter = max((len(str(start_of(s.span, files)[0])) for s in snippets), default=1)
    for snippet in snippets:
        lines.extend(_snippet(snippet, files, gutter=gutter, look=look))
    edge = " " * gutter + " " + look.paint("=", _BLUE)
    if way_out := words.way_out(diagnostic.code, blanks):
        lines.append(f"{edge} {words.text('findings.help')}: {visible(way_out)}")
    if diagnostic.paste:
        lines.append(f"{edge} {words.text('findings.paste')}: {visible(diagnostic.paste)}")
    return "\n".join(lines)


def _snippets(diagnostic: Diagnostic, words: Words) -> Iterator[_Snippet]:
    if diagnostic.span:
        yield _Snippet(diagnostic.span, "-->", "^", _COLORS[diagnostic.severity])
    for label in diagnostic.labels:
        yield _Snippet(label.span, ":::", "-", _BLUE, words.label(label.key))


def _snippet(snippet: _Snippet, files: Mapping[str, Lines], *, gutter: int, look: Look) -> Iterator[str]:
    span, margin = snippet.span, " " * gutter
    number, column = start_of(span, files)
    where = span.file if is_whole_file(span) else f"{span.file}:{number}:{column}"
    yield f"{margin}{look.paint(snippet.arrow, _BLUE)} {visible(where)}"
    file = files.get(span.file)
    if file is None or is_whole_file(span):
        if snippet.words:
            yield f"{margin} {look.paint('=', _BLUE)} {snippet.words}"
        return
    stretch = file.line(span.start)
    start = min(span.start, stretch[1])
    marked = start, max(start, min(span.end, stretch[1]))
    shown, before, wide = window(file.text, stretch, marked, columns=look.columns)
    bar = look.paint("|", _BLUE)
    yield f"{margin} {bar}"
    yield f"{look.paint(f'{number:>{gutter}}', _BLUE)} {bar} {shown}".rstrip()
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


def diagnostics_data(found: Iterable[Finding]) -> list[Object]:
    """The findings as JSON objects."""
    return [_data(f) for f in found]


def diagnostics_document(found: Iterable[Finding]) -> Object:
    """The findings as one JSON document."""
    return {"format_version": FORMAT_VERSION, "diagnostics": diagnostics_data(found)}


def diagnostics_lines(found: Iterable[Finding]) -> Iterator[Object]:
    """The findings, one a line."""
    yield from (line("diagnostic", data) for data in diagnostics_data(found))


def _data(finding: Finding) -> Object:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        **asdict(finding.place),
        "labels": [{"message": x.message, **asdict(x.place)} for x in finding.labels],
        "paste": finding.paste,
    }
