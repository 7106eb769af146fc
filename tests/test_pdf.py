"""The first book in print, read back page by page: what an exacting reader would check by hand."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.firstbook import (
    ROOT,
    SOURCES,
    contains,
    heading_of,
    printed_in,
    title_of,
    words_of,
)
from tests.judges import pdftext
from tests.volumes import Letter, Printed, note_bodies, said

#: Between these heights, in points, lies an A5 page's text; beyond them numbers and heads.
FOOT, HEAD = 60, 540


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The book of this repository, made in a folder of its own."""
    return printed_in(tmp_path_factory.getbasetemp())


def margins(page: list[Letter]) -> str:
    """What stands above and below a page's text, without its spaces."""
    outside = (one.text for one in page if not FOOT < one.bottom < HEAD)
    return "".join("".join(outside).split())


def prose(page: list[Letter]) -> str:
    """A page's text, its words parted by single spaces."""
    return " ".join(pdftext.words("".join(one.text for one in page if FOOT < one.bottom < HEAD)))


def body_pages(printed: Printed) -> Iterator[int]:
    """The pages of chapters, from the preface on."""
    return itertools.chain(*(pages for _, pages in list(printed.chapters.items())[2:]))


class TestNotes:
    def test_every_note_of_the_manuscript_is_there_and_no_other(self, printed: Printed) -> None:
        """Each has a call with a link, a number at the foot and a text."""
        expected = {
            f"c{name}.n.{label}" for name in SOURCES for label in note_bodies(SOURCES[name])
        }
        assert len(expected) >= 40
        assert set(printed.notes) == expected

    def test_every_note_says_once_what_the_manuscript_says(self, printed: Printed) -> None:
        """Word for word, its number before it."""
        for name, source in SOURCES.items():
            for label, body in note_bodies(source).items():
                note = printed.notes[f"c{name}.n.{label}"]
                (text,) = note.texts
                assert said(text) == said(f"{note.calls[0].text} {body}"), note.id

    def test_every_note_begins_on_the_page_of_its_call(self, printed: Printed) -> None:
        """And below the call."""
        for note in printed.notes.values():
            (number,) = note.numbers
            assert (number.page, note.id) == (note.calls[0].page, note.id)
            assert number.height < note.calls[0].height, note.id

    def test_notes_are_numbered_by_chapter_in_two_series(self, printed: Printed) -> None:
        """Numbers for the sources', letters for the editors', in the order of their calls."""
        for name, source in SOURCES.items():
            text = re.split(r"^\[\^[^\]]+\]:", source, maxsplit=1, flags=re.MULTILINE)[0]
            for pattern, numbers in (
                ("(?!ed-)", map(str, itertools.count(1))),
                ("(?=ed-)", "abcdef"),
            ):
                called = dict.fromkeys(re.findall(rf"\[\^({pattern}[^\]]+)\]", text))
                for label, number in zip(called, numbers, strict=False):
                    note = printed.notes[f"c{name}.n.{label}"]
                    assert {one.text for one in (*note.calls, *note.numbers)} == {number}, note.id

    def test_call_and_note_lead_to_each_other(self, printed: Printed) -> None:
        """Every call to the beginning of its note, every number back to the first call."""
        places = destinations(printed.path)
        for note in printed.notes.values():
            (number,) = note.numbers
            page, top = places[note.id]
            assert page == number.page
            assert -4 < top - number.height < 14, note.id
            page, top = places[f"{note.id}.call1"]
            assert page == note.calls[0].page
            assert -4 < top - note.calls[0].height < 24, note.id


def destinations(path: Path) -> dict[str, tuple[int, float]]:
    """The page and height that each name leads to."""
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        return {str(name): (pages[to[0].objgen], float(to[3])) for name, to in names.items()}


class TestPages:
    def test_labels_are_as_printed(self, printed: Printed) -> None:
        """On every page that shows a number, it is the page's label."""
        shown = 0
        for page in body_pages(printed):
            label, found = printed.labels[page], margins(printed.letters[page])
            if printed.pages[page].strip():
                assert found.startswith(label) if page % 2 else found.endswith(label), label
                shown += 1
        assert shown > 30

    def test_front_pages_are_roman_and_the_body_begins_at_1(self, printed: Printed) -> None:
        """i, ii, iii to the last leaf before the first chapter, and from there 1, 2, 3."""
        numbered = [label for label in printed.labels if label != "Cover"]
        first = numbered.index("1")
        assert numbered[:5] == ["i", "ii", "iii", "iv", "v"]
        assert all(re.fullmatch("[ivxl]+", label) for label in numbered[:first])
        assert numbered[first:] == [str(n) for n in range(1, len(numbered) - first + 1)]
        assert printed.labels[printed.chapters[title_of(SOURCES["01-question"])][0]] == "1"

    def test_chapters_open_on_right_hand_pages(self, printed: Printed) -> None:
        """The cover is one, so a right-hand page has an even index; its number is odd."""
        for title, pages in printed.chapters.items():
            assert pages[0] % 2 == 0, title
        assert printed.labels.index("1") % 2 == 0

    def test_openings_have_their_number_at_the_foot_and_no_running_head(
        self, printed: Printed
    ) -> None:
        """The title stands there already."""
        for title, pages in list(printed.chapters.items())[2:]:
            assert margins(printed.letters[pages[0]]) == printed.labels[pages[0]], title

    def test_running_heads_tell_the_chapter(self, printed: Printed) -> None:
        """On every page but openings; left pages too, as this book of short chapters asks."""
        told = 0
        for title, pages in list(printed.chapters.items())[2:]:
            for page in pages[1:]:
                if printed.pages[page].strip():
                    head = margins(printed.letters[page]).casefold()
                    assert head == running(title, printed.labels[page], left=bool(page % 2)), page
                    told += 1
        assert told > 15

    def test_blank_pages_are_blank(self, printed: Printed) -> None:
        """There is no letter on them, nor anything drawn; there are some."""
        blank = [index for index, text in enumerate(printed.pages) if not text.strip()]
        with closing(pypdfium2.PdfDocument(printed.path)) as pdf:
            for index in blank[1:]:  # The back of the cover may be as dark as the cover.
                lightest, darkest = pdf[index].render(grayscale=True).to_pil().getextrema()
                assert (lightest, darkest) == (255, 255), index
        openings = [pages[0] for pages in printed.chapters.values()]
        assert len(set(blank) & {page - 1 for page in openings}) >= 2

    def test_no_heading_stands_at_the_foot(self, printed: Printed) -> None:
        """Two lines of text at least follow it on its page."""
        for _, title, page in printed.outline:
            assert page is not None
            lines = [" ".join(said(line)) for line in printed.pages[page].split("\n")]
            own = " ".join(said(title))
            ends = [at for at in range(len(lines)) if own.endswith(lines[at]) and lines[at]]
            if ends and title != "Cover":
                assert len([line for line in lines[ends[0] + 1 :] if line]) > 2, title


def running(name: str, label: str, *, left: bool) -> str:
    """A running head as it is read from the page, without its spaces."""
    letters = "".join(name.split()).casefold()
    return label + letters if left else letters + label


class TestNumbers:
    def test_the_contents_tell_where_chapters_begin(self, printed: Printed) -> None:
        """Each chapter's line has its number, its title and its page's label, and leads there."""
        (first, *_) = printed.chapters["Contents"]
        text = said(printed.pages[first])
        numbers = itertools.count(1)
        for source in SOURCES.values():
            title = title_of(source)
            is_numbered = "\nkind: chapter\n" in source
            start = printed.chapters[title][0]
            line = [
                *([str(next(numbers))] if is_numbered else []),
                *said(title),
                printed.labels[start],
            ]
            assert contains(text, [word.casefold() for word in line]), title
            assert any(link.page == first and link.dest_page == start for link in printed.links)

    def test_references_tell_the_page_of_what_they_refer_to(self, printed: Printed) -> None:
        """After every reference stands ``(p. N)``, and page N has what is meant."""
        found = 0
        for name, source in SOURCES.items():
            pages = printed.chapters[title_of(source)]
            text = " ".join(prose(printed.letters[page]) for page in pages)
            for words, file, anchor in re.findall(
                r"\[([^\]]+)\]\(([\w-]+\.md)(#[\w-]+)?\)", source
            ):
                target = SOURCES[file.removesuffix(".md")]
                heading = heading_of(target, anchor) if anchor else title_of(target)
                asked = r"\s".join(map(re.escape, words_of(words)))
                numbers = set(re.findall(rf"{asked}\s\(p\.\s(\w+)\)", text))
                there = [printed.pages[printed.labels.index(number)] for number in numbers]
                found_in = [page for page in there if contains(said(page), said(heading))]
                assert found_in, (name, words, numbers)
                found += 1
        assert found >= 8

    def test_the_chronology_tells_where_each_event_is_told(self, printed: Printed) -> None:
        """Each date of the prose stands on a page that is named in the chronology's line."""
        text = " ".join(prose(printed.letters[page]) for page in printed.chapters["Chronology"])
        told = 0
        for name, source in SOURCES.items():
            for sentence in re.findall(r"\]\(when:\S+ \"([^\"]+)\"\)", source):
                asked = " ".join(words_of(sentence))
                found = re.search(
                    rf"{re.escape(asked)} (?:\[Ed\.\] )?([\divx]+(?: ?[,–] [\divx]+)*)", text
                )
                assert found is not None, sentence
                pages = {printed.labels.index(label) for label in spread(found[1])}
                assert pages & set(printed.chapters[title_of(source)]), (name, sentence)
                told += 1
        assert told > 15

    def test_every_number_in_the_lists_leads_to_the_page_that_it_names(
        self, printed: Printed
    ) -> None:
        """In the chronology and the list of people: ``vii, 9`` or the first of ``9–11``."""
        with_numbers = 0
        for title in ("Chronology", "People"):
            for link in printed.links:
                text = printed.under(link)
                if link.page in printed.chapters[title] and re.fullmatch(
                    r"[\divx]+(?:–[\divx]+)?", text
                ):
                    assert link.dest_page is not None
                    assert printed.labels[link.dest_page] == text.split("–")[0], text
                    with_numbers += 1
        assert with_numbers > 40

    def test_people_are_named_on_the_pages_given_for_them(self, printed: Printed) -> None:
        """The family name stands on every page that the list names."""
        people: dict[str, dict[str, str]] = tomllib.loads((ROOT / "book.toml").read_text())[
            "people"
        ]
        pages = printed.chapters["People"]
        text = " ".join(prose(printed.letters[page]) for page in pages)
        for person in people.values():
            own = " ".join(pdftext.words(person["name"]))
            about = " ".join(pdftext.words(person["about"]))
            found = re.search(rf"{re.escape(own)} {re.escape(about)}\. ([\divx, –]+)", text)
            assert found is not None, person
            for label in spread(found[1]):
                page = said(printed.pages[printed.labels.index(label)])
                assert person["name"].split(",")[0].casefold() in page, (person, label)

    def test_every_name_marked_in_the_prose_is_in_the_list(self, printed: Printed) -> None:
        """And leads to the person's entry."""
        pages = printed.chapters["People"]
        marks = sum(len(re.findall(r"\]\(who:", source)) for source in SOURCES.values())
        links = [
            link for link in printed.links if link.page not in pages and link.dest_page in pages
        ]
        assert len({(link.page, link.dest_name) for link in links}) >= 25
        assert len(links) >= marks


def spread(pages: str) -> list[str]:
    """The first page of every run in ``vii , 9 – 11 , 14``."""
    return [run.split("–")[0].strip() for run in pages.split(",") if run.strip()]
