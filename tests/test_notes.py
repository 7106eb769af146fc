"""Notes in print, over a family of chapters made to be hard, all read back from the pages.

The family is one book, so that it is set side by side and bound once. What is asked of all:
no word is lost or doubled, each note begins on the page of its call, notes stand below the text
in the order of their calls with the rest of a long one first, and no page is left half empty.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from tests.drafts import COIN, Draft, random_draft
from tests.volumes import Printed, note_bodies, one_chapter, said, set_book

pytestmark = pytest.mark.slow

BENCH = Path(__file__).parents[2] / "shared" / "bench" / "1000"
#: From the first chapters of the bench and from those with the most notes.
BORROWED = ("02-*", "33-*", "44-*")
#: Between these heights, in points, lies an A5 page's text.
FOOT, HEAD = 70, 540
#: What a page may at most have free between its lines, in points: a third of its text's height.
LARGEST_GAP = 150
#: The white above the notes, and what is left where one more line would not go.
SMALL_GAP = 40


def long_note() -> Draft:
    """A note of more than 10,000 characters, and short ones before and after."""
    draft = Draft(1)
    draft.paragraph(150, 50)
    draft.add(f"{draft.words(40)}{draft.note(1900)} {draft.words(40)}.")
    for _ in range(5):
        draft.paragraph(150, 30)
    return draft


def two_notes_in_a_line() -> Draft:
    """Two notes called in the same line: a short one and a page."""
    draft = Draft(2)
    draft.paragraph(60)
    draft.add(f"{draft.words(21)}{draft.note(90)} {draft.words(3)}{draft.note(420)}.")
    draft.paragraph(400, 80)
    return draft


def long_note_at_the_end() -> Draft:
    """The chapter ends with the call of a note longer than a page."""
    draft = Draft(3)
    draft.paragraph(200, 60)
    draft.add(f"{draft.words(21)}{draft.note(700)}.")
    return draft


def calls_behind_long_notes() -> Draft:
    """Behind the calls of long notes stands what calls notes at once."""
    draft = Draft(6)
    for size, block in (
        (480, f"## {draft.words(3)}"),
        (620, f"> {draft.words(5)}"),
        (560, f"- {draft.words(5)}"),
        (500, f"| One | Two |\n|---|---|\n| {draft.words(9)} | {draft.words(9)} |"),
    ):
        draft.paragraph(60)
        draft.add(f"{draft.words(21)}{draft.note(size)} {draft.words(3)}.")
        draft.add(block, f"{draft.words(5)}{draft.note(12)} {draft.words(9)}{draft.note(40)}.")
    draft.paragraph(300, 40, 12)
    return draft


def long_notes_in_last_lines() -> Draft:
    """Each paragraph calls a long note in its last line but one, or thereabouts."""
    draft = Draft(7)
    for words in range(27, 37):
        draft.paragraph(60)
        draft.add(f"{draft.words(words)}{draft.note(130)} {draft.words(9)}.")
    return draft


def many_notes() -> Draft:
    """Three hundred notes, as in an edition of letters."""
    draft = Draft(4)
    for _ in range(20):
        draft.paragraph(90, 6, 4)
    return draft


def note_on_every_line() -> Draft:
    """Each line calls a note that takes two lines: there is more note than text."""
    draft = Draft(5)
    for _ in range(6):
        draft.paragraph(100, 10, 16)
    return draft


def notes_at_the_last_line(number: int) -> Draft:
    """A call wanders down the foot of the first page, a line a draft."""
    draft = Draft(number)
    draft.paragraph(160 + 14 * (number - 10))
    draft.add(f"{draft.words(9)}{draft.note(50)} {draft.words(30)}.")
    draft.paragraph(150)
    return draft


def notes_in_tables() -> Draft:
    """In both columns of a table that goes over pages, in its head and after it."""
    draft = Draft(30)
    draft.paragraph(60, 30)
    head = f"| {draft.words(1)}{draft.note()} | {draft.words(1)}{draft.note()} |"
    del draft.coins[-2:]  # They are said again on each page.
    rows = [
        f"| {draft.words(7)}{draft.note(12)} | {draft.words(5)}{draft.note(20)} |"
        for _ in range(30)
    ]
    draft.add("\n".join([head, "|---|---|", *rows]))
    draft.paragraph(60, 30)
    return draft


def notes_in_headings() -> Draft:
    """In the title and in headings of three levels."""
    draft = Draft(31, title="Titled")
    draft.coins.append("Titled")
    draft.title += draft.note()
    for level in (2, 3, 4, 2):
        draft.paragraph(120, 40)
        draft.add(f"{'#' * level} {draft.words(1)}{draft.note(30)}")
    draft.paragraph(300)
    return draft


def notes_in_quotations() -> Draft:
    """Of one paragraph and of several, one within the other."""
    draft = Draft(32)
    for _ in range(6):
        draft.paragraph(60)
        first = f"> {draft.words(30)}{draft.note(20)}\n>\n> {draft.words(15)}{draft.note(60)}."
        draft.add(first, f"> > {draft.words(15)}{draft.note(20)}")
    return draft


def notes_in_captions() -> Draft:
    """Below pictures."""
    draft = Draft(33)
    for _ in range(4):
        draft.paragraph(60)
        draft.add(f'![A map](images/map.png "{draft.words(7)}{draft.note(20)}")')
    draft.paragraph(60)
    return draft


def notes_in_lists() -> Draft:
    """Bulleted, numbered, loose and within each other."""
    draft = Draft(34)
    for mark in ("-", "1.", "-", "1."):
        rows = [f"{mark} {draft.words(9)}{draft.note(25)}" for _ in range(6)]
        inner = [f"    - {draft.words(9)}{draft.note(25)}" for _ in range(3)]
        draft.add("\n".join([*rows, *inner]))
        draft.paragraph(30)
        draft.add("\n\n".join(f"{mark} {draft.words(9)}{draft.note(25)}" for _ in range(3)))
        draft.paragraph(30)
    return draft


def notes_in_definitions() -> Draft:
    """In terms and in what is said of them."""
    draft = Draft(35)
    for _ in range(8):
        term = f"{draft.words(1)}{draft.note(12)}"
        draft.add(f"{term}\n: {draft.words(30)}{draft.note(25)}")
    return draft


def rich_notes() -> Draft:
    """Notes with paragraphs, a list, a quotation, a table and a picture."""
    draft = Draft(36)
    for _ in range(4):
        draft.paragraph(100)
        rest = (
            f"\n\n    - {draft.apart(20)}\n    - {draft.apart(20)}"
            f"\n\n    > {draft.apart(30)}"
            f"\n\n    | {draft.apart(3)} | {draft.apart(3)} |\n    |---|---|"
            f"\n    | {draft.apart(3)} | {draft.apart(3)} |"
            f"\n\n    ![A map](images/map.png)"
            f"\n\n    {draft.apart(40)}"
        )
        draft.add(f"{draft.words(15)}{draft.note(12, rest=rest)} {draft.words(30)}.")
    draft.paragraph(300)
    return draft


def two_series() -> Draft:
    """The sources' notes and the editor's, side by side."""
    draft = Draft(37)
    for _ in range(30):
        calls = f"{draft.words(9)}{draft.note(12)} {draft.words(5)}"
        draft.add(f"{calls}{draft.note(20, 'editor')} {draft.words(20)}.")
    return draft


PLAIN = [
    long_note(),
    two_notes_in_a_line(),
    long_note_at_the_end(),
    many_notes(),
    note_on_every_line(),
    long_notes_in_last_lines(),
]
PLAIN += [notes_at_the_last_line(number) for number in range(10, 20)]
MIXED = [notes_in_tables(), notes_in_headings(), notes_in_quotations(), notes_in_captions()]
MIXED += [calls_behind_long_notes(), notes_in_lists(), notes_in_definitions(), rich_notes()]
MIXED += [two_series()]
CHANCE = [random_draft(number) for number in range(60, 66)]
FAMILY = [*PLAIN, *MIXED, *CHANCE]


@dataclass(frozen=True)
class Spot:
    """Where a coin stands: the page, counted from 0, and the height of its line."""

    page: int
    height: float


class Family(Printed):
    """The family's book with the places of all coins."""

    @cached_property
    def spots(self) -> dict[str, list[Spot]]:
        """Where each coin stands, in the order of the pages and of their content."""
        found: dict[str, list[Spot]] = {}
        for page, letters in enumerate(self.letters):
            # Small capitals don't tell what was capital.
            text = "".join(one.text[0] for one in letters).casefold()
            for match in COIN.finditer(text):
                spot = Spot(page, letters[match.start()].bottom)
                found.setdefault(match.group(), []).append(spot)
        return found

    def pages_of(self, draft: Draft) -> range:
        """The pages of a draft."""
        return self.chapters[re.sub(r"\[.*", "", draft.title)]

    def lines(self, page: int) -> list[float]:
        """The heights of a page's lines of text and notes, from its head to its foot."""
        heights = {round(one.bottom, 1) for one in self.letters[page] if one.text.strip()}
        return sorted((height for height in heights if FOOT < height < HEAD), reverse=True)


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Family:
    """The family in print."""
    root = tmp_path_factory.mktemp("family")
    (root / "chapters/images").mkdir(parents=True)
    Image.new("RGB", (120, 60), "gray").save(root / "chapters/images/map.png")
    chapters = {f"{draft.number:02}-draft": draft.markdown for draft in FAMILY}
    printed = set_book(root, chapters)
    return Family(printed.path, printed.findings)


of_family = pytest.mark.parametrize("draft", FAMILY, ids=lambda draft: str(draft.number))


def test_the_build_finds_nothing_wrong(family: Family) -> None:
    """Its own audit says so, too."""
    assert [f"{one.place}: {one.message}" for one in family.findings] == []


@of_family
def test_every_word_is_there_once(family: Family, draft: Draft) -> None:
    """Of the text and of all notes."""
    coins = [*draft.coins, *(coin for note in draft.notes for coin in note.coins)]
    times = {coin: len(family.spots.get(coin, ())) for coin in coins if COIN.fullmatch(coin)}
    assert {coin: count for coin, count in times.items() if count != 1} == {}


@of_family
def test_every_note_begins_on_the_page_of_its_call(family: Family, draft: Draft) -> None:
    """Below it."""
    for note in draft.notes:
        if COIN.fullmatch(note.call):
            call, start = family.spots[note.call][0], family.spots[note.coins[0]][0]
            assert (start.page, note.call) == (call.page, note.call)
            assert start.height < call.height, note.call


@of_family
def test_notes_stand_below_the_text_in_the_order_of_their_calls(
    family: Family, draft: Draft
) -> None:
    """From page to page: the rest of a long note comes before the page's own notes."""
    spots = [family.spots[coin][0] for note in draft.notes for coin in note.coins]
    if draft not in MIXED:  # The cells of a table in a note stand beside each other.
        for one, two in pairwise(spots):
            assert (one.page, -one.height) <= (two.page, -two.height)
    highest = {spot.page: spot.height for spot in reversed(spots)}
    for coin in draft.coins:
        for spot in family.spots.get(coin, ()):
            assert spot.height > highest.get(spot.page, 0), coin


@pytest.mark.parametrize("draft", [*PLAIN, *CHANCE], ids=lambda draft: str(draft.number))
def test_no_page_is_left_half_empty(family: Family, draft: Draft) -> None:
    """But for a chapter's last. Pictures and tables leave gaps that are no fault of the notes."""
    *pages, _ = (page for page in family.pages_of(draft) if family.lines(page))
    for page in pages:
        lines = family.lines(page)
        edges = [*([] if page == family.pages_of(draft)[0] else [HEAD]), *lines, FOOT]
        assert max(one - two for one, two in pairwise(edges)) < LARGEST_GAP, (page, lines)


def unfinished(family: Family) -> Iterator[tuple[Draft, int]]:
    """The pages on which a note does not end, with their drafts, but for chapters' first pages."""
    for draft in FAMILY:
        for note in draft.notes:
            first, last = (family.spots[coin][0].page for coin in (note.coins[0], note.coins[-1]))
            for page in range(max(first, family.pages_of(draft)[1]), last):
                yield draft, page


def test_a_note_takes_all_room_before_it_goes_over_the_page(family: Family) -> None:
    """No white stands above it but that of its rule, nor below, if there are no pictures."""
    pages = {page for draft, page in unfinished(family) if "![" not in draft.markdown}
    assert len(pages) > 20
    for page in pages:
        edges = [*family.lines(page), FOOT]
        assert max(one - two for one, two in pairwise(edges)) < SMALL_GAP, page


def test_a_long_note_has_a_page_to_itself_only_where_a_call_must_wait(family: Family) -> None:
    """Else, text stands above it: it has the page if the next line calls a note."""
    alone = 0
    for draft, page in unfinished(family):
        spots = {family.spots[coin][0] for coin in draft.coins if coin in family.spots}
        if page not in {spot.page for spot in spots}:
            after = min(spot.page for spot in spots if spot.page > page)
            first = max(spot.height for spot in spots if spot.page == after)
            calls = [note.call for note in draft.notes if COIN.fullmatch(note.call)]
            assert Spot(after, first) in {family.spots[call][0] for call in calls}
            alone += 1
    assert alone


def test_titles_keep_their_notes_to_themselves(family: Family) -> None:
    """Neither contents nor outline nor running heads have the number of a note."""
    draft = next(draft for draft in MIXED if draft.title.startswith("Titled"))
    titles = [title for _, title, page in family.outline if page in family.pages_of(draft)]
    assert titles == ["Titled", *re.findall(r"^##+ (\w+)", draft.markdown, re.MULTILINE)]
    contents = " ".join(said(" ".join(family.pages[page] for page in family.chapters["Contents"])))
    label = family.labels[family.pages_of(draft)[0]]
    assert f"{family_number(draft)} titled {label} " in contents
    right = family.pages[family.pages_of(draft)[2]].split("\n")
    assert " ".join(right[-1].split()).casefold() == f"titled {int(label) + 2}"


def family_number(draft: Draft) -> int:
    """The number of a draft's chapter."""
    return sorted(one.number for one in FAMILY).index(draft.number) + 1


def test_pictures_in_notes_are_printed(family: Family) -> None:
    """At the foot, each once."""
    draft = next(draft for draft in MIXED if "    ![" in draft.markdown)
    found = [spot for page in family.pages_of(draft) for spot in pictures(family.path, page)]
    starts = [family.spots[note.coins[0]][0] for note in draft.notes]
    assert len(found) == len(starts)
    for start, picture in zip(starts, found, strict=True):
        assert (start.page, -start.height) < (picture.page, -picture.height)


def pictures(path: Path, page: int) -> Iterator[Spot]:
    """Where the pictures of a page end, below."""
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        for drawn in pdf[page].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            yield Spot(page, drawn.get_bounds()[1])


def test_series_are_numbered_apart(family: Family) -> None:
    """Numbers for one, letters for the other, called and set in turn."""
    draft = MIXED[-1]
    name = f"c{draft.number}-draft.n."
    for number, note in enumerate(draft.notes):
        label = f"{'ed-' if note.series == 'editor' else ''}n{number + 1}"
        found = family.notes[name + label]
        place, editor = divmod(number, 2)
        expected = letters(place) if editor else str(place + 1)
        assert [one.text for one in (*found.calls, *found.numbers)] == [expected] * 2


def letters(place: int) -> str:
    """The letters that stand for a place, from 0: a to z, then aa, ab and so on."""
    first, last = divmod(place, 26)
    return (chr(96 + first) if first else "") + chr(97 + last)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder that small books share, so that their covers are made once."""
    return tmp_path_factory.mktemp("shelf")


def test_a_note_cited_twice_is_printed_once(tmp_path: Path, shelf: Path) -> None:
    """Both calls have its number and lead to it; it stands with the first."""
    filler = "Nothing happened for a long while after that. " * 80
    text = f"# One\n\nHere.[^a] There.[^b]\n\n{filler}\n\nAgain.[^a]\n\n[^a]: Twice.\n\n[^b]: Once."
    printed = Printed(one_chapter(tmp_path, text, out=shelf))
    note = printed.notes["c01-only.n.a"]
    first, second = note.calls
    assert (first.text, second.text, first.page < second.page) == ("1", "1", True)
    assert [(one.text, one.page) for one in note.numbers] == [("1", first.page)]
    assert [said(text) for text in note.texts] == [["1", "twice"]]
    links = [link for link in printed.links if link.dest_name == note.id]
    assert {link.dest_page for link in links} == {first.page}


def test_a_note_may_cite_a_note(tmp_path: Path, shelf: Path) -> None:
    """Both stand whole at the foot of the page; the call within the first leads to the second."""
    text = "# One\n\nHere.[^a] There.[^b]\n\n[^a]: See more.[^c]\n\n[^b]: Plain.\n\n[^c]: The more."
    printed = Printed(one_chapter(tmp_path, text, out=shelf))
    found = printed.notes.values()
    assert len(found) == 3
    assert len({one.page for note in found for one in (*note.calls, *note.numbers)}) == 1
    inner = printed.notes["c01-only.n.c"]
    assert [said(text) for text in inner.texts] == [[inner.calls[0].text, "the", "more"]]
    assert inner.calls[0].height > inner.numbers[0].height


def test_a_note_cited_in_a_long_one_begins_where_that_ends(tmp_path: Path, shelf: Path) -> None:
    """Nothing of either is lost, and the text stands above both."""
    draft = Draft(40)
    draft.paragraph(200)
    rest = f"\n\n    {draft.apart(300)}{draft.note(60)} {draft.apart(300)}"
    draft.add(f"{draft.words(9)}{draft.note(300, rest=rest)} {draft.words(30)}.")
    draft.paragraph(400)
    found = Family(one_chapter(tmp_path, draft.markdown, out=shelf))
    cited, citing = draft.notes
    coins = [*citing.coins, *cited.coins]
    assert all(len(found.spots[coin]) == 1 for coin in (*draft.coins, *coins))
    order = [found.spots[coin][0] for coin in coins]
    assert order == sorted(order, key=lambda spot: (spot.page, -spot.height))
    highest = {spot.page: spot.height for spot in reversed(order)}
    spots = [found.spots[coin][0] for coin in draft.coins]
    assert all(spot.height > highest.get(spot.page, 0) for spot in spots)


def test_notes_to_columns_are_all_there(tmp_path: Path, shelf: Path) -> None:
    """Though they don't begin on the page of their call."""
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/print.css").write_text(".text { columns: 2 }", "utf-8")
    draft = Draft(41)
    for _ in range(2):
        draft.paragraph(160, 40, 60)
    found = Family(one_chapter(tmp_path, draft.markdown, out=shelf))
    coins = [*draft.coins, *(coin for note in draft.notes for coin in note.coins)]
    assert [len(found.spots.get(coin, ())) for coin in coins] == [1] * len(coins)


def test_a_long_running_head_changes_no_other_ellipsis(tmp_path: Path, shelf: Path) -> None:
    """What it leaves out is not read wherever the book has three dots."""
    long = "A title that is so long that its running head has to leave out how it ends " * 2
    filler = "Nothing happened … for a long while after that. " * 200
    printed = Printed(one_chapter(tmp_path, f"# {long}\n\n{filler}", out=shelf))
    assert "".join(printed.pages).count("…") >= 200


def test_a_reference_to_a_note_tells_its_number_and_page(tmp_path: Path, shelf: Path) -> None:
    """As an index does; the number is that of the note as printed."""
    filler = "Nothing happened for a long while after that. " * 80
    text = f"# One\n\nHere.[^a] There.[^b]\n\n{filler}\n\nRecall [that](#note:b) now."
    path = one_chapter(tmp_path, f"{text}\n\n[^a]: A.\n\n[^b]: B.", out=shelf)
    words = " ".join(" ".join(Printed(path).pages).split())
    assert re.search(r"Recall that,? n. 2 \(p. 1\) now", words)


def test_chapters_of_gibbon_have_every_note_in_its_place(tmp_path: Path) -> None:
    """Real prose and real notes: none lost, none misplaced, each once, word for word."""
    if not BENCH.is_dir():
        pytest.skip(f"there is no {BENCH} on this machine")
    sources = [next(BENCH.glob(f"{name}.md")) for name in BORROWED]
    shutil.copytree(BENCH / "images", tmp_path / "chapters/images")
    printed = set_book(tmp_path, {path.stem: path.read_text("utf-8") for path in sources})
    expected = {
        f"c{path.stem}.n.{label}": body
        for path in sources
        for label, body in note_bodies(path.read_text("utf-8")).items()
    }
    assert printed.notes.keys() == expected.keys()
    for name, body in expected.items():
        note = printed.notes[name]
        ((text,), (number,)) = note.texts, note.numbers
        assert said(text) == said(f"{number.text} {body}"), name
        assert number.page == note.calls[0].page, name
