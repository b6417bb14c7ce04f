"""Parses an expression: a Pratt parser with the place of every part."""

from datetime import date

from syngraph.base.diagnostics import Diagnostic, error
from syngraph.base.located import Scalar, part
from syngraph.base.quantities import Quantity
from syngraph.base.spans import Span
from syngraph.expr.lexer import Kind, Token, tokens
from syngraph.expr.nodes import (
    Argument,
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Day,
    Expr,
    Logic,
    Name,
    Negative,
    Not,
    Number,
    Truth,
)
from syngraph.expr.walk import height

MAX_LENGTH = 10_000
MAX_DEPTH = 60
MAX_HEIGHT = 100

_COMPARE = frozenset({"<", "<=", ">", ">=", "==", "!="})
_BINDING = {"if": 1, "or": 2, "and": 3, "+": 6, "-": 6, "*": 7, "/": 7, "x": 7} | dict.fromkeys(_COMPARE, 5)
_NOT_BINDS, _MINUS_BINDS = 4, 8


class _Wrong(Exception):
    """The expression is not well formed; the diagnostic says where."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


def parse(scalar: Scalar) -> Expr | Diagnostic:
    """The expression that a scalar's text is, or what is wrong with it first."""
    if len(scalar.text) > MAX_LENGTH:
        return error("expression-too-long", scalar.span, limit=f"{MAX_LENGTH:,}")
    if not scalar.text.strip():
        return error("expression-empty", scalar.span)
    found, wrong = tokens(scalar)
    if wrong is not None:
        return wrong
    parser = _Parser(scalar, found)
    try:
        expr = parser.expression(0)
        parser.finish()
    except _Wrong as problem:
        return problem.diagnostic
    if height(expr) > MAX_HEIGHT:
        return error("expression-too-deep", scalar.span, found="", expected="", limit=str(MAX_HEIGHT))
    return expr


class _Parser:
    """A position in the tokens of one scalar."""

    def __init__(self, scalar: Scalar, found: tuple[Token, ...]) -> None:
        self.scalar, self.tokens = scalar, found
        self.at = self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.token
        if token.kind is not Kind.END:
            self.at += 1
        return token

    def place(self, start: int, end: int) -> Span:
        return part(self.scalar, start, end)

    def wrong(self, code: str, token: Token, *, expected: str = "", limit: str = "") -> _Wrong:
        end = max(token.end, token.start + 1)
        return _Wrong(error(code, self.place(token.start, end), found=token.text, expected=expected, limit=limit))

    def expect(self, text: str) -> Token:
        if self.token.text != text or self.token.kind is Kind.END:
            code = "expression-ends" if self.token.kind is Kind.END else "unexpected-token"
            raise self.wrong(code, self.token, expected=text)
        return self.take()

    def finish(self) -> None:
        if self.token.kind is not Kind.END:
            raise self.wrong("unexpected-token", self.token)

    def expression(self, binding: int) -> Expr:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.wrong("expression-too-deep", self.token, limit=str(MAX_DEPTH))
        start = self.token.start
        left = self.prefix()
        while self.binding() > binding:
            left = self.infix(left, start)
        self.depth -= 1
        return left

    def binding(self) -> int:
        token = self.token
        if token.kind in (Kind.OPERATOR, Kind.KEYWORD) or (token.kind is Kind.NAME and token.text == "x"):
            return _BINDING.get(token.text, 0)
        return 0

    def infix(self, left: Expr, start: int) -> Expr:
        operator = self.take().text
        if operator == "if":
            return self.choice(left, start)
        right = self.expression(_BINDING[operator])
        span = self.span_from(start)
        if operator in ("and", "or"):
            return Logic(operator, left, right, span)
        if operator in _COMPARE:
            if isinstance(left, Comparison):
                raise _Wrong(error("chained-comparison", span, found=operator))
            return Comparison(operator, left, right, span)
        return Arithmetic("*" if operator == "x" else operator, left, right, span)

    def choice(self, then: Expr, start: int) -> Expr:
        condition = self.expression(_BINDING["if"])
        self.expect("else")
        otherwise = self.expression(0)
        return Choice(then, condition, otherwise, self.span_from(start))

    def span_from(self, start: int) -> Span:
        return self.place(start, self.tokens[self.at - 1].end)

    def prefix(self) -> Expr:
        token = self.take()
        span = self.place(token.start, token.end)
        match token:
            case Token(kind=Kind.NUMBER, value=Quantity() as quantity):
                return Number(quantity, span)
            case Token(kind=Kind.DAY, value=date() as day):
                return Day(day, span)
            case Token(kind=Kind.KEYWORD, text="true" | "false"):
                return Truth(token.text == "true", span)
            case Token(kind=Kind.KEYWORD, text="not"):
                operand = self.expression(_NOT_BINDS)
                return Not(operand, self.span_from(token.start))
            case Token(kind=Kind.OPERATOR, text="-"):
                operand = self.expression(_MINUS_BINDS)
                return Negative(operand, self.span_from(token.start))
            case Token(kind=Kind.OPERATOR, text="("):
                inner = self.expression(0)
                self.expect(")")
                return inner
            case Token(kind=Kind.NAME):
                return self.name(token)
            case Token(kind=Kind.END):
                raise self.wrong("expression-ends", token)
            case _:
                raise self.wrong("unexpected-token", token)

    def name(self, token: Token) -> Expr:
        if self.token.text != "(" or self.token.kind is not Kind.OPERATOR:
            return Name(token.text, self.place(token.start, token.end))
        self.take()
        arguments: list[Argument] = []
        while not self.closes():
            arguments.append(self.argument())
            if self.token.text != ",":
                break
            self.take()
        self.expect(")")
        return Call(token.text, tuple(arguments), self.span_from(token.start))

    def closes(self) -> bool:
        return self.token.kind is Kind.OPERATOR and self.token.text == ")"

    def argument(self) -> Argument:
        following = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        if self.token.kind is Kind.NAME and following.kind is Kind.OPERATOR and following.text == "=":
            keyword = self.take().text
            self.take()
            return Argument(keyword, self.expression(0))
        return Argument("", self.expression(0))
