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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: At-rules that hold rules; all others are for print, or fetch.
_NESTING = frozenset({"media", "supports"})
#: EPUB 3.3, section 6.3.1: these two belong in the markup.
_FORBIDDEN = frozenset({"direction", "unicode-bidi"})
#: A chain of custom properties longer than this is taken for a circle.
_DEEPEST = 8

_OPS = "http://www.idpf.org/2007/ops"


def stylesheet(theme: str, font_faces: str) -> str:
    """``theme`` made safe, after the ``@font-face`` rules of our own."""
    rules = tinycss2.parse_stylesheet(theme, skip_comments=True, skip_whitespace=True)
    kept = list(_rules(rules, _custom_properties(rules)))
    return "\n".join(['@charset "utf-8";', f'@namespace epub "{_OPS}";', font_faces, *kept]) + "\n"


def _custom_properties(rules: Iterable[Any]) -> Mapping[str, list[Any]]:
    """The tokens of each ``--name`` that ``:root`` declares."""
    found: dict[str, list[Any]] = {}
    for rule in rules:
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            for declaration in _declarations(rule.content):
                if declaration.name.startswith("--"):
                    found[declaration.name] = declaration.value
    return found


def _declarations(content: Any) -> list[Any]:
    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [node for node in parsed if node.type == "declaration"]


def _rules(rules: Iterable[Any], custom: Mapping[str, list[Any]]) -> Iterator[str]:
    for rule in rules:
        prelude = tinycss2.serialize(rule.prelude).strip() if hasattr(rule, "prelude") else ""
        if rule.type == "qualified-rule":
            lines = list(_lines(rule.content, custom))
            if lines:
                yield f"{prelude} {{ {' '.join(lines)} }}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _NESTING and rule.content:
            if names_address(rule.prelude, selectors=True):
                continue
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            nested = "\n".join(_rules(inner, custom))
            if nested:
                yield f"@{rule.lower_at_keyword} {prelude} {{\n{nested}\n}}"


def _lines(content: Any, custom: Mapping[str, list[Any]]) -> Iterator[str]:
    for declaration in _declarations(content):
        if declaration.name.startswith("--") or declaration.lower_name in _FORBIDDEN:
            continue
        value = _resolved(declaration.value, custom, _DEEPEST)
        if value is None or names_address(value):
            continue
        important = " !important" if declaration.important else ""
        yield f"{declaration.name}: {tinycss2.serialize(value).strip()}{important};"


def _resolved(
    tokens: Iterable[Any], custom: Mapping[str, list[Any]], depth: int
) -> list[Any] | None:
    """``tokens`` with each ``var()`` replaced; None if one leads nowhere."""
    done: list[Any] = []
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            name = next((t.value for t in token.arguments if t.type == "ident"), "")
            value = custom.get(name, _fallback(token.arguments))
            inner = None if value is None or not depth else _resolved(value, custom, depth - 1)
            if inner is None:
                return None
            done += inner
        elif token.type == "function":
            arguments = _resolved(token.arguments, custom, depth)
            if arguments is None:
                return None
            done.append(_with_arguments(token, arguments))
        else:
            done.append(token)
    return done


def _with_arguments(function: Any, arguments: list[Any]) -> Any:
    return tinycss2.ast.FunctionBlock(
        function.source_line, function.source_column, function.name, arguments
    )


def _fallback(arguments: list[Any]) -> list[Any] | None:
    for index, token in enumerate(arguments):
        if token == ",":
            return arguments[index + 1 :]
    return None
