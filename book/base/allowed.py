"""What may stand in a book's pictures and style sheets: one list for print, ebook and handout.

Pictures and themes may come from strangers. What could name an address, run or hold another
language is not looked for; what is harmless is listed, and all else is left out (SVG 2; CSS
Values 4). What a chapter's XHTML may hold stands in :mod:`book.parse.sanitize`.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import tinycss2

from book.base.patterns import pattern
from book.base.xml import tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SVG_NS = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"

#: SVG 2, appendix F, without what runs, moves, is fetched, or holds another language.
SVG_ELEMENTS = tags(
    """a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
    feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood
    feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology
    feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g image line
    linearGradient marker mask path pattern polygon polyline radialGradient rect stop style svg
    switch symbol text textPath title tspan use"""
)
#: SVG 2, appendix G, and the properties that may be attributes (chapter 6.6).
SVG_ATTRIBUTES = tags(
    """id class lang style version viewBox preserveAspectRatio x y x1 y1 x2 y2 dx dy cx cy r rx
    ry fx fy fr width height d points pathLength transform rotate textLength lengthAdjust
    startOffset method spacing side path offset gradientUnits gradientTransform spreadMethod
    clipPathUnits maskUnits maskContentUnits patternUnits patternContentUnits patternTransform
    markerUnits markerWidth markerHeight refX refY orient filterUnits primitiveUnits in in2
    result mode type values tableValues slope intercept amplitude exponent operator k1 k2 k3 k4
    order kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha
    surfaceScale diffuseConstant specularConstant specularExponent limitingConeAngle azimuth
    elevation pointsAtX pointsAtY pointsAtZ z scale xChannelSelector yChannelSelector
    stdDeviation radius baseFrequency numOctaves seed stitchTiles color-interpolation-filters
    flood-color flood-opacity lighting-color systemLanguage requiredFeatures requiredExtensions
    media alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation
    color-rendering cursor direction display dominant-baseline enable-background fill
    fill-opacity fill-rule filter font font-family font-size font-size-adjust font-stretch
    font-style font-variant font-weight glyph-orientation-horizontal glyph-orientation-vertical
    image-rendering isolation kerning letter-spacing marker marker-end marker-mid marker-start
    mask mask-type mix-blend-mode opacity overflow paint-order pointer-events shape-rendering
    stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
    text-overflow text-rendering transform-box transform-origin unicode-bidi vector-effect
    visibility white-space word-spacing writing-mode role aria-label aria-labelledby
    aria-describedby aria-hidden"""
)
#: Those whose value is no CSS; what ``style`` declares is seen to one by one.
_TEXTS = tags("aria-label id class lang d points")
_OTHERS = frozenset({f"{_XML}lang", f"{_XML}space"})
#: Where an ``href`` may lead: to a part of the same file, or to a picture that is held in place.
_HERE = pattern(r"\s*(?:#[^\s]*|data:image/(?:png|jpe?g|gif|webp)[;,][\s\S]*)?\s*", re.IGNORECASE)
_FRAGMENT = pattern(r"\s*#")

#: CSS functions, none of which can name an address. ``url()`` is one, and is never on this list.
CSS_FUNCTIONS = frozenset(
    """abs acos asin atan atan2 attr blur brightness calc clamp color color-mix conic-gradient
    content contrast cos counter counters cubic-bezier cubic-Bezier device-cmyk drop-shadow element
    env exp fit-content format grayscale hsl hsla hue-rotate hwb hypot inset invert lab lch leader
    linear-gradient log matrix matrix3d max min minmax mod oklab oklch opacity perspective pow
    polygon circle ellipse path radial-gradient rem repeat repeating-conic-gradient
    repeating-linear-gradient repeating-radial-gradient rgb rgba rotate rotate3d rotatex rotatey
    rotatez round saturate scale scale3d scalex scaley scalez sepia sign sin skew skewx skewy sqrt
    steps string symbols tan target-counter target-counters target-text translate translate3d
    translatex translatey translatez var""".lower().split()
)
_RULES_IN_SVG = frozenset({"media", "supports", "keyframes"})

#: So deep functions and brackets are looked into.
_DEEPEST = 32


#: No coordinate is larger, nor any type.
LARGEST_NUMBER, _LARGEST_TYPE = 1e9, 1e6
#: Attributes whose digits are no numbers.
_WORDS = frozenset({"id", "class", "lang", "aria-label", "font-family", "href", "style"})
_WORDS |= {XLINK_HREF, *_OTHERS}
#: Colours and references, which may look like numbers; and what such may hide in.
_NAMED = pattern(r"#[\w:.-]+")
_UNLIKELY = pattern(r"\d[eE]\+?\d|\d{7}|nan|inf", re.IGNORECASE)
_A_NUMBER = pattern(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_NO_NUMBER = pattern(
    r"(?:^|[\s,(+-])(?:nan|inf(?:inity)?)(?=$|[\s,;)%]|px|pt|pc|mm|cm|in|em|ex|q)", re.IGNORECASE
)


def names_address(
    tokens: Iterable[Any],
    *,
    fragments: bool = False,
    selectors: bool = False,
    deepest: int = _DEEPEST,
) -> bool:
    """Whether CSS ``tokens`` hold what is not known to name no address.

    With ``fragments``, ``url(#…)``, a part of the same file, is none. Among ``selectors``, all
    functions but ``url()`` are known. Nothing is known of what is nested more than ``deepest``.
    """
    if not deepest:
        return True
    within = partial(names_address, fragments=fragments, selectors=selectors, deepest=deepest - 1)
    for token in tokens:
        inside = getattr(token, "arguments", None) or getattr(token, "content", None) or ()
        if token.type == "error" or within(inside):
            return True
        if token.type == "url" or (token.type == "function" and token.lower_name == "url"):
            said = token.value if token.type == "url" else tinycss2.serialize(token.arguments)
            if not (fragments and _FRAGMENT.match(said.strip("\"' "))):
                return True
        elif token.type == "function" and not selectors and token.lower_name not in CSS_FUNCTIONS:
            return True
    return False


def svg_attribute(name: str, value: str) -> bool:
    """Whether an SVG element may have this attribute (in Clark notation) with this value."""
    if name in ("href", XLINK_HREF):
        return bool(_HERE.fullmatch(value))
    if name in _OTHERS or name in _TEXTS:
        return True
    if name not in SVG_ATTRIBUTES:
        return False
    # A backslash may hide a letter of a function's name (CSS Syntax 3, section 4.3.7).
    if name == "style" or not {"(", "\\"} & set(value):
        return True
    return not names_address(tinycss2.parse_component_value_list(value), fragments=True)


def is_beyond(name: str, value: str) -> bool:
    """Whether an attribute of SVG has a number that no drawing needs, or that is none.

    Python takes ``nan`` and ``1e400`` for numbers, and a page with them can't be shown.
    """
    if name in _WORDS or not _UNLIKELY.search(value):
        return False
    most = _LARGEST_TYPE if name == "font-size" else LARGEST_NUMBER
    numbers = _A_NUMBER.findall(_NAMED.sub("", value))
    return bool(_NO_NUMBER.search(value)) or any(float(one) > most for one in numbers)


def svg_declarations(css: str | list[Any], gone: list[str]) -> str:
    """The declarations of a ``style`` attribute that name no address; others are ``gone``.

    They are a text, or the tokens of one.
    """
    kept = []
    found = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)
    for one in found:
        if one.type == "declaration" and not names_address(one.value, fragments=True):
            if not is_beyond(one.lower_name, tinycss2.serialize(one.value)):
                kept.append(one.serialize())
        elif one.type == "declaration" and all(each.type != "error" for each in one.value):
            gone.append(one.name)
    return "; ".join(kept)


def svg_sheet(css: str, gone: list[str]) -> str:
    """The rules of a ``style`` element that name no address; what does is ``gone``."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "\n".join(_rules(rules, gone))


def _rules(rules: Iterable[Any], gone: list[str], depth: int = 4) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule" and not names_address(rule.prelude, selectors=True):
            inside = svg_declarations(rule.content, gone)
            yield f"{tinycss2.serialize(rule.prelude).strip()} {{ {inside} }}"
        elif _nests(rule) and depth and not names_address(rule.prelude):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            head = f"@{rule.lower_at_keyword} {tinycss2.serialize(rule.prelude).strip()}"
            yield f"{head} {{ {' '.join(_rules(inner, gone, depth - 1))} }}"
        elif rule.type == "at-rule" and rule.lower_at_keyword == "import":
            gone.append("@import")


def _nests(rule: Any) -> bool:
    return bool(rule.type == "at-rule" and rule.lower_at_keyword in _RULES_IN_SVG and rule.content)
