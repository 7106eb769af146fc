"""The ebook's package: what shops, libraries and reading systems are told."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests import torture
from tests.epubs import EPUB_TYPE, NO_FONTS, NS, PIXEL, TOML, Epub, assembled, made, pixel, text

ONE = {"01-one": "# One\n\nText.[^x]\n\n## Within\n\n### Deeper\n\nMore.\n\n[^x]: Note.\n"}


@pytest.fixture(autouse=True)
def _plain_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.render.epub.cover.picture", pixel)


def _spine(found: Epub) -> list[str]:
    items = {
        item.get("id"): str(item.get("href")) for item in found.all("content.opf", "//opf:item")
    }
    return [items[ref.get("idref")] for ref in found.all("content.opf", "//opf:itemref")]


def test_the_archive_begins_with_its_media_type(tmp_path: Path) -> None:
    """``mimetype`` comes first and stored, as OCF 3.3 (section 4.3) asks."""
    found = made(assembled(tmp_path, ONE))
    with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert found.data[30:58] == b"mimetypeapplication/epub+zip"


def test_the_same_book_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another folder and another time zone too."""
    first = made(assembled(tmp_path / "here", ONE, TOML)).data
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    second = made(assembled(tmp_path / "there" / "far", ONE, TOML)).data
    monkeypatch.undo()
    time.tzset()
    assert first == second


@pytest.mark.parametrize(
    ("epoch", "date", "expected"),
    [
        ("86400", "date = 1943-05-01\n", "1970-01-02T00:00:00Z"),
        ("", "date = 1943-05-01\n", "1943-05-01T00:00:00Z"),
        ("", "", "2000-01-01T00:00:00Z"),
    ],
)
def test_the_date_of_change_is_the_builds_or_the_books(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, date: str, expected: str
) -> None:
    """``SOURCE_DATE_EPOCH`` before the book's own date, never the clock."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    found = made(assembled(tmp_path, ONE, TOML + date + NO_FONTS))
    assert found.meta("dcterms:modified") == [expected]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("978-3-16-148410-0", "urn:isbn:9783161484100"),
        ("https://example.org/book", "https://example.org/book"),
        ("", "urn:uuid:"),
    ],
)
def test_the_identifier_is_the_authors_or_made_from_the_book(
    tmp_path: Path, given: str, expected: str
) -> None:
    """An ISBN becomes a URN; without one the same book always gets the same UUID."""
    line = f'identifier = "{given}"\n' if given else ""
    found = made(assembled(tmp_path, ONE, TOML + line + NO_FONTS))
    said = text(found.one("content.opf", "//dc:identifier"))
    assert said.startswith(expected)
    assert found.one("0-contents.ncx", "//ncx:meta[@name='dtb:uid']").get("content") == said


def test_compounds_of_the_title_are_not_divided(tmp_path: Path) -> None:
    """On the title page, whose type may be large; a long one may be, or it would not fit."""
    title = 'title = "The Go-Between & A-very-long-compound-title, 1943–1944"'
    toml = TOML.replace('title = "A Small Book"', title) + NO_FONTS
    spans = made(assembled(tmp_path, ONE, toml)).all("0-title-page.xhtml", "//h:h1/h:span")
    assert [text(span) for span in spans] == ["Go-Between", "1943–1944"]


def test_titles_and_authors_are_refined(tmp_path: Path) -> None:
    """Main title and subtitle; names in reading order, filed under the family."""
    toml = TOML.replace("Ada Example", "Example, Ada") + 'subtitle = "Of Its Kind"\n' + NO_FONTS
    found = made(assembled(tmp_path, ONE, toml))
    titles = [text(one) for one in found.all("content.opf", "//dc:title")]
    assert titles == ["A Small Book", "Of Its Kind"]
    assert found.meta("title-type") == ["main", "subtitle"]
    assert text(found.one("content.opf", "//dc:creator")) == "Ada Example"
    assert (found.meta("role"), found.meta("file-as")) == (["aut"], ["Example, Ada"])


def test_the_contents_list_chapters_and_sections(tmp_path: Path) -> None:
    """As deep as they are, in the navigation document and in the NCX alike."""
    found = made(assembled(tmp_path, ONE))
    lines = found.all("0-contents.xhtml", "//h:nav[@id='toc']//h:a")
    assert [text(line) for line in lines] == ["1. One", "Within", "Deeper"]
    assert lines[1].get("href") == "c01-one.xhtml#c01-one.within"
    points = found.all("0-contents.ncx", "//ncx:content")
    assert [point.get("src") for point in points] == [line.get("href") for line in lines]
    assert found.one("0-contents.ncx", "//ncx:meta[@name='dtb:depth']").get("content") == "3"


def test_reading_begins_with_the_first_chapter_of_the_body(tmp_path: Path) -> None:
    """The landmark ``bodymatter``, and ``text`` for those who only know EPUB 2."""
    chapters = {"00-pre": "---\nkind: preface\n---\n\n# Before\n\nText.\n", **ONE}
    found = made(assembled(tmp_path, chapters))
    start = found.one("0-contents.xhtml", "//h:a[@epub:type='bodymatter']")
    assert start.get("href") == "c01-one.xhtml"
    guide = found.one("content.opf", "//opf:reference[@type='text']")
    assert guide.get("href") == "c01-one.xhtml"


def test_the_spine_is_the_order_of_the_book(tmp_path: Path) -> None:
    """What stands before the text, then its chapters; the cover out of turn."""
    found = made(assembled(tmp_path, {**ONE, "02-two": "# Two\n\nText.\n"}))
    own = ["0-cover.xhtml", "0-title-page.xhtml", "0-imprint.xhtml", "0-contents.xhtml"]
    assert _spine(found) == [*own, "c01-one.xhtml", "c02-two.xhtml"]
    apart = found.one("content.opf", "//opf:itemref[@linear='no']")
    assert apart.get("idref") == "f-0-cover.xhtml"


def test_every_file_has_one_heading_of_the_first_level(tmp_path: Path) -> None:
    """So that those who move by headings never meet two titles, or none."""
    found = made(assembled(tmp_path, ONE))
    for name in found.documents():
        assert len(found.all(name, "//h:h1")) == 1, name


def test_no_file_has_a_script_or_a_style_of_its_own(tmp_path: Path) -> None:
    """Looks are the stylesheet's alone."""
    found = made(assembled(tmp_path, ONE))
    for name in found.documents():
        assert not found.all(name, "//h:script | //h:style | //*[@style]"), name


def test_a_book_without_pictures_is_text_alone(tmp_path: Path) -> None:
    """The cover and the timeline apart, and nothing more is claimed."""
    found = made(assembled(tmp_path, ONE))
    assert found.meta("schema:accessMode") == ["textual"]
    assert found.meta("schema:accessModeSufficient") == ["textual"]
    assert found.meta("schema:accessibilityHazard") == ["none"]
    assert found.meta("dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]


def test_an_image_without_words_forbids_to_claim_conformance(tmp_path: Path) -> None:
    """Nor does the book say that its text is enough."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "a.png").write_bytes(PIXEL)
    found = made(assembled(tmp_path, {"01-one": "# One\n\n![](a.png)\n"}))
    assert found.meta("dcterms:conformsTo") == []
    assert found.meta("schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in found.meta("schema:accessibilityFeature")


def test_fonts_are_embedded_with_the_letters_of_the_book(tmp_path: Path) -> None:
    """A face that no text needs stays out; the stylesheet names those that are there."""
    found = made(assembled(tmp_path, {"01-one": "# One\n\nŻółw.\n"}, TOML))
    fonts = {name for name in found.files if name.startswith("fonts/")}
    assert "fonts/SourceSerifPro-Regular.otf" in fonts
    assert "fonts/SourceSerifPro-SemiboldIt.otf" not in fonts
    font = TTFont(io.BytesIO(found.files["fonts/SourceSerifPro-Regular.otf"]))
    assert {*map(ord, "Żółw")} <= set(font.getBestCmap())
    assert ord("Ж") not in font.getBestCmap()
    css = found.files["0-book.css"].decode()
    assert all(f'url("{name}")' in css for name in fonts)


def test_fonts_may_be_left_out(tmp_path: Path) -> None:
    """``epub.fonts = "none"``: no file, no rule."""
    found = made(assembled(tmp_path, ONE))
    assert not [name for name in found.files if name.startswith("fonts/")]
    assert b"@font-face" not in found.files["0-book.css"]


def test_a_theme_fetches_nothing(tmp_path: Path) -> None:
    """``@import`` and every address go, however they are spelt; the rest stays."""
    css = """
        @import "https://example.org/a.css"; @import url(b.css);
        @font-face { font-family: X; src: url(x.otf); }
        p { background: URL(http://example.org/c.png); margin: 0 1em }
        q { background: u\\72l(d.png); content: "x" }
        @media screen { b { background: image-set("e.png" 1x); color: red } }
        i { direction: rtl; --x: url(f.png) }
    """
    css_out = made(assembled(tmp_path, ONE), css=css).files["0-book.css"].decode()
    for bad in ("url(", "@import", "image-set", "direction", "@font-face", "72l", ".png"):
        assert bad not in css_out
    assert "p { margin: 0 1em; }" in css_out
    assert "b { color: red; }" in css_out


def test_custom_properties_are_put_in_place(tmp_path: Path) -> None:
    """Older reading systems don't know them; one that leads nowhere takes its rule along."""
    css = ":root{--a: 2em; --b: var(--a) } p{margin:var(--b) var(--no, 1em);top:var(--no)} "
    out = made(
        assembled(tmp_path, ONE), css=css + ":root{--c:var(--c)} q{top:var(--c)} q{left:var()}"
    )
    sheet = out.files["0-book.css"].decode()
    assert "var(" not in sheet
    assert "margin: 2em 1em;" in " ".join(sheet.split())


def test_the_cover_is_named_to_all_generations_of_readers(tmp_path: Path) -> None:
    """The property of EPUB 3, the ``meta`` of EPUB 2, a page, a landmark, words for it."""
    found = made(assembled(tmp_path, ONE))
    item = found.one("content.opf", "//opf:item[@properties='cover-image']")
    assert item.get("href") == "images/cover.png"
    meta = found.one("content.opf", "//opf:meta[@name='cover']")
    assert meta.get("content") == item.get("id")
    image = found.one("0-cover.xhtml", "//h:img")
    assert (image.get("role"), image.get("alt")) == (
        "doc-cover",
        "Cover: A Small Book. Ada Example",
    )


def test_landmarks_lead_to_what_they_name(tmp_path: Path) -> None:
    """Each once, in the language of the book."""
    found = made(assembled(tmp_path, ONE))
    marks = found.all("0-contents.xhtml", "//h:nav[@epub:type='landmarks']//h:a")
    kinds = [mark.get(EPUB_TYPE) for mark in marks]
    assert kinds == ["cover", "titlepage", "copyright-page", "toc", "bodymatter"]
    assert all(mark.get("href") in found.files for mark in marks)


def test_the_series_is_told_with_the_books_number_in_it(tmp_path: Path) -> None:
    """``belongs-to-collection`` and its refinements (EPUB 3.3, D.3)."""
    found = made(assembled(tmp_path, ONE, torture.TOML + NO_FONTS))
    assert found.meta("belongs-to-collection") == ["Hard Books"]
    assert (found.meta("collection-type"), found.meta("group-position")) == (["series"], ["3"])


def test_contributors_have_their_roles(tmp_path: Path) -> None:
    """MARC relators, and names to file them under."""
    found = made(assembled(tmp_path, ONE, torture.TOML + NO_FONTS))
    assert text(found.one("content.opf", "//dc:contributor")) == "Tina Translator"
    assert found.meta("role") == ["aut", "aut", "trl"]
    assert found.meta("file-as") == ["Example, Ada", "Иванов, Иван", "Translator, Tina"]


def test_a_chapter_that_did_not_change_has_the_same_bytes(tmp_path: Path) -> None:
    """Whatever is written in its neighbour."""
    chapters = {**ONE, "02-two": "# Two\n\nText.[^x]\n\n[^x]: Note.\n"}
    before = made(assembled(tmp_path, chapters)).files
    after = made(assembled(tmp_path, {**chapters, "01-one": "# One\n\nOther.\n"})).files
    assert before["c02-two.xhtml"] == after["c02-two.xhtml"]
    assert before["c01-one.xhtml"] != after["c01-one.xhtml"]


def test_the_namespace_of_types_has_its_usual_prefix(tmp_path: Path) -> None:
    """Some reading systems look for ``epub:type`` as a string."""
    found = made(assembled(tmp_path, ONE))
    assert b'epub:type="noteref"' in found.files["c01-one.xhtml"]
    assert found.tree("c01-one.xhtml").nsmap["epub"] == NS["epub"]
