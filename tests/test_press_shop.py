"""The files for a print shop, read back: boxes, inks, output intent, spine, bar code, refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner, Result
from PIL import Image

from book.cli.commands import app
from book.press import x4
from book.press.colour import Press
from book.press.paper import MM
from tests import inks

ISBN = "978-3-16-148410-0"
PRESS = Press(inks.profile(), {})


def run(book: Path, *arguments: str) -> Result:
    command = ["build", "pdf", "--book", str(book), *arguments]
    return CliRunner().invoke(app, command, env={"COLUMNS": "200"})


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a coloured head, a picture, a description and an ISBN, made for a shop."""
    root = tmp_path_factory.mktemp("shop")
    (root / "chapters").mkdir()
    (root / "styles").mkdir()
    for name in ("grey", "fine"):
        Image.effect_noise((200, 100), 90).convert("RGB").save(root / "chapters" / f"{name}.png")
    Image.linear_gradient("L").convert("RGB").resize((2000, 1000)).save(root / "chapters" / "f.png")
    coloured = Image.merge("RGB", [Image.linear_gradient("L")] * 2 + [Image.new("L", (256, 256))])
    coloured.save(root / "chapters" / "colour.jpg")
    (root / "chapters" / "01-a.md").write_text(
        "# One\n\nText.\n\n![0](fine.png){width=10%}\n\n![A](grey.png)\n\n![B](colour.jpg)\n\n"
        "![C](f.png){width=20%}\n\n```\ncode\n```\n\n[A link](https://example.org/), a note.[^1]\n"
        "\n| A |\n| - |\n| 1 |\n\n[^1]: Noted.\n"
    )
    (root / "styles" / "tokens.css").write_text(":root { --cmyk-8f2418: 0 90% 80% 30% }\n")
    (root / "styles" / "print.css").write_text("h1 { color: #8f2418 }\np { color: #102030 }\n")
    (root / "press.icc").write_bytes(inks.profile())
    (root / "book.toml").write_text(
        f"""[book]
title = "A Book"
authors = ["Ada Example"]
language = "en"
description = "What it tells."
[pdf]
isbn = "{ISBN}"
[press]
profile = "press.icc"
leaf = "4mm"
price = "€ 18"
"""
    )
    said = run(root, "--for-press")
    assert said.exit_code == 0, said.output
    (root / "said").write_text(said.output)
    return root


@pytest.fixture
def interior(shop: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(shop / "build" / "a-book-interior.pdf") as pdf:
        yield pdf


@pytest.fixture
def cover(shop: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(shop / "build" / "a-book-cover.pdf") as pdf:
        yield pdf


def box(page: pikepdf.Page, name: str) -> list[float]:
    return [float(one) / MM for one in page.obj[name]]


def drawn(pdf: pikepdf.Pdf) -> bytes:
    """All operators that draw, of pages and forms."""
    parts = []
    for page in pdf.pages:
        page.contents_coalesce()
        parts.append(page.obj.Contents.read_bytes())
    forms = (one for one in pdf.objects if isinstance(one, pikepdf.Stream))
    return b"\n".join(
        [*parts, *(one.read_bytes() for one in forms if one.get("/Subtype") == "/Form")]
    )


def test_the_boxes_lie_in_each_other(interior: pikepdf.Pdf) -> None:
    """The page, three millimetres of bleed, and room for marks, on every page (PDF/X-4, 6.7)."""
    for page in interior.pages:
        trim, bleed, media = (box(page, name) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
        assert trim == pytest.approx([0, 0, 148, 210], abs=0.01)
        assert bleed == pytest.approx([-3, -3, 151, 213], abs=0.01)
        assert media == pytest.approx([-8, -8, 156, 218], abs=0.01)


def test_marks_stay_off_the_bleed(interior: pikepdf.Pdf) -> None:
    """Each begins and ends outside of it."""
    page = interior.pages[1]
    page.contents_coalesce()
    marks = page.obj.Contents.read_bytes().rpartition(b"1 1 1 1 K")[2].decode()
    ends = [(float(x) / MM, float(y) / MM) for x, y in re.findall(r"(\S+) (\S+) [ml]\b", marks)]
    assert len(ends) == 16
    for x, y in ends:
        assert not (-2.99 < x < 150.99 and -2.99 < y < 212.99)


def test_it_says_that_it_is_pdf_x_4(interior: pikepdf.Pdf, cover: pikepdf.Pdf) -> None:
    """ISO 15930-7: version, output intent with its profile, metadata, identifier, no more."""
    for pdf in (interior, cover):
        assert pdf.pdf_version == "1.6"
        assert not pdf.is_encrypted
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        assert str(intent.OutputConditionIdentifier) == "Test press"
        assert intent.DestOutputProfile.read_bytes() == inks.profile()
        assert intent.DestOutputProfile.N == 4
        said = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in said
        for name in ("xmpMM:DocumentID", "xmpMM:VersionID", "xmp:MetadataDate", "pdf:Trapped"):
            assert f"<{name}>" in said
        assert pdf.docinfo["/Trapped"] == "/False"
        assert str(pdf.docinfo["/Title"]) == "A Book"
        assert len(pdf.trailer.ID) == 2
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Lang", "/OutputIntents", "/Metadata"}
        assert list(x4.flaws(pdf)) == []


def test_nothing_is_in_the_colours_of_a_screen(interior: pikepdf.Pdf, cover: pikepdf.Pdf) -> None:
    for pdf in (interior, cover):
        assert not re.search(rb"\s(rg|RG)\s", drawn(pdf))
        assert b"/DeviceRGB" not in b"".join(
            one.unparse() for one in pdf.objects if not isinstance(one, pikepdf.Stream)
        )


def test_black_is_black_ink_alone_and_tokens_say_their_inks(interior: pikepdf.Pdf) -> None:
    """Folios, code, notes, tables; the head as the token says; other colours by the profile."""
    colours = set(re.findall(rb"([\d.]+ [\d.]+ [\d.]+ [\d.]+) k\b", drawn(interior)))
    assert b"0 0 0 1" in colours
    assert b"0 0.9 0.8 0.3" in colours
    others = [list(map(float, one.split())) for one in colours - {b"0 0 0 1", b"0 0.9 0.8 0.3"}]
    assert len(others) == 1
    cyan, magenta, yellow, black = others[0]
    assert cyan > magenta > yellow
    assert black > 0.6


def test_pictures_are_in_inks_or_grey(interior: pikepdf.Pdf) -> None:
    """And look as they did: the profile is read backwards to see it."""
    spaces = sorted(
        (int(one.Width), str(one.ColorSpace))
        for one in interior.objects
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
    )
    grey = [(200, "/DeviceGray")] * 2
    assert spaces == [*grey, (256, "/DeviceCMYK"), (2000, "/DeviceGray")]


def test_a_coarse_picture_is_a_finding_at_its_place(shop: Path) -> None:
    """The fine ones, printed small, are none, though one is as large as a coarse one."""
    said = (shop / "said").read_text()
    found = re.findall(r"(\S+): warning\[T020\]: (\S+), of (\d+) by", said)
    assert found == [
        ("chapters/01-a.md:7:1", "chapters/grey.png", "200"),
        ("chapters/01-a.md:9:1", "chapters/colour.jpg", "256"),
    ]


def test_the_cover_is_back_spine_and_front(cover: pikepdf.Pdf, shop: Path) -> None:
    """As wide as the book's pages and leaves make it; lettered, with description and price."""
    with pikepdf.open(shop / "build" / "a-book-interior.pdf") as pdf:
        pages = len(pdf.pages)
    assert pages % 2 == 0
    trim = box(cover.pages[0], "/TrimBox")
    assert trim == pytest.approx([0, 0, 2 * 148 + pages * 2, 210], abs=0.02)
    with pypdfium2.PdfDocument(shop / "build" / "a-book-cover.pdf") as document:
        page = document[0].get_textpage()
        text = page.get_text_range()
        for word in ("What it tells.", "€ 18", f"ISBN {ISBN}", "Ada Example"):
            assert word in text
        spine = [at.start() for at in re.finditer("A Book", text)]
        middles = [page.get_charbox(at)[0] / MM for at in spine]
        assert any(148 < x < 148 + pages * 2 for x in middles)


def test_the_bar_code_reads_back(shop: Path) -> None:
    """By a decoder that has nothing of ours, from the cover as it is printed."""
    with pypdfium2.PdfDocument(shop / "build" / "a-book-cover.pdf") as document:
        picture = document[0].render(scale=300 / 72).to_pil()
    (found,) = zxingcpp.read_barcodes(picture)
    assert (found.format.name, found.text) == ("EAN13", ISBN.replace("-", ""))


@pytest.fixture(scope="module")
def hebrew(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book bound on the right, for a service that takes bleed at the outer edges only."""
    root, out = tmp_path_factory.mktemp("hebrew"), tmp_path_factory.mktemp("out")
    (root / "chapters").mkdir()
    (root / "chapters" / "01.md").write_text("# ההתחלה\n\nזהו הפרק הראשון.\n")
    toml = (shop / "book.toml").read_text().replace('"en"', '"he"').replace('"A Book"', '"השליח"')
    (root / "book.toml").write_text(f'{toml}bleed = "3.2mm"\n')
    profile = str(shop / "press.icc")
    given = ["--icc", profile, "--preset", "kdp", "--output", str(out)]
    said = run(root, "--for-press", *given)
    assert said.exit_code == 0, said.output
    return out


def test_a_book_bound_on_the_right_has_its_front_at_the_left(hebrew: Path) -> None:
    """And its bar code at the back, beside the spine."""
    with pypdfium2.PdfDocument(next(hebrew.glob("*-cover.pdf"))) as document:
        picture = document[0].render(scale=300 / 72).to_pil()
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == ISBN.replace("-", "")
    assert found.position.top_left.x > picture.width / 2


def test_bleed_is_at_the_outer_edges_where_a_service_wants_it_so(hebrew: Path) -> None:
    """KDP: a page is wider by one bleed and higher by two.

    The first lies at the left of the spine, where the book is bound on the right.
    """
    with pikepdf.open(next(hebrew.glob("*-interior.pdf"))) as pdf:
        for number, page in enumerate(pdf.pages):
            left, low, right, high = box(page, "/MediaBox")
            assert (right - left, high - low) == pytest.approx((151.2, 216.4), abs=0.01)
            trim = box(page, "/TrimBox")
            assert trim[0] - left == pytest.approx(0 if number % 2 else 3.2, abs=0.01)
            assert right - trim[2] == pytest.approx(3.2 if number % 2 else 0, abs=0.01)


def test_the_same_book_gives_the_same_bytes(shop: Path, tmp_path: Path) -> None:
    said = run(shop, "--for-press", "--output", str(tmp_path), "--no-cache")
    assert said.exit_code == 0, said.output
    for name in ("a-book-interior.pdf", "a-book-cover.pdf"):
        assert (tmp_path / name).read_bytes() == (shop / "build" / name).read_bytes()


def test_a_service_gets_no_marks_and_no_bleed_at_the_spine(shop: Path, tmp_path: Path) -> None:
    """Bleed only where it is asked for, and then outside; the cover has the service's."""
    said = run(shop, "--for-press", "--preset", "kdp", "--output", str(tmp_path))
    assert said.exit_code == 0, said.output
    assert "Amazon KDP binds 24 to 828 pages" in said.output
    with pikepdf.open(tmp_path / "a-book-interior.pdf") as pdf:
        for name in ("/MediaBox", "/BleedBox", "/TrimBox"):
            assert box(pdf.pages[0], name) == pytest.approx([0, 0, 148, 210], abs=0.01)
    with pikepdf.open(tmp_path / "a-book-cover.pdf") as pdf:
        assert box(pdf.pages[0], "/MediaBox")[0] == pytest.approx(-3.175, abs=0.01)


def test_a_stapled_book_has_no_spine_and_whole_sheets(shop: Path, tmp_path: Path) -> None:
    """Of a service it is said that its tables are for glued books."""
    toml = shop / "book.toml"
    whole = toml.read_text()
    toml.write_text(whole.replace("[pdf]", '[pdf]\nbinding = "saddle"'))
    said = run(shop, "--for-press", "--output", str(tmp_path))
    toml.write_text(toml.read_text().replace("[press]", '[press]\nservice = "kdp"'))
    served = CliRunner().invoke(app, ["check", "--book", str(shop)], env={"COLUMNS": "200"})
    toml.write_text(whole)
    assert said.exit_code == 0, said.output
    with pikepdf.open(tmp_path / "a-book-interior.pdf") as pdf:
        assert len(pdf.pages) % 4 == 0
    with pikepdf.open(tmp_path / "a-book-cover.pdf") as pdf:
        assert box(pdf.pages[0], "/TrimBox") == pytest.approx([0, 0, 2 * 148, 210], abs=0.02)
    assert "Amazon KDP is for books that are glued" in served.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--preset", "kdp"], "are for --for-press"),
        (["--for-press", "--icc", "chapters/01-a.md"], "no ICC profile of cyan"),
        (["--for-press", "--preset", "bod"], "no source says"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(
    shop: Path, tmp_path: Path, arguments: list[str], words: str
) -> None:
    toml = shop / "book.toml"
    whole = toml.read_text()
    toml.write_text(whole.replace('leaf = "4mm"\n', ""))
    given = [str(shop / one) if one.startswith("chapters") else one for one in arguments]
    said = run(shop, *given, "--output", str(tmp_path))
    toml.write_text(whole)
    assert said.exit_code in {1, 2}
    assert words in said.output
    assert not list(tmp_path.iterdir())
