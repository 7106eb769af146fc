"""What services that print single copies ask for: a table for each, with its sources.

All lengths are in millimetres. A figure that no source was found for is not here; the service's own
calculator then says it, and `leaf` in ``[press]`` takes it. Read in November 2026.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from book.press.errors import PressError

if TYPE_CHECKING:
    from collections.abc import Mapping

_INCH = 25.4
_HAIR = 0.1


@dataclass(frozen=True, slots=True)
class Service:
    """A service's rules.

    ``smallest`` and ``largest`` bound its pages' width and height, if a source says so; of
    ``pages``, the most is 0 if none does. ``inner`` are the least inner
    margins up to so many pages; ``outer`` is the least of the others. ``papers`` tell how thick a
    page is, half a leaf. ``lettered`` is the least number of pages for words on the spine.
    ``even`` says that a book ends on a left page, ``blank`` that this is empty. ``refuses`` says in
    words what it takes no file with.
    """

    name: str
    pages: tuple[int, int]
    bleed: float
    inner: tuple[tuple[int, float], ...]
    outer: float
    smallest: tuple[float, float] = (0.0, 0.0)
    largest: tuple[float, float] = (9999.0, 9999.0)
    papers: Mapping[str, float] = field(default_factory=dict)
    lettered: int = 0
    blank: bool = False
    refuses: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def least_inner(self, pages: int) -> float:
        """The least inner margin of a book of so many ``pages``."""
        return next((width for up_to, width in self.inner if pages <= up_to), self.inner[-1][1])


SERVICES: Mapping[str, Service] = {
    "kdp": Service(
        name="Amazon KDP",
        smallest=(4 * _INCH, 6 * _INCH),
        largest=(8.5 * _INCH, 11.69 * _INCH),
        pages=(24, 828),
        bleed=0.125 * _INCH,
        inner=(
            (150, 0.375 * _INCH),
            (300, 0.5 * _INCH),
            (500, 0.625 * _INCH),
            (700, 0.75 * _INCH),
            (828, 0.875 * _INCH),
        ),
        outer=0.25 * _INCH,
        papers={
            "white": 0.002252 * _INCH,
            "cream": 0.0025 * _INCH,
            "standard-color": 0.002252 * _INCH,
            "premium-color": 0.002347 * _INCH,
        },
        lettered=79,
        refuses=("words on the spine of less than 79 pages", "pages smaller than 4 by 6 inches"),
        sources=(
            "https://www.lessoncraftstudio.com/en/tools/kdp-size-calculator",
            "https://kdpbuilder.com/guides/kdp-bleed-and-margins",
            "https://30daypivot.com/kdp_spoke_creation",
        ),
    ),
    "ingramspark": Service(
        name="IngramSpark",
        pages=(18, 1200),
        bleed=0.125 * _INCH,
        inner=((1200, 0.5 * _INCH),),
        outer=0.5 * _INCH,
        blank=True,
        refuses=(
            "crop marks",
            "fonts that are not embedded",
            "RGB colours",
            "a cover within the file of the pages",
        ),
        sources=(
            "https://www.ingramspark.com/blog/file-requirements-for-print-books",
            "https://help.ingramspark.com/hc/en-us/articles/5338619119245",
            "https://docs.rs/kernsetzer-model/0.1.3/setzer_model/presets/",
        ),
    ),
    "lulu": Service(
        name="Lulu",
        pages=(32, 0),
        bleed=0.125 * _INCH,
        inner=((60, 0.5 * _INCH), (9999, 0.7 * _INCH)),
        outer=0.5 * _INCH,
        refuses=("crop marks", "spreads of two pages", "passwords"),
        sources=(
            "https://help.lulu.com/en/support/solutions/articles/64000255583",
            "https://www.scribd.com/document/513281500/lulu-spine-width-calculator",
        ),
    ),
    "bod": Service(
        name="BoD",
        pages=(24, 1200),
        bleed=5.0,
        inner=((1200, 0.0),),
        outer=0.0,
        refuses=(
            "crop marks",
            "pages of different sizes",
            "lines thinner than 0.25 points",
            "transparency",
            "a bar code less than 25 mm wide",
        ),
        sources=("https://www.bod.de/verlage/coverberechnung",),
    ),
}


def refused(service: Service, size: tuple[float, float], pages: int) -> list[str]:
    """Why ``service`` prints no book of so many ``pages`` of this ``size``; empty if it does."""
    found = []
    least, most = service.pages
    if pages < least or (most and pages > most):
        bounds = f"{least} to {most}" if most else f"{least} or more"
        found.append(f"{service.name} binds {bounds} pages, and the book has {pages}")
    bounded = zip(service.smallest, size, service.largest, strict=True)
    if not all(low - _HAIR <= one <= high + _HAIR for low, one, high in bounded):
        low, high = (
            "{:.4g} by {:.4g} in".format(*(side / _INCH for side in one))
            for one in (service.smallest, service.largest)
        )
        found.append(f"{service.name} prints pages of {low} to {high}")
    return found


def page_thickness(service: Service | None, paper: str) -> float | None:
    """How thick a page of the ``paper`` of a ``service`` is; None if no source says it.

    Raises PressError for a paper that it has not.
    """
    papers = service.papers if service else {}
    if paper and paper not in papers:
        name = service.name if service else "no service"
        known = f"known are {', '.join(papers)}" if papers else "say `leaf` instead"
        raise PressError(f"Of {name}, no paper `{paper}` is known: {known}.")
    return papers.get(paper) if paper else next(iter(papers.values()), None)
