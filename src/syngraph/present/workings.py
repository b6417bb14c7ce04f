"""What a value is recomputed from, stretch by stretch: as text and as JSON."""

from collections.abc import Iterator, Sequence

from syngraph.analyses.course import Along, Points, Stretch, TierAlong
from syngraph.explain.origins import OriginNode, Path, TierRow, Worked
from syngraph.present.display import visible, width
from syngraph.present.formats import Object
from syngraph.present.numbers import figure, listed_unit, significant
from syngraph.present.words import Words

Shown = float | list[list[float]]
MOST = 12  # with more stretches than that a text does not list their values
_DIGITS = 7  # as many as let a reader find the three that are shown
_LONGEST = 110
_RULES = ("grow", "cum")


# as text


def stretches_text(path: Path, said: Words) -> Iterator[str]:
    """The stretches of a period, numbered; or that there are too many to list."""
    stretches = path.stretches
    if len(stretches) > MOST:
        yield said.text("explain.stretches_many", count=str(len(stretches))) + "\n"
    elif stretches:
        lines = (_stretch_line(i, s, said) for i, s in enumerate(stretches, start=1))
        finer = [said.text("explain.finer")] if path.finer else []
        yield "\n".join([said.text("explain.stretches"), *lines, *finer]) + "\n"


def _stretch_line(number: int, stretch: Stretch, said: Words) -> str:
    start, end = stretch.start, stretch.start + stretch.length
    told = said.text("explain.stretch", length=f"{stretch.length:.7f}", start=f"{start:.7f}", end=f"{end:.7f}")
    mixed = said.text("explain.mixed") if stretch.slid else ""
    return f"  [{number}]  {stretch.first.isoformat()} – {stretch.end.isoformat()}  {told}{mixed}"


def working_lines(node: OriginNode, stretches: Sequence[Stretch], said: Words) -> Iterator[str]:
    """Under a name: the rule of a call with a memory, its values where they change, its tiers, what is missing."""
    work = node.worked
    if 0 < len(stretches) <= MOST:
        if work.rule in _RULES:
            yield said.text(f"explain.rule.{work.rule}")
        if work.along is not None and (work.along.unit != "truth" or node.kind in ("event", "part")):
            yield from _along_lines(work.along, said)
        for name, along in work.outcomes:
            yield from indented(_along_lines(along, said), f"{name}: ")
        if work.pot is not None:
            yield from indented(_along_lines(work.pot, said), said.text("explain.the_pot"))
    if work.day is not None:
        yield said.text("explain.happened", day=work.day.isoformat())
    yield from _tier_lines(work.rows, said)
    yield from (said.text(f"explain.missing.{key}") for key in work.missing)


def _along_lines(along: Along, said: Words) -> Iterator[str]:
    """Values by stretch: one number where it is steady, else start, middle and end; none that a figure shows whole."""
    if along.unit == "date" or (along.steady and _round(along)):
        return
    if along.unit == "truth":
        which = [str(i) for i, points in enumerate(along.points, start=1) if points[0]]
        yield said.text("explain.holds", stretches=", ".join(which)) if which else said.text("explain.never_holds")
        return
    highest = max(abs(v) for points in along.points for v in points)
    divisor, unit = listed_unit(highest, along.unit, said.language)
    items = [f"{which} {_points(points, divisor)}".strip() for which, points in _runs(along.points)]
    yield from _wrapped(items, said.text("explain.values", unit=unit or "1"))


def _round(along: Along) -> bool:
    """Whether three digits say all of a number."""
    value = along.points[0][0]
    return along.unit != "truth" and significant(value, _DIGITS) == significant(float(f"{value:.3g}"), _DIGITS)


def _points(points: Points, divisor: float) -> str:
    start, middle, end = (significant(v / divisor, _DIGITS) for v in points)
    return start if len(set(points)) == 1 else f"{start} · {middle} · {end}"


def _runs(found: Sequence[Points]) -> Iterator[tuple[str, Points]]:
    """Stretches that follow each other with the same one number are taken together."""
    first = 0
    for i, points in enumerate(found):
        same = i + 1 < len(found) and len({*points, *found[i + 1]}) == 1
        if not same:
            whole = first == 0 and i + 1 == len(found)
            yield "" if whole else f"[{first + 1}]" if first == i else f"[{first + 1}–{i + 1}]", points
            first = i + 1


def _wrapped(items: Sequence[str], head: str) -> Iterator[str]:
    """As many to a line as fit."""
    line = head
    for item in items:
        if line != head and len(line) + len(item) > _LONGEST:
            yield line
            line = " " * width(head)
        line += f"  {item}"
    yield line


def _tier_lines(rows: Sequence[TierRow], said: Words) -> Iterator[str]:
    """A row for each tier and party: weight, target, what was taken before, what is paid here."""
    if not rows:
        return
    table = [[said.text(f"explain.tier.{key}") for key in ("name", "party", "weight", "target", "before", "paid")]]
    for row in rows:
        amounts = ("–" if v is None else figure(v, row.unit, said.language) for v in (row.target, row.before, row.paid))
        table.append([row.tier.rpartition(".")[2], row.party, figure(row.weight, "", said.language), *amounts])
    wide = [max(width(line[i]) for line in table) for i in range(len(table[0]))]
    for line in table:
        yield "  ".join(text + " " * (w - width(text)) for text, w in zip(line, wide, strict=True)).rstrip()


def formula_lines(text: str) -> Iterator[str]:
    """A whole formula, on as many lines as it needs."""
    line = ""
    for word in visible(text).split():
        if line and width(line) + 1 + width(word) > _LONGEST:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
    yield line


def indented(lines: Iterator[str], before: str) -> Iterator[str]:
    """The first line after a mark, the others below it."""
    for i, line in enumerate(lines):
        yield (before if i == 0 else " " * width(before)) + line


# as JSON


def stretch_document(stretch: Stretch) -> Object:
    """Its days (the last is not in it), its start in years since today, its length in years."""
    return {
        "from": stretch.first.isoformat(),
        "until": stretch.end.isoformat(),
        "t": stretch.start,
        "length": stretch.length,
        "mixed": stretch.slid,
    }


def worked_document(worked: Worked) -> Object:
    """A value in each stretch at its start, in its middle and at its end; one number if it is that all along."""
    unit = worked.along.unit if worked.along is not None else ""
    found: Object = {
        "values": _values(worked.along),
        "values_unit": unit,
        "rule": worked.rule,
        "missing": list(worked.missing),
    }
    if worked.along is not None and worked.along.sums:
        found["sums"] = [list(pair) for pair in worked.along.sums]
    if worked.day is not None:
        found["happened"] = worked.day.isoformat()
    if worked.outcomes:
        found["outcomes"] = {name: _values(along) for name, along in worked.outcomes}
    if worked.pot is not None:
        found["pot"] = _values(worked.pot)
        found["tiers"] = [_tier_document(tier) for tier in worked.tiers]
        found["rows"] = [
            {
                "tier": row.tier,
                "party": row.party,
                "weight": row.weight,
                "target": row.target,
                "before": row.before,
                "paid": row.paid,
                "unit": row.unit,
            }
            for row in worked.rows
        ]
    return found


def _values(along: Along | None) -> Shown | None:
    if along is None or not along.points:
        return None
    return along.points[0][0] if along.steady else [list(points) for points in along.points]


def _tier_document(tier: TierAlong) -> Object:
    return {
        "name": tier.name,
        "then": tier.then,
        "to": tier.to,
        "open": _values(tier.open),
        "shares": [{"party": s.party, "weight": _values(s.weight), "paid": _values(s.paid)} for s in tier.shares],
        "targets": [
            {"account": t.account, "kind": t.kind, "goal": _values(t.goal), "standing": _values(t.standing)}
            for t in tier.targets
        ],
    }
