"""A cover of the author's own: on the first page, in the ebook, or said to be none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image

from book.build import build, check
from book.cli.commands import app
from tests import inks
from tests.conftest import Lay

_TOML = '[book]\ntitle = "On Ice"\nauthors = ["Roe, Ada"]\nlanguage = "en"\ncover = "{}"\n'
_RED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 148 210">'
    '<rect width="148" height="210" fill="#c00"/></svg>'
)
#: A page that is printed over its edge: blue to the edge, red where it is trimmed.
_PAGE = """%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 440 615] /TrimBox [10 10 430 605]
/Resources <</XObject <</A 5 0 R>>>> /Contents 4 0 R>> endobj
4 0 obj <</Length 69>> stream
0 0 1 rg 0 0 440 615 re f .8 0 0 rg 10 10 420 595 re f {}
endstream endobj
5 0 obj <</Type /XObject /Subtype /Form /BBox [0 0 440 615] /Length 1>> stream

endstream endobj
{}trailer <</Root 1 0 R>>
"""


def bomb() -> str:
    """A page that draws a form ten times, which draws another ten times, and so on."""
    parts = [
        f"{at} 0 obj <</Type /XObject /Subtype /Form /BBox [0 0 440 615] /Length 60"
        f" /Resources <</XObject <</A {at + 1} 0 R>>>>>> stream\n{'/A Do ' * 10}\n"
        "endstream endobj\n"
        for at in range(6, 16)
    ]
    last = "16 0 obj <</Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 12>> stream\n"
    parts.append(last + "0 0 9 9 re f\nendstream endobj\n")
    return _PAGE.format("/A Do", "".join(parts)).replace("/A 5 0 R", "/A 6 0 R")


def laid(tmp_path: Path, lay: Lay, name: str) -> Path:
    text = {"book.toml": _TOML.format(name), "chapters/01.md": "# One\n\nText.\n"}
    book = lay(tmp_path, {**text, "art/red.svg": _RED})
    Image.new("RGB", (296, 420), "#c00").save(book / "art" / "red.png")
    (book / "art" / "torn.jpg").write_bytes((book / "art" / "red.png").read_bytes()[:60])
    (book / "art" / "red.pdf").write_text(_PAGE.format("", ""), "latin-1")
    (book / "art" / "torn.pdf").write_text(_PAGE[:300], "latin-1")
    (book / "art" / "bomb.pdf").write_text(bomb(), "latin-1")
    with pikepdf.open(book / "art" / "red.pdf") as pdf:
        pdf.save(book / "art" / "locked.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
    return book


def middle(picture: Image.Image) -> tuple[int, ...]:
    found = picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(found, tuple)
    return tuple(found)


@pytest.mark.parametrize("name", ["art/red.png", "art/red.svg", "art/red.pdf"])
def test_it_is_the_first_page_and_the_ebooks_cover(tmp_path: Path, lay: Lay, name: str) -> None:
    """All of the page and of the picture in the EPUB has its colour; nothing is found wrong."""
    result = build(laid(tmp_path, lay, name), ["pdf", "epub"])
    assert not result.findings
    pdf, epub = (one.path for one in result.written)
    page = pypdfium2.PdfDocument(pdf)[0].render().to_pil()
    assert middle(page) == (204, 0, 0)
    edges = [(3, 3), (page.width - 4, page.height - 4)]
    assert [page.convert("RGB").getpixel(one) for one in edges] == [(204, 0, 0)] * 2
    with zipfile.ZipFile(epub) as held:
        (cover,) = [one for one in held.namelist() if "cover" in one and one.endswith("png")]
        assert middle(Image.open(io.BytesIO(held.read(cover)))) == (204, 0, 0)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("art/none.png", "I001"),
        ("art/torn.jpg", "I004"),
        ("../outside.png", "I002"),
        ("art/torn.pdf", "I004"),
        ("art/locked.pdf", "I004"),
    ],
)
def test_what_can_not_be_shown_is_told_and_one_is_drawn(
    tmp_path: Path, lay: Lay, name: str, code: str
) -> None:
    """At its key in book.toml; the first page has the drawn cover's words."""
    result = build(laid(tmp_path, lay, name), ["pdf"])
    assert [(one.code, str(one.place)) for one in result.findings] == [(code, "book.toml:5:1")]
    first = pypdfium2.PdfDocument(result.written[0].path)[0].get_textpage().get_text_range()
    assert first.split() == ["Ada", "Roe", "On", "Ice"]


def test_a_pdf_that_is_never_drawn_is_told(
    tmp_path: Path, lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has its time, in a process of its own, and no more."""
    monkeypatch.setattr("book.checks.pictures._SECONDS", 1)
    (found,) = check(laid(tmp_path, lay, "art/bomb.pdf"))
    assert (found.code, str(found.place)) == ("I004", "book.toml:5:1")
    assert "takes longer than 1 second" in found.message


def test_a_pdf_is_a_cover_and_no_picture_of_a_chapter(tmp_path: Path, lay: Lay) -> None:
    """In a chapter it is a box, though the same file is the cover."""
    book = laid(tmp_path, lay, "art/red.pdf")
    (book / "chapters" / "01.md").write_text("# One\n\n![Red](../art/red.pdf)\n", "utf-8")
    assert [(one.code, one.place.path) for one in check(book)] == [("I004", "chapters/01.md")]


def test_another_picture_is_another_page(tmp_path: Path, lay: Lay) -> None:
    """What is kept of the cover is kept under the picture's bytes."""
    book = laid(tmp_path, lay, "art/red.png")
    build(book, ["pdf"])
    Image.new("RGB", (296, 420), "#00c").save(book / "art" / "red.png")
    (written,) = build(book, ["pdf"]).written
    assert middle(pypdfium2.PdfDocument(written.path)[0].render().to_pil()) == (0, 0, 204)


@pytest.mark.parametrize("name", ["art/red.png", "art/red.pdf"])
def test_it_is_the_front_of_the_sheet_for_print_shops(tmp_path: Path, lay: Lay, name: str) -> None:
    """At the right of the spine; the back is left to words."""
    book = laid(tmp_path, lay, name)
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
