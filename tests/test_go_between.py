"""The first book's text: what can be held of it by rule, with its source at hand and without."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import pairwise

import pytest

from book import build
from book.model import Book
from tests.firstbook import ROOT, SOURCES

ARTICLE = ROOT.parent / "shared" / "article.md"
#: Words in a row that only a quotation may share with the article.
SHARED = 6
#: Where the editors speak throughout, and sign; lists that the tool draws up; the colophon.
SIGNED = {"02-war", "12-documents", "14-people", "15-source"}
OTHER = {"00-preface", "13-chronology", "16-colophon"}
STORY = {name: source for name, source in SOURCES.items() if name not in SIGNED | OTHER}
#: Between marks that the keyboard has or the typesetter sets.
QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
SIGNATURE = "— *Ed.*"
#: What the article shortens; the book spells it out, and the words are the same.
SPELT_OUT = {
    "u.s.s.r": "soviet union",
    "u.s": "united states",
    "u.k": "united kingdom",
}


@pytest.fixture(scope="module")
def book() -> Book:
    found, findings = build.read(ROOT)
    assert found is not None, findings
    return found


def body(source: str) -> str:
    """A chapter's text without its front matter and its notes."""
    text = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL)
    return re.split(r"^\[\^[^\]]+\]:", text, maxsplit=1, flags=re.MULTILINE)[0]


def notes(source: str) -> dict[str, str]:
    """A chapter's notes by their labels."""
    found = re.findall(r"^\[\^([^\]]+)\]:(.*?)(?=^\[\^|\Z)", source, re.MULTILINE | re.DOTALL)
    return {label: text.strip() for label, text in found}


def paragraphs(text: str) -> list[str]:
    """The blocks of a text that are neither headings nor rules."""
    blocks = (block.strip() for block in text.split("\n\n"))
    return [block for block in blocks if block and not block.startswith(("#", "***"))]


def plain(markdown: str) -> str:
    """The words of a text as they are read: without marks, note calls and what links lead to."""
    text = re.sub(r"\[\^[^\]]+\]:?", " ", markdown)
    text = re.sub(r'\]\([^()"]*("[^"]*")?\)', "] ", text)
    return re.sub(r"[\[\]*#|>`]", " ", text)


def words(text: str) -> list[str]:
    """A text's words, in small letters."""
    text = text.casefold().replace("’", "'")
    for short, long in SPELT_OUT.items():
        text = re.sub(rf"\b{re.escape(short)}(?:\.|\b)", long, text)
    return re.findall(r"\w+(?:[.']\w+)*", text)


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of ``SHARED`` words."""
    found = words(text)
    return {tuple(found[at : at + SHARED]) for at in range(len(found) - SHARED + 1)}


class TestNotes:
    @pytest.mark.parametrize("name", STORY)
    def test_every_paragraph_of_the_telling_has_a_note_that_names_its_paragraph(
        self, name: str
    ) -> None:
        """Below the rule the editors think; above it each fact says where it is from."""
        source = STORY[name]
        sources = {label for label, text in notes(source).items() if "Koshkin, para" in text}
        told, *_ = body(source).split("\n***\n")
        bare = [one for one in paragraphs(told) if not sources & set(re.findall(CALL, one))]
        assert bare == []

    @pytest.mark.parametrize("name", SOURCES)
    def test_the_editors_sign_their_notes(self, name: str) -> None:
        """All with a label of theirs, and no others."""
        for label, text in notes(SOURCES[name]).items():
            assert text.endswith(SIGNATURE) == label.startswith("ed-"), label

    @pytest.mark.parametrize("name", sorted(SIGNED))
    def test_the_editors_sign_their_pages(self, name: str) -> None:
        """At the end of the text."""
        assert body(SOURCES[name]).rstrip().endswith(SIGNATURE)

    def test_every_paragraph_of_the_afterword_names_its_document(self) -> None:
        """But what leads in and the list, whose lines do."""
        (first, *rest) = paragraphs(body(SOURCES["12-documents"]))
        lines = [line for block in rest for line in block.split("\n") if line.startswith("- ")]
        assert len(lines) == 3
        assert all("[^" in line for line in lines)
        assert "[^" in first
        stated = [block for block in rest if re.search(r"\(when:", block)]
        assert len(stated) >= 5
        assert all("[^" in block for block in stated)

    def test_paragraphs_of_the_article_are_those_that_it_has(self) -> None:
        """One to fifteen."""
        for source in SOURCES.values():
            for text in notes(source).values():
                for first in re.findall(r"paras?\. (\d+(?:(?:, | and | to )\d+)*)", text):
                    assert all(1 <= int(number) <= 15 for number in re.findall(r"\d+", first)), text


CALL = re.compile(r"\[\^([^\]]+)\]")


class TestDates:
    def test_every_date_of_the_text_is_in_the_chronology(self, book: Book) -> None:
        """With the sentence that its mark gives."""
        told = {(entry.edtf, entry.sentence) for entry in book.chronology}
        marked = [
            (date.partition(",")[0], sentence.replace("'", "’"))
            for source in SOURCES.values()
            for date, sentence in re.findall(r'\(when:(\S+) "([^"]+)"\)', source)
        ]
        assert len(marked) > 20
        assert set(marked) <= told
        known = {date for date, _ in told}
        assert {date for s in SOURCES.values() for date in re.findall(r"\(when:([^\s),]+)", s)} <= (
            known
        )

    def test_every_day_that_is_told_is_marked_somewhere(self) -> None:
        """A day with its month and year, wherever the story, a note or a signed page tells it."""
        marked = {day for source in SOURCES.values() for day in re.findall(MARKED, source)}
        for name in {*STORY, "02-war", "12-documents"}:
            told = set(re.findall(r"(?<!\d)\d{1,2} [A-Z][a-z]+ 19\d\d", untitled(SOURCES[name])))
            assert told <= marked, (name, told - marked)


MARKED = re.compile(r"\[[^\]]*?(\d{1,2} [A-Z][a-z]+ \d{4})\]\(when:")


def untitled(source: str) -> str:
    """A chapter without front matter, headings and what marks say."""
    text = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL)
    return plain(re.sub(r"^#.*$", "", text, flags=re.MULTILINE))


class TestPlan:
    def test_chapters_have_five_to_nine_hundred_words(self) -> None:
        """Of text, without the notes."""
        for name, source in STORY.items():
            count = len(words(plain(body(source))))
            assert 500 <= count <= 900, (name, count)

    def test_it_opens_on_the_scene_and_ends_in_the_text(self) -> None:
        """Sato before Molotov; and the last chapter's last paragraph calls no note."""
        opening = paragraphs(body(SOURCES["01-question"]))[0]
        assert "10 September 1943" in opening
        assert "Sato" in opening
        assert "Molotov" in opening
        assert not CALL.search(paragraphs(body(SOURCES["11-mission"]))[-1])

    def test_chapters_stand_in_the_order_of_time(self) -> None:
        """Those that are numbered, by the days, months and years that they tell first."""
        chapters = [source for name, source in STORY.items() if name > "02"]
        first = [re.findall(r"\(when:(\d{4}(?:-\d\d)*)", body(source)) for source in chapters]
        dated = [dates[0] for dates in first if dates]
        dated = [date if len(date) > 4 else f"{date}-12" for date in dated]
        assert all(one[:7] <= other[:7] for one, other in pairwise(dated)), dated

    def test_people_are_told_in_a_phrase(self) -> None:
        """Each of ``book.toml`` has one."""
        people = tomllib.loads((ROOT / "book.toml").read_text("utf-8"))["people"]
        assert len(people) >= 9
        assert all(len(words(one["about"])) >= 5 for one in people.values())


@cache
def article() -> set[tuple[str, ...]]:
    """The article's runs of words with those of its head, without its paragraphs' numbers."""
    text = ARTICLE.read_text("utf-8")
    head = text[text.index("Title:") : text.index("Paragraphs are numbered")]
    text = re.sub(r"\*\*\d+\.\*\*", " ", text[text.index("**1.**") :])
    return runs(head) | runs(text)


def shared(text: str) -> list[str]:
    """What a text has in common with the article, run by run."""
    return sorted(" ".join(run) for run in runs(text) & article())


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not beside the repository")
class TestArticle:
    @pytest.mark.parametrize("name", SOURCES)
    def test_only_quotations_share_six_words_with_the_article(self, name: str) -> None:
        """Text and notes; what stands between quotation marks parts what is around it."""
        for line in plain(SOURCES[name]).split("\n\n"):
            for piece in QUOTED.split(line):
                assert shared(piece) == [], piece

    def test_nor_do_the_handout_and_the_metadata(self) -> None:
        """All the words of ``book.toml`` and the sentences of the chronology."""
        told = [sentence for s in SOURCES.values() for sentence in re.findall(SENTENCE, s)]
        table = (ROOT / "book.toml").read_text("utf-8").replace('\\"', "”")
        settings = re.findall(r'"([^"]+)"', table)
        for text in [*told, *settings]:
            for piece in QUOTED.split(text):
                assert shared(piece) == [], piece

    def test_quotations_are_short(self) -> None:
        """Phrases of ten words at most, but for the article's own title."""
        for source in SOURCES.values():
            for quoted in QUOTED.findall(plain(source)):
                assert len(words(quoted)) <= 10 or "Tokyo tried" in quoted, quoted


SENTENCE = re.compile(r'\(when:\S+ "([^"]+)"\)')
