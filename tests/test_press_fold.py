"""Sheets are folded as a hand folds them, and the pages read in order."""

from __future__ import annotations

from itertools import groupby

import pytest

from book.press.fold import SheetFace, faces, signatures


def unfolded(printed: tuple[SheetFace, ...], *, rightward: bool = False) -> list[int | None]:
    """The pages as a reader turns them: signature by signature, leaf by leaf.

    The outermost sheet lies at the bottom, its outer face down, and all are folded at once. A
    sheet turned on its short edge has the left half of one face behind the right half of the other.
    """
    read: list[int | None] = []
    for _, some in groupby(printed, key=lambda face: face.signature):
        faces_ = list(some)
        sheets = list(zip(faces_[::2], faces_[1::2], strict=True))
        assert all(outer.outer and not inner.outer for outer, inner in sheets)
        assert [outer.depth for outer, _ in sheets] == list(range(len(sheets)))
        right = [(outer.right, inner.left) for outer, inner in sheets]
        left = [(outer.left, inner.right) for outer, inner in sheets]
        first, last = (left, right) if rightward else (right, left)
        for recto, verso in first:
            read += [recto, verso]
        for verso, recto in reversed(last):
            read += [recto, verso]
    return read


@pytest.mark.parametrize("rightward", [False, True], ids=["left", "right"])
@pytest.mark.parametrize("each", [0, 4, 8, 12, 16, 20, 32, 48, 64])
def test_folded_sheets_read_in_order(each: int, rightward: bool) -> None:
    """For 1 to 200 pages; what the fold adds is blank, at the end, and less than a sheet."""
    for count in range(1, 201):
        read = unfolded(faces(count, each, rightward=rightward), rightward=rightward)
        assert read[:count] == list(range(count))
        assert read[count:] == [None] * (-count % 4)


def test_signatures_are_full_but_the_last() -> None:
    assert signatures(69) == (72,)
    assert signatures(69, 16) == (16, 16, 16, 16, 8)
    assert signatures(0, 16) == ()


@pytest.mark.parametrize("each", [-4, 1, 6, 18])
def test_a_signature_is_made_of_whole_sheets(each: int) -> None:
    with pytest.raises(ValueError, match=str(each)):
        signatures(20, each)
