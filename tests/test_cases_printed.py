"""Cases of whole books, looked at on the page: what a reader of print would stumble over."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from book.base.typefaces import faces_of, packaged
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

1. one to begin with

Words between.

3. three so far

1986. A great year for wine.

<ol reversed start="9"><li>the ninth one</li><li>the eighth one</li></ol>

1. counted anew
2. and on

Prices in **bold <b>type</b>**, H~2~O and x^2^, [Small Words]{{.smallcaps}}, ~~gone~~.

- [x] a task done

We need:
- bread and butter
- wine

| Road | Toll |
|---|--:|
| North | 12 |

: Tolls by road

A claim.[^a][^b]

[^a]: First of both.
[^b]: Second of both.

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


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1.", "one to begin"), ("3.", "three so far"), ("1986.", "A great year"),
        ("9.", "the ninth one"), ("8.", "the eighth one"), ("2.", "and on"),
    ],
)  # fmt: skip
def test_an_item_has_the_number_that_was_written(printed: Printed, number: str, words: str) -> None:
    """In print as in the ebook: years, lists that go on, lists that count down."""
    assert re.findall(r"\d+\.", _line_of(printed, words)) == [number]


def test_what_stands_below_a_paragraph_is_printed_as_what_it_is(printed: Printed) -> None:
    """A list on the next line is one, a line with a colon below a table its caption."""
    assert _line_of(printed, "We need:") == "We need:"
    assert _line_of(printed, "bread and butter").strip(" •") == "bread and butter"
    assert _line_of(printed, "Tolls by road") == "Tolls by road"
    assert _line_of(printed, "North").split() == ["North", "12"]


def test_marks_of_other_markdown_leave_no_sign_in_print(printed: Printed) -> None:
    line = _line_of(printed, "Prices in")
    assert line.replace("2O", "₂O").startswith("Prices in bold type, H")
    assert not re.search(r"[*~^\[\]{}]", line)
    assert "☑ a task done" in _line_of(printed, "a task done")


def test_a_line_of_verse_stands_by_itself(printed: Printed) -> None:
    assert _line_of(printed, "A last one") == "A last one"
    assert "A last one" not in _line_of(printed, "A line of verse")


def test_notes_side_by_side_are_two_numbers(printed: Printed) -> None:
    """Else the fourth and the fifth would be the forty-fifth."""
    assert re.search(r"A claim\.\s*4\s*,\s*5", _line_of(printed, "A claim"))


def test_an_address_of_mail_is_never_hyphenated(printed: Printed) -> None:
    text = re.sub(r"\s+", "", "".join(printed.pages))
    assert text.count(_ADDRESS) >= 11  # One may run over a page.


def test_a_call_is_small_and_raised_in_a_face_without_superscripts(tmp_path: Path) -> None:
    """It stood full size on the line: “rights.1”."""
    if not faces_of("Noto Sans Thai", packaged()):
        pytest.skip("chapbook[thai] is not installed")
    path = one_chapter(
        tmp_path,
        "# A\n\nOf 7 rights.[^a]\n\n[^a]: So.\n",
        more='[fonts]\nserif = "Noto Sans Thai"\n',
    )
    with pypdfium2.PdfDocument(path) as document:
        pages = [(page.get_textpage(), page) for page in document]
        text = next(one for one, _ in pages if "rights." in one.get_text_range())
        at = text.get_text_range().index("7 rights.")
        _, low, _, high = text.get_charbox(at)
        _, foot, _, head = text.get_charbox(at + len("7 rights."))
    assert head - foot < 0.75 * (high - low)
    assert foot > low + 0.2 * (high - low)


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
