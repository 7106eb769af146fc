"""The house stands as it is drawn: imports run one way, rooms and thoughts are small."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.builds import alone

PACKAGE = Path(__file__).parent.parent / "book"
FILES = sorted(PACKAGE.rglob("*.py"))

#: From the ground up; a room may use those below it and its own.
FLOORS = (
    ("model", "words"),
    ("base",),
    ("dates",),
    ("cache",),
    ("read", "parse", "imports"),
    ("starter",),
    (
        "assemble",
        "chronology",
        "mend",
        "numbering",
        "anchors",
        "captions",
        "only",
        "equations",
        "pointers",
    ),
    ("checks", "theme", "figures"),
    ("render",),
    ("outputs", "press"),
    ("build",),
    ("serve", "built"),
    ("cli",),
    ("__main__", "__init__"),
)
_FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

#: What each room of ``render`` may use of the others; ``pdf`` alone is its public face.
_WALLS = {
    "": set[str](),
    "fetch": set[str](),
    "fontconfig": set[str](),
    "html": set[str](),
    "remarks": set[str](),
    "lists": set[str](),
    "blame": set[str](),
    "longwords": set[str](),
    "specimen": {"pdf", "handout"},
    "trial": {"blame", "specimen"},
    "imprint": set[str](),
    "onix": set[str](),
    "epub": {"html", "imprint", "lists", "pdf"},
    "wrap": {"fetch", "html", "pdf"},
    "handout": {"fetch", "html", "lists", "longwords", "pdf", "remarks"},
    "pdf": {
        "pdf.volume",
        "pdf.binding",
        "pdf.single",
        "pdf.specimen",
        "pdf.compromises",
        "pdf.engine",
        "pdf.file",
    },
    "pdf.syntax": set[str](),
    "pdf.record": set[str](),
    "pdf.paragraphs": set[str](),
    "pdf.structure": {"pdf.syntax"},
    "pdf.draft": {"html", "imprint", "lists", "longwords", "pdf.record"},
    "pdf.file": {"html", "pdf.syntax", "pdf.record", "pdf.structure"},
    "pdf.engine": {
        "fetch",
        "fontconfig",
        "remarks",
        "pdf.syntax",
        "pdf.record",
        "pdf.structure",
        "pdf.file",
        "pdf.paragraphs",
    },
    "pdf.paginate": {"pdf.record"},
    "pdf.compromises": {"pdf.record"},
    "pdf.lastset": set[str](),
    "pdf.audit": {"pdf.record", "pdf.compromises", "remarks"},
    "pdf.jobs": {"pdf.record", "pdf.engine", "pdf.rescue"},
    "pdf.rescue": {"pdf.record", "pdf.engine"},
    "pdf.folios": {"pdf.record", "pdf.draft", "pdf.file", "pdf.jobs"},
    "pdf.specimen": {
        "pdf.record",
        "pdf.draft",
        "pdf.engine",
        "pdf.paginate",
        "pdf.folios",
        "pdf.volume",
    },
    "pdf.binding": {"pdf.volume"},
    "pdf.single": {"pdf.record", "pdf.engine", "pdf.file"},
    "pdf.volume": {
        "pdf.record",
        "pdf.draft",
        "pdf.file",
        "pdf.jobs",
        "pdf.paginate",
        "pdf.folios",
        "pdf.audit",
        "pdf.compromises",
        "blame",
    },
}
#: Who may import a library that would otherwise be everywhere.
_DOORS = {
    "weasyprint": (
        "render/pdf/engine/",
        "render/fetch.py",
        "render/handout/layout.py",
        "render/wrap.py",
    ),
    "pydyf": ("render/pdf/engine/",),
    "pyphen": ("render/pdf/engine/",),
    "cssselect2": ("render/pdf/engine/",),
    "markdown": ("parse/",),
    "ebooklib": ("render/epub/package.py",),
    "pikepdf": ("press/", "built/"),
    "hunspell": ("base/dictionaries.py",),
    "icu": ("base/wordends.py",),
    "budoux": ("base/wordends.py",),
    "jpype": ("built/java.py",),
    "mathra": ("base/formulas.py",),
    "math_core": ("base/formulas.py",),
    "barcode": ("figures/barcode.py",),
    "pydantic": ("read/",),
    "pydantic_core": ("read/",),
    "starlette": ("serve/",),
    "uvicorn": ("serve/",),
    "watchfiles": ("serve/",),
}
#: Private names of libraries that we can't do without; each is in the engine's table, or tested.
_THEIRS = {
    "_Element",  # lxml has no other name for its type
    "_ElementTree",
    "_ProcessingInstruction",
    "_Entity",
    "_page_box",  # WeasyPrint's page: its boxes
    "_box",  # what a placeholder stands for
    "_sheets",  # the style sheets of a document
    "_folder",  # where fonts have been written out
    "_build_layout_context",
    "_out_of_flow_layout",
    "_data",  # Babel's tables
    "_args_from_interpreter_flags",  # subprocess: how this Python was started
    "_exit",  # os: at once
    "_replace",  # a named tuple's
}

#: Where our own modules are imported within functions: the commands and the steps of a build, the
#: table of outputs, the faces of packages. So ``book --help`` and a build that has nothing to do
#: wait for nothing.
_LATE = ("cli/", "build.py", "outputs.py", "__main__.py")
#: The others, each for its reason.
_LATE_TOO = {
    "cache/bounded.py": "processes are only for what strangers made",
    "cache/memo.py": "most that is asked for is kept, and needs no processes",
    "checks/pictures.py": "it brings the reader of SVG, and most pictures were seen before",
    "built/pages.py": "it brings WeasyPrint, which needs Pango to be there",
    "dates/historical.py": "a date says itself in words, and words are made of dates",
    "dates/parse.py": "only for a date that can't be read",
    "render/handout/layout.py": "it brings WeasyPrint",
    "render/pdf/jobs.py": "it brings WeasyPrint, which is for the processes of the pool",
    "render/wrap.py": "it brings WeasyPrint",
    "theme/templates.py": "only for templates that are not ours",
}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


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
        for room in _imports(_tree(path))
        if room != "__version__" and _FLOOR[room] > own and room != _room(path)
    }
    assert not above


def test_the_model_imports_nothing_of_the_package() -> None:
    """Every other module may use the types; they use none."""
    for path in (PACKAGE / "model").glob("*.py"):
        assert set(_imports(_tree(path))) <= {"model"}


def test_every_room_has_its_floor() -> None:
    """Each room has one, and the floors name no room that isn't there."""
    rooms = {_room(path) for path in FILES}
    assert set(_FLOOR) == rooms


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_has_one_rooms_worth(path: Path) -> None:
    """About three hundred lines at most, and functions of about forty."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= 310
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.body[0].lineno + 1
            assert length <= 42, f"{node.name} has {length} lines"


def _module(path: Path) -> str:
    name = ".".join(("book", *path.relative_to(PACKAGE).with_suffix("").parts))
    return name.removesuffix(".__init__")


def _room_in_render(module: str) -> str:
    """The room of ``render`` that a module is in, those of ``pdf`` told apart; its own is empty."""
    parts = module.split(".")[2:]
    return ".".join(parts[:2] if parts[:1] == ["pdf"] else parts[:1])


def _imported(tree: ast.AST) -> Iterator[str]:
    """The modules of ``render`` that are imported, wherever."""
    known = {_module(path) for path in FILES}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("book.render"):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from {name if name in known else str(node.module) for name in names}
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("book.render"))


@pytest.mark.parametrize("path", [one for one in FILES if _room(one) == "render"], ids=_name)
def test_walls_of_the_renderers_hold(path: Path) -> None:
    """A room of ``render`` uses its own and those that it may, and ``pdf`` by its public face."""
    own = _room_in_render(_module(path))
    used = {_room_in_render(one) for one in _imported(_tree(path))}
    assert used - {own} <= _WALLS[own]


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_libraries_come_in_by_their_doors(path: Path) -> None:
    """Another engine, parser or packager would change a room, and not the house."""
    for node in ast.walk(_tree(path)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            doors = _DOORS.get(name.split(".")[0], ("",))
            assert _name(path).startswith(doors), f"{name} is not imported here"


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_what_is_private_is_left_alone(path: Path) -> None:
    """Of objects as of modules, ours as others'."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom):
            private = [one.name for one in node.names if _is_private(one.name)]
            assert not private, f"{private} of {node.module}"
        if isinstance(node, ast.Attribute) and _is_private(node.attr):
            of_itself = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            of_its_base = isinstance(node.value, ast.Call) and ast.unparse(node.value) == "super()"
            assert of_itself or of_its_base or node.attr in _THEIRS, ast.unparse(node)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def _late(tree: ast.Module) -> Iterator[str]:
    """The modules of the package that are imported within functions."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("book"):
                    yield str(node.module)


def test_imports_stand_at_the_top() -> None:
    """A module tells at its head what it uses; those that may not are named, and need to be."""
    late = {_name(path) for path in FILES if any(_late(_tree(path)))}
    others = {one for one in late if not one.startswith(_LATE) and not one.endswith("__init__.py")}
    assert others == set(_LATE_TOO)


def _uses(tree: ast.Module) -> Iterator[str]:
    """The modules of the package that are imported when the program runs, wherever."""
    known = {_module(path) for path in FILES}
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
    left = {_module(path): set(_uses(_tree(path))) - {_module(path)} for path in FILES}
    ends = {""}
    while ends:  # What uses none of the others, or is used by none, is in no circle.
        used = {one for name in left for one in left[name]}
        ends = {name for name in left if name not in used or not left[name] & left.keys()}
        left = {name: left[name] for name in left.keys() - ends}
    assert left.keys() == {"book.dates.historical", "book.dates.words"}


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
        assert not name or name in _defined(_tree(path)), f"{file}:{name}"


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
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert not [name for name, count in names.items() if count > 1]


def test_what_is_frozen_holds_no_tree() -> None:
    """A tree can be changed by whoever has it, so it is in no frozen class."""
    for path in FILES:
        for node in ast.walk(_tree(path)):
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
    modules = [_module(path) for path in FILES]
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
