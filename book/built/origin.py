"""Which chapter, and which line of it, a page or a file of the ebook was made from."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from book.model import Place
from book.read.lettered import Lettered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from book.model import Book, Chapter


class Origins:
    """The files of ``book``, each read when it is first asked for."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._read: dict[str, Lettered] = {}
        self._pages: list[tuple[int, str]] = []

    def paged(self, pages: Mapping[str, int]) -> None:
        """Remember on which page, from 0, each piece of the book begins, by its slug."""
        self._pages = sorted((page, slug) for slug, page in pages.items())

    def on_page(self, page: int) -> str:
        """The slug of the piece that ``page`` belongs to, or an empty string."""
        at = bisect_right(self._pages, (page, "\U0010ffff"))
        return self._pages[at - 1][1] if at else ""

    def in_file(self, name: str) -> str:
        """The slug of the chapter that the ebook's file ``name`` was made from, or nothing."""
        stem = name.rpartition("/")[2].partition(".")[0]
        fitting = (one for one in self.book.by_slug if stem == one or stem.startswith(f"{one}-"))
        return max(fitting, key=len, default="")

    def place(self, slug: str, *words: str) -> Place:
        """Where the first of the ``words`` stand that are in the file of ``slug``.

        If none are, it is the file; what no chapter made comes of ``book.toml``.
        """
        chapter = self.book.by_slug.get(slug)
        if chapter is None or not chapter.path:
            return Place("book.toml")
        source = self._source(chapter)
        found = (source.place(one) for one in words)
        return next((one for one in found if one), Place(chapter.path))

    def _source(self, chapter: Chapter) -> Lettered:
        if chapter.path not in self._read:
            self._read[chapter.path] = Lettered.of(self.book.root, chapter.path)
        return self._read[chapter.path]
