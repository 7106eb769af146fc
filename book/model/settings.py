"""``book.toml`` as data: one class a table, validated by :mod:`book.read.settings`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from book.model.names import display_name


class Person(Struct, frozen=True):
    """One entry of ``[people]``: the name as ``Family, Given`` (or one name), and who it is.

    The text is searched for the name unless ``auto`` is false, and for what the person is
    ``also`` called; ``other`` are phrases that hold the name and mean somebody or something else.
    """

    name: str
    about: str = ""
    also: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    auto: bool = True

    @property
    def display_name(self) -> str:
        """The name in reading order."""
        return display_name(self.name)


class Contributor(Struct, frozen=True):
    """One entry of ``[[book.contributors]]``: a person (as ``Family, Given``) and the part taken.

    ``role`` is a MARC relator code: ``trl`` a translator, ``ant`` whose work this one rests on.
    """

    name: str
    role: str


class BookTable(Struct, frozen=True):
    """``[book]``: what the book is. ``series_number`` counts from 1; 0 is unsaid.

    ``place`` and ``address`` are the publisher's. Without ``authors`` there is an editor among
    the ``contributors``. ``theme`` is a theme's name, or its folder's below ``themes/``;
    ``cover`` is the path of a picture from the book's folder, and one is drawn without it.
    """

    title: str
    authors: tuple[str, ...]
    language: str
    subtitle: str = ""
    date: datetime.date | None = None
    publisher: str = ""
    rights: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    source: str = ""
    identifier: str = ""
    series: str = ""
    series_number: int = 0
    contributors: tuple[Contributor, ...] = ()
    edition: str = ""
    place: str = ""
    address: str = ""
    dedication: str = ""
    theme: str = ""
    cover: str = ""
    #: What ``[words]`` says, which all who print words of the book have at hand here.
    words: tuple[tuple[str, str], ...] = ()

    @property
    def makers(self) -> tuple[Contributor, ...]:
        """Whose book it is: its authors; of a book without any, the editors."""
        authors = tuple(Contributor(name, "aut") for name in self.authors)
        return authors or tuple(one for one in self.contributors if one.role == "edt")

    @property
    def others(self) -> tuple[Contributor, ...]:
        """All others who had a part in it."""
        makers = self.makers
        return tuple(one for one in self.contributors if one not in makers)

    @property
    def by(self) -> str:
        """The names of its makers in reading order."""
        return ", ".join(display_name(one.name) for one in self.makers)


class TypographyTable(Struct, frozen=True):
    """``[typography]``: ``whole`` are words and phrases that no line's end may divide.

    ``captions`` says what the caption of a picture without another one is: its title, or the words
    that describe it (``alt``), as in Pandoc.
    """

    whole: tuple[str, ...] = ()
    captions: Literal["title", "alt"] = "title"


class FontsTable(Struct, frozen=True):
    """``[fonts]``: the families of text, heads and code, and those for letters that they lack.

    With ``system``, they may be the machine's.
    """

    serif: str = ""
    sans: str = ""
    mono: str = ""
    fallback: tuple[str, ...] = ()
    system: bool = False


class NotesTable(Struct, frozen=True):
    """``[notes]``: how notes are numbered, from 1 in each chapter or through the book."""

    numbering: Literal["chapter", "book"] = "chapter"


class PdfTable(Struct, frozen=True):
    """``[pdf]``: the printed book. ``page_size`` is any CSS ``size``; ``isbn`` is print's own.

    Without a page size it is the theme's, and else A5: ``size`` says which. ``binding`` asks for a
    gutter, which the binding of so many pages swallows.

    ``left_heads`` is what stands at the head of left pages: the book (its part, if it has
    parts), or the chapter as on right pages.
    """

    page_size: str = ""
    isbn: str = ""
    left_heads: Literal["book", "chapter"] = "book"
    binding: Literal["none", "perfect", "saddle", "spiral"] = "none"

    @property
    def size(self) -> str:
        """The size of pages."""
        return self.page_size or "A5"


class PressTable(Struct, frozen=True):
    """``[press]``: for a print shop. ``service`` is one whose rules are known.

    ``profile`` is the ICC profile of its press, a file in the book's folder; ``paper`` one of the
    service's, or ``leaf`` how thick a leaf is; ``bleed`` a length; ``price`` is on the back.
    """

    service: Literal["", "kdp", "ingramspark", "lulu", "bod"] = ""
    profile: str = ""
    paper: str = ""
    leaf: str = ""
    bleed: str = ""
    price: str = ""


class EpubTable(Struct, frozen=True):
    """``[epub]``: the ebook. ``image_max`` is the most pixels that an image's side may have."""

    fonts: Literal["embed", "none"] = "embed"
    notes: Literal["popup", "chapter-end", "book-end"] = "popup"
    page_list: bool = True
    image_max: int = 2560
    isbn: str = ""


class Document(Struct, frozen=True):
    """One of ``[[handout.documents]]``: words to read, who said them and when, from where."""

    quote: str
    who: str = ""
    when: str = ""
    source: str = ""


class HandoutTable(Struct, frozen=True):
    """``[handout]``: two sides for a class. ``where`` says where to get the book.

    ``story`` stands instead of the chapters' summaries; an empty line parts its paragraphs. A
    question may bring its answer, behind ``=`` on a line of its own. ``pages`` are how many it may
    have, if not two.
    """

    paper: Literal["A4", "letter"] = "A4"
    questions: tuple[str, ...] = ()
    where: str = ""
    story: str = ""
    documents: tuple[Document, ...] = ()
    pages: int = 2


class NumberingTable(Struct, frozen=True):
    """``[numbering]``: how chapters, parts and headings are numbered.

    ``auto`` is arabic, but nothing where most titles bring numbers along. ``digits`` is a
    numbering system by its CLDR name; ``auto`` is the language's.
    """

    chapters: Literal["auto", "arabic", "roman", "words", "none"] = "auto"
    parts: Literal["roman", "arabic", "none"] = "roman"
    headings: bool = False
    digits: Literal[
        "auto", "latn", "arab", "arabext", "deva", "beng", "guru", "gujr", "orya", "telu", "knda",
        "mlym", "thai", "laoo", "tibt", "mymr", "khmr",
    ] = "auto"  # fmt: skip


class TocTable(Struct, frozen=True):
    """``[toc]``: how deep the printed contents list; chapters alone (1), or their headings too.

    ``auto`` is 1, and 2 where all of the book stands in one or two chapters.
    """

    depth: Literal["auto", 1, 2, 3] = "auto"


class Silence(Struct, frozen=True):
    """One of ``ignore`` of ``[check]``: a code that is not told, in a file or in the whole book."""

    code: str
    reason: str
    file: str = ""


class CheckTable(Struct, frozen=True):
    """``[check]``: how the book is judged; with ``strict``, always as with ``--strict``.

    ``ignore`` are findings that stand with a reason, ``also`` codes that are told if asked for.
    """

    strict: bool = False
    ignore: tuple[Silence, ...] = ()
    also: tuple[str, ...] = ()


class Config(Struct, frozen=True):
    """``book.toml``, validated: what this book is and what is made of it.

    ``chapters`` are their files in their order, if that is not the order of their names; ``words``
    are what the book prints by itself, where it says something else than the house.
    """

    book: BookTable
    notes: NotesTable = NotesTable()
    pdf: PdfTable = PdfTable()
    epub: EpubTable = EpubTable()
    handout: HandoutTable = HandoutTable()
    press: PressTable = PressTable()
    check: CheckTable = CheckTable()
    numbering: NumberingTable = NumberingTable()
    toc: TocTable = TocTable()
    chapters: tuple[str, ...] = ()
    typography: TypographyTable = TypographyTable()
    fonts: FontsTable = FontsTable()
    words: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
