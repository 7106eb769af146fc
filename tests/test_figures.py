"""What the figures are made with: letters measured, lines broken, blocks placed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from book.figures.kerning import positions
from book.figures.measure import Type
from book.figures.rows import placed
from tests.chronicles import sentences


class TestMeasure:
    @given(sentences, st.floats(20, 300), st.floats(0, 60))
    def test_lines_fit_and_lose_nothing(self, text: str, width: float, indent: float) -> None:
        """But where a single letter is wider than the measure."""
        face = Type(8)
        lines = face.wrap(text, width, min(indent, width / 2))
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(face.width(line) <= width or len(line) == 1 for line in lines)

    def test_balanced_lines_are_as_few(self) -> None:
        """Only about equally long."""
        face, text = Type(10), "How Tokyo tried to reconcile Moscow and Berlin again"
        plain, even = face.wrap(text, 200), face.balanced(text, 200)
        assert len(plain) == len(even)
        assert face.width(even[-1]) > face.width(plain[-1])

    def test_balancing_cuts_no_word(self) -> None:
        """A long word sets the least measure."""
        assert Type(10).balanced("a deforestation of it", 60) == ("a", "deforestation", "of it")

    def test_pairs_are_kerned(self) -> None:
        """To draws together what an O and an H would not."""
        face = Type(1000, 600, "Source Serif")
        assert positions("To", face)[-1] < face.width("To") - 10
        assert positions("HH", face)[-1] == face.width("HH")

    @given(st.lists(st.tuples(st.floats(-50, 500), st.floats(1, 40)), min_size=1, max_size=30))
    def test_placed_blocks_keep_order_and_room(self, blocks: list[tuple[float, float]]) -> None:
        """None overlap, none leave, and alone each stands where it wants."""
        wanted, heights = [one for one, _ in blocks], [one for _, one in blocks]
        bottom = sum(heights) + 30
        tops = placed(wanted, heights, bottom)
        ends = [top + height for top, height in zip(tops, heights, strict=True)]
        assert tops[0] >= -1e-6
        assert ends[-1] <= bottom + 1e-6
        assert all(end <= top + 1e-6 for end, top in zip(ends, tops[1:], strict=False))
