"""Sums over paths whose bits do not depend on how the paths were split: one partial per fixed block of paths."""

import numpy as np

from syngraph.run.elementary import Floats

BLOCK = 4096


def block_partials(values: Floats) -> Floats:
    """The sum of each block of 4,096 along the last axis: shape (n,) gives (blocks,), (k, n) gives (k, blocks).

    A block is padded with 0 and halved: its second half is added to the first until one number is left. Chunks
    of paths that begin at a multiple of 4,096 give, put together, the partials of the whole.
    """
    *series, count = values.shape
    blocks = -(-count // BLOCK)
    if count < blocks * BLOCK:
        padded = np.zeros((*series, blocks * BLOCK))
        padded[..., :count] = values
        values = padded
    halves = values.reshape(*series, blocks, 2, BLOCK // 2)
    width = BLOCK // 2
    sums = halves[..., 0, :] + halves[..., 1, :]
    while width > 1:
        width //= 2
        sums[..., :width] += sums[..., width : 2 * width]
    return np.ascontiguousarray(sums[..., 0])


def fold(partials: Floats) -> Floats:
    """The total of each series, shape (..,) from (.., blocks): the partials added in block order, from 0."""
    total = np.zeros(partials.shape[:-1])
    for block in range(partials.shape[-1]):
        total += partials[..., block]
    return total
