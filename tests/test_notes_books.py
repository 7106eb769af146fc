"""Notes in print, each case in a book of its own: cited twice, in columns, and in real prose."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.drafts import Draft
from tests.notefamily import Family
from tests.volumes import Printed, note_bodies, one_chapter, said, set_book

pytestmark = pytest.mark.slow

BENCH = Path(__file__).parents[2] / "shared" / "bench" / "1000"
#: From the first chapters of the bench and from those with the most notes.
BORROWED = ("02-*", "33-*", "44-*")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder that small books share, so that their covers are made once."""
    return tmp_path_factory.mktemp("shelf")


def test_a_note_that_is_called_again_has_a_number_of_its_own(tmp_path: Path, shelf: Path) -> None:
    """At the foot of the later page stands where the note is, or the note again if it is short."""
    filler = "Nothing happened for a long while after that. " * 80
    notes = f"[^a]: {'Long words. ' * 20}\n\n[^b]: Short."
    text = f"# One\n\nHere.[^a] There.[^b]\n\n{filler}\n\nAgain.[^a] And.[^b]\n\n{notes}"
    printed = Printed(one_chapter(tmp_path, text, out=shelf))
    found = printed.notes
    assert [one.numbers[0].text for one in found.values()] == ["1", "2", "3", "4"]
    assert [len(one.calls) for one in found.values()] == [1] * 4
    first, _, third, fourth = found.values()
    assert said(" ".join(third.texts)) == ["3", "see", "n", "1"]
    assert said(" ".join(fourth.texts)) == ["4", "short"]
    assert third.calls[0].page == third.numbers[0].page == fourth.numbers[0].page
    assert first.calls[0].page < third.calls[0].page
    links = [link for link in printed.links if link.dest_name == first.id]
    assert {link.dest_page for link in links} == {first.calls[0].page}
    assert third.calls[0].page in {link.page for link in links}


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
    draft.paragraph(120, 40, 60)
    printed = set_book(tmp_path, {"01-only": draft.markdown}, out=shelf)
    assert {one.code for one in printed.findings} == {"T001"}
    found = Family(printed.path)
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
