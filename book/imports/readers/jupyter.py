"""Jupyter Book and MyST: ``_toc.yml`` or ``myst.yml``, pages of MyST and notebooks."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING, Any

from book.base.data import replace
from book.imports import front
from book.imports.include import Includes
from book.imports.metadata import gathered, text_of
from book.imports.model import Manuscript
from book.imports.pages import ListedPage, drafts, unlisted
from book.imports.readers import myst
from book.imports.readers.roles import Places

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

_TOCS = ("_toc.yml", "_toc.yaml")
_SETTINGS = ("_config.yml", "_config.yaml", "myst.yml")
_ENDINGS = ("", ".md", ".ipynb", ".myst", ".txt", ".markdown")
_BELOW = ("parts", "chapters", "sections", "children", "subtrees", "entries")


def is_one(shelf: Shelf) -> bool:
    """Whether the source has a list of contents of Jupyter Book's, or of MyST's."""
    text = "\n".join(shelf.text_of(name) or "" for name in _TOCS if shelf.find(f"/{name}"))
    return "file:" in text or "root:" in text or bool(shelf.find("/myst.yml"))


def read(shelf: Shelf, ledger: Ledger) -> Manuscript:
    """The book that the list of contents describes; pages below others are sections of them."""
    said: dict[str, Any] = {}
    for name in _SETTINGS:
        if text := shelf.text_of(name) if shelf.find(f"/{name}") else None:
            table = front.yaml(text, name, ledger)
            said |= {**table, **project} if isinstance(project := table.get("project"), dict) else (
                table
            )  # fmt: skip
    toc = next((name for name in _TOCS if shelf.find(f"/{name}")), "myst.yml")
    listed = said.get("toc") if toc == "myst.yml" else _yaml(shelf, toc, ledger)
    entries = _Order(shelf, ledger, toc).entries(listed)
    texts = {one.path: shelf.text_of(one.path) or "" for one in entries if one.path}
    places = Places({path: text for path, text in texts.items() if text})
    includes = Includes(shelf, ledger)

    def translate(text: str, path: str, own: dict[str, Any]) -> str:
        del own
        return myst.translated(text, path, places, includes, ledger)

    made = tuple(drafts(shelf, ledger, entries, translate))
    unlisted(shelf, ledger, entries, "", includes.taken)
    return Manuscript(replace(gathered(said), cover=""), made)


def _yaml(shelf: Shelf, name: str, ledger: Ledger) -> Any:
    import yaml

    text = shelf.text_of(name) or ""
    # Older lists of contents are lists indeed, which a table of ours is not.
    try:
        return yaml.safe_load(text) if text.lstrip().startswith("-") else front.yaml(
            text, name, ledger
        )  # fmt: skip
    except (yaml.YAMLError, RecursionError, ValueError):
        ledger.add("This list of contents can't be read.", name)
        return {}


class _Order:
    """Reads a list of contents."""

    def __init__(self, shelf: Shelf, ledger: Ledger, name: str) -> None:
        self._shelf, self._ledger, self._name = shelf, ledger, name
        self._root = ""

    def entries(self, listed: Any) -> list[ListedPage]:
        """Its pages in their order; all texts, if it names none."""
        made: list[ListedPage] = []
        if isinstance(listed, dict):
            self._root = text_of(listed.get("root"))
            made += self._page(self._root, "", 0) if self._root else []
            # Sections below the root of an article are chapters of ours.
            for key in _BELOW:
                made += self._list(listed.get(key), 0)
        else:
            made += self._list(listed, 0)
        if not any(one.path for one in made):
            paths = (one for one in self._shelf.paths if one.endswith(_ENDINGS[1:4]))
            made = [ListedPage(path) for path in paths if not path.startswith("_")]
        return made

    def _list(self, items: Any, depth: int) -> list[ListedPage]:
        made: list[ListedPage] = []
        for item in items if isinstance(items, list) else []:
            made += self._item({"file": item} if isinstance(item, str) else item, depth)
        return made

    def _item(self, item: Any, depth: int) -> list[ListedPage]:
        if not isinstance(item, dict):
            return []
        file, title = text_of(item.get("file")), text_of(item.get("title"))
        below = [each for key in _BELOW if isinstance(each := item.get(key), list)]
        if file:
            made = self._page(file, title, depth)
            return made + [one for each in below for one in self._list(each, depth + 1)]
        if pattern := text_of(item.get("glob") or item.get("pattern")):
            paths = fnmatch.filter(self._shelf.paths, pattern) or fnmatch.filter(
                self._shelf.paths, f"{pattern}.*"
            )
            return [ListedPage(path, "", depth) for path in paths if path.endswith(_ENDINGS[1:])]
        caption = text_of(item.get("caption") or item.get("part")) or title
        if url := text_of(item.get("url")):
            self._ledger.add(f"A link instead of a chapter: {title} {url}".rstrip(), self._name)
            return []
        part = [ListedPage("", caption, depth, "part" if depth == 0 else "")] if caption else []
        inner = [one for each in below for one in self._list(each, depth)]
        return part + inner if inner else []

    def _page(self, file: str, title: str, depth: int) -> list[ListedPage]:
        for ending in _ENDINGS:
            if found := self._shelf.find(f"/{file}{ending}"):
                return [ListedPage(found, title, depth)]
        self._ledger.add(f"There is no {file} in the source.", self._name)
        return []
