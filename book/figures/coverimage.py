"""The cover as pixels: PDFium draws what the cover's SVG says.

The SVG is our own, so a few kinds of elements are all there is to know, and letters are drawn
as the outlines of the built-in faces. WeasyPrint could do it, but takes half a second to import.
"""

from __future__ import annotations

import io
import re
from functools import cache
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import pypdfium2
import uharfbuzz
from lxml import etree
from PIL import Image
from pypdfium2 import raw

from book.figures import kerning
from book.figures.measure import Type, font, glyph_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_LARGEST = 400_000  # bytes of the PNG; some shops refuse slow covers, all readers wait for them
_SHAPES = ("{*}rect", "{*}line", "{*}path", "{*}circle", "{*}text")
_SERIF, _SANS = "Source Serif", "Source Sans"
_COLOUR = re.compile('"#([0-9a-f]{6})"')
_NUMBER = re.compile(r"-?[\d.]+")
_Point = tuple[float, float]
#: How far the handles of a quarter of a circle reach, for a radius of 1.
_ROUND = 0.5523


def png(svg: str) -> bytes:
    """The PNG of ``svg``, a cover whose units are pixels; it has less than 400 kB."""
    picture = _picture(svg)
    colours = [bytes.fromhex(colour) for colour in dict.fromkeys(_COLOUR.findall(svg))]
    # Where two colours meet, there are blends of them: the fewer, the smaller is the file.
    for steps in (24, 12, 4):
        out = io.BytesIO()
        palette = _palette(colours, steps)
        picture.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG")
        if out.tell() < _LARGEST:
            break
    return out.getvalue()


def _palette(colours: Iterable[bytes], steps: int) -> Image.Image:
    """An image with a palette of ``colours`` and what lies between each two of them."""
    blends = [
        tuple(round(a + (b - a) * step / steps) for a, b in zip(one, other, strict=True))
        for one, other in combinations(colours, 2)
        for step in range(steps + 1)
    ]
    image = Image.new("P", (1, 1))
    image.putpalette([part for blend in dict.fromkeys(blends) for part in blend])
    return image


def _picture(svg: str) -> Image.Image:
    root = etree.fromstring(svg)
    _, _, width, height = map(float, str(root.get("viewBox")).split())
    with pypdfium2.PdfDocument.new() as document:
        page = document.new_page(width, height)
        for element in root.iter(*_SHAPES):
            shape = _shape(element)
            # SVG counts from the head of the page, PDF from its foot.
            raw.FPDFPageObj_Transform(shape, 1, 0, 0, -1, 0, height)
            raw.FPDFPage_InsertObject(page, shape)
        picture: Image.Image = page.render(scale=1).to_pil()
        return picture.convert("RGB")


def _shape(element: etree._Element) -> Any:
    """A path of PDFium's with the outline and the looks of ``element``."""
    shape = raw.FPDFPageObj_CreateNewPath(0, 0)
    _draw(_Pen(shape), element)
    fill, stroke = _said(element, "fill"), _said(element, "stroke")
    if stroke:
        raw.FPDFPageObj_SetStrokeColor(shape, *bytes.fromhex(stroke), 255)
        raw.FPDFPageObj_SetStrokeWidth(shape, _number(element, "stroke-width"))
    if element.get("stroke-linecap") == "round":
        raw.FPDFPageObj_SetLineCap(shape, raw.FPDF_LINECAP_ROUND)
    if fill:
        raw.FPDFPageObj_SetFillColor(shape, *bytes.fromhex(fill), 255)
    filling = raw.FPDF_FILLMODE_WINDING if fill else raw.FPDF_FILLMODE_NONE
    raw.FPDFPath_SetDrawMode(shape, filling, bool(stroke))
    return shape


def _said(element: etree._Element, name: str) -> str:
    """The colour ``name`` of ``element``, or of what it stands in; empty if there is none."""
    found = str(element.xpath(f"string(ancestor-or-self::*[@{name}][1]/@{name})"))
    return found.removeprefix("#").removeprefix("none")


def _number(element: etree._Element, name: str) -> float:
    return float(element.get(name, "0"))


class _Pen:
    """Draws into a path of PDFium's, with each place scaled and then moved by ``at``."""

    def __init__(self, shape: Any, scale: _Point = (1, 1), at: _Point = (0, 0)) -> None:
        self._shape, self._scale, self._at = shape, scale, at

    def at(self, scale: float, place: _Point) -> _Pen:
        """The same pen for a glyph at ``place``: in a font's own units, y grows upwards."""
        return _Pen(self._shape, (scale, -scale), place)

    def move_to(self, point: _Point) -> None:
        raw.FPDFPath_MoveTo(self._shape, *self._put(point))

    def line_to(self, point: _Point) -> None:
        raw.FPDFPath_LineTo(self._shape, *self._put(point))

    def curve_to(self, *points: _Point) -> None:
        raw.FPDFPath_BezierTo(self._shape, *chain.from_iterable(map(self._put, points)))

    def close(self) -> None:
        raw.FPDFPath_Close(self._shape)

    def _put(self, point: _Point) -> _Point:
        (x, y), (wide, high), (left, top) = point, self._scale, self._at
        return left + x * wide, top + y * high


def _draw(pen: _Pen, element: etree._Element) -> None:
    """Draw the outline of ``element``."""
    match etree.QName(element).localname:
        case "rect":
            width, height = _number(element, "width"), _number(element, "height")
            _draw_lines(pen, (0, 0), (width, 0), (width, height), (0, height))
            pen.close()
        case "line":
            places = ((_number(element, f"x{n}"), _number(element, f"y{n}")) for n in (1, 2))
            _draw_lines(pen, *places)
        case "path":  # a curve, the only one that a cover has
            numbers = list(map(float, _NUMBER.findall(element.get("d", ""))))
            start, *handles = zip(numbers[::2], numbers[1::2], strict=True)
            pen.move_to(start)
            pen.curve_to(*handles)
        case "circle":
            _draw_circle(pen, *(_number(element, name) for name in ("cx", "cy", "r")))
        case "text":
            _draw_text(pen, element)


def _draw_lines(pen: _Pen, *points: tuple[float, float]) -> None:
    pen.move_to(points[0])
    for point in points[1:]:
        pen.line_to(point)


def _draw_circle(pen: _Pen, x: float, y: float, r: float) -> None:
    near = r * _ROUND
    pen.move_to((x + r, y))
    pen.curve_to((x + r, y + near), (x + near, y + r), (x, y + r))
    pen.curve_to((x - near, y + r), (x - r, y + near), (x - r, y))
    pen.curve_to((x - r, y - near), (x - near, y - r), (x, y - r))
    pen.curve_to((x + near, y - r), (x + r, y - near), (x + r, y))
    pen.close()


def _draw_text(pen: _Pen, element: etree._Element) -> None:
    """Each letter in its place; if only that of the first is told, the others follow, kerned."""
    family = _SERIF if _SERIF in element.get("font-family", "") else _SANS
    weight = int(element.get("font-weight", "400"))
    type_ = Type(_number(element, "font-size"), weight, family)
    text, places = element.text or "", [float(x) for x in element.get("x", "0").split()]
    if len(places) < len(text):
        steps = kerning.positions(text, type_)
        before = {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0)
        places = [places[0] - before * steps[-1] + step for step in steps[:-1]]
    for letter, x in zip(text, places, strict=True):
        _draw_letter(pen, letter, type_, (x, _number(element, "y")))


def _draw_letter(pen: _Pen, letter: str, type_: Type, at: _Point) -> None:
    """The outline of ``letter``; what its own family lacks, the other may have."""
    faces = [font(family, type_.weight) for family in (type_.family, _SERIF, _SANS)]
    found = ((face, glyph_of(face, letter)) for face in faces)
    face, glyph = next((one for one in found if one[1] is not None), (faces[0], 0))
    face.draw_glyph(glyph, _gestures(), pen.at(type_.size / face.face.upem, at))


@cache
def _gestures() -> uharfbuzz.DrawFuncs:
    """How a glyph moves a pen; HarfBuzz says all curves as cubic ones if nothing else is set."""
    gestures = uharfbuzz.DrawFuncs()
    gestures.set_move_to_func(lambda x, y, pen: pen.move_to((x, y)))
    gestures.set_line_to_func(lambda x, y, pen: pen.line_to((x, y)))
    gestures.set_cubic_to_func(
        lambda a, b, c, d, x, y, pen: pen.curve_to((a, b), (c, d), (x, y)),
    )
    gestures.set_close_path_func(lambda pen: pen.close())
    return gestures
