"""The lines of paragraphs that were set as a whole are drawn: wider or narrower by what was found.

Letters are made wider by the text's matrix (ISO 32000-1, 9.4.4), and what stands between them is
the character spacing (9.3.2). Both say nothing of the text itself, so it reads and copies as it
stands. Spaces take what is left, so that a line ends where it should to a hundredth of a point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.matrix import Matrix
from weasyprint.text.ffi import FROM_UNITS, pango

from book.render.pdf.engine import told
from book.render.pdf.engine.glyphruns import EMPTY, runs_of, width_of
from book.render.pdf.engine.heads import draw_first_line as _plainly
from book.render.pdf.engine.shapes import Fragment

if TYPE_CHECKING:
    from book.render.pdf.engine.glyphruns import GlyphRun

#: A space and one at which no line ends, in UTF-8.
_SPACE, _HARD_SPACE = 0x20, b"\xc2\xa0"
NO_TRACKING = b"0 Tc"


def draw_first_line(
    stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any
) -> Any:
    """As **heads** has it, but a part of a paragraph set as a whole is drawn as it was fitted."""
    part = textbox.pango_layout
    if not isinstance(part, Fragment):
        return _plainly(stream, textbox, text_overflow, block_ellipsis, matrix)
    if not textbox.text.strip() or textbox.style["font_size"] < 1e-6:
        return []
    pango.pango_layout_set_single_paragraph_mode(part.layout, True)
    line, _ = part.get_first_line()
    runs = list(runs_of(line, stream))
    matrix = Matrix(a=part.stretch) @ matrix
    if part.tracking:
        stream.stream.append(b"%.4f Tc" % part.tracking)
    found: Any = []
    if any(run.is_special() for run in runs):
        found = _draw_spaced(stream, textbox, matrix)
    else:
        stream.set_text_matrix(*matrix.values)
        _show(stream, part, runs)
    if part.tracking:
        stream.stream.append(NO_TRACKING)
    return found


def _draw_spaced(stream: Any, textbox: Any, matrix: Any) -> Any:
    """Draw a text as WeasyPrint does, with wider or narrower spaces."""
    part: Fragment = textbox.pango_layout
    if part.spaces:
        rest = part.width / part.stretch - part.natural - part.letters * part.tracking
        part.justification_spacing = rest / part.spaces
        part.set_text(part.text, justify=True)
    return _plainly(stream, textbox, "clip", "none", matrix)


def _show(stream: Any, part: Fragment, runs: list[GlyphRun]) -> None:
    """Write the orders that draw the runs."""
    data = part.text.encode()
    drawn: float = FROM_UNITS * sum(sum(run.widths) for run in runs)
    drawn += sum(len(run.glyphs) for run in runs) * part.tracking
    more = (part.width / part.stretch - drawn) / part.spaces if part.spaces else 0.0
    if told.has_to_be(part.text) or any(any(run.rises) for run in runs):
        told.show(stream, data, runs, more, part.tracking)
        return
    string, before, owed = "", None, 0.0
    for run in runs:
        if before is None or run.font is not before.font or run.size != before.size:
            if string:
                stream.show_text(string)
            string, before = "", run
            stream.set_font_size(run.font.hash, run.size)
        said, owed = _said(stream, run, data, more, owed)
        string += said
    stream.show_text(string)


def _said(stream: Any, run: GlyphRun, data: bytes, more: float, owed: float) -> tuple[str, float]:
    """A run as the operand of an order, and how far the pen is from where it should be.

    ``more`` is what spaces are wider by, in CSS pixels.
    """
    unit, widths, texts = 1000 / run.size, run.font.widths, run.font.to_unicode
    said = "<"
    for place, glyph in enumerate(run.glyphs):
        byte, width = run.bytes[place], run.widths[place] * FROM_UNITS
        if glyph == EMPTY:
            owed += width
            continue
        if glyph not in texts:
            texts[glyph] = data[byte : run.bytes[place + 1]].decode()
        if glyph not in widths:
            widths[glyph] = width_of(stream, run, glyph)
        offset = run.offsets[place] * FROM_UNITS
        step = round((owed + offset) * unit)
        if step:
            said = said[:-1] if said[-1] == "<" else said + ">"
            said += f"{-step}<"
            owed -= step / unit
        said += f"{glyph:04x}"
        if data[byte] == _SPACE or data[byte : byte + 2] == _HARD_SPACE:
            width += more
        owed += width - widths[glyph] / unit
    return (said[:-1] if said[-1] == "<" else said + ">"), owed
