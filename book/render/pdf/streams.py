"""Images and colour profiles that several pieces hold are kept once in the bound file."""

from __future__ import annotations

import hashlib

import pikepdf


class SharedStreams:
    """What has been met of images and colour spaces, each under its digest."""

    def __init__(self) -> None:
        self._firsts: dict[str, pikepdf.Object] = {}
        self._taken: set[tuple[int, int]] = set()

    def take(self, resources: pikepdf.Object) -> None:
        """Let a piece's ``resources`` name the first of each stream that is equal to its own."""
        spaces = resources.get("/ColorSpace", pikepdf.Dictionary())
        if spaces.is_indirect and spaces.objgen in self._taken:
            return
        self._taken.add(spaces.objgen)
        for name in list(spaces.keys()):
            spaces[name] = self._first_space(spaces[name])
        forms = resources.get("/XObject", pikepdf.Dictionary())
        for name in list(forms.keys()):
            form = forms[name]
            if form.get("/Subtype") == pikepdf.Name.Image:
                forms[name] = self._firsts.setdefault(_digest(form), form)
            elif "/CS" in form.get("/Group", {}):
                form.Group.CS = self._first_space(form.Group.CS)

    def _first_space(self, space: pikepdf.Object) -> pikepdf.Object:
        return self._firsts.setdefault(_space_digest(space), space)


def _digest(stream: pikepdf.Object) -> str:
    """The digest of a stream: its bytes as stored, its dictionary, and its mask's, if any."""
    entries = {key: value for key, value in stream.items() if key not in ("/SMask", "/Length")}
    mask = stream.get("/SMask")
    parts = [repr(sorted((key, str(value)) for key, value in entries.items()))]
    parts += [_digest(mask)] if mask is not None else []
    whole = hashlib.sha256("\n".join(parts).encode())
    whole.update(stream.read_raw_bytes())
    return whole.hexdigest()


def _space_digest(space: pikepdf.Object) -> str:
    """The digest of a colour space and of the profile in it."""
    parts = [
        _digest(part) if isinstance(part, pikepdf.Stream) else part.unparse().decode("latin-1")
        for part in space
    ]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()
