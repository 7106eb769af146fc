"""A cover of the author's own: on the first page, in the ebook, or said to be none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image

from book.build import build
from book.cli.commands import app
from tests import inks
from tests.conftest import Lay

_TOML = '[book]\ntitle = "On Ice"\nauthors = ["Roe, Ada"]\nlanguage = "en"\ncover = "{}"\n'
_RED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 148 210">'
    '<rect width="148" height="210" fill="#c00"/></svg>'
)


def laid(tmp_path: Path, lay: Lay, name: str) -> Path:
    text = {"book.toml": _TOML.format(name), "chapters/01.md": "# One\n\nText.\n"}
    book = lay(tmp_path, {**text, "art/red.svg": _RED})
    Image.new("RGB", (296, 420), "#c00").save(book / "art" / "red.png")
    (book / "art" / "torn.jpg").write_bytes((book / "art" / "red.png").read_bytes()[:60])
    return book


def middle(picture: Image.Image) -> tuple[int, ...]:
    found = picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(found, tuple)
    return tuple(found)


@pytest.mark.parametrize("name", ["art/red.png", "art/red.svg"])
def test_it_is_the_first_page_and_the_ebooks_cover(tmp_path: Path, lay: Lay, name: str) -> None:
    """The page and the picture in the EPUB have its colour; nothing is found wrong."""
    result = build(laid(tmp_path, lay, name), ["pdf", "epub"])
    assert not result.findings
    pdf, epub = (one.path for one in result.written)
    page = pypdfium2.PdfDocument(pdf)[0].render().to_pil()
    assert middle(page) == (204, 0, 0)
    with zipfile.ZipFile(epub) as held:
        (cover,) = [one for one in held.namelist() if "cover" in one and one.endswith("png")]
        assert middle(Image.open(io.BytesIO(held.read(cover)))) == (204, 0, 0)


@pytest.mark.parametrize(
    ("name", "code"),
    [("art/none.png", "I001"), ("art/torn.jpg", "I004"), ("../outside.png", "I002")],
)
def test_what_can_not_be_shown_is_told_and_one_is_drawn(
    tmp_path: Path, lay: Lay, name: str, code: str
) -> None:
    """At its key in book.toml; the first page has the drawn cover's words."""
    result = build(laid(tmp_path, lay, name), ["pdf"])
    assert [(one.code, str(one.place)) for one in result.findings] == [(code, "book.toml:5:1")]
    first = pypdfium2.PdfDocument(result.written[0].path)[0].get_textpage().get_text_range()
    assert first.split() == ["Ada", "Roe", "On", "Ice"]


def test_another_picture_is_another_page(tmp_path: Path, lay: Lay) -> None:
    """What is kept of the cover is kept under the picture's bytes."""
    book = laid(tmp_path, lay, "art/red.png")
    build(book, ["pdf"])
    Image.new("RGB", (296, 420), "#00c").save(book / "art" / "red.png")
    (written,) = build(book, ["pdf"]).written
    assert middle(pypdfium2.PdfDocument(written.path)[0].render().to_pil()) == (0, 0, 204)


def test_it_is_the_front_of_the_sheet_for_print_shops(tmp_path: Path, lay: Lay) -> None:
    """At the right of the spine; the back is left to words."""
    book = laid(tmp_path, lay, "art/red.png")
    profile = tmp_path / "press.icc"
    profile.write_bytes(inks.profile())
    command = ["build", "pdf", "--book", str(book), "--for-press", "--icc", str(profile)]
    said = CliRunner().invoke(app, command)
    assert said.exit_code == 0, said.output
    sheet = pypdfium2.PdfDocument(book / "build" / "on-ice-cover.pdf")[0].render().to_pil()
    back, front = (
        sheet.convert("RGB").getpixel((sheet.width * part // 4, sheet.height // 2))
        for part in (1, 3)
    )
    assert back == (255, 255, 255)
    assert isinstance(front, tuple)
    red, green, blue = front[:3]
    assert red > 2 * max(green, blue)
