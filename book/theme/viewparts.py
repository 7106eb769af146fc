"""What the data of templates is made of: lines, entries, notes; see :mod:`book.theme.views`."""

from __future__ import annotations

from typing import Annotated

from markupsafe import Markup
from msgspec import Struct

#: Says of XHTML that it has to be used, and once.
ONCE = "once"


class TitlePage(Struct, frozen=True):
    """The title page, line by line; what the book doesn't say is empty."""

    makers: Annotated[tuple[str, ...], "Whose book it is: its authors, or “Edited by …”."]
    title: Annotated[str, "The title."]
    subtitle: Annotated[str, "The subtitle."]
    others: Annotated[tuple[str, ...], "Those who had a part in it, a line each part."]
    edition: Annotated[str, "The edition."]
    series: Annotated[str, "The series, and the book's number in it."]
    publisher: Annotated[str, "The publisher, and its place."]


class ContentsLine(Struct, frozen=True):
    """A line of the printed contents."""

    href: Annotated[str, "Where it leads."]
    matter: Annotated[
        str, "`front`, `body`, `back` or `part`; `… section` and `… subsection` below."
    ]
    number: Annotated[str, "The chapter's number, or empty."]
    part: Annotated[str, "What a part is called, “Part 1”; else empty."]
    heading: Annotated[Markup, "The title."]
    page: Annotated[str, "The page, as it is printed."]
    by: Annotated[str, "Who wrote the chapter, in an anthology; else empty."] = ""


class ChronologyLine(Struct, frozen=True):
    """An entry of the chronology."""

    id: Annotated[str, "Its id, which has to stand in the page."]
    date: Annotated[str, "When, in words; empty if it is the date of the entry before."]
    machine: Annotated[str, "The date for machines (HTML's `datetime`), or empty."]
    sentence: Annotated[str, "What happened."]
    by_editors: Annotated[str, "The editors' mark, if only they tell it."]
    places: Annotated[Markup, "Where the book tells it: pages in print, links in the ebook.", ONCE]


class PersonLine(Struct, frozen=True):
    """One of the list of people."""

    id: Annotated[str, "The id, which has to stand in the page."]
    name: Annotated[str, "The name, family name first."]
    about: Annotated[str, "Who it is."]
    places: Annotated[Markup, "Where the book names the person.", ONCE]


class NoteLine(Struct, frozen=True):
    """A note at the end of an ebook's chapter, or of the ebook."""

    id: Annotated[str, "Its id, which has to stand in the page."]
    number: Annotated[str, "Its number."]
    content: Annotated[Markup, "The note, its number and the way back to its call.", ONCE]


class NoteGroup(Struct, frozen=True):
    """The notes of one chapter at the ebook's end."""

    label: Annotated[str, "The chapter's number and title."]
    language: Annotated[str, "The chapter's language, if it is not the book's."]
    lists: Annotated[tuple[tuple[NoteLine, ...], ...], "The author's notes, and the editors'."]


class NavItem(Struct, frozen=True):
    """A line of the ebook's contents."""

    label: Annotated[str, "What it says."]
    href: Annotated[str, "Where it leads."]
    order: Annotated[int, "Its number among all lines, from 1."]
    children: Annotated[tuple[NavItem, ...], "The lines below it."] = ()

    @property
    def depth(self) -> int:
        """How many levels stand here, this one included."""
        return 1 + max((child.depth for child in self.children), default=0)


class Landmark(Struct, frozen=True):
    """A place that reading systems offer by a button."""

    kind: Annotated[str, "Its `epub:type`."]
    href: Annotated[str, "Where it leads."]
    label: Annotated[str, "What it is called."]


class PageMark(Struct, frozen=True):
    """Where a printed page begins."""

    label: Annotated[str, "The page's number as printed."]
    href: Annotated[str, "Where it leads."]
    order: Annotated[int, "Its number, which goes on from the contents."]


class Navigation(Struct, frozen=True):
    """The contents, the landmarks and the printed pages of the ebook."""

    contents: Annotated[tuple[NavItem, ...], "The contents, line by line."]
    landmarks: Annotated[tuple[Landmark, ...], "Cover, title page, beginning and the like."]
    pages: Annotated[tuple[PageMark, ...], "The printed pages, if they are marked."] = ()

    @property
    def depth(self) -> int:
        """How many levels the contents have."""
        return max((entry.depth for entry in self.contents), default=1)


class Line(Struct, frozen=True):
    """An entry of the handout's chronology."""

    date: Annotated[str, "When; empty if it is the date of the entry before."]
    sentence: Annotated[str, "What happened."]
    pages: Annotated[str, "Where the printed book tells it."]


class HandoutPerson(Struct, frozen=True):
    """One of the handout's list of people."""

    name: Annotated[str, "The name."]
    rest: Annotated[str, "Who it is, and where in the book."]


class Question(Struct, frozen=True):
    """A question of the handout."""

    text: Annotated[str, "The question."]
    answer: Annotated[str, "Its answer; empty if the book has none."]
