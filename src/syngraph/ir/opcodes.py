"""The operations of a program: the one table the builder, the rules, both executors and their memory are made from."""

from dataclasses import dataclass
from enum import IntEnum


class Varies(IntEnum):
    """How often a value changes: a value is worked out where the most restless of what it reads is."""

    NEVER = 0
    RUN = 1
    PATH = 2
    SEGMENT = 3
    STRETCH = 4


@dataclass(frozen=True, slots=True)
class Opcode:
    """An operation: how many operands, how often it changes by itself, what its `data` names, what it gives, its C.

    In C `a`, `b`, `c`, `d` are the operands. A truth is 1, 0 or not a number. What is compared or chosen must be
    finite, else the outcome is not a number: `sg_finite(a, b)` is `isfinite(a) && isfinite(b)`, `sg_chosen(a, x)` is
    `sg_finite(a, x) ? x : NAN`.
    """

    name: str
    operands: int
    varies: Varies
    reads: str
    gives: str
    c: str


_NEVER, _RUN, _PATH, _SEGMENT, _STRETCH = Varies

_TABLE = (
    Opcode("const", 0, _NEVER, "number", "the number in data", "data"),
    Opcode("central", 0, _RUN, "", "1 in the central run, else 0", "central"),
    Opcode("uniform", 0, _PATH, "stream", "the path's uniform of stream data", "uniform(data)"),
    Opcode("input", 1, _RUN, "stream", "the operand, unless input data is pinned", "pin(data, a)"),
    Opcode("shock", 0, _SEGMENT, "stream", "the uniform of stream data in this reporting period", "shock(data)"),
    Opcode("param", 0, _SEGMENT, "column", "the segment's entry of column data", "param[data]"),
    Opcode("clock", 0, _STRETCH, "", "the start of the stretch, in years since today", "clock"),
    Opcode("length", 0, _STRETCH, "", "the length of the stretch in years", "length"),
    Opcode("until", 0, _STRETCH, "", "the end of the stretch, in years since today", "until"),
    Opcode("state", 0, _STRETCH, "state", "state data at the start of the stretch", "state[data]"),
    Opcode(
        "window",
        0,
        _STRETCH,
        "window",
        "the total of window data[0] one window before point data[1], less the sums inside (3: when the end is over)",
        "window(data)",
    ),
    Opcode("switch", 2, _STRETCH, "switch", "on which side of b a is, as switch data has it", "sg_switch(data, a, b)"),
    Opcode("stands", 2, _STRETCH, "switch", "the same at this very instant", "sg_stands(data, a, b)"),
    Opcode("anniversary", 2, _NEVER, "", "the first anniversary of moment a after moment b", "sg_anniversary(a, b)"),
    Opcode("quantile", 1, _NEVER, "", "standard normal quantile", "quantile(a)"),
    Opcode("phi", 1, _NEVER, "", "standard normal distribution function", "phi(a)"),
    Opcode("beta", 1, _NEVER, "table", "beta quantile of table data at a standard normal", "beta(data, a)"),
    Opcode("add", 2, _NEVER, "", "a + b", "a + b"),
    Opcode("sub", 2, _NEVER, "", "a - b", "a - b"),
    Opcode("mul", 2, _NEVER, "", "a * b", "a * b"),
    Opcode("div", 2, _NEVER, "", "a / b", "a / b"),
    Opcode("neg", 1, _NEVER, "", "-a", "-a"),
    Opcode("sqrt", 1, _NEVER, "", "square root", "sqrt(a)"),
    Opcode("exp", 1, _NEVER, "", "exponential", "sg_exp(a)"),
    Opcode("log", 1, _NEVER, "", "natural logarithm", "sg_log(a)"),
    Opcode("expm1", 1, _NEVER, "", "exp(a) - 1", "sg_expm1(a)"),
    Opcode("log1p", 1, _NEVER, "", "log(1 + a)", "sg_log1p(a)"),
    Opcode("swell", 1, _NEVER, "", "(exp(a) - 1) / a, by series near 0", "sg_swell(a)"),
    Opcode("mean", 3, _NEVER, "", "the mean of start a, middle b, end c", "(a + 4 * b + c) / 6"),
    Opcode("midway", 3, _NEVER, "", "what a, b, c add up to by the middle, per length", "(5 * a + 8 * b - c) / 24"),
    Opcode("carry", 4, _NEVER, "", "a / b, or 2 c - d where both are 0", "a == 0 && b == 0 ? 2 * c - d : a / b"),
    Opcode("lt", 2, _NEVER, "", "a < b, of finite numbers", "sg_finite(a, b) ? a < b : NAN"),
    Opcode("le", 2, _NEVER, "", "a <= b, of finite numbers", "sg_finite(a, b) ? a <= b : NAN"),
    Opcode("eq", 2, _NEVER, "", "a == b, of finite numbers", "sg_finite(a, b) ? a == b : NAN"),
    Opcode("meets", 2, _NEVER, "", "a >= b, but for rounding", "sg_finite(a, b) ? a - b >= -sg_round(a, b) : NAN"),
    Opcode("tops", 2, _NEVER, "", "a > b by more than rounding", "sg_finite(a, b) ? a - b > sg_round(a, b) : NAN"),
    Opcode("min", 2, _NEVER, "", "the smaller of finite numbers", "sg_finite(a, b) ? (a < b ? a : b) + 0.0 : NAN"),
    Opcode("max", 2, _NEVER, "", "the larger of finite numbers", "sg_finite(a, b) ? (a > b ? a : b) + 0.0 : NAN"),
    Opcode("not", 1, _NEVER, "", "1 - a, of a truth", "1 - a"),
    Opcode("and", 2, _NEVER, "", "both, of truths: false if either is", "a == 0 || b == 0 ? 0 : a * b"),
    Opcode("or", 2, _NEVER, "", "either, of truths: true if either is", "a == 1 || b == 1 ? 1 : a + b"),
    Opcode("select", 3, _NEVER, "", "b where truth a is 1, c where it is 0, if finite", "sg_chosen(a, a != 0 ? b : c)"),
)

OPCODES = {o.name: o for o in _TABLE}
