"""Which pages of a file are wanted: all, or those of some chapters, by its outline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from book.model import Kind
from book.press.errors import PressError

if TYPE_CHECKING:
    import pikepdf

    from book.model import Book

_NUMBERS = re.compile(r"(\d+)\s*(?:[-–]\s*(\d+))?")


class Entrance(NamedTuple):
    """A chapter in the outline: its destination's name, its title, and its page from 0."""

    name: str
    title: str
    page: int


def opened(path: Path) -> pikepdf.Pdf:
    """The file at ``path``, which may be printed and has pages; raises PressError or OSError."""
    try:
        import pikepdf
    except ImportError:
        raise PressError(
            "Pages are laid on sheets with pikepdf, and it is not installed. "
            'Install it with `pip install "chapbook[print]"`.'
        ) from None
    try:
        pdf = pikepdf.open(path)
    except pikepdf.PasswordError:
        raise PressError(
            f"{path} is encrypted, and opens with a password only. Save it without one first."
        ) from None
    except pikepdf.PdfError:
        raise PressError(f"{path} is no PDF, or is damaged.") from None
    if pdf.is_encrypted and not pdf.allow.print_lowres:
        raise PressError(f"{path} may not be printed: whoever encrypted it says so.")
    if not len(pdf.pages):
        raise PressError(f"{path} has no pages.")
    return pdf


def headings(pdf: pikepdf.Pdf) -> list[Entrance]:
    """The outline's first level, of what leads to a page; ISO 32000-1, 12.3.3."""
    import pikepdf

    numbers = {_objgen(page.obj): number for number, page in enumerate(pdf.pages)}
    names = _named(pdf)
    found: list[Entrance] = []
    with pdf.open_outline(max_depth=1) as outline:
        for item in outline.root:
            target: object = item.destination
            if target is None and item.action is not None:
                target = item.action.get("/D")
            is_name = isinstance(target, pikepdf.String | pikepdf.Name | str)
            name = str(target).removeprefix("/") if is_name else ""
            place: object = names.get(name) if is_name else target
            if isinstance(place, pikepdf.Dictionary):
                place = place.get("/D")
            if isinstance(place, pikepdf.Array) and len(place):
                page = numbers.get(_objgen(place[0]))
                if page is not None:
                    found.append(Entrance(name, item.title, page))
    return found


def _objgen(target: object) -> tuple[int, int]:
    """The number of the page object that a destination names; zeros if it names none."""
    import pikepdf

    return target.objgen if isinstance(target, pikepdf.Dictionary) else (0, 0)


def _named(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Where the names of destinations lead: the tree of PDF 1.2 and the older dictionary."""
    import pikepdf

    names = {str(key).removeprefix("/"): one for key, one in pdf.Root.get("/Dests", {}).items()}
    tree = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if tree is not None:
        names.update({str(key): one for key, one in pikepdf.NameTree(tree).items()})
    return names


def wanted(
    text: str, known: Sequence[Entrance], count: int, numbers: Mapping[str, int] | None = None
) -> list[range]:
    """The pages of the chapters that ``text`` names, such as ``1,3-5`` or ``preface``.

    ``known`` are the chapters of a file of ``count`` pages. Numbers are those of ``numbers``, by
    the name of a destination; without it, a chapter's place in the outline. A word is a
    destination's name, or the end of one. A chapter that is named again is there once, where it
    was named first. Raises PressError, which lists what there is.
    """
    order = sorted(known, key=lambda one: one.page)
    ends = [*(one.page for one in order[1:]), count][: len(order)]
    spans = {one: range(one.page, end) for one, end in zip(order, ends, strict=True)}
    if numbers is None:
        numbered = dict(enumerate(order, 1))
    else:
        numbered = {numbers[one.name]: one for one in order if one.name in numbers}
    chosen: list[Entrance] = []
    for part in filter(None, map(str.strip, text.split(","))):
        chosen += _meant(part, order, numbered)
    if not chosen:
        raise PressError("--chapters names none. Write numbers, such as 3-5 or 1,4.")
    return [spans[one] for one in dict.fromkeys(chosen)]


def counted(book: Book) -> dict[str, int]:
    """Which in the count of the chapters of ``book`` each is, by its slug.

    However its number is printed (``III``, ``Chapter Three``, in its own title, or not at all).
    """
    numbered = (one for one in book.chapters if one.kind is Kind.CHAPTER and one.numbered)
    return {one.slug: number for number, one in enumerate(numbered, 1)}


def slugs(text: str, book: Book) -> set[str]:
    """The slugs of the chapters that ``text`` names, as :func:`wanted`; raises PressError."""
    known = [Entrance(one.slug, one.title, at) for at, one in enumerate(book.chapters)]
    chosen = wanted(text, known, len(known), counted(book))
    return {book.chapters[place].slug for span in chosen for place in span}


def _meant(
    part: str, order: Sequence[Entrance], numbered: Mapping[int, Entrance]
) -> Iterable[Entrance]:
    """The entrances of one number, of a range of them, or of one name."""
    if found := _NUMBERS.fullmatch(part):
        first, last = int(found[1]), int(found[2] or found[1])
        if first > last:
            raise PressError(f"`{part}` runs backwards. Write {last}-{first}.")
        if first in numbered and last in numbered:
            return [numbered[one] for one in range(first, last + 1) if one in numbered]
    else:
        named = [one for one in order if part in {one.name, one.name[1:], one.title}]
        named = named or [one for one in order if re.search(rf"-{re.escape(part)}\Z", one.name)]
        if len(named) == 1:
            return named
    there = ", ".join(f"{number} “{one.title}”" for number, one in sorted(numbered.items()))
    hint = f"Its chapters are {there}." if there else "The outline of the file names none."
    raise PressError(f"There is no chapter `{part}`. {hint}")


def in_order(spans: Iterable[range]) -> list[int | None]:
    """The pages of ``spans`` one after another, each on the side of the leaf that it was made for.

    A page that stood on the left has its wide margin at the right; so a blank one goes before it
    where else it would come to stand on the other side.
    """
    placed: list[int | None] = []
    for span in spans:
        if span and len(placed) % 2 != span[0] % 2:
            placed.append(None)
        placed.extend(span)
    return placed
