"""What is imported is declared: ``pyproject.toml`` names every library that the code asks for."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OURS = {"book", "tests", "bench", "tools"}


def _declared(*, dev: bool) -> set[str]:
    """The distributions that are declared, in the spelling of PEP 503."""
    extras = PROJECT["optional-dependencies"].items()
    lists = [PROJECT["dependencies"], *(some for name, some in extras if dev or name != "dev")]
    return {_spelled(re.split(r"[ <>=!~;\[]", one)[0]) for some in lists for one in some}


def _spelled(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported(folder: str) -> Iterator[tuple[str, str]]:
    """Each file of ``folder`` and a top-level name that it imports, wherever in it."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in {name.partition(".")[0] for name in names}:
                if name not in sys.stdlib_module_names and name not in OURS:
                    yield path.relative_to(ROOT).as_posix(), name


def _provides(installed: list[str], name: str) -> set[str]:
    """The distributions that provide ``name``; of an extra's that is not here, what it may be."""
    if installed:
        return {_spelled(one) for one in installed}
    known = _declared(dev=True)
    return {one for one in known if one == _spelled(name) or one.startswith(f"{_spelled(name)}-")}


@pytest.mark.parametrize("folder", sorted(OURS))
def test_what_is_imported_is_declared(folder: str) -> None:
    """Not only what comes along with something else: that may drop it, or change it."""
    declared, provided = _declared(dev=folder != "book"), packages_distributions()
    missing = {
        (path, name)
        for path, name in _imported(folder)
        if not _provides(provided.get(name, []), name) & declared
    }
    assert not missing
