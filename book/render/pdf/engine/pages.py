"""A page that was laid out, and what may be asked of it when it is laid out again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from weasyprint.formatting_structure import boxes

from book.render.pdf.engine.lines import is_hyphenated
from book.render.pdf.engine.plans import LinePlan, Paragraph, Refit
from book.render.pdf.engine.textend import end_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.render.pdf.engine.runs import PageStart

#: Less than this of a line is no line, where what is left on a page is counted.
_HAIR = 0.05


def is_ended(page_maker: Sequence[Any], number: int) -> bool:
    """Whether something asks that the page ``number`` ends, from 0, which was laid out.

    That is ``break-before``, ``break-after`` or ``page`` of CSS. ``page_maker`` is WeasyPrint's
    knowledge of how each page begins.
    """
    own, following = (entry[1] for entry in page_maker[number : number + 2])
    return bool(following["break"] != "any" or following["page"] != own["page"])


class Asked(NamedTuple):
    """A paragraph that a page is to set in another way."""

    paragraph: Paragraph
    refit: Refit


class PageSetting(Struct, frozen=True):
    """What is asked of a page: so many lines more than others have, and paragraphs set anew.

    Above the blocks of these elements stands a line of white more.
    """

    deeper: int = 0
    refits: tuple[Asked, ...] = ()
    whites: tuple[Any, ...] = ()


class PageParagraph(NamedTuple):
    """The lines of a paragraph on a page.

    They begin at ``path`` with the line ``number`` of ``plan``, and are ``lines``.
    """

    paragraph: Paragraph
    plan: LinePlan
    number: int
    path: tuple[int, ...]
    lines: int

    @property
    def left(self) -> int:
        """How many lines the paragraph has from there on."""
        return len(self.plan.ends) - self.number

    def set_in(self, lines: int, whole: int = 0) -> Asked:
        """Ask for so many lines from there on."""
        return Asked(self.paragraph, Refit(self.path, lines, whole))


class LaidPage(Struct, frozen=True):
    """A page that was laid out: what was asked of it, and what the next begins with.

    ``after`` is None at the end of the piece (``is_last``), or where no page can begin again.
    ``gap`` is how many lines are left white at its foot; it has none of its own (``has_foot``)
    where the author ends the page. ``parts`` are its paragraphs; if it ends within a word, it is
    ``broken``. ``set_off`` are the elements that have white above them, within the page.
    """

    page: Any
    setting: PageSetting
    after: PageStart | None
    is_last: bool
    has_foot: bool
    gap: int
    parts: tuple[PageParagraph, ...]
    broken: bool
    set_off: tuple[Any, ...]

    @property
    def can_go_on(self) -> bool:
        """Whether the next page can be laid out again and again, or none comes."""
        return self.is_last or self.after is not None


class PageRead(NamedTuple):
    """What is read off a page that was laid just now: see :class:`LaidPage`."""

    gap: int
    parts: tuple[PageParagraph, ...]
    broken: bool
    set_off: tuple[Any, ...]


def read(context: Any, page: Any, line: float) -> PageRead:
    """Read a page that ``context`` has laid just now, with lines of that height."""
    text, notes, *_ = page.children
    white = (context.page_bottom - end_of(text, context.page_bottom)) / line if line else 0.0
    gap = 0 if notes.children else max(0, int(white + _HAIR))
    every = list(_in_flow(text))
    found = [box for box in every if isinstance(box, boxes.LineBox)]
    counts = Counter(one.element for one in found)
    parts = (
        PageParagraph(met.paragraph, met.plan, met.number, met.path, counts[met.plan.line.element])
        for met in context.met.values()
        if counts[met.plan.line.element]
    )
    here = {box.element for box in every}
    set_off = tuple(element for element in context.set_off if element in here)
    return PageRead(gap, tuple(parts), bool(found) and is_hyphenated(found[-1]), set_off)


def _in_flow(box: Any) -> Iterator[Any]:
    """The blocks and lines in ``box``, from the top."""
    for child in box.children:
        if isinstance(child, boxes.LineBox):
            yield child
        elif isinstance(child, boxes.ParentBox) and child.is_in_normal_flow():
            yield child
            yield from _in_flow(child)
