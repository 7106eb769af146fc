"""Formulas in Markdown, which stand as their source: as code, so that no sign of it is a mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.imports.prose import outside_code

if TYPE_CHECKING:
    from book.imports.ledger import Ledger

# Pandoc's rule: no blank behind the first dollar and before the last, no digit behind that.
_INLINE = re.compile(r"(?<![\\$\w])\$(?![\s$])(?P<inner>(?:\\.|[^$\\\n])+?)(?<![\s\\])\$(?![\d$])")
_DISPLAY = re.compile(r"(?<!\\)\$\$(?P<inner>(?:(?!\$\$|\n[ \t]*\n).)+)\$\$", re.DOTALL)
_TEX = re.compile(r"[\\^_{}=<>+*/]|^\w$|^[a-zA-Z]\w?$")


def as_code(text: str, path: str, ledger: Ledger) -> str:
    """``text`` with ``$…$`` and ``$$…$$`` as code, each noted; money is left alone."""

    def inline(found: re.Match[str]) -> str:
        if not _TEX.search(found["inner"]) or "`" in found["inner"]:
            return found.group()
        return ledger.add("A formula, which stands as its source.", path) + f"`{found.group()}`"

    def display(found: re.Match[str]) -> str:
        if "`" in found["inner"]:
            return found.group()
        mark = ledger.add("A formula, which stands as its source.", path)
        return f"{mark}`$${' '.join(found['inner'].split())}$$`"

    def change(part: str) -> str:
        return "".join(
            piece if at % 2 else _INLINE.sub(inline, piece)
            for at, piece in enumerate(re.split(r"(`\$\$[^`]*\$\$`)", _DISPLAY.sub(display, part)))
        )

    return outside_code(text, change)
