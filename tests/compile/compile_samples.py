"""A sound case to put mistakes beside, and to put formulas in."""

from marks import place
from syngraph.base.diagnostics import Severity
from syngraph.compile.case import Compiled, compile_plans
from syngraph.load.case import load_texts

SOUND = """\
case: sample
title: {en: A sample, zh-Hant: 範例}
currency: USD
today: 2025-09-12
simulate: {until: 2028-01-01, step: quarter}
discount: 10 %
sources:
  article: {file: sources/article.txt, language: en}
parties:
  maker: {form: corporation}
  buyer: {form: corporation}
bodies:
  maker: {board: {seats: 5, filled_by: self}}
facts:
  end_day: {value: 2027-01-01, cite: {article: the end of 2026}}
  said: {says: {en: Something, zh-Hant: 某事}, cite: {article: something}}
assumptions:
  fee: {value: 1 bn USD/year, why: our judgement}
  price: {value: 5 USD, why: our judgement}
  euros: {value: 5 EUR, why: our judgement}
  share: {value: 20 %, why: our judgement}
  growth: {value: "uniform(0 %, 10 %)", why: our judgement}
  demand: {value: "normal(10 %, 5 %)", why: our judgement}
  other: {value: "uniform(0 %, 10 %)", why: our judgement}
measures:
  income: {rate: "grow(fee, growth)", of: maker}
  sold: {flow: over(income)}
  saved: {stock: "cum(sold, price)"}
  index: {stock: "grow(1, growth)"}
  rich: {status: saved > 1 bn USD}
events:
  vote: {by: maker.board, date: "between(2026-01-01, 2026-06-30)", outcomes: {yes_vote: 60 %, no_vote: rest}}
  closing: {when: vote.yes_vote}
  reached: {when: saved >= 1 bn USD}
  founded: {date: 2020-01-01}
agreements:
  supply:
    parties: [maker, buyer]
    signed: 2024-05-01
    terms:
      pay: {pays: {from: buyer, to: maker}, amount: fee, until: end_day}
      use: {right: {holder: buyer, bearer: maker, kind: license}}
waterfalls:
  split:
    of: maker
    pot: max(sold, 0 USD)
    opening: {buyer: 0 USD}
    tiers:
      - {name: first, share: {buyer: 100 %}, until: {buyer: 1 bn USD}}
      - {name: last, share: {maker: 100 %}}
"""


def compiled(text: str, sound: str = SOUND, *, file: str = "bad.yaml") -> Compiled:
    """The bare case of the sound file and one more, compiled."""
    loaded = load_texts([("a.yaml", sound), (file, text)])
    assert [d.code for d in loaded.diagnostics if d.severity.value == "error"] == [], loaded.diagnostics
    return compile_plans(loaded.cases)[0]


def mistakes(result: Compiled) -> list[tuple[str, str]]:
    """Codes and places of errors."""
    return [(d.code, place(d)) for d in result.diagnostics if d.severity is Severity.ERROR]
