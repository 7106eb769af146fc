"""Pandoc's tables as ours: with bars where they can be, else in HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from book.imports.pandoc.context import Context
    from book.imports.pandoc.inlines import Inlines

Node = dict[str, Any]

_RULES = {"AlignLeft": ":---", "AlignRight": "---:", "AlignCenter": ":---:"}
_SIDES = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}


class Tables:
    """Writes tables; ``blocks`` writes what stands in a cell."""

    def __init__(
        self, context: Context, inlines: Inlines, blocks: Callable[[Sequence[Node]], str]
    ) -> None:
        self._context, self._inlines, self._blocks = context, inlines, blocks

    def write(self, content: list[Any]) -> str:
        """One table with its caption, and a place to link to if it is linked to."""
        (name, _, _), (_, caption), columns, (_, head), bodies, (_, foot) = content
        rows = [row for _, _, more, own in bodies for row in (*more, *own)] + foot
        said = " ".join(self._caption(block) for block in caption).strip()
        cells = [cell for _, row in (*head, *rows) for cell in row]
        anchor = self._context.anchor(name)
        if not cells:
            return anchor + said
        if len(head) > 1 or any(cell[2] != 1 or cell[3] != 1 for cell in cells):
            table = self._html(head, rows, said)
        else:
            table = self._barred(head, rows, [alignment["t"] for alignment, _ in columns])
            table += f"\n\n: {said}" if said else ""
        return f"{anchor}\n\n{table}" if anchor else table

    def _caption(self, block: Node) -> str:
        if block["t"] == "Div":
            return " ".join(self._caption(each) for each in block["c"][1])
        return self._inlines.one_line(block["c"]) if block["t"] in ("Para", "Plain") else ""

    def _barred(self, head: list[Any], rows: list[Any], alignments: list[str]) -> str:
        """``| a | b |``; a row of empty heads stands for none."""
        count = len(alignments)
        heads = [self._cell(cell) for cell in head[0][1]] if head else []
        lines = [heads + [""] * (count - len(heads)), [_RULES.get(a, "---") for a in alignments]]
        lines += [[self._cell(cell) for cell in row] for _, row in rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def _cell(self, cell: list[Any]) -> str:
        """A cell in one line: paragraphs are parted by breaks, items by bullets."""
        return "<br>".join(part for block in cell[4] if (part := self._flat(block)))

    def _flat(self, block: Node) -> str:
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain"):
            return self._inlines.one_line(content or [])
        if kind in ("BulletList", "OrderedList"):
            ordered = kind == "OrderedList"
            items = content[1] if ordered and content else content or []
            first = content[0][0] if ordered and content else 0
            return "<br>".join(
                (f"{first + at}\\. " if ordered else "• ")
                + "<br>".join(part for each in item if (part := self._flat(each)))
                for at, item in enumerate(items)
            )
        if kind in ("Div", "BlockQuote", "Figure") and content:
            inner = content if kind == "BlockQuote" else content[-1]
            return "<br>".join(part for each in inner if (part := self._flat(each)))
        text = self._blocks([block])
        mark = self._context.lost(f"A {kind} within a cell of a table, which is one line")
        return mark + re.sub(r"\s*\n\s*", "<br>", text).replace("|", "\\|")

    def _html(self, head: list[Any], rows: list[Any], caption: str) -> str:
        """A table whose cells span others; Markdown stands within the cells."""
        parts = ["<table>"]
        parts += [f"<caption>{caption}</caption>"] if caption else []
        if head:
            parts += ["<thead>", *(self._row(row, "th") for _, row in head), "</thead>"]
        parts += ["<tbody>", *(self._row(row, "td") for _, row in rows), "</tbody>", "</table>"]
        return "\n".join(parts)

    def _row(self, cells: list[Any], tag: str) -> str:
        written = []
        for _, alignment, rows, columns, blocks in cells:
            spans = f' rowspan="{rows}"' if rows > 1 else ""
            spans += f' colspan="{columns}"' if columns > 1 else ""
            side = _SIDES.get(alignment["t"])
            spans += f' align="{side}"' if side else ""
            inner = "<br>".join(part for block in blocks if (part := self._flat(block)))
            written.append(f"<{tag}{spans}>{inner}</{tag}>")
        return f"<tr>{''.join(written)}</tr>"
