"""AsciiDoc for pandoc, which reads one file: what it takes in, and where its references lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from book.base.excerpts import excerpt
from book.imports.pandoc.inlines import texts
from book.imports.pandoc.walk import nodes

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.pandoc.latex import Texts

_INCLUDE = re.compile(r"^include::(?P<path>[^\[\n]+)\[(?P<said>[^\]\n]*)\][ \t]*$")
_VALUE = re.compile(r"^:(?P<name>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*$")
_CALL = re.compile(r"\{(?P<name>[\w-]+)\}")
_OFFSET = re.compile(r"leveloffset=\+?(?P<levels>-?\d)")
#: A reference into another file, which is part of this one now.
_ACROSS = re.compile(r"(?P<open><<|xref:)[\w./-]+#(?P<name>[\w.-]*)")
_CONDITION = re.compile(r"^(?:ifdef|ifndef|ifeval|endif)::.*$", re.MULTILINE)


def whole(texts_: Texts, path: str, ledger: Ledger) -> str:
    """A file of AsciiDoc with those that it includes, as far as they lie in the source."""
    text = _taken(texts_, path, [path], {})
    for found in _CONDITION.findall(text):
        if not found.startswith("endif"):
            ledger.add(f"A condition, of which all is taken: {found}", path)
    return _ACROSS.sub(r"\g<open>\g<name>", _CONDITION.sub("", text))


def _taken(texts_: Texts, path: str, chain: list[str], values: dict[str, str]) -> str:
    lines = []
    for line in texts_.text(path, chain).split("\n"):
        if value := _VALUE.match(line):
            values[value["name"]] = value["value"]
        found = _INCLUDE.match(line)
        lines.append(_included(texts_, found, chain, values) if found else line)
    return "\n".join(lines)


def _included(texts_: Texts, found: re.Match[str], chain: list[str], values: dict[str, str]) -> str:
    name = _CALL.sub(lambda one: values.get(one["name"], one.group()), found["path"].strip())
    inner = texts_.find(name, chain)
    if not inner:
        return ""
    text = _taken(texts_, inner, [*chain, inner], values)
    if part := re.search(r"(?:lines?|tags?)=\"?([\w.:-]+)", found["said"]):
        kept = excerpt(text, part[1].replace("..", ":"))
        text = "\n".join(line for _, line in kept) if kept is not None else text
    offset = _OFFSET.search(found["said"])
    if offset and int(offset["levels"]) > 0:
        text = re.sub(r"^(?==+ \S)", "=" * int(offset["levels"]), text, flags=re.MULTILINE)
    return text


def levelled(blocks: list[dict[str, Any]]) -> bool:
    """Headings as a book has them, in place; gives whether the first level is that of parts.

    Pandoc calls it 0 in a book, be it of parts or of chapters; what is below these is at 2.
    """
    heads = [node for node in nodes(blocks) if node["t"] == "Header"]
    levels = {node["c"][0] for node in heads}
    has_parts = {0, 1} <= levels
    for node in heads:
        node["c"][0] = node["c"][0] + 1 if has_parts else max(node["c"][0], 1)
    return has_parts


def worded(blocks: list[dict[str, Any]]) -> None:
    """References without words say what they lead to, in place."""
    words = {node["c"][1][0]: node["c"][2] for node in nodes(blocks) if node["t"] == "Header"} | {
        node["c"][0][0]: node["c"][1]
        for node in nodes(blocks)
        if node["t"] == "Image" and node["c"][0][0]
    }
    for node in nodes(blocks):
        if node["t"] == "Link" and node["c"][2][0].startswith("#"):
            name = node["c"][2][0][1:]
            if texts(node["c"][1]) in (name, f"#{name}") and words.get(name):
                node["c"][1] = words[name]
