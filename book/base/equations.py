r"""Numbers of formulas: what ``\label``, ``\tag`` and ``\ref`` say, as LaTeX with amsmath has them.

A formula has one number, at the margin; where rows are numbered each by itself, theirs stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from book.base.patterns import pattern

#: The class of a number at the margin, and of a place whose number stands elsewhere.
NUMBER, NUMBERED_ROW = "cb-equation", "cb-equation-row"
#: The attribute that says the number of such a place, until the links to it are written.
SAID = "data-number"
#: The attribute that says where a formula stands that refers to others, as ``line:column``.
AT = "data-at"
_LABEL = pattern(r"[ ]*\\label\{(?P<name>[^{}]+)\}")
_TAG = pattern(r"[ ]*\\tag(?P<bare>\*?)\{(?P<text>[^{}]*)\}")
_REFERENCE = pattern(r"\\(?P<eq>eq)?ref\{(?P<name>[^{}]+)\}")
_ROWS = pattern(r"\\begin\{(?:align|alignat|gather|eqnarray|flalign)\*?\}")
_UNNUMBERED = pattern(r"[ ]*\\(?:notag|nonumber)\b")
_ROW = r"(?s)(?:(?!\\\\).)*"


class Numbering(Struct, frozen=True):
    """A formula without what numbers it, its names, and the number that it gives itself.

    Where ``rows`` have numbers, ``tex`` has its labels still.
    """

    tex: str
    names: tuple[str, ...] = ()
    tag: str = ""
    rows: bool = False


def numbering(tex: str, name: str = "") -> Numbering:
    """How the displayed formula ``tex`` is numbered, which ``{#name}`` calls so."""
    labels = [one["name"] for one in _LABEL.finditer(tex)]
    tag = _TAG.search(tex)
    names = tuple(dict.fromkeys([*([name] if name else []), *labels]))
    if not names and not tag:
        return Numbering(tex)
    if labels and _ROWS.search(tex) and "\\\\" in tex:
        return Numbering(tex, names, rows=True)
    if tag and _ROWS.search(tex) and "\\\\" in tex:
        return Numbering(tex, names)
    own = (tag["text"] if tag["bare"] else f"({tag['text']})") if tag else ""
    return Numbering(_LABEL.sub("", _TAG.sub("", tex)).strip(), names, own)


def with_tags(tex: str, numbers: Mapping[str, str]) -> str:
    r"""``tex`` with ``\tag`` for each label, by ``numbers``; a row that has its own keeps it."""

    def row(found: re.Match[str]) -> str:
        text = found.group()
        label = _LABEL.search(text)
        if label is None or _TAG.search(text):
            return _LABEL.sub("", text)
        text = _UNNUMBERED.sub("", text)
        tagged = rf" \tag{{{numbers.get(label['name'], '?')}}}"
        return _LABEL.sub(lambda one: tagged if one["name"] == label["name"] else "", text)

    return re.sub(_ROW, row, tex)


def tags_of(tex: str) -> dict[str, str]:
    r"""The numbers that rows give themselves by ``\tag``, by their labels."""
    found = {}
    for row in re.findall(_ROW, tex):
        if (label := _LABEL.search(row)) and (tag := _TAG.search(row)):
            found[label["name"]] = tag["text"]
    return found


def referred(tex: str, numbers: Mapping[str, str]) -> str:
    r"""``tex`` with numbers for ``\ref`` and ``\eqref``, a question mark for what has none."""

    def said(found: re.Match[str]) -> str:
        number = numbers.get(found["name"], "?")
        return rf"\text{{({number})}}" if found["eq"] else rf"\text{{{number}}}"

    return _REFERENCE.sub(said, tex)


def references(tex: str) -> list[str]:
    """The names that ``tex`` refers to."""
    return [one["name"] for one in _REFERENCE.finditer(tex)]
