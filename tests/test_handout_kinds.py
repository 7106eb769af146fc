"""Handouts of one lesson, in large print, with answers, fitted, on more pages: read back."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from book.base.data import replace
from book.base.errors import TemplateError, UnusableError
from book.build import read
from book.cache.store import Scratch
from book.cli.commands import app
from book.model import (
    Book,
    Chapter,
    Document,
    HandoutWish,
    Kind,
    Mention,
    Person,
    Place,
    Portrait,
    Product,
    Text,
)
from book.press.paper import paper
from book.press.up import two_up
from book.render import handout
from book.render.handout.lesson import asked, lesson, whole
from book.theme import theme
from book.theme.sources import TemplateText
from book.theme.templates import Templates
from tests.chronicles import chronicle
from tests.judges import verapdf
from tests.test_pool import Serial

CLEAN = Path(__file__).parent / "clean"
NOTHING = Scratch()
LOOK = theme.load(CLEAN)[0]
SENTENCE = "Marshal Sugiyamanotatsu argued again that the time of mediation had come. "


def portrait(name: str, *ids: str) -> Portrait:
    mentions = tuple(Mention(one, name, Place("a")) for one in ids)
    return Portrait(f"people.{name}", Person(name, f"who {'did much ' * 12}"), mentions)


def chapter(slug: str, *, summary: str = "", questions: tuple[str, ...] = ()) -> Chapter:
    made = Chapter(slug, f"{slug}.md", Kind.CHAPTER, slug.title(), "", summary, "en", Text.of(""))
    return replace(made, questions=questions)


def made(**handed_out: object) -> Book:
    """Two chapters, each with a question; two people, one of them in both."""
    book = chronicle()
    chapters = (
        chapter("war", summary="War came.", questions=("Why?\n= For no reason.",)),
        chapter("peace", summary="Peace came.", questions=("When?\n= In May.", "Where?")),
    )
    people = (portrait("Ann", "war.1", "peace.1"), portrait("Ben", "war.2"))
    table = replace(book.config.handout, **handed_out)  # type: ignore[arg-type] # any field
    config = replace(book.config, handout=table)
    return replace(book, config=config, chapters=chapters, people=people)


def printed(book: Book, **wish: bool) -> Product:
    return handout.render(book, LOOK, None, NOTHING, HandoutWish(**wish))  # type: ignore[arg-type] # flags


def text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        pages = [one.get_textpage().get_text_bounded() for one in document]
    return " ".join(" ".join(pages).split())


def sizes(data: bytes) -> set[float]:
    """The sizes of type that are drawn, in points."""
    found = set()
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                matrix = thing.get_matrix()
                size = pypdfium2.raw.ctypes.c_float()
                pypdfium2.raw.FPDFTextObj_GetFontSize(thing, size)
                found.add(round(size.value * abs(matrix.d), 1))
    return found


def test_a_lesson_has_its_own_chapters_story_people_and_questions() -> None:
    book = lesson(made(story="Of the whole book.", questions=("Of the book?",)), {"peace"})
    said = text(printed(book).data)
    for word in ("Peace came.", "When?", "Where?", "Ann"):
        assert word in said
    for word in ("War came.", "Why?", "Ben", "In May", "whole book", "Of the book?"):
        assert word not in said


def test_a_chapter_that_is_not_there_is_refused_in_words(clean_book: Path) -> None:
    said = CliRunner().invoke(
        app, ["print", "handout", "--book", str(clean_book), "--chapters", "77"]
    )
    assert said.exit_code == 1
    assert "There is no chapter `77`. Its chapters are 1 “" in said.output


def test_an_empty_list_of_chapters_is_not_the_whole_book(clean_book: Path) -> None:
    command = ["print", "handout", "--book", str(clean_book), "--chapters", ""]
    said = CliRunner().invoke(app, command)
    assert said.exit_code == 2
    assert "--chapters names none" in said.output


def test_questions_and_answers_are_read_from_front_matter(clean_book: Path) -> None:
    """The answer begins with an equals sign; typewriter's quotes are set as quotes."""
    path = clean_book / "chapters" / "01-ankara.md"
    path.write_text(
        '---\nquestions: |\n  Why "now"?\n  = Because.\n\n  Who?\n---\n\n# First\n\nText.\n'
    )
    book, findings = read(clean_book)
    assert book
    assert not [
        one for one in findings if one.place.path == "chapters/01-ankara.md" and one.code == "M004"
    ]
    (first,) = [one for one in book.chapters if one.path == "chapters/01-ankara.md"]
    found = [asked(one) for one in first.questions]
    assert [(one.text, one.answer) for one in found] == [("Why “now”?", "Because."), ("Who?", "")]


def test_answers_are_on_their_own_sheet_only() -> None:
    sheet = handout.answers(made(), LOOK, None, NOTHING)
    assert "For no reason." in text(sheet.data)
    assert "For no reason." not in text(printed(made()).data)
    bare = replace(made(), chapters=(chapter("war", questions=("Why?",)),))
    with pytest.raises(UnusableError, match="no answers"):
        handout.answers(bare, LOOK, None, NOTHING)


def test_large_print_is_large_everywhere() -> None:
    """No type below 18 points, not even in the margin; on as many pages as it takes."""
    documents = (Document("Words.", "Ann", "1943", "A letter"),)
    product = printed(made(documents=documents, story=SENTENCE * 30), large=True)
    assert min(sizes(product.data)) >= 18
    assert product.pages is not None
    assert product.pages > 2
    with pikepdf.open(io.BytesIO(product.data)) as pdf:
        fonts = {
            str(one.get("/BaseFont", ""))
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary)
        }
    assert not [one for one in fonts if "Italic" in one or "It" in one.rpartition("-")[2]]


def test_a_long_story_is_set_smaller_then_shortened_and_says_so() -> None:
    story = "\n\n".join([SENTENCE * 25] * 4)
    product = printed(made(story=story))
    (found,) = product.findings
    assert found.code == "O002"
    assert "the story is set in 8.25 points instead of 11" in found.message
    assert "paragraph" in found.message
    assert product.pages == 2
    assert 8.2 in sizes(product.data) or 8.3 in sizes(product.data)


def test_a_story_without_a_timeline_is_set_smaller_too() -> None:
    """As the message says, before a word of it is left out."""
    product = printed(replace(made(story=SENTENCE * 75), chronology=()))
    (found,) = product.findings
    assert "the story is set in 8.25 points instead of 11." in found.message
    assert 11.0 not in sizes(product.data)
    assert text(product.data).count("mediation had come") == 75


def test_side_two_loses_who_is_named_least_then_the_last_documents() -> None:
    often = tuple(portrait(f"P{n}", *(f"war.{n}.{m}" for m in range(45 - n))) for n in range(45))
    product = printed(replace(made(), people=often[::-1]))
    (found,) = product.findings
    assert "named least are left out" in found.message
    said = text(product.data)
    assert "P0, who" in said
    assert "P44, who" not in said


def test_more_pages_are_used_before_anything_is_cut() -> None:
    often = tuple(portrait(f"P{n}", f"war.{n}") for n in range(60))
    product = printed(replace(made(pages=4), people=often))
    assert product.findings == ()
    assert product.pages in {2, 3, 4}
    assert all(f"P{n}, who" in text(product.data) for n in range(60))


def test_no_lines_end_divides_a_name() -> None:
    """Of people in the book, in whatever form; and what the author keeps whole."""
    book = replace(made(), people=(portrait("Sugiyama, Hajime", "war.1"),))
    (marked,) = whole(["Marshal Sugiyama & Hajime’s men."], book)
    kept = '<span class="whole">{}</span>'
    assert marked == f"Marshal {kept.format('Sugiyama')} &amp; {kept.format('Hajime')}’s men."


def test_a_document_stays_with_who_said_it_and_where() -> None:
    """In large print, too, however much stands before it: all of it is on one page."""
    said = Document(
        "“A quotation of some length, to be read and talked about.”", "Ann", "", "Press"
    )
    product = printed(made(documents=(said,) * 9), large=True)
    with pypdfium2.PdfDocument(product.data) as document:
        pages = [one.get_textpage().get_text_bounded() for one in document]
    for page in pages:
        assert page.count("A quotation") == page.count("Source: Press")
    assert sum(page.count("A quotation") for page in pages) == 9


def test_where_to_get_the_book_has_no_side_of_its_own() -> None:
    """It stands below the story if all else that side two would have is the timeline's."""
    book = replace(made(where="At the library."), people=())
    silent = tuple(replace(one, questions=()) for one in book.chapters)
    product = printed(replace(book, chapters=silent))
    assert product.pages == 1
    assert "At the library." in text(product.data)
    assert printed(made(where="At the library.")).pages == 2


def test_a_sheet_with_nothing_to_tell_says_what_would_be_on_it(tmp_path: Path) -> None:
    """And how many sides there are, if two pages are on one."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "01.md").write_text("# One\n\nText.\n")
    head = '[book]\ntitle = "T"\nauthors = ["A B"]\nlanguage = "en"\n'
    (tmp_path / "book.toml").write_text(head)
    said = CliRunner().invoke(app, ["print", "handout", "--book", str(tmp_path), "--up", "2"])
    assert said.exit_code == 0, said.output
    assert "nothing on the sheet but its title" in " ".join(said.stderr.split())
    assert said.stdout.rstrip().endswith("2-up.pdf  1 side")
    (tmp_path / "book.toml").write_text(f'{head}[handout]\nstory = "It begins."\n')
    said = CliRunner().invoke(app, ["print", "handout", "--book", str(tmp_path)])
    assert "nothing on the sheet" not in said.stderr


def test_large_print_on_half_a_side_is_said_to_be_large_no_more(tmp_path: Path) -> None:
    """With the size that it comes to."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "01.md").write_text("# One\n\nText.\n")
    (tmp_path / "book.toml").write_text(
        '[book]\ntitle = "T"\nauthors = ["A B"]\nlanguage = "en"\n[handout]\nstory = "It begins."\n'
    )
    asked = ["print", "handout", "--book", str(tmp_path), "--large-print", "--up", "2"]
    said = CliRunner().invoke(app, asked)
    assert said.exit_code == 0, said.output
    assert "18 points is 13 then, and no large print any more" in " ".join(said.stderr.split())


def test_two_pages_lie_beside_each_other_in_order() -> None:
    product = printed(made())
    with pikepdf.open(io.BytesIO(product.data)) as pdf:
        pair = two_up(pdf, paper("A4"))
    assert (pair.sides, round(pair.scale, 2)) == (1, 0.71)
    with pypdfium2.PdfDocument(pair.data) as document:
        page = document[0].get_textpage()
        words = page.get_text_range()
        story = page.get_charbox(words.index("War came"))[0]
        questions = page.get_charbox(words.index("Why?"))[0]
        assert story < 421 < questions


@pytest.mark.slow
def test_all_kinds_are_accessible(tmp_path: Path) -> None:
    """PDF/UA-1, by veraPDF."""
    book = made(documents=(Document("Words.", "Ann", "1943", "A letter"),))
    many = replace(made(pages=9), people=tuple(portrait(f"P{n}", "war.1") for n in range(60)))
    for name, product in {
        "large": printed(book, large=True),
        "answers": handout.answers(book, LOOK, None, NOTHING),
        "flow": printed(many),
        "lesson": printed(lesson(book, {"peace"})),
    }.items():
        (tmp_path / f"{name}.pdf").write_bytes(product.data)
        verapdf.assert_compliant(tmp_path / f"{name}.pdf", "ua1")


@pytest.mark.parametrize(("large", "name"), [(True, "handout-flow.html"), (False, "handout.html")])
def test_the_template_of_the_page_that_fails_is_blamed(
    large: bool, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two that are a book's own, the one that made what the typesetter fails at."""

    def fails(*_: object) -> bytes:
        raise ValueError("too wide")

    folder = Path(theme.__file__).parent / "templates"
    names = ("handout.html", "handout-flow.html")
    own = {one: TemplateText((folder / one).read_text(), f"styles/{one}") for one in names}
    look = replace(LOOK, templates=Templates(own))
    monkeypatch.setattr("book.render.handout.layout.set_sheet", fails)
    monkeypatch.setattr("book.render.handout.pool.executor", lambda _: Serial())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # what is handed on is put back afterwards
    with pytest.raises(TemplateError) as caught:
        handout.render(made(), look, None, NOTHING, HandoutWish(large=large))
    assert caught.value.finding.place == Place(f"styles/{name}")
