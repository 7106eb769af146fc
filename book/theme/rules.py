"""A book's own style sheet, rule by rule; what is no CSS, or beyond all measure, is left out.

Themes may come from strangers, and a stray sign is typed by anyone. Whatever is left out is a
finding where it stands in its own file; all else is used (CSS Syntax 3, section 5: what can't be
parsed is dropped, and parsing goes on behind it).
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import tinycss2
from msgspec import Struct, field

from book.base.allowed import names_address
from book.base.codes import finding
from book.base.patterns import pattern
from book.model import Place
from book.theme.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from book.model import Finding

#: Brackets within brackets; every sheet in print stays far below.
DEEPEST = 32
#: The longest length, in millimetres: no page, and nothing on one, is a hundred metres long.
LONGEST = 100_000.0
#: The widest page, in millimetres (ISO 32000-1, annex C.2: 14,400 units).
WIDEST = 5_080.0
#: The largest number; CSS itself promises no more (CSS Values 4, section 5.1).
LARGEST = 2.0**31
#: The shortest repeat of a gradient, in millimetres: a hundredth of what a press can print.
SHORTEST = 0.01

_MILLIMETRES = {"mm": 1, "cm": 10, "q": 1 / 4, "in": 25.4, "pc": 25.4 / 6, "pt": 25.4 / 72}
_MILLIMETRES |= {"px": 25.4 / 96, "em": 4, "rem": 4, "ex": 2, "ch": 2, "lh": 6, "rlh": 6}
#: At-rules that hold rules; all others hold declarations.
_OF_RULES = frozenset({"media", "supports", "layer", "container", "scope"})
_NAME = 60


class Rule(Struct, frozen=True):
    """A rule of a book's own sheet: where it begins, and its text as it is used.

    What is left out of it leaves spaces, so that its parts stand where they stand in the file.
    """

    place: Place
    text: str

    @property
    def in_place(self) -> str:
        """The text behind as many line feeds and spaces as it has before it in its file."""
        return "\n" * (self.place.line - 1) + " " * (self.place.column - 1) + self.text

    @property
    def name(self) -> str:
        """The rule in a few words, for a finding."""
        words = " ".join(self.text.split())
        return words if len(words) <= _NAME else f"{words[: _NAME - 1]}…"


#: Braces, and what may hold some that are none: comments, strings, addresses, escapes.
_BRACE = pattern(
    r"""/\*.*?(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|url\([^)"']*\)|\\.|(?P<brace>[{}])""",
    re.DOTALL,
)


class OwnSheet(Struct, frozen=True):
    """A sheet of the book's own, as it is used: its rules, and all custom properties so far."""

    rules: tuple[Rule, ...] = ()
    variables: Variables = field(default_factory=Variables)
    findings: tuple[Finding, ...] = ()


def read(path: str, css: str, variables: Variables, *, names_files: bool = True) -> OwnSheet:
    """The sheet ``css`` in the file ``path``; ``variables`` are those of the sheets before it.

    One that ``names_files`` is for print; what an ebook's names is left out.
    """
    nodes = parsed(css)
    variables = variables.with_rules(nodes)
    reader = _Reader(path, variables, names_files)
    rules: list[Rule] = []
    for node in nodes:
        reader.end = node.source_line, node.source_column
        if text := reader.text(node):
            rules.append(Rule(Place(path, node.source_line, node.source_column), text))
    findings = (*reader.findings, *_unclosed(path, css))
    return OwnSheet(tuple(rules), variables, findings)


def _unclosed(path: str, css: str) -> Iterator[Finding]:
    """S003: a brace without its partner, which takes all that follows into its rule."""
    opened: list[int] = []
    for found in _BRACE.finditer(css):
        if found["brace"] == "{":
            opened.append(found.start())
        elif found["brace"] and opened:
            opened.pop()
        elif found[0][0] in "\"'" and (len(found[0]) == 1 or found[0][-1] != found[0][0]):
            return  # a string without its end is the fault then, and is named where it stands
    for at in opened:
        place = Place(path, css.count("\n", 0, at) + 1, at - css.rfind("\n", 0, at))
        message = "This `{` is never closed, so what follows belongs to its rule."
        yield finding("S003", place, message, "Put a `}` where the rule ends.")


def parsed(css: str) -> list[Any]:
    """The rules of ``css``, and errors where there are any; it is UTF-8, whatever it says."""
    found = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    if found and found[-1].type == "error" and found[-1].message.startswith("EOF"):
        found[-1].source_line, found[-1].source_column = _last_begun(css)
    return [one for one in found if getattr(one, "lower_at_keyword", "") != "charset"]


def _last_begun(css: str) -> tuple[int, int]:
    """Where the last rule of ``css`` begins, which has no block; its error is at its end."""
    begun: Any = None
    last = 1, 1
    for token in tinycss2.parse_component_value_list(css, skip_comments=True):
        if begun is None and token.type != "whitespace":
            begun, last = token, (token.source_line, token.source_column)
        if token.type == "{} block" or (token == ";" and begun.type == "at-keyword"):
            begun = None
    return last


class _Reader:
    """Reads the rules of one sheet; ``end`` is where the text that has been made ends."""

    def __init__(self, path: str, variables: Variables, names_files: bool) -> None:
        self.path, self.variables, self.end = path, variables, (1, 1)
        self.names_files = names_files
        self.findings: list[Finding] = []

    def text(self, node: Any) -> str:
        """``node`` (a rule, or a declaration) as it is used; empty if it is left out."""
        if why := self._fault(node):
            self._leave_out(node, why)
            return ""
        if node.type == "declaration":
            return self._upto(node) + self._put(node.serialize() + ";")
        name = f"@{node.at_keyword}" if node.type == "at-rule" else ""
        head = self._upto(node) + self._put(name + tinycss2.serialize(node.prelude))
        if node.content is None:
            return head + self._put(";")
        head += self._put("{")
        return head + "".join(map(self.text, inside(node))) + self._put("}")

    def _fault(self, node: Any) -> str:
        """Why ``node`` can't be used; empty if it can."""
        if node.type == "error":
            return _no_css(node)
        is_declaration = node.type == "declaration"
        head = node.value if is_declaration else node.prelude
        inside = [] if is_declaration else node.content or []
        if _depth([*head, *inside]) > DEEPEST:
            return f"its brackets are nested more than {DEEPEST} deep"
        return _problem(head) or self._meaning(node, head)

    def _meaning(self, node: Any, head: Sequence[Any]) -> str:
        """Why what ``node`` says can't be used, though it is CSS."""
        if node.type == "declaration":
            if node.lower_name == "size" and max(map(_millimetres, head), default=0) > WIDEST:
                return f"no page is wider or higher than {WIDEST / 1000:.2f} metres"
            if not self.names_files and names_address(head):
                return "in an ebook no style may name a file or an address, or a function unknown"
            return self.variables.problem(node)
        if node.type == "at-rule":
            is_import = node.lower_at_keyword == "import"
            return "a sheet reads no others; put its rules into this one" if is_import else ""
        return "" if tinycss2.serialize(head).strip() else "it has no selector"

    def _leave_out(self, node: Any, why: str) -> None:
        place = Place(self.path, node.source_line, node.source_column)
        what = "This"
        if node.type == "declaration":
            what = f"`{node.name}`"
        elif node.type == "qualified-rule":
            what = "This rule"
        elif node.type == "at-rule":
            what = f"This @{node.at_keyword} rule"
        message = f"{what} was left out: {why}."
        self.findings.append(finding("S003", place, message, "Mend it, or take it out."))

    def _upto(self, node: Any) -> str:
        """The line feeds and spaces from where the text ends to where ``node`` stands."""
        line, column = self.end
        down = node.source_line - line
        if down < 0:
            return ""
        across = node.source_column - (1 if down else column)
        return self._put("\n" * down + " " * max(across, 0))

    def _put(self, text: str) -> str:
        line, column = self.end
        down = text.count("\n")
        tail = len(text) - text.rfind("\n") if down else column + len(text)
        self.end = line + down, tail
        return text


def inside(node: Any) -> Iterable[Any]:
    """What stands in a rule's block: declarations, or rules."""
    if node.type == "at-rule" and node.lower_at_keyword in _OF_RULES:
        found: list[Any] = tinycss2.parse_rule_list(
            node.content, skip_comments=True, skip_whitespace=True
        )
    else:
        found = tinycss2.parse_blocks_contents(
            node.content, skip_comments=True, skip_whitespace=True
        )
    return found


def _depth(tokens: Iterable[Any]) -> int:
    """How deep brackets are nested; not by recursion, since they may be nested without end."""
    deepest, waiting = 0, [(token, 1) for token in tokens]
    while waiting:
        token, depth = waiting.pop()
        inner = getattr(token, "arguments", None) or getattr(token, "content", None)
        if inner is not None:
            deepest = max(deepest, depth)
            waiting += [(one, depth + 1) for one in inner]
    return deepest


def _problem(tokens: Iterable[Any]) -> str:
    """Why a value can't be used; empty if it can."""
    for token in _each(tokens):
        if token.type == "error":
            return _no_css(token)
        if token.type in ("number", "percentage", "dimension"):
            if not math.isfinite(token.value) or abs(token.value) > LARGEST:
                return f"{token.representation[:20]} is more than 2,147,483,648"
            if token.type == "dimension" and _millimetres(token) > LONGEST:
                return f"{token.representation[:20]}{token.unit} is longer than 100 metres"
        if token.type == "function" and token.lower_name.startswith("repeating-"):
            least = min(filter(None, map(_millimetres, token.arguments)), default=1.0)
            if least < SHORTEST:
                return "a gradient that repeats within a hundredth of a millimetre is not drawn"
    return ""


#: What tinycss2 calls what it could not read, in the words of those who write style sheets.
_SIGNS = {
    "bad-string": "a string does not end on its line",
    "eof-in-string": "a string does not end",
    "bad-url": "an address is not well written",
    "eof-in-url": "an address does not end",
    ")": "a `)` has no `(`",
    "]": "a `]` has no `[`",
    "}": "a `}` has no `{`",
}


def _no_css(error: Any) -> str:
    said = _SIGNS.get(error.kind, "a selector needs its `{ … }`, a property its `: …;`")
    return f"it is no CSS ({said})"


def _each(tokens: Iterable[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from _each(getattr(token, "arguments", None) or getattr(token, "content", None) or ())


def _millimetres(token: Any) -> float:
    """About how long a length is; 0 for what is none."""
    if token.type != "dimension":
        return 0.0
    return abs(float(token.value)) * _MILLIMETRES.get(token.lower_unit, 0)
