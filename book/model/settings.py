"""``book.toml`` as data: one class a table, validated by :mod:`book.read.settings`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping  # when run, too: pydantic resolves annotations
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from book.model.names import display_name


def _kebab(name: str) -> str:
    return name.replace("_", "-")


# Pydantic reads this plain dict from a dataclass; so the border is strict and this file stays
# free of pydantic.
_STRICT: dict[str, Any] = {"extra": "forbid", "strict": True, "alias_generator": _kebab}


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of ``[people]``: the name as ``Family, Given`` (or one name), and who it is.

    The text is searched for the name unless ``auto`` is false, and for what the person is
    ``also`` called; ``other`` are phrases that hold the name and mean somebody or something else.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: str
    about: str = ""
    also: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    auto: bool = True

    @property
    def display_name(self) -> str:
        """The name in reading order."""
        return display_name(self.name)


@dataclass(frozen=True, slots=True)
class Contributor:
    """One entry of ``[[book.contributors]]``: a person (as ``Family, Given``) and the part taken.

    ``role`` is a MARC relator code: ``trl`` a translator, ``ant`` whose work this one rests on.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class BookTable:
    """``[book]``: what the book is. ``series_number`` counts from 1; 0 is unsaid.

    ``place`` and ``address`` are the publisher's. Without ``authors`` there is an editor among
    the ``contributors``. ``theme`` is a theme's name, or its folder's below ``themes/``;
    ``cover`` is the path of a picture from the book's folder, and one is drawn without it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
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
    words: tuple[tuple[str, str], ...] = field(default=(), metadata={"from": "words"})

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


@dataclass(frozen=True, slots=True)
class TypographyTable:
    """``[typography]``: ``whole`` are words and phrases that no line's end may divide.

    ``captions`` says what the caption of a picture without another one is: its title, or the words
    that describe it (``alt``), as in Pandoc.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    whole: tuple[str, ...] = ()
    captions: Literal["title", "alt"] = "title"


@dataclass(frozen=True, slots=True)
class FontsTable:
    """``[fonts]``: the families of text, heads and code, and those for letters that they lack.

    With ``system``, they may be the machine's.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    serif: str = ""
    sans: str = ""
    mono: str = ""
    fallback: tuple[str, ...] = ()
    system: bool = False


@dataclass(frozen=True, slots=True)
class NotesTable:
    """``[notes]``: how notes are numbered, from 1 in each chapter or through the book."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    numbering: Literal["chapter", "book"] = "chapter"


@dataclass(frozen=True, slots=True)
class PdfTable:
    """``[pdf]``: the printed book. ``page_size`` is any CSS ``size``; ``isbn`` is print's own.

    Without a page size it is the theme's, and else A5: ``size`` says which. ``binding`` asks for a
    gutter, which the binding of so many pages swallows.

    ``left_heads`` is what stands at the head of left pages: the book (its part, if it has
    parts), or the chapter as on right pages.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    page_size: str = ""
    isbn: str = ""
    left_heads: Literal["book", "chapter"] = "book"
    binding: Literal["none", "perfect", "saddle", "spiral"] = "none"

    @property
    def size(self) -> str:
        """The size of pages."""
        return self.page_size or "A5"


@dataclass(frozen=True, slots=True)
class PressTable:
    """``[press]``: for a print shop. ``service`` is one whose rules are known.

    ``profile`` is the ICC profile of its press, a file in the book's folder; ``paper`` one of the
    service's, or ``leaf`` how thick a leaf is; ``bleed`` a length; ``price`` is on the back.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    service: Literal["", "kdp", "ingramspark", "lulu", "bod"] = ""
    profile: str = ""
    paper: str = ""
    leaf: str = ""
    bleed: str = ""
    price: str = ""


@dataclass(frozen=True, slots=True)
class EpubTable:
    """``[epub]``: the ebook. ``image_max`` is the most pixels that an image's side may have."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    fonts: Literal["embed", "none"] = "embed"
    notes: Literal["popup", "chapter-end", "book-end"] = "popup"
    page_list: bool = True
    image_max: int = 2560
    isbn: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One of ``[[handout.documents]]``: words to read, who said them and when, from where."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    quote: str
    who: str = ""
    when: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class HandoutTable:
    """``[handout]``: two sides for a class. ``where`` says where to get the book.

    ``story`` stands instead of the chapters' summaries; an empty line parts its paragraphs. A
    question may bring its answer, behind ``=`` on a line of its own. ``pages`` are how many it may
    have, if not two.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    paper: Literal["A4", "letter"] = "A4"
    questions: tuple[str, ...] = ()
    where: str = ""
    story: str = ""
    documents: tuple[Document, ...] = ()
    pages: int = 2


@dataclass(frozen=True, slots=True)
class NumberingTable:
    """``[numbering]``: how chapters, parts and headings are numbered.

    ``auto`` is arabic, but nothing where most titles bring numbers along. ``digits`` is a
    numbering system by its CLDR name; ``auto`` is the language's.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    chapters: Literal["auto", "arabic", "roman", "words", "none"] = "auto"
    parts: Literal["roman", "arabic", "none"] = "roman"
    headings: bool = False
    digits: Literal[
        "auto", "latn", "arab", "arabext", "deva", "beng", "guru", "gujr", "orya", "telu", "knda",
        "mlym", "thai", "laoo", "tibt", "mymr", "khmr",
    ] = "auto"  # fmt: skip


@dataclass(frozen=True, slots=True)
class TocTable:
    """``[toc]``: how deep the printed contents list; chapters alone (1), or their headings too.

    ``auto`` is 1, and 2 where all of the book stands in one or two chapters.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    depth: Literal["auto", 1, 2, 3] = "auto"


@dataclass(frozen=True, slots=True)
class Silence:
    """One of ``ignore`` of ``[check]``: a code that is not told, in a file or in the whole book."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    code: str
    reason: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class CheckTable:
    """``[check]``: how the book is judged; with ``strict``, always as with ``--strict``.

    ``ignore`` are findings that stand with a reason, ``also`` codes that are told if asked for.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    strict: bool = False
    ignore: tuple[Silence, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """``book.toml``, validated: what this book is and what is made of it.

    ``chapters`` are their files in their order, if that is not the order of their names; ``words``
    are what the book prints by itself, where it says something else than the house.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
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
