"""What people do wrong most: each is told at its place, in plain words, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.build import check
from tests.conftest import CLEAN, Lay

TOML = (CLEAN / "book.toml").read_text("utf-8")
THIRD = "chapters/03.md"


def toml(old: str, new: str) -> tuple[str, str]:
    """``book.toml`` with something of it written otherwise."""
    assert old in TOML
    return "book.toml", TOML.replace(old, new)


def text(written: str) -> tuple[str, str]:
    """A third chapter."""
    return THIRD, f"# Berlin\n\n{written}\n"


#: What is done, where it is told, a part of the sentence, a part of what to do.
MISTAKES: dict[str, tuple[tuple[str, str | bytes], str, str, str]] = {
    "a title without quotation marks": (
        toml('"A Clean Book"', "A Clean Book"),
        "book.toml:2:9",
        "not TOML",
        '`title = "A Clean Book"`',
    ),
    "a title in curly quotation marks": (
        toml('"A Clean Book"', "\u201cA Clean Book\u201d"),
        "book.toml:2:9",
        "not TOML",
        '`title = "A Clean Book"`',
    ),
    "a key twice": (
        toml('language = "en"', 'language = "en"\ntitle = "Again"'),
        "book.toml:5:16",
        "written twice",
        "Take one of the two out",
    ),
    "a key misspelt": (
        toml("authors =", "author ="),
        "book.toml:3:1",
        "`author` means nothing here",
        "`authors`",
    ),
    "one author as text": (
        toml('["Ada Example"]', '"Ada Example"'),
        "book.toml:3:11",
        "must be a list",
        '["…", "…"]',
    ),
    "no language": (
        toml('language = "en"\n', ""),
        "book.toml:1:2",
        "has no `language`",
        '`language = "en"`',
    ),
    "a language by its name": (
        toml('"en"', '"English"'),
        "book.toml:4:12",
        "not a language tag",
        "`en`",
    ),
    "a country that has another code": (
        toml('"en"', '"en-UK"'),
        "book.toml:4:1",
        "no language or country",
        "`en-GB`",
    ),
    "a page size that is none": (
        ("book.toml", TOML + '\n[pdf]\npage-size = "large"\n'),
        "book.toml:11:13",
        "not a page size",
        "`A5`",
    ),
    "a theme misspelt": (
        toml('language = "en"', 'language = "en"\ntheme = "octvo"'),
        "book.toml:5:1",
        "no theme",
        "`octavo`",
    ),
    "a call of a note misspelt": (
        text("He asked.[^talk]\n\n[^talks]: Here."),
        f"{THIRD}:3:10",
        "no note [^talk]",
        "`talks`",
    ),
    "a note without its colon": (
        text("He asked.[^talks]\n\n[^talks] Here."),
        f"{THIRD}:5:1",
        "lacks the colon",
        "`[^talks]: …`",
    ),
    "two notes of one name": (
        text("He asked.[^a]\n\n[^a]: Here.\n\n[^a]: There."),
        f"{THIRD}:7:1",
        "already a note [^a]",
        "another label",
    ),
    "a link to a file misspelt": (
        text("See [it](02-moskow.md)."),
        f"{THIRD}:3:5",
        "no chapter of this book",
        "`02-moscow.md`",
    ),
    "a link to a place misspelt": (
        text("See [it](02-moscow.md#anser)."),
        f"{THIRD}:3:5",
        "no place `#anser`",
        "`answer`",
    ),
    "a space before a link's address": (
        text("See [it] (02-moscow.md)."),
        f"{THIRD}:3:5",
        "a space between its words and its address",
        "Take the space out",
    ),
    "a picture's name misspelt": (
        text("![A map](images/mapp.svg)"),
        f"{THIRD}:3:1",
        "no file chapters/images/mapp.svg",
        "`map.svg`",
    ),
    "a picture on the network": (
        text("![A map](https://example.org/map.png)"),
        f"{THIRD}:3:1",
        "no file in the book's folder",
        "Put the image there",
    ),
    "a picture without words": (
        text("![](images/map.svg)"),
        f"{THIRD}:3:1",
        "no words for those who can't see it",
        "what it shows",
    ),
    "a date as it is said": (
        text("On [10 Sept](when:10.9.1943) he asked."),
        f"{THIRD}:3:4",
        "can't be read as a date",
        "1943-09-10",
    ),
    "a day that isn't": (
        text("On [31 June](when:1943-06-31) he asked."),
        f"{THIRD}:3:4",
        "June has 30 days",
        "1943-06-30",
    ),
    "words and mark that differ": (
        text("On [10 September](when:1943-09-11) he asked."),
        f"{THIRD}:3:4",
        "says “10 September”",
        "Look up",
    ),
    "somebody misspelt": (
        text("[Sato](who:satoo) asked."),
        f"{THIRD}:3:1",
        "not under [people]",
        "`sato`",
    ),
    "a heading without its space": (
        (THIRD, "#Berlin\n\nHe asked.\n"),
        f"{THIRD}:1:1",
        "no title",
        "`# Title`",
    ),
    "a heading two levels down": (
        text("### Deep\n\nHe asked."),
        f"{THIRD}:3:1",
        "level 3 follows one of level 1",
        "`##`",
    ),
    "a kind of chapter misspelt": (
        (THIRD, "---\nkind: prefce\n---\n\n# Before\n\nHe asked.\n"),
        f"{THIRD}:2:7",
        "no kind of chapter",
        "`preface`",
    ),
    "bold that isn't closed": (
        text("He said **no."),
        f"{THIRD}:3:9",
        "has no partner",
        "Close it",
    ),
    "code that isn't closed": (
        text("```\ncode"),
        f"{THIRD}:3:1",
        "never closed",
        "a line of 3 backticks",
    ),
    "a division that isn't closed": (
        text("::: warning\nHe said no."),
        f"{THIRD}:3:1",
        "never closed",
        "a line `:::`",
    ),
    "a chapter that isn't in UTF-8": (
        (THIRD, "# Café\n".encode("cp1252")),
        f"{THIRD}:1:6",
        "not UTF-8",
        "save it as UTF-8",
    ),
    "a Word file among the chapters": (
        ("chapters/03.docx", b"PK\x03\x04"),
        "chapters/03.docx",
        "is no chapter",
        "`book import`",
    ),
    "a citation of Pandoc's": (
        text("As shown [@koshkin2005]."),
        f"{THIRD}:3:10",
        "Pandoc's citation",
        "`[^key]`",
    ),
    "a row that is too long": (
        text("| A | B |\n| - | - |\n| 1 | 2 | 3 |"),
        f"{THIRD}:5:1",
        "more cells than its table has columns",
        "as many cells",
    ),
    "a style without its colon": (
        ("styles/print.css", "h1 { margin-top 2em }\n"),
        "styles/print.css:1:20",
        "no CSS",
        "Mend it",
    ),
    "a style without its brace": (
        ("styles/print.css", "h1 { color: navy\np { color: black }\n"),
        "styles/print.css:1:4",
        "never closed",
        "Put a `}`",
    ),
    "a table without a line below its head": (
        text("| a | b |\n| 1 | 2 |"),
        f"{THIRD}:3:1",
        "without a line below its head",
        "`|---|---|`",
    ),
    "a comment that is never closed": (
        text("He came <!-- a remark."),
        f"{THIRD}:3:9",
        "never closed, so it is printed",
        "`-->`",
    ),
    "an element that is never closed": (
        text("He was <b>very sure, and <i>so</i> it was."),
        f"{THIRD}:3:8",
        "`<b>` is never closed",
        "`</b>`",
    ),
    "bold with spaces inside": (
        text("He was ** very sure ** of it."),
        f"{THIRD}:3:8",
        "bold with spaces inside",
        "`**so**`",
    ),
    "a division's brace that is never closed": (
        text("::: {.box\n\nWords.\n\n:::"),
        f"{THIRD}:3:1",
        "can't be read as the beginning of a division",
        "`::: {.name}`",
    ),
    "a note's label of two words": (
        text("He came.[^my note]\n\n[^my note]: So it is told."),
        f"{THIRD}:3:9",
        "a space in its label",
        "`[^my-note]`",
    ),
    "an address for letters without its scheme": (
        text("Write [to him](ada@example.org)."),
        f"{THIRD}:3:7",
        "no chapter",
        "`mailto:ada@example.org`",
    ),
    "an address without its scheme": (
        text("See [it](www.example.org)."),
        f"{THIRD}:3:5",
        "no chapter",
        "`https://www.example.org`",
    ),
    "a scheme misspelt": (
        text("See [it](htp://example.org)."),
        f"{THIRD}:3:5",
        "“htp:” was left out",
        "`https://`",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_typical_mistake_is_told(clean_book: Path, lay: Lay, mistake: str) -> None:
    """Where it is, what it is, and what to do."""
    (path, written), place, words, mend = MISTAKES[mistake]
    lay(clean_book, {path: written})
    found = [one for one in check(clean_book) if str(one.place) == place]
    assert found, [str(one.place) for one in check(clean_book)]
    assert any(words in one.message and mend in one.hint for one in found), found
