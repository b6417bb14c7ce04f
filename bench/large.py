"""Cases with thousands of records of one kind."""

_HEAD = """case: large
title: Large
currency: USD
today: 2026-01-01
simulate: {until: 2031-01-01, step: quarter}
"""


def many(what: str, count: int) -> str:
    """A case with so many terms, parties (each with a term), tiers, or uncertain inputs correlated in pairs."""
    numbers = range(count)
    match what:
        case "terms":
            terms = "".join(
                f"      t{i}: {{pays: {{from: firm, to: fund}}, amount: {i + 1} USD/year}}\n" for i in numbers
            )
            return _HEAD + _parties("fund") + _deal("firm, fund") + terms
        case "parties":
            terms = "".join(
                f"      t{i}: {{pays: {{from: firm, to: p{i}}}, amount: {i + 1} USD/year}}\n" for i in numbers
            )
            return _HEAD + _parties(*(f"p{i}" for i in numbers)) + _deal("firm") + terms
        case "tiers":
            tier = "      - {{name: x{i}, share: {{fund: 100 %}}, until: {{fund: {i} USD}}}}\n"
            tiers = "".join(tier.format(i=i + 1) for i in numbers)
            pot = "waterfalls:\n  w:\n    of: firm\n    pot: over(1000 USD/year)\n"
            pot += "    opening: {fund: 0 USD}\n    tiers:\n"
            return _HEAD + _parties("fund") + pot + tiers
        case _:
            inputs = "".join(f'  a{i}: {{value: "normal(1, 2)"}}\n' for i in numbers)
            pairs = "".join(f"  - {{of: [a{i}, a{i + 1}], rank: 30 %}}\n" for i in range(0, count - 1, 2))
            return _HEAD + _parties("fund") + "assumptions:\n" + inputs + "correlations:\n" + pairs


def _parties(*names: str) -> str:
    return "parties:\n" + "".join(f"  {name}: {{form: corporation}}\n" for name in ("firm", *names))


def _deal(parties: str) -> str:
    return f"agreements:\n  deal:\n    parties: [{parties}]\n    terms:\n"
