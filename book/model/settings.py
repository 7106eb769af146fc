"""``book.toml`` as data: one class a table, validated by :mod:`book.read.settings`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping  # when run, too: pydantic resolves annotations
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal


def _kebab(name: str) -> str:
    return name.replace("_", "-")


# Pydantic reads this plain dict from a dataclass; so the border is strict and this file stays
# free of pydantic.
_STRICT: dict[str, Any] = {"extra": "forbid", "strict": True, "alias_generator": _kebab}


def shown(name: str) -> str:
    """A name in reading order: ``Sato, Naotake`` reads ``Naotake Sato``; others stay."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else name


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of ``[people]``: the name as ``Family, Given`` (or one name), and who it is."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: str
    about: str = ""

    @property
    def shown(self) -> str:
        """The name in reading order."""
        return shown(self.name)


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
    """``[book]``: what the book is. ``series_number`` counts from 1; 0 is unsaid."""

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


@dataclass(frozen=True, slots=True)
class NotesTable:
    """``[notes]``: how notes are numbered, from 1 in each chapter or through the book."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    numbering: Literal["chapter", "book"] = "chapter"


@dataclass(frozen=True, slots=True)
class PdfTable:
    """``[pdf]``: the printed book. ``page_size`` is any CSS ``size``; ``isbn`` is print's own."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    page_size: str = "A5"
    isbn: str = ""


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
class HandoutTable:
    """``[handout]``: two sides for a class. ``where`` says where to get the book."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    paper: Literal["A4", "letter"] = "A4"
    questions: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class CheckTable:
    """``[check]``: how the book is judged; with ``strict``, always as with ``--strict``."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """``book.toml``, validated: what this book is and what is made of it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    book: BookTable
    notes: NotesTable = NotesTable()
    pdf: PdfTable = PdfTable()
    epub: EpubTable = EpubTable()
    handout: HandoutTable = HandoutTable()
    check: CheckTable = CheckTable()
    people: Mapping[str, Person] = field(default_factory=dict)
