"""The first sheet, if asked for: how to print, fold and bind what follows.

It is set in Helvetica, which every reader and printer of PDF has (ISO 32000-1, 9.6.2.2), so that
nothing need be embedded. Its back is blank, or else the first page would be printed on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from book.press.paper import MM

if TYPE_CHECKING:
    import pikepdf


_NOT_FITTED = "Not “fit to page”: that would undo what is measured here."


class Binding(NamedTuple):
    """What the sheet speaks of; ``trimmed`` if pages were moved for the creep."""

    paper: str
    sheets: int
    signatures: tuple[int, ...]
    rightward: bool
    trimmed: bool


def font() -> pikepdf.Object:
    """The font of the sheet, as a dictionary of the file."""
    import pikepdf

    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


def steps(told: Binding) -> list[str]:
    """What to do, step by step, each in one or two short lines."""
    several = len(told.signatures) > 1
    side = "left" if told.rightward else "right"
    lines = [
        f"Print on {told.paper} at 100 %, on both sides, turned on the short edge.\n{_NOT_FITTED}",
        "Try the first two sheets: page 2 must stand on the back of page 1, upright.",
        f"Keep the sheets as they come out, {told.sheets} after this one; put this one aside.",
    ]
    if several:
        sheets = ", ".join(str(size // 4) for size in told.signatures)
        lines.append(f"Part them into {len(told.signatures)} signatures; sheets of each, in order:")
        lines[-1] += "\n" + _shortened(sheets)
        lines.append("Fold each by itself, all its sheets at once, its first page outside.")
        lines.append("Lay one behind the other, pierce each through its fold, and sew them.")
    else:
        lines.append(f"Fold all at once: the first page lies outside, on the {side} half.")
        lines.append("Staple twice through the fold, from outside.")
    if told.trimmed:
        lines.append(
            "Cut the fore-edge even; the pages have been moved so that margins stay alike."
        )
    return lines


def sheet(
    width: float, height: float, told: Binding
) -> list[tuple[bytes, dict[str, pikepdf.Object]]]:
    """Both faces of the sheet, of this size in points: operators, and the forms they name."""
    unit = min(width / (297 * MM), height / (210 * MM))
    x, y = 25 * MM * unit, height - 35 * MM * unit
    lines = ["q 0 g", _text("How to make this booklet", x, y, 20 * unit)]
    y -= 16 * MM * unit
    for number, step in enumerate(steps(told), 1):
        lines.append(_text(f"{number}.", x, y, 11 * unit))
        for line in step.split("\n"):
            lines.append(_text(line, x + 8 * MM * unit, y, 11 * unit))
            y -= 6 * MM * unit
        y -= 2 * MM * unit
    lines.append(_picture(width - 70 * MM * unit, 30 * MM * unit, unit, told.rightward))
    return [("\n".join([*lines, "Q"]).encode("ascii"), {}), (b"", {})]


def _shortened(text: str) -> str:
    """At most a line of ``text``."""
    return text if len(text) <= 80 else text[:80].rpartition(",")[0] + " …"


def _text(text: str, x: float, y: float, size: float) -> str:
    code = text.encode("cp1252").hex()
    return f"BT /F {size:.2f} Tf {x:.2f} {y:.2f} Td <{code}> Tj ET"


def _picture(x: float, y: float, unit: float, rightward: bool) -> str:
    """Three sheets half folded, seen from the lower edge, with a staple through the fold."""
    lines = [f"q {unit:.4f} 0 0 {unit:.4f} {x:.2f} {y:.2f} cm 0 G 0.7 w 1 J 1 j"]
    for depth in range(3):
        up, out = depth * 7, 90 - depth * 3
        lines.append(f"{-out} {40 + up} m 0 {up} l {out} {40 + up} l S")
    lines.append("1.5 w -5 -6 m 5 -6 l S 0 -6 m 0 26 l S")
    first = -128 if rightward else 97
    lines.append("Q")
    caption = _text("page 1", x + first * unit, y + 36 * unit, 9 * unit)
    return "\n".join([*lines, caption])
