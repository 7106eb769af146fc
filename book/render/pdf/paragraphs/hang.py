"""How far signs stand in the margin, so that the edges of the text look straight.

A comma that ends a line leaves a dent in the edge, since it is so little and low. So what is small
hangs out of the measure by a part of its own width, more the less there is of it to see.
"""

from __future__ import annotations

#: By sign: the share of its width that hangs out at the left edge, and at the right.
_HANGS: dict[str, tuple[float, float]] = {
    **dict.fromkeys("-\u2010\u2011", (0.0, 0.55)),
    **dict.fromkeys("\u2013", (0.1, 0.25)),
    **dict.fromkeys("\u2014", (0.08, 0.15)),
    **dict.fromkeys(".,", (0.0, 0.6)),
    **dict.fromkeys(":;", (0.0, 0.35)),
    **dict.fromkeys("!?", (0.0, 0.15)),
    **dict.fromkeys("\u2018\u2019\u201a\u2039\u203a'", (0.6, 0.6)),
    **dict.fromkeys('\u201c\u201d\u201e\u00ab\u00bb"', (0.4, 0.4)),
    **dict.fromkeys("([", (0.1, 0.0)),
    **dict.fromkeys(")]", (0.0, 0.1)),
    **dict.fromkeys("AT", (0.04, 0.04)),
    **dict.fromkeys("VWY", (0.05, 0.05)),
    **dict.fromkeys("vwyr", (0.0, 0.04)),
}
#: The same by the sign in UTF-8: what hangs out where a line begins with it, or ends with it.
LEFT = {sign.encode(): left for sign, (left, _) in _HANGS.items() if left}
RIGHT = {sign.encode(): right for sign, (_, right) in _HANGS.items() if right}
#: The first byte of those that begin a line, and the last byte of those that end one.
FIRST = frozenset(sign[:1] for sign in LEFT)
LAST = frozenset(sign[-1] for sign in RIGHT)
