"""M: what stands before the chapters' texts, seen over the whole book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.text import listed, nearest
from book.read.frontmatter import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Book, Finding, Place


def unknown_key(book: Book) -> Iterator[Finding]:
    """M004: keys that mean nothing here, in one line for the whole book, at the first of them."""
    places: dict[str, list[Place]] = {}
    for chapter in book.chapters:
        for one in chapter.unknown:
            places.setdefault(one.key, []).append(one.place)
    if not places:
        return
    count = len({place.path for each in places.values() for place in each})
    where = f", in {count} chapters" if count > 1 else ""
    message = f"The front matter has keys that mean nothing here{where}: {listed(sorted(places))}."
    near = {key: nearest(key, KEYS) for key in sorted(places)}
    meant = [f"`{key}` may be meant as `{known}`" for key, known in near.items() if known]
    hint = "; ".join(meant) or f"The keys known here are {listed(KEYS)}"
    yield finding(
        "M004", min(place for each in places.values() for place in each), message, f"{hint}."
    )
