"""Pictures are looked at once, side by side, and what was found is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from book.base.errors import PictureError
from book.base.paths import ChangedError, content, digest
from book.base.pictures import picture
from book.cache.memo import memo_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from book.cache.store import Store


@dataclass(frozen=True, slots=True)
class Flaw:
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


def _flaw(root: Path, name: str, known: str) -> Flaw:
    """What is wrong with the picture ``name``; raises ChangedError if it is not ``known`` so."""
    try:
        data = content(root, name)
    except OSError as problem:
        hint = "See who may read the file."
        return Flaw("I004", f"can't be read: {problem.strerror}.", hint)
    if data is not None and hashlib.sha256(data).hexdigest() != known:
        raise ChangedError.of(name)
    return flaw(data or b"")


def flaw(data: bytes) -> Flaw:
    """What is wrong with a picture, by its ``data``."""
    try:
        found = picture(data)
    except PictureError as problem:
        return Flaw("I004", problem.message, problem.hint)
    if not found.held:
        return Flaw()
    message = f"holds {found.held[0]}, which was left out."
    return Flaw("I005", message, "Save it as plain SVG, with nothing that runs or is fetched.")
