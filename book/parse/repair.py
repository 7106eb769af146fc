"""Slips of the hand that leave no doubt what was meant, mended before a chapter is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.patterns import pattern
from book.model import Place

if TYPE_CHECKING:
    from book.model import Finding

_LABEL = r"\[\^([^\[\]\s]+)\]"
_DEFINED = pattern(rf"^[ ]{{0,3}}{_LABEL}:", re.MULTILINE)
_BEGINS = pattern(rf"^([ ]{{0,3}}){_LABEL}(?:[ ]+(?P<late>:)|(?=[ ]+\S))", re.MULTILINE)
_CALLED = pattern(rf"(?<=\S)[ ]?{_LABEL}(?!:)")
_NO_BREAK = pattern("^([ ]{0,3}#{1,6})\u00a0", re.MULTILINE)


def repaired(text: str, path: str, skipped: int) -> tuple[str, list[Finding]]:
    """``text`` with the colons that its notes lack, and a finding for each.

    A line that begins with the call of a note which is called above, and nowhere written, is that
    note. A no-break space behind the signs of a heading is a space.
    """
    text = _NO_BREAK.sub("\\1 ", text) if "#\u00a0" in text else text
    if "[^" not in text or not _BEGINS.search(text):
        return text, []
    missing = {found[1] for found in _CALLED.finditer(text)}
    missing -= {found[1] for found in _DEFINED.finditer(text)}
    findings: list[Finding] = []
    done: set[str] = set()

    def mend(found: re.Match[str]) -> str:
        label = found[2]
        above = text[: found.start()].rstrip(" ")
        if label not in missing or label in done or (above and not above.endswith("\n")):
            return found.group()
        done.add(label)
        line = text.count("\n", 0, found.start()) + 1 + skipped
        message = f"The note [^{label}] lacks the colon behind its label; it was read as a note."
        if found["late"]:
            message = (
                f"A space stands before the colon of the note [^{label}]; it was read as a note."
            )
        place = Place(path, line, len(found[1]) + 1)
        findings.append(finding("N004", place, message, f"Write `[^{label}]: …`."))
        return f"{found[1]}[^{label}]:"

    return _BEGINS.sub(mend, text), findings
