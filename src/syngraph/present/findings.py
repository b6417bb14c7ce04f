"""Diagnostics in words and with their lines: what the formats for programs are made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from syngraph.base.diagnostics import Diagnostic, Severity
from syngraph.base.spans import Span
from syngraph.present.display import Lines, lines_of
from syngraph.present.words import Words

LONGEST = 300  # characters of a name, a list or a text in a sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A file, or a stretch of it: lines and columns count from 1, in code points, and ends are exclusive."""

    file: str | None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A second place, and what it has to do with the finding."""

    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic as a person or a program reads it; `help` is the way out, `paste` what to paste."""

    code: str
    severity: Severity
    message: str
    help: str
    place: Place
    labels: tuple[Remark, ...]
    paste: str


def findings(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], words: Words) -> tuple[Finding, ...]:
    """The diagnostics in the words of a language; `texts` are the files of the case by name."""
    files = lines_by_file(texts)
    return tuple(_finding(d, files, words) for d in diagnostics)


def _finding(diagnostic: Diagnostic, files: Mapping[str, Lines], words: Words) -> Finding:
    blanks = fills(diagnostic)
    return Finding(
        code=diagnostic.code,
        severity=diagnostic.severity,
        message=words.sentence(diagnostic.code, blanks),
        help=words.way_out(diagnostic.code, blanks),
        place=_place(diagnostic.span, files),
        labels=tuple(Remark(words.label(x.key), _place(x.span, files)) for x in diagnostic.labels),
        paste=diagnostic.paste,
    )


def _place(span: Span | None, files: Mapping[str, Lines]) -> Place:
    if span is None or is_whole_file(span):
        return Place(span.file if span else None)
    return Place(span.file, *start_of(span, files), *_end_of(span, files))


def fills(diagnostic: Diagnostic) -> dict[str, str]:
    """What fills the blanks, none of it longer than a sentence can bear."""
    return {name: text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…" for name, text in diagnostic.fills}


def lines_by_file(texts: Mapping[str, str]) -> Mapping[str, Lines]:
    """The lines of each file."""
    return {name: lines_of(text) for name, text in texts.items()}


def is_whole_file(span: Span) -> bool:
    """Whether a span is that of a file as such."""
    return span.start == span.end == 0


def start_of(span: Span, files: Mapping[str, Lines]) -> tuple[int, int]:
    """Line and column anew from the offset: a part of a text of several lines knows only where that text begins."""
    file = files.get(span.file)
    return (span.line, span.column) if file is None else file.place(span.start)


def _end_of(span: Span, files: Mapping[str, Lines]) -> tuple[int, int]:
    file, end = files.get(span.file), max(span.start, span.end)
    return (span.line, span.column + end - span.start) if file is None else file.place(end)
