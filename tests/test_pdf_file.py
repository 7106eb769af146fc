"""The first book's PDF as a file: outline, links, size, fonts, and what it says of itself."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pytest

from bench.plain import write_html
from tests.firstbook import ROOT, SOURCES, contains, printed_in
from tests.judges import pdftext, verapdf
from tests.volumes import Printed, said


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The book of this repository, made in a folder of its own."""
    return printed_in(tmp_path_factory.getbasetemp())


def table() -> dict[str, object]:
    """The ``[book]`` of the book's configuration."""
    found: dict[str, object] = tomllib.loads((ROOT / "book.toml").read_text("utf-8"))["book"]
    return found


class TestFile:
    def test_the_outline_holds_all_headings(self, printed: Printed) -> None:
        """Nested as in the manuscript, chapter by chapter, each on its page."""
        expected = [
            (len(sharps) - 1, re.sub(r" \{.*\}$|\*", "", text).replace("'", "’"))
            for source in SOURCES.values()
            for sharps, text in re.findall(r"^(#+) (.+)$", source, re.MULTILINE)
        ]
        expected.insert(expected.index((0, "Chronology")) + 1, (1, "Timeline"))
        assert [(level, title) for level, title, _ in printed.outline[2:]] == expected
        for _, title, page in printed.outline[2:]:
            assert page is not None
            assert contains(said(printed.pages[page]), said(title)), title

    def test_every_link_lands(self, printed: Printed) -> None:
        """None leads to a name or page that is not there."""
        assert len(printed.links) > 200
        broken = [one for one in printed.links if one.dest_page is None and one.uri is None]
        assert broken == []
        assert all(not (one.uri or "").startswith("dest:") for one in printed.links)

    def test_every_link_can_be_hit(self, printed: Printed) -> None:
        """Its rectangle is as high as small letters at least, and has some width."""
        small = [
            (one.page, one.dest_name, one.rect)
            for one in printed.links
            if one.rect[3] - one.rect[1] < 5 or one.rect[2] - one.rect[0] < 2
        ]
        assert small == []

    def test_it_is_hardly_larger_than_weasyprint_makes_it(
        self, printed: Printed, tmp_path: Path
    ) -> None:
        """A tenth at most, folios, outline and labels included, for the same pieces."""
        html, pdf = tmp_path / "plain.html", tmp_path / "plain.pdf"
        write_html(ROOT, html)
        command = [sys.executable, "-m", "bench.plain", str(html), str(pdf)]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
        with closing(pypdfium2.PdfDocument(pdf)) as plain:
            assert abs(len(plain) - len(printed.pages)) < len(plain) // 8
        assert printed.path.stat().st_size < 1.1 * pdf.stat().st_size

    def test_fonts_are_embedded_once(self, printed: Printed) -> None:
        """Each of them, and no two files hold the same font."""
        fonts = pdftext.fonts(printed.path)
        assert fonts
        assert all(fonts.values())
        names = [name.split("+")[-1] for name in fonts]
        assert len(names) == len(set(names))
        with pikepdf.open(printed.path) as pdf:
            descriptors = [one for one in pdf.objects if is_descriptor(one)]
            files = {file.objgen for one in descriptors if (file := font_file(one)) is not None}
            assert len(files) == len({str(one.FontName).split("+")[-1] for one in descriptors})

    def test_what_it_says_of_itself_agrees(self, printed: Printed) -> None:
        """Document information, XMP and catalogue have the book's title, people and language."""
        book = table()
        title = f"{book['title']}: {book['subtitle']}"
        with pikepdf.open(printed.path) as pdf:
            info, xmp = pdf.docinfo, ET.fromstring(pdf.Root.Metadata.read_bytes())
            assert str(info.Title) == title == "".join(dc(xmp, "title"))
            assert str(info.Author) == ", ".join(dc(xmp, "creator"))
            assert dc(xmp, "creator") == book["authors"]
            assert str(info.Subject) == book["description"] == "".join(dc(xmp, "description"))
            assert dc(xmp, "subject") == book["subjects"]
            assert str(info.Keywords) == ", ".join(dc(xmp, "subject"))
            assert dc(xmp, "language") == [str(pdf.Root.Lang)] == [book["language"]]

    def test_its_window_shows_the_title(self, printed: Printed) -> None:
        """Not the file's name; and the file is tagged."""
        with pikepdf.open(printed.path) as pdf:
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            assert bool(pdf.Root.MarkInfo.Marked)

    def test_the_build_has_nothing_to_say(self, printed: Printed) -> None:
        """No warning: no note out of place, no letter without a glyph."""
        assert [f"{one.place}: {one.message}" for one in printed.findings] == []

    @pytest.mark.slow
    def test_it_keeps_the_standards(self, printed: Printed) -> None:
        """PDF/UA-1, and PDF/A-3a if that is what it says of itself."""
        flavours: list[verapdf.Flavour] = ["ua1"]
        with pikepdf.open(printed.path) as pdf:
            if b"pdfaid" in pdf.Root.Metadata.read_bytes():
                flavours.append("3a")
        verapdf.assert_compliant(printed.path, *flavours)


def dc(xmp: ET.Element, name: str) -> list[str]:
    """The values of a Dublin Core property."""
    found = xmp.find(f".//{{http://purl.org/dc/elements/1.1/}}{name}")
    assert found is not None, name
    return [one.text or "" for one in found.iter() if (one.text or "").strip()]


def is_descriptor(found: pikepdf.Object) -> bool:
    """Whether an object describes a font."""
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor"


def font_file(descriptor: pikepdf.Object) -> pikepdf.Object | None:
    """The file that a font's descriptor embeds."""
    keys = ("/FontFile", "/FontFile2", "/FontFile3")
    return next((descriptor[key] for key in keys if key in descriptor), None)
