"""One theme, two sheets: what sets the text, and what sets the folios and running heads.

The theme's ``@page`` rules hold both the page's measures and its margin boxes (CSS Paged Media
3, section 4). Pieces are set without margin boxes, so an edit never typesets its neighbours.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.ast import AtRule, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KEPT_IN_PAGE = {"footnote"}
_LEVELS = frozenset(range(1, 7))
#: What makes an element heard on its page: by its text, by a count, or by going there itself.
_HEARD = {"string-set", "counter-reset", "counter-set", "counter-increment", "position"}
#: A selector's last part: the kind of element, and whether a class or an id follows.
_END = re.compile(r"([\w-]*)([.#]?)[^\s>+~]*$")


@lru_cache(maxsize=4)
def without_margin_boxes(css: str) -> str:
    """``css`` with the margin boxes of its ``@page`` rules taken out."""
    rules: list[Node] = tinycss2.parse_stylesheet(css, skip_comments=True)
    return "".join(_bare(rule).serialize() for rule in rules)


def _bare(rule: Node) -> Node:
    if not isinstance(rule, AtRule) or rule.content is None:
        return rule
    name = rule.lower_at_keyword
    if name == "page":
        inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True)
        kept = [
            one
            for one in inside
            if not isinstance(one, AtRule) or one.lower_at_keyword in _KEPT_IN_PAGE
        ]
        rule.content = tinycss2.parse_component_value_list(
            "".join(one.serialize() + ";" * (one.type == "declaration") for one in kept)
        )
    elif name in ("media", "supports", "layer"):
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True)
        text = "".join(_bare(one).serialize() for one in inner)
        rule.content = tinycss2.parse_component_value_list(text)
    return rule


@lru_cache(maxsize=4)
def heard_levels(css: str) -> frozenset[int]:
    """The levels of headings, 1 to 6, that may have a say in what stands in margin boxes.

    Where it can't be told from a selector's last part, all may have. Headings are taken to have
    neither class nor id, as those of a leaf.
    """
    rules: list[Node] = tinycss2.parse_stylesheet(css, skip_comments=True)
    selectors = list(_heard(rules, ""))
    return frozenset(level for level in _LEVELS if any(_may_be(level, one) for one in selectors))


def _heard(rules: Iterable[Node], outer: str) -> Iterator[str]:
    """The selectors of rules that make an element heard; ``outer`` is that of those around."""
    for rule in rules:
        name = rule.lower_at_keyword if isinstance(rule, AtRule) else ""
        if name == "import":
            yield "*"
        if name == "page" or getattr(rule, "content", None) is None:
            continue
        selector = outer if name else tinycss2.serialize(rule.prelude)
        inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True)
        if any(one.type == "declaration" and one.lower_name in _HEARD for one in inside):
            yield selector
        yield from _heard((one for one in inside if one.type != "declaration"), selector)


def _may_be(level: int, selectors: str) -> bool:
    """Whether one of these selectors may choose a heading of that level."""
    if re.search(r"[(\\&]", selectors):
        return True
    ends = (_END.findall(one.strip())[0] for one in selectors.split(","))
    return any(not named and kind.lower() in ("", f"h{level}") for kind, named in ends)
