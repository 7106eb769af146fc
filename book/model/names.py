"""People's names as catalogues have them: ``Family, Given``, and how they are read."""

from __future__ import annotations

import re
from typing import NamedTuple

# What stands behind a name and belongs to no one else: Jr., III, Ph.D.
_SUFFIX = r"(?i:(?:jr|sr|jnr|snr|esq|m\.?d|ph\.?d|fils|père)\.?|[ivx]+)"
#: Names in Chinese, Japanese or Korean letters: the family comes first, and no space.
_EASTERN = "[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+"


class Name(NamedTuple):
    """A name in its parts; ``given`` and ``suffix`` may be empty."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def display_name(self) -> str:
        """In reading order: ``John Smith, Jr.``, ``John Smith III``, ``夏目漱石``."""
        whole = self.family + self.given
        if not whole.isascii() and re.fullmatch(_EASTERN, whole):
            return whole + self.suffix
        name = f"{self.given} {self.family}".strip()
        between = " " if re.fullmatch("[IVX]+", self.suffix) else ", "
        return f"{name}{between}{self.suffix}" if self.suffix else name

    @property
    def filed(self) -> str:
        """As it is filed, the family first: ``Smith, John, Jr.``."""
        return ", ".join(part for part in self if part)


def name_parts(written: str) -> Name:
    """The parts of ``Family, Given``, ``Family, Given, Jr.``, ``Family, Jr., Given`` or one name.

    A name that is written in reading order with a suffix (``John Smith, Jr.``) is one name.
    """
    parts = [part.strip() for part in written.split(",")]
    suffix = ""
    if len(parts) > 2:
        at = next((n for n in (len(parts) - 1, 1) if re.fullmatch(_SUFFIX, parts[n])), 0)
        suffix = parts.pop(at) if at else ""
    elif len(parts) == 2 and re.fullmatch(_SUFFIX, parts[1]):
        return Name(written)
    family, given = parts[0], ", ".join(parts[1:])
    return Name(family, given, suffix) if given else Name(written)


def display_name(name: str) -> str:
    """A name in reading order: ``Sato, Naotake`` reads ``Naotake Sato``; others stay."""
    return name_parts(name).display_name
