"""The title page and its back: all that the book says of itself, the same in print and EPUB."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from book.assemble import assemble
from book.base import identity
from book.base.data import replace
from book.cache.store import Nothing
from book.model import Book, BookTable, Config, Contributor, Kind, Pages, Source, Text
from book.parse.chapter import parse
from book.read import settings
from book.render import imprint
from book.render.epub import documents
from book.render.pdf.draft.front import front_html
from book.theme import theme

WHOLE = BookTable(
    title='The "Third" Letter',
    subtitle="60 BC -- 1976",
    authors=("Smith, John, Jr.", "Doe, Jane"),
    language="en-GB",
    date=datetime.date(2026, 11, 23),
    edition="Second edition",
    publisher="Chapbook",
    place="London",
    address="1 Press Lane, London; chapbook.example",
    rights="All the author's rights are reserved.",
    source="A letter.",
    identifier="urn:isbn:9780306406157",
    series="Letters",
    series_number=3,
    contributors=(
        Contributor("Roe, Ann", "edt"),
        Contributor("Poe, Ed", "trl"),
        Contributor("Low, Will", "trl"),
        Contributor("Penn, Ink", "ill"),
        Contributor("Glue, Bea", "bnd"),
    ),
)


def book(table: BookTable) -> Book:
    chapter = parse(Source("chapters/a.md", "a", Text.of("# A\n\nx"), ""), "en")
    return assemble(Path(), Config(table), [chapter])


class TestLines:
    def test_all_of_it_is_said_once(self) -> None:
        """In the order of a printed imprint."""
        assert imprint.lines(book(WHOLE), ("Source Serif", "Source Sans")) == (
            "The “Third” Letter: 60\u00a0BC – 1976",
            "John Smith, Jr., Jane Doe",
            "Edited by Ann Roe",
            "Translated by Ed Poe, Will Low",
            "Illustrated by Ink Penn",
            "Letters, 3",
            "Second edition, 23 November 2026",
            "Chapbook, London",
            "1 Press Lane, London; chapbook.example",
            "All the author’s rights are reserved.",
            "Source: A letter.",
            "ISBN 9780306406157",
            "Set in Source Serif, Source Sans",
            "Made with Chapbook",
        )

    def test_what_is_not_said_leaves_no_line(self) -> None:
        plain = BookTable("T", ("A",), "de")
        assert imprint.lines(book(plain), ()) == ("T", "A", "Hergestellt mit Chapbook")

    def test_print_and_ebook_say_the_same(self) -> None:
        """Every line stands in both, on the title page and on its back."""
        made, families = book(WHOLE), ("Source Serif",)
        printed = front_html(made, Pages((), {}), families)
        epub = documents.title_part(made, "").data + documents.imprint_part(made, "", families).data
        page = imprint.title_page(made)
        for line in (*imprint.lines(made, families), *page.makers, *page.others, page.publisher):
            assert f"<p>{line}</p>" in printed
            assert line in epub.decode()

    def test_a_dash_never_begins_a_line_of_a_title(self) -> None:
        assert imprint.title_page(book(WHOLE)).subtitle == "60\u00a0BC\u00a0– 1976"

    def test_isbns_say_what_they_are_of(self) -> None:
        made = book(WHOLE)
        config = replace(made.config, pdf=replace(made.config.pdf, isbn="978-0-306-40615-7"))
        lines = imprint.lines(replace(made, config=config), ())
        assert [one for one in lines if "ISBN" in one] == ["ISBN 978-0-306-40615-7 (PDF)"]


class TestAnthology:
    TABLE = replace(WHOLE, authors=())

    def test_its_editor_makes_it(self) -> None:
        page = imprint.title_page(book(self.TABLE))
        assert page.makers == ("Edited by Ann Roe",)
        assert page.others == ("Translated by Ed Poe, Will Low", "Illustrated by Ink Penn")
        assert book(self.TABLE).config.book.by == "Ann Roe"

    def test_it_has_an_identifier_of_its_own(self) -> None:
        other = replace(self.TABLE, contributors=(Contributor("Moe, Al", "edt"),))
        assert identity.printed(book(self.TABLE)) != identity.printed(book(other))

    @pytest.mark.parametrize(("role", "codes"), [("edt", []), ("trl", ["B005"])])
    def test_only_an_editor_stands_for_an_author(
        self, tmp_path: Path, role: str, codes: list[str]
    ) -> None:
        (tmp_path / "book.toml").write_text(
            '[book]\ntitle = "T"\nlanguage = "en"\n'
            f'[[book.contributors]]\nname = "Roe, Ann"\nrole = "{role}"\n',
            "utf-8",
        )
        assert [one.code for one in settings.begun(tmp_path, Nothing(tmp_path))().findings] == codes


def test_a_dedication_has_a_page_of_its_own() -> None:
    """Before all others, in paragraphs."""
    first = book(replace(WHOLE, dedication='For Ann.\n\nAnd "Bob".')).chapters[0]
    assert (first.kind, first.title) == (Kind.DEDICATION, "Dedication")
    assert first.body == "<p>For Ann.</p><p>And “Bob”.</p>"


class TestFonts:
    def test_they_are_those_of_the_text(self, tmp_path: Path) -> None:
        assert theme.load(tmp_path)[0].families("print") == ("Source Serif", "Source Sans")

    def test_a_font_that_the_book_brings_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "styles").mkdir()
        (tmp_path / "styles" / "tokens.css").write_text(
            '@font-face { font-family: "Garden"; src: url(g.otf) }\n'
            ':root { --serif: "Garden", serif; --sans: "Nowhere", sans-serif }',
            "utf-8",
        )
        assert theme.load(tmp_path)[0].families("print") == ("Garden",)
