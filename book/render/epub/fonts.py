"""The book's fonts in the package: only the faces that it uses, only the letters that it prints.

Fonts are OpenType (``font/otf`` and ``font/ttf``, core media types of EPUB 3.3, section 3.2), since
Kindle and older readers take no WOFF2. The same letters give the same bytes.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from book.base.data import replace
from book.base.fonts import MONO, Face, faces, subset
from book.render.epub.parts import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Besides kerning and ligatures: figures of each kind, real small capitals, raised figures.
_FEATURES = ("kern", "liga", "ccmp", "locl", "mark", "mkmk", "onum", "lnum", "pnum", "tnum")
_SMALL_CAPS = ("smcp", "c2sc")

_REGULAR = 400
_CODE = re.compile(r"<(code|kbd|samp|pre)\b.*?</\1>", re.DOTALL)
_HEAVY_WORD = re.compile(r"<(strong|b)\b|\bcb-(keyword|name)\b")
_SLOPING_WORD = re.compile(r"<(em|i|var)\b|\bcb-comment\b")
_ITALIC = re.compile(r"<(em|i|cite|dfn|var)\b")
_BOLD = re.compile(r"<(strong|b|th|dt|h[1-6])\b")
_BOLD_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*(italic|oblique)", re.IGNORECASE)
_CAPS = re.compile(r"small-caps", re.IGNORECASE)
_BOTH = re.compile(
    r"<(?:strong|b|th|dt|h[1-6])\b(?:(?!</(?:strong|b|th|dt|h[1-6])>).)*?<(?:em|i|cite)\b"
    r"|<(?:em|i|cite)\b(?:(?!</(?:em|i|cite)>).)*?<(?:strong|b)\b",
    re.DOTALL,
)


def font_parts(documents: Iterable[str], css: str, more: Iterable[Face] = ()) -> tuple[Part, ...]:
    """The fonts that ``css`` names and ``documents`` (XHTML) need, cut down to their letters.

    ``more`` are faces beside the built-in ones.
    """
    text = "".join(documents)
    code = "".join(found.group() for found in _CODE.finditer(text))
    letters = _letters(text) | set(" -\u00ad‐0123456789")
    features = _FEATURES + (_SMALL_CAPS if _CAPS.search(css) else ())
    if _SMALL_CAPS[0] in features or "uppercase" in css:
        joined = "".join(sorted(letters))
        letters |= {*joined.upper(), *joined.lower()}
    of_text, of_code = "".join(sorted(letters)), "".join(sorted(_letters(code)))
    own = tuple(
        Part(f"fonts/{face.path.name}", f"font/{face.path.suffix[1:]}", data)
        for face in faces()
        if (_is_used_in_code(face, code, css) if face.family == MONO else _is_used(face, text, css))
        for data in [subset(face, of_code if face.family == MONO else of_text, features)]
    )
    return own + tuple(
        Part(f"fonts/{_file(face)}", "font/ttf", subset(face, of_text))
        for face in _cuts(more)
        if _is_used(face, text, css)
    )


def _letters(text: str) -> set[str]:
    return set(re.sub(r"<[^>]*>", "", text))


def face_css(fonts: Iterable[Part], more: Iterable[Face] = ()) -> str:
    """``@font-face`` rules for ``fonts``, addressed from the stylesheet."""
    names = {PurePosixPath(part.name).name for part in fonts}
    chosen = [(face, face.path.name) for face in faces()]
    chosen += [(face, _file(face)) for face in _cuts(more)]
    rules = [
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'font-style: {face.style}; src: url("fonts/{name}"); }}'
        for face, name in chosen
        if name in names
    ]
    return "\n".join(rules)


def _cuts(more: Iterable[Face]) -> Iterator[Face]:
    """Faces of one weight each: older reading systems know no variable fonts."""
    for face in more:
        yield face
        if face.variable:
            yield replace(face, weight=700)


def _file(face: Face) -> str:
    """The name of a face's file in the package."""
    family = re.sub(r"\W", "", face.family, flags=re.ASCII) or face.digest[:8]
    return f"{family}-{face.weight}{'-Italic' if face.style == 'italic' else ''}.ttf"


def _is_used_in_code(face: Face, code: str, css: str) -> bool:
    """Whether a book with this ``code`` needs ``face``, which is monospaced."""
    heavy, sloping = bool(_HEAVY_WORD.search(code)), bool(_SLOPING_WORD.search(code))
    upright = face.style == "normal"
    if face.family not in css or not code:
        return False
    if face.weight > _REGULAR:
        return heavy and (upright or bool(_BOTH.search(code)))
    return upright or sloping


def _is_used(face: Face, text: str, css: str) -> bool:
    """Whether the book may need ``face``; in doubt it does, since a false italic is ugly."""
    if face.family not in css:
        return False
    italic = bool(_ITALIC.search(text) or _ITALIC_STYLE.search(css))
    bold = bool(_BOLD.search(text) or _BOLD_WEIGHT.search(css))
    match (face.style == "italic", face.weight > _REGULAR):
        case (True, True):
            return bool(_BOTH.search(text))
        case (True, False):
            return italic
        case (False, True):
            return bold
        case _:
            return True
