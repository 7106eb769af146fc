"""Facing pages, read back from the print: where they end, and in what."""

from __future__ import annotations

import hashlib
import random
import re
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image

from bench.letters import Line, lines
from book.cache.store import Nothing, Store
from book.model import Text
from book.render.pdf.engine import spreads, typeset
from book.render.pdf.engine.pages import LaidPage, PageSetting
from book.render.pdf.engine.settings import PageWishes
from book.render.pdf.record import PieceJob
from tests.judges import pdftext
from tests.pieces import CSS as PIECE_CSS
from tests.pieces import heard, made

CSS = """
@page { size: 120mm 92mm; margin: 10mm 8mm }
body { hyphens: auto; orphans: 2; widows: 2; hyphenate-limit-chars: 6 2 3;
  --breaks: paragraph; --letter-width: 2%; --letter-space: 0.5%; --hang: 1; }
p + p { text-indent: 1em }
h2 { font-size: 1em; line-height: 14pt; margin: 14pt 0; break-after: avoid }
"""
EVEN = CSS + "body { --feet: even; --page-words: whole }"
WORDS = tuple(
    word
    for words in (
        "the council of ministers considered negotiations as representatives of both",
        "governments and without a conference",
    )
    for word in words.split()
)


def paragraph(dice: random.Random, length: int) -> str:
    return f"<p>{' '.join(dice.choices(WORDS, k=length)).capitalize()}.</p>"


def text(seed: int, count: int = 48) -> str:
    """Some twenty small pages of paragraphs of all lengths, with headings."""
    dice = random.Random(seed)
    blocks = [paragraph(dice, dice.randint(12, 90)) for _ in range(count)]
    for place in range(count - 7, 5, -9):
        blocks.insert(place, "<h2>A heading</h2>")
    return "".join(blocks)


def pages(tmp_path: Path, blocks: str, css: str) -> list[list[Line]]:
    """The lines of each page of a chapter, from the top."""
    tmp_path.mkdir(exist_ok=True)
    body = f'<section><div class="text">{blocks}</div></section>'
    found, _ = lines(made(tmp_path, body, css=css))
    return [list(page) for _, page in groupby(found, key=lambda line: line.page)]


def uneven(found: list[list[Line]]) -> list[int]:
    """By how many lines the feet of facing pages differ, the last spread left out."""
    feet = [page[-1].base for page in found[1:-1]]
    spreads = zip(feet[::2], feet[1::2], strict=False)
    return [lines for left, right in spreads if (lines := round(abs(left - right) / 14))]


@pytest.fixture(scope="module")
def ragged(tmp_path_factory: pytest.TempPathFactory) -> list[list[Line]]:
    """Pages as they come."""
    return pages(tmp_path_factory.mktemp("ragged"), text(3), CSS)


@pytest.fixture(scope="module")
def even(tmp_path_factory: pytest.TempPathFactory) -> list[list[Line]]:
    """The same text with even feet and whole words."""
    return pages(tmp_path_factory.mktemp("even"), text(3), EVEN)


def test_facing_pages_end_on_the_same_line(
    ragged: list[list[Line]], even: list[list[Line]]
) -> None:
    """Where they don't by themselves, paragraphs get a line more or less, or both pages do.

    In so narrow a measure not all can be helped, but to within a line.
    """
    assert sum(uneven(ragged)) > 3
    assert set(uneven(even)) <= {1}
    assert sum(uneven(even)) < sum(uneven(ragged)) / 2


def test_spreads_are_hardly_longer_or_shorter_than_others(even: list[list[Line]]) -> None:
    """No white is left where text could stand."""
    feet = [round((page[0].base - page[-1].base) / 14) + 1 for page in even[:-1]]
    assert max(feet) == 15
    assert sum(feet) / len(feet) > 13


def test_no_word_is_broken_over_a_leaf(ragged: list[list[Line]], even: list[list[Line]]) -> None:
    """A right page ends with a whole word."""
    assert any(page[-1].ends_in_hyphen for page in ragged[:-1:2])
    assert not any(page[-1].ends_in_hyphen for page in even[:-1:2])


def test_all_text_is_there_once(ragged: list[list[Line]], even: list[list[Line]]) -> None:
    """However often a page was laid out, and wherever its lines end."""
    plain, spread = (
        re.sub(r"-\s|\s", "", " ".join(line.text for page in found for line in page))
        for found in (ragged, even)
    )
    assert plain.replace("-", "") == spread.replace("-", "")


def test_lines_stay_even(even: list[list[Line]]) -> None:
    """A paragraph is set anew only where its spaces grow hardly wider than others do."""
    full = [line for page in even for line in page if len(line.spaces) > 5]
    assert len(full) > 150
    assert sorted(line.space for line in full)[-9] < 1.8 * 0.23


def test_paragraphs_leave_no_line_alone(even: list[list[Line]]) -> None:
    """Two at least of those that go on overleaf stand at a page's foot, and two at its head."""
    for page, following in pairwise(even):
        left = min(line.left for line in following)
        goes_on = following[0].left < left + 2 and "heading" not in following[0].text
        if goes_on and not page[-1].text.endswith("."):
            assert following[1].left < left + 2 or following[0].text.endswith(".") is False
            assert page[-1].left < min(line.left for line in page) + 2


FLOATS = """
body { --floats: 3 } figure { margin: 14pt 0; break-inside: avoid }
figure img { display: block; width: 60mm } figcaption { font-size: 8pt; line-height: 11pt }
.plate img { width: 84mm }
"""


def ship(number: int, where: str = "") -> str:
    return (
        f'<figure id="f{number}" class="{where}"><img src="p.png" alt="A ship"/>'
        f"<figcaption>Ship {number}.</figcaption></figure>"
    )


def with_ships(where: str = "", behind: str = "") -> str:
    """Twenty paragraphs of five lines; the pictures stand where there is no room, or not quite."""
    blocks = [f"<p>{LINE * 5}Here ends {number}.</p>" for number in range(20)]
    for number in (14, 8, 2):
        blocks.insert(number, ship(number, where) + behind)
    return "".join(blocks)


#: About a line.
LINE = "The council of ministers considered negotiations with both governments. "


def drawn(tmp_path: Path) -> Path:
    tmp_path.mkdir(exist_ok=True)
    Image.new("L", (600, 450), 128).save(tmp_path / "p.png")
    return tmp_path


def places(found: list[list[Line]]) -> list[str]:
    """Captions and paragraphs' ends by page, as ``Ship 2.`` and ``1``."""
    words = [(page[0].page, " ".join(line.text for line in page)) for page in found]
    return [
        f"{page}:{one}"
        for page, said in words
        for one in re.findall(r"Ship \d+|(?<=ends )\d+", said)
    ]


def test_a_picture_without_room_goes_overleaf_and_text_fills_the_gap(tmp_path: Path) -> None:
    """At the head of the next page it stands, and no page before it has much white."""
    stays = places(pages(drawn(tmp_path / "stays"), with_ships(), CSS + FLOATS + NONE))
    floats = places(pages(drawn(tmp_path / "floats"), with_ships(), CSS + FLOATS))
    assert [one.partition(":")[2] for one in stays] == inserted()
    assert [one.partition(":")[2] for one in floats] != inserted()
    assert _last_page(floats) < _last_page(stays)
    for number in (2, 8, 14):
        here = floats.index(next(one for one in floats if one.endswith(f"Ship {number}")))
        is_first = floats[here].partition(":")[0] != floats[here - 1].partition(":")[0]
        assert is_first or floats[here - 1].endswith(f":{number - 1}")


NONE = "body { --floats: none }"


def inserted() -> list[str]:
    names = [str(number) for number in range(20)]
    for number in (14, 8, 2):
        names.insert(number, f"Ship {number}")
    return names


def _last_page(found: list[str]) -> int:
    return int(found[-1].partition(":")[0])


@pytest.mark.parametrize(("where", "behind"), [("here", ""), ("", "<h2>A heading</h2>")])
def test_a_picture_stays_where_it_has_to(where: str, behind: str, tmp_path: Path) -> None:
    """Where its place was asked for, and before a heading."""
    found = places(pages(drawn(tmp_path), with_ships(where, behind), CSS + FLOATS))
    assert [one.partition(":")[2] for one in found] == inserted()


def test_a_plate_has_a_page_of_its_own_and_text_goes_on_before_it(tmp_path: Path) -> None:
    """It leaves no white on the page before it, and nothing stands beside it."""
    found = places(pages(drawn(tmp_path), with_ships("plate"), CSS + FLOATS + PLATE))
    alone = [one.partition(":")[0] for one in found if "Ship" in one]
    assert len(alone) == 3
    for page in alone:
        assert sum(one.startswith(f"{page}:") for one in found) == 1
    assert [one.partition(":")[2] for one in found] != inserted()


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_picture_at_a_chapters_end_is_not_lost(count: int, tmp_path: Path) -> None:
    """Where nothing comes behind the text that could fill its place, it stands before that."""
    blocks = [f"<p>{LINE * 2}Here ends {number}.</p>" for number in range(count)]
    body = "".join([*blocks, ship(1), f"<p>Here ends {count}.</p>"])
    found = places(pages(drawn(tmp_path), body, CSS + FLOATS))
    said = [one.partition(":")[2] for one in found]
    assert said == [*map(str, range(count)), "Ship 1", str(count)]


PLATE = ".plate { break-before: page; break-after: page }"


def test_a_listener_hears_a_picture_where_it_was_written(tmp_path: Path) -> None:
    """Wherever it is printed, its tag stands between the paragraphs around it."""
    body = f'<section><div class="text">{with_ships()}</div></section>'
    document = heard(drawn(tmp_path), body, css=CSS + FLOATS)
    said = re.findall(r"Ship \d+|(?<=ends )\d+", document.text)
    assert said == inserted()


def test_any_order_of_edits_gives_the_same_spreads(tmp_path: Path) -> None:
    """With pictures that float and paragraphs that are set anew, all is as if set at once."""
    dice, css = random.Random(7), EVEN + FLOATS
    drawn(tmp_path)
    blocks = [f"<p>{paragraph(dice, dice.randint(12, 90))[3:]}" for _ in range(24)]
    for number in (20, 12, 4):
        blocks.insert(number, ship(number))
    store = Store(tmp_path / "store")
    kept = [typeset.typeset(job(blocks, tmp_path, css), store)]
    for place in (14, 3):
        blocks[place] = blocks[place].replace("council", "cabinet of the day", 2)
        edited = job(blocks, tmp_path, css)
        kept.append(typeset.typeset(edited, store))
        assert kept[-1] == typeset.typeset(edited, Nothing(tmp_path))
    assert kept[0] != kept[-1]


def job(blocks: list[str], tmp_path: Path, css: str) -> PieceJob:
    html = (
        '<html lang="en"><head><title>T</title></head><body><section><div class="text">'
        f"{''.join(blocks)}</div></section></body></html>"
    )
    digest = hashlib.sha256((tmp_path / "p.png").read_bytes()).hexdigest()
    return PieceJob("piece", Text.of(html), PIECE_CSS + css, (("p.png", digest),), str(tmp_path))


def test_text_that_is_not_justified_has_even_feet_too(tmp_path: Path) -> None:
    """Its paragraphs can't be set anew: spreads are a line longer or shorter."""
    ragged, even = (
        pages(tmp_path / name, text(3, 30), css + "body { text-align: left; hyphens: none }")
        for name, css in (("ragged", CSS), ("even", EVEN))
    )
    assert set(uneven(even)) <= {1}
    assert uneven(ragged)
    words = [
        pdftext.words("\n".join(pdftext.pages(tmp_path / name / "piece.pdf")))
        for name in ("ragged", "even")
    ]
    assert words[0] == words[1]


@pytest.mark.parametrize(("white", "right"), [(3, -3), (7, 0)])
def test_a_page_is_not_cut_where_its_feet_differ_even_so(white: int, right: int) -> None:
    """By up to four lines the right one is shorter, to end as the left one does; else as ever."""

    def lay(start: Any, setting: PageSetting) -> LaidPage:
        gap = max(0, white + setting.deeper) if start == "left" else 0
        after = "right" if start == "left" else "next"
        return LaidPage(start, setting, cast("Any", after), False, True, gap, (), False, ())

    found = spreads.spread(lay, cast("Any", "left"), PageWishes(even=True))
    assert [one.setting.deeper - one.gap for one in found] == [-white, right]
