"""M: what stands before the chapters' texts, seen over the whole book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.text import listed, nearest
from book.model import Place
from book.parse.dollars import set_aside
from book.read.frontmatter import KEYS
from book.read.settings import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Book, Finding


def unknown_key(book: Book) -> Iterator[Finding]:
    """M004: keys that mean nothing here, in one line for the whole book, at the first of them."""
    stand: dict[str, list[Place]] = {}
    for chapter in book.chapters:
        for one in chapter.unknown:
            stand.setdefault(one.key, []).append(one.place)
    if not stand:
        return
    count = len({place.path for each in stand.values() for place in each})
    where = f", in {count} chapters" if count > 1 else ""
    message = f"The front matter has keys that mean nothing here{where}: {listed(sorted(stand))}."
    near = {key: nearest(key, KEYS) for key in sorted(stand)}
    meant = [f"`{key}` may be meant as `{known}`" for key, known in near.items() if known]
    hint = "; ".join(meant) or f"The keys known here are {listed(KEYS)}"
    yield finding(
        "M004", min(place for each in stand.values() for place in each), message, f"{hint}."
    )


def formula(book: Book) -> Iterator[Finding]:
    """M014: a formula where none is set: in ``book.toml``, and in front matter.

    In a text, the step that reads it has said so.
    """
    message = "A formula can't be set here; it is printed as it was typed."
    table = book.config.book
    for key in ("title", "subtitle", "description", "edition", "source"):
        if _has_formula(getattr(table, key)):
            place = places(book.root)(("book", key))
            yield finding("M014", place, message, "Say it in letters.")
    for chapter in book.chapters:
        said = (chapter.title, chapter.short, chapter.summary, *chapter.questions)
        if any(map(_has_formula, said)):
            hint = (
                "A chapter's heading may have formulas; say others of its front matter in letters."
            )
            yield finding("M014", Place(chapter.path), message, hint)


def _has_formula(text: str) -> bool:
    return "$" in text and bool(set_aside(text).found)
