"""What a listener hears of a piece: its structure tree, read back from the PDF."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from book.fonts import font_css
from book.render.pdf import typeset
from book.render.pdf.bind import bind
from book.render.pdf.metadata import of_volume
from book.render.pdf.paginate import Placed
from book.render.pdf.pieces import Sheet
from book.render.pdf.record import PieceJob
from book.store import Nothing
from tests.judges import pdftext, verapdf
from tests.judges.pdftext import Element
from tests.test_figures import chronicle

CSS = (
    font_css()
    + """
@page { size: A5; margin: 18mm 18mm 22mm 20mm }
body { font: 10.2pt/14pt "Source Serif"; text-align: justify; hyphens: auto; margin: 0 }
p { margin: 0 }
ul { list-style-type: "\\2013  " }
.note { float: footnote; footnote-policy: line; font-size: 8.2pt; line-height: 11pt }
::footnote-call { content: none } ::footnote-marker { content: none }
.note-call { font-size: 0.7em; vertical-align: super; line-height: 0 }
img { image-rendering: crisp-edges }
"""
)
PROSE = "The representatives of the Japanese government considered a reconciliation indispensable. "
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">{}<path d="M0 0h9v9"/></svg>'


def made(tmp_path: Path, body: str, *, css: str = "", language: str = "en") -> Path:
    """The PDF of a piece with that body."""
    html = f'<html lang="{language}"><head><title>T</title></head><body>{body}</body></html>'
    job = PieceJob("piece", html, CSS + css, (), str(tmp_path))
    path = tmp_path / "piece.pdf"
    placed = Placed(
        Sheet("piece", "arabic", "", html, ()), typeset.typeset(job, Nothing(tmp_path)), 0, 1
    )
    book = chronicle()
    nothing = Nothing(tmp_path)
    path.write_bytes(bind(book, of_volume(book), (placed,), (None,), {}, nothing))
    return path


def heard(tmp_path: Path, body: str, *, css: str = "", language: str = "en") -> Element:
    """The Document of that piece's structure tree."""
    root = pdftext.struct(made(tmp_path, body, css=css, language=language))
    assert root is not None
    (document,) = root.children
    assert document.tag == "Document"
    return document


def outline(element: Element) -> str:
    """An element's tags as ``P(Span Link)``."""
    inner = " ".join(outline(child) for child in element.children)
    return f"{element.tag}({inner})" if inner else element.tag


def said(element: Element) -> str:
    """An element's text, its spaces made one."""
    return " ".join(element.text.split())


def call(number: int, note: str = "<p>{}A note.</p>") -> str:
    """A note and its call, as print dresses them."""
    back = f'<a class="note-number" href="dest:c{number}">{number}</a> '
    return (
        f'<a class="note-call" id="c{number}" href="dest:n{number}">{number}</a>'
        f'<aside class="note" id="n{number}">{note.format(back)}</aside>'
    )


def test_a_paragraph_over_two_pages_is_one(tmp_path: Path) -> None:
    """It is a single P whose text runs on, with no word joined to the next and none broken."""
    (paragraph,) = heard(tmp_path, f"<p>{PROSE * 40}</p>").children
    assert (paragraph.tag, paragraph.children) == ("P", ())
    assert said(paragraph) == (PROSE * 40).strip()


def test_a_paragraph_is_one_stretch_of_content_a_page(tmp_path: Path) -> None:
    """Lines do not each make an item of their own; only hyphens at line ends part them."""
    path = made(tmp_path, f"<p>{PROSE * 40}</p>", css="body { hyphens: none }")
    with pikepdf.open(path) as pdf:
        (paragraph,) = pdf.Root.StructTreeRoot.K[0].K
        first, second = paragraph.K
        assert int(first) == 0
        assert (str(second.Type), int(second.MCID)) == ("/MCR", 0)
        assert second.Pg.objgen == pdf.pages[1].obj.objgen


def test_lists_and_tables_over_two_pages_are_one(tmp_path: Path) -> None:
    """One L with all its items; one Table, whose repeated heads are heard once."""
    items = "".join(f"<li>{PROSE}</li>" for _ in range(30))
    rows = "".join(f"<tr><td>{number}</td><td>b</td></tr>" for number in range(60))
    table = f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{rows}</tbody></table>"
    found_list, found_table = heard(tmp_path, f"<ul>{items}</ul>{table}").children
    assert [item.tag for item in found_list.children] == ["LI"] * 30
    assert outline(found_list.children[-1]) == "LI(Lbl LBody)"
    assert [group.tag for group in found_table.children] == ["THead", "TBody"]
    assert len(found_table.find("TR")) == 61
    assert [said(head) for head in found_table.find("TH")] == ["A", "B"]


def test_grouping_elements_leave_no_trace(tmp_path: Path) -> None:
    """Headers, divs and plain spans are gone; text that stands bare in a group is a paragraph."""
    body = (
        "<section><header><div><h1>T</h1></div></header><div>bare <em>text</em></div>"
        "<blockquote>said</blockquote><p></p><hr/><p><span>end</span></p></section>"
    )
    (section,) = heard(tmp_path, body).children
    assert outline(section) == "Sect(H1 P(Span) BlockQuote(P) P)"


def test_levels_of_headings_are_not_skipped(tmp_path: Path) -> None:
    """A level that the author left out is closed up (ISO 14289-1, 7.4.2)."""
    document = heard(tmp_path, "<h1>a</h1><h3>b</h3><h4>c</h4><h3>d</h3><h2>e</h2><h3>f</h3>")
    assert [child.tag for child in document.children] == ["H1", "H2", "H3", "H2", "H2", "H3"]


def test_items_have_labels_and_bodies(tmp_path: Path) -> None:
    """Loose items hold paragraphs, nested lists stand in their item, numbering is said."""
    body = "<ol><li>one<ol><li>in</li></ol></li><li><p>two</p><p>more</p></li></ol>"
    (found,) = heard(tmp_path, body).children
    assert outline(found) == "L(LI(Lbl LBody(L(LI(Lbl LBody)))) LI(Lbl LBody(P P)))"
    assert found.attributes["ListNumbering"] == "Decimal"
    assert said(found.children[0].children[0]) == "1."


def test_a_list_without_markers_has_no_labels(tmp_path: Path) -> None:
    """An item that shows no bullet is its body alone."""
    (found,) = heard(tmp_path, "<ul><li>a</li></ul>", css="ul { list-style: none }").children
    assert outline(found) == "L(LI(LBody))"


def test_terms_are_labels_of_what_is_said_of_them(tmp_path: Path) -> None:
    """Each term (or several together) and its descriptions make an item."""
    body = "<dl><dt>a</dt><dd>1</dd><dt>b</dt><dt>c</dt><dd><p>2</p></dd><dd>3</dd></dl>"
    (found,) = heard(tmp_path, body).children
    assert outline(found) == "L(LI(Lbl LBody) LI(Lbl Lbl LBody(P) LBody))"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a{}b</p><p>c</p>", "P(Call) Note P"),
        ("<h1>a{}</h1><p>c</p>", "H1(Call) Note P"),
        ("<p>a <em>b{}c</em> d</p>", "P(Span(Call)) Note"),
        ("<blockquote><p>a{}</p><p>b</p></blockquote>", "BlockQuote(P(Call) Note P)"),
        ("<blockquote>a{}b</blockquote>", "BlockQuote(P(Call) Note)"),
        ("<ul><li>a{}<p>b</p></li></ul>", "L(LI(Lbl LBody(Call Note P)))"),
        ("<table><tr><td>a{}b</td></tr></table>", "Table(TR(TD(Call Note)))"),
        (
            "<table><caption>a{}</caption><tr><td>b</td></tr></table>",
            "Table(Caption(Call Note) TR(TD))",
        ),
        (
            "<figure><p>b</p><figcaption>a{}</figcaption></figure>",
            "Div(P Caption(Call Note))",
        ),
    ],
)
def test_a_note_follows_what_calls_it(tmp_path: Path, body: str, expected: str) -> None:
    """The sentence is heard whole, then the note, as its sibling; the number is its label."""
    document = heard(tmp_path, body.format(call(1)))
    found = " ".join(outline(child) for child in document.children)
    found = found.replace("Reference(Link)", "Call").replace("Note(Lbl(Link) P)", "Note")
    assert found == expected
    (note,) = document.find("Note")
    assert (note.attributes["ID"], said(note)) == ("n1", "1 A note.")
    assert said(document.find("Reference")[0]) == "1"


def test_a_note_over_pages_is_one(tmp_path: Path) -> None:
    """All of it is heard in one place, before the next paragraph; notes keep their order."""
    long = call(1, f"<p>{{}}{PROSE * 70}</p><p>Its end.</p>")
    body = f"<p>{PROSE}{long} Text.{call(2)} More.</p><p>{PROSE * 60}</p>"
    first, one, two, last = heard(tmp_path, body).children
    assert [first.tag, one.tag, two.tag, last.tag] == ["P", "Note", "Note", "P"]
    assert said(first) == f"{PROSE}1 Text.2 More."
    assert said(one) == f"1 {PROSE * 70}Its end."


def test_notes_without_an_id_get_one(tmp_path: Path) -> None:
    """PDF/UA-1 asks for an ID in each note (7.9)."""
    body = '<p id="x">a<aside class="note">b</aside> c<aside class="note">d</aside></p>'
    names = [note.attributes["ID"] for note in heard(tmp_path, body).find("Note")]
    assert len(set(names)) == 2
    assert all(name.startswith("x.") for name in names)


def test_a_link_is_one_however_it_is_broken(tmp_path: Path) -> None:
    """One Link, a rectangle a line, none for the emphasis in it; it says where it leads."""
    body = f'<p>a <a href="dest:x">{PROSE}<em>with emphasis</em> {PROSE}</a> b</p>'
    path = made(tmp_path, body, css="a { text-decoration: none }")
    root = pdftext.struct(path)
    assert root is not None
    (link,) = root.find("Link")
    text = f"{PROSE}with emphasis {PROSE}".strip()
    assert (said(link), outline(link)) == (text, "Link(Span)")
    lines = [found.rect for found in pdftext.links(path)]
    assert link.annotations == ("Link",) * len(lines)
    assert len({rect[1] for rect in lines}) == len(lines) == 3
    with pikepdf.open(path) as pdf:
        assert {str(one.Contents) for one in pdf.pages[0].Annots} == {text}


def test_links_without_content_have_no_annotation(tmp_path: Path) -> None:
    """An empty link is no link; a picture's is told by the picture's words."""
    Image.new("RGB", (20, 20)).save(tmp_path / "p.png")
    body = '<p>a<a href="dest:x"></a> <a href="dest:y"><img src="p.png" alt="A map"/></a></p>'
    path = made(tmp_path, body)
    root = pdftext.struct(path)
    assert root is not None
    (link,) = root.find("Link")
    assert outline(link) == "Link(Figure)"
    with pikepdf.open(path) as pdf:
        assert {str(one.Contents) for one in pdf.pages[0].Annots} == {"A map"}


def test_pictures_are_told_or_not_heard(tmp_path: Path) -> None:
    """Pictures have their words and their place; those that only adorn are artifacts."""
    Image.new("RGB", (40, 40)).save(tmp_path / "p.png")
    body = (
        '<figure><img src="p.png" alt="A map"/><figcaption>Where.</figcaption></figure>'
        '<p><img src="p.png" alt=""/></p>' + SVG.format("<title>A line</title>") + SVG.format("")
    )
    document = heard(tmp_path, body)
    assert [outline(child) for child in document.children] == ["Div(Figure Caption)", "Figure"]
    first, second = document.find("Figure")
    assert (first.attributes["Alt"], second.attributes["Alt"]) == ("A map", "A line")
    left, bottom, right, top = (float(side) for side in first.attributes["BBox"].split())
    assert (round(right - left), round(top - bottom)) == (30, 30)
    assert 500 < top < 595


TABLE = """<table id="t"><caption>C</caption>
<thead><tr><th rowspan="2">Army</th><th colspan="2" id="men">Men</th><th rowspan="2">Guns</th></tr>
<tr><th>1943</th><th>1944</th></tr></thead>
<tbody><tr><th rowspan="2">East</th><td>1</td><td>2</td><td>3</td></tr>
<tr><td colspan="2">4</td><td></td></tr></tbody></table>"""


def test_headers_are_right_for_spans(tmp_path: Path) -> None:
    """Each cell names the headers that it stands under and beside; empty cells are there."""
    (table,) = heard(tmp_path, TABLE).children
    assert [child.tag for child in table.children] == ["Caption", "THead", "TBody"]
    names = {cell.attributes.get("ID", ""): said(cell) for cell in table.find("TH")}
    assert names["men"] == "Men"
    heads = [
        (said(cell), [names[name] for name in cell.attributes["Headers"].split()])
        for cell in table.find("TD")
    ]
    assert heads == [
        ("1", ["Men", "1943", "East"]),
        ("2", ["Men", "1944", "East"]),
        ("3", ["Guns", "East"]),
        ("4", ["Men", "1943", "1944", "East"]),
        ("", ["Guns", "East"]),
    ]
    heads_by_name = {said(cell): cell.attributes for cell in table.find("TH")}
    assert heads_by_name["East"]["Scope"] == "Row"
    assert heads_by_name["East"]["RowSpan"] == "2"
    assert heads_by_name["Men"]["Scope"] == "Column"
    assert heads_by_name["Men"]["ColSpan"] == "2"


def test_a_plain_table_needs_no_names(tmp_path: Path) -> None:
    """Where rows and columns are regular, Scope says all; an empty corner heads nothing."""
    body = (
        "<table><thead><tr><th></th><th>A</th></tr></thead>"
        "<tbody><tr><th>x</th><td>1</td></tr></tbody></table>"
    )
    (table,) = heard(tmp_path, body).children
    assert outline(table) == "Table(THead(TR(TD TH)) TBody(TR(TH TD)))"
    assert [cell.attributes for cell in table.find("TH")] == [{"Scope": "Column"}, {"Scope": "Row"}]
    assert all(not cell.attributes for cell in table.find("TD"))


def test_later_headers_take_the_place_of_earlier_ones(tmp_path: Path) -> None:
    """A row of headers within a table heads what is below it, not what is above."""
    body = (
        '<table><tr><th colspan="2">1943</th></tr><tr><th>A</th><th>B</th></tr>'
        '<tr><td>1</td><td>2</td></tr><tr><th colspan="2">1944</th></tr>'
        "<tr><td>3</td><td>4</td></tr></table>"
    )
    (table,) = heard(tmp_path, body).children
    names = {cell.attributes["ID"]: said(cell) for cell in table.find("TH")}
    heads = {
        said(cell): {names[name] for name in cell.attributes["Headers"].split()}
        for cell in table.find("TD")
    }
    assert heads["1"] == {"1943", "A"}
    assert heads["4"] == {"1944", "B"}


def test_languages_are_said_where_they_change(tmp_path: Path) -> None:
    """Elements in another language say so, plain ones, too; the top ones say the piece's."""
    body = (
        '<section><p>a <span lang="de">b</span></p><blockquote lang="ru"><p lang="ru">c</p>'
        '</blockquote><div lang="fr"><p>d</p></div></section>'
    )
    (section,) = heard(tmp_path, body, language="en-GB").children
    spoken = [
        (part.tag, part.attributes["Lang"]) for part in section.walk() if "Lang" in part.attributes
    ]
    expected = [("Sect", "en-GB"), ("Span", "de"), ("BlockQuote", "ru"), ("Div", "fr")]
    assert spoken == expected


def test_abbreviations_are_spelled_out(tmp_path: Path) -> None:
    """An abbreviation with a title carries its expansion (ISO 32000-1, 14.9.5)."""
    (found,) = heard(tmp_path, '<p>the <abbr title="Foreign Office">FO</abbr></p>').find("Span")
    assert found.attributes["E"] == "Foreign Office"


def test_hyphens_at_line_ends_are_not_heard(tmp_path: Path) -> None:
    """They are artifacts, read as U+2010; the author's own hyphens stay what they are."""
    path = made(tmp_path, f"<p>well-known {PROSE * 10}</p>")
    root = pdftext.struct(path)
    assert root is not None
    assert said(root) == f"well-known {PROSE * 10}".strip()
    (page,) = pdftext.pages(path)
    assert "\u2010\n" in page
    assert page.startswith("well-known")


@pytest.mark.parametrize("decoration", ["underline", "none"])
def test_words_are_parted_by_spaces(tmp_path: Path, decoration: str) -> None:
    """A space that a line's end or an element's takes is there for a reader all the same."""
    words = [f"<em>one{number}</em> <b>two{number}</b> three{number}" for number in range(60)]
    css = f"p {{ text-decoration: {decoration} }}"
    document = heard(tmp_path, f"<p>{' '.join(words)}</p>", css=css)
    expected = " ".join(f"one{number} two{number} three{number}" for number in range(60))
    assert document.text.replace("\n", "").replace("  ", " ") == expected


@pytest.mark.parametrize(
    "body", ["<p>a b<br/>c</p>", "<p>a <em>b<br/></em>c</p>", "<pre>a b\nc</pre>"]
)
def test_broken_lines_are_parted(tmp_path: Path, body: str) -> None:
    """A line's end that the author wrote parts words, too."""
    (paragraph,) = heard(tmp_path, body).children
    assert paragraph.text.replace("\n", "") == "a b c"


def test_what_is_drawn_with_opacity_is_heard(tmp_path: Path) -> None:
    """It is drawn as a whole, and is content as a whole."""
    path = made(
        tmp_path, '<p>a</p><p style="opacity: 0.5; background: red">b</p><hr style="opacity: 0.5"/>'
    )
    root = pdftext.struct(path)
    assert root is not None
    assert outline(root) == "StructTreeRoot(Document(P P))"
    verapdf.assert_compliant(path, "3a")


def test_the_same_piece_gives_the_same_bytes(tmp_path: Path) -> None:
    """Nothing in the tree depends on chance."""
    body = TABLE + f"<p>a{call(1)}</p><ul><li>b</li></ul>"
    assert made(tmp_path, body).read_bytes() == made(tmp_path, body).read_bytes()


EVERYTHING = f"""<section id="c"><header><p>1</p><h1 id="h">A title{call(1)}</h1></header>
<p>{PROSE}{call(2, "<p>{}" + PROSE * 70 + "</p><ul><li>in a note</li></ul>")} and on. {PROSE}</p>
<h2>Lists</h2><ul><li>a<ol><li>b{call(3)}</li></ol></li><li><p>c</p><p>d</p></li></ul>
<dl><dt>t{call(4)}</dt><dd>u</dd><dt>v</dt><dd><p>w</p></dd></dl>
<blockquote><p>{PROSE}{call(5)}</p></blockquote><hr/>{TABLE}
<table><tr><td>a{call(6)}</td><td></td></tr></table>
<figure><img src="p.png" alt="A map"/><figcaption>Here{call(7)}</figcaption></figure>
<p><img src="p.png" alt=""/>{SVG.format("<title>A line</title>")}{SVG.format("")}</p>
<pre><code>if x:
    y()</code></pre><p>An <code>x</code>, <em>very</em> H<sub>2</sub>O, <q>so</q>.</p>
<p><a href="https://example.org/">{PROSE * 20}<em>and</em> {PROSE * 20}</a></p>
<p lang="de">Wörter <span lang="fr">mots</span> <abbr title="zum Beispiel">z. B.</abbr></p>
<aside><p>An aside.</p></aside><p style="position: relative">set off</p></section>"""


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_everything_keeps_the_standards(tmp_path: Path, flavour: verapdf.Flavour) -> None:
    """Whatever Markdown can say is PDF/UA-1 and PDF/A-3a."""
    Image.new("RGB", (40, 40)).save(tmp_path / "p.png")
    verapdf.assert_compliant(made(tmp_path, EVERYTHING), flavour)
