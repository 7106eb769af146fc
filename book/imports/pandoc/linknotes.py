"""Notes that are only links: a small number that leads to a paragraph, which leads back.

HTML and EPUB have no notes; what every converter writes is such a pair of links. Where both
lead to each other, the paragraph is a note and the link its call.
"""

from __future__ import annotations

import re
from typing import Any

from book.imports.pandoc.inlines import texts
from book.imports.pandoc.walk import Node, lists, name_in, nodes

_CALL = re.compile(r"[\[(]?(?:\d{1,4}|[a-z]{1,3}|[*†‡§¶#]{1,4})[\])]?[.:]?", re.IGNORECASE)
_STUB = re.compile(r"^[\s\[\](){}.:]*")


def gathered(blocks: list[Node]) -> int:
    """Turn pairs of links into notes, in place; gives how many calls there were."""
    bodies = _bodies(blocks)
    if not bodies:
        return 0
    used: set[str] = set()
    count = 0
    for each in lists(blocks):
        for block in each:
            if block["t"] in ("Para", "Plain", "Header"):
                holder = block["c"] if block["t"] != "Header" else block["c"][2]
                near = {name for node in nodes(holder) if (name := name_in(node))}
                count += _call(holder, bodies, near, used)
            elif block["t"] in ("Table", "DefinitionList", "LineBlock", "Figure"):
                near = {name for node in nodes(block["c"]) if (name := name_in(node))}
                for inner in _inline_lists(block["c"]):
                    count += _call(inner, bodies, near, used)
    _take_out(blocks, {id(holder) for name in used for holder in bodies[name][0]})
    return count


def _bodies(blocks: list[Node]) -> dict[str, tuple[list[Any], list[Node], set[str]]]:
    """Blocks that lead back somewhere, by their ids.

    Each as the objects to take out, the blocks of the note, and the ids that they lead back to.
    """
    found: dict[str, tuple[list[Any], list[Node], set[str]]] = {}
    for each in lists(blocks):
        for block in each:
            items: list[list[Node]] = [[block]]
            is_list = block["t"] in ("OrderedList", "BulletList")
            if block["t"] == "OrderedList":
                items = block["c"][1]
            elif block["t"] == "BulletList":
                items = block["c"]
            elif block["t"] not in ("Para", "Plain", "Div"):
                continue
            for item in items:
                back = {
                    node["c"][2][0][1:]
                    for node in nodes(item)
                    if node["t"] == "Link" and node["c"][2][0].startswith("#")
                }
                names = [name for node in nodes(item[:1]) if (name := name_in(node))]
                holder: list[Any] = [item] if is_list else [block]
                if back and len(names) <= 4:
                    for name in names:
                        found.setdefault(name, (holder, item, back))
    return found


def _inline_lists(tree: Any) -> list[list[Node]]:
    """The lists of inline elements within blocks that hold them deeper down."""
    found: list[list[Node]] = []
    waiting = [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            if each and all(isinstance(one, dict) and "t" in one for one in each):
                found.append(each)
            waiting.extend(each)
        elif isinstance(each, dict):
            waiting.extend(each.values())
    return found


def _call(
    inlines: list[Node],
    bodies: dict[str, tuple[list[Any], list[Node], set[str]]],
    near: set[str],
    used: set[str],
) -> int:
    """Put notes where they are called within ``inlines``; ``near`` are the ids around."""
    count = 0
    for at, node in enumerate(inlines):
        kind, content = node["t"], node.get("c")
        link = _only_link(node)
        if link is not None and link["c"][2][0].startswith("#"):
            name = link["c"][2][0][1:]
            body = bodies.get(name)
            is_own = body is not None and any(inlines is part.get("c") for part in body[1])
            if body and not is_own and body[2] & near and _CALL.fullmatch(texts(link["c"][1])):
                inlines[at] = {"t": "Note", "c": _without_links(body[1], body[2] & near)}
                used.add(name)
                count += 1
                continue
        if kind in ("Emph", "Strong", "Superscript", "Underline", "Strikeout", "SmallCaps"):
            count += _call(content or [], bodies, near, used)
        elif kind in ("Span", "Link", "Quoted") and content:
            count += _call(content[1], bodies, near, used)
    return count


def _only_link(node: Node) -> Node | None:
    """The link that is all there is in ``node``, or None."""
    while node["t"] in ("Superscript", "Span", "Emph", "Strong"):
        inner = node["c"] if node["t"] != "Span" else node["c"][1]
        inner = [each for each in inner if each["t"] != "Span" or each["c"][1]]
        if len(inner) != 1:
            return None
        node = inner[0]
    return node if node["t"] == "Link" else None


def _without_links(blocks: list[Node], back: set[str]) -> list[Node]:
    """A note's blocks without the way back and without the number that stood there."""
    copied: list[Node] = [_copied(block, back) for block in blocks]
    first = copied[0] if copied else None
    while first is not None and first["t"] == "Div":
        first = first["c"][1][0] if first["c"][1] else None
    if first is not None and first["t"] in ("Para", "Plain"):
        inner = first["c"]
        while inner and inner[0]["t"] in ("Space", "SoftBreak"):
            inner.pop(0)
        if inner and inner[0]["t"] == "Str":
            inner[0]["c"] = (
                _STUB.sub("", inner[0]["c"]) if _STUB.fullmatch(inner[0]["c"]) else inner[0]["c"]
            )
    return copied


def _copied(tree: Any, back: set[str]) -> Any:
    if isinstance(tree, list):
        return [
            _copied(each, back)
            for each in tree
            if not (isinstance(each, dict) and _leads_back(each, back))
        ]
    if isinstance(tree, dict):
        return {key: _copied(value, back) for key, value in tree.items()}
    return tree


def _leads_back(node: Node, back: set[str]) -> bool:
    link = _only_link(node) if node.get("t") else None
    return link is not None and link["c"][2][0][1:] in back


def _take_out(blocks: list[Node], gone: set[int]) -> None:
    """Take the notes away from where they stood, and the heading of a list that is empty now."""
    for each in list(lists(blocks)):
        for block in list(each):
            if block["t"] in ("OrderedList", "BulletList"):
                items = block["c"][1] if block["t"] == "OrderedList" else block["c"]
                kept = [item for item in items if id(item) not in gone]
                if len(kept) < len(items):
                    items[:] = kept
                    block["gone"] = not kept
            if id(block) in gone:
                block["gone"] = True
    for each in list(lists(blocks)):
        _clear(each)


def _clear(each: list[Node]) -> None:
    kept: list[Node] = []
    emptied = False
    for block in [*each, {"t": "Header", "c": [0, ["", [], []], []]}]:
        if block.get("gone") or (block["t"] == "Div" and not block["c"][1]):
            emptied = emptied or bool(block.get("gone"))
            continue
        if block["t"] == "Header" and emptied:
            while kept and kept[-1]["t"] == "HorizontalRule":
                kept.pop()
            if kept and kept[-1]["t"] == "Header" and block["c"][0] <= kept[-1]["c"][0]:
                kept.pop()
        if block["t"] == "Header":
            emptied = False
        kept.append(block)
    each[:] = kept[:-1]
