"""The stylesheet of the ebook: the theme, made safe and plain for every reading system.

A theme comes from strangers, so nothing in it may fetch: ``@import`` goes, and every value with a
function that is not known to name no address (:mod:`book.base.allowed`).
Custom properties of ``:root`` are put in place (CSS Custom Properties 1), since older reading
systems do not know them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tinycss2

from book.base.allowed import names_address
from book.theme.variables import custom, resolved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: At-rules that hold rules; all others are for print, or fetch.
_NESTING = frozenset({"media", "supports"})
#: EPUB 3.3, section 6.3.1: these two belong in the markup.
_FORBIDDEN = frozenset({"direction", "unicode-bidi"})
_OPS = "http://www.idpf.org/2007/ops"


def stylesheet(theme: str, font_faces: str) -> str:
    """``theme`` made safe, after the ``@font-face`` rules of our own."""
    rules = tinycss2.parse_stylesheet(theme, skip_comments=True, skip_whitespace=True)
    known = {name: value for where, name, value in custom(rules) if where == ":root"}
    kept = list(_rules(rules, known))
    return "\n".join(['@charset "utf-8";', f'@namespace epub "{_OPS}";', font_faces, *kept]) + "\n"


def _declarations(content: Any) -> list[Any]:
    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [node for node in parsed if node.type == "declaration"]


def _rules(rules: Iterable[Any], known: Mapping[str, list[Any]]) -> Iterator[str]:
    for rule in rules:
        prelude = tinycss2.serialize(rule.prelude).strip() if hasattr(rule, "prelude") else ""
        if rule.type == "qualified-rule":
            lines = list(_lines(rule.content, known))
            if lines:
                yield f"{prelude} {{ {' '.join(lines)} }}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _NESTING and rule.content:
            if names_address(rule.prelude, selectors=True):
                continue
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            nested = "\n".join(_rules(inner, known))
            if nested:
                yield f"@{rule.lower_at_keyword} {prelude} {{\n{nested}\n}}"


def _lines(content: Any, known: Mapping[str, list[Any]]) -> Iterator[str]:
    for declaration in _declarations(content):
        if declaration.name.startswith("--") or declaration.lower_name in _FORBIDDEN:
            continue
        value = resolved(declaration.value, known)
        if value is None or names_address(value):
            continue
        important = " !important" if declaration.important else ""
        yield f"{declaration.name}: {tinycss2.serialize(value).strip()}{important};"
