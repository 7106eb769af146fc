"""The rooms of the house: how large they are, what the page says of them, what stands in them."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from tests.builds import alone
from tests.house import FILES, PACKAGE, module_of, name_of, nodes, tree
from tests.test_architecture import FLOORS


def test_a_file_has_one_rooms_worth() -> None:
    """About three hundred lines at most, and functions of about forty."""
    files = [name_of(path) for path in FILES if path.read_text("utf-8").count("\n") > 310]
    functions = [
        f"{name_of(path)}: {node.name}"
        for path in FILES
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (node.end_lineno or 0) - node.body[0].lineno + 1 > 42
    ]
    assert (files, functions) == ([], [])


_PAGE = PACKAGE.parent / "docs" / "architecture.md"
#: A file below the package, and what is in it, as the page has them.
_NAMED = re.compile(r"`([a-z_]+(?:/[a-z_]+)*\.py)(?::([A-Za-z_.]+))?`")


def _defined(tree: ast.Module) -> set[str]:
    """The functions and classes of a module, and ``Class.method``."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
            found |= {
                f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)
            }
    return found


def test_the_walk_through_the_house_is_true() -> None:
    """Each file that ``docs/architecture.md`` names is there, and what it names in it."""
    named = _NAMED.findall(_PAGE.read_text("utf-8"))
    assert len(named) > 25
    for file, name in named:
        path = PACKAGE.parent / file if file.startswith(("book/", "tests/")) else PACKAGE / file
        assert path.is_file(), file
        assert not name or name in _defined(tree(path)), f"{file}:{name}"


def test_the_page_has_all_floors() -> None:
    """The table names each room on its floor."""
    rows = re.findall(r"(?m)^\| (\d+) \| ([a-z, ]+) \|", _PAGE.read_text("utf-8"))
    floors = [tuple(one for one in rooms if one[0] != "_") for rooms in FLOORS]
    assert [(str(at), ", ".join(rooms)) for at, rooms in enumerate(floors) if rooms] == rows


def test_no_two_public_classes_have_one_name() -> None:
    """One word means one thing."""
    names = Counter(
        node.name
        for path in FILES
        for node in nodes(path)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert not [name for name, count in names.items() if count > 1]


def test_what_is_frozen_holds_no_tree() -> None:
    """A tree can be changed by whoever has it, so it is in no frozen class."""
    for path in FILES:
        for node in nodes(path):
            if isinstance(node, ast.ClassDef) and _is_frozen(node):
                held = [ast.unparse(one) for one in node.body if isinstance(one, ast.AnnAssign)]
                assert not [one for one in held if re.search(r"\bElement\b|_Element", one)], (
                    node.name
                )


def _is_frozen(node: ast.ClassDef) -> bool:
    said = [ast.unparse(one) for one in (*node.decorator_list, *node.bases)]
    said += [f"{one.arg}={ast.unparse(one.value)}" for one in node.keywords]
    return any("frozen=True" in one or one == "NamedTuple" for one in said)


def test_importing_changes_nothing() -> None:
    """No module writes, starts or sets anything when it is imported, nor alters a library."""
    modules = [module_of(path) for path in FILES]
    code = f"""
import os, sys
sys.dont_write_bytecode = True
def watch(event, args):
    written = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
    if written or event in {{"os.putenv", "os.mkdir", "os.rename", "os.remove", "subprocess.Popen",
                            "os.posix_spawn", "os.fork", "socket.connect"}}:
        sys.exit(f"{{event}} {{args}}")
sys.addaudithook(watch)
import book.render.pdf.engine.preload
from importlib import import_module
for name in {modules!r}:
    import_module(name)
from book.render.pdf.engine.overrides import OVERRIDES
for one in OVERRIDES:
    module, _, path = one.place.partition(":")
    thing = import_module(module)
    for step in path.split("."):
        thing = getattr(thing, step)
    assert thing is not one.ours, one.place
"""
    assert alone(code) == (0, b"")


def _uses(tree: ast.Module) -> Iterator[str]:
    """The modules of the package that are imported when the program runs, wherever."""
    known = {module_of(path) for path in FILES}
    typed = {
        node
        for one in ast.walk(tree)
        if isinstance(one, ast.If) and ast.unparse(one.test) == "TYPE_CHECKING"
        for node in ast.walk(one)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node not in typed and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from {name if name in known else node.module for name in names} & known


def test_imports_go_in_no_circle() -> None:
    """Not even with those within functions, but for a date and its words."""
    left = {module_of(path): set(_uses(tree(path))) - {module_of(path)} for path in FILES}
    ends = {""}
    while ends:  # What uses none of the others, or is used by none, is in no circle.
        used = {one for name in left for one in left[name]}
        ends = {name for name in left if name not in used or not left[name] & left.keys()}
        left = {name: left[name] for name in left.keys() - ends}
    assert left.keys() == {"book.dates.historical", "book.dates.words"}
