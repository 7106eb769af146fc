"""Contents that go on overleaf by a few lines are set closer, to end where they should."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.render.pdf.engine.survey import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from book.render.pdf.engine.runs import Run

_SECTION = re.compile(r'(<section\b[^>]*class="contents)(?=[\s"])')
#: What style sheets know the section by that is set closer, one after the other.
_CLOSER = ("cb-close", "cb-close cb-higher", "cb-close cb-higher cb-solid")
#: Of a page, what the last one may hold at most if it is to be spared.
_SPARED = 0.6


def on_fewer_pages(
    runs: Sequence[Run], html: str, set_again: Callable[[str], list[Run]]
) -> list[Run]:
    """The ``runs`` of a piece, or those with its contents set closer if that spares a page."""
    found = joined([run.survey for run in runs])
    pages = [page for page, name in enumerate(found.names) if name == "contents"]
    begins = [*found.starts, found.total]
    held = [begins[page + 1] - begins[page] for page in pages]
    if len(held) > 1 and held[-1] < _SPARED * held[0] and _SECTION.search(html):
        for classes in _CLOSER:
            closer = set_again(_SECTION.sub(rf"\1 {classes}", html, count=1))
            if sum(run.survey.pages for run in closer) < found.pages:
                return closer
    return list(runs)
