"""Paper: how large a sheet is, how thick, and lengths as people write them.

Lengths are in points, 72 to the inch. The sizes are those of ISO 216 and of ANSI/ASME Y14.1 with
the office sizes of North America; a printer knows each by its name in PWG 5101.1.
"""

from __future__ import annotations

import math
import re

from msgspec import Struct

from book.press.errors import PressError

INCH = 72.0
MM = INCH / 25.4
_UNITS = {"mm": MM, "cm": 10 * MM, "in": INCH, "pt": 1.0}
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?|[.,]\d+)\s*(mm|cm|in|pt)?", re.IGNORECASE)
_SIZE = re.compile(r"([\d.,]+)\s*(?:x|×|by)\s*([\d.,]+)\s*(mm|cm|in|pt)", re.IGNORECASE)

#: What most houses and copy shops have.
_COMMON = {"A4", "letter", "A3", "tabloid"}
#: So much a sheet may be larger than two pages and is still made for them.
_ABOUT = 3 * MM
#: Cubic centimetres that a gram of uncoated office paper takes: 80 g/m² is 0.104 mm thick.
BULK = 1.3
#: What most printers hold, in grams a square metre.
OFFICE = 80.0
#: So much a page may be larger than its half of the sheet and is still not made smaller.
_HAIR = 0.005


class Paper(Struct, frozen=True):
    """A sheet: its name, short and long edge in points, and the name that printers know."""

    name: str
    short: float
    long: float
    media: str


_MADE = (
    Paper("A5", 148 * MM, 210 * MM, "iso_a5_148x210mm"),
    Paper("half letter", 5.5 * INCH, 8.5 * INCH, "na_invoice_5.5x8.5in"),
    Paper("B5", 176 * MM, 250 * MM, "iso_b5_176x250mm"),
    Paper("letter", 8.5 * INCH, 11 * INCH, "na_letter_8.5x11in"),
    Paper("A4", 210 * MM, 297 * MM, "iso_a4_210x297mm"),
    Paper("legal", 8.5 * INCH, 14 * INCH, "na_legal_8.5x14in"),
    Paper("B4", 250 * MM, 353 * MM, "iso_b4_250x353mm"),
    Paper("tabloid", 11 * INCH, 17 * INCH, "na_ledger_11x17in"),
    Paper("A3", 297 * MM, 420 * MM, "iso_a3_297x420mm"),
)


def length(text: str) -> float:
    """A length such as ``0.1mm``, in points; millimetres if no unit is said. Raises PressError."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        raise PressError(f"`{text}` is no length. Write a number and a unit, such as 0.1mm.")
    return float(found[1].replace(",", ".")) * _UNITS[(found[2] or "mm").lower()]


def paper(text: str) -> Paper:
    """The paper of a name (``A4``, ``letter``) or of a size (``300x220mm``). Raises PressError."""
    wanted = re.sub(r"[\s_-]+", " ", text.strip()).casefold()
    for one in _MADE:
        if wanted in {one.name.casefold(), one.name.casefold().replace(" ", "")}:
            return one
    if found := _SIZE.fullmatch(text.strip()):
        return _cut(*sorted(length(number + found[3]) for number in found.group(1, 2)))
    known = ", ".join(one.name for one in _MADE)
    raise PressError(f"There is no paper `{text}`. Known are {known}; or write 300x220mm.")


def paper_for(width: float, height: float) -> Paper:
    """The sheet for two pages of this size, side by side.

    The one that is just that; else the smallest that is in most houses; else one made for it.
    """
    fitting = [one for one in _MADE if scale(one, width, height) == 1.0]
    edges = sorted((2 * width, height))
    for one in fitting:
        if one.short - edges[0] < _ABOUT and one.long - edges[1] < _ABOUT:
            return one
    common = [one for one in fitting if one.name in _COMMON]
    return min(common, key=lambda one: one.short * one.long) if common else _made(width, height)


def sheet_of(width: float, height: float) -> Paper:
    """The sheet of this size, however it lies: one that has a name, or one cut for it."""
    short, long = sorted((width, height))
    for one in _MADE:
        if abs(one.short - short) < MM and abs(one.long - long) < MM:
            return one
    return _cut(short, long)


def scale(sheet: Paper, width: float, height: float) -> float:
    """By how much a page must be made smaller to lie on half of ``sheet``; 1 if it need not."""
    across, up = halves(sheet, width, height)
    factor = min(across / 2 / width, up / height)
    return 1.0 if factor > 1 - _HAIR else factor


def halves(sheet: Paper, width: float, height: float) -> tuple[float, float]:
    """Width and height of ``sheet`` as it lies: upright only where a wide page needs it."""
    lying, upright = (sheet.long, sheet.short), (sheet.short, sheet.long)
    return max(lying, upright, key=lambda one: min(one[0] / 2 / width, one[1] / height))


def thickness(gsm: float) -> float:
    """How thick uncoated paper of ``gsm`` grams a square metre is, in points."""
    if not (math.isfinite(gsm) and 20 <= gsm <= 500):
        raise PressError(f"No paper weighs {gsm:g} g/m². Write what its wrapper says, such as 80.")
    return gsm * BULK / 1000 * MM


def _made(width: float, height: float) -> Paper:
    """A sheet of exactly two pages."""
    return _cut(*sorted((2 * width, height)))


def _cut(short: float, long: float) -> Paper:
    if not 0 < short <= long <= 14_400:  # ISO 32000-1, C.2: no page is longer than 200 inches.
        raise PressError(f"No sheet is {short / MM:g} by {long / MM:g} mm.")
    size = f"{short / MM:.4g}x{long / MM:.4g}mm"
    return Paper(size.replace("x", " by ").replace("mm", " mm"), short, long, f"Custom.{size}")
