r"""A formula in TeX as a drawing, as MathML, and in words: ``chapbook[math]``.

mathra draws what LaTeX with amsmath sets, in STIX Two, and says it in words; math-core writes
MathML Core. Both are pure: the same bytes for the same TeX, nothing is read, nothing is fetched.
Macros are counted and groups nest 64 deep in mathra, which is asked first.
"""

from __future__ import annotations

import html
from functools import cache, lru_cache
from importlib.util import find_spec

from lxml import etree
from msgspec import Struct

from book.base.patterns import pattern
from book.base.xml import folded, tags

#: The classes of a formula that is drawn: each, and one on a line of its own.
DRAWN_FORMULA, DISPLAYED = "cb-tex", "cb-tex-display"
#: The longest formula that is read, in letters.
LONGEST = 5_000
#: So many em has a side of a drawing at most: a hundred pages one beside the other.
_WIDEST = 3_000

_COMMENT = pattern(r"(?<!\\)((?:\\\\)*)%[^\n]*")
#: What names the number of another formula.
_NUMBERED = pattern(r"\\(?:eq|auto|c|C)?ref\b")
#: Environments whose lines LaTeX numbers.
_COUNTED = pattern(r"\\(begin|end)\{(align|alignat|equation|flalign|gather|multline|eqnarray)\}")
_COLUMN = pattern(r"column (\d+): ")
_NAMED = pattern(r"&(?!(?:amp|lt|gt|quot|apos);)[a-zA-Z]\w*;")
_EM = pattern(r"-?\d+(?:\.\d+)?")
_SVG = "{http://www.w3.org/2000/svg}"
#: What mathra draws with; the rest is for those who see no page around it.
_SHAPES = tags("svg g path rect line polyline polygon circle ellipse")
_DRAWN = frozenset(_SVG + name for name in _SHAPES)
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_STYLES = ("displaystyle", "scriptlevel")
_KEPT = tags(
    """display alttext style mathvariant lspace rspace width height depth voffset stretchy fence
    separator form largeop movablelimits symmetric minsize maxsize accent accentunder linethickness
    columnspan rowspan columnalign columnlines rowlines frame mathcolor"""
)
_ROOT = ("viewBox", "width", "height")


class FormulaError(ValueError):
    """A formula that can't be read: why (a predicate), and at which of its letters, from 1."""

    def __init__(self, why: str, column: int = 1) -> None:
        super().__init__(why, column)
        self.why, self.column = why, column


class Formula(Struct, frozen=True):
    """A drawing as SVG, in the colour of what it stands in; its sizes are in em.

    ``depth`` is how far it goes below the line; ``text`` is the formula in letters alone, where
    nothing can be drawn, and ``said`` what it says.
    """

    svg: str
    width: float
    height: float
    depth: float
    text: str
    said: str


@cache
def can_be_set() -> bool:
    """Whether what formulas need is installed."""
    return find_spec("mathra") is not None and find_spec("math_core") is not None


@lru_cache(maxsize=2048)
def formula(tex: str, language: str, *, display: bool) -> Formula:
    """The formula ``tex``; raises FormulaError if it can't be read.

    It is said in ``language``, a BCP 47 tag, or else stands there as it was typed.
    """
    if len(tex) > LONGEST:
        raise FormulaError(f"has more than {LONGEST} letters")
    if not tex.strip():
        raise FormulaError("is empty")
    if found := _NUMBERED.search(tex):
        raise FormulaError("only `\\ref` and `\\eqref` are known here", found.start() + 1)
    import mathra

    locale = _locale(language)
    try:
        made = mathra.render(_read(tex), locale or "en", display=display, strict=True)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:  # noqa: BLE001 # a panic of Rust is no Exception
        raise _error(str(problem)) from None
    said = made["speech"] if locale else " ".join(tex.split())
    return _drawn(made["svg"], made["text"], said)


def letters_of(element: etree._Element) -> str:
    """What stands in ``element`` before its children: its text, or a formula in letters alone."""
    tex = element.get("data-tex")
    return (element.text or "") if tex is None else formula(tex, "", display=False).text


def lettered(root: etree._Element) -> str:
    """The text of ``root`` where nothing can be drawn, white space folded."""
    pieces = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            pieces.append(letters_of(element))
        elif element is not root:
            pieces.append(element.tail or "")
    return folded("".join(pieces))


def mathml(tex: str, *, display: bool) -> str:
    """``tex``, which could be drawn, as MathML Core; nothing if it has no words for it.

    It may take for ever, where brackets are opened that nothing closes.
    """
    from math_core import LatexError, LatexToMathML

    writer = LatexToMathML(xml_namespace=True, fancy_error=False, allow_unreliable_rendering=True)
    try:
        text = writer.convert_with_local_state(_read(tex), displaystyle=display)
        # It names characters as HTML does.
        root = etree.fromstring(_NAMED.sub(lambda one: html.unescape(one.group()), text))
    except (LatexError, etree.XMLSyntaxError):
        return ""
    if next(root.iter(f"{_MATHML}menclose"), None) is not None:
        return ""  # Boxes and strokes are not in MathML Core: many readers would leave them out.
    for element in list(root.iter(etree.Element)):
        _keep_to_mathml(element)
    return etree.tostring(root, encoding="unicode")


def _keep_to_mathml(element: etree._Element) -> None:
    """What MathML Core has on every element, MathML 3 (which EPUB 3.3 takes) has on ``mstyle``."""
    styles = {}
    for name, value in element.attrib.items():
        own = name == "displaystyle" and element.tag == f"{_MATHML}mtable"
        if name in _STYLES and not own and element.tag != f"{_MATHML}mstyle":
            styles[name] = value
        if name not in _KEPT and not own and element.tag != f"{_MATHML}mstyle":
            del element.attrib[name]
    parent = element.getparent()
    if not styles or parent is None:
        return
    around = element.makeelement(f"{_MATHML}mstyle", styles)
    parent.replace(element, around)
    around.append(element)


def _read(tex: str) -> str:
    """``tex`` without its comments, which run to the end of the line, and numbers that none has."""
    tex = _COMMENT.sub(r"\1", tex)
    return tex if r"\tag" in tex else _COUNTED.sub(r"\\\1{\2*}", tex)


@lru_cache
def _locale(language: str) -> str:
    """The language of mathra that ``language`` is; none if it has no words for it."""
    import mathra

    code = language.replace("_", "-").partition("-")[0].lower()
    known = (one["code"] for one in mathra.locales())
    return next((one for one in known if one.partition("-")[0] == code), "")


def _error(said: str) -> FormulaError:
    found = _COLUMN.match(said)
    why = said[found.end() :] if found else said
    return FormulaError(" ".join(why.split())[:120], int(found[1]) if found else 1)


def _drawn(svg: str, text: str, said: str) -> Formula:
    """The drawing alone, and its sizes. Nothing in it has a name: it may stand twice on a page."""
    root = etree.fromstring(svg.encode())
    wide, high, deep = (
        abs(float(found[0])) if (found := _EM.search(root.get(name, ""))) else 0.0
        for name in ("width", "height", "style")
    )
    glyphs = {f"#{one.get('id')}": one.get("d", "") for one in root.iter(f"{_SVG}path")}
    for use in list(root.iter(f"{_SVG}use")):
        moved = f"translate({use.attrib.pop('x', '0')} {use.attrib.pop('y', '0')})"
        use.set("transform", f"{use.get('transform', '')} {moved}".strip())
        use.set("d", glyphs.get(use.attrib.pop("href", ""), ""))
        use.tag = f"{_SVG}path"
    for element in [*root.iter()]:
        parent = element.getparent()
        if element.tag not in _DRAWN and parent is not None:
            parent.remove(element)
    for name in set(root.attrib) - set(_ROOT):
        del root.attrib[name]
    etree.cleanup_namespaces(root)
    _measured(root, text)
    return Formula(etree.tostring(root, encoding="unicode"), wide, high, deep, text, said)


def _measured(root: etree._Element, text: str) -> None:
    """Raise FormulaError if nobody would see the drawing ``root``, which says ``text``.

    Blank space gets the least height and width that a picture can have.
    """
    left, top, width, height = map(float, root.get("viewBox", "0 0 0 0").split())
    if not (abs(width) <= 1000 * _WIDEST and abs(height) <= 1000 * _WIDEST):
        raise FormulaError(f"is more than {_WIDEST} em wide or high")
    if width < 0 or height < 0 or (text.strip() and not width * height):
        raise FormulaError("takes no room, so nothing of it could be seen")
    if not width * height:
        root.set("viewBox", f"{left:g} {top:g} {width or 1:g} {height or 1:g}")
        for name, side in (("width", width), ("height", height)):
            root.set(name, f"{(side or 1) / 1000:g}em")
