"""What the package says of its accessibility, as EPUB Accessibility 1.1 (section 2) asks.

The words are Schema.org's (Accessibility Properties for Discoverability Vocabulary). Nothing is
claimed that the book has not: conformance is left unsaid while an image has no alternative text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from book import __version__
from book.render.epub.metadata import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from book.model import Book
    from book.render.epub.images import EpubPicture
    from book.render.epub.parts import Part

_CONFORMS = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
_ENGLISH = {"{http://www.w3.org/XML/1998/namespace}lang": "en"}


class Facts(Struct, frozen=True):
    """What there is in the book for those who can't see it, or only in part."""

    pictures: bool
    described: bool
    moves: bool
    notes: bool
    formulas: bool
    chronology: bool
    pages: bool


def facts(
    book: Book, pictures: Mapping[str, EpubPicture], parts: Iterable[Part], *, paged: bool
) -> Facts:
    """The facts of ``book``, whose files are ``parts``; the cover counts for no picture."""
    images = [image for chapter in book.chapters for image in chapter.images]
    held = {name for part in parts for name in part.properties}
    return Facts(
        pictures=bool(images) or "svg" in held,
        described=all(image.alt is not None for image in images),
        moves=any(picture.moves for picture in pictures.values()),
        notes=bool(book.note_numbers),
        formulas="mathml" in held,
        chronology=bool(book.chronology),
        pages=paged,
    )


def statements(found: Facts) -> Iterator[Statement]:
    """The ``schema:`` properties, the conformance, and who found it."""
    yield _meta("schema:accessMode", "textual")
    if found.pictures:
        yield _meta("schema:accessMode", "visual")
        yield _meta("schema:accessModeSufficient", "textual,visual")
    if found.described:
        yield _meta("schema:accessModeSufficient", "textual")
    for feature in _features(found):
        yield _meta("schema:accessibilityFeature", feature)
    for hazard in _hazards(found):
        yield _meta("schema:accessibilityHazard", hazard)
    summary = {"property": "schema:accessibilitySummary", **_ENGLISH}
    yield Statement(_summary(found), "", summary)
    if found.described:
        yield Statement(_CONFORMS, "", {"property": "dcterms:conformsTo", "id": "conformance"})
        certifier = {"property": "a11y:certifiedBy", "refines": "#conformance"}
        yield Statement(f"Chapbook {__version__}", "", certifier)


def _meta(name: str, value: str) -> Statement:
    return Statement(value, "", {"property": name})


def _features(found: Facts) -> Iterator[str]:
    yield from ("structuralNavigation", "tableOfContents", "readingOrder")
    yield from ("displayTransformability", "ARIA", "unlocked")
    if found.described:
        yield "alternativeText"
    if found.formulas:
        yield from ("MathML", "describedMath")
    if found.pages:
        yield from ("pageBreakMarkers", "pageNavigation")


def _hazards(found: Facts) -> tuple[str, ...]:
    if not found.moves:
        return ("none",)
    return ("unknownFlashingHazard", "noSoundHazard", "unknownMotionSimulationHazard")


def _summary(found: Facts) -> str:
    sentences = [
        "All text can be read aloud, enlarged and reflowed.",
        "Size, margins and colours are those that the reader sets.",
        "The contents lead to every chapter and section.",
    ]
    if found.notes:
        sentences.append("Notes are linked with the places that call them, both ways.")
    if found.chronology:
        sentences.append("Dates in the text are linked with a chronology.")
    if found.pages:
        sentences.append("The pages of the printed book are marked and listed.")
    if found.pictures and found.described:
        sentences.append("Every image has a text alternative, or is marked as decoration.")
    elif found.pictures:
        sentences.append("Some images have no text alternative.")
    if found.moves:
        sentences.append("Some images move; whether they flash was not examined.")
    return " ".join(sentences)
