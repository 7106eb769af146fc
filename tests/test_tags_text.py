"""What a listener hears of running text: its notes, its links, its languages and its words."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.judges import pdftext, verapdf
from tests.pieces import PROSE, call, heard, made, outline, said


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
