"""Pandoc's block elements (pandoc-types 1.23, ``Block``) as our Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from book.imports.ledger import is_mark, plain
from book.imports.pandoc.escape import at_starts, fence
from book.imports.pandoc.inlines import Inlines, texts
from book.imports.pandoc.numbered import numbered
from book.imports.pandoc.tables import Tables
from book.parse.markers import marker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.imports.pandoc.context import Context

Node = dict[str, Any]

# Classes of a division that say what it is in a book; others are a web page's own business.
_MEANT = frozenset({"epigraph", "verse", "poem", "poetry", "dedication", "center", "flushright"})
_VERSE = re.compile(r"verse|poe(?:m|try)", re.IGNORECASE)
# What Word and LibreOffice call the paragraphs that a book makes by itself.
_CONTENTS = re.compile(r"(?:toc|contents|table of figures)(?: ?(?:heading|\d))?", re.IGNORECASE)
_USUAL = re.compile(
    r"(?:first|body|compact|normal|plain|default|block|quot|intense quote|foot|end|text|list|table"
    r"|caption|image|captioned|figure|heading|title|subtitle|author|date|abstract|bibliography"
    r"|standard|source code|definition|no spacing|comment|annotation|hyperlink|toc|header|footer)",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"\s*\\(?:newpage|clearpage|cleardoublepage|pagebreak)\b.*", re.DOTALL)


class Blocks:
    """Writes blocks one below the other."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._inlines = Inlines(context)
        self._tables = Tables(context, self._inlines, self.write)
        context.write_note = self.write
        context.letters = texts

    def write(self, nodes: Sequence[Node]) -> str:
        """``nodes`` as Markdown, without empty lines at its ends."""
        parts: list[str] = []
        before = ""
        for node in nodes:
            text = self._block(node).strip("\n")
            if not text:
                continue
            if is_mark(text):
                parts.append(text)
                continue
            if before == node["t"] and before in ("BulletList", "OrderedList"):
                # Else the two would be one list.
                parts.append("<!-- -->")
            parts.append(text)
            before = node["t"]
        return "\n\n".join(parts)

    def _block(self, node: Node) -> str:
        kind, content = node["t"], node.get("c")
        write = getattr(self, f"_{kind.lower()}", None)
        if write is None:
            return self._context.lost(f"Pandoc's {kind}, which isn't known here")
        return str(write(content))

    def _para(self, nodes: Sequence[Node]) -> str:
        if len(nodes) == 1 and nodes[0]["t"] == "RawInline":
            return self._rawblock(nodes[0]["c"])
        return at_starts(self._inlines.line(nodes))

    _plain = _para

    def _lineblock(self, lines: list[list[Node]]) -> str:
        return "\n".join(f"| {self._verse(self._inlines.line(line))}".rstrip() for line in lines)

    @staticmethod
    def _verse(line: str) -> str:
        """Indents of verse are plain spaces here."""
        stripped = line.lstrip("\u00a0 ")
        return " " * (len(line) - len(stripped)) + stripped

    def _codeblock(self, content: list[Any]) -> str:
        (_, classes, _), code = content
        code = plain(code)
        ticks = fence(code)
        language = re.sub(r"[^\w+#.-]", "", classes[0]) if classes else ""
        return f"{ticks}{language}\n{code}\n{ticks}"

    def _rawblock(self, content: list[Any]) -> str:
        form, text = content
        if form in ("tex", "latex", "openxml", "html") and _BREAKS.fullmatch(text):
            return "\\newpage"
        if re.fullmatch(r"<!--\s*-->", text.strip()):
            return ""
        name = "An HTML comment" if text.lstrip().startswith("<!--") else f"Raw {form}"
        return self._context.lost(name, text)

    def _blockquote(self, nodes: Sequence[Node]) -> str:
        inner = self.write(nodes)
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n")) if inner else ""

    def _orderedlist(self, content: list[Any]) -> str:
        (start, style, stop), items = content
        marks, lost = numbered(start, len(items), style["t"], stop["t"])
        return self._items(items, marks, self._context.lost(lost) if lost else "")

    def _bulletlist(self, items: list[list[Node]]) -> str:
        return self._items(items, ["-"] * len(items), "")

    def _items(self, items: list[list[Node]], marks: list[str], lead: str) -> str:
        """Items whose further blocks are indented by four, or as far as their numbers reach."""
        texts_ = [self.write(item) for item in items]
        loose = any("\n\n" in text for text in texts_) or any(
            node["t"] == "Para" for item in items for node in item
        )
        written = []
        for mark, text in zip(marks, texts_, strict=True):
            indent = max(4, len(mark) + 1)
            lines = text.split("\n")
            rest = [f"{' ' * indent}{line}" if line else "" for line in lines[1:]]
            written.append("\n".join([f"{mark.ljust(indent)}{lead}{lines[0]}".rstrip(), *rest]))
            lead = ""
        return ("\n\n" if loose else "\n").join(written)

    def _definitionlist(self, items: list[Any]) -> str:
        written = []
        for term, definitions in items:
            parts = [self._inlines.one_line(term)]
            for blocks in definitions:
                lines = self.write(blocks).split("\n")
                rest = [f"    {line}" if line else "" for line in lines[1:]]
                parts.append("\n".join([f":   {lines[0]}", *rest]))
            written.append("\n".join(parts))
        return "\n\n".join(written)

    def _header(self, content: list[Any]) -> str:
        level, (name, classes, _), nodes = content
        text = self._inlines.one_line(nodes)
        if not text:
            return ""
        # A heading may end in signs that would close it, or in what looks like attributes.
        text = re.sub(r"(#+)$", r"\\\1", text)
        parts = [self._context.attribute(name)]
        parts += [".unnumbered"] if "unnumbered" in classes else []
        inner = " ".join(part for part in parts if part)
        return f"{'#' * min(max(level, 1), 6)} {text}" + (f" {{{inner}}}" if inner else "")

    def _horizontalrule(self, content: object) -> str:
        del content
        return "***"

    def _table(self, content: list[Any]) -> str:
        return self._tables.write(content)

    def _figure(self, content: list[Any]) -> str:
        (name, _, _), (_, caption), blocks = content
        inner = [node for block in blocks for node in _flat(block)]
        images = [node for node in inner if node["t"] == "Image"]
        said = " ".join(self._inlines.one_line(_inline(block)) for block in caption).strip()
        if len(images) != 1 or len(inner) != 1:
            anchor = self._context.anchor(name)
            return "\n\n".join(part for part in (anchor + self.write(blocks), said) if part)
        attributes, nodes, (target, title) = images[0]["c"]
        named = [attributes[0] or name, *attributes[1:]]
        return self._context.image(named, nodes, target, title, said)

    def _div(self, content: list[Any]) -> str:
        (name, classes, pairs), blocks = content
        attributes = dict(pairs)
        style = plain(attributes.get("custom-style", ""))
        if _CONTENTS.fullmatch(style):
            return self._context.lost(
                "A line of the old contents; the book makes its own",
                texts([n for b in blocks for n in _flat(b)]),
            )
        if style and not _USUAL.match(style) and not _VERSE.search(style):
            self._context.style(style)
        if _VERSE.search(style) or set(classes) & {"verse", "poem", "poetry"}:
            return self._context.anchor(name) + self._lines(blocks)
        inner = self.write(blocks)
        kept = [f".{each}" for each in classes if each in _MEANT]
        language = re.sub(r"[^\w-]", "", attributes.get("lang", ""))
        kept += [f"lang={language}"] if language else []
        anchor = self._context.anchor(name)
        if kept and inner:
            colons = fence(inner, ":")
            return f"{anchor}\n\n{colons} {{{' '.join(kept)}}}\n{inner}\n{colons}"
        return _led(anchor, inner)

    def _lines(self, blocks: Sequence[Node]) -> str:
        """Paragraphs of a style for verse as lines of verse, each paragraph a stanza."""
        stanzas = []
        for block in blocks:
            if block["t"] not in ("Para", "Plain"):
                stanzas.append(self._block(block))
                continue
            lines = self._inlines.line(block["c"]).replace("\\\n", "\n").split("\n")
            stanzas.append("\n".join(f"| {self._verse(line)}".rstrip() for line in lines))
        return "\n|\n".join(stanzas)

    def _null(self, content: object) -> str:
        del content
        return ""


def _led(anchor: str, text: str) -> str:
    """A place to link to before ``text``: in its first paragraph, or in one of its own."""
    if not anchor:
        return text
    if re.match(r"#|>|\||:|`{3}|!\[", text) or marker(text.partition("\n")[0]):
        return f"{anchor}\n\n{text}"
    return f"{anchor}{text}"


def _inline(block: Node) -> list[Node]:
    """The inline elements of a block of a caption."""
    if block["t"] in ("Para", "Plain"):
        return list(block["c"])
    if block["t"] == "Div":
        found: list[Node] = []
        for each in block["c"][1]:
            found += [{"t": "Space"}] if found else []
            found += _inline(each)
        return found
    return []


def _flat(block: Node) -> list[Node]:
    """What stands in a block that is a paragraph or holds some; the block itself otherwise."""
    if block["t"] in ("Para", "Plain"):
        return [node for node in block["c"] if node["t"] not in ("Space", "SoftBreak")]
    if block["t"] == "Div":
        return [node for each in block["c"][1] for node in _flat(each)]
    return [block]
