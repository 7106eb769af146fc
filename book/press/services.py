"""What services that print single copies ask for: a table for each, with its sources.

All lengths are in millimetres. A figure that no source was found for is not here; the service's own
calculator then says it, and `leaf` in ``[press]`` takes it. Read in November 2026, in copies of the
pages named; which figures are in a service's own words there, and which in others', is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from book.press.errors import PressError

if TYPE_CHECKING:
    from collections.abc import Mapping

_INCH = 25.4
_HAIR = 0.1


class Evidence(NamedTuple):
    """Where figures were read: an address, which figures, and if they are the service's ``own``."""

    address: str
    figures: str
    own: bool


class Service(Struct, frozen=True):
    """A service's rules.

    ``smallest`` and ``largest`` bound its pages' width and height, if a source says so; of
    ``pages``, the most is 0 if none does. ``inner`` are the least inner margins up to so many
    pages; ``outer`` is the least of the others, 0 if no source says one. Bleed is ``outside``
    only, not at the spine, or on all four sides. ``papers`` tell how thick a page is, half a leaf;
    ``glue`` is what the binding adds to the spine. ``lettered`` is the least number of pages for
    words on the spine. A book without a bar code is ``coded`` by the service. ``blank`` says that
    the last page has to be empty, ``flat`` that nothing may be transparent.
    """

    name: str
    pages: tuple[int, int]
    bleed: float
    inner: tuple[tuple[int, float], ...]
    outer: float
    smallest: tuple[float, float] = (0.0, 0.0)
    largest: tuple[float, float] = (9999.0, 9999.0)
    papers: Mapping[str, float] = field(default_factory=dict)
    glue: float = 0.0
    lettered: int = 0
    outside: bool = False
    coded: bool = False
    blank: bool = False
    flat: bool = False
    sources: tuple[Evidence, ...] = ()

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
        outside=True,
        coded=True,
        flat=True,
        sources=(
            Evidence(
                "https://kdp.amazon.com/en_US/help/topic/G201857950",
                "crop marks, transparency, outlines, annotations",
                own=True,
            ),
            Evidence(
                "https://30daypivot.com/kdp_spoke_creation",
                "sizes, count of pages",
                own=False,
            ),
            Evidence(
                "https://kdpbuilder.com/guides/kdp-bleed-and-margins",
                "inner and outer margins, bleed outside only",
                own=False,
            ),
            Evidence(
                "https://kidillus.com/kdp-cover-size-guide",
                "the thickness of the four papers",
                own=False,
            ),
            Evidence("https://www.kdpeasy.com/faq/covers", "words on the spine", own=False),
        ),
    ),
    "ingramspark": Service(
        name="IngramSpark",
        pages=(18, 1200),
        bleed=0.125 * _INCH,
        inner=((1200, 0.5 * _INCH),),
        outer=0.5 * _INCH,
        outside=True,
        blank=True,
        sources=(
            Evidence(
                "https://www.ingramspark.com/blog/file-requirements-for-print-books",
                "margins on all sides, crop marks, fonts, the cover apart, the blank last page",
                own=True,
            ),
            Evidence(
                "https://help.ingramspark.com/hc/en-us/articles/5338619119245",
                "no RGB colours",
                own=True,
            ),
            Evidence(
                "https://docs.rs/kernsetzer-model/0.1.3/setzer_model/presets/",
                "bleed outside only, the most pages",
                own=False,
            ),
            Evidence("https://selfpublish.org/html/ingramSparkFAQ", "the fewest pages", own=False),
        ),
    ),
    "lulu": Service(
        name="Lulu",
        pages=(32, 800),
        bleed=0.125 * _INCH,
        inner=((60, 0.5 * _INCH), (9999, 0.7 * _INCH)),
        outer=0.5 * _INCH,
        papers={"book": _INCH / 444, "magazine": _INCH / 460},
        glue=0.06 * _INCH,
        lettered=81,
        flat=True,
        sources=(
            Evidence(
                "https://help.lulu.com/en/support/solutions/articles/64000255583",
                "margins, gutter, spreads",
                own=True,
            ),
            Evidence(
                "https://help.lulu.com/en/support/solutions/articles/64000255584",
                "bleed on all sides, margins, crop marks",
                own=True,
            ),
            Evidence(
                "https://help.api.lulu.com/en/support/solutions/articles/64000254616",
                "the spine of a paperback: pages / 444 + 0.06 inches, or / 460",
                own=True,
            ),
            Evidence(
                "https://www.scribd.com/document/513281500/lulu-spine-width-calculator",
                "the fewest pages (a copy of Lulu's own guide)",
                own=True,
            ),
            Evidence(
                "https://assets.lulu.com/media/guides/en/lulu-book-creation-guide.pdf",
                "the most pages, words on the spine, transparency, passwords (as others cite it)",
                own=False,
            ),
        ),
    ),
    "bod": Service(
        name="BoD",
        pages=(24, 1200),
        bleed=5.0,
        inner=((1200, 0.0),),
        outer=0.0,
        flat=True,
        sources=(
            Evidence(
                "https://www.bod.de/verlage/coverberechnung",
                "count of pages (that of 80 g/m²), bleed, lines, transparency, bar code",
                own=True,
            ),
        ),
    ),
}


def refused(service: Service, pages: int) -> list[str]:
    """Why ``service`` binds no book of so many ``pages``; empty if it does."""
    least, most = service.pages
    if least <= pages and (not most or pages <= most):
        return []
    bounds = f"{least} to {most:,}" if most else f"{least} or more"
    return [f"{service.name} binds {bounds} pages, and the book has {pages:,}"]


def unknown_size(service: Service, size: tuple[float, float]) -> list[str]:
    """Why ``service`` prints no pages of this ``size``; empty if it does, or if no source says."""
    bounded = zip(service.smallest, size, service.largest, strict=True)
    if all(low - _HAIR <= one <= high + _HAIR for low, one, high in bounded):
        return []
    low, high = (
        "{:.4g} by {:.4g} in".format(*(side / _INCH for side in one))
        for one in (service.smallest, service.largest)
    )
    return [f"{service.name} prints pages of {low} to {high}"]


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
