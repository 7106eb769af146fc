"""The fonts that every book can count on: Source Serif, Source Sans and IBM Plex Mono.

They come as packages (SIL Open Font License 1.1), so the same text breaks into the same pages
on every machine. A theme adds its own with ``@font-face`` and files beside its CSS.
"""

from __future__ import annotations

import hashlib
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.kept import kept
from book.base.paths import ChangedError, content
from book.base.ttc import single
from book.base.woff import is_too_long

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import uharfbuzz

#: Where fonts live in the book's private address space; see :mod:`book.render.fetch`.
FONT_URL = "https://book.invalid/.fonts/"

#: The face of code.
MONO = "IBM Plex Mono"

_CUTS = {
    ("Source Serif", 400, "normal"): "SourceSerifPro-Regular.otf",
    ("Source Serif", 400, "italic"): "SourceSerifPro-It.otf",
    ("Source Serif", 600, "normal"): "SourceSerifPro-Semibold.otf",
    ("Source Serif", 600, "italic"): "SourceSerifPro-SemiboldIt.otf",
    ("Source Sans", 400, "normal"): "SourceSansPro-Regular.otf",
    ("Source Sans", 400, "italic"): "SourceSansPro-It.otf",
    ("Source Sans", 600, "normal"): "SourceSansPro-Semibold.otf",
    ("Source Sans", 600, "italic"): "SourceSansPro-SemiboldIt.otf",
    (MONO, 400, "normal"): "IBMPlexMono-Regular.ttf",
    (MONO, 400, "italic"): "IBMPlexMono-Italic.ttf",
    (MONO, 600, "normal"): "IBMPlexMono-SemiBold.ttf",
    (MONO, 600, "italic"): "IBMPlexMono-SemiBoldItalic.ttf",
}
_PACKAGES = {
    "Source Serif": "font_source_serif_pro",
    "Source Sans": "font_source_sans_pro",
    MONO: "fontpkg_ibm_plex_mono",
}
#: Family, subfamily, licence and the names that CSS or a font menu may ask for (OpenType name).
_NAMES = frozenset({0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17})
_ENGLISH = 0x409


class FontFile(Struct, frozen=True):
    """Where a font lies, and the SHA-256 of its bytes, if somebody has read it before.

    ``root`` is the folder of the book whose own it is; other fonts are a package's, or the
    machine's. ``index`` tells which it is of those that share a file; its digest is then its own.
    """

    path: Path
    digest: str = ""
    root: Path | None = None
    index: int | None = None

    def read(self) -> bytes:
        """Its bytes; of a book's own by the one door (:mod:`book.base.paths`).

        Raises OSError if it can't be read, ValueError if its file has no such font, and
        ChangedError if it is not what it was.
        """
        if self.root is None:
            data: bytes | None = self.path.read_bytes()
        else:
            data = content(self.root, self.path.relative_to(self.root).as_posix())
        if data is not None and self.index is not None:
            data = single(data, self.index)
        if data is None or (self.digest and hashlib.sha256(data).hexdigest() != self.digest):
            raise ChangedError.of(self.path.name)
        return data


class Face(Struct, frozen=True):
    """One cut of a family: what CSS calls it, its file and the address that it is served at.

    A ``variable`` font has all weights.
    """

    family: str
    weight: int
    style: str
    file: FontFile
    url: str
    variable: bool = False

    @property
    def path(self) -> Path:
        """Where its file lies."""
        return self.file.path

    @property
    def digest(self) -> str:
        """The SHA-256 of its file."""
        return self.file.digest


@cache
def faces() -> tuple[Face, ...]:
    """Every built-in face, found without importing the packages that bring them.

    Raises FileNotFoundError if a package was installed without its files.
    """
    found = []
    for (family, weight, style), name in _CUTS.items():
        spec = find_spec(_PACKAGES[family])
        if spec is None or spec.origin is None:
            raise FileNotFoundError(f"the package that brings {name} is not installed")
        path = Path(spec.origin).parent / "files" / name
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        found.append(Face(family, weight, style, FontFile(path, digest), FONT_URL + name))
    return tuple(found)


def font_css(more: Iterable[Face] = ()) -> str:
    """``@font-face`` rules for the built-in faces, and ``more``."""
    return "\n".join(map(_rule, (*faces(), *more))) + "\n"


def _rule(face: Face) -> str:
    # A variable font says itself what weights it has.
    cut = "" if face.variable else f" font-weight: {face.weight}; font-style: {face.style};"
    return f'@font-face {{ font-family: "{face.family}";{cut} src: url("{face.url}"); }}'


@cache
def covered(own: tuple[FontFile, ...] = (), *, built_in: bool = True) -> frozenset[int]:
    """The code points that the ``built_in`` faces have, or the fonts ``own`` (TTF, OTF, WOFF).

    Raises ChangedError if one of these is not what it was.
    """
    known: set[int] = set()
    for file in [*(face.file for face in faces() if built_in), *own]:
        try:
            made = partial(_letters, file)
            found = kept("letters", str, (file.digest,), made) if file.digest else made()
            known.update(map(ord, found))
        except ChangedError:
            raise
        except Exception:  # noqa: BLE001 # what is no font has no letters, whatever is raised
            continue
    return frozenset(known)


def _letters(file: FontFile) -> str:
    """What a font has, in order; nothing of it stands for half a letter (UTF-16's surrogates)."""
    has = sorted(opened(file.read()).unicodes)
    return "".join(chr(one) for one in has if not 0xD800 <= one < 0xE000)


def opened(data: bytes) -> uharfbuzz.Face:
    """The font whose file is ``data``; raises what HarfBuzz or fontTools do if it is none."""
    import uharfbuzz

    return uharfbuzz.Face(_unpacked(data))


def _unpacked(data: bytes) -> bytes:
    """A font as HarfBuzz reads it: WOFF is a wrapping (W3C, WOFF 2.0)."""
    if not data.startswith((b"wOFF", b"wOF2")):
        return data
    import io

    from fontTools.ttLib import TTFont

    if is_too_long(data):
        raise ValueError("a font that is longer than any")
    plain = io.BytesIO()
    with TTFont(io.BytesIO(data), lazy=True) as font:
        font.flavor = None
        font.save(plain)
    return plain.getvalue()


def subset(face: Face, letters: str, features: tuple[str, ...] = ()) -> bytes:
    """The font file of ``face`` with the glyphs of ``letters``; of a variable font, one weight.

    ``features`` are the OpenType features that stay, as far as they are about these glyphs; if
    none are named, those that HarfBuzz keeps, which all scripts need.
    """
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, letters))
    if features:
        wanted.layout_feature_tag_set.set(map(tag, features))
    wanted.name_id_set.set(_NAMES)
    wanted.name_lang_id_set.set([_ENGLISH])
    wanted.flags = uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    data = _unpacked(face.file.read())
    if face.variable:
        _pin(wanted, opened(data), {"wght": face.weight})
    return cut(data, wanted)


def pinned(font: bytes, places: Mapping[str, float]) -> bytes:
    """The file of the variable ``font`` as it is at ``places`` of its axes; all glyphs stay.

    Axes that are not named are at their defaults. Raises as :func:`cut`.
    """
    import uharfbuzz

    wanted, face = uharfbuzz.SubsetInput(), uharfbuzz.Face(font)
    wanted.keep_everything()
    # Contours of a variable font may overlap, which is told as fontTools does.
    wanted.flags |= uharfbuzz.SubsetFlags.SET_OVERLAPS_FLAG
    _pin(wanted, face, places)
    return cut(font, wanted)


def _pin(wanted: uharfbuzz.SubsetInput, font: uharfbuzz.Face, places: Mapping[str, float]) -> None:
    for axis in font.axis_infos:
        if axis.tag in places:
            value = min(max(places[axis.tag], axis.min_value), axis.max_value)
            wanted.pin_axis_location(font, axis.tag, value)
        else:
            wanted.pin_axis_to_default(font, axis.tag)


def cut(font: bytes, wanted: uharfbuzz.SubsetInput) -> bytes:
    """The file of a ``font`` with what is ``wanted`` of it, the same bytes each time.

    Raises ValueError or RuntimeError if it is no font that can be cut.
    """
    import uharfbuzz

    whole = uharfbuzz.Face(uharfbuzz.Blob(font))
    return bytes(uharfbuzz.subset(whole, wanted).blob.data)


def tag(name: str) -> int:
    """An OpenType tag of four letters, as HarfBuzz has it in its sets."""
    return int.from_bytes(name.encode("ascii"), "big")
