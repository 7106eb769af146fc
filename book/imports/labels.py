"""Labels of notes and places that stand twice, where a text is taken into another."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from book.imports import split
from book.imports.prose import outside_code

if TYPE_CHECKING:
    from book.imports.source import Shelf

_PLACE = re.compile(r'<span id="([^"<>]+)"></span>')


def apart(text: str, notes: set[str], references: set[str], name: str) -> str:
    """``text`` with other labels for these ``notes`` and ``references``; ``name`` leads them."""
    prefix = re.sub(r"[^\w-]", "", name)[:20] or "x"

    def change(part: str) -> str:
        for label in notes:
            part = part.replace(f"[^{label}]", f"[^{prefix}-{label}]")
        for label in references:
            pattern = re.compile(rf"\[{re.escape(label)}\](?!\()", re.IGNORECASE)
            part = pattern.sub(f"[{prefix}-{label}]", part)
        return part

    return outside_code(text, change)


class TakenLabels:
    """The labels that each text has that others are taken into."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._notes: dict[str, set[str]] = {}
        self._places: dict[str, set[str]] = {}

    def told_apart(self, text: str, host: str, source: str) -> str:
        """``text`` of the file ``source`` as it may stand in the file ``host``.

        A note that is called so there already gets another label, and a place no name.
        """
        text = self._named_once(text, host)
        own = set(split.definitions(text).notes)
        if not own:
            return text
        known = self._notes.get(host)
        if known is None:
            known = set(split.definitions(self._shelf.text_of(host) or "").notes)
            self._notes[host] = known
        doubled = {label for label in own if label in known}
        stem = re.sub(r"[^\w-]+", "-", PurePosixPath(source).stem.lower())[:16]
        name, count = stem, 1
        while any(f"{name}-{label}" in known for label in doubled):
            count += 1
            name = f"{stem}-{count}"
        known |= (own - doubled) | {f"{name}-{label}" for label in doubled}
        return apart(text, doubled, set(), name) if doubled else text

    def _named_once(self, text: str, host: str) -> str:
        known = self._places.setdefault(host, set())

        def once(found: re.Match[str]) -> str:
            is_new = found[1] not in known
            known.add(found[1])
            return found.group() if is_new else ""

        return _PLACE.sub(once, text)
