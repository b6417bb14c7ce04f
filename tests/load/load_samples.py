"""A sound case to put mistakes beside."""

from syngraph.base.diagnostics import Diagnostic
from syngraph.load.case import Loaded, load_texts

SOUND = """\
case: sample
title: {en: A sample, zh-Hant: 範例}
currency: USD
today: 2025-09-12
simulate: {until: 2036-01-01, step: quarter}
discount: 10 %
sources:
  article: {file: sources/article.txt, language: en}
parties:
  maker: {form: corporation}
  buyer: {form: corporation}
  board: {form: group}
  both: {members: [maker, buyer]}
bodies:
  maker: {board: {seats: 5, filled_by: self}}
facts:
  end_day: {value: 2030-01-01, cite: {article: the end of 2029}}
assumptions:
  fee: {value: 1 bn USD/year, why: our judgement}
  growth: {value: "uniform(0 %, 10 %)", why: our judgement}
measures:
  income: {rate: "grow(fee, growth)", of: maker}
events:
  vote: {by: maker.board, date: "between(2026-01-01, 2026-06-30)", outcomes: {yes_vote: 60 %, no_vote: rest}}
  closing: {when: vote.yes_vote}
agreements:
  supply:
    parties: [maker, buyer]
    signed: 2024-05-01
    terms:
      price: {pays: {from: buyer, to: maker}, amount: fee, until: end_day}
      use: {right: {holder: buyer, bearer: maker, kind: license}, exceptions: {later: {when: happened(closing), limited: less}}}
waterfalls:
  profit_split:
    of: maker
    pot: max(over(income), 0 USD)
    tiers:
      - {name: first, share: {buyer: 100 %}, until: {buyer: 1 bn USD}}
      - {name: last, share: {maker: 100 %}}
plans:
  other: {changes: [{path: events.closing.when, value: never}]}
"""

MARK = "«"


def load_beside(text: str, sound: str = SOUND) -> Loaded:
    """The sound case with one more file."""
    return load_texts([("a.yaml", sound), ("bad.yaml", text)])


def place_of_mark(text: str, file: str = "bad.yaml") -> tuple[str, str]:
    """The text without its mark, and `file:line:column` of the mark."""
    before, _, after = text.partition(MARK)
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return before + after, f"{file}:{line}:{column}"


def found(loaded: Loaded) -> list[tuple[str, str]]:
    """Codes and places."""
    return [(d.code, place(d)) for d in loaded.diagnostics]


def place(diagnostic: Diagnostic) -> str:
    return diagnostic.span.place() if diagnostic.span else ""
