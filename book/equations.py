r"""Formulas that have a name are numbered, by chapter: (2.3), and those that name them say it.

A formula without a name has no number, but for one that it gives itself by ``\tag``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from book.base.codes import finding
from book.base.data import replace
from book.base.equations import (
    AT,
    NUMBER,
    NUMBERED_ROW,
    SAID,
    references,
    referred,
    tags_of,
    with_tags,
)
from book.base.formulas import formula
from book.base.xml import inner, tree
from book.model import Notes, Place, Text
from book.words.digits import digits_of, in_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Chapter, Config, Finding


def with_equations(
    chapters: Sequence[Chapter], numbers: Mapping[str, str], config: Config
) -> tuple[Chapter, ...]:
    """``chapters`` whose formulas have their numbers; ``numbers`` are the chapters' by slug."""
    has = ["numbers" in one.waits for one in chapters]
    if not any(has):
        return tuple(chapters)
    digits, every = digits_of(config), dict[str, str]()
    trees: dict[str, list[etree._Element]] = {}
    own: dict[str, dict[str, str]] = {}
    for chapter in (one for one, some in zip(chapters, has, strict=True) if some):
        lead = numbers.get(chapter.slug, "").rpartition(" ")[2]
        trees[chapter.slug] = [tree(one) for one in _texts(chapter)]
        count = _Count(f"{lead}." if lead else "", digits)
        own[chapter.slug] = {
            name.removeprefix(f"{chapter.slug}."): number
            for root in trees[chapter.slug]
            for name, number in count.given(root, chapter.slug)
        }
        every = own[chapter.slug] | every
    return tuple(
        _numbered(one, trees[one.slug], every | own[one.slug]) if one.slug in trees else one
        for one in chapters
    )


def _texts(chapter: Chapter) -> list[str]:
    return [chapter.body, *(note.body for note in chapter.notes)]


class _Count:
    """Gives the numbers of one chapter."""

    def __init__(self, lead: str, digits: str) -> None:
        self._lead, self._digits, self._count = lead, digits, 0

    def _next(self) -> str:
        self._count += 1
        return in_digits(f"{self._lead}{self._count}", self._digits)

    def given(self, root: etree._Element, slug: str) -> Iterator[tuple[str, str]]:
        """Write the numbers into ``root``; yields each place's id and number."""
        last, known = "", dict[str, str]()
        rows: list[tuple[etree._Element, dict[str, str]]] = []
        for element in root.iter("span"):
            kind = element.get("class", "")
            if "data-display" in element.attrib:
                known, last = tags_of(element.get("data-tex", "")), ""
                rows.append((element, known))
            elif kind == NUMBER:
                last = (element.text or "").removeprefix("(").removesuffix(")") or self._next()
                element.text = element.text or f"({last})"
                yield element.get("id", ""), last
            elif kind == NUMBERED_ROW:
                name = element.get("id", "")
                bare = name.removeprefix(f"{slug}.")
                number = last or known.get(bare) or self._next()
                known[bare] = number
                element.set(SAID, f"({number})")
                yield name, number
        for element, given in rows:
            if given:
                element.set("data-tex", with_tags(element.get("data-tex", ""), given))


def _numbered(
    chapter: Chapter, roots: Sequence[etree._Element], numbers: Mapping[str, str]
) -> Chapter:
    found: list[Finding] = []
    for root in roots:
        for element in root.iter("span"):
            if "data-tex" in element.attrib:
                found += _said(element, chapter, numbers)
    body, *noted = (inner(root) for root in roots)
    notes = (replace(note, body=one) for note, one in zip(chapter.notes, noted, strict=True))
    return replace(
        chapter,
        text=Text.of(body),
        noted=Notes.of(notes),
        findings=(*chapter.findings, *found),
    )


def _said(
    element: etree._Element, chapter: Chapter, numbers: Mapping[str, str]
) -> Iterator[Finding]:
    """Write the numbers that a formula refers to, and say it anew; L002 for those without one."""
    tex = element.get("data-tex", "")
    at = element.attrib.pop(AT, "")
    for name in references(tex):
        if name not in numbers:
            line, _, column = at.partition(":")
            place = Place(chapter.path, int(line or 0), int(column or 0))
            message = f"There is no formula `{name}` in this book."
            hint = f"Its formula says `\\label{{{name}}}`, or `{{#{name}}}` stands behind it."
            yield finding("L002", place, message, hint)
    done = referred(tex, numbers)
    around = (one.get("lang") for one in element.iterancestors())
    language = next(filter(None, around), chapter.language)
    element.set("data-tex", done)
    element.set("data-said", formula(done, language, display="data-display" in element.attrib).said)
