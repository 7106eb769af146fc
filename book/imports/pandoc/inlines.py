"""Pandoc's inline elements (pandoc-types 1.23, ``Inline``) as our Markdown."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from book.imports.formulas import written
from book.imports.ledger import SMALL_END, SMALL_START, plain
from book.imports.pandoc.context import name_of
from book.imports.pandoc.escape import code_span, escaped, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from book.imports.pandoc.context import Context

Node = dict[str, Any]
Piece = tuple[str, str]

_CJK = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BETWEEN_CJK = re.compile(f"(?<={_CJK})\n(?={_CJK})")
_SHORT = re.compile(r"[^\W_]+")
_TAGS = {"kbd": "kbd", "mark": "mark", "var": "var", "dfn": "dfn", "samp": "samp", "cite": "cite"}
#: What names a formula, and refers to one.
_NAMES = re.compile(r"(\\(?:label|(?:eq)?ref))\{([^{}]+)\}")
_HARMLESS = re.compile(
    r"</?(?:ruby|rt|rp|rb|br|wbr|cite|q|u|s|del|ins|small|bdi|bdo|time|i|b|em|strong|sup|sub)\b"
    r"[^>]*>",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"\\(?:newpage|clearpage|cleardoublepage|pagebreak)\b")


def texts(nodes: Sequence[Node]) -> str:
    """The letters of ``nodes`` alone, without notes."""
    words: list[str] = []
    for node in nodes:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            words.append(content)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            words.append(" ")
        elif kind in ("Code", "Math"):
            words.append(content[1])
        elif kind in ("Quoted", "Cite", "Span", "Link", "Image"):
            words.append(texts(content[1]))
        elif kind not in ("Note", "RawInline") and isinstance(content, list):
            words.append(texts(content))
    return plain("".join(words))


class Inlines:
    """Writes lines of text; what it meets on the way goes into the context."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def line(self, nodes: Sequence[Node]) -> str:
        """``nodes`` as Markdown, in one or more lines."""
        text = joined(self._pieces(nodes))
        text = re.sub(r"[ \t]+\n", "\n", _BETWEEN_CJK.sub("", text)).strip(" \t\n")
        return text.removesuffix("\\") if text.endswith("\\") and text[-2:] != "\\\\" else text

    def one_line(self, nodes: Sequence[Node]) -> str:
        """The same within a heading or cell, where a break is ``<br>``."""
        return self.line(nodes).replace("\\\n", "<br>").replace("\n", " ")

    def _pieces(self, nodes: Sequence[Node]) -> list[Piece]:
        pieces: list[Piece] = []
        words: list[str] = []
        for node in [*nodes, {"t": "End"}]:
            kind = node["t"]
            if kind == "Str":
                words.append(plain(node["c"]))
            elif kind in ("Space", "SoftBreak"):
                words.append(" " if kind == "Space" else "\n")
            else:
                if words:
                    pieces.append((_small(escaped("".join(words))), ""))
                    words = []
                if kind != "End":
                    pieces.append(self._piece(node))
        return pieces

    def _piece(self, node: Node) -> Piece:
        kind: str = node["t"]
        content: Any = node.get("c")
        tag = {"Emph": "em", "Strong": "strong", "Strikeout": "del"}.get(kind)
        if tag:
            return joined(self._pieces(content)), tag
        write: Callable[[Any], str] | None = getattr(self, f"_{kind.lower()}", None)
        if write is None:
            return self._context.lost(f"Pandoc's {kind}, which isn't known here"), ""
        return write(content), ""

    def _inner(self, nodes: Sequence[Node]) -> str:
        return joined(self._pieces(nodes))

    def _linebreak(self, content: object) -> str:
        del content
        return "\\\n"

    def _smallcaps(self, nodes: Sequence[Node]) -> str:
        return self._classed(nodes, ".smallcaps")

    def _underline(self, nodes: Sequence[Node]) -> str:
        return self._classed(nodes, ".underline")

    def _classed(self, nodes: Sequence[Node], inner: str) -> str:
        text = self._inner(nodes)
        core = text.strip()
        return text.replace(core, f"[{core}]{{{inner}}}", 1) if core else text

    def _superscript(self, nodes: Sequence[Node]) -> str:
        text = self._inner(nodes)
        return f"^{text}^" if _SHORT.fullmatch(text) else f"<sup>{text}</sup>" if text else ""

    def _subscript(self, nodes: Sequence[Node]) -> str:
        text = self._inner(nodes)
        return f"~{text}~" if _SHORT.fullmatch(text) else f"<sub>{text}</sub>" if text else ""

    def _quoted(self, content: list[Any]) -> str:
        sign = '"' if content[0]["t"] == "DoubleQuote" else "'"
        return f"{sign}{self._inner(content[1])}{sign}"

    def _cite(self, content: list[Any]) -> str:
        inner = content[1]
        raw = inner and all(each["t"] in ("RawInline", "Str", "Space") for each in inner)
        keys = [each["citationId"] for each in content[0]]
        if raw and any(each["t"] == "RawInline" or "@" in str(each.get("c")) for each in inner):
            mark = self._context.lost("A citation, left as its keys", " ".join(keys))
            return mark + escaped("[" + "; ".join(f"@{key}" for key in keys) + "]")
        return self._inner(inner)

    def _code(self, content: list[Any]) -> str:
        return code_span(plain(content[1]))

    def _math(self, content: list[Any]) -> str:
        self._context.formulas += 1
        tex, display = plain(content[1]).strip(), content[0]["t"] == "DisplayMath"
        tex = _NAMES.sub(lambda found: f"{found[1]}{{{name_of(found[2])}}}", tex)
        if not tex or (text := written(tex, display=display)):
            return text if tex else ""
        return self._context.lost("A formula, which stands as its source") + code_span(tex)

    def _note(self, blocks: list[Node]) -> str:
        return f"[^{self._context.note(blocks)}]"

    def _rawinline(self, content: list[Any]) -> str:
        form, text = content
        if form in ("html", "html5") and _HARMLESS.fullmatch(text):
            return plain(text)
        if form in ("tex", "latex") and _BREAKS.match(text):
            return ""
        name = "An HTML comment" if text.startswith("<!--") else f"Raw {form}"
        return self._context.lost(name, text)

    def _link(self, content: list[Any]) -> str:
        (name, classes, pairs), nodes, (target, _) = content
        if "footnote-back" in classes:
            return ""
        if texts(nodes) == f"[{dict(pairs).get('reference')}]":  # The book says what is there.
            return f"[](#{name_of(target[1:])})"
        text = self._inner(nodes).replace("\\\n", " ").replace("\n", " ").strip()
        anchor = self._context.anchor(name)
        if not target or not text:
            return f"{anchor}{text}"
        if "uri" in classes or plain(target) == texts(nodes):
            bare = re.fullmatch(r"(?:https?://|mailto:)[^\s<>]+", target)
            if bare:
                return f"{anchor}<{plain(target).removeprefix('mailto:')}>"
        if target.startswith("#"):
            target = f"#{name_of(target[1:])}"
        return f"{anchor}[{text}]({_address(target)})"

    def _image(self, content: list[Any]) -> str:
        attributes, nodes, (target, title) = content
        return self._context.image(attributes, nodes, target, title, "")

    def _span(self, content: list[Any]) -> str:
        (name, classes, pairs), nodes = content
        attributes = dict(pairs)
        if {"comment-start", "comment-end"} & set(classes):
            return self._context.comment(classes, attributes, texts(nodes))
        change = {"insertion": "ins", "deletion": "del"}.get(classes[0] if classes else "")
        anchor = self._context.anchor(name)
        if change:
            return f"{anchor}<{change}>{self._inner(nodes)}</{change}>"
        if {"smallcaps", "underline"} & set(classes):
            return anchor + self._classed(nodes, f".{next(iter(classes))}")
        text = self._inner(nodes)
        if not text.strip():
            return anchor + text
        return anchor + _tagged(text, classes, attributes)


def _small(text: str) -> str:
    return text.replace(SMALL_START, "[").replace(SMALL_END, "]{.smallcaps}")


def _tagged(text: str, classes: Sequence[str], attributes: dict[str, str]) -> str:
    """``text`` in the element that its class or language asks for, if any."""
    for name in classes:
        if name in _TAGS:
            return f"<{name}>{text}</{name}>"
    if "abbr" in classes and attributes.get("title"):
        return f'<abbr title="{html.escape(plain(attributes["title"]))}">{text}</abbr>'
    kept = [
        f'{key}="{html.escape(value)}"'
        for key in ("lang", "dir")
        if (value := plain(attributes.get(key, "")))
    ]
    return f"<span {' '.join(kept)}>{text}</span>" if kept else text


def _address(target: str) -> str:
    """An address as it stands in parentheses, in angle brackets where it holds what ends it."""
    target = plain(target).replace("\n", "").strip()
    if re.search(r"[\s()<>]", target):
        return f"<{target.replace('<', '%3C').replace('>', '%3E')}>"
    return target
