"""Custom properties that never change are written out once, before anything is typeset.

WeasyPrint finds a ``var()`` anew for every box of every page, a third of the time that a page
takes. A property that is set on ``:root`` alone has one value everywhere (CSS Custom
Properties 1, section 2), so its value may stand in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def written_out(css: str) -> str:
    """``css`` with each ``var()`` of a property that only ``:root`` sets replaced by its value."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True)
    constants: dict[str, list[Any]] = {}
    changing: set[str] = set()
    for prelude, name, value in _custom(rules):
        if prelude == ":root":
            constants[name] = value
        else:
            changing.add(name)
    known = {name: value for name, value in constants.items() if name not in changing}
    for rule in rules:
        if getattr(rule, "content", None) is not None:
            rule.content = list(_settled(rule.content, known))
    return "".join(rule.serialize() for rule in rules)


def _custom(rules: Iterable[Any], outer: str = "") -> Iterator[tuple[str, str, list[Any]]]:
    """Every custom property that the rules set: where, its name, its value."""
    for rule in rules:
        if getattr(rule, "content", None) is None:
            continue
        prelude = outer + tinycss2.serialize(rule.prelude).strip()
        inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True)
        yield from _custom((one for one in inside if one.type != "declaration"), f"{prelude} ")
        for one in inside:
            if one.type == "declaration" and one.name.startswith("--"):
                yield prelude, one.name, one.value


def _settled(tokens: Iterable[Any], known: Mapping[str, list[Any]]) -> Iterator[Any]:
    """``tokens`` with what is ``known`` written out; a property that needs itself never is."""
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            name = next((one.value for one in token.arguments if one.type == "ident"), "")
            if name in known:
                others = {other: value for other, value in known.items() if other != name}
                yield from _settled(known[name], others)
                continue
        for slot in ("arguments", "content"):
            if hasattr(token, slot):
                setattr(token, slot, list(_settled(getattr(token, slot), known)))
        yield token
