"""Custom properties that never change are written out once, before anything is typeset.

WeasyPrint finds a ``var()`` anew for every box of every page, a third of the time that a page
takes. A property that is set on ``:root`` alone has one value everywhere (CSS Custom
Properties 1, section 2), so its value may stand in its place.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import tinycss2

from book.theme.variables import custom, resolved


@lru_cache(maxsize=4)
def written_out(css: str) -> str:
    """``css`` with each ``var()`` of a property that only ``:root`` sets replaced by its value."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True)
    constants: dict[str, list[Any]] = {}
    changing: set[str] = set()
    for where, name, value in custom(rules):
        if where == ":root":
            constants[name] = value
        else:
            changing.add(name)
    known = {name: value for name, value in constants.items() if name not in changing}
    for rule in rules:
        if getattr(rule, "content", None) is not None:
            rule.content = resolved(rule.content, known, partly=True)
    return "".join(rule.serialize() for rule in rules)
