"""The house stands as it is drawn: imports run one way, rooms and thoughts are small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "book"
FILES = sorted(PACKAGE.rglob("*.py"))

#: From the ground up; a room may use those below it and its own.
FLOORS = (
    ("model", "words"),
    ("base",),
    ("dates",),
    ("cache",),
    ("read", "parse"),
    ("assemble", "chronology", "mend"),
    ("checks", "theme", "figures"),
    ("render",),
    ("build",),
    ("cli",),
    ("__main__", "__init__"),
)
_FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(tree: ast.AST) -> Iterator[str]:
    """The rooms of the package that a module names, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("book"):
            parts = (node.module or "").split(".")
            yield from [parts[1]] if parts[1:] else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.split(".")[1] for alias in node.names if alias.name.startswith("book.")
            )


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_imports_run_one_way(path: Path) -> None:
    """No module uses one of a floor above its own, not even within a function."""
    own = _FLOOR[_room(path)]
    above = {
        room
        for room in _imports(ast.parse(path.read_text("utf-8")))
        if room != "__version__" and _FLOOR[room] > own and room != _room(path)
    }
    assert not above


def test_the_model_imports_nothing_of_the_package() -> None:
    """Every other module may use the types; they use none."""
    for path in (PACKAGE / "model").glob("*.py"):
        assert set(_imports(ast.parse(path.read_text("utf-8")))) <= {"model"}


def test_every_room_has_its_floor() -> None:
    """Each room has one, and the floors name no room that isn't there."""
    rooms = {_room(path) for path in FILES}
    assert set(_FLOOR) == rooms


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_has_one_rooms_worth(path: Path) -> None:
    """About three hundred lines at most, and functions of about forty."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= 310
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.body[0].lineno + 1
            assert length <= 42, f"{node.name} has {length} lines"
