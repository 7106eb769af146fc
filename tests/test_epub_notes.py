"""Where the ebook's notes stand: in pop-ups, at a chapter's end, or at the book's."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from lxml import etree

from tests.epubs import EPUB_TYPE, TOML, Epub, assembled, broken_links, made, pixel, text

PROSE = {
    "01-one": "# One\n\nA.[^x] B.[^ed-y] C.[^x]\n\n[^x]: Source.\n[^ed-y]: Editor, with more.[^z]\n"
    "[^z]: Deeper.\n",
    "02-two": "---\nlanguage: fr\n---\n\n# Deux\n\nD.[^x]\n\n[^x]: Une note.\n",
    "03-three": "---\nkind: colophon\n---\n\n# Colophon\n\nThe end.\n",
}


@pytest.fixture(autouse=True)
def _plain_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.render.epub.cover.picture", pixel)


def noted(folder: Path, mode: str) -> Epub:
    return made(assembled(folder, PROSE, f'{TOML}[epub]\nfonts = "none"\nnotes = "{mode}"\n'))


@pytest.mark.parametrize("mode", ["popup", "chapter-end", "book-end"])
def test_every_note_is_there_once_and_every_link_leads_home(tmp_path: Path, mode: str) -> None:
    """Each call to its note, each way back to its call; a note that is called again is another."""
    found = noted(tmp_path, mode)
    assert broken_links(found) == []
    notes = [one for name in found.documents() for one in found.all(name, "//*[@class='note']")]
    assert sorted(text(note) for note in notes) == [
        "1. Source.",
        "1. Une note.",
        "2. Source.",
        "3. Deeper.",
        "a. Editor, with more.3",
    ]
    ways = [way for note in notes for way in note.findall(".//*[@role='doc-backlink']")]
    assert len(ways) == 5


def test_notes_at_a_chapters_end_are_a_list_with_a_heading(tmp_path: Path) -> None:
    """Endnotes with the roles of such; nothing that a reading system would hide."""
    found = noted(tmp_path, "chapter-end")
    section = found.one("c01-one.xhtml", "//h:section[@role='doc-endnotes']")
    assert section.get(EPUB_TYPE) == "endnotes"
    assert text(found.one("c01-one.xhtml", "//h:h2")) == "Notes"
    assert [len(items) for items in found.all("c01-one.xhtml", "//h:ol")] == [3, 1]
    assert not found.all("c01-one.xhtml", "//h:aside")


def test_notes_at_the_books_end_have_a_file_of_their_own(tmp_path: Path) -> None:
    """By chapters, in their languages; in the contents and landmarks, before the colophon."""
    found = noted(tmp_path, "book-end")
    parts = found.all("0-notes.xhtml", "//h:div[@class='notes']")
    assert [text(part[0]) for part in parts] == ["1. One", "2. Deux"]
    assert parts[1].get("lang") == "fr"
    lines = found.all("0-contents.xhtml", "//h:nav[@id='toc']//h:a")
    assert [line.get("href") for line in lines][-2:] == ["0-notes.xhtml", "c03-three.xhtml"]
    mark = found.one("0-contents.xhtml", "//h:a[@epub:type='endnotes']")
    assert mark.get("href") == "0-notes.xhtml"
    call = found.all("c01-one.xhtml", "//h:a[@epub:type='noteref']")[0]
    assert call.get("href") == "0-notes.xhtml#c01-one.n.x"


@pytest.mark.parametrize("mode", ["popup", "chapter-end", "book-end"])
def test_every_file_still_has_one_heading_of_the_first_level(tmp_path: Path, mode: str) -> None:
    """And none skips a level."""
    found = noted(tmp_path, mode)
    for name in found.documents():
        levels = [
            int(etree.QName(one).localname[1])
            for one in found.all(name, "//h:h1 | //h:h2 | //h:h3 | //h:h4 | //h:h5 | //h:h6")
        ]
        assert levels.count(1) == 1, name
        assert all(after - before < 2 for before, after in itertools.pairwise(levels))
