"""Figures drawn from the book's data: the timeline and the cover."""

from book.figures.cover import cover_svg
from book.figures.svg import spoken
from book.figures.timeline import tells_all, timeline
from book.figures.told import sentence

__all__ = ["cover_svg", "sentence", "spoken", "tells_all", "timeline"]
