"""The same book by plain WeasyPrint: one XHTML with the same text and styles, one process.

Run as ``python -m bench.plain HTML PDF``. Only typesetting is its task: the XHTML is made before,
by :func:`write_html`, and does not count.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from book.model import Book
    from book.theme.theme import Theme


def write_html(book: Path, target: Path) -> None:
    """One HTML file of all pieces of ``book``, with its style sheet beside it."""
    from book.base.fonts import FONT_URL, faces
    from book.render.pdf.volume import style_sheet

    read, look = _read(book)
    text = "".join(bodies(book).values())
    html = f'<html lang="en"><head><title>-</title></head><body>{text}</body></html>'
    target.write_text(html, "utf-8")
    # Our pieces begin on right-hand pages, each with a body of its own.
    css = style_sheet(read, look) + "body > div { break-before: recto }"
    for face in faces():
        css = css.replace(f'url("{FONT_URL}{face.path.name}")', f'url("{face.path.as_uri()}")')
    target.with_suffix(".css").write_text(css, "utf-8")


def bodies(book: Path) -> dict[str, str]:
    """The XHTML of each piece of ``book`` by its name, in order: its body as a ``div``."""
    from book.cache.store import Nothing
    from book.model import Pages
    from book.render.pdf.draft.pieces import Looks, drafts, names

    read, look = _read(book)
    drawn = drafts(read, Pages((), {}), Nothing(book), Looks.of(look))
    made = {one.sheet.name: str(one.text) for one in drawn}
    return {
        name: re.sub(
            r"(?s).*<body( class=\"[^\"]*\")>(.*)</body>.*", r"<div\1>\2</div>", made[name]
        )
        for name in names(read)
    }


def _read(book: Path) -> tuple[Book, Theme]:
    from book import build
    from book.theme import theme

    read, _ = build.read(book)
    if read is None:
        raise SystemExit("the book has errors")
    return read, theme.load(book)[0]


def main() -> None:
    """Typeset ``argv[1]`` into ``argv[2]``, as WeasyPrint's own users do."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    html = HTML(string=source.read_text("utf-8"), base_url=source.parent.as_uri() + "/")
    fonts = FontConfiguration()
    sheet = CSS(string=source.with_suffix(".css").read_text("utf-8"), font_config=fonts)
    html.write_pdf(target, stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main()
