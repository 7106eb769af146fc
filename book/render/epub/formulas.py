"""Formulas as MathML Core, all of a book at once, in a process of its own.

What writes it takes twice as long for each bracket that is opened and never closed; so what never
ends is ended, and drawings stand in the ebook.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from book.base.errors import BoundsError
from book.base.formulas import mathml
from book.base.xml import tree
from book.cache.bounded import bounded
from book.cache.memo import memo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from book.cache.store import Store
    from book.model import Book

#: What all formulas of a book may take; a thousand take a tenth of a second.
_SECONDS, _MEMORY = 20, 2 << 30
#: A formula: its TeX, and whether it stands on a line of its own.
Tex = tuple[str, bool]


def as_mathml(book: Book, store: Store) -> Mapping[Tex, str]:
    """The MathML of each formula of ``book``; nothing for one that it has no words for."""
    wanted = tuple(dict.fromkeys(tex for one in _fragments(book) for tex in _formulas(one)))
    if not wanted:
        return {}
    parts = (hashlib.sha256(repr(wanted).encode()).hexdigest(),)
    made = memo(store, "mathml", tuple[str, ...], parts, partial(_made, wanted))
    return dict(zip(wanted, made, strict=True))


def _fragments(book: Book) -> Iterator[str]:
    for chapter in book.chapters:
        yield from (chapter.heading, chapter.body, *(note.body for note in chapter.notes))


def _formulas(fragment: str) -> Iterator[Tex]:
    if "data-tex" in fragment:
        for one in tree(fragment).iterfind(".//span[@data-tex]"):
            yield one.get("data-tex", ""), "data-display" in one.attrib


def _made(wanted: Sequence[Tex]) -> tuple[str, ...]:
    try:
        return bounded(partial(_written, tuple(wanted)), _SECONDS, _MEMORY)
    except BoundsError:
        return ("",) * len(wanted)


def _written(wanted: Sequence[Tex]) -> tuple[str, ...]:
    return tuple(mathml(tex, display=display) for tex, display in wanted)
