"""Drawings that lie on their side, as pictures of dots do (CSS Images 3, ``image-orientation``)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from weasyprint.images import SVGImage

if TYPE_CHECKING:
    from collections.abc import Callable


class TurnedDrawing:
    """A drawing, turned to the left by an ``angle`` of 90, 180 or 270 degrees, for WeasyPrint."""

    def __init__(self, drawing: SVGImage, angle: int) -> None:
        self._drawing, self._angle = drawing, angle

    def get_intrinsic_size(self, *given: Any) -> tuple[float | None, float | None, float | None]:
        """Width, height and their ratio, as far as it has them."""
        width, height, ratio = self._drawing.get_intrinsic_size(*given)
        if self._angle == 180:
            return width, height, ratio
        return height, width, 1 / ratio if ratio else ratio

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw it into a box of that size."""
        with stream.stacked():
            if self._angle == 90:
                stream.transform(0, -1, 1, 0, 0, height)
            elif self._angle == 270:
                stream.transform(0, 1, -1, 0, width, 0)
            else:
                stream.transform(-1, 0, 0, -1, width, height)
            sides = (width, height) if self._angle == 180 else (height, width)
            self._drawing.draw(stream, *sides, style)


def turning(find: partial[Any]) -> partial[Any]:
    """WeasyPrint's way to ``find`` an image, with drawings turned where that is asked for."""
    return partial(_found, find, **find.keywords)  # They are read by others, too.


def _found(find: Callable[..., Any], *, orientation: Any = "from-image", **more: Any) -> Any:
    image = find(orientation=orientation, **more)
    angle = 0 if isinstance(orientation, str) else orientation[0]
    return TurnedDrawing(image, angle) if angle and isinstance(image, SVGImage) else image
