"""Order changes nothing, junk never raises, and loading is quick."""

import random
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from load_samples import SOUND
from test_load_values import SMALL, bare

from syngraph.load.case import load_case, load_texts

DRAFT = SMALL / "case.yaml"


def blocks(text: str) -> list[str]:
    """The top-level sections of a text, each with its lines."""
    parts: list[str] = []
    for line in text.splitlines(keepends=True):
        if line[0] in " #\n" and parts:
            parts[-1] += line
        elif line.strip():
            parts.append(line)
    return parts


def records(block: str) -> tuple[str, list[str]]:
    """The first line of a section and its records."""
    first, *rest = block.splitlines(keepends=True)
    parts: list[str] = []
    for line in rest:
        if line.startswith("   ") and parts:
            parts[-1] += line
        else:
            parts.append(line)
    return first, parts


@st.composite
def reordered(draw: st.DrawFn) -> list[tuple[str, str]]:
    """The small case with its records and sections in any order, in any number of files."""
    sections = blocks(DRAFT.read_text("utf-8"))
    random.Random(draw(st.integers(0, 10**6))).shuffle(sections)
    files: dict[str, str] = {}
    for section in sections:
        first, parts = records(section)
        name = f"{draw(st.integers(0, 20))}.yaml"
        shuffled = draw(st.permutations(parts)) if parts else []
        if f"\n{first.split(':')[0]}:" in "\n" + files.get(name, ""):
            name = f"x{name}"
        files[name] = files.get(name, "") + first + "".join(shuffled)
    return draw(st.permutations(list(files.items())))


EXPECTED = [bare(c) for c in load_case(SMALL).cases]


@settings(max_examples=60, deadline=None)
@given(reordered())
def test_file_and_section_order_change_nothing(texts: list[tuple[str, str]]) -> None:
    loaded = load_texts(texts)
    assert loaded.diagnostics == ()
    assert [bare(c) for c in loaded.cases] == EXPECTED


@settings(max_examples=30, deadline=None)
@given(st.permutations(["a.yaml", "b.yaml", "c.yaml"]))
def test_a_mistake_is_the_same_in_any_order_of_files(names: list[str]) -> None:
    texts = {"a.yaml": SOUND, "b.yaml": "facts:\n  z: {value: 1}\n", "c.yaml": "facts:\n  z: {value: 2}\n"}
    (diagnostic,) = load_texts([(n, texts[n]) for n in names]).diagnostics
    assert diagnostic.span
    assert (diagnostic.code, diagnostic.span.file, diagnostic.labels[0].span.file) == (
        "defined-twice",
        "c.yaml",
        "b.yaml",
    )


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_junk_never_raises(text: str) -> None:
    load_texts([("a.yaml", text)])
    load_texts([("a.yaml", SOUND), ("b.yaml", "facts:\n  a: {value: '" + text + "'}\n")])


PIECES = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "-",
    "'",
    '"',
    "#",
    "\n",
    "  ",
    "never",
    "rest",
    "1 %",
    "between(",
    "&a",
    "*a",
    "!!x",
    "\t",
    "\x00",
    "é",
    "readings",
    "use",
    "~",
]


@settings(max_examples=250, deadline=None)
@given(st.integers(0, 10**9))
def test_damaged_files_never_raise(seed: int) -> None:
    rng = random.Random(seed)
    text = rng.choice((SOUND, DRAFT.read_text("utf-8")))
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(text))
        length = rng.choice((0, 0, 1, 1, 5, 40))
        text = text[:at] + rng.choice(("", rng.choice(PIECES))) + text[at + length :]
    load_texts([("a.yaml", text)])


NODES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(["1", "a", "never", "maker", "2025-01-01", "true", '""', "~", "rest", "fee", "vote.yes_vote"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda xs: "[" + ", ".join(xs) + "]")
        | st.dictionaries(
            st.sampled_from(
                "value readings use says series one_of date when by outcomes terms pays right from to tiers share until changes path add cite why name then".split()
            ),
            inner,
            max_size=4,
        ).map(lambda d: "{" + ", ".join(f"{k}: {v}" for k, v in d.items()) + "}")
    ),
    max_leaves=8,
)
SECTION_NAMES = "sources parties bodies facts assumptions measures dependences events agreements rights waterfalls positions disputes offers plans checks correlations title simulate discount".split()


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SECTION_NAMES), NODES)
def test_any_shape_in_any_section_is_a_finding_at_worst(section: str, node: str) -> None:
    load_texts([("a.yaml", SOUND), ("b.yaml", f"{section}:\n  a: {node}\n")])
    load_texts([("a.yaml", SOUND), ("b.yaml", f"{section}: {node}\n")])
    load_texts([("a.yaml", SOUND), ("b.yaml", f"plans:\n  p: {{changes: [{{path: {section}, value: {node}}}]}}\n")])


def calls(load: Any) -> int:
    """How much work something is, in calls of functions: the same at every run, unlike seconds."""
    count = 0

    def seen(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        load()
    finally:
        sys.setprofile(None)
    return count


def test_two_thousand_facts_load() -> None:
    facts = "".join(
        f"  f_{i}: {{value: {i} bn USD, bound: more_than, cite: {{article: quote {i}}}}}\n" for i in range(2000)
    )
    texts = [("a.yaml", SOUND), ("b.yaml", "facts:\n" + facts)]
    assert load_texts(texts).diagnostics == ()


@pytest.mark.parametrize("kind", ["value", "add"])
def test_work_grows_with_the_number_of_changes(kind: str) -> None:
    def load(count: int) -> int:
        facts = "".join(f"  f_{i}: {{value: 1}}\n" for i in range(count)) if kind == "value" else ""
        changes = "".join(
            f"    - {{path: facts.f_{i}.value, value: 2}}\n"
            if kind == "value"
            else f"    - {{path: facts.f_{i}, add: {{value: 2}}}}\n"
            for i in range(count)
        )
        texts = [
            ("a.yaml", SOUND),
            ("b.yaml", f"facts:\n  f: {{value: 1}}\n{facts}plans:\n  p:\n    changes:\n{changes}"),
        ]
        assert load_texts(texts).diagnostics == ()
        return calls(lambda: load_texts(texts))

    assert load(2000) < 12 * load(400)


def test_texts_can_be_given_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SOUND, "utf-8")
    assert load_texts(load_case(tmp_path).texts).cases == load_case(tmp_path).cases
