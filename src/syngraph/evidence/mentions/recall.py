"""How much the parser finds in texts it was not made with: the share of hand-labelled quantities it values."""

from fractions import Fraction

FOUND, LABELLED = 0, 1
RECALL = Fraction(FOUND, LABELLED)
