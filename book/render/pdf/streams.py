"""Images and colour profiles that several pieces hold are kept once in the bound file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterable


def share_streams(holders: Iterable[pikepdf.Object]) -> None:
    """Let the resource dictionaries ``holders`` share equal images and equal colour spaces."""
    firsts: dict[str, pikepdf.Object] = {}
    for holder in holders:
        spaces = holder.get("/ColorSpace")
        if spaces is not None:
            holder.ColorSpace = firsts.setdefault(_spaces_digest(spaces), spaces)
        forms = holder.get("/XObject", pikepdf.Dictionary())
        for name, one in list(forms.items()):
            if one.get("/Subtype") == pikepdf.Name.Image:
                forms[name] = firsts.setdefault(_digest(one), one)


def _digest(stream: pikepdf.Object) -> str:
    """The digest of a stream: its bytes as stored, its dictionary, and its mask's, if any."""
    entries = {key: value for key, value in stream.items() if key not in ("/SMask", "/Length")}
    mask = stream.get("/SMask")
    parts = [repr(sorted((key, str(value)) for key, value in entries.items()))]
    parts += [_digest(mask)] if mask is not None else []
    whole = hashlib.sha256("\n".join(parts).encode())
    whole.update(stream.read_raw_bytes())
    return whole.hexdigest()


def _spaces_digest(spaces: pikepdf.Object) -> str:
    """The digest of a colour space dictionary and of the profiles in it."""
    parts = []
    for name in sorted(spaces.keys()):
        for part in spaces[name]:
            profile = isinstance(part, pikepdf.Stream)
            parts.append(_digest(part) if profile else part.unparse().decode("latin-1"))
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()
