"""Drawings that lie on their side, with the head to the left."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from contextlib import nullcontext
from functools import partial
from typing import Any

import pytest
from weasyprint.images import SVGImage

from book.render.pdf.engine.turnedsvg import TurnedDrawing, turning

_SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='240'/>"


def _drawing() -> SVGImage:
    return SVGImage(ET.fromstring(_SVG), "", None, None)


class _Stream:
    """Takes note of how what is drawn is turned."""

    matrix: tuple[float, ...] = ()

    def stacked(self) -> Any:
        return nullcontext()

    def transform(self, *matrix: float) -> None:
        self.matrix = matrix


@pytest.mark.parametrize(
    ("angle", "size", "corner"),
    [(90, (24, 40), (0, 40)), (180, (40, 24), (40, 24)), (270, (24, 40), (24, 0))],
)
def test_a_drawing_is_turned_to_the_left(
    angle: int,
    size: tuple[float, float],
    corner: tuple[float, float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its upper left corner comes to lie at the lower left, and it takes all of its box."""
    drawn: list[tuple[float, float]] = []
    monkeypatch.setattr(SVGImage, "draw", lambda _, __, *sides: drawn.append(sides[:2]))
    turned, stream = TurnedDrawing(_drawing(), angle), _Stream()
    width, height, ratio = turned.get_intrinsic_size(1, 16)
    assert (width, height) == (10 * size[0], 10 * size[1])
    assert ratio == pytest.approx(size[0] / size[1])
    turned.draw(stream, *size, None)
    assert drawn == [(40, 24)]
    a, b, c, d, e, f = stream.matrix
    assert (e, f) == corner
    ends = {(e + a * x + c * y, f + b * x + d * y) for x in (0, 40) for y in (0, 24)}
    assert ends == {(x, y) for x in (0, size[0]) for y in (0, size[1])}


def test_only_what_is_to_lie_is_turned() -> None:
    """A picture of dots has been turned already."""
    find = turning(partial(lambda **given: given["image"], image=_drawing()))
    assert isinstance(find(url="", orientation=(90, False)), TurnedDrawing)
    assert isinstance(find(url=""), SVGImage)
    assert isinstance(find(url="", orientation="none"), SVGImage)
    assert find(url="", orientation=(90, False), image="dots") == "dots"
    assert find.keywords.keys() == {"image"}
