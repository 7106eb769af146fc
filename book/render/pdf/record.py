"""What is kept of a typeset piece beside its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

import msgspec

from book import store


@dataclass(frozen=True, slots=True)
class PieceJob:
    """One piece to typeset: everything that its pages depend on.

    ``html`` is XHTML, ``css`` the theme without margin boxes; ``files`` are the images and
    fonts that they name, by address and SHA-256. ``root`` is where to read them; it does not
    count for the piece's key.
    """

    name: str
    html: str
    css: str
    files: tuple[tuple[str, str], ...]
    root: str
    tagged: bool = True

    def key(self) -> str:
        """The digest of the job and of the libraries that set it."""
        return store.key(self.html, self.css, repr(self.files), str(self.tagged), _versions())


def _versions() -> str:
    names = ("chapbook", "weasyprint", "pydyf", "tinycss2", "cssselect2", "pyphen")
    return " ".join(f"{name} {version(name)}" for name in names)


@dataclass(frozen=True, slots=True)
class Record:
    """Where things stand in a piece; pages are counted from 0.

    ``names`` are the CSS page names of its pages (CSS Paged Media 3, section 7). ``positions``
    are the anchors' left and top in points from the page's lower left corner.
    ``anchors`` gives the page of every id. ``notes`` gives for each note id the pages that it
    stands on, the first being where it begins, and the number of its characters that were set.
    ``starts`` tells for each page how many letters and digits of
    the manuscript's text (see :func:`letters`) stand before it. ``warnings`` are what the typesetter said.
    """

    pages: int
    names: tuple[str, ...]
    anchors: dict[str, int]
    positions: dict[str, tuple[float, float]]
    notes: dict[str, tuple[int, ...]]
    letters: dict[str, int]
    starts: tuple[int, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A typeset piece: its PDF bytes, without folios, and its record."""

    record: Record
    data: bytes


_DECODER = msgspec.msgpack.Decoder(tuple[Record, bytes])


def packed(piece: Piece) -> bytes:
    """``piece`` as bytes to keep."""
    return msgspec.msgpack.encode((piece.record, piece.data))


def unpacked(content: bytes) -> Piece | None:
    """The piece in ``content``, or None if it is none, such as one that an older version kept."""
    try:
        return Piece(*_DECODER.decode(content))
    except msgspec.MsgspecError:
        return None
