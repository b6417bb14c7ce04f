"""What a quote loses at its edges: a part of a word, the negation beside it, a denial or condition of its clause."""

import random

import pytest

from syngraph.evidence.clauses import Clauses
from syngraph.evidence.edges import Cut, cut_of

CASES = [
    # a negation beside the quote
    (Cut.NEGATION, "雙方簽署了不<具約束力的諒解備忘錄>。"),
    (Cut.NEGATION, "grants a non-<exclusive license>"),
    (Cut.NEGATION, "grants a non<exclusive license>"),
    (Cut.NEGATION, "Microsoft has not <paid $13 billion> to OpenAI."),
    (Cut.NEGATION, "they are un<able to pay>"),
    (Cut.NEGATION, "The fee has not yet been <paid in full>."),
    (Cut.NEGATION, "The lender shall never <release the security>."),
    (Cut.WORD, "The parties did<n't agree on a price>."),
    (Cut.NEGATION, "<The parties did>n't agree on a price."),
    (Cut.NEGATION, "<The tenant may> not sublet."),
    (Cut.NEGATION, "微軟累計投資不<超過130億美元>"),
    (Cut.NEGATION, "公司並未<支付首期款>"),
    (Cut.NEGATION, "公司沒有<支付首期款>"),
    (Cut.NEGATION, "公司未曾<同意轉型>"),
    (Cut.NEGATION, "<OpenAI將>不付款給微軟"),
    (Cut.NEGATION, "非<營利組織將持有股權>"),
    (Cut.NEGATION, "公司没有<支付首期款>"),
    (Cut.NEGATION, "pays no <more than $5 million>"),
    (Cut.NEGATION, "neither <party may assign this Agreement>"),
    # a part of a word
    (Cut.WORD, "a co-<founder of the lab>"),
    (Cut.WORD, "an over<paid amount>"),
    (Cut.WORD, "<exclusive>ly licensed"),
    (Cut.WORD, "Microsoft-<backed lab>"),
    # a denial or condition elsewhere in the clause
    (Cut.DENIAL, "Microsoft denied that it had <paid $13 billion>"),
    (Cut.DENIAL, "OpenAI並未在今年<付給微軟20%>"),
    (Cut.DENIAL, "若<董事會同意轉型>"),
    (Cut.DENIAL, "公司否認已<支付130億美元>"),
    (Cut.DENIAL, "unless the regulator objects <the sale closes on 1 May>"),
    (Cut.DENIAL, "the parties shall not, directly or indirectly, <pay $5>"),
    (Cut.DENIAL, "the claim that <Microsoft paid $13 billion> is false"),
    (Cut.DENIAL, "The lab allegedly <paid a fifth of its revenue>"),
    (Cut.DENIAL, "The lender refused to <extend the term by two years>"),
    # nothing is lost
    (Cut.NOTHING, "除非主管機關反對，<轉型將於2026年完成>"),  # another clause
    (Cut.NOTHING, "微軟累計投資不超過<130億美元>"),
    (Cut.NOTHING, "微軟不僅<投資了130億美元>"),
    (Cut.NOTHING, "微軟不但<投資了130億美元>"),
    (Cut.NOTHING, "pays no more than <$5 million>"),
    (Cut.NOTHING, "Microsoft not only <paid $13 billion>"),
    (Cut.NOTHING, "The lab does not pay, but <the cloud pays $5 million>"),
    (Cut.NOTHING, "在南非<投資5億美元>"),
    (Cut.NOTHING, "非營利組織<將持有股權>"),
    (Cut.NOTHING, "No. 5 Main Street has <40 representatives>"),
    (Cut.NOTHING, "<the Company>'s shares"),
    (Cut.NOTHING, "<has not paid $13 billion>"),
    (Cut.NOTHING, "<不具約束力的諒解備忘錄>"),
]


def cut(marked: str) -> Cut:
    start, end = marked.index("<"), marked.index(">") - 1
    text = marked.replace("<", "").replace(">", "")
    return cut_of(Clauses(text), [(start, end)])


@pytest.mark.parametrize(("wanted", "marked"), CASES)
def test_what_a_quote_loses_at_its_edges(wanted: Cut, marked: str) -> None:
    assert cut(marked) is wanted


def test_of_several_places_the_gravest_counts() -> None:
    text = "an exclusive license; a non-exclusive license"
    places = [
        (text.index("exclusive"), text.index("exclusive") + 9),
        (text.rindex("exclusive"), text.rindex("exclusive") + 9),
    ]
    assert cut_of(Clauses(text), places) is Cut.NEGATION and cut_of(Clauses(text), places[:1]) is Cut.NOTHING


# Texts with one denial in one clause: the denial, and from where on its clause is denied.
DENIED = [
    ("Microsoft has not paid the thirteen billion dollars to OpenAI.", "not"),
    ("The supplier shall never assign the agreement to a competitor.", "never"),
    ("OpenAI並未在去年年底將收入的兩成付給微軟。", "並未"),
    ("該公司否認曾經承諾繼續分享收入至二〇三〇年。", "否認"),
    ("The board refused to approve the conversion of the company.", "refused"),
    ("Unless the attorney general objects the conversion becomes final.", "Unless"),
    ("雙方不得將本合約的權利轉讓給任何第三人。", "不"),
    ("The license is without any exclusive right in the field of use.", "without"),
    ("若兩位檢察長反對該項轉型即告終止。", "若"),
    ("The lab cannot terminate the supply of compute by itself.", "cannot"),
]


def test_no_quote_that_loses_a_denial_of_its_clause_passes() -> None:
    """Cut at random behind the denial."""
    order = random.Random(5)
    for _ in range(600):
        text, denial = order.choice(DENIED)
        behind = text.index(denial) + len(denial)
        start = order.randrange(behind, len(text) - 4)
        end = order.randrange(start + 2, len(text))
        assert cut_of(Clauses(text), [(start, end)]) is not Cut.NOTHING, text[start:end]
