r"""Formulas in TeX: ``$…$`` in a line, ``$$…$$`` on one of their own, as Pandoc has them.

What opens one has no space behind it, what closes it none before it and no digit behind it; a
``\$`` is a dollar, and so are those of "$5 and $10". Formulas are put aside before Markdown sees
the text, which would take their signs for its own, and put back into the tree. There an output
finds an empty ``<span data-tex>``, with what it says in words; what can't be read stands as it was
typed.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from book.base.codes import finding
from book.base.formulas import FormulaError, can_be_set, formula
from book.base.xml import MISSING, is_blank, texts
from book.model import Place
from book.parse.codespans import escaped_and_code
from book.parse.unclosed import FENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.model import Finding

#: Stands for each letter of a formula in :attr:`Aside.blank`; it is no letter and no space.
MASK = "\ufffc"
#: So many formulas of a chapter are read; a book of them has some thousands.
_MOST = 20_000
#: Stands for a formula; its group is its number.
_TOKEN = re.compile("\ufdd6(\\d+)\ufdd7")
_BETWEEN = re.compile(r"\n[ \t>]*(?=\n)")
_ASIDE = re.compile(r"<!--(?:(?!<!--|-->).)*+-->|\]\([^()\s]*+\)|https?://[^\s<>]++", re.DOTALL)
_FORMULA = re.compile(
    r"(?<!\$)\$\$(?!\$)(?P<display>(?:[^$]|\$(?!\$))+)\$\$(?!\$)"
    r"|(?<!\$)\$(?![\s$])(?P<inline>[^$]+)(?<!\s)\$(?![\d$])"
)
#: What no sum of money holds, and what no formula does that has nothing of it.
_SIGN = re.compile(r"[\\^_={]")
_PROSE = re.compile(r"[^\W\d_]{3,}\s|\s[^\W\d_]{3,}|\s\|\s|\n")
_QUOTED = re.compile(r"\n[ ]*>[ >]*")
_CODE = frozenset({"code", "pre", "kbd", "samp"})
#: The paragraph of a formula, and what goes on below one.
FORMULA, GOES_ON = "cb-formula", "cb-goes-on"


class _Found(Struct, frozen=True):
    """A formula: its TeX, what was typed, and where; ``line`` and ``column`` count from 1."""

    tex: str
    typed: str
    display: bool
    line: int
    column: int


class Aside(Struct, frozen=True):
    """A text with tokens for its formulas, and the same with masks in their place."""

    text: str
    blank: str
    found: tuple[_Found, ...] = ()

    def told(
        self, positions: tuple[tuple[int, int], ...], skipped: int
    ) -> tuple[tuple[int, int], ...]:
        """``positions`` in :attr:`text`, which ``skipped`` lines precede, as they are in the file.

        A formula of several lines stands on one in it.
        """
        tall = [one for one in self.found if "\n" in one.typed]
        if not tall:
            return positions
        lines = self.text.split("\n")
        marks: list[tuple[int, int, int]] = []  # line and column of a token, and lines it hides
        number = {one: at for at, one in enumerate(self.found)}
        hidden = 0
        for one in tall:
            line = one.line - hidden
            column = lines[line - 1].find(f"\ufdd6{number[one]}\ufdd7") + 1
            hidden += one.typed.count("\n")
            marks.append((line + skipped, column, hidden))
        return tuple(_moved(marks, positions))


def _moved(
    marks: list[tuple[int, int, int]], positions: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    at, hidden = 0, 0
    for line, column in positions:
        while at < len(marks) and marks[at][:2] < (line, column):
            hidden = marks[at][2]
            at += 1
        yield line + hidden, column


def set_aside(text: str) -> Aside:
    """``text`` with its formulas put aside."""
    if "$" not in text:
        return Aside(text, text)
    pieces: list[str] = []
    blank: list[str] = []
    found: list[_Found] = []
    done, line, counted = 0, 1, 0
    for start, end, display in _formulas(text):
        typed = text[start:end]
        line += text.count("\n", counted, start)
        counted = start
        column = start - text.rfind("\n", 0, start)
        sign = 2 if display else 1
        tex = _QUOTED.sub("\n", typed[sign:-sign]).strip()
        pieces += [text[done:start], f"\ufdd6{len(found)}\ufdd7"]
        blank += [text[done:start], re.sub(r"[^\n]", MASK, typed)]
        found.append(_Found(tex, typed, display, line, column))
        done = end
    rest = text[done:]
    return Aside("".join([*pieces, rest]), "".join([*blank, rest]), tuple(found))


def _formulas(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where formulas stand in ``text``, and whether each is on a line of its own."""
    masked = _masked(text)
    ends = [0, *(one.start() for one in _BETWEEN.finditer(masked)), len(masked)]
    count = 0
    for begin, end in pairwise(ends):
        if masked.find("$", begin, end) < 0:
            continue
        paragraph = masked[begin:end]
        for start, stop in escaped_and_code(paragraph):
            if paragraph[start] == "`" or paragraph[start:stop] == r"\$":
                hidden = "x" * (stop - start)
                paragraph = f"{paragraph[:start]}{hidden}{paragraph[stop:]}"
        for found in _FORMULA.finditer(paragraph):
            display = found["display"] is not None
            if count < _MOST and (display or _is_formula(paragraph, found)):
                count += 1
                yield begin + found.start(), begin + found.end(), display


def _is_formula(text: str, found: re.Match[str]) -> bool:
    """Whether it is one, and not what stands between two sums of money, or two names."""
    tex, start, end = found["inline"], found.start(), found.end()
    glued = start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_")
    if glued and tex[0] not in "_^\\":
        return False
    if _SIGN.search(tex):
        return True
    follows = end < len(text) and (text[end].isalpha() or text[end] == "_")
    return not _PROSE.search(tex) and not (follows and len(tex) > 1)


def _masked(text: str) -> str:
    """``text`` with letters for listings, comments and addresses."""
    text = _ASIDE.sub(lambda found: re.sub(r"[^\n]", "x", found.group()), text)
    if "```" not in text and "~~~" not in text:
        return text
    lines, fence = text.split("\n"), ""
    closing = {one for line in lines if (one := line.strip(" >")) and not one.strip("`~")}
    for at, line in enumerate(lines):
        found = FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line.strip(" >`~"):
                fence = ""
            lines[at] = "x" * len(line)
        elif found and any(one.startswith(found[1]) for one in closing):
            fence, lines[at] = found[1], "x" * len(line)
    return "\n".join(lines)


def restored(root: etree._Element, aside: Aside) -> None:
    """Put what was typed back into the attributes below ``root``: there are no formulas there."""
    for element in root.iter() if aside.found else ():
        for name, value in element.attrib.items():
            if "\ufdd6" in value:
                element.set(name, _TOKEN.sub(lambda one: aside.found[int(one[1])].typed, value))


def put_back(
    root: etree._Element, aside: Aside, language: str, path: str, skipped: int
) -> Iterator[Finding]:
    """Put the formulas into the tree below ``root``; a finding (M014) for what can't be read.

    They are said in ``language``, or in that of what they stand in.
    """
    if not aside.found:
        return
    unset: list[Place] = []
    for owner, slot, text in list(texts(root)):
        if "\ufdd6" not in text:
            continue
        for problem, one in _woven(owner, slot, aside.found, language):
            place = Place(path, one.line + skipped, one.column)
            if can_be_set():
                yield _unread(problem, one, place)
            else:
                unset.append(place)
    if unset:
        yield _unset(unset)
    for paragraph in list(root.iter("p")):
        _part(paragraph)


def _woven(
    owner: etree._Element, slot: str, found: Sequence[_Found], language: str
) -> Iterator[tuple[FormulaError, _Found]]:
    """Put formulas in place of their tokens in a text; yields those that can't be read."""
    text, holder = str(getattr(owner, slot)), owner if slot == "text" else owner.getparent()
    around = () if holder is None else (holder, *holder.iterancestors())
    if holder is None or any(one.tag in _CODE for one in around):
        setattr(owner, slot, _TOKEN.sub(lambda one: found[int(one[1])].typed, text))
        return
    spoken = next(filter(None, (one.get("lang") for one in around)), language)
    first, *rest = _TOKEN.split(text)
    setattr(owner, slot, first)
    last = owner if slot == "tail" else None
    for number, behind in zip(rest[::2], rest[1::2], strict=True):
        element, one = etree.Element("code"), found[int(number)]
        if problem := _written(element, one, spoken):
            yield problem, one
        element.tail = behind
        if last is None:
            holder.insert(0, element)
        else:
            last.addnext(element)
        last = element


def _written(element: etree._Element, found: _Found, language: str) -> FormulaError | None:
    """Make ``element`` the formula ``found``, or what was typed; why it can't be read."""
    try:
        if not can_be_set():
            raise FormulaError("is not set")
        made = formula(found.tex, language, display=found.display)
    except FormulaError as problem:
        element.text = found.typed
        element.set("class", MISSING)
        return problem
    element.tag = "span"
    element.set("data-tex", found.tex)
    element.set("data-said", made.said)
    if found.display:
        element.set("data-display", "")
    return None


def _unread(problem: FormulaError, found: _Found, place: Place) -> Finding:
    if "\n" not in found.typed:
        sign = 2 if found.display else 1
        place = Place(place.path, place.line, place.column + sign + problem.column - 1)
    message = f"This formula can't be read ({problem.why}); it is printed as it was typed."
    hint = "Write it as LaTeX with amsmath has it; `\\$` is a dollar."
    return finding("M014", place, message, hint)


def _unset(places: list[Place]) -> Finding:
    count = len(places)
    some = "A formula is" if count == 1 else f"{count} formulas of this chapter are"
    message = f"{some} printed as typed, since nothing is here that sets any."
    return finding("M014", min(places), message, 'Install it: `pip install "chapbook[math]"`.')


def _part(paragraph: etree._Element) -> None:
    """Give a formula on a line of its own a paragraph; what stands behind it goes on in another."""
    for element in paragraph.findall("span[@data-display]"):
        before = "".join(filter(None, (paragraph.text, *(x.tail for x in paragraph))))
        alone = len(paragraph) == 1 and is_blank(before)
        if alone:
            _mark(paragraph, FORMULA)
            return
        behind = etree.Element("p")
        _mark(behind, GOES_ON)
        behind.text = (element.tail or "").lstrip()
        element.tail = None
        behind.extend(list(element.itersiblings()))
        own = etree.Element("p")
        _mark(own, FORMULA)
        own.append(element)
        behind.tail, paragraph.tail = paragraph.tail, None
        paragraph.addnext(own)
        if len(behind) or not is_blank(behind.text):
            own.addnext(behind)
        else:
            own.tail = behind.tail
        if not len(paragraph) and is_blank(paragraph.text):
            paragraph.addnext(own)
            _replace(paragraph, own)
        if len(behind) or not is_blank(behind.text):
            _part(behind)
        return


def _replace(paragraph: etree._Element, own: etree._Element) -> None:
    """Put ``own``, which stands behind the empty ``paragraph``, in its place."""
    for name, value in paragraph.attrib.items():
        if name != "class":
            own.set(name, value)
    parent = paragraph.getparent()
    if parent is not None:
        parent.remove(paragraph)


def _mark(element: etree._Element, name: str) -> None:
    element.set("class", " ".join([*element.get("class", "").split(), name]))
