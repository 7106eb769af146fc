"""Walking pandoc's tree, and bringing what sections wrap to the top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = dict[str, Any]

# Classes that wrap a part of the text without being anything themselves.
_HELD = frozenset({"epigraph", "verse", "poem", "poetry", "dedication", "center", "flushright"})


def nodes(tree: Any) -> Iterator[Node]:
    """Every element in ``tree``, in the order of the text."""
    waiting = [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if "t" in each:
                yield each
            waiting.extend(reversed(list(each.values())))
        elif isinstance(each, list):
            waiting.extend(reversed(each))


def name_in(node: Node) -> str:
    """The id of an element, or empty."""
    kind, content = node["t"], node.get("c")
    if kind == "Header" and content:
        return str(content[1][0])
    if kind in ("Div", "Span", "Link", "Image", "Code", "CodeBlock", "Figure", "Table") and content:
        return str(content[0][0])
    return ""


def targets(blocks: list[Node]) -> frozenset[str]:
    """The ids that links of the document lead to."""
    found = (node["c"][2][0] for node in nodes(blocks) if node["t"] == "Link")
    return frozenset(str(target)[1:] for target in found if str(target).startswith("#"))


def lists(tree: list[Node]) -> Iterator[list[Node]]:
    """The lists of blocks in ``tree``: its own, and those of divisions, quotations and items."""
    waiting = [tree]
    while waiting:
        each = waiting.pop()
        yield each
        for node in each:
            kind, content = node["t"], node.get("c")
            if kind == "Div" and content:
                waiting.append(content[1])
            elif kind == "BlockQuote" and content:
                waiting.append(content)
            elif kind == "BulletList" and content:
                waiting.extend(content)
            elif kind == "OrderedList" and content:
                waiting.extend(content[1])


def flattened(blocks: list[Node]) -> tuple[list[Node], dict[str, str]]:
    """``blocks`` without the divisions that only wrap, so that headings stand at the top.

    With them come the ids that were theirs, each with that of the heading which is now meant.
    """
    names: dict[str, str] = {}
    found: list[Node] = []
    waiting: list[str] = []
    for block in _unwrapped(blocks, 0):
        alone = _only_names(block)
        if alone:
            waiting += alone
            continue
        if waiting and block["t"] == "Header":
            attributes = block["c"][1]
            attributes[0] = attributes[0] or waiting[-1]
            names.update({name: attributes[0] for name in waiting if name != attributes[0]})
        elif waiting:
            spans = [{"t": "Span", "c": [[name, [], []], []]} for name in waiting]
            found.append({"t": "Para", "c": spans})
        waiting = []
        found.append(block)
    return found, names


def _unwrapped(blocks: list[Node], depth: int) -> Iterator[Node]:
    for block in blocks:
        if block["t"] != "Div" or depth > 200:
            yield block
            continue
        (name, classes, pairs), inner = block["c"]
        if _HELD & set(classes) or dict(pairs).keys() & {"custom-style", "lang"}:
            yield block
            continue
        if name:
            yield {"t": "Para", "c": [{"t": "Span", "c": [[name, [], []], []]}]}
        yield from _unwrapped(inner, depth + 1)


def _only_names(block: Node) -> list[str]:
    """The ids of a paragraph that has nothing else."""
    if block["t"] not in ("Para", "Plain"):
        return []
    inner = block["c"]
    if inner and all(node["t"] == "Span" and not node["c"][1] for node in inner):
        return [node["c"][0][0] for node in inner if node["c"][0][0]]
    return []


def renamed(blocks: list[Node], names: dict[str, str]) -> None:
    """Let links lead to the new ``names``, in place."""
    for node in nodes(blocks):
        if node["t"] == "Link" and node["c"][2][0][:1] == "#":
            name = node["c"][2][0][1:]
            node["c"][2][0] = f"#{names.get(name, name)}"
