"""The handout, read back: two sides that hold what a class needs, or a word on what to shorten."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from book.base.data import replace
from book.cache.store import Scratch
from book.model import (
    Book,
    Chapter,
    Document,
    Event,
    HandoutTable,
    Kind,
    Mention,
    Pages,
    Person,
    Place,
    Portrait,
    Product,
    Severity,
    Text,
)
from book.render import handout
from book.theme import theme
from tests.chronicles import EVENTS, chronicle
from tests.judges import pdftext, verapdf

NOTHING = Scratch()
QUESTIONS = tuple(f"What would the {word} answer have changed?" for word in ("first", "last"))
#: Too many dates, and too long ones, for a timeline.
LONG = tuple(
    (f"1943-{1 + n // 5:02}-{1 + n % 5 * 5:02}", f"Event {n} " + "goes on " * 15) for n in range(60)
)
SUMMARIES = ("Tokyo saw two defeats.", "It offered to mediate.", "Moscow refused.")


def made(*events: tuple[str, str]) -> Book:
    """A book of three chapters with summaries, two people, and ``events`` told in it."""
    book = chronicle(*(events or EVENTS), title="The Go-Between")
    table = replace(
        book.config.book, subtitle="How Tokyo tried", source="An article.", publisher="Chapbook"
    )
    asked = HandoutTable(questions=QUESTIONS, where="Ask your library.")
    chapters = tuple(
        Chapter(f"c{n}", f"{n}.md", Kind.CHAPTER, f"Chapter {n}", "", summary, "en-GB", Text.of(""))
        for n, summary in enumerate(SUMMARIES)
    )
    preface = Chapter(
        "p", "p.md", Kind.PREFACE, "Preface", "", "Never shown.", "en-GB", Text.of("")
    )
    entries = tuple(
        replace(entry, told=(Event(f"e{n}", entry.edtf, "", entry.sentence, True, Place("a")),))
        for n, entry in enumerate(book.chronology)
    )
    people = (
        portrait("sato", Person("Sato, Naotake", "ambassador in Moscow"), 3),
        portrait("molotov", Person("Molotov, Vyacheslav", "commissar"), 1),
    )
    config = replace(book.config, book=table, handout=asked)
    return replace(
        book, config=config, chapters=(preface, *chapters), chronology=entries, people=people
    )


def portrait(key: str, person: Person, count: int) -> Portrait:
    mentions = tuple(Mention(f"{key}{n}", key, Place("a")) for n in range(count))
    return Portrait(f"people.{key}", person, mentions)


def with_handout(book: Book, **changes: object) -> Book:
    table = replace(book.config.handout, **changes)  # type: ignore[arg-type] # any of its fields
    return replace(book, config=replace(book.config, handout=table))


PAGES = Pages(
    labels=("i", "ii", *(str(n) for n in range(1, 81))),
    page_of={f"e{n}": 10 + n for n in range(60)}
    | {"sato0": 1, "sato1": 4, "sato2": 5, "molotov0": 6},
)


def printed(book: Book, pages: Pages | None = PAGES) -> Product:
    return handout.render(book, theme.load(Path(__file__).parent / "clean")[0], pages, NOTHING)


def sides(product: Product) -> list[str]:
    """The text of each side, with single spaces."""
    with pypdfium2.PdfDocument(product.data) as document:
        read = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    return [" ".join(text.replace("\ufffe", "-").split()) for text in read]


@pytest.fixture(scope="module")
def whole() -> Product:
    return printed(made())


@pytest.fixture(scope="module")
def crowded() -> Product:
    """With sixty dates of long sentences, and one more on a day that one of them has."""
    return printed(made(*LONG, ("1943-02-01", "Another thing happens")))


class TestContent:
    def test_it_has_two_sides_of_a4(self, whole: Product) -> None:
        """210 by 297 millimetres, and nothing to complain of."""
        with pypdfium2.PdfDocument(whole.data) as document:
            sizes = {document.get_page_size(n) for n in range(len(document))}
        assert (whole.name, whole.pages, whole.findings) == ("handout", 2, ())
        (size,) = sizes
        assert size == pytest.approx((595.28, 841.89), abs=0.1)

    def test_it_has_two_sides_of_letter(self) -> None:
        """8.5 by 11 inches, where the book asks for it."""
        product = printed(with_handout(made(), paper="letter"))
        with pypdfium2.PdfDocument(product.data) as document:
            assert document.get_page_size(0) == pytest.approx((612, 792), abs=0.1)
        assert (product.pages, product.findings) == (2, ())

    def test_side_one_tells_the_story(self, whole: Product) -> None:
        """Title, subtitle, source, and the chapters' summaries in their order; no others."""
        one = sides(whole)[0]
        assert "The Go-Between How Tokyo tried" in one
        assert " ".join(SUMMARIES) in one
        assert "Source: An article." in one
        assert "Never shown." not in one

    def test_the_timeline_is_on_side_one(self, whole: Product) -> None:
        """With every event of a short chronology in full."""
        one = sides(whole)[0]
        assert all(sentence.split()[-1] in one for _, sentence in EVENTS)
        assert "10 September 1943 Molotov rules out any truce" in one

    def test_what_the_timeline_tells_in_full_is_not_told_twice(self, whole: Product) -> None:
        """No list of dates repeats it."""
        text = " ".join(sides(whole))
        assert [text.count(sentence) for _, sentence in EVENTS[2:4:2]] == [1]
        assert "Chronology" not in text

    def test_what_it_has_no_room_for_is_listed_with_the_pages_of_the_book(
        self, crowded: Product
    ) -> None:
        """As printed there: the eleventh page is 9. Whose pages they are is said above them."""
        two = sides(crowded)[1]
        assert re.search(r"Chronology In the book 1 January 1943 Event 0 .* p. 9 ", two)

    def test_what_only_the_editors_tell_is_marked(self) -> None:
        """In the timeline, after its sentence; what the mark means stands above."""
        book = made()
        entries = (replace(book.chronology[0], series="editor"), *book.chronology[1:])
        one = sides(printed(replace(book, chronology=entries)))[0]
        assert re.search(r"Neutrality Pact in Moscow \[Ed\.\]", one)
        assert one.count("[Ed.]") == 2
        assert "Timeline [Ed.]: added by the editors" in one

    def test_the_books_own_story_stands_instead_of_the_summaries(self) -> None:
        """In its paragraphs."""
        one = sides(printed(with_handout(made(), story="It began.\n\nIt ended.")))[0]
        assert "It began. It ended." in one
        assert SUMMARIES[0] not in one

    def test_documents_are_read_with_who_when_and_where_from(self) -> None:
        """As a quotation, and below it its facts; without one of them, the others."""
        documents = (
            Document("This talk of peace", "Stalin", "1 May 1943", "Pravda"),
            Document("Rule it out", source="FRUS"),
        )
        two = sides(printed(with_handout(made(), documents=documents)))[1]
        read = "Documents to read This talk of peace Stalin, 1 May 1943 Source: Pravda"
        assert f"{read} Rule it out Source: FRUS" in two

    def test_without_a_sentence_on_where_it_names_the_publisher_and_the_address(self) -> None:
        """If there is an address; a publisher's name alone leads nowhere."""
        book = with_handout(made(), where="")
        assert "Where to get" not in sides(printed(book))[1]
        table = replace(book.config.book, address="chapbook.example")
        book = replace(book, config=replace(book.config, book=table))
        assert "Where to get the book Chapbook, chapbook.example" in sides(printed(book))[1]

    def test_who_is_who_names_people_and_their_pages(self, whole: Product) -> None:
        """In reading order, pages in the order of the book."""
        two = sides(whole)[1]
        assert "Naotake Sato, ambassador in Moscow, in the book, pp. ii, 3–4" in two
        assert "Vyacheslav Molotov, commissar, in the book, p. 5" in two

    def test_it_asks_questions_and_says_where_to_get_the_book(self, whole: Product) -> None:
        """As book.toml has them."""
        two = sides(whole)[1]
        assert all(question in two for question in QUESTIONS)
        assert "Where to get the book Ask your library." in two

    def test_without_page_numbers_none_are_named(self) -> None:
        """A handout can be made without the printed book."""
        assert not re.search(r"\bpp?\. ", " ".join(sides(printed(made(), None))))

    def test_a_date_that_recurs_is_said_once(self, crowded: Product) -> None:
        """In the chronology; in the timeline every label has its own."""
        two = sides(crowded)[1]
        assert len(re.findall(r"(?<!\d)1 February 1943", two)) == 1
        assert "Another thing happens" in two


class TestMissing:
    def test_without_events_there_is_neither_timeline_nor_chronology(self) -> None:
        """The story then has the side for itself."""
        text = " ".join(sides(printed(replace(made(), chronology=()))))
        assert "Timeline" not in text
        assert "Chronology" not in text

    def test_without_people_or_questions_their_headings_are_left_out(self) -> None:
        """And nothing stands in their place."""
        book = with_handout(replace(made(), people=()), questions=(), where="")
        text = " ".join(sides(printed(book)))
        for heading in ("Who is who", "Questions", "Where to get"):
            assert heading not in text

    def test_without_summaries_the_timeline_is_wide(self) -> None:
        """And the story is not announced."""
        chapters = tuple(replace(one, summary="") for one in made().chapters)
        product = printed(replace(made(), chapters=chapters))
        assert "The story" not in sides(product)[0]
        assert product.pages == 2

    def test_a_book_with_nothing_but_a_title_has_one_side(self) -> None:
        """Fewer than two sides are no error."""
        book = with_handout(
            replace(made(), people=(), chronology=(), chapters=()), questions=(), where=""
        )
        product = printed(book)
        assert (product.pages, product.findings) == (1, ())


class TestOverflow:
    def test_a_long_story_is_a_finding_that_says_by_how_much(self) -> None:
        """At book.toml, in lines and centimetres, with what to do."""
        chapters = tuple(replace(one, summary=one.summary * 60) for one in made().chapters)
        smaller, found = printed(replace(made(), chapters=chapters)).findings
        assert "8.25 points instead of 9.75" in smaller.message
        assert (found.code, found.severity) == ("O001", Severity.WARNING)
        assert found.place == Place("book.toml")
        assert re.fullmatch(
            r"The handout's first side is \d+ lines \(\d+\.\d cm\) too long\.", found.message
        )
        assert "423 words" in found.hint

    def test_what_is_said_is_what_must_go(self) -> None:
        """Each question of a line takes about 22 pixels: leaving out that many makes it fit."""
        many = tuple(f"Why {n}?" for n in range(70))
        plain = with_handout(replace(made(), people=(), chronology=()), where="")
        *_, found = printed(with_handout(plain, questions=many)).findings
        centimetres = re.search(r"([\d.]+) cm", found.message)
        assert centimetres
        over = float(centimetres[1]) / 2.54 * 96 / 21.67
        fits = printed(with_handout(plain, questions=many[: 70 - int(over) - 2])).findings
        lacks = printed(with_handout(plain, questions=many[: 70 - int(over) + 1])).findings
        assert [one.code for one in fits] == ["O002"]
        assert [one.code for one in lacks] == ["O002", "O001"]

    def test_both_sides_can_be_too_long(self) -> None:
        """Each is told by itself, in one run."""
        chapters = tuple(replace(one, summary=one.summary * 60) for one in made().chapters)
        book = replace(made(), chapters=chapters, people=())
        book = with_handout(book, questions=QUESTIONS * 40, where="")
        found = [one for one in printed(book).findings if one.code == "O001"]
        assert [one.message.split()[2] for one in found] == ["first", "second"]

    def test_a_long_chronology_is_cut_short(self, crowded: Product) -> None:
        """Sixty dates with long sentences fit, a line each, and that is said."""
        (found,) = crowded.findings
        assert (crowded.pages, found.code) == (2, "O002")
        assert "the sentences of its 61 dates are cut to one line" in found.message
        two = sides(crowded)[1]
        assert all(f"Event {n} " in two for n in range(60))

    def test_a_word_longer_than_a_line_stays_on_the_paper(self) -> None:
        """In the story and in a question, each in a column of its own width."""
        chapters = tuple(replace(one, summary="So " + "w" * 130) for one in made().chapters)
        asked = with_handout(replace(made(), chapters=chapters), questions=["Why " + "w" * 130])
        document = pypdfium2.PdfDocument(printed(asked).data)
        for page in document:
            text = page.get_textpage()
            right = [text.get_charbox(at)[2] for at in range(text.count_chars())]
            assert max(right) < page.get_width() - 20
        assert any("w" * 16 in one for one in sides(printed(asked)))


class TestFile:
    def test_it_reads_in_black_and_white(self, whole: Product) -> None:
        """Every pixel is a grey."""
        with pypdfium2.PdfDocument(whole.data) as document:
            for number in range(len(document)):
                colours = document[number].render(scale=1).to_pil().convert("RGB").getcolors(9999)
                assert all(red == green == blue for _, (red, green, blue) in colours)

    def test_same_book_same_bytes(self, whole: Product) -> None:
        """No clock, no chance."""
        assert printed(made()).data == whole.data

    def test_its_date_is_the_one_that_is_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """SOURCE_DATE_EPOCH, as reproducible-builds.org has it."""
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
        with pikepdf.open(io.BytesIO(printed(made()).data)) as pdf:
            assert str(pdf.docinfo["/CreationDate"]).startswith("D:19700102")

    def test_it_says_what_it_is(self, whole: Product) -> None:
        """Title, author and language, for screen readers and catalogues."""
        with pikepdf.open(io.BytesIO(whole.data)) as pdf:
            assert str(pdf.docinfo["/Title"]) == "The Go-Between"
            assert str(pdf.docinfo["/Author"]) == "Ada Example"
            assert str(pdf.Root.Lang) == "en-GB"

    def test_the_timeline_is_told_to_screen_readers(self, whole: Product) -> None:
        """The alternative text of the figure holds every event."""
        with pikepdf.open(io.BytesIO(whole.data)) as pdf:
            alternatives = [
                str(one["/Alt"])
                for one in pdf.objects
                if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
            ]
        (told,) = alternatives
        assert all(sentence in told for _, sentence in EVENTS)

    def test_every_font_is_embedded(self, whole: Product, tmp_path: Path) -> None:
        """Nothing is left to the printer's."""
        (tmp_path / "handout.pdf").write_bytes(whole.data)
        fonts = pdftext.fonts(tmp_path / "handout.pdf")
        assert fonts
        assert all(fonts.values())

    @pytest.mark.slow
    def test_it_is_accessible(self, whole: Product, tmp_path: Path) -> None:
        """PDF/UA-1, by veraPDF; bare too."""
        (tmp_path / "whole.pdf").write_bytes(whole.data)
        (tmp_path / "bare.pdf").write_bytes(printed(replace(made(), chronology=())).data)
        verapdf.assert_compliant(tmp_path / "whole.pdf", "ua1")
        verapdf.assert_compliant(tmp_path / "bare.pdf", "ua1")

    def test_what_the_typesetter_warns_of_reaches_the_author(self, tmp_path: Path) -> None:
        """A theme with a picture that isn't there gives T004, where it names it."""
        (tmp_path / "styles").mkdir()
        css = "h2 {}\nh1 { background: url(no.png) }"
        (tmp_path / "styles" / "handout.css").write_text(css, "utf-8")
        found = handout.render(made(), theme.load(tmp_path)[0], None, NOTHING).findings
        assert [(one.code, str(one.place)) for one in found] == [("T004", "styles/handout.css:2:1")]
        assert "styles/no.png" in found[0].message
