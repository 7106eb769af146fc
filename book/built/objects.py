"""The place in the Markdown of an object of the PDF that veraPDF names."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Self

from book.built.pdffile import named, words_under
from book.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from book.built.origin import Origins

#: So many letters of an element are read; more are not needed to find it.
_ENOUGH = 120


class Objects:
    """A PDF, open for looking up which words its objects are."""

    def __init__(self, path: Path, origins: Origins) -> None:
        import pikepdf
        import pypdfium2

        self._pdf = pikepdf.open(path)
        self._document = pypdfium2.PdfDocument(path)
        self._origins = origins
        origins.paged(named(self._document, list(origins.book.by_slug)))
        self._numbers = {page.obj.objgen: number for number, page in enumerate(self._pdf.pages)}
        self._marked: dict[int, dict[int, str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()
        self._document.close()

    def place(self, context: Sequence[tuple[int, str]]) -> tuple[Place, str]:
        """Where what veraPDF names was written, and on which page it is, for people.

        ``context`` are the objects that it goes through, by number and kind, the last the nearest.
        """
        for number, kind in reversed(context):
            thing = self._pdf.get_object(number, 0)
            if kind.startswith("SE"):
                return self._of_element(thing)
            if kind.endswith("Annot"):
                return self._of_annotation(thing, context)
            if kind == "PDPage":
                page = self._numbers.get(thing.objgen, -1)
                return self._told(page, self._top(page))
        return Place("book.toml"), ""

    def _of_element(self, element: Any) -> tuple[Place, str]:
        page = self._page(element)
        slug = self._origins.on_page(page)
        chapter = self._origins.book.by_slug.get(slug)
        if element.get("/S") == "/Figure" and chapter:
            around = self._section(element)
            figures = [one for one in self._walk(around) if one.get("/S") == "/Figure"]
            at = [one.objgen for one in figures].index(element.objgen)
            if len(figures) == len(chapter.images):
                return chapter.images[at].place, self._page_words(page)
        words = self._words(element, page)
        while len(words) < 3 and "/P" in element and "/S" in element.P:
            element = element.P
            words = self._words(element, page)
        return self._told(page, words)

    def _of_annotation(self, thing: Any, context: Sequence[tuple[int, str]]) -> tuple[Place, str]:
        pages = (self._pdf.get_object(number, 0) for number, kind in context if kind == "PDPage")
        page = next((self._numbers.get(one.objgen, -1) for one in pages), -1)
        if page < 0 or "/Rect" not in thing:
            return self._told(page)
        with closing(self._document[page]) as leaf:
            left, bottom, right, top = (float(side) for side in thing.Rect)
            under = words_under(leaf, (left, bottom, right, top))
        return self._told(page, under.line, under.words)

    def _told(self, page: int, *words: str) -> tuple[Place, str]:
        return self._origins.place(self._origins.on_page(page), *words), self._page_words(page)

    @staticmethod
    def _page_words(page: int) -> str:
        return f"It is on page {page + 1} of the PDF. " if page >= 0 else ""

    def _top(self, page: int) -> str:
        if page < 0:
            return ""
        with closing(self._document[page]) as leaf, closing(leaf.get_textpage()) as text:
            # The running head is no part of the text, but its letters are few.
            return str(text.get_text_range(0, 4 * _ENOUGH))

    def _page(self, element: Any) -> int:
        for one in self._walk(element):
            if "/Pg" in one:
                return self._numbers.get(one.Pg.objgen, -1)
        while "/P" in element:
            element = element.P
            if "/Pg" in element:
                return self._numbers.get(element.Pg.objgen, -1)
        return -1

    def _section(self, element: Any) -> Any:
        """The element of the chapter that ``element`` stands in: below the document's."""
        while "/P" in element and element.P.get("/S", "/Document") != "/Document":
            element = element.P
        return element

    def _walk(self, element: Any) -> Iterator[Any]:
        """``element`` and those in it, in the order of reading."""
        import pikepdf

        waiting = [element]
        while waiting:
            one = waiting.pop()
            yield one
            kids = one.get("/K", [])
            kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            elements = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
            waiting += reversed(elements)

    def _words(self, element: Any, page: int) -> str:
        """The first words of ``element`` that are on ``page``."""
        import pikepdf

        words = ""
        for one in self._walk(element):
            kids = one.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                number = kid.get("/MCID") if isinstance(kid, pikepdf.Dictionary) else kid
                if isinstance(number, int):
                    words += self._texts(page).get(number, "")
            if len(words) > _ENOUGH:
                break
        return words

    def _texts(self, page: int) -> dict[int, str]:
        """The text of each piece of marked content on ``page``."""
        from pypdfium2 import raw

        if page not in self._marked:
            found: dict[int, str] = {}
            if page >= 0:
                with closing(self._document[page]) as leaf, closing(leaf.get_textpage()) as text:
                    for at in range(text.count_chars()):
                        if drawn := raw.FPDFText_GetTextObject(text.raw, at):
                            number = raw.FPDFPageObj_GetMarkedContentID(drawn)
                            letter = chr(raw.FPDFText_GetUnicode(text.raw, at))
                            found[number] = found.get(number, "") + letter
            self._marked[page] = found
        return self._marked[page]
