"""What stands between ``<`` and ``>`` and is no tag: a word, a place to be filled, ``<<speech>>``.

HTML has no element of such a name, and a reader would see nothing at all. Marks of quotation that
are typed as two signs become the one that they stand for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.patterns import pattern
from book.base.xml import tags
from book.parse.fences import HOLDER
from book.parse.stamps import PAD
from book.parse.unclosed import FENCE, blanked
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENED = pattern(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:[ \t]+[^<>=\"'\n/]*)?)>")
#: What shows that a name is that of an element: its end, an attribute with a value.
_ELEMENT = pattern(r"</([a-zA-Z][a-zA-Z0-9-]*)[ \t]*>|<([a-zA-Z][a-zA-Z0-9-]*)[ \t/][^<>]*[=/]")
#: Elements of HTML, those of old included.
_NAMES = tags(
    """a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink
    blockquote body br button canvas caption center cite code col colgroup data datalist dd del
    details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame
    frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend
    li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol
    optgroup option output p param picture pre progress q rp rt ruby s samp script search section
    select slot small source span strike strong style sub summary sup svg table tbody td template
    textarea tfoot th thead time title tr track tt u ul var video wbr xmp"""
)
#: Attributes that need no value.
_BARE = tags(
    """allowfullscreen async autoplay checked compact controls default defer disabled download
    hidden ismap itemscope loop markdown multiple muted noshade novalidate nowrap open readonly
    required reversed selected"""
)
_SPACES = " \u00a0\u202f"
#: Two signs around what is said, and around what is said the German way.
_SAID = pattern(
    rf"(?<![<\w\\{{])<<(?![<=])([{_SPACES}]?)(?=[^\s<>=-])"
    rf"((?:(?!<<|>>)[^\n]|\n(?![ \t>]*\n))*?)(?<=[^\s{_SPACES}])([{_SPACES}]?)>>(?![>=])"
)
_SAID_INWARDS = pattern(
    r"(?<![>\w\\{])>>(?=[^\s<>=])((?:(?!<<|>>)[^\n]|\n(?![ \t>]*\n))*?)(?<=\S)<<(?![<\w=])"
)


def no_tags(text: str) -> frozenset[str]:
    """What looks like a tag in ``text`` and is none, as it stands there."""
    if "<" not in text:
        return frozenset()
    meant: set[str] | None = None
    found: set[str] = set()
    for tag in _OPENED.finditer(text):
        if tag[1].lower() in _NAMES:
            if any(not _is_bare(one.lower()) for one in tag[2].split()):
                found.add(tag[0])
            continue
        if meant is None:
            meant = {one[1] or one[2] for one in _ELEMENT.finditer(text)}
        if tag[1] not in meant:
            found.add(tag[0])
    return frozenset(found)


def _is_bare(name: str) -> bool:
    """Whether an attribute of this name may stand without a value."""
    return name in _BARE or name.startswith(("data-", "aria-"))


def first_of(line: str, signs: frozenset[str]) -> re.Match[str] | None:
    """The first of ``signs``, which :func:`no_tags` gave, that stands in ``line``."""
    return next((one for one in _OPENED.finditer(line) if one[0] in signs), None)


def spoken_for(text: str, language: str) -> str:
    """``text`` with marks of quotation for two signs; each stays as long as it was.

    With spaces inside they are marks in languages that have such.
    """
    if "<<" not in text or ">>" not in text:
        return text
    marks = words(language).quotes
    spaced = "\u00ab" in f"{marks.open}{marks.close}{marks.inner_open}{marks.inner_close}"

    signs = list(text)
    for start, end in _paragraphs(text):
        if text.find("<<", start, end) < 0:
            continue
        said = blanked(text[start:end])
        for found in _SAID.finditer(said):
            if bool(found[1]) == bool(found[3]) and (spaced or not found[1]):
                _put(signs, start, found, "\u00ab\u00bb")
        for found in _SAID_INWARDS.finditer(said):
            begins = said.rfind("\n", 0, found.start()) + 1
            # Two signs that begin a line are a quotation within one, if no others end it.
            if said[begins : found.start()].strip(" >") or "\n" not in found[1]:
                _put(signs, start, found, "\u00bb\u00ab")
    return "".join(signs)


def _put(signs: list[str], start: int, found: re.Match[str], marks: str) -> None:
    """Set ``marks`` for the signs around what was ``found``, each with a pad outside of it."""
    signs[start + found.start() : start + found.start() + 2] = PAD, marks[0]
    signs[start + found.end() - 2 : start + found.end()] = marks[1], PAD


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where paragraphs of ``text`` begin and end; blocks of code are none."""
    fence, begun, at, holds = "", -1, 0, False
    for line in [*text.split("\n"), ""]:
        found = FENCE.match(line)
        is_code = line.startswith("    ") and begun < 0 and not holds
        if begun >= 0 and (not line.strip() or found):
            yield begun, at - 1
            begun = -1
        if fence:
            if found and found[1].startswith(fence) and not line.strip(" >`~"):
                fence = ""
        elif found:
            fence = found[1]
        elif line.strip() and not is_code:
            begun = at if begun < 0 else begun
            holds = holds if line.startswith(" ") else HOLDER.match(line) is not None
        at += len(line) + 1
