"""What of each source is modelled, quoted, ignored or left out, and its text with the marks of all four."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from syngraph.analyses.cover import Coverage, Seen, State, Stretched, Topic, cover
from syngraph.present.report.entries import Shared, place_id
from syngraph.present.report.markup import Markup, Tag, tag
from syngraph.present.report.view import View, grid

_OPEN_LICENSE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")  # an SPDX identifier; "all rights reserved" is none
_LEFT_OUT = " … "


def coverage(shared: Shared) -> tuple[Tag, ...]:
    """The section; none if no text of a source is there."""
    study = shared.views[0].study
    covered = cover([r.case for r in study.runs], study.evidence)
    if not covered:
        return ()
    valued = [s for one in covered for s in one.seen if s.topic is not Topic.PARTY]
    modelled = sum(s.state is State.MODELLED for s in valued)
    left = sum(len(one.open) for one in covered)

    def answer(view: View) -> str:
        key = "coverage.open" if left else "coverage.answer"
        return view.words(key, modelled=f"{modelled:,}", all=f"{len(valued):,}", open=f"{left:,}")

    return (shared.section("coverage", answer, *(part for one in covered for part in _source(shared, one))),)


def _source(shared: Shared, one: Coverage) -> Iterator[Markup]:
    yield tag("h3", one.source)
    yield _counts(shared, one)
    yield tag("p", *(part for state in State for part in (_legend(shared, state), " ")))
    if not _OPEN_LICENSE.fullmatch(one.license):
        yield tag("p", *shared.words("coverage.reserved"), class_="lead")
    yield tag("div", *_woven(shared, one), class_="weave")


def _counts(shared: Shared, one: Coverage) -> Tag:
    rows = []
    for topic in Topic:
        numbers = (tag("td", f"{one.count(topic, state):,}") for state in State)
        rows.append([tag("th", *_said(shared, f"topics.{topic.value}"), scope="row"), *numbers])
    return grid(["", *(tag("span", *_said(shared, f"states.{state.value}")) for state in State)], rows)


def _legend(shared: Shared, state: State) -> Tag:
    return Tag("mark", (("class", state.value),), _said(shared, f"states.{state.value}"))


def _said(shared: Shared, key: str) -> tuple[Markup, ...]:
    return shared.each(lambda view: view.said.text(f"cover.{key}"))


def _woven(shared: Shared, one: Coverage) -> Iterator[Markup]:
    """The text in pieces, each with what covers it; of a text that is not free only what is quoted or mentioned."""
    whole = _OPEN_LICENSE.fullmatch(one.license) is not None
    marks = [s for s in one.seen if whole or s.topic is not Topic.PARTY or s.state is State.OPEN]
    left_out = False
    for start, end, quotes, seen in _pieces(one, marks):
        words = one.text[start:end]
        if not (whole or quotes or seen):
            left_out = True
            continue
        if left_out:
            yield _LEFT_OUT
            left_out = False
        yield _piece(shared, one, start, words, quotes, seen)
    if left_out:
        yield _LEFT_OUT


def _pieces(one: Coverage, marks: Sequence[Seen]) -> Iterator[tuple[int, int, tuple[Stretched, ...], Seen | None]]:
    """Stretches in which nothing begins or ends, with the quotes around each and the mention it belongs to."""
    quotes = [q for q in one.quoted if not q.ignored]
    places = [*(q.place for q in quotes), *(m.place for m in marks)]
    edges = sorted({0, len(one.text), *(p.start for p in places), *(p.end for p in places)})
    waiting, at = sorted(quotes, key=lambda q: q.place.start), 0
    around: list[Stretched] = []
    mentions = {s.place.start: s for s in marks}
    inside: Seen | None = None
    for start, end in pairwise(edges):
        while at < len(waiting) and waiting[at].place.start <= start:
            around.append(waiting[at])
            at += 1
        around = [q for q in around if q.place.end > start]
        inside = mentions.get(start, inside if inside and inside.place.end > start else None)
        yield start, end, tuple(around), inside


def _piece(
    shared: Shared, one: Coverage, start: int, words: str, quotes: tuple[Stretched, ...], seen: Seen | None
) -> Markup:
    """A stretch of text, leading to the entry of a record that stands on it, or naming the records."""
    if seen is None and not quotes:
        return words
    records = seen.records if seen and seen.records else tuple(dict.fromkeys(r for q in quotes for r in q.records))
    known = shared.origins.numbers
    target = next((known[r] for name in records for r in (name, name.rpartition(".")[0]) if r in known), 0)
    told = "" if target else (seen.why if seen and seen.why else ", ".join(records))
    begun = next((q.place for q in quotes if q.place.start == start), None)
    attributes = [("class", seen.state.value)] if seen is not None else []
    attributes += [("title", told)] if told else []
    attributes += [("id", place_id(one.source, begun.line, begun.column))] if begun is not None else []
    inner = Tag("mark" if seen is not None else "u", tuple(attributes), (words,))
    return tag("a", inner, href=f"#{View.anchor(target)}") if target else inner
