"""The ebook, read back: whether all that its files name is in the package."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree

from book.base.codes import finding
from book.base.paths import LARGEST
from book.model import Place
from book.read.lettered import key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from book.built.origin import Origins
    from book.model import Finding

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_URL = re.compile(rb"url\(\s*[\"']?([^\"')]+)")
_BLOCKS = {"p", "li", "td", "th", "dd", "dt", "figure", "aside", "pre", "blockquote"}
_BLOCKS |= {f"h{level}" for level in range(1, 7)}
#: With fewer letters, words may stand in another place, too.
_TELLING = 10
_START = re.compile(rb"<[A-Za-z]")
_HINT = "Build again: `book build epub`; if it stays, look at raw HTML and templates of your own."


class Package:
    """The files of an ebook: the ``texts`` of its pages, as trees in ``pages``, and their ids."""

    def __init__(self, path: Path) -> None:
        """Raises whatever a file that is no ebook makes libraries raise."""
        with zipfile.ZipFile(path) as archive:
            self.names = set(archive.namelist())
            long = sum(one.file_size for one in archive.infolist())
            if long > LARGEST:
                raise zipfile.BadZipFile(f"it is {long:,} bytes long when it is unpacked")
            self.texts = {
                name: archive.read(name) for name in sorted(self.names) if name.endswith(".xhtml")
            }
            self.sheets = {
                name: archive.read(name) for name in sorted(self.names) if name.endswith(".css")
            }
        self.pages = {name: etree.fromstring(text, _PARSER) for name, text in self.texts.items()}
        self.ids = {
            name: {str(one.get("id")) for one in page.iter() if one.get("id")}
            for name, page in self.pages.items()
        }

    def element(self, name: str, line: int, column: int) -> etree._Element | None:
        """The element of the page ``name`` that begins last before a place, both from 1."""
        if name not in self.pages or line < 1:
            return None
        lines = self.texts[name].split(b"\n")
        # Columns are counted in letters.
        part = lines[line - 1].decode("utf-8", "replace")[: column - 1].encode()
        before = sum(len(_START.findall(one)) for one in (*lines[: line - 1], part))
        elements = list(self.pages[name].iter(etree.Element))
        return elements[min(before, len(elements)) - 1] if before else None


def check(path: Path, origins: Origins) -> Iterator[Finding]:
    """What is wrong with the ebook at ``path``: what it names, and hasn't."""
    try:
        package = Package(path)
    except Exception as problem:  # noqa: BLE001 # it may be anybody's, and hold anything
        message = f"{path.name} can't be opened as an ebook: {problem}."
        yield finding("F001", Place("book.toml"), message, "Build it again: `book build epub`.")
        return
    for name, page in package.pages.items():
        for element in page.iter("{*}a", "{*}img", "{*}image", "{*}link"):
            target = str(
                element.get("href")
                or element.get("src")
                or element.get("{http://www.w3.org/1999/xlink}href")
                or ""
            )
            if target and not _leads(package, name, target):
                what = "link" if etree.QName(element).localname == "a" else "file that is named"
                message = f"A {what} in {name} of the ebook leads nowhere: `{target}`."
                place = origins.place(origins.in_file(name), *words_at(element))
                yield finding("F002", place, message, _HINT)
    for name, sheet in package.sheets.items():
        for target in _URL.findall(sheet):
            if not _leads(package, name, target.decode("utf-8", "replace")):
                named = target.decode("utf-8", "replace")
                message = f"{name} of the ebook names what isn't in it: `{named}`."
                yield finding("F004", Place("book.toml"), message, _HINT)


def words_at(element: etree._Element) -> tuple[str, ...]:
    """The words by which ``element`` is found: its block's, its own, and those before it."""
    block: etree._Element | None = element
    while block is not None and etree.QName(block).localname not in _BLOCKS:
        block = block.getparent()
    own = " ".join("".join(map(str, element.itertext())).split())
    around = "" if block is None else " ".join("".join(map(str, block.itertext())).split())
    found = [own, around] if len(key(own)) >= _TELLING else [around, own]
    found.append(str(element.get("alt") or ""))
    if not any(found):
        texts = element.xpath("(preceding::text()[normalize-space()])[last()]")
        found += [str(one) for one in texts] if isinstance(texts, list) else []
    return tuple(one for one in found if one)


def _leads(package: Package, name: str, target: str) -> bool:
    """Whether ``target``, named in the file ``name``, is in the package, or is not meant to be."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return True
    folder = posixpath.dirname(name)
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path))) if parts.path else name
    if path not in package.names:
        return False
    return not parts.fragment or unquote(parts.fragment) in package.ids.get(
        path, {unquote(parts.fragment)}
    )
