"""Pictures are looked at once, side by side, and what was found is kept."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.errors import BoundsError, PictureError
from book.base.paths import ChangedError, content, digest
from book.cache.bounded import bounded
from book.cache.memo import memo, memo_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from book.cache.store import Store

#: What a page may take to be drawn.
_SECONDS, _MEMORY = 30, 4 << 30


class Flaw(Struct, frozen=True):
    """What is wrong with a picture: a code, a predicate, a hint; no code if nothing is."""

    code: str = ""
    message: str = ""
    hint: str = ""


def flaws(root: Path, names: Sequence[str], store: Store) -> Mapping[str, Flaw]:
    """What is wrong with each of the pictures of these ``names`` in ``root``."""
    root = root.absolute()  # A process that helps may stand in another folder.
    makers: dict[tuple[str, ...], partial[Flaw]] = {}
    for name in names:
        known = digest(root, name)
        makers[known, name] = partial(_flaw, root, name, known)
    found = memo_all(store, "picture", Flaw, makers)()
    return dict(zip(names, found, strict=True))


def cover_flaw(root: Path, name: str, store: Store) -> Flaw:
    """What is wrong with the cover, the picture ``name`` in ``root``, which may be a PDF."""
    known = digest(root, name)
    make = partial(_flaw, root, name, known, _cover)
    return memo(store, "cover picture", Flaw, (known, name), make)


def _flaw(root: Path, name: str, known: str, judge: Callable[[bytes], Flaw] | None = None) -> Flaw:
    """What is wrong with the picture ``name``; raises ChangedError if it is not ``known`` so."""
    try:
        data = content(root, name)
    except OSError as problem:
        hint = "See who may read the file."
        return Flaw("I004", f"can't be read: {problem.strerror}.", hint)
    if data is not None and hashlib.sha256(data).hexdigest() != known:
        raise ChangedError.of(name)
    return (judge or flaw)(data or b"")


def _cover(data: bytes) -> Flaw:
    """What is wrong with a cover, by its ``data``; a PDF is drawn within bounds."""
    from book.base.pdfpage import is_pdf

    if not is_pdf(data):
        return flaw(data)
    try:
        page = bounded(partial(_tried, data), _SECONDS, _MEMORY)
    except BoundsError as problem:
        return Flaw("I004", f"can't be drawn: {problem}.", "Save it as PNG or JPEG.")
    if isinstance(page, Flaw):
        return page
    if not page:
        return Flaw()
    message = f"is set in {page[0]}, which is not in it; another typeface stands in for it."
    return Flaw("I006", message, "Save it with its fonts, or with letters as outlines.")


def _tried(data: bytes) -> Flaw | tuple[str, ...]:
    """The fonts that the PDF ``data`` lacks, or why it can't be drawn."""
    from book.base.pdfpage import drawn

    try:
        return drawn(data).fonts
    except PictureError as problem:
        return Flaw("I004", problem.message, problem.hint)


def flaw(data: bytes) -> Flaw:
    """What is wrong with a picture, by its ``data``."""
    from book.base.pictures import picture

    try:
        found = picture(data)
    except PictureError as problem:
        return Flaw("I004", problem.message, problem.hint)
    if not found.held:
        return Flaw()
    message = f"holds {found.held[0]}, which was left out."
    return Flaw("I005", message, "Save it as plain SVG, with nothing that runs or is fetched.")
