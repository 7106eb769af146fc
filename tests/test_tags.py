"""What a listener hears of a piece: its structure tree, read back from the PDF."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.judges import verapdf
from tests.pieces import PROSE, call, heard, made, outline, said

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">{}<path d="M0 0h9v9"/></svg>'


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
