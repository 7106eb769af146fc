"""What stands in ``styles/`` and does nothing: sheets, tokens and families that nobody uses.

Each is silent in a browser, and looks as if the book would not obey.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from tinycss2 import serialize

from book.base.codes import finding
from book.base.fonts import faces
from book.base.patterns import pattern
from book.base.text import listed, nearest, suggestion
from book.base.typefaces import faces_of, packaged
from book.model import Place
from book.theme.rules import inside, parsed
from book.theme.theme import SHEETS, faces_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.model import Finding
    from book.theme.theme import Theme

#: What holds styles, for a browser or a program that makes a sheet of it.
_SUFFIXES = frozenset({".css", ".scss", ".sass", ".less", ".styl"})
_USED = pattern(r"var\(\s*(--[\w-]+)")
#: One without a value of its own for when it isn't set.
_ASKED = pattern(r"var\(\s*(--[\w-]+)\s*\)")
_SET = pattern(r"(--[\w-]+)\s*:")
#: What no font has as its name (CSS Fonts 4, section 2.1.3), and what stands for any value.
_GENERIC = frozenset(
    """serif sans-serif monospace cursive fantasy system-ui math emoji ui-serif ui-sans-serif
    ui-monospace ui-rounded inherit initial unset revert revert-layer""".split()  # noqa: SIM905
)
_FAMILIES = frozenset({"font-family", "--serif", "--sans", "--mono"})


def unread(theme: Theme) -> Iterator[Finding]:
    """S007: sheets that nothing reads, tokens that nothing uses; G002: families not there."""
    yield from _sheets(theme)
    declared = [
        (sheet, path, declaration)
        for sheet in SHEETS
        for path, declaration in _declarations(theme, sheet)
    ]
    yield from _tokens(theme, [(path, one) for _, path, one in declared])
    yield from _unset(theme, [(path, one) for _, path, one in declared])
    # An ebook's reader may have families that we don't.
    yield from _families(theme, [(path, one) for sheet, path, one in declared if sheet != "epub"])


def _sheets(theme: Theme) -> Iterator[Finding]:
    for name, _ in theme.files:
        path = PurePosixPath(name)
        # Those in folders of their own come with fonts.
        is_top = name.startswith("styles/") and len(path.parts) == 2
        if is_top and path.suffix.lower() in _SUFFIXES and not path.name.startswith("_"):
            known = [f"{sheet}.css" for sheet in SHEETS]
            hint = f"The names decide: {listed(known)}."
            yield finding("S007", Place(name), "Nothing reads this style sheet.", hint)


def _declarations(theme: Theme, sheet: str) -> Iterator[tuple[str, Any]]:
    """The path and each declaration of the book's own ``sheet``, at its place; none of fonts."""
    for rule in theme.rules(sheet):
        waiting = parsed(rule.in_place)
        while waiting:
            node = waiting.pop(0)
            if node.type == "declaration":
                yield rule.place.path, node
            elif getattr(node, "content", None) and _is_read(node):
                waiting += inside(node)


def _is_read(node: Any) -> bool:
    return getattr(node, "lower_at_keyword", "") != "font-face"


def _tokens(theme: Theme, declared: Sequence[tuple[str, Any]]) -> Iterator[Finding]:
    own = [(path, one) for path, one in declared if one.name.startswith("--")]
    if not own:
        return
    every = "\n".join([*theme.base.values(), *(one.text for one in theme.rules(*SHEETS))])
    known = {name for css in theme.base.values() for name in _SET.findall(css)}
    used = known | set(_USED.findall(every))
    told: set[str] = set()
    for path, one in own:
        if one.name not in used | told:
            told.add(one.name)
            place = Place(path, one.source_line, one.source_column)
            near = nearest(one.name, sorted(known))
            hint = f"Did you mean `{near}`?" if near else "Use it by `var()`, or take it out."
            yield finding("S007", place, f"Nothing uses `{one.name}`.", hint)


def _unset(theme: Theme, declared: Sequence[tuple[str, Any]]) -> Iterator[Finding]:
    """Tokens that a declaration asks for, without a value for that, and nobody sets."""
    base = "\n".join(theme.base.values())
    known = {*_SET.findall(base), *_USED.findall(base), *(one.name for _, one in declared)}
    told: set[str] = set()
    for path, one in declared:
        for name in _ASKED.findall(serialize(one.value)):
            if name in known | told:
                continue
            told.add(name)
            place = Place(path, one.source_line, one.source_column)
            near = nearest(name, sorted(one for one in known if one.startswith("--")))
            hint = f"Did you mean `{near}`?" if near else "Set it under `:root` in tokens.css."
            message = f"`{name}` is set nowhere, so `{one.name}` stays as it was."
            yield finding("S007", place, message, hint)


def _families(theme: Theme, declared: Sequence[tuple[str, Any]]) -> Iterator[Finding]:
    known = {one.family.casefold(): one.family for one in (*faces(), *theme.faces)}
    named = (name for sheet in SHEETS for name in faces_named(theme.css(sheet)))
    known |= {name.strip().casefold(): name.strip() for name in named}
    told: set[str] = set()
    for path, one in declared:
        name = _first(one.value) if one.lower_name in _FAMILIES else ""
        folded = name.casefold()
        if not name or folded in known or folded in _GENERIC or folded in told:
            continue
        told.add(folded)
        place = Place(path, one.source_line, one.source_column)
        message = f"The typeface “{name}” is not there, so the next that is named is taken."
        if faces_of(name, packaged()):
            hint = "Its package is installed: name it in [fonts] of book.toml, too."
        else:
            hint = "Name its file in @font-face; docs/styles.md says how."
            near = nearest(name, known.values())
            hint = f"{suggestion(name, [near], '')} {hint}" if near else hint
        yield finding("G002", place, message, hint)


def _first(tokens: Sequence[Any]) -> str:
    """The first family of a list; empty if it is said elsewhere."""
    words: list[str] = []
    for token in tokens:
        match token.type:
            case "string":
                return str(token.value)
            case "ident":
                words.append(token.value)
            case "whitespace" | "comment":
                continue
            case _:
                break
    return " ".join(words)
