"""The shape of the program: purity, empty packages, and how long a module or a function may be."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "syngraph"
MODULES = sorted(SOURCE.rglob("*.py"))
PURE = frozenset({"base", "expr", "syntax", "ir", "model", "compile", "evidence"})
WORLD = frozenset(
    "os pathlib logging time random numpy io sys socket tempfile subprocess shutil threading importlib urllib".split()
)
EFFECTS = frozenset({"print", "open", "input", "eval", "exec"})


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(module: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(module):
        match node:
            case ast.Import(names=names):
                found |= {alias.name.partition(".")[0] for alias in names}
            case ast.ImportFrom(module=str(origin), level=0):
                found.add(origin.partition(".")[0])
    return found


def called(module: ast.Module) -> set[str]:
    return {n.func.id for n in ast.walk(module) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}


@pytest.mark.parametrize("path", [p for p in MODULES if name(p).split("/")[0] in PURE], ids=name)
def test_pure_layers_touch_nothing(path: Path) -> None:
    module = tree(path)
    own_table = {"importlib"} if name(path) == "evidence/scripts.py" else set()  # read once, never written
    assert imported(module) & WORLD <= own_table
    assert called(module) & EFFECTS == set()


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent != SOURCE and p.name == "__init__.py"], ids=name)
def test_packages_are_empty(path: Path) -> None:
    assert path.read_text("utf-8") == ""


def test_the_top_names_what_it_exports() -> None:
    import syngraph

    assert sorted(syngraph.__all__) == list(syngraph.__all__)
    assert len(syngraph.__all__) <= 25
    assert all(hasattr(syngraph, exported) for exported in syngraph.__all__)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_and_functions_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 500
    functions = [n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert {f.name: size for f in functions if (size := (f.end_lineno or 0) - f.lineno + 1) > 50} == {}


@pytest.mark.parametrize("path", [p for p in MODULES if p.name != "__init__.py"], ids=name)
def test_modules_say_what_they_are_for(path: Path) -> None:
    assert ast.get_docstring(tree(path))


def test_modules_have_no_mutable_state() -> None:
    found = []
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Global):
                found.append(f"{name(path)}:{node.lineno}")
    assert found == []
