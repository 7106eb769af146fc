"""What templates are handed: plain data, one class a template.

``docs/themes.md`` is made from these classes (``tools/themes_doc.py``). What is XHTML already, a
chapter's text above all, is :class:`~markupsafe.Markup`; all else is escaped where it is put.
What is marked :data:`ONCE` has to stand in the page, and once: no template loses a book's words.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from markupsafe import Markup
from msgspec import Struct

from book.model import BookTable, Document
from book.theme.viewparts import (
    ONCE,
    ChronologyLine,
    ContentsLine,
    HandoutPerson,
    Line,
    Navigation,
    NoteGroup,
    NoteLine,
    PersonLine,
    Question,
    TitlePage,
)
from book.words import Words


class View(Struct, frozen=True, kw_only=True):
    """What every template is handed."""

    template: ClassVar[str] = ""
    #: Ids that have to stand in the page, whatever is handed over.
    needs: ClassVar[tuple[str, ...]] = ()
    book: Annotated[BookTable, "The table `[book]` of book.toml."]
    language: Annotated[str, "The language of this page."]
    words: Annotated[Words, "The book's own words in its language: `words.contents` …"]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that have to stand in the page: links and page numbers lead there."""
        return self.needs


class PrintCover(View, frozen=True, kw_only=True):
    """The printed cover."""

    template: ClassVar[str] = "print-cover.html"
    drawing: Annotated[Markup, "The cover, as SVG.", ONCE]


class PrintFront(View, frozen=True, kw_only=True):
    """Half-title, title page, imprint and contents in print."""

    template: ClassVar[str] = "print-front.html"
    needs: ClassVar[tuple[str, ...]] = ("contents",)
    page: Annotated[TitlePage, "The lines of the title page."]
    imprint: Annotated[tuple[str, ...], "The lines of the imprint."]
    contents: Annotated[tuple[ContentsLine, ...], "The lines of the contents."]


class PrintChapter(View, frozen=True, kw_only=True):
    """A chapter in print."""

    template: ClassVar[str] = "print-chapter.html"
    slug: Annotated[str, "Its id, which has to stand in the page."]
    title: Annotated[str, "Its title, as plain text."]
    heading: Annotated[Markup, "Its title; empty where print shows none.", ONCE]
    number: Annotated[str, "Its number, or empty."]
    by: Annotated[str, "Who wrote it, in an anthology; else empty."]
    kind: Annotated[str, "Its kind: `chapter`, `preface` …"]
    matter: Annotated[str, "`front`, `body` or `back`."]
    body: Annotated[Markup, "Its text, with its notes.", ONCE]
    extra: Annotated[Markup, "What is drawn up for it: chronology, timeline, people.", ONCE]

    @property
    def ids(self) -> tuple[str, ...]:
        """The chapter's own."""
        return (self.slug,)


class Chronology(View, frozen=True, kw_only=True):
    """The chronology, in print and in the ebook."""

    template: ClassVar[str] = "chronology.html"
    entries: Annotated[tuple[ChronologyLine, ...], "Its entries."]
    legend: Annotated[str, "What the editors' mark means, if it is there."]

    @property
    def ids(self) -> tuple[str, ...]:
        """Those of all entries."""
        return tuple(one.id for one in self.entries)


class People(View, frozen=True, kw_only=True):
    """The list of people, in print and in the ebook."""

    template: ClassVar[str] = "people.html"
    people: Annotated[tuple[PersonLine, ...], "Everyone."]

    @property
    def ids(self) -> tuple[str, ...]:
        """Those of all."""
        return tuple(one.id for one in self.people)


class EpubCover(View, frozen=True, kw_only=True):
    """The cover in the ebook."""

    template: ClassVar[str] = "epub-cover.xhtml"
    image: Annotated[str, "The address of the picture."]
    authors: Annotated[tuple[str, ...], "The names of the authors."]


class EpubTitlePage(View, frozen=True, kw_only=True):
    """The title page in the ebook."""

    template: ClassVar[str] = "epub-title-page.xhtml"
    marks: Annotated[Markup, "Where printed pages begin.", ONCE]
    page: Annotated[TitlePage, "Its lines."]
    title: Annotated[Markup, "The title, its compounds kept on one line."]
    subtitle: Annotated[Markup, "The subtitle, in the same way."]


class EpubImprint(View, frozen=True, kw_only=True):
    """The imprint in the ebook."""

    template: ClassVar[str] = "epub-imprint.xhtml"
    marks: Annotated[Markup, "Where printed pages begin.", ONCE]
    lines: Annotated[tuple[str, ...], "Its lines."]


class EpubNav(View, frozen=True, kw_only=True):
    """The contents in the ebook, which reading systems use as well (EPUB 3.3, section 7)."""

    template: ClassVar[str] = "epub-nav.xhtml"
    needs: ClassVar[tuple[str, ...]] = ("toc", "landmarks")
    marks: Annotated[Markup, "Where printed pages begin.", ONCE]
    navigation: Annotated[Navigation, "What it lists."]

    @property
    def ids(self) -> tuple[str, ...]:
        """The contents and landmarks, and the list of pages if there is one."""
        return (*self.needs, *(["page-list"] if self.navigation.pages else []))


class EpubChapter(View, frozen=True, kw_only=True):
    """A chapter in the ebook, or a part of one that is too long for one file."""

    template: ClassVar[str] = "epub-chapter.xhtml"
    slug: Annotated[str, "Its id, which has to stand in the page if it is the first part."]
    part: Annotated[int, "The number of this file among the chapter's, from 1."]
    title: Annotated[str, "Its title, as plain text."]
    heading: Annotated[Markup, "Its title; empty in further parts.", ONCE]
    number: Annotated[str, "Its number, or empty."]
    by: Annotated[str, "Who wrote it, in an anthology; else empty."]
    kind: Annotated[str, "Its kind: `chapter`, `preface` …"]
    matter: Annotated[str, "`frontmatter`, `bodymatter` or `backmatter`."]
    untitled: Annotated[bool, "Whether its title is only for those who listen."]
    type: Annotated[str, "Its `epub:type`."]
    role: Annotated[str, "Its role (DPUB-ARIA)."]
    marks: Annotated[Markup, "Which printed pages begin here.", ONCE]
    content: Annotated[Markup, "Its text, and what is drawn up for it.", ONCE]
    popup: Annotated[bool, "Whether its notes pop up; else they are lists with a heading."]
    notes_title: Annotated[str, "What its notes are called."]
    notes_id: Annotated[str, "The id of their heading."]
    notes: Annotated[tuple[tuple[NoteLine, ...], ...], "The author's notes, and the editors'."]

    @property
    def ids(self) -> tuple[str, ...]:
        """The chapter's own in its first part, its title's, and those of all notes."""
        own = (self.slug,) if self.part == 1 else ()
        return (*own, f"{self.slug}-title", *(one.id for some in self.notes for one in some))


class EpubEndnotes(View, frozen=True, kw_only=True):
    """The notes at the ebook's end."""

    template: ClassVar[str] = "epub-endnotes.xhtml"
    needs: ClassVar[tuple[str, ...]] = ("_notes", "_notes-title")
    title: Annotated[str, "What they are called."]
    groups: Annotated[tuple[NoteGroup, ...], "The notes by chapters."]

    @property
    def ids(self) -> tuple[str, ...]:
        """That of the whole, that of its title, and those of all notes."""
        found = (one.id for group in self.groups for some in group.lists for one in some)
        return (*self.needs, *found)


class HandoutSheet(View, frozen=True, kw_only=True):
    """What every handout shows."""

    authors: Annotated[str, "The names of the authors."]
    date: Annotated[str, "When it was made."]
    size: Annotated[float, "The size of the title in points: so large it fits."]
    story: Annotated[tuple[str, ...], "The paragraphs of the story."]
    documents: Annotated[tuple[Document, ...], "The documents of `[handout]`."]
    chronology: Annotated[tuple[Line, ...], "The chronology."]
    paged: Annotated[bool, "Whether its lines have pages."]
    in_book: Annotated[str, "The head of the column of pages."]
    people: Annotated[tuple[HandoutPerson, ...], "The people."]
    questions: Annotated[tuple[Question, ...], "The questions."]
    where: Annotated[str, "Where to get the book."]


class Handout(HandoutSheet, frozen=True, kw_only=True):
    """The handout: two sides, laid out several times until all has its place."""

    template: ClassVar[str] = "handout.html"
    sides: Annotated[tuple[str, ...], "The sides to show: `one`, `two`."]
    height: Annotated[float, "The height of side one's columns in pixels; 0 lets them be."]
    figure: Annotated[Markup, "The timeline, if there is one.", ONCE]
    figure_width: Annotated[float, "Its width in millimetres."]
    legend: Annotated[str, "What the editors' mark in it means."]
    left: Annotated[tuple[str, ...], "The blocks of side two's left column, by their words."]
    right: Annotated[tuple[str, ...], "Those of its right column."]
    close: Annotated[str, "The class of side one: how closely it is set."]
    short: Annotated[str, "The class of side two: how closely it is set."]

    @property
    def ids(self) -> tuple[str, ...]:
        """What the layout is measured by."""
        found = ["page-top", "page-bottom"]
        if "one" in self.sides:
            found += ["columns", *["story-end"] * bool(self.story)]
            found += ["figure"] * bool(self.figure) + ["source", "one-end"]
        if "two" in self.sides and self.left:
            found += ["left-end", *["right-end"] * bool(self.right)]
        return tuple(found)


class HandoutFlow(HandoutSheet, frozen=True, kw_only=True):
    """The handout in large print, of many pages, or with answers: as long as it is."""

    template: ClassVar[str] = "handout-flow.html"
    kind: Annotated[str, "`large`, `plain` or `answers`."]
    blocks: Annotated[tuple[str, ...], "What to show, by the words for it, in this order."]


#: Every template that a book can replace, and what it is handed.
VIEWS: tuple[type[View], ...] = (
    PrintCover,
    PrintFront,
    PrintChapter,
    Chronology,
    People,
    EpubCover,
    EpubTitlePage,
    EpubImprint,
    EpubNav,
    EpubChapter,
    EpubEndnotes,
    Handout,
    HandoutFlow,
)
