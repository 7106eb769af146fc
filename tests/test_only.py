"""What is meant for one output: it is in that one, whole, and in no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.base.xml import tree
from book.build import read
from book.model import Book, Pages
from book.only import moved, narrowed
from tests.chapters import codes
from tests.conftest import Lay
from tests.epubs import TOML

TEXT = """# Roads

First.[^a]

::: {.only pdf}
For *paper*, on [3 May 1901](when:1901-05-03 "The road is paved").[^b]

## Paved {#paved}
:::

Between [screens]{.only epub} and [the paved one](#paved).[^c]

::: {.content-hidden when-format="pdf"}
Not for paper.
:::

::: {.only handout}
For the class.
:::

[^a]: One.

[^b]: Two.

[^c]: Three.
"""


@pytest.fixture
def book(tmp_path: Path, lay: Lay) -> Book:
    lay(tmp_path, {"book.toml": TOML, "chapters/1.md": TEXT})
    made, findings = read(tmp_path)
    assert made is not None
    assert findings == ()
    return made


def test_each_output_has_its_own_words(book: Book) -> None:
    texts = {name: narrowed(book, name).chapters[0].body for name in ("pdf", "epub")}
    assert "paper</em>" in texts["pdf"]
    assert "screens" not in texts["pdf"]
    assert "Not for paper" not in texts["pdf"]
    assert "paper</em>" not in texts["epub"]
    assert "screens" in texts["epub"]
    assert "Not for paper" in texts["epub"]
    assert not any("For the class" in text for text in texts.values())


def test_the_handout_tells_it_with_the_summary(book: Book) -> None:
    assert narrowed(book, "handout").chapters[0].summary.endswith("For the class.")


def test_what_goes_takes_notes_dates_and_links_along(book: Book) -> None:
    ebook = narrowed(book, "epub")
    assert list(ebook.note_numbers.values()) == ["1", "2"]
    assert ebook.chronology == ()
    assert [one.kind for one in ebook.chapters] == ["chapter"]
    assert "<span>the paved one</span>" in ebook.chapters[0].body
    printed = narrowed(book, "pdf")
    assert list(printed.note_numbers.values()) == ["1", "2", "3"]
    assert [one.sentence for one in printed.chronology] == ["The road is paved"]


def test_a_book_without_any_is_the_same_for_all(tmp_path: Path, lay: Lay) -> None:
    lay(tmp_path, {"book.toml": TOML, "chapters/1.md": "# A\n\nOnly this.\n"})
    made, _ = read(tmp_path)
    assert made is not None
    assert narrowed(made, "epub") is made


def test_an_output_that_is_not_there_is_told() -> None:
    assert codes("# A\n\n::: {.only web}\nx\n:::\n") == ["M015 3:5"]


@pytest.mark.parametrize("words", ["Both1", "Both4", "Both7"])
def test_pages_of_print_are_found_in_a_text_that_differs(
    tmp_path: Path, lay: Lay, words: str
) -> None:
    """A page that begins with these words in print begins with them in the ebook."""
    text = "# A\n\n"
    for number in range(9):
        text += f"::: {{.only pdf}}\nPaper {number} *and* more.\n:::\n\n"
        text += f"[Screens {number} have many words.]{{.only epub}} Both{number} go on.\n\n"
    lay(tmp_path, {"book.toml": TOML, "chapters/1.md": text})
    book, _ = read(tmp_path)
    assert book is not None
    before = {
        name: _letters_before(words, narrowed(book, name).chapters[0].body)
        for name in ("pdf", "epub")
    }
    pages = Pages(("1", "2"), {"c1": 0}, {"c1": ((0, "1"), (before["pdf"], "2"))})
    ((_, first), (found, label)) = moved(pages, book).starts["c1"]
    assert (first, label) == ("1", "2")
    read_words = "".join(map(str, tree(narrowed(book, "epub").chapters[0].body).itertext()))
    letters = "".join(filter(str.isalnum, read_words))
    # Before it may stand what only the ebook has; never more than that.
    assert words in letters[found : found + len("Screens1havemanywords") + len(words)]
    assert before["epub"] >= found


def _letters_before(words: str, xhtml: str) -> int:
    text = "".join(map(str, tree(xhtml).itertext()))
    return sum(map(str.isalnum, text[: text.index(words)]))
