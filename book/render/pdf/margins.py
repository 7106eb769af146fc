"""One theme, two sheets: what sets the text, and what sets the folios and running heads.

The theme's ``@page`` rules hold both the page's measures and its margin boxes (CSS Paged Media
3, section 4). Pieces are set without margin boxes, so an edit never typesets its neighbours.
"""

from __future__ import annotations

import tinycss2
from tinycss2.ast import AtRule, Node

_KEPT_IN_PAGE = {"footnote"}


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
