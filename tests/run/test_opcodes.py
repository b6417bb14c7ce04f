"""The opcode table: its columns agree with each other, and the C of each operation gives the bits of its NumPy function."""

import ctypes
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from syngraph.ir.opcodes import OPCODES, Varies
from syngraph.run.numpy.operations import OPERATIONS

_HELPERS = """
#include <math.h>
#include <stddef.h>
static int sg_finite(double a, double b) { return isfinite(a) && isfinite(b); }
static double sg_chosen(double a, double x) { return sg_finite(a, x) ? x : NAN; }
static double sg_round(double a, double b) { return (fabs(a) + fabs(b)) * 1e-12; }
"""
# what the elementary functions, draws, states and switches are in C is the native executor's
_PLAIN = tuple(
    o for o in OPCODES.values() if o.operands and not re.search(r"sg_(?!finite|chosen|round)|\w+\(data", o.c)
)
_PLAIN = tuple(o for o in _PLAIN if o.name not in ("quantile", "phi"))
_TRUTHS = {"not": 1, "and": 2, "or": 2, "select": 1}


def test_every_operation_with_operands_has_a_function_or_reads_something() -> None:
    for opcode in OPCODES.values():
        assert opcode.name in OPERATIONS or opcode.reads or not opcode.operands or opcode.name == "anniversary", (
            opcode.name
        )


def test_c_mentions_each_operand_and_no_other() -> None:
    for opcode in OPCODES.values():
        named = {x for x in "abcd" if re.search(rf"\b{x}\b", opcode.c)}
        assert named == set("abcd"[: opcode.operands]), opcode


def test_what_reads_nothing_and_has_operands_changes_as_they_do() -> None:
    for opcode in OPCODES.values():
        if opcode.operands and not opcode.reads:
            assert opcode.varies is Varies.NEVER, opcode


def _library(folder: Path) -> ctypes.CDLL:
    source = _HELPERS
    for opcode in _PLAIN:
        names = "abcd"[: opcode.operands]
        parameters = ", ".join(f"const double *{x}s" for x in names)
        reads = " ".join(f"double {x} = {x}s[i];" for x in names)
        source += f"void op_{opcode.name}({parameters}, double *out, size_t n)\n"
        source += f"{{ for (size_t i = 0; i < n; i++) {{ {reads} out[i] = {opcode.c}; }} }}\n"
    (folder / "ops.c").write_text(source)
    command = ["cc", "-O2", "-ffp-contract=off", "-shared", "-fPIC", "ops.c", "-o", "ops.so", "-lm"]
    subprocess.run(command, cwd=folder, check=True)
    return ctypes.CDLL(str(folder / "ops.so"))


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler here")
def test_the_c_of_each_operation_gives_the_bits_of_numpy(tmp_path: Path) -> None:
    library = _library(tmp_path)
    assert len(_PLAIN) > 15
    numbers = np.array(
        [0.0, -0.0, 1.0, -1.0, 3.5, 1 / 3, 1e300, -1e300, 5e-324, np.inf, -np.inf, np.nan, 2.0, 1 + 1e-13]
    )
    random = np.random.default_rng(1).normal(size=400)
    for opcode in _PLAIN:
        operands = []
        for place in range(opcode.operands):
            values = np.array([0.0, 1.0, np.nan]) if place < _TRUTHS.get(opcode.name, 0) else numbers
            operands.append(values)
        grid = [np.ascontiguousarray(g.ravel()) for g in np.meshgrid(*operands, indexing="ij")]
        if opcode.name not in _TRUTHS:
            grid = [np.concatenate([g, np.roll(random, 7 * i)]) for i, g in enumerate(grid)]
        ours, theirs = np.empty(len(grid[0])), np.empty(len(grid[0]))
        with np.errstate(all="ignore"):
            OPERATIONS[opcode.name](*grid, out=ours)
        pointers = [g.ctypes.data_as(ctypes.c_void_p) for g in grid]
        getattr(library, f"op_{opcode.name}")(
            *pointers, theirs.ctypes.data_as(ctypes.c_void_p), ctypes.c_size_t(len(ours))
        )
        same = (ours.view(np.int64) == theirs.view(np.int64)) | (np.isnan(ours) & np.isnan(theirs))
        assert same.all(), (opcode.name, [(g[~same][:3]) for g in grid], ours[~same][:3], theirs[~same][:3])
