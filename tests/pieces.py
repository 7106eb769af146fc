"""A piece set into print and bound by itself, and what a listener hears of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from book.base.fonts import Face, font_css
from book.base.typefaces import served_name
from book.cache.store import Store
from book.model import Text
from book.render.pdf.engine import typeset
from book.render.pdf.file.bind import bind
from book.render.pdf.file.metadata import of_volume
from book.render.pdf.record import PieceJob, Placed, Sheet, stored
from tests.chronicles import chronicle
from tests.judges import pdftext
from tests.judges.pdftext import Element

CSS = (
    font_css()
    + """
@page { size: A5; margin: 18mm 18mm 22mm 20mm }
body { font: 10.2pt/14pt "Source Serif"; text-align: justify; hyphens: auto; margin: 0 }
p { margin: 0 }
ul { list-style-type: "\\2013  " }
.note { float: footnote; footnote-policy: line; font-size: 8.2pt; line-height: 11pt }
::footnote-call { content: none } ::footnote-marker { content: none }
.note-call { font-size: 0.7em; vertical-align: super; line-height: 0 }
img { image-rendering: crisp-edges }
"""
)
PROSE = "The representatives of the Japanese government considered a reconciliation indispensable. "


def made(
    tmp_path: Path, body: str, *, css: str = "", language: str = "en", more: Sequence[Face] = ()
) -> Path:
    """The PDF of a piece with that body, which may be set in ``more`` faces."""
    html = f'<html lang="{language}"><head><title>T</title></head><body>{body}</body></html>'
    pictures = sorted(tmp_path.glob("*.png"))
    files = tuple((one.name, hashlib.sha256(one.read_bytes()).hexdigest()) for one in pictures)
    files += tuple((served_name(face), face.digest) for face in more)
    css = f"{font_css(more)}{CSS}{css}"
    job = PieceJob("piece", Text.of(html), css, files, str(tmp_path))
    path = tmp_path / "piece.pdf"
    kept = Store(tmp_path / "store")
    piece = stored(typeset.typeset(job, kept), kept)
    placed = Placed(Sheet("piece", "arabic", "", ()), piece, 0, 1)
    book = chronicle()
    found = {face.digest: face.file for face in more}
    path.write_bytes(b"".join(bind(book, of_volume(book), (placed,), (None,), found, kept)))
    return path


def heard(tmp_path: Path, body: str, *, css: str = "", language: str = "en") -> Element:
    """The Document of that piece's structure tree."""
    root = pdftext.struct(made(tmp_path, body, css=css, language=language))
    assert root is not None
    (document,) = root.children
    assert document.tag == "Document"
    return document


def outline(element: Element) -> str:
    """An element's tags as ``P(Span Link)``."""
    inner = " ".join(outline(child) for child in element.children)
    return f"{element.tag}({inner})" if inner else element.tag


def said(element: Element) -> str:
    """An element's text, its spaces made one."""
    return " ".join(element.text.split())


def call(number: int, note: str = "<p>{}A note.</p>") -> str:
    """A note and its call, as print spells them."""
    back = f'<a class="note-number" href="dest:c{number}">{number}</a> '
    return (
        f'<a class="note-call" id="c{number}" href="dest:n{number}">{number}</a>'
        f'<aside class="note" id="n{number}">{note.format(back)}</aside>'
    )
