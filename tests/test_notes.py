"""Notes in print, over a family of chapters made to be hard, all read back from the pages.

What is asked of all: no word is lost or doubled, each note begins on the page of its call, notes
stand below the text in the order of their calls with the rest of a long one first, and no page is
left half empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from tests.drafts import COIN, Draft
from tests.notefamily import (
    CHANCE,
    FAMILY,
    FOOT,
    GIVING_WAY,
    HEAD,
    LINE,
    MIXED,
    PLAIN,
    Family,
    Spot,
)
from tests.volumes import said, set_book

pytestmark = pytest.mark.slow

#: What a page may at most have free between its lines, in points: a third of its text's height.
LARGEST_GAP = 150
#: The white above the notes, and what is left where one more line would not go.
SMALL_GAP = 40
#: The height of a line of a note.
NOTE_LINE = 11
#: Those whose pages can be full.
SET_IN_FULL = [*PLAIN, *CHANCE, *GIVING_WAY]


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
    """Its own audit says so, too; its words are coined, and its pictures are small."""
    findings = [one for one in family.findings if one.code not in {"W005", "T020"}]
    assert [f"{one.place}: {one.message}" for one in findings] == []


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
    # The cells of a table in a note stand beside each other.
    if draft not in MIXED and draft not in GIVING_WAY:
        for one, two in pairwise(spots):
            assert (one.page, -one.height) <= (two.page, -two.height)
    highest = {spot.page: spot.height for spot in reversed(spots)}
    for coin in draft.coins:
        for spot in family.spots.get(coin, ()):
            assert spot.height > highest.get(spot.page, 0), coin


@pytest.mark.parametrize("draft", GIVING_WAY, ids=lambda draft: str(draft.number))
def test_a_long_note_gives_way_to_the_others_of_its_line(family: Family, draft: Draft) -> None:
    """All begin in order on the page of their calls; what is left goes on first on the next."""
    begun = [family.spots[note.coins[0]][0] for note in draft.notes]
    for one, two in pairwise(begun):
        assert (one.page, -one.height) < (two.page, -two.height)
    spots = [[family.spots[coin][0] for coin in note.coins] for note in draft.notes]
    for first, second in pairwise(spots):
        for page in {spot.page for spot in first} & {spot.page for spot in second}:
            lowest = min(spot.height for spot in first if spot.page == page)
            assert lowest > max(spot.height for spot in second if spot.page == page)


@pytest.mark.parametrize("draft", SET_IN_FULL, ids=lambda draft: str(draft.number))
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
    """It ends at the foot; what two lines of it would not fill is above its rule.

    If there are no pictures.
    """
    pages = {page for draft, page in unfinished(family) if "![" not in draft.markdown}
    assert len(pages) > 20
    foot = min(family.lines(page)[-1] for page in pages)
    for page in pages:
        lines = family.lines(page)
        assert (lines[-1] - foot + 1) % LINE < 2, page  # A spread may be a line longer.
        assert max(one - two for one, two in pairwise(lines)) < SMALL_GAP + NOTE_LINE, page


def test_a_long_note_has_a_page_to_itself_only_where_a_call_must_wait(family: Family) -> None:
    """Else, text stands above it: it has the page if the next line calls a note.

    Two that go on may leave less than three lines.
    """
    alone = 0
    for draft, page in unfinished(family):
        if draft in GIVING_WAY:
            continue
        spots = {family.spots[coin][0] for coin in draft.coins if coin in family.spots}
        if page not in {spot.page for spot in spots}:
            after = min(spot.page for spot in spots if spot.page > page)
            first = max(spot.height for spot in spots if spot.page == after)
            calls = [note.call for note in draft.notes if COIN.fullmatch(note.call)]
            assert Spot(after, first) in {family.spots[call][0] for call in calls}
            alone += 1
    assert alone


def test_a_note_that_goes_on_overleaf_ends_in_a_whole_word(family: Family) -> None:
    """It is broken a line earlier rather than within a word."""
    for page in {page for _, page in unfinished(family)}:
        foot = family.lines(page)[-1]
        last = [one for one in family.letters[page] if abs(one.bottom - foot) < 1]
        assert not max(last, key=lambda one: one.left).text.endswith(("-", "\xad")), page


def test_above_a_note_that_goes_on_stand_three_lines_of_text_or_none(family: Family) -> None:
    """If there is nothing but paragraphs."""
    begun = {family.spots[note.coins[0]][0].page for draft in FAMILY for note in draft.notes}
    pages = [(draft, page) for draft, page in unfinished(family) if page not in begun]
    assert len(pages) > 5
    for draft, page in pages:
        coins = [spot for coin in draft.coins for spot in family.spots.get(coin, ())]
        lines = {round(spot.height) for spot in coins if spot.page == page}
        assert draft in MIXED or len(lines) not in (1, 2), page


def test_lines_that_stand_together_share_the_foot(family: Family) -> None:
    """The last two of a paragraph both call: the long note is broken.

    No more is left white than both lines need with two lines of each note.
    """
    draft = next(one for one in GIVING_WAY if one.number == 8)
    for page in family.pages_of(draft)[1:-1]:
        lines = family.lines(page)
        room = 2 * LINE + 4 * NOTE_LINE
        assert max(one - two for one, two in pairwise(lines)) < SMALL_GAP + room, page


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
