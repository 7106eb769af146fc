"""What a handout shows of a book: its story, dates, people, questions, with the pages in print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from book import figures
from book.base.text import paragraphs
from book.model import Kind
from book.render.handout.layout import Content
from book.render.handout.lesson import questions, whole
from book.theme.viewparts import HandoutPerson, Line
from book.words import page_list, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from book.model import Book, Pages, Portrait

#: The blocks of side two, by their words.
BLOCKS = ("documents", "chronology", "who_is_who", "questions", "where_to_get")


def content(book: Book, pages: Pages | None) -> Content:
    """Everything but the figure, whose place is kept by a comment."""
    handout, table = book.config.handout, book.config.book
    where = handout.where or ", ".join(filter(None, (table.publisher, table.address)))
    where = where if handout.where or table.address else ""
    asked = questions(book)
    shown = (handout.documents, book.chronology, book.people, asked, where)
    return Content(
        story=tuple(whole(_story(book), book)),
        documents=handout.documents,
        questions=asked,
        where=where,
        chronology=tuple(_lines(book, pages)),
        people=tuple(_person(one, book.config.book.language, pages) for one in book.people),
        left=_left(tuple(name for name, one in zip(BLOCKS, shown, strict=True) if one)),
        figure=Markup("<!-- here -->" if book.chronology else ""),
    )


def _left(blocks: tuple[str, ...]) -> tuple[str, ...]:
    """The blocks of side two; where to get the book is told on side one if it were alone there.

    The dates may go, too, where the timeline tells them all.
    """
    alone = set(blocks) <= {"chronology", "where_to_get"}
    return tuple(one for one in blocks if not (alone and one == "where_to_get"))


def _story(book: Book) -> Iterable[str]:
    """The paragraphs of the story: the book's own, else three chapters' summaries each."""
    if own := paragraphs(book.config.handout.story):
        return own
    chapters = (one for one in book.chapters if one.kind is Kind.CHAPTER)
    summaries = [one.summary.strip() for one in chapters if one.summary.strip()]
    return [" ".join(summaries[at : at + 3]) for at in range(0, len(summaries), 3)]


def _lines(book: Book, pages: Pages | None) -> Iterable[Line]:
    """The chronology; a date that recurs is said once."""
    before = ""
    for entry in book.chronology:
        where = _where((event.id for event in entry.told), book.config.book.language, pages)
        told = figures.sentence(entry, book.config.book.language)
        yield Line(entry.words if entry.words != before else "", told, where)
        before = entry.words


def _person(portrait: Portrait, language: str, pages: Pages | None) -> HandoutPerson:
    where = _where((mention.id for mention in portrait.mentions), language, pages)
    where = words(language).in_book.format(where) if where else ""
    rest = "".join(f", {part}" for part in (portrait.person.about.rstrip("."), where) if part)
    return HandoutPerson(portrait.person.display_name, rest)


def _where(ids: Iterable[str], language: str, pages: Pages | None) -> str:
    """The pages of ``ids`` in the printed book, as it cites them: "pp. 3, 7–9"."""
    if pages is None:
        return ""
    numbers = sorted({pages.page_of[one] for one in ids if one in pages.page_of})
    labels = [pages.labels[number] for number in numbers]
    terms = words(language)
    form = terms.page if len(labels) == 1 else terms.pages
    return form.format(page_list(labels)).replace(" ", "\N{NO-BREAK SPACE}", 1) if labels else ""
