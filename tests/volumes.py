"""Small books set into print for the tests, and printed books read back for what notes they have.

Where things stand is read from the letters on the pages and from the links over them, never from
the records that the toolchain keeps of its own work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from book.build import build
from book.model import Finding
from tests.judges import pdftext

TOML = """[book]
title = "A Book"
authors = ["Ada Example"]
language = "en"
{more}"""

_TO_NOTE = re.compile(r"(?P<note>.+\.n\.(?P<label>.+?))(?P<call>\.call\d+)?")
_DEFINITION = re.compile(r"\[\^([^\]]+)\]: ?")
_WORD = re.compile(r"\w+")
#: What print adds to a manuscript's words: the page and number of what is referred to.
_ADDED = re.compile(r"(?:,? ?n\.\s\w+)?\s\(p\.\s[\divxlc]+\)")


@dataclass(frozen=True)
class Sight:
    """What stands under a link: the page, the text, and how high its middle is, in points."""

    page: int
    text: str
    height: float


@dataclass(frozen=True)
class PrintedNote:
    """A note as a reader finds it: where it is called, where it begins, and what it says."""

    id: str
    calls: tuple[Sight, ...]
    numbers: tuple[Sight, ...]
    """Where its number stands: once, at its beginning, if all is well."""
    texts: tuple[str, ...]
    """Its text, number included, wherever it is set."""


@dataclass(frozen=True)
class Printed:
    """A printed book, read back."""

    path: Path
    findings: tuple[Finding, ...] = ()

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page."""
        return pdftext.pages(self.path)

    @cached_property
    def labels(self) -> list[str]:
        """The label of each page."""
        return pdftext.labels(self.path)

    @cached_property
    def links(self) -> list[pdftext.Link]:
        """Every link."""
        return pdftext.links(self.path)

    @cached_property
    def outline(self) -> list[tuple[int, str, int | None]]:
        """The outline: level, title and page of each entry."""
        return pdftext.outline(self.path)

    @cached_property
    def structure(self) -> pdftext.Element:
        """The root of the structure tree."""
        root = pdftext.struct(self.path)
        assert root is not None
        return root

    @cached_property
    def chapters(self) -> dict[str, range]:
        """The pages of each chapter by its title, up to the next one's beginning."""
        tops = [(title, page) for level, title, page in self.outline if level == 0]
        ends = [page for _, page in tops[1:]] + [len(self.pages)]
        found = {}
        for (title, page), end in zip(tops, ends, strict=True):
            assert page is not None, f"the outline's “{title}” leads nowhere"
            assert end is not None
            found[title] = range(page, end)
        return found

    @cached_property
    def notes(self) -> dict[str, PrintedNote]:
        """Every note that is called or set, by its id."""
        calls: dict[str, list[Sight]] = {}
        numbers: dict[str, list[Sight]] = {}
        for link in self.links:
            found, text = _TO_NOTE.fullmatch(link.dest_name or ""), self.under(link)
            # A page number in a list, or a reference in words, leads to a note as well.
            if found and text and len(text) < 5:
                height = (link.rect[1] + link.rect[3]) / 2
                kind = numbers if found["call"] else calls
                kind.setdefault(found["note"], []).append(Sight(link.page, text, height))
        texts: dict[str, list[str]] = {}
        for note in self.structure.find("Note"):
            texts.setdefault(note.attributes["ID"], []).append(note.text)
        return {
            note: PrintedNote(
                note,
                tuple(calls.get(note, ())),
                tuple(numbers.get(note, ())),
                tuple(texts.get(note, ())),
            )
            for note in {**calls, **numbers, **texts}
        }

    @cached_property
    def letters(self) -> list[list[Letter]]:
        """The letters of each page, with where they stand, in the order of the page's content."""
        with closing(pypdfium2.PdfDocument(self.path)) as pdf:
            return [list(_letters(page)) for page in pdf]

    def under(self, link: pdftext.Link) -> str:
        """The text that a link's rectangle holds."""
        left, bottom, right, top = link.rect
        inside = (
            one.text
            for one in self.letters[link.page]
            if left - 0.5 <= one.left < right - 0.5 and bottom - 2 < one.bottom < top
        )
        return "".join(inside).strip()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on a page, and the left and lower end of its line, in points."""

    text: str
    left: float
    bottom: float


def _letters(page: Any) -> Iterator[Letter]:
    with closing(page), closing(page.get_textpage()) as text:
        x, y = pdfium.c_double(), pdfium.c_double()
        for index in range(text.count_chars()):
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            yield Letter(chr(pdfium.FPDFText_GetUnicode(text, index)), x.value, y.value)


def said(text: str) -> list[str]:
    """The words of a text from the manuscript or from print, to be compared with each other.

    Small capitals don't tell in print what was capital, and references have their pages there.
    """
    joined = " ".join(pdftext.words(text))
    return _WORD.findall(_ADDED.sub(" ", f" {joined} ").casefold())


def note_bodies(markdown: str) -> dict[str, str]:
    """The text of every note that a chapter's Markdown defines, by its label."""
    found: dict[str, list[str]] = {}
    own: list[str] | None = None
    blank = False
    for line in markdown.split("\n"):
        if definition := _DEFINITION.match(line):
            own = found.setdefault(definition[1], [])
            own.append(line[definition.end() :])
        elif own is not None and blank and line.strip() and not line.startswith("    "):
            own = None
        elif own is not None:
            own.append(line)
        blank = not line.strip()
    return {label: plain("\n".join(lines)) for label, lines in found.items()}


def plain(markdown: str) -> str:
    """Markdown without the signs of links and calls."""
    markdown = re.sub(r"\[\^[^\]]+\]", "", markdown)
    return re.sub(r"\[([^\]]*)\]\((?:[^)\"]|\"[^\"]*\")*\)", r"\1", markdown)


def set_book(
    root: Path, chapters: Mapping[str, str], *, out: Path | None = None, more: str = ""
) -> Printed:
    """The printed book of ``chapters`` (file name without ``.md`` to Markdown).

    ``more`` is added to ``book.toml``. Books with the same ``out`` share what is kept there.
    """
    (root / "chapters").mkdir(parents=True, exist_ok=True)
    (root / "book.toml").write_text(TOML.format(more=more), "utf-8")
    for name, markdown in chapters.items():
        (root / "chapters" / f"{name}.md").write_text(markdown, "utf-8")
    result = build(root, ["pdf"], out)
    assert result.written, [f"{one.place}: {one.message}" for one in result.findings]
    return Printed(result.written[0].path, result.findings)


def one_chapter(root: Path, markdown: str, *, out: Path | None = None, more: str = "") -> Path:
    """The PDF of a book with one chapter."""
    return set_book(root, {"01-only": markdown}, out=out, more=more).path
