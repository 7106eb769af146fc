"""Cases of whole books, looked at on the page: what a reader of print would stumble over."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from book.build import read
from tests.volumes import Printed, one_chapter

_ADDRESS = "secretary.of-the-society@documents.example-archive.org"
_TEXT = f"""# One

Lists[^l], verse[^v] and quotations[^q] begin notes.

[^l]: - first of two
    - second of two

[^v]: | Roses are red,
    |   violets are blue.

[^q]: > The quotation begins the note.

|    A line of verse that begins further in and is so long that it turns over at the margin
| A last one

{"".join(f"{'so ' * at}write to {_ADDRESS} today. " for at in range(12))}
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return Printed(one_chapter(tmp_path_factory.mktemp("b"), _TEXT))


def _line_of(printed: Printed, words: str) -> str:
    """All that stands on the line that says ``words``, from left to right."""
    with pypdfium2.PdfDocument(printed.path.read_bytes()) as document:
        for page in document:
            text = page.get_textpage()
            if (at := text.get_text_range().find(words)) >= 0:
                _, bottom, _, top = text.get_charbox(at)
                said = text.get_text_bounded(bottom=bottom, top=top)
                return " ".join(said.split())
    return ""


@pytest.mark.parametrize(
    ("number", "words"), [(1, "first of two"), (2, "Roses are red"), (3, "The quotation")]
)
def test_a_note_that_begins_with_a_block_has_its_number_beside_it(
    printed: Printed, number: int, words: str
) -> None:
    assert re.match(rf"{number}\s*{words}", _line_of(printed, words))


def test_an_address_of_mail_is_never_hyphenated(printed: Printed) -> None:
    text = re.sub(r"\s+", "", "".join(printed.pages))
    assert text.count(_ADDRESS) >= 11  # One may run over a page.


def test_a_picture_of_inks_makes_no_archive(tmp_path: Path) -> None:
    """What no intent of ours can show is not PDF/A; the file is still for those who listen."""
    (tmp_path / "chapters").mkdir()
    Image.new("CMYK", (400, 300), (0, 90, 90, 0)).save(tmp_path / "chapters" / "inks.jpg")
    data = one_chapter(tmp_path, "# One\n\n![Red](inks.jpg)\n").read_bytes()
    assert b"<pdfuaid:part>" in data
    assert b"<pdfaid:part>" not in data


@pytest.mark.parametrize(("setting", "captions"), [("title", 1), ("alt", 2)])
def test_the_words_of_a_picture_may_be_its_caption(
    tmp_path: Path, setting: str, captions: int
) -> None:
    """Where the book says so and there is no other, as in Pandoc; what only decorates has none."""
    Image.new("RGB", (60, 40)).save(tmp_path / "a.png")
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters/01.md").write_text(
        '# One\n\n![A map](../a.png)\n\n![Seen](../a.png "Its own")\n\nBy ![a line](../a.png).\n\n'
        "![](../a.png){role=presentation}\n"
    )
    (tmp_path / "book.toml").write_text(
        '[book]\ntitle = "A"\nauthors = ["B"]\nlanguage = "en"\n'
        f'[typography]\ncaptions = "{setting}"\n'
    )
    book, findings = read(tmp_path)
    assert not findings
    assert book is not None
    body = book.chapters[0].body
    assert body.count("<figcaption>") == captions
    assert ("<figcaption>A map</figcaption>" in body) == (setting == "alt")
    assert "<figcaption>Its own</figcaption>" in body
