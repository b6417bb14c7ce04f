"""The generator against Random123's published known answers, and the draws against whole-number arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from syngraph.run.philox import philox, stream_of, uniform

# Random123, tests/kat_vectors: philox4x32, 10 rounds: counter, key, answer.
KNOWN = (
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
)


def words(text: str) -> list[int]:
    return [int(word, 16) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_known_answers(counter: str, key: str, answer: str) -> None:
    k0, k1 = words(key)
    c0, c1, c2, c3 = map(np.uint64, words(counter))
    assert [int(w) for w in philox((c0, c1, c2, c3), (k0, k1))] == words(answer)
    lanes = tuple(np.full(3, c) for c in (c0, c1, c2, c3))
    assert [w.tolist() for w in philox(lanes, (k0, k1))] == [[w] * 3 for w in words(answer)]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_a_draw_is_the_52_first_bits_of_a_known_answer(counter: str, key: str, answer: str) -> None:
    (low, high, period, stream), (k0, k1), (w0, w1, *_) = words(counter), words(key), words(answer)
    draw = uniform(k0 | k1 << 32, stream, period, low | high << 32, 1)[0]
    assert Fraction(float(draw)) == Fraction(2 * ((w0 << 32 | w1) >> 12) + 1, 2**53)


def by_whole_numbers(seed: int, stream: int, period: int, path: int) -> float:
    """The paper's algorithm, one path at a time."""
    mask = 0xFFFFFFFF
    c, k = [path & mask, path >> 32, period, stream], [seed & mask, seed >> 32]
    for _ in range(10):
        p, q = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(q >> 32) ^ c[1] ^ k[0], q & mask, (p >> 32) ^ c[3] ^ k[1], p & mask]
        k = [(k[0] + 0x9E3779B9) & mask, (k[1] + 0xBB67AE85) & mask]
    return float(Fraction(2 * ((c[0] << 32 | c[1]) >> 12) + 1, 2**53))


word = st.one_of(st.sampled_from((0, 1, 0xFFFFFFFF)), st.integers(0, 2**32 - 1))


@given(seed=st.integers(0, 2**64 - 1), stream=word, period=word, first=st.integers(0, 2**63), count=st.integers(0, 9))
def test_draws_are_a_pure_function_of_seed_stream_period_and_path(
    seed: int, stream: int, period: int, first: int, count: int
) -> None:
    expected = [by_whole_numbers(seed, stream, period, first + i) for i in range(count)]
    assert uniform(seed, stream, period, first, count).tolist() == expected


def test_paths_across_the_word_boundary() -> None:
    first = 2**32 - 3
    expected = [by_whole_numbers(7, 8, 9, first + i) for i in range(6)]
    assert uniform(7, 8, 9, first, 6).tolist() == expected


def test_any_split_of_the_paths_gives_the_same_draws() -> None:
    whole = uniform(2030, stream_of("revenue_growth"), 0, 0, 10_000)
    parts = [uniform(2030, stream_of("revenue_growth"), 0, a, b - a) for a, b in ((0, 1), (1, 4097), (4097, 10_000))]
    assert np.array_equal(whole, np.concatenate(parts))
    out = np.empty(10_000)
    assert uniform(2030, stream_of("revenue_growth"), 0, 0, 10_000, out) is out
    assert np.array_equal(out, whole)


def test_draws_are_inside_the_interval_and_look_uniform() -> None:
    draws = [uniform(1, stream_of(name), period, 0, 50_000) for name in ("a", "b") for period in (0, 1)]
    assert all(u.min() > 0 and u.max() < 1 for u in draws)
    assert all(stats.kstest(u, "uniform").pvalue > 1e-4 for u in draws)
    assert np.abs(np.corrcoef(draws) - np.eye(4)).max() < 5 / np.sqrt(50_000)


def test_stream_is_the_head_of_sha256() -> None:
    assert stream_of("abc") == 0xBA7816BF  # FIPS 180-2, appendix B.1
    assert stream_of("") == 0xE3B0C442
