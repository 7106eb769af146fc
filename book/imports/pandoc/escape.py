"""Plain text, so that no letter of it is taken for a mark."""

from __future__ import annotations

import re
from itertools import pairwise

# Marks wherever they stand: emphasis, code, links, sub- and superscripts, formulas, attributes.
_ALWAYS = re.compile(r"[\\`*\[\]~^${|]|(?<![^\W_])_|_(?![^\W_])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# Cross references, highlights and private remarks of other tools.
_TOOLS = re.compile(r"(?<!\w)@(?=\w)|=(?==)|%(?=%)|(?<!:):(?=::)|(?<=\W)--(?=[a-z])|^--(?=[a-z])")
# At the beginning of a line: headings, quotations, items, tables, captions, rules.
_START = re.compile(
    r"^(?P<in>[ \t]*)(?:(?P<mark>#{1,6}(?=\s|$)|>|[-+](?=\s|$)|:(?=\s)|[=-]+(?=[ \t]*$)"
    r"|-(?=[ ]?-[ -]*$)|\+{3,}(?=$)|:::)|(?P<number>\(?\d{1,9}|\(?[A-Za-z]|[ivxIVX]+)(?P<stop>[.)])"
    r"(?=\s|$))",
    re.MULTILINE,
)


def escaped(text: str) -> str:
    """``text`` so that a reader of Markdown sees just its letters."""
    text = _ALWAYS.sub(lambda found: "\\" + found.group(), text)
    text = _ENTITY.sub(r"\\&", _TAG.sub(r"\\<", text))
    return _TOOLS.sub(lambda found: "".join("\\" + sign for sign in found.group()), text)


def at_starts(text: str) -> str:
    """A finished paragraph, whose lines begin no list, heading or quotation by chance."""

    def change(found: re.Match[str]) -> str:
        if found["mark"]:
            return f"{found['in']}\\{found['mark']}"
        return f"{found['in']}{found['number']}\\{found['stop']}"

    return _START.sub(change, text)


def fence(code: str, sign: str = "`", least: int = 3) -> str:
    """A fence longer than any row of its ``sign`` within ``code``."""
    rows = [len(row) for row in re.findall(f"{re.escape(sign)}+", code)]
    return sign * max(least, *(row + 1 for row in rows), 1)


def code_span(code: str) -> str:
    """``code`` as code within a line; an empty one is nothing."""
    code = re.sub(r"\s*\n\s*", " ", code)
    if not code:
        return ""
    ticks = fence(code, least=1)
    room = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{ticks}{room}{code}{room}{ticks}"


def joined(parts: list[tuple[str, str]]) -> str:
    """Pieces of a line together; each is text with the tag it would have in HTML, or none.

    Emphasis is written with asterisks where CommonMark (0.31.2, section 6.2) will see it, and
    as a tag elsewhere: beside a letter, an inner end of punctuation opens or closes nothing.
    """
    parts = [part for part in parts if part[0]]
    out: list[str] = []
    around = [("", ""), *parts, ("", "")]
    for at, (text, tag) in enumerate(parts, 1):
        before, after = around[at - 1], around[at + 1]
        out.append(_emphasis(text, tag, before, after) if tag else text)
    return "".join(out)


_SIGNS = {"em": "*", "strong": "**", "del": "~~"}


def _emphasis(text: str, tag: str, before: tuple[str, str], after: tuple[str, str]) -> str:
    lead = text[: len(text) - len(text.lstrip())]
    trail = text[len(text.rstrip()) :]
    inner = text.strip()
    if not inner:
        return text
    sign = _SIGNS[tag]
    left = "" if lead else before[0][-1:]
    right = "" if trail else after[0][:1]
    crowded = (
        (not lead and before[1])
        or (not trail and after[1])
        or left in {"*", "\\", "~"}
        or right in {"*", "~"}
        or (left.isalnum() and not inner[0].isalnum())
        or (right.isalnum() and not inner[-1].isalnum())
        or inner[0] in "*~"
        or inner[-1] in "*~\\"
        or any(a == "\n" and b in "\n\\" for a, b in pairwise(inner))
    )
    marked = f"<{tag}>{inner}</{tag}>" if crowded else f"{sign}{inner}{sign}"
    return f"{lead}{marked}{trail}"
