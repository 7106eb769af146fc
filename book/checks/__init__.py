"""Step 5: what is wrong with the book as a whole. One function a code, in files by letter.

A check takes the assembled book and gives findings. What can be seen in one file alone has been
found before, by the step that read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from book.checks import frontmatter, headings, images, links, notes, people
from book.checks.silence import silenced
from book.model import Book, Finding

if TYPE_CHECKING:
    from book.cache.store import Store
    from book.model import Place

__all__ = ["CHECKS", "run", "silenced"]

CHECKS: tuple[Callable[[Book], Iterator[Finding]], ...] = (
    frontmatter.unknown_key,
    headings.missing_title,
    headings.skipped_level,
    headings.second_title,
    notes.uncalled,
    links.no_chapter,
    links.no_anchor,
    links.doubled_anchor,
    images.missing,
    images.outside,
    images.undescribed,
    people.unknown,
    people.unnamed,
)


def run(book: Book, store: Store) -> tuple[Finding, ...]:
    """The findings of every check, in the order of their places.

    ``store`` keeps what was seen of pictures, which takes long.
    """
    found = [one for check in CHECKS for one in check(book)]
    return tuple(sorted([*found, *images.unreadable(book, store)], key=_order))


def _order(found: Finding) -> tuple[Place, str]:
    return found.place, found.code
