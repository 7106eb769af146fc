"""What a binding takes of a page: a gutter that grows with the book, and the book with it.

How many pages there are depends on the gutter, and the gutter on how many pages there are; so a
book is set until both agree, a few times at most.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from book.base.data import replace
from book.render.pdf.volume import Volume, set_volume

if TYPE_CHECKING:
    from collections.abc import Callable

    from book.base.progress import Progress
    from book.cache.store import Store
    from book.model import Book
    from book.theme.theme import Theme

_ROUNDS = 4
#: So many letters make about a page; only where the first round begins hangs on it.
_LETTERS = 1800


def gutter(binding: str, pages: int) -> float:
    """What a ``binding`` of so many ``pages`` swallows of each, in millimetres.

    Perfect: the glue, and the curve of a leaf that is held there, a millimetre for each hundred
    pages, eight at most. Saddle stitch: the sheets lie flat, but for a thick booklet's. Spiral: the
    holes take eight millimetres at the edge, and a thicker book has thicker wire.
    """
    if binding == "perfect":
        return min(8.0, float(ceil(pages / 100)))
    if binding == "saddle":
        return float(pages > 40) + float(pages > 80)
    return min(12.0, 8.0 + ceil(pages / 200)) if binding == "spiral" else 0.0


def set_bound(
    book: Book,
    theme: Theme,
    store: Store,
    progress: Progress,
    least: Callable[[int], float] = lambda _: 0.0,
    outer: float = 0.0,
) -> Volume:
    """The whole book, set with the gutter that its binding asks for.

    ``least`` is the least inner margin of a book of so many pages, and ``outer`` the least of the
    others, heads and folios included, in millimetres. Raises as
    :func:`~book.render.pdf.volume.set_volume` does.
    """
    kind = book.config.pdf.binding

    def asked(pages: int) -> tuple[float, float]:
        return gutter(kind, pages), least(pages)

    wide = asked(sum(len(one.body) for one in book.chapters) // _LETTERS + 8)
    for number in range(_ROUNDS):
        volume = set_volume(book, _with(theme, *wide, outer), store, progress)
        needed = asked(len(volume.pages.labels))
        if needed == wide or (number and needed < wide):
            break
        # After the first round it only grows, so that it comes to an end.
        wide = (max(needed[0], wide[0]), max(needed[1], wide[1])) if number else needed
    return volume


def _with(theme: Theme, swallowed: float, least: float, outer: float) -> Theme:
    if not (swallowed or least or outer):
        return theme
    css = (
        f":root {{ --gutter: {swallowed:g}mm; --least-inner: {least:g}mm;"
        f" --least-outer: {outer:g}mm; --least-foot: calc({outer:g}mm + 2 * var(--line)) }}"
    )
    return replace(theme, naming=f"{theme.naming}\n{css}")
