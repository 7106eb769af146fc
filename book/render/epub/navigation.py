"""What the contents list, for the navigation document and the NCX alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.data import replace
from book.model import Kind
from book.render import lists
from book.render.epub.pagemarks import mark_id
from book.render.epub.parts import (
    COVER,
    IMPRINT,
    NAV,
    TITLE_PAGE,
    address,
    chapter_file,
)
from book.render.epub.roles import LANDMARKS, ROLES
from book.theme.viewparts import Landmark, Navigation, NavItem, PageMark
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from book.model import Book, Chapter, Heading
    from book.render.epub.files import Plan


def navigation(book: Book, plan: Plan, fronts: Mapping[str, Sequence[str]]) -> Navigation:
    """The contents of ``book``, chapters with their sections; its landmarks and printed pages.

    ``fronts`` are the pages that begin with files of our own.
    """
    entries: list[NavItem] = []
    order = 0
    for file in plan.files:
        if file.number > 1:
            continue
        order += 1
        if file.chapter is None:
            label = words(book.config.book.language, book.config.book.words).notes
            entries.append(NavItem(label, address(file.name), order))
        else:
            entry, order = _chapter(book, file.chapter, order, plan.file_of)
            if entries and file.chapter.slug in book.part_of:
                part = entries.pop()
                entry = replace(part, children=(*part.children, entry))
            entries.append(entry)
    own = [(label, file) for file, labels in fronts.items() for label in labels]
    pages = tuple(
        PageMark(label, address(file) + f"#{mark_id(label)}", number)
        for number, (label, file) in enumerate([*own, *plan.pages()], order + 1)
    )
    return Navigation(tuple(entries), tuple(_landmarks(book, plan)), pages)


def opening(book: Book) -> Chapter | None:
    """Where reading begins: the first chapter of the body, else the first of all."""
    bodies = [chapter for chapter in book.chapters if chapter.kind.matter == "body"]
    return next(iter([*bodies, *book.chapters]), None)


def chapter_label(book: Book, chapter: Chapter) -> str:
    """The chapter's number and title on one line."""
    number = book.numbers.get(chapter.slug)
    if chapter.kind is Kind.PART and number:
        return f"{number}: {chapter.title}"
    return f"{number}. {chapter.title}" if number else chapter.title


def _chapter(
    book: Book, chapter: Chapter, order: int, files: Mapping[str, str]
) -> tuple[NavItem, int]:
    """The entry of ``chapter``, and the last order that was given out in it."""
    file = chapter_file(chapter.slug)
    places = {head.id: address(files.get(head.id, file), head.id) for head in chapter.headings}
    children, last = _sections(places, chapter.headings, order)
    if place := lists.timeline_place(chapter, book):
        last += 1
        label = words(book.config.book.language, book.config.book.words).timeline
        children = (*children, NavItem(label, address(file, place), last))
    label, by = chapter_label(book, chapter), book.signed(chapter)
    label = f"{label} ({by})" if by else label
    return NavItem(label, address(file), order, children), last


def _sections(
    places: Mapping[str, str], headings: Sequence[Heading], order: int
) -> tuple[tuple[NavItem, ...], int]:
    """Headings as a tree: each holds those of deeper levels that follow it."""
    entries = []
    start = 0
    while start < len(headings):
        head = headings[start]
        end = start + 1
        while end < len(headings) and headings[end].level > head.level:
            end += 1
        own = order + 1
        children, order = _sections(places, headings[start + 1 : end], own)
        entries.append(NavItem(head.text, places[head.id], own, children))
        start = end
    return tuple(entries), order


def _landmarks(book: Book, plan: Plan) -> Iterator[Landmark]:
    terms = words(book.config.book.language, book.config.book.words)
    yield Landmark("cover", COVER, terms.cover)
    yield Landmark("titlepage", TITLE_PAGE, terms.title_page)
    yield Landmark("copyright-page", IMPRINT, terms.imprint)
    yield Landmark("toc", NAV, terms.contents)
    if start := opening(book):
        yield Landmark("bodymatter", chapter_file(start.slug), chapter_label(book, start))
    for chapter in book.chapters:
        if chapter.kind in LANDMARKS:
            yield Landmark(ROLES[chapter.kind][0], chapter_file(chapter.slug), chapter.title)
    if notes := next((file for file in plan.files if file.chapter is None), None):
        yield Landmark("endnotes", address(notes.name), terms.notes)
