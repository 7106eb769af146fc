"""What is gathered while a tree is written: notes, pictures, anchors, losses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from book.imports.ledger import plain
from book.imports.pandoc.escape import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from book.imports.ledger import Ledger

# The width of the text on a page of A4 or Letter as word processors have it, in inches.
_TEXT_WIDTH = 6.3
_INCHES = {"in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72, "px": 1 / 96, "pc": 1 / 6}


class Context:
    """One document's. ``targets`` are the ids that some link of it leads to."""

    def __init__(self, ledger: Ledger, source: str, targets: frozenset[str]) -> None:
        self._ledger, self._source = ledger, source
        self._targets = targets
        self._given: set[str] = set()
        self.notes: list[tuple[str, str]] = []
        self.write_note: Callable[[Sequence[Any]], str] = str
        self.letters: Callable[[Sequence[Any]], str] = str
        self.formulas = 0
        self.keep_comments = False
        self._styles: dict[str, int] = {}

    def lost(self, what: str, text: str = "") -> str:
        """Note what could not be carried over, with its first letters; gives a mark."""
        short = " ".join(plain(text).split())
        short = f"{short[:150]}…" if len(short) > 150 else short
        return self._ledger.add(f"{what}: {short}" if short else f"{what}.", self._source)

    def note(self, blocks: Sequence[Any]) -> str:
        """Put a note aside; gives its label, a number that counts through the document."""
        label = str(len(self.notes) + 1)
        self.notes.append((label, ""))
        at = len(self.notes) - 1
        self.notes[at] = (label, self.write_note(blocks))
        return label

    def anchor(self, name: str) -> str:
        """A place that can be linked to, if anything links to it; the first of its name only."""
        if not name or name not in self._targets or name in self._given:
            return ""
        self._given.add(name)
        return f'<span id="{name_of(name)}"></span>'

    def attribute(self, name: str) -> str:
        """``#name`` for an attribute list, or empty; as above."""
        if not name or name not in self._targets or name in self._given:
            return ""
        self._given.add(name)
        return f"#{name_of(name)}"

    def style(self, name: str) -> None:
        """Count a style of the source that has no mark of its own here."""
        self._styles[name] = self._styles.get(name, 0) + 1

    def report_styles(self) -> None:
        """Note the styles that were met, each once."""
        for name, count in self._styles.items():
            times = f"{count} paragraph{'s' * (count != 1)}"
            message = f"The style “{name}” ({times}) has no mark here; the text stays."
            self._ledger.add(message, self._source)

    def comment(self, classes: Sequence[str], attributes: dict[str, str], text: str) -> str:
        """A reviewer's comment: a remark that is never published, or a line in the list."""
        if "comment-start" not in classes:
            return ""
        author = plain(attributes.get("author", ""))
        if self.keep_comments:
            said = re.sub(r"--+", "–", f"{author}: {text}" if author else text)
            return f"<!-- {said.replace('>', '›')} -->"
        return self.lost(f"A comment by {author}" if author else "A comment", text)

    def image(
        self, attributes: list[Any], nodes: Sequence[Any], target: str, title: str, caption: str
    ) -> str:
        """A picture with its alternative text; ``caption`` stands below it."""
        name, _, pairs = attributes
        alternative = escaped(self.letters(nodes)).replace("\n", " ").strip()
        if caption and not alternative:
            alternative = escaped(_unmarked(caption))
        title = caption or escaped(plain(title))
        shown = f' "{_in_title(title)}"' if title and (caption or title != alternative) else ""
        inner = " ".join(part for part in (self.attribute(name), _width(dict(pairs))) if part)
        source = plain(target).replace("\n", "").replace("<", "%3C").replace(">", "%3E")
        return f"![{alternative}](<{source}>{shown})" + (f"{{{inner}}}" if inner else "")


def name_of(name: str) -> str:
    """``name`` as an id that can stand in an attribute list or an address."""
    return re.sub(r"[^\w.-]+", "-", plain(name)).strip("-") or "place"


def _in_title(text: str) -> str:
    """A caption between straight quotation marks."""
    return re.sub(r"\s*\n\s*", " ", text.replace("\\\n", " ")).replace('"', "&quot;")


def _unmarked(text: str) -> str:
    return re.sub(r"\[\^[^\]]*\]|<[^>]*>|[\\*~^]|\]\([^)]*\)|\{[^}]*\}|[\[\]]", "", text).strip()


def _width(attributes: dict[str, str]) -> str:
    """``width=50%`` from a width in per cent or in a unit of length."""
    said = attributes.get("width", "")
    if style := re.search(r"width:\s*([\d.]+\w*%?)", attributes.get("style", "")):
        said = said or style[1]
    found = re.fullmatch(r"([\d.]+)\s*(%|in|cm|mm|pt|px|pc|\\textwidth|\\linewidth)?", said)
    if not found or found[1].count(".") > 1 or found[1] == ".":
        return ""
    amount, unit = float(found[1]), found[2] or "px"
    share = {"%": amount, "\\textwidth": amount * 100, "\\linewidth": amount * 100}.get(
        unit, amount * _INCHES.get(unit, 0) / _TEXT_WIDTH * 100
    )
    return f"width={max(round(share), 1)}%" if 0 < share < 95 else ""
