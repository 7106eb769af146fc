"""Front matter as other tools have it: YAML, TOML, Pandoc's title lines, MultiMarkdown's keys."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from book.imports.ledger import Ledger

_YAML = re.compile(r"---[ \t]*\n(?P<inner>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<inner>(?:.*\n)*?)\+\+\+[ \t]*(?:\n|\Z)")
_TITLES = re.compile(r"(?:%[ \t]*(?P<line>.*(?:\n[ \t]+\S.*)*)\n){1,3}")
_KEYS = re.compile(r"(?:(?:Title|Author|Date|Language|Subtitle)[ \t]*:[ \t]*\S.*\n)+\n")
_LARGEST = 1 << 20


class Front(NamedTuple):
    """What a file says of itself, and the text below it."""

    said: dict[str, Any]
    text: str


def parted(text: str, source: str, ledger: Ledger) -> Front:
    """The front matter of a file and the rest; what can't be read is noted, and left out."""
    if found := _YAML.match(text):
        return Front(yaml(found["inner"], source, ledger), text[found.end() :])
    if found := _TOML.match(text):
        try:
            return Front(tomllib.loads(found["inner"]), text[found.end() :])
        except (tomllib.TOMLDecodeError, RecursionError):
            ledger.add("This front matter can't be read.", f"{source}:1")
            return Front({}, text[found.end() :])
    return (_json(text) if text.startswith("{\n") else None) or _lined(text)


def _lined(text: str) -> Front:
    """Lines that begin with ``%``, or with a key and a colon, at the top of a file."""
    if found := _TITLES.match(text):
        lines = re.findall(r"^%[ \t]*((?:.*(?:\n[ \t]+\S.*)*))$", found.group(), re.MULTILINE)
        said = dict(
            zip(("title", "author", "date"), (" ".join(x.split()) for x in lines), strict=False)
        )
        return Front(said, text[found.end() :])
    if found := _KEYS.match(text):
        pairs = (line.split(":", 1) for line in found.group().strip().split("\n"))
        return Front({key.strip(): value.strip() for key, value in pairs}, text[found.end() :])
    return Front({}, text)


#: What tells a tool how to show a page, and no reader anything.
_SETTINGS = re.compile(
    r"""(?:layout|permalink|url|slug|type|nav_\w+|order|weight|position|chapter|number|parent
    |grand_parent|has_\w+|toc.*|search.*|render_with_liquid|comments?|sidebar\w*|math|mermaid|katex
    |mathjax|pin|hidden|markup|outputs?|cascade|menus?|format|execute|engine|jupyter|knitr|editor
    |bibliography|csl|number-\w+|css\w*|publish|created|modified|updated|lastmod|uid|u?id|aliases
    |alias|redirect_\w+|sitemap|robots|code-\w+|header-includes|icon|coverY|last_modified_at|theme
    |cite\w*|link-\w+|nocite|short|numbered|reference-\w+|output-\w+|include-\w+|isCJKLanguage
    |site|documentclass|classoption|geometry|font\w*|linestretch|papersize|\w+font|colorlinks|lo[tf]
    |graphics|biblio-\w+|suppress-\w+|github-repo|favicon|cover-image|jupytext|kernelspec|knit
    |expirydate|publishdate|show\w*|disable\w*|build|_build|params)""",
    re.VERBOSE | re.IGNORECASE,
)


def _json(text: str) -> Front | None:
    """A table in JSON at the top of a file, as Hugo takes it."""
    try:
        said, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return Front(said, text[end:].lstrip("\n")) if isinstance(said, dict) else None


def passed_over(
    said: Mapping[str, Any], known: Collection[str], source: str, ledger: Ledger
) -> None:
    """Note what a page says of itself, its keys in small letters, beyond what is ``known``."""
    left = [
        f"{key}: {' '.join(str(value).split())[:300]}"
        for key, value in said.items()
        if key not in known and value not in (None, "", [], {}) and not isinstance(value, bool)
        if not _SETTINGS.fullmatch(key)
    ]
    if left:
        ledger.add(f"Front matter that has no place here: {'; '.join(left)}", f"{source}:1")


def yaml(text: str, source: str, ledger: Ledger) -> dict[str, Any]:
    """A table in YAML; empty, and noted, if it is none. Aliases are not followed without end."""
    import yaml as library

    if (text.count("*") > 200 and text.count("&") > 5) or len(text) > _LARGEST:
        ledger.add("This table is too large to be read.", source)
        return {}
    try:
        said = library.safe_load(text)
    except (library.YAMLError, RecursionError, ValueError):
        said = _lines(text)
        if not said:
            ledger.add("This front matter can't be read.", f"{source}:1")
    return said if isinstance(said, dict) else {}


def _lines(text: str) -> dict[str, str]:
    """``key: text`` line by line, where a colon in the text is no YAML."""
    found = re.findall(r"^([\w-]+):[ \t]+(\S.*?)[ \t]*$", text, re.MULTILINE)
    return {key: value.strip("\"'") for key, value in found}
