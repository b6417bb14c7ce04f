"""Random numbers that are a pure function of seed, stream, period and path: Philox4x32 with 10 rounds.

Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC'11), and their library
Random123, whose published known answers the tests repeat.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from syngraph.run.elementary import Floats

Words = NDArray[np.uint64]  # each holds 32 bits
Word = Words | np.uint64

ROUNDS = 10
_FIRST_MULTIPLIER, _SECOND_MULTIPLIER = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_KEY_STEPS = 0x9E3779B9, 0xBB67AE85
_LOW = np.uint64(0xFFFFFFFF)
_WORD = np.uint64(32)
_ONE = np.uint64(0x3FF0000000000000)
_ONE_LESS_HALF_A_STEP = 1.0 - 2.0**-53


def stream_of(name: str) -> int:
    """The stream of a named draw: the first 32 bits, big-endian, of the SHA-256 of its name in UTF-8."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def uniform(seed: int, stream: int, period: int, first_path: int, count: int, out: Floats | None = None) -> Floats:
    """Uniform draws in the open interval (0, 1), shape (count,), of `count` paths from `first_path` on.

    Key (seed mod 2^32, seed / 2^32), counter (path mod 2^32, path / 2^32, period, stream). With w0 and w1 the
    first two words of the answer, k = w0 * 2^20 + the 20 highest bits of w1, and the draw is (k + 1/2) / 2^52,
    exactly. `seed` and paths below 2^64, `stream` and `period` below 2^32.
    """
    draws = np.empty(count) if out is None else out
    done = 0
    while done < count:  # once, unless the paths cross a multiple of 2^32
        high, low = divmod(first_path + done, 1 << 32)
        size = min(count - done, (1 << 32) - low)
        paths = np.arange(low, low + size, dtype=np.uint64)
        counter = (paths, np.uint64(high), np.uint64(period), np.uint64(stream))
        w0, w1, _, _ = philox(counter, (seed & 0xFFFFFFFF, seed >> 32))
        _open_interval(np.asarray(w0), np.asarray(w1), draws[done : done + size])
        done += size
    return draws


def uniform_of(seed: int, stream: int, periods: int | Words, paths: NDArray[np.intp], out: Floats) -> None:
    """The draws of any paths, each in its own period: the same numbers as `uniform` gives, path by path."""
    low, high = paths.astype(np.uint64), (paths >> 32).astype(np.uint64)
    low &= _LOW
    period = np.uint64(periods) if isinstance(periods, int) else periods.astype(np.uint64)
    w0, w1, _, _ = philox((low, high, period, np.uint64(stream)), (seed & 0xFFFFFFFF, seed >> 32))
    _open_interval(np.asarray(w0), np.asarray(w1), out)


def philox(counter: tuple[Word, Word, Word, Word], key: tuple[int, int]) -> tuple[Word, Word, Word, Word]:
    """The four words of Philox4x32-10 at a counter; words are uint64 below 2^32, arrays (written over) or scalars."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(ROUNDS):
        c0, c1, c2, c3 = _round(c0, c1, c2, c3, np.uint64(k0), np.uint64(k1))
        k0, k1 = (k0 + _KEY_STEPS[0]) & 0xFFFFFFFF, (k1 + _KEY_STEPS[1]) & 0xFFFFFFFF
    return c0, c1, c2, c3


def _round(c0: Word, c1: Word, c2: Word, c3: Word, k0: np.uint64, k1: np.uint64) -> tuple[Word, Word, Word, Word]:
    """One round: multiply two words, swap the halves, mix in the key. Arrays are written over."""
    first, second = c0 * _FIRST_MULTIPLIER, c2 * _SECOND_MULTIPLIER
    n0 = _mixed(_high(second, c2), c1, k0)
    n2 = _mixed(_high(first, c0), c3, k1)
    second &= _LOW
    first &= _LOW
    return n0, second, n2, first


def _high(product: Word, spent: Word) -> Word:
    """The high 32 bits, in the place of a word no longer needed."""
    if isinstance(spent, np.ndarray):
        return np.right_shift(product, _WORD, out=spent)
    return product >> _WORD


def _mixed(high: Word, word: Word, key: np.uint64) -> Word:
    """high ^ word ^ key: a constant word joins the key, to save a pass."""
    if not isinstance(word, np.ndarray):
        high ^= word ^ key
        return high
    high = np.bitwise_xor(high, word, out=word)
    high ^= key
    return high


def _open_interval(w0: Word, w1: Word, out: Floats) -> None:
    """(k + 1/2) / 2^52 through the number 1 + k / 2^52, whose mantissa is k: no step rounds."""
    bits = out.view(np.uint64)
    np.left_shift(w0, np.uint64(20), out=bits)
    bits |= w1 >> np.uint64(12)
    bits |= _ONE
    out -= _ONE_LESS_HALF_A_STEP
