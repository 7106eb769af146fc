"""Words in the other direction stand on the line as Unicode has it, though elements part them.

WeasyPrint 70 lays the elements of a line in the direction of its paragraph: of three English
words in Hebrew of which one is bold, the first stood last. What stands between two letters of one
direction goes with them (UAX 9, rules N1 and L2), and so does a number behind the last (W7).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_RIGHT = re.compile(
    "[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u02b8\u0370-\u03ff\u0400-\u058f\u1e00-\u1fff]"
)
_LETTERS = re.compile(f"{_LEFT.pattern}|{_RIGHT.pattern}")
_NUMBER = re.compile(r"\s*\d[\d.,:/\u2013-]*\s*\Z")
#: So many CSS pixels may be between texts that nothing stands between.
_NOTHING = 0.1


def ordered(line: Any) -> None:
    """Put what ``line`` holds where it belongs; lines in one direction stay as they are."""
    leaves = list(_leaves(line))
    texts = [one.text if isinstance(one, boxes.TextBox) else "" for one in leaves]
    whole = "".join(texts)
    if len(leaves) < 2 or not _LEFT.search(whole):
        return
    to_left = line.style["direction"] == "rtl"
    own, other = (_LEFT, _RIGHT) if to_left else (_RIGHT, _LEFT)
    for first, last in _runs(leaves, texts, own, other):
        _turn(leaves[first : last + 1], to_left=to_left)
        _enclose(line)


def _leaves(box: Any) -> Iterator[Any]:
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.InlineBox):
            yield from _leaves(child)
        else:
            yield child


def _runs(
    leaves: list[Any], texts: list[str], own: re.Pattern[str], other: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """The first and last of such leaves as stand together in the other direction."""
    first, last = -1, -1
    for at, text in enumerate([*texts, None]):
        if text is None or own.search(text):
            if last > first >= 0:
                yield first, last
            first = last = -1
        elif other.search(text):
            first, last = (at if first < 0 else first), at
        elif first >= 0 and _NUMBER.match(text) and not _is_call(leaves[at]):
            last = at


def _is_call(leaf: Any) -> bool:
    """Whether it is the number of a note, which is no part of its sentence."""
    return leaf.element is not None and "note-call" in (leaf.element.get("class") or "").split()


def _turn(leaves: list[Any], *, to_left: bool) -> None:
    """Lay ``leaves`` the other way round in the room that they have."""
    widths = [one.margin_width() for one in leaves]
    start = min(one.position_x for one in leaves)
    end = max(one.position_x + width for one, width in zip(leaves, widths, strict=True))
    if abs(end - start - sum(widths)) > _NOTHING:
        return  # Something with an edge of its own is between them.
    for one in leaves:
        if isinstance(one, boxes.TextBox) and not _LETTERS.search(one.text):
            # Its brackets and numbers are those of the words around it.
            one.style = one.style.copy()
            one.style["direction"] = "ltr" if to_left else "rtl"
    pairs = list(zip(leaves, widths, strict=True))
    for one, width in pairs if to_left else reversed(pairs):
        one.translate(dx=start - one.position_x, ignore_floats=True)
        start += width


def _enclose(box: Any) -> None:
    """Inline boxes reach from the first to the last of what they hold."""
    for child in box.children:
        if not isinstance(child, boxes.InlineBox) or not child.is_in_normal_flow():
            continue
        _enclose(child)
        if inner := list(_leaves(child)):
            sides = child.margin_width() - child.width
            if sides < _NOTHING:
                child.position_x = min(one.position_x for one in inner)
                right = max(one.position_x + one.margin_width() for one in inner)
                child.width = right - child.position_x
