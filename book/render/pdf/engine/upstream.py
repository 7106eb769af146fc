"""The libraries' own source, told by digests: what ours was written against, or something else.

The engine puts code of its own in the place of WeasyPrint's, and leans on much that is no public
interface of it. From one release to the next a third of that changes, mostly without a word; so
each thing is known by its text, and a changed one is refused before it sets a page wrong.
"""

from __future__ import annotations

import ast
import hashlib
import re
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from book.base.errors import UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Definition(NamedTuple):
    """A definition in a library, as ``module:qualified.name``, and the digest of its source."""

    name: str
    digest: str


class Override(Struct, frozen=True):
    """What of ``ours`` is put in the ``place`` (``module:name``) of something of theirs, and why.

    ``against`` is what it was written against: what it takes the place of, and what leads there.
    """

    place: str
    ours: Any
    why: str
    against: tuple[Definition, ...]
    issue: str = ""


class Reliance(Struct, frozen=True):
    """What of theirs we use as it is, though it carries no promise, and for what."""

    why: str
    against: tuple[Definition, ...]


class UpstreamChangedError(UnusableError):
    """A library is not the one that ours was written against; ``others`` are what has changed."""

    def __init__(self, others: Iterable[Definition]) -> None:
        self.others = tuple(others)
        super().__init__(self.others)

    def __str__(self) -> str:
        names = [one.name for one in self.others]
        libraries = dict.fromkeys(re.split(r"[.:]", name)[0] for name in names)
        installed = " and ".join(f"{library} {version(library)}" for library in libraries)
        return (
            f"{installed} can't be used: chapbook was written against another version, and would "
            f"set pages wrong. Install chapbook anew, with the versions that it asks for.\n"
            f"What is different: {', '.join(names)}."
        )


def source_of(name: str) -> str:
    """The source of the definition ``name``, decorators included; empty if it is not there.

    It is read from the library's file, so what was put in its place does not count.
    """
    module, _, path = name.partition(":")
    text = _file(module).read_text("utf-8")
    node: ast.AST = ast.parse(text)
    for step in path.split("."):
        found = [one for one in ast.iter_child_nodes(node) if getattr(one, "name", None) == step]
        if not found or not isinstance(found[-1], _NAMED):
            return ""
        node = found[-1]
    assert isinstance(node, _NAMED)
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    return "\n".join(text.split("\n")[first - 1 : node.end_lineno])


def digest_of(name: str) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of the definition's source."""
    return hashlib.sha256(source_of(name).encode()).hexdigest()[:16]


def digest_of_files(sources: Iterable[Definition]) -> str:
    """The same of the whole files in which ``sources`` stand: read in a millisecond."""
    whole = hashlib.sha256()
    for module in sorted({one.name.partition(":")[0] for one in sources}):
        whole.update(_file(module).read_bytes())
    return whole.hexdigest()[:16]


def changed(sources: Iterable[Definition]) -> list[Definition]:
    """Those of ``sources`` that are not there, or have another source."""
    return [one for one in dict.fromkeys(sources) if digest_of(one.name) != one.digest]


def _file(module: str) -> Path:
    return Path(import_module(module).__file__ or "")
