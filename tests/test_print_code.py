"""Code, long words, headings and captions in print, read back from the pages."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from itertools import accumulate
from pathlib import Path

import pypdfium2
import pytest

from bench.letters import Line, lines
from book.render.pdf.engine.balance import even_ends
from book.render.pdf.paragraphs.fit import Stop
from tests.volumes import one_chapter

_PROSE = "The bread of a town was sold by weight at prices that were fixed "
_GIANT = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
_MAP = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 40'><path d='M0 0h400v40H0z'/></svg>"
)
#: Of the first book, where the second line would have had "in" alone.
_CAPTION = (
    "The places of the story; the frame in the upper map is enlarged in the lower. "
    "Drawn by the editors, with simplified coasts. —&nbsp;*Ed.*"
)
_TEXT = f"""# One

{_PROSE * 3}`configuration.get_environment_variable_or_default_from_settings(name)` {_PROSE * 2}

```
def a_function_with_a_long_name(first_argument, second_argument, third_argument):
    return 1
├── tree │
```

## A heading of words that goes on to a second line by one small word only

![A map](map.svg "{_CAPTION}")

Small {"a" * 110} end.

- {_GIANT}

### {_GIANT}
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of a chapter with all of it."""
    root = tmp_path_factory.mktemp("c")
    (root / "chapters").mkdir()
    (root / "chapters" / "map.svg").write_text(_MAP, "utf-8")
    return one_chapter(root, _TEXT)


@pytest.fixture(scope="module")
def found(path: Path) -> list[Line]:
    """The lines of its text, from the top."""
    return [line for line in lines(path)[0] if line.page >= 4]


def _with(found: list[Line], words: str) -> Line:
    return next(line for line in found if words in line.text)


def test_a_line_of_code_that_goes_on_hangs(found: list[Line]) -> None:
    """So does none that the author began."""
    first, second = _with(found, "def a_function"), _with(found, "third_argument):")
    own = _with(found, "return 1")
    assert second.left > first.left + 10
    assert own.left == pytest.approx(first.left + 4 * first.size * 0.6, abs=0.5)


def test_its_mark_is_drawn_and_not_copied(path: Path) -> None:
    """Two paths stand in the indent; the text is the author's."""
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        page = next(one for one in pdf if "third_argument" in one.get_textpage().get_text_range())
        text = page.get_textpage().get_text_range()
        paths = [one for one in page.get_objects(max_depth=6) if one.type == 2]  # FPDF_PAGEOBJ_PATH
        assert len(paths) >= 2
    assert "↳" not in text
    assert "├── tree │" in text


def test_code_breaks_at_its_signs_without_a_hyphen(found: list[Line]) -> None:
    broken = [
        line.text for line in found if "configuration" in line.text or "settings" in line.text
    ]
    assert len(broken) == 2
    assert broken[0][-1] in "_.("


def test_nothing_is_wider_than_the_measure(found: list[Line]) -> None:
    """Not the longest words, wherever they stand: they are divided."""
    left = {line.page: min(one.left for one in found if one.page == line.page) for line in found}
    measure = max(line.right - left[line.page] for line in found if "bread" in line.text)
    assert not [line.text for line in found if line.right - left[line.page] > measure + 2.5]
    giants = [line for line in found if line.text.strip("•- ").startswith(_GIANT[:8])]
    assert [line.ends_in_hyphen for line in giants] == [True, True]


def test_the_lines_of_a_heading_are_about_as_long(found: list[Line]) -> None:
    """No word stands alone in the second."""
    first = _with(found, "A heading of words")
    second = found[found.index(first) + 1]
    assert 0.7 < (second.right - second.left) / (first.right - first.left) < 1.4


def test_a_caption_has_no_line_of_one_word(found: list[Line]) -> None:
    """Its lines end where it was reckoned that they do, whatever it is made of (Ed. is slanted)."""
    first = _with(found, "The places of the story")
    second = found[found.index(first) + 1]
    assert first.text.endswith(("enlarged", "enlarged in"))
    assert second.text.startswith(("in the lower.", "the lower."))
    assert second.text.endswith("— Ed.")


def _ends(
    words: list[int], measure: int, leaning: Collection[int] = (), *, is_pretty: bool = False
) -> tuple[int, ...]:
    """Where lines of words of these lengths end, that stand one space apart."""
    ends = [0, *accumulate(words, lambda before, word: before + 1 + word)]
    stops = [Stop(end, end + 1 if end else 0, 0, 0, 0, 0) for end in ends]
    return even_ends(stops, (measure, measure), leaning, is_pretty=is_pretty)


def test_lines_are_as_few_and_as_even_as_can_be() -> None:
    """None is found where a word is longer than a line, or where lines are many."""
    assert _ends([4, 4, 4], 14) == (3,)
    assert _ends([3, 7, 3, 4], 15) == (2, 4)
    assert _ends([3, 7, 3, 4], 19) == (2, 4)
    assert _ends([4, 9, 4], 8) == ()
    assert _ends([4] * 6, 5) == ()


def test_a_small_word_goes_with_the_next_one() -> None:
    assert _ends([80, 10, 88], 150) == (2, 3)
    assert _ends([80, 10, 88], 150, {2}) == (1, 3)


def test_a_list_or_a_cell_ends_in_no_line_of_one_word() -> None:
    """Its lines are filled all the same, but for the last, however many they are."""
    words = [6, 6, 6, 5]
    assert _ends(words, 21) == (2, 4)
    assert _ends(words, 27, is_pretty=True) == (4,)
    assert _ends(words, 21, is_pretty=True) == (3, 4)
    assert _ends([6, 6, 6, 3], 21, is_pretty=True) == (2, 4)
    assert _ends([4] * 8, 5, is_pretty=True) == tuple(range(1, 9))
