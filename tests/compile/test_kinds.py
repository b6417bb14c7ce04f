"""What kind and unit comes of combining quantities (`semantics.md` section 2)."""

import pytest
from compile_samples import compiled

from syngraph.base.units import PLAIN, Dimension
from syngraph.graph.kinds import DATE, Kind

USD: Dimension = (("USD", 1),)
YEAR: Dimension = (("year", 1),)
RATE, FLOW, STOCK, CONSTANT, STATUS = Kind.RATE, Kind.FLOW, Kind.STOCK, Kind.CONSTANT, Kind.STATUS

# income is a rate, sold a flow, saved a stock, index a plain stock, price and share constants, rich a status
GIVES = [
    # a constant keeps the kind of what it multiplies or divides
    ("share * income", RATE, USD),
    ("income * share", RATE, USD),
    ("income / share", RATE, USD),
    ("share * sold", FLOW, USD),
    ("sold / 2", FLOW, USD),
    ("share * saved", STOCK, USD),
    ("saved / price", STOCK, PLAIN),
    ("1 USD / price * share * index", STOCK, PLAIN),
    # a stock beside a rate or a stock
    ("income * index", RATE, USD),
    ("index * income", RATE, USD),
    ("income / index", RATE, USD),
    ("sold * index", FLOW, USD),
    ("index * sold", FLOW, USD),
    ("sold / index", FLOW, USD),
    ("saved * index", STOCK, USD),
    ("saved / index", STOCK, USD),
    ("price / index", STOCK, USD),
    ("price / saved", STOCK, PLAIN),
    ("saved / saved", STOCK, PLAIN),
    # a quotient of equal kinds is a plain number
    ("income / income", CONSTANT, PLAIN),
    ("sold / sold", CONSTANT, PLAIN),
    ("income * (sold / sold)", RATE, USD),
    # sums
    ("income + income", RATE, USD),
    ("income - fee", RATE, USD),
    ("sold + sold", FLOW, USD),
    ("saved + price", STOCK, USD),
    ("price - saved", STOCK, USD),
    ("saved + saved", STOCK, USD),
    ("max(sold, 0 USD)", FLOW, USD),
    ("max(0 USD, income)", RATE, USD),
    ("sold + 0 USD", FLOW, USD),
    ("min(saved, price)", STOCK, USD),
    ("max(saved, price, 3 USD)", STOCK, USD),
    ("-sold", FLOW, USD),
    ("-saved", STOCK, USD),
    # conversions
    ("over(income)", FLOW, USD),
    ("per_year(sold)", RATE, USD),
    ("over(per_year(sold))", FLOW, USD),
    ("cum(sold)", STOCK, USD),
    ("cum(sold, price)", STOCK, USD),
    ("trailing(sold, 1 year)", STOCK, USD),
    ("prev(saved, 0 USD)", STOCK, USD),
    ("prev(rich, false)", STATUS, PLAIN),
    ("grow(fee, share)", RATE, USD),
    ("grow(price, share)", STOCK, USD),
    ("grow(fee, index)", RATE, USD),
    # functions of plain numbers
    ("exp(index)", STOCK, PLAIN),
    ("exp(share) * index", STOCK, PLAIN),
    ("sqrt(t)", STOCK, PLAIN),
    ("log(1 + index)", STOCK, PLAIN),
    ("walk(w)", STOCK, PLAIN),
    ("t", STOCK, PLAIN),
    ("dt", CONSTANT, PLAIN),
    ("noise(w)", CONSTANT, PLAIN),
    ("income * dt", RATE, USD),
    ("date", STOCK, DATE),
    # days
    ("date - end_day", STOCK, YEAR),
    ("date + 1 year", STOCK, DATE),
    ("max(date, end_day)", STOCK, DATE),
    # choices
    ("income if rich else 0 USD", RATE, USD),
    ("sold if rich else 0 USD", FLOW, USD),
    ("saved if rich else price", STOCK, USD),
    ("income if rich else fee", RATE, USD),
    # conditions
    ("sold > 0 USD", STATUS, PLAIN),
    ("income >= 0 USD", STATUS, PLAIN),
    ("income < fee", STATUS, PLAIN),
    ("saved > price", STATUS, PLAIN),
    ("date >= end_day", STATUS, PLAIN),
    ("rich and not happened(closing)", STATUS, PLAIN),
    ("vote.yes_vote or in_force(supply.use)", STATUS, PLAIN),
    ("price == 5 USD", STATUS, PLAIN),
    ("rich == true", STATUS, PLAIN),
    # terms
    ("supply.pay.paid", FLOW, USD),
    ("supply.pay.shortfall", FLOW, USD),
    ("split.buyer + split.undistributed", FLOW, USD),
    ("paid(buyer) - received(buyer)", FLOW, USD),
]


@pytest.mark.parametrize(("formula", "kind", "dimension"), GIVES)
def test_a_formula_is_of_its_kind_and_unit(formula: str, kind: Kind, dimension: Dimension) -> None:
    """A constant has no declaration of its own: as a stock it stays what it is at both ends."""
    declared = STOCK if kind is CONSTANT else kind
    result = compiled(f'measures:\n  m: {{{declared.value}: "{formula}"}}\n')
    assert result.diagnostics == ()
    (quantity,) = [q for q in result.quantities if q.name == "m"]
    assert (quantity.kind, quantity.dimension) == (declared, dimension)


@pytest.mark.parametrize(("formula", "kind"), [(f, k) for f, k, _ in GIVES])
def test_and_of_no_other(formula: str, kind: Kind) -> None:
    """Declared as anything else it is a mistake; only a constant may be declared a stock."""
    for other in (RATE, FLOW, STOCK, STATUS):
        if other is not kind and (kind, other) != (CONSTANT, STOCK):
            result = compiled(f'measures:\n  m: {{{other.value}: "{formula}"}}\n')
            (finding,) = result.diagnostics
            assert (finding.code, finding.fill("declared")) == ("kind-declared", other.value)
            assert finding.fill("found").startswith(kind.value)
