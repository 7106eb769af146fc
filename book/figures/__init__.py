"""Figures drawn from the book's data: the timeline and the cover."""

from book.figures.cover import cover_png, cover_svg
from book.figures.svg import spoken
from book.figures.timeline import timeline

__all__ = ["cover_png", "cover_svg", "spoken", "timeline"]
