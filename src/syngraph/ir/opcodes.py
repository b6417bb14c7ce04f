"""The operations of a program: the one table both executors are made from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opcode:
    """An operation: how many operands, what it gives, and how C writes it (`a`, `b`, `c` are the operands).

    A truth is 1, 0 or not a number. What is compared or chosen must be finite, else the outcome is not a number:
    `sg_finite(a, b)` is `isfinite(a) && isfinite(b)`, `sg_chosen(a, x)` is `sg_finite(a, x) ? x : NAN`.
    """

    name: str
    operands: int
    gives: str
    c: str


_TABLE = (
    Opcode("const", 0, "the number in data", "data"),
    Opcode("param", 0, "the segment's entry of column data", "param[data]"),
    Opcode("central", 0, "1 in the central run, else 0", "central"),
    Opcode("state", 0, "state data at the start of the segment", "state[data]"),
    Opcode("past", 0, "state data[0] at the time of column pair data[1]", "past(data)"),
    Opcode("uniform", 0, "the path's uniform of stream data", "uniform(data)"),
    Opcode("shock", 0, "the path's uniform of stream data in this reporting period", "shock(data)"),
    Opcode("input", 1, "the operand, unless input data is pinned", "pin(data, a)"),
    Opcode("quantile", 1, "standard normal quantile", "quantile(a)"),
    Opcode("phi", 1, "standard normal distribution function", "phi(a)"),
    Opcode("beta", 1, "beta quantile of table data at a standard normal", "beta(data, a)"),
    Opcode("add", 2, "a + b", "a + b"),
    Opcode("sub", 2, "a - b", "a - b"),
    Opcode("mul", 2, "a * b", "a * b"),
    Opcode("div", 2, "a / b", "a / b"),
    Opcode("neg", 1, "-a", "-a"),
    Opcode("sqrt", 1, "square root", "sqrt(a)"),
    Opcode("exp", 1, "exponential", "sg_exp(a)"),
    Opcode("log", 1, "natural logarithm", "sg_log(a)"),
    Opcode("expm1", 1, "exp(a) - 1", "sg_expm1(a)"),
    Opcode("log1p", 1, "log(1 + a)", "sg_log1p(a)"),
    Opcode("lt", 2, "a < b, of finite numbers", "sg_finite(a, b) ? a < b : NAN"),
    Opcode("le", 2, "a <= b, of finite numbers", "sg_finite(a, b) ? a <= b : NAN"),
    Opcode("eq", 2, "a == b, of finite numbers", "sg_finite(a, b) ? a == b : NAN"),
    Opcode("min", 2, "the smaller of finite numbers", "sg_finite(a, b) ? (a < b ? a : b) + 0.0 : NAN"),
    Opcode("max", 2, "the larger of finite numbers", "sg_finite(a, b) ? (a > b ? a : b) + 0.0 : NAN"),
    Opcode("not", 1, "1 - a, of a truth", "1 - a"),
    Opcode("and", 2, "both, of truths: false if either is", "a == 0 || b == 0 ? 0 : a * b"),
    Opcode("or", 2, "either, of truths: true if either is", "a == 1 || b == 1 ? 1 : a + b"),
    Opcode("select", 3, "b where truth a is 1, c where it is 0, if finite", "sg_chosen(a, a != 0 ? b : c)"),
)

OPCODES = {o.name: o for o in _TABLE}
