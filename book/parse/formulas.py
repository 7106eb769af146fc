"""Formulas in a chapter's tree: what was put aside before Markdown read it, put back.

An output finds an empty ``<span data-tex>``, with what it says in words; what can't be read stands
as it was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from book.base.codes import finding
from book.base.equations import (
    AT,
    NUMBER,
    NUMBERED_ROW,
    Numbering,
    numbering,
    references,
    referred,
)
from book.base.formulas import FormulaError, can_be_set, formula
from book.base.xml import MISSING, is_blank, texts
from book.model import Place
from book.parse.dollars import TOKEN, Aside, Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.model import Finding

_CODE = frozenset({"code", "pre", "kbd", "samp"})
#: The paragraph of a formula, one whose number stands at the margin, and what goes on below one.
FORMULA, NUMBERED, GOES_ON = "cb-formula", "cb-numbered", "cb-goes-on"


def restored(root: etree._Element, aside: Aside) -> None:
    """Put what was typed back into the attributes below ``root``: there are no formulas there."""
    for element in root.iter() if aside.found else ():
        for name, value in element.attrib.items():
            if "\ufdd6" in value:
                element.set(name, TOKEN.sub(lambda one: aside.found[int(one[1])].typed, value))


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
        for problem, one in _woven(owner, slot, aside.found, (language, skipped)):
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
    owner: etree._Element, slot: str, found: Sequence[Found], told: tuple[str, int]
) -> Iterator[tuple[FormulaError, Found]]:
    """Put formulas in place of their tokens in a text; yields those that can't be read."""
    text, holder = str(getattr(owner, slot)), owner if slot == "text" else owner.getparent()
    around = () if holder is None else (holder, *holder.iterancestors())
    if holder is None or any(one.tag in _CODE for one in around):
        setattr(owner, slot, TOKEN.sub(lambda one: found[int(one[1])].typed, text))
        return
    spoken = next(filter(None, (one.get("lang") for one in around)), told[0])
    first, *rest = TOKEN.split(text)
    setattr(owner, slot, first)
    last = owner if slot == "tail" else None
    for number, behind in zip(rest[::2], rest[1::2], strict=True):
        element, one = etree.Element("code"), found[int(number)]
        numbered = numbering(one.tex, one.name) if one.display else Numbering(one.tex)
        if problem := _written(element, one, numbered.tex, spoken):
            yield problem, one
        elif references(numbered.tex):
            element.set(AT, f"{one.line + told[1]}:{one.column}")
        new = [element, *_numbers(numbered)]
        new[-1].tail = behind
        for each in new:
            if last is None:
                holder.insert(0, each)
            else:
                last.addnext(each)
            last = each


def _numbers(numbered: Numbering) -> Iterator[etree._Element]:
    """The places of a formula's numbers, which are given when all chapters are there."""
    names = list(numbered.names)
    if not numbered.rows and (names or numbered.tag):
        made = etree.Element("span", {"class": NUMBER})
        made.text = _lettered(numbered.tag) or None
        if names:
            made.set("id", names.pop(0))
        yield made
    for name in names:
        yield etree.Element("span", {"class": NUMBERED_ROW, "id": name})


def _lettered(tag: str) -> str:
    """A number of the writer's own in letters alone: ``($*$)`` is (∗)."""
    if not any(sign in tag for sign in "\\$^_{"):
        return tag
    try:
        letters = formula(tag.replace("$", ""), "", display=False).text
        return "".join(letters.split()).replace("\N{ASTERISK OPERATOR}", "*")
    except (FormulaError, ImportError):
        return tag


def _written(element: etree._Element, found: Found, tex: str, language: str) -> FormulaError | None:
    """Make ``element`` the formula ``tex``, or what was typed; why it can't be read."""
    try:
        if not can_be_set():
            raise FormulaError("is not set")
        made = formula(referred(tex, {}), language, display=found.display)
    except FormulaError as problem:
        element.text = found.typed
        element.set("class", MISSING)
        return problem
    element.tag = "span"
    element.set("data-tex", tex)
    element.set("data-said", made.said)
    if found.display:
        element.set("data-display", "")
    return None


def _unread(problem: FormulaError, found: Found, place: Place) -> Finding:
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
    """Give each formula on a line of its own a paragraph; what stands behind it goes on in another.

    The first of them stays the element that it was.
    """
    if not any("data-display" in one.attrib for one in paragraph):
        return
    current, parts = etree.Element("p"), list[etree._Element]()
    current.text, own = paragraph.text, None
    for child in list(paragraph):
        if own is not None and child.get("class", "") in (NUMBER, NUMBERED_ROW):
            own.append(child)
            if child.get("class") == NUMBER:
                own.set("class", f"{FORMULA} {NUMBERED}")
        elif "data-display" in child.attrib:
            own = etree.Element("p", {"class": FORMULA})
            own.append(child)
            parts += [current, own]
            current = etree.Element("p", {"class": GOES_ON})
        else:
            current.append(child)
            own = None
            continue
        current.text, child.tail = (child.tail or "").lstrip(), None
    first, *others = [one for one in (*parts, current) if len(one) or not is_blank(one.text)]
    paragraph.text, paragraph[:] = first.text, list(first)
    if name := first.get("class"):
        paragraph.set("class", " ".join([*paragraph.get("class", "").split(), name]))
    tail, paragraph.tail = paragraph.tail, None
    last = paragraph
    for one in others:
        last.addnext(one)
        last = one
    last.tail = tail
