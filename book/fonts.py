"""The fonts that every book can count on: Source Serif and Source Sans, from their packages.

They come as dependencies (SIL Open Font License 1.1), so the same text breaks into the same
pages on every machine. A theme adds its own with ``@font-face`` and files beside its CSS.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

#: Where fonts live in the book's private address space; see :mod:`book.render.fetch`.
FONT_URL = "https://book.invalid/.fonts/"

_CUTS = {
    ("Source Serif", 400, "normal"): "SourceSerifPro-Regular.otf",
    ("Source Serif", 400, "italic"): "SourceSerifPro-It.otf",
    ("Source Serif", 600, "normal"): "SourceSerifPro-Semibold.otf",
    ("Source Serif", 600, "italic"): "SourceSerifPro-SemiboldIt.otf",
    ("Source Sans", 400, "normal"): "SourceSansPro-Regular.otf",
    ("Source Sans", 400, "italic"): "SourceSansPro-It.otf",
    ("Source Sans", 600, "normal"): "SourceSansPro-Semibold.otf",
    ("Source Sans", 600, "italic"): "SourceSansPro-SemiboldIt.otf",
}
_PACKAGES = {"Source Serif": "font_source_serif_pro", "Source Sans": "font_source_sans_pro"}
#: Family, subfamily, licence and the names that CSS or a font menu may ask for (OpenType name).
_NAMES = frozenset({0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17})
_ENGLISH = 0x409


@dataclass(frozen=True, slots=True)
class Face:
    """One cut of a family: what CSS calls it, and its file."""

    family: str
    weight: int
    style: str
    path: Path
    digest: str


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
        found.append(Face(family, weight, style, path, digest))
    return tuple(found)


def font_css(base: str = FONT_URL) -> str:
    """``@font-face`` rules for the built-in faces, their files addressed below ``base``."""
    rules = [
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'font-style: {face.style}; src: url("{base}{face.path.name}"); }}'
        for face in faces()
    ]
    return "\n".join(rules) + "\n"


def subset(face: Face, letters: str, features: tuple[str, ...]) -> bytes:
    """The font file of ``face`` with the glyphs of ``letters`` and nothing of the time of day.

    ``features`` are the OpenType features that stay, as far as they are about these glyphs.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(layout_features=list(features), notdef_outline=True)
    # The bounding boxes stay those of the whole face: they hold for its letters, and take long.
    with TTFont(face.path, recalcBBoxes=False, recalcTimestamp=False, lazy=True) as font:
        # Set aside, since fontTools would look in all of the kerning for who uses a name.
        names = font["name"]
        del font["name"]
        subsetter = Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(font)
        font["name"] = names
        names.names = [one for one in names.names if _is_kept(one)]
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


def _is_kept(name: Any) -> bool:
    """Whether a record of the naming table stays: one of ours, in English, not Macintosh's."""
    return name.nameID in _NAMES and name.isUnicode() and name.langID == _ENGLISH
