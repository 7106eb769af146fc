"""Faces that a book's own sheets bring by ``@font-face``, for where the rule itself can't go.

An ebook's sheet names no address but our own, and a cover's letters are measured before they are
set; both are served from the file that the rule names (CSS Fonts 4, section 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

import tinycss2

from book.base.data import replace
from book.base.fonts import Face, opened
from book.base.paths import ChangedError
from book.theme.named import BASE, file_of
from book.theme.theme import Theme, font_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from book.base.fonts import FontFile

#: The tokens that a sheet may set, and what the ebook's calls them.
_TOKENS = {"--serif": "text", "--sans": "head", "--mono": "code"}
_WEIGHTS = {"normal": 400, "bold": 700}
_SHARED = (".ttc", ".otc")


def with_told(theme: Theme, root: Path) -> Theme:
    """``theme`` with the faces that its own sheets bring, and with the families that they choose.

    Those that are for print alone stay there.
    """
    rules = theme.rules("tokens", "epub")
    text = "\n".join(one.text for one in rules)
    if "@font-face" not in text and not any(token in text for token in _TOKENS):
        return theme
    files = dict(theme.files)
    told = tuple(_faces(text, files, root))
    chosen = [
        f"--{ours}-faces: var({token});"
        for token, ours in _TOKENS.items()
        if any(f"{token}:" in one.text.replace(" ", "") for one in theme.rules("tokens"))
    ]
    naming = theme.naming + (f":root {{ {' '.join(chosen)} }}" if chosen else "")
    return replace(theme, told=told, naming=naming)


def _faces(css: str, files: dict[str, str], root: Path) -> Iterator[Face]:
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "at-rule" or rule.lower_at_keyword != "font-face" or not rule.content:
            continue
        said = {
            one.lower_name: [token for token in one.value if token.type != "whitespace"]
            for one in tinycss2.parse_blocks_contents(rule.content)
            if one.type == "declaration"
        }
        family = _name(said.get("font-family", []))
        path = next((one for one in _addresses(said.get("src", [])) if one in files), "")
        if family and path:
            file = font_file(root, path, files[path])
            if path.lower().endswith(_SHARED):
                file = replace(file, digest="", index=0)
            weight, style = _word(said.get("font-weight", [])), _word(said.get("font-style", []))
            number = _WEIGHTS.get(weight, int(weight) if weight.isdecimal() else 400)
            slanted = "italic" if style in ("italic", "oblique") else "normal"
            yield Face(family, number, slanted, file, BASE + quote(path), _varies(file))


def _varies(file: FontFile) -> bool:
    """Whether a font has all weights; one that can't be read has none, as it has no letters."""
    try:
        return any(axis.tag == "wght" for axis in opened(file.read()).axis_infos)
    except ChangedError:
        raise
    except Exception:  # noqa: BLE001 # whatever is raised
        return False


def _name(tokens: list[Any]) -> str:
    return " ".join(one.value for one in tokens if one.type in ("string", "ident"))


def _word(tokens: list[Any]) -> str:
    """The only word or number of a value."""
    if len(tokens) != 1:
        return ""
    return str(getattr(tokens[0], "representation", None) or getattr(tokens[0], "lower_value", ""))


def _addresses(tokens: list[Any]) -> Iterator[str]:
    """The paths of files that a ``src`` names."""
    for token in tokens:
        if token.type == "url":
            yield file_of(urljoin(f"{BASE}styles/", token.value))
        elif token.type == "function" and token.lower_name == "url":
            for one in token.arguments:
                if one.type == "string":
                    yield file_of(urljoin(f"{BASE}styles/", one.value))
