"""Places in a chapter that takes files in, as places in those files."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, TypeVar

from book.base.data import replace
from book.model import (
    Anchor,
    Event,
    Finding,
    Heading,
    Image,
    Mention,
    Note,
    Notes,
    Place,
    Reference,
    Unknown,
)

if TYPE_CHECKING:
    from book.model import Chapter, Source

_Kind = TypeVar("_Kind", Anchor, Event, Finding, Heading, Image, Mention, Note, Reference, Unknown)


def traced(chapter: Chapter, source: Source) -> Chapter:
    """``chapter`` with each place where it was written, not where it came to stand."""
    origins = source.origins
    if not origins:
        return chapter
    begins = [one.line for one in origins]

    def placed(place: Place) -> Place:
        if place.path != source.path or not place.line:
            return place
        one = origins[bisect_right(begins, place.line) - 1]
        column = max(place.column - one.shift, 1) if place.column else 0
        return Place(one.path, one.number + place.line - one.line, column)

    def each(things: tuple[_Kind, ...]) -> tuple[_Kind, ...]:
        return tuple(replace(one, place=placed(one.place)) for one in things)

    return replace(
        chapter,
        noted=Notes.of(each(chapter.notes)),
        events=each(chapter.events),
        mentions=each(chapter.mentions),
        references=each(chapter.references),
        headings=each(chapter.headings),
        anchors=each(chapter.anchors),
        images=each(chapter.images),
        unknown=each(chapter.unknown),
        findings=tuple(sorted(each(chapter.findings), key=lambda one: one.place)),
    )
