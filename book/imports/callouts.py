"""Boxes of other tools as GitHub's alerts, which is how we write them."""

from __future__ import annotations

import re

_KINDS = {
    "note": "NOTE", "info": "NOTE", "todo": "NOTE", "abstract": "NOTE", "summary": "NOTE",
    "example": "NOTE", "question": "NOTE", "quote": "NOTE", "tip": "TIP", "hint": "TIP",
    "success": "TIP", "working": "TIP", "important": "IMPORTANT", "warning": "WARNING",
    "attention": "WARNING", "caution": "CAUTION", "danger": "CAUTION", "error": "CAUTION",
    "bug": "CAUTION", "failure": "CAUTION",
}  # fmt: skip


def alert(kind: str, title: str, body: str, lead: str = "") -> str:
    """A box of a kind with its own title, if it has one; ``lead`` stands before each line."""
    lines = [f"> [!{_KINDS.get(kind.casefold(), 'NOTE')}] {' '.join(title.split())}".rstrip()]
    if kind.casefold() in ("quote", "cite"):  # no box, but somebody's words
        lines = [f"> **{' '.join(title.split())}**", ">"] if title.strip() else []
    lines += [f"> {line}".rstrip() for line in body.strip("\n").split("\n")]
    return "\n".join(lead + line for line in lines)


def attributes(text: str) -> dict[str, str]:
    """``#id .class key="value"`` as a table; classes are together under ``class``."""
    found: dict[str, str] = {"class": " ".join(re.findall(r"(?:^|\s)\.([\w-]+)", text))}
    if name := re.search(r"(?:^|\s)#([\w:.-]+)", text):
        found["id"] = name[1]
    for pair in re.finditer(r"""([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s}]+))""", text):
        found[pair[1]] = pair[2] or pair[3] or pair[4] or ""
    return found


def listed(table: dict[str, str], *keys: str) -> str:
    """The ``keys`` of a table as an attribute list, or empty if it has none of them."""
    parts = [f"#{table['id']}"] if "id" in keys and table.get("id") else []
    parts += [f"{key}={table[key]}" for key in keys if key != "id" and table.get(key)]
    return f"{{{' '.join(parts)}}}" if parts else ""
