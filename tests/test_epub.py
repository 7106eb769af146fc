"""The ebook's text: what a reader and a reading system find in its chapters."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from book.model import Kind, Pages
from tests.epubs import (
    EPUB_TYPE,
    NO_FONTS,
    NS,
    PEOPLE,
    PIXEL,
    TOML,
    assembled,
    broken_links,
    made,
    pixel,
    text,
)


@pytest.fixture(autouse=True)
def _plain_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real cover takes a while, and these tests are not about it."""
    monkeypatch.setattr("book.render.epub.cover.picture", pixel)


def test_a_note_stands_whole_at_the_end_of_its_chapter(tmp_path: Path) -> None:
    """It is an aside with the roles of a footnote, in the section after the text."""
    prose = "# One\n\nText.[^x]\n\n[^x]: First *paragraph*.\n\n    - one\n    - two\n"
    found = made(assembled(tmp_path, {"01-one": prose}))
    section = found.one("c01-one.xhtml", "//h:section[@epub:type='footnotes']")
    assert section.getnext() is None
    (aside,) = section
    assert (aside.get(EPUB_TYPE), aside.get("role")) == ("footnote", "doc-footnote")
    assert [text(part) for part in aside] == ["1. First paragraph.", "onetwo"]
    assert aside.find("h:ul", NS) is not None


def test_a_call_leads_to_its_note_and_the_note_back(tmp_path: Path) -> None:
    """The pair is what Apple Books, Kobo and Kindle each ask for (docs/epub.md)."""
    found = made(assembled(tmp_path, {"01-one": "# One\n\nText.[^x]\n\n[^x]: Note.\n"}))
    call = found.one("c01-one.xhtml", "//h:a[@epub:type='noteref']")
    aside = found.one("c01-one.xhtml", "//h:aside")
    back = found.one("c01-one.xhtml", "//h:aside//h:a")
    assert (call.get("role"), back.get("role")) == ("doc-noteref", "doc-backlink")
    assert call.get("href") == f"#{aside.get('id')}"
    assert back.get("href") == f"#{call.get('id')}"
    assert text(call) == "1"


def test_a_note_that_is_called_again_has_a_number_of_its_own(tmp_path: Path) -> None:
    """Each call has its note, and each note its way back; a long one is not said twice."""
    prose = (
        f"# One\n\nText.[^x] More.[^x] And[^y] that.[^y]\n\n[^x]: {'Long. ' * 20}\n[^y]: Short.\n"
    )
    found = made(assembled(tmp_path, {"01-one": prose}))
    calls = found.all("c01-one.xhtml", "//h:a[@epub:type='noteref']")
    ways = found.all("c01-one.xhtml", "//h:aside//h:a[@role='doc-backlink']")
    assert [text(call) for call in calls] == ["1", "2", "3", "4"]
    assert [way.get("href") for way in ways] == [f"#{call.get('id')}" for call in calls]
    notes = found.all("c01-one.xhtml", "//h:aside")
    assert [text(note) for note in notes[1:]] == ["2. See n.\u00a01.", "3. Short.", "4. Short."]
    assert notes[1].findall(".//{*}a")[1].get("href") == f"#{notes[0].get('id')}"


def test_the_editors_notes_have_letters_and_come_after_the_authors(tmp_path: Path) -> None:
    """Two series, each in the order of its calls."""
    prose = "# One\n\nA.[^ed-x] B.[^y]\n\n[^y]: Source.\n[^ed-x]: Editor.\n"
    found = made(assembled(tmp_path, {"01-one": prose}))
    asides = found.all("c01-one.xhtml", "//h:aside")
    assert [text(aside) for aside in asides] == ["1. Source.", "a. Editor."]


def test_a_note_that_only_a_note_calls_is_there(tmp_path: Path) -> None:
    """Notes are gathered until none calls another."""
    prose = "# One\n\nText.[^x]\n\n[^x]: See[^y].\n[^y]: Deeper.\n"
    found = made(assembled(tmp_path, {"01-one": prose}))
    asides = found.all("c01-one.xhtml", "//h:aside")
    assert [text(aside) for aside in asides] == ["1. See2.", "2. Deeper."]
    assert broken_links(found) == []


def test_a_note_may_be_called_in_a_chapters_title(tmp_path: Path) -> None:
    """The call stands in the heading, and in no line of the contents."""
    found = made(assembled(tmp_path, {"01-one": "# One[^x]\n\nText.\n\n[^x]: Note.\n"}))
    assert found.one("c01-one.xhtml", "//h:h1//h:a").get("role") == "doc-noteref"
    assert text(found.one("0-contents.xhtml", "//h:nav[@id='toc']//h:a")) == "1. One"


def test_a_date_is_a_time_that_leads_to_the_chronology(tmp_path: Path) -> None:
    """HTML's machine-readable form where it has one; else only the words."""
    prose = "# One\n\n[10 May](when:1943-05-10) and [about 1944](when:1944~).\n"
    found = made(assembled(tmp_path, {"01-one": prose}))
    exact, about = found.all("c01-one.xhtml", "//h:a[@class='when']")
    assert etree.QName(exact[0]).localname == "time"
    assert exact[0].get("datetime") == "1943-05-10"
    assert etree.QName(about[0]).localname == "span"
    assert (exact.get("href") or "").startswith("list-chronology.xhtml#")
    assert broken_links(found) == []


def test_a_date_and_its_line_never_link_at_each_other(tmp_path: Path) -> None:
    """Kindle takes two elements that link at each other for a note and its call."""
    found = made(assembled(tmp_path, {"01-one": '# One\n\n[May](when:1943-05 "It begins").\n'}))
    href = found.one("c01-one.xhtml", "//h:a[@class='when']").get("href") or ""
    line = found.one("list-chronology.xhtml", f"//*[@id='{href.partition('#')[2]}']")
    assert text(line) == "It begins"
    assert line.find(".//h:a", NS) is None


def test_a_name_leads_to_the_list_of_people_and_the_list_to_chapters(tmp_path: Path) -> None:
    """Pointers name the chapter, each once, and are read aloud in full."""
    prose = "# One\n\n[Sato](who:sato) and [he](who:sato).\n"
    book = assembled(tmp_path, {"01-one": prose}, TOML + NO_FONTS + PEOPLE)
    found = made(book)
    name = found.all("c01-one.xhtml", "//h:a[@class='who']")[0]
    assert name.get("href") == "list-people.xhtml#list-people.sato"
    pointer = found.one("list-people.xhtml", "//h:a[@class='locator']")
    assert (text(pointer), pointer.get("aria-label")) == ("1", "Chapter 1")
    assert pointer.get("href") == f"c01-one.xhtml#{name.get('id')}"


def test_a_pointer_names_the_printed_page_if_there_is_one(tmp_path: Path) -> None:
    """It stays a link."""
    book = assembled(tmp_path, {"01-one": '# One\n\n[May](when:1943-05 "It begins").\n'})
    pages = Pages(("i", "1", "2"), {event.id: 2 for event in book.chapters[0].events})
    pointer = made(book, pages).one("list-chronology.xhtml", "//h:a[@class='locator']")
    assert (text(pointer), pointer.get("aria-label")) == ("2", "p. 2")
    assert (pointer.get("href") or "").startswith("c01-one.xhtml#")


def test_every_link_leads_somewhere(tmp_path: Path) -> None:
    """Between chapters, to sections, to anchors with signs that an address must escape."""
    one = "# One\n\n[on](02-two.md), [there](02-two.md#härte), [out](https://example.org/a b)\n"
    two = "# Two\n\n## Härte {#härte}\n\n[back](01-one.md#x'y)\n\n<p id=\"a'b\">[^n*]</p>\n"
    found = made(assembled(tmp_path, {"01-one": one, "02-two": two}))
    hrefs = [link.get("href") for link in found.all("c01-one.xhtml", "//h:p/h:a")]
    assert hrefs[0] == "c02-two.xhtml"
    assert hrefs[2] == "https://example.org/a%20b"
    assert broken_links(found) == []


def test_a_chapter_opens_with_its_number_and_title(tmp_path: Path) -> None:
    """Both stand in the one ``h1`` of the file, which names its section."""
    found = made(assembled(tmp_path, {"01-one": "# *One* & all\n\nText.\n"}))
    heading = found.one("c01-one.xhtml", "//h:h1")
    assert [text(span) for span in heading] == ["1", "One & all"]
    section = found.one("c01-one.xhtml", "//h:section")
    assert section.get("aria-labelledby") == heading.get("id")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_chapter_has_its_roles(tmp_path: Path, kind: Kind) -> None:
    """Both vocabularies, on the section; the matter on the body; one ``h1`` for all."""
    found = made(assembled(tmp_path, {"01-it": f"---\nkind: {kind}\n---\n\n# It\n\nText.\n"}))
    section = found.one("c01-it.xhtml", "//h:section")
    assert section.get("role") == f"doc-{section.get(EPUB_TYPE)}"
    body = found.one("c01-it.xhtml", "//h:body")
    assert body.get(EPUB_TYPE) == f"{kind.matter}matter"
    assert text(found.one("c01-it.xhtml", "//h:h1")).endswith("It")


def test_languages_are_said_in_both_spellings(tmp_path: Path) -> None:
    """HTML reads ``lang``, older XML readers ``xml:lang``; a bad tag is left out."""
    prose = '---\nlanguage: fr\n---\n\n# Un\n\nUn *word*{lang=en} et *mot*{lang="no way"}.\n'
    found = made(assembled(tmp_path, {"01-un": prose}))
    html = found.tree("c01-un.xhtml")
    good, bad = found.all("c01-un.xhtml", "//h:em")
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (html.get("lang"), html.get(xml_lang)) == ("fr", "fr")
    assert (good.get("lang"), good.get(xml_lang)) == ("en", "en")
    assert "lang" not in bad.attrib


def test_table_headers_say_what_they_head(tmp_path: Path) -> None:
    """An empty corner is no header."""
    found = made(assembled(tmp_path, {"01-one": "# One\n\n| | A |\n|---|---|\n| x | y |\n"}))
    head = found.one("c01-one.xhtml", "//h:thead/h:tr")
    assert [etree.QName(cell).localname for cell in head] == ["td", "th"]
    assert head[1].get("scope") == "col"


def test_a_paragraph_around_blocks_becomes_a_division(tmp_path: Path) -> None:
    """HTML would tear it apart, and EPUBCheck refuses it."""
    found = made(assembled(tmp_path, {"01-one": "# One\n\n<p>a<div>b</div></p>\n"}))
    for paragraph in found.all("c01-one.xhtml", "//h:p"):
        assert paragraph.find(".//h:div", NS) is None


def test_images_are_in_the_package_each_once(tmp_path: Path) -> None:
    """Equal files become one, named after what it holds."""
    (tmp_path / "chapters" / "images").mkdir(parents=True)
    for name in ("a.png", "b.png"):
        (tmp_path / "chapters" / "images" / name).write_bytes(PIXEL)
    prose = "# One\n\n![A dot](images/a.png)\n\n![A dot](images/b.png)\n"
    found = made(assembled(tmp_path, {"01-one": prose}))
    first, second = (one.get("src") for one in found.all("c01-one.xhtml", "//h:img"))
    assert first == second
    assert found.files[str(first)] == PIXEL
    assert len([name for name in found.files if name.startswith("images/")]) == 2  # and the cover


def test_an_svg_image_runs_and_fetches_nothing(tmp_path: Path) -> None:
    """Scripts, handlers, links, animation and outside addresses go; the drawing stays."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'viewBox="0 0 1 1" onload="x()"><script>x()</script><style>@import "a.css";</style>'
        '<a href="https://example.org/"><rect width="1" height="1" fill="url(#g)"/></a>'
        '<image xlink:href="https://example.org/a.png"><set attributeName="href" to="b"/></image>'
        '<foreignObject/><rect style="fill: u\\72l(https://example.org/)"/></svg>'
    )
    found = made(assembled(tmp_path, {"01-one": "# One\n\n![A](a.svg)\n"}))
    (name,) = (name for name in found.files if name.endswith(".svg"))
    svg = found.files[name].decode()
    assert 'fill="url(#g)"' in svg
    for bad in ("script", "onload", "example.org", "@import", "foreignObject", "<set", "72l"):
        assert bad not in svg


def test_an_image_outside_the_book_is_never_read(tmp_path: Path) -> None:
    """Whatever a symbolic link says."""
    (tmp_path / "secret.png").write_bytes(PIXEL)
    (tmp_path / "book" / "chapters").mkdir(parents=True)
    (tmp_path / "book" / "chapters" / "a.png").symlink_to(tmp_path / "secret.png")
    book = assembled(tmp_path / "book", {"01-one": "# One\n\n![A](a.png)\n"})
    with pytest.raises(ValueError, match="outside"):
        made(book)
