"""Rank correlations as a Gaussian copula (Pearson 1907: ρ becomes 2 sin(πρ/6)), by Cholesky in the order of names."""

from decimal import Decimal, localcontext

from syngraph.base.units import PLAIN
from syngraph.compile.nodes.lowering import Lowering
from syngraph.graph.constants import amount
from syngraph.graph.order import reached
from syngraph.model.assumptions import Assumption, Between, Distribution, OneOf

_PI = Decimal("3.14159265358979323846264338327950288420")
Rows = dict[str, tuple[tuple[str, float], ...]]


def correlated(low: Lowering) -> Rows:
    """For each correlated assumption, the weights of the independent normals that make its own."""
    ranks: dict[tuple[str, str], Decimal] = {}
    for one in low.scope.case.correlations:
        given = amount(one.rank, low.scope)
        if given is None or given[1:] != (PLAIN, False) or not -1 < given[0] < 1:
            low.wrong("correlation-impossible", one.span)
            continue
        if not all(_uncertain(low, n) for n in one.of) or one.of[0] == one.of[1]:
            low.wrong("correlation-of-certain", one.span, names=", ".join(one.of))
            continue
        ranks[min(one.of), max(one.of)] = given[0]
    rows: Rows = {}
    for names in _connected(ranks):
        rows |= _cholesky(low, names, ranks)
    return rows


def _connected(ranks: dict[tuple[str, str], Decimal]) -> list[list[str]]:
    """The assumptions that hang together, each group in the order of names: the others are independent of them."""
    others: dict[str, list[str]] = {}
    for a, b in ranks:
        others.setdefault(a, []).append(b)
        others.setdefault(b, []).append(a)
    groups, seen = [], set[str]()
    for name in sorted(others):
        if name not in seen:
            group = sorted({name, *reached(name, others)})
            seen.update(group)
            groups.append(group)
    return groups


def _uncertain(low: Lowering, name: str) -> bool:
    unit = low.scope.units.get(name)
    return isinstance(unit, Assumption) and isinstance(unit.draw, Distribution | OneOf | Between)


def _cholesky(low: Lowering, names: list[str], ranks: dict[tuple[str, str], Decimal]) -> Rows:
    with localcontext() as context:
        context.prec = 40
        lower: list[list[Decimal]] = []
        for i, name in enumerate(names):
            row: list[Decimal] = []
            for j in range(i):
                rank = ranks.get((names[j], name), Decimal(0))
                rho = 2 * _sine(_PI * rank / 6)
                row.append((rho - sum(a * b for a, b in zip(row, lower[j], strict=False))) / lower[j][j])
            rest = 1 - sum((a * a for a in row), Decimal(0))
            if rest <= Decimal("1e-12"):
                span = low.scope.case.correlations[0].span
                low.wrong("correlations-not-positive", span, names=", ".join(names[: i + 1]))
                return {}
            lower.append([*row, rest.sqrt()])
    return {
        name: tuple((names[j], float(w)) for j, w in enumerate(row) if w)
        for name, row in zip(names, lower, strict=True)
    }


def _sine(x: Decimal) -> Decimal:
    """sin by its power series; |x| < π/6 here, so 25 terms are far below the last digit."""
    term, total = x, x
    for n in range(1, 25):
        term = -term * x * x / ((2 * n) * (2 * n + 1))
        total += term
    return total
