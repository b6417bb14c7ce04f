"""What `cover` answers, as text and as JSON."""

from collections.abc import Iterator, Sequence

from syngraph.analyses.cover import Coverage, Seen, State, Topic
from syngraph.evidence.mentions.recall import RECALL
from syngraph.present.formats import FORMAT_VERSION, Object, line
from syngraph.present.tables import table
from syngraph.present.words import Words

_LISTED = (State.OPEN, State.IGNORED)


def coverage_text(covered: Sequence[Coverage], said: Words, *, everything: bool = False) -> str:
    """The counts of each source, and below them what is open and what is ignored; on demand the rest."""
    return "\n".join(_source(one, said, everything=everything) for one in covered)


def _source(one: Coverage, said: Words, *, everything: bool) -> str:
    states = [said.text(f"cover.states.{s.value}") for s in State]
    head = [one.source, said.text("cover.all"), *states]
    rows = [head, *(_counts(one, topic, said) for topic in Topic)]
    listed = "".join(_listed(one, state, said) for state in (tuple(State) if everything else _LISTED))
    apart = _apart(one, Topic.DATE, "apart", said) + _apart(one, Topic.QUANTITY, "unstated", said)
    valued = [s for s in one.seen if s.topic is not Topic.PARTY]
    modelled = sum(1 for s in valued if s.state is State.MODELLED)
    share = f"{modelled / len(valued):.0%}" if valued else "–"
    fills = {"modelled": str(modelled), "all": str(len(valued)), "share": share, "recall": f"{float(RECALL):.0%}"}
    return f"{table(rows, indent='')}{listed}{apart}{said.text('cover.summary', **fills)}\n"


def _apart(one: Coverage, topic: Topic, key: str, said: Words) -> str:
    """What is listed and not counted, on a line of its own."""
    words = said.text("findings.separator").join(dict.fromkeys(s.words for s in one.apart if s.topic is topic))
    return f"{said.text(f'cover.{key}')} {words}\n" if words else ""


def _counts(one: Coverage, topic: Topic, said: Words) -> list[str]:
    counts = [one.count(topic, state) for state in State]
    return [said.text(f"cover.topics.{topic.value}"), str(sum(counts)), *map(str, counts)]


def _listed(one: Coverage, state: State, said: Words) -> str:
    """The mentions of a state, a name once with the number of its places."""
    found: dict[tuple[Topic, str], list[Seen]] = {}
    for seen in one.seen:
        if seen.state is state:
            key = seen.words if seen.topic is Topic.PARTY else f"{seen.place.start}"
            found.setdefault((seen.topic, key), []).append(seen)
    rows = [_row(one.source, places) for places in found.values()]
    return f"{said.text(f'cover.states.{state.value}')}\n{table(rows, left=4)}" if rows else ""


def _row(source: str, places: Sequence[Seen]) -> list[str]:
    first = places[0]
    where = f"{source}:{first.place.line}:{first.place.column}"
    words = " ".join(first.words.split())
    count = f"× {len(places)}" if len(places) > 1 else ""
    records = ", ".join(dict.fromkeys(r for seen in places for r in seen.records))
    told = first.why or records
    return [where, f"{words} {count}".rstrip(), first.said, told]


def coverage_document(covered: Sequence[Coverage]) -> Object:
    """The same as JSON."""
    return {
        "format_version": FORMAT_VERSION,
        "recall": float(RECALL),
        "sources": [_counted(one) | {"mentions": [_mention(s) for s in one.seen]} for one in covered],
    }


def coverage_lines(covered: Sequence[Coverage]) -> Iterator[Object]:
    """The same line by line: each source, then its mentions."""
    for one in covered:
        yield line("source", _counted(one))
        yield from (line("mention", {"source": one.source, **_mention(s)}) for s in one.seen)


def _counted(one: Coverage) -> Object:
    counts = {topic.value: {state.value: one.count(topic, state) for state in State} for topic in Topic}
    return {"source": one.source, "counts": counts, "apart": [s.words for s in one.apart]}


def _mention(seen: Seen) -> Object:
    place = seen.place
    return {
        "topic": seen.topic.value,
        "state": seen.state.value,
        "start": place.start,
        "end": place.end,
        "line": place.line,
        "column": place.column,
        "words": seen.words,
        "said": seen.said,
        "records": list(seen.records),
        "why": seen.why,
    }
