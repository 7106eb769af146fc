"""Roles of MyST, and the places with names that they lead to; directives taken apart."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from book.imports.pages import first_heading
from book.imports.prose import FENCE, heading, stretches

if TYPE_CHECKING:
    from book.imports.ledger import Ledger

_KIND = re.compile(r"\{(?P<name>[\w:.+-]+)\}[ \t]*(?P<said>.*)")
_OPTION = re.compile(r"^[ \t]*:(?P<key>[\w-]+):[ \t]*(?P<value>.*)$")
PLACE = re.compile(r"^\((?P<name>[^()\n]+)\)=[ \t]*\n+(?=(?P<next>.*))", re.MULTILINE)
_ROLE = re.compile(r"\{(?P<name>[\w:.+-]+)\}\Z")
_TARGET = re.compile(r"(?P<words>.*?)[ \n]*<(?P<target>[^<>]+)>", re.DOTALL)


class Directive(NamedTuple):
    """A directive: what it is called, what stands behind its name, its options, and its text."""

    name: str
    said: str
    options: dict[str, str]
    body: str


def directive(info: str, body: str) -> Directive | None:
    """The directive of a fence, or None if it is a listing."""
    found = _KIND.fullmatch(info.strip())
    if not found:
        return None
    lines, table = body.split("\n"), {}
    if lines and lines[0].strip() == "---":
        end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
        pairs = (line.partition(":") for line in lines[1:end])
        table = {key.strip(): value.strip().strip("'\"") for key, _, value in pairs if key.strip()}
        lines = lines[end + 1 :]
    while lines and (option := _OPTION.match(lines[0])):
        table[option["key"]] = option["value"].strip()
        lines.pop(0)
    return Directive(found["name"], found["said"].strip(), table, "\n".join(lines).strip("\n"))


class Places:
    """The places with names of a book's texts, each with the words that stand there."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._words: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        for path, text in texts.items():
            self._titles[path.rpartition(".")[0]] = first_heading(PLACE.sub("", text))
            for found in PLACE.finditer(text):
                head = heading(found["next"])
                self._words.setdefault(found["name"], head[1] if head else "")
            for fence in FENCE.finditer(text):
                made = directive(fence["info"], fence["body"]) if "{" in fence["info"] else None
                if made and (name := made.options.get("name") or made.options.get("label")):
                    words = made.said if made.name == "table" else " ".join(made.body.split())
                    self._words.setdefault(name, words)

    def titled(self, address: str, path: str) -> str:
        """The title of the page at ``address``, as seen from ``path``."""
        folder = "" if address.startswith("/") else path.rpartition("/")[0]
        whole = os.path.normpath(f"{folder}/{address.lstrip('/')}".lstrip("/"))
        return self._titles.get(whole.rpartition(".")[0], "") or self._titles.get(whole, "")

    def link(self, text: str, path: str, ledger: Ledger, number: bool = False) -> str:
        """A link by ``text``, a name alone or behind words."""
        found = _TARGET.fullmatch(text)
        name, words = (found["target"], found["words"]) if found else (text, "")
        name = name.strip()
        if name not in self._words:
            mark = ledger.add(f"A cross reference to nothing: {name}", path)
            return mark + (words or name)
        here = re.sub(r"\{[\w:]+\}`([^`]*)`|\[\^[^\]]*\]|[*_`\[\]]", r"\1", self._words[name])
        here = here.rstrip(".") if len(here) <= 60 else here[:60].rpartition(" ")[0] + "…"
        if number:  # “Fig. %s” would be a number, which a caption stands for.
            words = re.sub(r"\{(?:number|name)\}|%s", here, words) if words else here
        return f"[{' '.join((words or here or name).split())}](#{anchor_of(name)})"


def anchor_of(name: str) -> str:
    """The anchor of a name."""
    return re.sub(r"[^\w.-]+", "-", name.strip()).strip("-")


def spoken(text: str, path: str, places: Places, ledger: Ledger) -> str:
    """A role is a name in braces right before code within a line."""
    made: list[str] = []
    for code, part in stretches(text):
        role = _ROLE.search(made[-1]) if code and made and "\n```" not in part else None
        if role:
            made[-1] = made[-1][: role.start()]
            made.append(_role(role["name"], part.strip("`").strip(), path, places, ledger))
        else:
            made.append(part)
    return "".join(made)


def _role(name: str, text: str, path: str, places: Places, ledger: Ledger) -> str:
    target = _TARGET.fullmatch(text)
    words = target["words"] if target else text
    if name in ("ref", "numref", "prf:ref"):
        return places.link(text, path, ledger, number=name != "ref")
    if name in ("doc", "download"):
        address = target["target"] if target else text
        named = words if target else places.titled(address, path) or address.rpartition("/")[2]
        return f"[{named}]({address})"
    if name.startswith("cite"):
        keys = "; ".join(f"@{key.strip()}" for key in text.split(","))
        return keys if re.search(r":(?:t|text\w*|author\w*)$", name) else f"[{keys}]"
    if name == "index" and not target:
        return ""
    return _SHAPES.get(name.rpartition(":")[2], "`%s`") % words.lstrip("~!")


#: What becomes of the words of other roles.
_SHAPES = {
    "math": "$%s$", "eq": "(%s)", "sub": "<sub>%s</sub>", "subscript": "<sub>%s</sub>",
    "sup": "<sup>%s</sup>", "superscript": "<sup>%s</sup>", "kbd": "<kbd>%s</kbd>",
    "strong": "**%s**", "index": "%s", "abbr": "%s",
    **dict.fromkeys(["term", "guilabel", "menuselection", "emphasis", "program", "dfn"], "*%s*"),
}  # fmt: skip
