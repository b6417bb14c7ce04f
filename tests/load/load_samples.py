"""A sound case to put mistakes beside."""

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


def load_beside(text: str, sound: str = SOUND) -> Loaded:
    """The sound case with one more file."""
    return load_texts([("a.yaml", sound), ("bad.yaml", text)])
