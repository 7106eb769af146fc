"""Contents that go on overleaf by a few lines are set closer."""

from __future__ import annotations

import re

import pytest

from book.base.data import replace
from book.render.pdf.engine.contents import on_fewer_pages
from book.render.pdf.engine.runs import Run
from book.render.pdf.engine.survey import Survey

_HTML = '<section class="contents" id="contents"></section>'


def _run(*letters: int) -> Run:
    """A title page, and pages of contents that hold so many letters."""
    starts = (0, *(10 + sum(letters[:page]) for page in range(len(letters))))
    names = ("plain", *("contents" for _ in letters))
    return Run(Survey(len(names), names, {}, {}, starts, 10 + sum(letters)), b"", 0, None)


@pytest.mark.parametrize(
    ("letters", "fits", "tried", "left"),
    [
        ((500, 90), 1, 1, 1),  # set closer once, they have room
        ((500, 90), 3, 3, 1),
        ((500, 90), 9, 3, 2),  # in vain: they stay as they are
        ((500, 400), 1, 0, 2),  # so much can't be spared
        ((500,), 1, 0, 1),
        ((500, 500, 90), 2, 2, 2),
    ],
)
def test_they_are_set_closer_if_that_spares_a_page(
    letters: tuple[int, ...], fits: int, tried: int, left: int
) -> None:
    """One thing after the other is tried, and none that is not needed."""
    asked: list[str] = []

    def set_again(html: str) -> list[Run]:
        asked.append(re.findall('class="contents([^"]*)"', html)[0])
        held = letters[:-1] if len(asked) == fits else letters
        return [replace(_run(*held), end=len(asked))]

    (made,) = on_fewer_pages([_run(*letters)], _HTML, set_again)
    assert (len(asked), made.survey.pages) == (tried, left + 1)
    assert made.end == (fits if left < len(letters) else 0)
    assert asked == [" cb-close", " cb-close cb-higher", " cb-close cb-higher cb-solid"][:tried]
