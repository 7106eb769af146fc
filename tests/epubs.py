"""Small books made into EPUBs for the tests, and their files read back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from book.assemble import assemble
from book.cache.store import Nothing, Store
from book.model import Book, Pages
from book.parse.chapter import parse
from book.read import manuscript, settings
from book.render import epub
from book.theme.theme import Theme

NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "epub": "http://www.idpf.org/2007/ops",
}
EPUB_TYPE = f"{{{NS['epub']}}}type"

TOML = '[book]\ntitle = "A Small Book"\nauthors = ["Ada Example"]\nlanguage = "en"\n'
NO_FONTS = '[epub]\nfonts = "none"\n'
PEOPLE = '[people.sato]\nname = "Sato, Naotake"\nabout = "ambassador"\n'
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "6001000000050001a5f645400000000049454e44ae426082"
)

BASE = (Path(epub.__file__).parents[2] / "theme" / "styles" / "epub.css").read_text("utf-8")


def pixel(*_: object) -> bytes:
    """A cover for tests that are not about it: it stands for ``book.render.epub.cover.picture``."""
    return PIXEL


@dataclass(frozen=True)
class Epub:
    """A finished EPUB: its bytes, and its files by their path below ``EPUB/``."""

    data: bytes

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Every file of the package."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}

    def tree(self, name: str) -> etree._Element:
        """A file parsed as XML."""
        return etree.fromstring(self.files[name])

    def all(self, name: str, path: str) -> list[etree._Element]:
        """The elements of a file that an XPath finds; ``h:`` is XHTML."""
        found = self.tree(name).xpath(path, namespaces=NS)
        assert isinstance(found, list)
        return [one for one in found if isinstance(one, etree._Element)]

    def one(self, name: str, path: str) -> etree._Element:
        """The only element of a file that an XPath finds."""
        (found,) = self.all(name, path)
        return found

    def documents(self) -> Iterator[str]:
        """The names of all XHTML files."""
        return (name for name in self.files if name.endswith(".xhtml"))

    def meta(self, name: str) -> list[str]:
        """The values of a ``meta`` property of the package."""
        return [text(one) for one in self.all("content.opf", f"//opf:meta[@property='{name}']")]


def text(element: etree._Element) -> str:
    """What stands in an element, white space folded (but for no-break spaces)."""
    return re.sub("[ \n]+", " ", "".join(map(str, element.itertext()))).strip()


def assembled(root: Path, chapters: Mapping[str, str], toml: str = TOML + NO_FONTS) -> Book:
    """The book of ``chapters`` (name without ``.md`` to text), written to ``root`` and read."""
    (root / "chapters").mkdir(parents=True, exist_ok=True)
    (root / "book.toml").write_text(toml, "utf-8")
    for name, prose in chapters.items():
        (root / "chapters" / f"{name}.md").write_text(prose, "utf-8")
    config, findings = settings.begun(root, Nothing(root))()
    assert config is not None, findings
    sources, _ = manuscript.read(root)
    return assemble(root, config, [parse(one, config.book.language) for one in sources])


def made(book: Book, pages: Pages | None = None, css: str = "") -> Epub:
    """``book`` in the base looks, with ``css`` of its own."""
    theme = Theme({"tokens": "", "epub": BASE + css})
    return Epub(epub.render(book, theme, pages, Store(book.root / ".store")).data)


def broken_links(made_epub: Epub) -> list[str]:
    """Every link within the EPUB that leads nowhere, as ``file: href``."""
    ids = {
        name: {one.get("id") for one in made_epub.all(name, "//*[@id]")}
        for name in made_epub.documents()
    }
    return [
        f"{name}: {href}"
        for name in made_epub.documents()
        for href in (link.get("href", "") for link in made_epub.all(name, "//h:a[@href]"))
        if not href.startswith(("http:", "https:", "mailto:")) and not _leads(href, name, ids)
    ]


def _leads(href: str, here: str, ids: Mapping[str, set[str | None]]) -> bool:
    file, _, anchor = href.partition("#")
    there = ids.get(unquote(file) or here)
    return there is not None and (not anchor or unquote(anchor) in there)
