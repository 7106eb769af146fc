"""The house stands as it is drawn: imports run one way, through walls by their doors."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house import FILES, PACKAGE, module_of, name_of, nodes, room_of, tree

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


def test_imports_run_one_way() -> None:
    """No module uses one of a floor above its own, not even within a function."""
    above = [
        f"{name_of(path)} uses {room}"
        for path in FILES
        for room in _imports(tree(path))
        if room not in {"__version__", room_of(path)} and _FLOOR[room] > _FLOOR[room_of(path)]
    ]
    assert not above


def test_the_model_imports_nothing_of_the_package() -> None:
    """Every other module may use the types; they use none."""
    for path in (PACKAGE / "model").glob("*.py"):
        assert set(_imports(tree(path))) <= {"model"}


def test_every_room_has_its_floor() -> None:
    """Each room has one, and the floors name no room that isn't there."""
    rooms = {room_of(path) for path in FILES}
    assert set(_FLOOR) == rooms


def _room_in_render(module: str) -> str:
    """The room of ``render`` that a module is in, those of ``pdf`` told apart; its own is empty."""
    parts = module.split(".")[2:]
    return ".".join(parts[:2] if parts[:1] == ["pdf"] else parts[:1])


def _imported(tree: ast.AST) -> Iterator[str]:
    """The modules of ``render`` that are imported, wherever."""
    known = {module_of(path) for path in FILES}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("book.render"):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from {name if name in known else str(node.module) for name in names}
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("book.render"))


def test_walls_of_the_renderers_hold() -> None:
    """A room of ``render`` uses its own and those that it may, and ``pdf`` by its public face."""
    for path in (one for one in FILES if room_of(one) == "render"):
        own = _room_in_render(module_of(path))
        used = {_room_in_render(one) for one in _imported(tree(path))}
        assert used - {own} <= _WALLS[own], name_of(path)


def test_libraries_come_in_by_their_doors() -> None:
    """Another engine, parser or packager would change a room, and not the house."""
    elsewhere = [
        f"{name_of(path)} imports {name}"
        for path in FILES
        for node in nodes(path)
        for name in _named(node)
        if not name_of(path).startswith(_DOORS.get(name.split(".")[0], ("",)))
    ]
    assert not elsewhere


def _named(node: ast.AST) -> list[str]:
    """The modules that a statement imports, or takes from."""
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_what_is_private_is_left_alone() -> None:
    """Of objects as of modules, ours as others'."""
    touched = [
        f"{name_of(path)}: {name}"
        for path in FILES
        for node in nodes(path)
        for name in _not_its_own(node)
    ]
    assert not touched


def _not_its_own(node: ast.AST) -> list[str]:
    """What is private to another, and used here."""
    if isinstance(node, ast.ImportFrom):
        return [one.name for one in node.names if _is_private(one.name)]
    if isinstance(node, ast.Attribute) and _is_private(node.attr) and node.attr not in _THEIRS:
        of_itself = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
        of_its_base = isinstance(node.value, ast.Call) and ast.unparse(node.value) == "super()"
        return [] if of_itself or of_its_base else [ast.unparse(node)]
    return []


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
    late = {name_of(path) for path in FILES if any(_late(tree(path)))}
    others = {one for one in late if not one.startswith(_LATE) and not one.endswith("__init__.py")}
    assert others == set(_LATE_TOO)
