"""Which remarks of the typesetter on an ebook's style sheet are mistakes for every reader.

Readers of ebooks are browsers, and know more of CSS than a typesetter. What nobody knows is told:
a property of no specification, a value that no property of its kind has, what can't be parsed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.patterns import pattern
from book.base.xml import tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Properties of CSS (W3C, CSS Snapshot 2024, and drafts that browsers have) for screens alone.
_PROPERTIES = tags(
    """accent-color additive-symbols appearance aspect-ratio backdrop-filter backface-visibility
    baseline-shift baseline-source border-image-slice clip-path clip-rule color-adjust
    color-interpolation color-scheme container container-name container-type contain
    contain-intrinsic-size content-visibility counter-set dominant-baseline filter flood-color
    float-reference font-optical-sizing font-palette font-size-adjust font-smooth
    font-synthesis font-synthesis-style font-synthesis-weight font-variant-emoji
    forced-color-adjust glyph-orientation-vertical hanging-punctuation hyphenate-limit-last
    initial-letter initial-letter-align inline-sizing interpolate-size isolation line-break
    line-clamp line-grid line-snap margin-trim marker marker-end marker-mid marker-start mask
    mask-border mask-clip mask-composite mask-image mask-mode mask-origin mask-position mask-repeat
    mask-size mask-type math-depth math-shift math-style mix-blend-mode nav-up offset offset-path
    outline-offset overflow-anchor overflow-block overflow-clip-margin overflow-inline overflow-x
    overflow-y paint-order perspective perspective-origin print-color-adjust reading-flow
    reading-order rotate row-gap ruby-align ruby-merge ruby-overhang ruby-position scale
    shape-image-threshold shape-margin shape-outside shape-rendering speak-as stop-color stroke
    stroke-dasharray stroke-linecap stroke-width text-anchor text-box text-box-edge text-box-trim
    text-autospace text-combine-upright text-decoration-skip text-decoration-skip-ink
    text-emphasis text-emphasis-color text-emphasis-position text-emphasis-style text-group-align
    text-justify text-orientation text-rendering text-shadow text-size-adjust text-spacing
    text-spacing-trim text-underline-offset text-underline-position text-wrap text-wrap-mode
    text-wrap-style transform-box transform-style translate unicode-bidi unicode-range user-select
    vector-effect voice-balance voice-duration voice-pitch voice-range voice-rate voice-stress
    voice-volume white-space-collapse white-space-trim widows word-break wrap-after wrap-before
    writing-mode z-index zoom fill fill-opacity fill-rule"""
)
#: Those whose values every program has had for long.
_CLOSED = pattern(
    r"(?:.+-)?color|font-(?:weight|style|size|variant)|margin(?:-\w+)?|padding(?:-\w+)?|text-indent"
    r"|text-transform|letter-spacing|word-spacing|line-height|float|clear|visibility|opacity"
    r"|list-style-position|border-(?:top|right|bottom|left|collapse)|border|orphans|widows"
    r"|(?:border-)?(?:\w+-)?(?:style|width)|page-break-\w+|break-\w+|vertical-align|white-space"
)
#: Values that a typesetter needn't know.
_OPEN = pattern(
    r"[(]|\b(?:inherit|initial|unset|revert|revert-layer|(?:min|max|fit)-content|stretch"
    r"|canvas\w*|link\w*|visited\w*|active\w*|button\w*|field\w*|highlight\w*|selected\w*|mark\w*"
    r"|graytext|accentcolor\w*|match-parent|\d[\d.]*(?:[sld]?v(?:w|h|i|b|min|max)|cq\w+|r?(?:cap"
    r"|ic|lh|ex|ch)))\b",
    re.IGNORECASE,
)
_SAID = pattern(r"Ignored `(?P<name>[\w-]+)\s*:(?P<value>[^`]*)`[^,]*, (?P<why>.*)", re.DOTALL)
_MEDIA = pattern(r"@(?:media|supports)\b[^{};]*", re.IGNORECASE)


def for_all_media(css: str) -> str:
    """``css`` in which what is for some screens is for all, so that all of it is read."""
    return _MEDIA.sub(_for_all, css)


def _for_all(found: re.Match[str]) -> str:
    """A condition that always holds, in the room of another, whose lines are counted."""
    lines = found.group().split("\n")
    return "@media all".ljust(len(lines[0])) + "".join("\n" + " " * len(one) for one in lines[1:])


def mistakes(said: Iterable[str]) -> Iterator[str]:
    """What of the typesetter's remarks holds for every reader."""
    for words in said:
        found = _SAID.match(words)
        if found is None:
            if words.startswith(("Error", "Parse error")):
                yield words
            continue
        name, value = found["name"].lower(), found["value"]
        if name.startswith("-") or _OPEN.search(value):
            continue
        unknown = "unknown property" in found["why"]
        if (unknown and name not in _PROPERTIES) or (not unknown and _CLOSED.fullmatch(name)):
            yield words
