"""Pages are set in runs, each kept by itself: any order of edits gives the same pages."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from book.base.fonts import faces, font_css
from book.cache.store import Nothing, Store, unpacked
from book.model import Text
from book.render.pdf.engine import stretches, typeset
from book.render.pdf.file.objects import Leaves
from book.render.pdf.record import NoteDue, Piece, PieceJob, letters
from book.render.pdf.structure.nodes import Node

FILES = tuple((face.path.name, face.digest) for face in faces())
CSS = (
    font_css()
    + """
@page { size: 100mm 90mm; margin: 8mm }
body { font: 9pt/12pt "Source Serif"; text-align: justify; hyphens: auto; margin: 0 }
p, table { margin: 0; break-inside: auto } p { orphans: 2; widows: 2 }
h2 { break-after: avoid; font-size: 10pt; margin: 12pt 0 0 }
.note { float: footnote; footnote-policy: line; font-size: 7pt; line-height: 9pt }
::footnote-call { content: none } ::footnote-marker { content: none }
"""
)
WORDS = ("the council", "met again", "without a word", "in Ankara", "and Moscow", "refused", "late")


def prose(dice: random.Random, length: int) -> str:
    return " ".join(dice.choices(WORDS, k=length)).capitalize() + "."


def note(dice: random.Random, number: int, length: int) -> str:
    return (
        f'<a class="note-call" id="c{number}" href="dest:n{number}">{number}</a>'
        f'<aside class="note" id="n{number}"><p>{prose(dice, length)}</p></aside>'
    )


def chapter(seed: int, length: int = 44) -> list[str]:
    """Some twenty small pages: prose, notes short and long, headings, a list, a long table.

    ``length`` counts paragraphs; the long note is in the twenty-third.
    """
    dice, blocks = random.Random(seed), []
    for number in range(length):
        text = prose(dice, dice.randint(10, 70))
        if number % 3 == 1:
            text += note(dice, number, 260 if number == 22 else dice.randint(5, 40))
        blocks.append(f"<p>{text} {prose(dice, 20)}</p>")
        if number % 11 == 5:
            blocks.append(f"<h2>{prose(dice, 3)}</h2>")
    rows = "".join(f"<tr><td>{row}</td><td>{prose(dice, 12)}</td></tr>" for row in range(24))
    head = "<thead><tr><th>No.</th><th>What was said</th></tr></thead>"
    blocks.insert(16, f"<table>{head}<tbody>{rows}</tbody></table>")
    items = "".join(f"<li>{prose(dice, 20)}</li>" for _ in range(12))
    blocks.insert(34, f"<ol>{items}</ol>")
    return blocks


def job_of(blocks: list[str], root: Path, css: str = "") -> PieceJob:
    html = (
        '<html lang="en"><head><title>T</title></head><body><section><header><h1>T</h1></header>'
        f'<div class="text">{"".join(blocks)}</div></section></body></html>'
    )
    due = tuple(
        NoteDue(f"n{number}", f"c{number}", letters(re.sub("<[^>]*>", "", said)))
        for number, said in re.findall(r'<aside class="note" id="n(\d+)">(.*?)</aside>', html)
    )
    return PieceJob("piece", Text.of(html), CSS + css, FILES, str(root), due)


def edited(blocks: list[str], dice: random.Random) -> list[str]:
    """One edit: a word, a sentence more, a paragraph more or less."""
    place = dice.choice([at for at, block in enumerate(blocks) if "<p>" in block])
    kind = dice.choice(("word", "word", "sentence", "more", "less"))
    new = list(blocks)
    if kind == "word":
        new[place] = new[place].replace("Ankara", "Berlin", 1)
    elif kind == "sentence":
        new[place] = new[place].replace("</p>", f" {prose(dice, 9)}</p>", 1)
    elif kind == "more":
        new.insert(place, f"<p>{prose(dice, 40)}</p>")
    elif "aside" not in new[place]:
        del new[place]
    return new


@pytest.fixture
def runs_set(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first pages of the runs that are set, as they are set."""
    found: list[int] = []
    real = typeset._run

    def watched(setting: Any, turn: Any, known: list[str]) -> Any:
        found.append(turn.page if turn else 0)
        return real(setting, turn, known)

    monkeypatch.setattr(typeset, "_run", watched)
    return found


def nodes(node: Node, role: str) -> Iterator[Node]:
    if node.role == role:
        yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from nodes(kid, role)


def tags(piece: Piece) -> Node:
    leaves = unpacked(piece.data, Leaves)
    assert leaves is not None
    assert leaves.tags is not None
    return leaves.tags


@pytest.mark.parametrize("seed", range(2))
def test_any_order_of_edits_gives_the_same_pages(seed: int, tmp_path: Path) -> None:
    """Whatever is kept of earlier texts, all is as if it were set at once."""
    dice, blocks, store = random.Random(seed), chapter(seed, 28), Store(tmp_path / "store")
    typeset.typeset(job_of(blocks, tmp_path), store)
    for _ in range(4):
        blocks = edited(blocks, dice)
        job = job_of(blocks, tmp_path)
        assert typeset.typeset(job, store) == typeset.typeset(job, Nothing(tmp_path))


def test_a_word_sets_its_own_run_again(tmp_path: Path, runs_set: list[int]) -> None:
    """The others are kept, those before it and those behind."""
    blocks, store = chapter(1), Store(tmp_path / "store")
    pages = typeset.typeset(job_of(blocks, tmp_path), store).record.pages
    assert len(runs_set) > 4
    runs_set.clear()
    blocks[24] = blocks[24].replace("refused", "refuses", 1)
    assert typeset.typeset(job_of(blocks, tmp_path), store).record.pages == pages
    assert 1 <= len(runs_set) <= 2
    assert 0 not in runs_set


def test_the_title_is_of_the_first_run(tmp_path: Path, runs_set: list[int]) -> None:
    """A new one sets no other run again, as long as it takes the same room."""
    job, store = job_of(chapter(1), tmp_path), Store(tmp_path / "store")
    typeset.typeset(job, store)
    runs_set.clear()
    html = job.html.replace("<h1>T</h1>", "<h1>S</h1>")
    typeset.typeset(PieceJob("piece", Text.of(html), job.css, FILES, job.root, job.notes), store)
    assert runs_set == [0]


def test_notes_are_whole_over_a_turn(tmp_path: Path) -> None:
    """Every note stands on the page of its call with all its letters, however runs divide it."""
    job = job_of(chapter(2), tmp_path)
    piece = typeset.typeset(job, Nothing(tmp_path))
    notes = list(nodes(tags(piece), "Note"))
    assert len(notes) == len(job.notes)
    assert max(len({page for page, _ in contents(note)}) for note in notes) > 2
    assert piece.record.faults == {}


def test_what_goes_on_over_a_turn_is_told_once(tmp_path: Path) -> None:
    """A table over many pages is one table, and its head is heard once."""
    document = tags(typeset.typeset(job_of(chapter(3), tmp_path), Nothing(tmp_path)))
    (table,) = nodes(document, "Table")
    (head,) = nodes(table, "THead")
    assert len(list(nodes(table, "TR"))) == 25
    assert len({page for cell in nodes(table, "TD") for page, _ in contents(cell)}) > 2
    assert len({page for cell in nodes(head, "TH") for page, _ in contents(cell)}) == 1
    assert len(list(nodes(document, "Note"))) == len(job_of(chapter(3), tmp_path).notes)


def contents(node: Node) -> Iterator[tuple[int, int]]:
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from contents(kid)
        else:
            yield kid


def test_what_stands_on_every_page_is_set_as_a_whole(tmp_path: Path, runs_set: list[int]) -> None:
    """A fixed box is on all pages, so none is set without the others."""
    blocks = ['<p style="position: fixed; top: 0">Draft</p>', *chapter(1)]
    piece = typeset.typeset(job_of(blocks, tmp_path), Nothing(tmp_path))
    assert runs_set == [0]
    assert piece.record.pages > 12


def under_headings(above: int, below: str) -> list[str]:
    """So many paragraphs of a line, four headings, and a paragraph."""
    lines = ["<p>A line of its own.</p>"] * above
    return [*lines, *["<h2>A heading</h2>"] * 4, f"<p>{below}</p>", *lines[:30]]


def test_headings_look_for_the_text_below_them(tmp_path: Path) -> None:
    """However many there are: where it has no room they wait for it, and come when it gets less."""
    waited = 0
    for above in range(19, 25):
        store = Store(tmp_path / str(above))
        pages = []
        for below in (prose(random.Random(1), 60), "A few words."):
            job = job_of(under_headings(above, below), tmp_path)
            kept = typeset.typeset(job, store)
            assert kept == typeset.typeset(job, Nothing(tmp_path))
            pages.append(kept.record.starts)
        waited += pages[0][2] < pages[1][2]
    assert waited


@pytest.mark.parametrize("length", [1, 25])
def test_a_chapter_set_in_stretches_is_the_same(
    length: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However short they are; a table, a list and a long note may be longer than one."""
    job = job_of(chapter(length, 28), tmp_path)
    assert stretches.Stretches(job.html, job.css).at(5, 1).html == job.html
    whole = typeset.typeset(job, Nothing(tmp_path))
    monkeypatch.setattr(stretches, "LONGEST", length)
    assert stretches.Stretches(job.html, job.css).at(5, 1).html != job.html
    assert typeset.typeset(job, Nothing(tmp_path)) == whole


def test_what_leads_far_is_not_set_in_stretches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paragraphs that are counted are counted on from the beginning."""
    monkeypatch.setattr(stretches, "LONGEST", 12)
    job = job_of(
        chapter(4), tmp_path, "p { counter-increment: p } p::before { content: counter(p) }"
    )
    assert stretches.Stretches(job.html, job.css).at(5, 1).html == job.html
