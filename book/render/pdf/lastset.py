"""What was wrong with a chapter's pages when it was set last, for checks that set none.

It is known as long as chapter, pictures and look are as they were. Pages may have other numbers
since, where other chapters have changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.paths import digest
from book.cache.memo import asked
from book.cache.store import packed, unpacked
from book.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from book.cache.store import Store
    from book.model import Book, Chapter
    from book.theme.theme import Theme

#: What can't be seen but on pages.
_OF_PAGES = frozenset({"T001", "T002", "T020", "T030", "T031", "T032"})


def remember(
    book: Book, theme: Theme, store: Store, seen: Mapping[str, str], findings: Sequence[Finding]
) -> None:
    """Leave in ``store`` what was found on the pages of each chapter, set in ``theme``.

    ``seen`` has the digests of what was read; a chapter may have been saved again since.
    """
    look = _look(book, theme)
    for chapter in book.chapters:
        found = [one for one in findings if one.place.path == chapter.path]
        kept = tuple(one for one in found if one.code in _OF_PAGES)
        store.put(_question(book, chapter, look, seen), packed(kept))


def recalled(book: Book, theme: Theme, store: Store, seen: Mapping[str, str]) -> Iterator[Finding]:
    """What was found on the pages of chapters that are as they were; ``seen`` as above."""
    look = _look(book, theme)
    for chapter in book.chapters:
        found = unpacked(store.get(_question(book, chapter, look, seen)), tuple[Finding, ...])
        yield from found or ()


def _look(book: Book, theme: Theme) -> str:
    config = book.config
    return asked("look", theme.css("print"), repr((config.pdf, config.fonts, config.typography)))


def _question(book: Book, chapter: Chapter, look: str, seen: Mapping[str, str]) -> str:
    """Which chapter, in which look: a store is for all books."""
    files = (chapter.path, *(one.src for one in chapter.images))
    digests = (seen[one] if one in seen else digest(book.root, one) for one in files)
    return asked("on pages", chapter.path, look, *digests)
