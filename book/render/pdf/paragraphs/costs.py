"""What is dear in a paragraph, in demerits, and how far a line gives.

A line is drawn apart or in by its ratio: at 1 its spaces are half as wide again as they are by
themselves and its letters are at their widest, at -1 both are at their narrowest. A ratio of 0
costs nothing, and a cost grows with the sixth power of the ratio, as in Knuth and Plass.
"""

from __future__ import annotations

from msgspec import Struct


class Costs(Struct, frozen=True):
    """How dear things are; the square of what stands in :attr:`Stop.cost` is added to these."""

    #: By what share of its width a space is wider at a ratio of 1, and narrower at -1.
    apart: float = 0.5
    drawn_in: float = 0.22
    #: Each line by itself: fewer lines are better.
    line: float = 10.0
    #: What a badness of 100, at a ratio of 1, is worth against the other costs.
    badness: float = 100.0
    #: Two lines in a row that end in a hyphen, and each more.
    pair: float = 8_000.0
    run: float = 1e8
    #: Neighbours of which one is drawn apart and the other is not, for each step between them.
    uneven: float = 10_000.0
    #: The last line begins with the rest of a word.
    last_begins_broken: float = 10_000.0
    #: The last line is shorter than it may be.
    short_last: float = 40_000.0
    #: Without hyphens no line's ratio may be over this, else hyphens are tried.
    quiet: float = 0.85
    #: The largest ratio, if there is any way to keep to it.
    largest: float = 2.2
    #: The largest ratio in a paragraph that is fitted to a count of lines that is not its best.
    even: float = 1.3


#: The ratios at which lines are told apart as tight, even, loose and very loose.
STEPS = (-0.35, 0.4, 1.0)
