"""The words of a listing by what they are: six classes, made with Pygments.

Pygments tells some hundred kinds apart and gives each word an element, four to six times as much
as the code itself; what prints in black and white is told by weight, slope and grey, so six kinds
are enough, and neighbours of one kind share an element. All else of the code stays plain.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The six, in the order in which a kind of Pygments is looked for; docs/themes.md tells of them.
_CLASSES = {
    "Comment": "cb-comment",
    "Generic.Deleted": "cb-out",
    "Generic.Output": "cb-out",
    "Generic.Traceback": "cb-out",
    "Generic.Inserted": "cb-name",
    "Generic.Heading": "cb-keyword",
    "Generic.Subheading": "cb-keyword",
    "Generic.Prompt": "cb-keyword",
    "Literal.String": "cb-string",
    "Literal.Number": "cb-number",
    "Literal.Date": "cb-number",
    "Keyword.Constant": "cb-number",
    "Keyword": "cb-keyword",
    "Operator.Word": "cb-keyword",
    "Name.Tag": "cb-keyword",
    "Name.Function": "cb-name",
    "Name.Class": "cb-name",
    "Name.Namespace": "",
    "Name.Decorator": "cb-name",
}
_MARK = "language-"
#: No more than this is looked at, in letters: a listing of six pages, or a line of ten.
_LONGEST, _LONGEST_LINE = 30_000, 1_000


def mark_words(root: etree._Element) -> None:
    """Put the words of each listing below ``root`` whose language is named into spans, in place.

    A language that Pygments does not know, and a listing beyond all measure, stay as they are.
    """
    for code in root.iter("code"):
        parent = code.getparent()
        if parent is None or parent.tag != "pre" or len(code):
            continue
        named = [one for one in code.get("class", "").split() if one.startswith(_MARK)]
        if named and (name := _languages().get(named[0].removeprefix(_MARK).lower())):
            _set(code, list(_runs(code.text or "", name)))


def _set(code: etree._Element, runs: list[tuple[str, str]]) -> None:
    if not any(kind for kind, _ in runs):
        return
    code.text = ""
    last: etree._Element | None = None
    for kind, text in runs:
        if kind:
            last = etree.SubElement(code, "span", {"class": kind})
            last.text = text
        elif last is None:
            code.text += text
        else:
            last.tail = text


def _runs(text: str, language: str) -> Iterator[tuple[str, str]]:
    """The text of a listing in runs, each with its class, or none; together they are ``text``."""
    if len(text) > _LONGEST or max(map(len, text.split("\n"))) > _LONGEST_LINE:
        return
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    found = [
        (_class(str(kind).removeprefix("Token.")), word) for kind, word in lexer.get_tokens(text)
    ]
    if "".join(word for _, word in found) != text:
        return  # Tabs, line ends and the like: never other words than the writer's.
    spread = list(found)
    for at in range(1, len(found) - 1):
        if not found[at][1].strip() and "\n" not in found[at][1]:
            # Spaces between two words of a kind are of it too.
            before, after = spread[at - 1][0], found[at + 1][0]
            spread[at] = before if before == after else "", found[at][1]
    for kind, words in groupby(spread, key=lambda one: one[0]):
        yield kind, "".join(word for _, word in words)


def _class(kind: str) -> str:
    """The class of a kind of Pygments (``Name.Function.Magic``): that of the kinds above it."""
    while kind:
        if kind in _CLASSES:
            return _CLASSES[kind]
        kind = kind.rpartition(".")[0]
    return ""


@cache
def _languages() -> Mapping[str, str]:
    """What a language may be called, and one name of Pygments' own for it; none of its plugins."""
    from pygments.lexers import get_all_lexers

    found = get_all_lexers(plugins=False)
    return {alias: aliases[0] for _, aliases, _, _ in found for alias in aliases}
