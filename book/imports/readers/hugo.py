"""Hugo: ``content/`` in the order of its weights, sections as parts, front matter, shortcodes."""

from __future__ import annotations

import re
import tomllib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from book.imports import front
from book.imports.ledger import Ledger
from book.imports.metadata import gathered, text_of
from book.imports.model import Manuscript
from book.imports.pages import ListedPage, dated, drafts, named
from book.imports.readers.shortcodes import Shortcodes
from book.imports.source import natural

if TYPE_CHECKING:
    from book.imports.source import Shelf

#: Where Hugo's settings are, and where it keeps pictures.
_SETTINGS = tuple(
    f"{folder}{name}.{ending}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for ending in ("toml", "yaml", "yml", "json")
)
PICTURES = ("static", "assets", "static/images", "assets/images")
_TEXTS = (".md", ".markdown", ".mdown")
_UNREAD = (".html", ".htm", ".org", ".adoc", ".rst", ".pdc")
_SECTION, _PAGE = "_index", "index"


def is_one(shelf: Shelf) -> bool:
    """Whether the source is a site of Hugo."""
    return shelf.has_folder("content") and any(shelf.find(f"/{one}") for one in _SETTINGS)


class _SitePage(Struct, frozen=True):
    """A page of the site: its file, what it says of itself, and whether it says more."""

    path: str
    said: dict[str, Any]
    is_bare: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        """By weight, those without one behind the others by name."""
        weight = self.said.get("weight")
        has = isinstance(weight, int | float) and weight != 0
        return (not has, weight if has else 0, natural(self.path))


def read(shelf: Shelf, ledger: Ledger) -> Manuscript:
    """The pages that the site would publish, section by section."""
    settings = _settings(shelf, ledger)
    root = _root(shelf, settings)
    languages = _others(settings)
    pages: dict[str, _SitePage] = {}
    for path in shelf.paths:
        if not path.startswith(f"{root}/"):
            if path.startswith("content/") and path.endswith(_TEXTS):
                ledger.add("A page in another language of the site.", path)
            continue
        if path.casefold().endswith(_UNREAD):
            ledger.add("A page that is no Markdown isn't read.", path)
        elif path.casefold().endswith(_TEXTS):
            if PurePosixPath(path).stem.rpartition(".")[2] in languages:
                ledger.add("A page in another language of the site.", path)
                continue
            text = shelf.text_of(path) or ""
            said, body = front.parted(text, path, Ledger())
            said = {str(key).casefold(): said[key] for key in said}
            pages[path] = _SitePage(path, said, not body.strip())
    entries = _entries(root, pages, 0)
    codes = Shortcodes(shelf, ledger, root, settings)
    return Manuscript(
        gathered(_said(settings)), tuple(drafts(shelf, ledger, entries, codes.translated))
    )


def _settings(shelf: Shelf, ledger: Ledger) -> dict[str, Any]:
    name = next(one for one in _SETTINGS if shelf.find(f"/{one}"))
    text = shelf.text_of(name) or ""
    if not name.endswith(".toml"):
        said = front.yaml(text, name, ledger)  # JSON is YAML, too.
    else:
        try:
            said = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError):
            ledger.add("This file is no TOML; title and author are not known from it.", name)
            said = {}
    return {str(key).casefold(): value for key, value in said.items()}


def _said(settings: dict[str, Any]) -> dict[str, Any]:
    """What the settings say of the book, those of its language and of the theme included."""
    table = _languages(settings).get(_language(settings), {})
    params = settings.get("params")
    said = {**(params if isinstance(params, dict) else {}), **settings, **table}
    said["language"] = said.get("languagecode") or said.get("languageCode") or _language(settings)
    return said


def _language(settings: dict[str, Any]) -> str:
    return text_of(settings.get("defaultcontentlanguage")) or "en"


def _languages(settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    said = settings.get("languages")
    table = said if isinstance(said, dict) else {}
    return {str(key): value for key, value in table.items() if isinstance(value, dict)}


def _others(settings: dict[str, Any]) -> set[str]:
    return _languages(settings).keys() - {_language(settings)}


def _root(shelf: Shelf, settings: dict[str, Any]) -> str:
    """The folder of the pages in the site's own language."""
    own = _languages(settings).get(_language(settings), {})
    named_ = text_of(own.get("contentDir") or own.get("contentdir") or settings.get("contentdir"))
    for each in (named_.strip("/."), f"content/{_language(settings)}"):
        if each and shelf.has_folder(each):
            return each
    return "content"


def _entries(folder: str, pages: dict[str, _SitePage], depth: int) -> list[ListedPage]:
    """What lies in a ``folder``: its own page, then its pages and sections by weight."""
    own = next((one for one in pages if _is(one, folder, _SECTION)), "")
    below: dict[str, list[str]] = {}
    children: list[_SitePage] = []
    for path, page in pages.items():
        rest = path.removeprefix(f"{folder}/")
        if not path.startswith(f"{folder}/") or path == own:
            continue
        if "/" in rest:
            below.setdefault(f"{folder}/{rest.partition('/')[0]}", []).append(path)
        else:
            children.append(page)
    sections: dict[str, str] = {}
    for name, paths in below.items():
        leaf = next((one for one in paths if _is(one, name, _PAGE)), "")
        head = leaf or next((one for one in paths if _is(one, name, _SECTION)), "")
        page = _SitePage(head or f"{name}/{_SECTION}.md", pages[head].said if head else {})
        children.append(page)
        if not leaf:  # A leaf's other files belong to its page.
            sections[page.path] = name
    shown = [one for one in children if one.said.get("draft") is not True]
    by_date = all("weight" not in one.said and dated(one.said) for one in shown)
    children.sort(key=lambda one: (dated(one.said), natural(one.path)) if by_date else one.key)
    entries = []
    if own and depth == 0 and not pages[own].is_bare:
        entries.append(ListedPage(own, named(own)))
    for page in children:
        if page.path not in sections:
            entries.append(ListedPage(page.path, depth=max(depth - 1, 0)))
            continue
        name = sections[page.path]
        inner = {one: pages[one] for one in below[name]}
        heads = [] if len(children) == 1 and depth == 0 else _head(page, inner, name, depth)
        entries += [*heads, *_entries(name, inner, depth + bool(heads))]
    return entries


def _head(
    page: _SitePage, inner: dict[str, _SitePage], folder: str, depth: int
) -> list[ListedPage]:
    """The page of a section: a part at the top, a chapter that takes in its pages below."""
    title, path = named(f"{folder}.md"), page.path if page.path in inner else ""
    if depth == 0 and (not path or len(inner) > 1):
        return [ListedPage(path, title, kind="part")]
    return [ListedPage(path, title, max(depth - 1, 0))] if path else []


def _is(path: str, folder: str, stem: str) -> bool:
    return re.fullmatch(rf"{re.escape(folder)}/{stem}(?:\.\w+)?\.\w+", path) is not None
