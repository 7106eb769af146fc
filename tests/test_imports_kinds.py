"""``book import`` of kinds of sources that came later: R Markdown, notebooks, sites of texts."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, NamedTuple

import pytest

from book.imports import import_book
from book.imports.model import Loss
from book.imports.report import kinds, terminal
from tests.manuscripts import SOURCES, chapters_of, title_of

if TYPE_CHECKING:
    from pathlib import Path


class Made(NamedTuple):
    """A book that was imported: its chapters, ``book.toml``'s table, and what was told."""

    kind: str
    chapters: dict[str, str]
    book: dict[str, object]
    told: str

    @property
    def text(self) -> str:
        return "\n\n".join(self.chapters.values())

    @property
    def titles(self) -> str:
        return "|".join(map(title_of, self.chapters.values()))


def made(source: Path, folder: Path) -> Made:
    """What comes of ``source``."""
    done = import_book(source, folder / "book")
    book = tomllib.loads(done.files["book.toml"].decode())["book"]
    told = "\n".join(f"{loss.source.split(':')[0]} {loss.message}" for loss in done.losses)
    return Made(done.kind, chapters_of(folder / "book"), book, told)


@pytest.fixture(scope="module")
def tides(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(SOURCES / "bookdown", tmp_path_factory.mktemp("tides"))


class TestBookdown:
    def test_its_order_its_parts_and_its_metadata(self, tides: Made) -> None:
        """Chapters begin at headings of the first level; of what it rendered nothing is read."""
        assert tides.kind == "bookdown"
        assert tides.titles == "Before we sail|Water|The moon|In harbour|Tables of the year"
        assert tides.chapters["02-water.md"].startswith("---\nkind: part\n")
        assert tides.chapters["05-tables-of-the-year.md"].startswith("---\nkind: appendix\n")
        assert tides.book["authors"] == ["Mara Lind", "Jo Ahlberg"]
        assert (tides.book["title"], tides.book["language"]) == ("Tides of the Sound", "en-GB")
        assert "date" not in tides.book
        assert "Rendered" not in tides.text

    def test_numbers_are_links_in_words(self, tides: Made) -> None:
        """To figures, tables, theorems and headings, in whatever chapter."""
        text = tides.chapters["03-the-moon.md"]
        assert "Figure [The old buoy, seen from the pier](#fig-buoy)" in text
        assert "Table [Heights at the pier](#tab-heights)" in text
        assert "Theorem [Of halves](#thm-half), and Chapter [In harbour](04-in-harbour.md)" in text
        assert ": Heights at the pier. {#tab-heights}" in text
        assert "> [!NOTE] Theorem (Of halves)\n> Half a day" in text
        assert "A cross reference to nothing: fig:nowhere" in tides.told

    def test_pictures_that_are_there_are_shown(self, tides: Made) -> None:
        """Those that a chunk names, and those that it drew when the book was last made."""
        text = tides.chapters["03-the-moon.md"]
        caption = '"The *old* buoy, seen from the pier."'
        assert f"![A buoy](images/buoy.svg {caption}){{#fig-buoy width=60%}}" in text
        assert "include_graphics" not in text
        assert "```r\n# not a heading\nplot(heights)\n```" in text
        assert '(images/curve-1.svg "Heights of one &quot;day&quot;."){#fig-curve}' in text

    def test_what_was_not_run_is_told_once_each(self, tides: Made) -> None:
        """A chunk that is only shown has no result; one that prepares is seen by nobody."""
        assert tides.told.count("What a cell of r would show") == 1
        assert "`r mean(heights)`" in tides.text
        assert tides.told.count("What code within a line would print") == 1
        assert "opts_chunk" not in tides.text + tides.told

    def test_boxes_formulas_and_entries_of_an_index(self, tides: Made) -> None:
        assert "> [!TIP]\n> Take a tide table." in tides.text
        assert "$$\nh = a \\cos t\n$$" in tides.text
        assert "Read this first.\n" in tides.text
        assert "An entry of an index" in tides.told

    def test_files_that_its_order_forgets_or_misses_are_told(self, tides: Made) -> None:
        assert "There is no lost.Rmd" in tides.told
        assert "forgotten.Rmd The book's order doesn't name this file" in tides.told


def test_without_an_order_the_index_comes_first(tmp_path: Path) -> None:
    """Known by its front matter; works are listed where a title waits for them."""
    files = {
        "source/index.Rmd": "---\ntitle: T\nsite: bookdown::bookdown_site\nbibliography: b.bib\n"
        "---\n# Preface\n\nHello.\n\n```{r}\nx # so\n# no title\n```\n",
        "source/10-ten.Rmd": "# Ten\n\nWords [@ahl].\n",
        "source/2-two.Rmd": "Above.\n\n# Two\n\nWords.\n",
        "source/99-end.Rmd": "# References {-}\n",
        "source/b.bib": "@book{ahl, title={Reeds}, author={Ahl, B.}, year={1901}}\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    found = made(tmp_path / "source", tmp_path)
    assert found.titles == "Preface|Two|Ten|References"
    assert "Above." in found.chapters["01-preface.md"]
    if "resolved" in found.told:  # There is a pandoc.
        assert "Reeds" in found.chapters["04-references.md"]


class TestOneLineForManyLosses:
    def test_the_same_thing_is_counted_with_its_first_places(self) -> None:
        losses = [Loss("It is gone.", "a.md", f"chapters/01.md:{at}") for at in (3, 5, 9)]
        line = "3 times: It is gone. (chapters/01.md:3, chapters/01.md:5, …)"
        assert terminal([*losses, Loss("Other.")]) == [line, "Other."]

    def test_of_different_things_each_is_named(self) -> None:
        losses = [Loss(f"A link to “{name}”, which isn't here", "a.md") for name in "xyz"]
        (kind,) = kinds(losses)
        assert kind.message == "A link to …, which isn't here"
        assert [thing for _, thing in kind.losses] == ["“x”", "“y”", "“z”"]

    def test_two_are_told_by_themselves(self) -> None:
        assert terminal([Loss("Gone: a", "a.md:1"), Loss("Gone: b")]) == [
            "a.md:1: Gone: a",
            "Gone: b",
        ]
