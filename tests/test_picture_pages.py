"""Pages of pictures: one below a chapter's title, and pages that hold nothing else."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from book.build import build
from book.model import Result
from tests.judges import pdftext
from tests.volumes import TOML

_PICTURES = "".join(f"![Picture {at}](tall.png)\n\n" for at in range(2, 6))


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A chapter that opens with a picture higher than wide, and has four more between two texts."""
    root = tmp_path_factory.mktemp("p")
    (root / "chapters").mkdir()
    (root / "book.toml").write_text(TOML.format(more=""), "utf-8")
    text = f"# One\n\n![Picture 1](tall.png)\n\nSome text.\n\n{_PICTURES}And more.\n\n{_PICTURES}"
    (root / "chapters/01.md").write_text(text, "utf-8")
    Image.new("L", (500, 1600), 150).save(root / "chapters/tall.png")
    return build(root, ["pdf", "epub"])


def test_a_picture_below_the_title_stands_on_its_page(result: Result) -> None:
    """With number, title and the text behind it: it is made smaller."""
    pages = pdftext.pages(result.written[0].path)
    (first,) = (page for page in pages if "Some text." in page)
    assert "One" in first


def test_pages_of_pictures_are_marked_before_them_in_the_ebook(result: Result) -> None:
    """In their order, though they have no letters to be found by."""
    with zipfile.ZipFile(result.written[1].path) as ebook:
        name = next(one for one in ebook.namelist() if one.endswith("01.xhtml"))
        text = ebook.read(name).decode()
    marks = re.findall(r'pagebreak"[^>]*title="(\d+)"|title="(\d+)"[^>]*pagebreak"', text)
    assert [int(one or other) for one, other in marks] == list(range(1, 10))
    between = re.split(r"<span[^>]*doc-pagebreak[^>]*>", text)
    assert all(part.count("<img") == 1 for part in between[1:])


def test_no_page_holds_a_title_alone(result: Result) -> None:
    """So the chapter has no more pages than pictures."""
    labels = pdftext.labels(Path(result.written[0].path))
    assert labels[-1] == "9"


def test_a_plate_and_its_caption_stand_on_one_page(tmp_path: Path) -> None:
    """However long it is, with its note; before it the title, of which no part goes overleaf."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "book.toml").write_text(TOML.format(more=""), "utf-8")
    prose = "The bread of a town was sold by weight at prices that the council fixed. " * 20
    long = "It shows much of what there was to be seen, and some of what was not. " * 4
    plates = [f"Begun. {long}Done.", "Begun. Done.", "Begun. Done.[^1]", "Begun. Done."]
    text = f"\n\n{prose}\n\n".join(f'![A](tall.png "{one}"){{.plate}}' for one in plates)
    note = f"\n\n[^1]: Noted. {long}\n"
    (tmp_path / "chapters/01.md").write_text(f"# Title\n\n{text}{note}", "utf-8")
    Image.new("L", (500, 1600), 150).save(tmp_path / "chapters/tall.png")
    pages = pdftext.pages(build(tmp_path, ["pdf"]).written[0].path)
    with_plates = [page for page in pages if "Begun." in page]
    assert len(with_plates) == 4
    assert all("Done." in page for page in with_plates)
    assert ["Noted." in page for page in with_plates] == [False, False, True, False]
    assert not any("The bread" in page for page in with_plates)
    first = next(page for page in pages if "1\nTitle" in page.replace("\r", ""))
    assert "The bread" in first


@pytest.mark.parametrize("count", [7, 10])
def test_a_picture_beside_the_text_keeps_its_caption(tmp_path: Path, count: int) -> None:
    """Near a foot that has room for one of them; both go overleaf."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "book.toml").write_text(TOML.format(more=""), "utf-8")
    prose = "The bread of a town was sold by weight at prices that the council fixed. "
    caption = "Many words are said below it. " * 12
    text = (
        f'# One\n\n{prose * count}\n\n![A loaf](loaf.png "{caption}"){{.beside}}\n\n{prose * 9}\n'
    )
    (tmp_path / "chapters/01.md").write_text(text, "utf-8")
    Image.new("L", (600, 800), 150).save(tmp_path / "chapters/loaf.png")
    pages = pypdfium2.PdfDocument(build(tmp_path, ["pdf"]).written[0].path)
    drawn = [any(one.type == FPDF_PAGEOBJ_IMAGE for one in page.get_objects()) for page in pages]
    said = ["Many words" in page.get_textpage().get_text_bounded() for page in pages]
    assert any(said[1:])
    assert said[1:] == drawn[1:]
