"""The package's modules as texts and trees, for tests that look at how it is built."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "book"
FILES = sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """What a module is made of."""
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of it, however deep."""
    return tuple(ast.walk(tree(path)))


def name_of(path: Path) -> str:
    """A module's file as others name it, from the package's folder."""
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str:
    """The room that a module is in: a folder of the package, or a module right below it."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_of(path: Path) -> str:
    """A module's name where it is imported."""
    name = ".".join(("book", *path.relative_to(PACKAGE).with_suffix("").parts))
    return name.removesuffix(".__init__")
