"""I: images. What they really hold is read by :mod:`book.checks.pictures`."""

from __future__ import annotations

import os
import re
from functools import cache
from os.path import relpath
from pathlib import Path
from posixpath import basename
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.paths import is_file, is_inside
from book.base.patterns import pattern
from book.base.text import Choices
from book.checks.pictures import cover_flaw, flaws
from book.model import Image
from book.read.settings import FILE, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from book.cache.store import Store
    from book.model import Book, Finding

_FILE = pattern(r"\.(?:png|jpe?g|gif|svgz?|webp|tiff?|bmp|avif)$", re.IGNORECASE)
#: A picture is looked for in so many folders of a folder, and among so many others.
_FOLDERS, _PICTURES = 100, 10_000
_SCHEME = pattern("[a-zA-Z][a-zA-Z0-9+.-]*:")


def missing(book: Book) -> Iterator[Finding]:
    """I001: an image isn't there."""
    neighbours, is_ours = cache(_neighbours), _own(book)
    elsewhere = cache(lambda: _by_name(book.root))
    for image in _images(book):
        path = book.root / image.src
        if not image.src:
            hint = "Write it: `![what it shows](images/file.png)`."
            yield finding("I001", image.place, "This picture names no file.", hint)
        elif is_ours(image.src) and not is_file(path):
            name = basename(image.src)  # It may be there, as a folder or a pipe.
            alike = (one for one in neighbours(path.parent).near(name) if one != name)
            near = next(alike, "")
            if not near and (found := elsewhere().get(name.casefold())):
                near = relpath(found, (book.root / image.place.path).parent)
            start = "chapter's own" if image.place.path != FILE else "book's"
            hint = f"Did you mean `{near}`?" if near else f"Paths begin at the {start} folder."
            yield finding("I001", image.place, f"There is no file {image.src}.", hint)


def outside(book: Book) -> Iterator[Finding]:
    """I002: an image lies outside the book's folder or on the network."""
    is_ours = _own(book)
    for image in _images(book):
        if not is_ours(image.src):
            message = f"`{image.src[:80]}` is no file in the book's folder."
            hint = "Put the image there, such as in chapters/images, and name it by its path."
            yield finding("I002", image.place, message, hint)


def undescribed(book: Book) -> Iterator[Finding]:
    """I003: an image has no alternative text (WCAG 2.2, 1.1.1)."""
    for image in _images(book):
        if image.alt is None and image.src:
            message = f"`{image.src[:80]}` has no words for those who can't see it."
            hint = "Say between the brackets what it shows; if it only decorates, add"
            yield finding("I003", image.place, message, f"{hint} {{role=presentation}} after it.")


def named_by_file(book: Book) -> Iterator[Finding]:
    """A001: an image's words are its file's name (WCAG 2.2, failure F30)."""
    for image in _images(book):
        alt = (image.alt or "").strip()
        name = basename(image.src).casefold()
        stem = name.rpartition(".")[0]
        if alt and (_FILE.search(alt) or alt.casefold() in {name, stem} - _words(stem)):
            message = f"“{alt[:80]}” is the name of a file, and doesn't say what it shows."
            hint = "Say between the brackets what one would see; if it only decorates, add"
            yield finding("A001", image.place, message, f"{hint} {{role=presentation}} after it.")


def unreadable(book: Book, store: Store) -> Iterator[Finding]:
    """I004 to I006: an image is none that can be shown, or holds what no book may."""
    is_ours = _own(book)
    shown = [one for one in _images(book) if is_ours(one.src) and is_file(book.root / one.src)]
    inner = {image.src for image in shown if image.place.path != FILE}
    found = flaws(book.root, sorted(inner), store)
    for image in shown:
        own = image.place.path == FILE
        flaw = cover_flaw(book.root, image.src, store) if own else found[image.src]
        if flaw.code:
            yield finding(flaw.code, image.place, f"{image.src} {flaw.message}", flaw.hint)


def _images(book: Book) -> Iterator[Image]:
    if cover := book.config.book.cover:
        yield Image(cover, book.config.book.title, places(book.root)(("book", "cover")))
    for chapter in book.chapters:
        yield from chapter.images


def _own(book: Book) -> Callable[[str], bool]:
    """Whether the address of an image is a path in the folder of ``book``; each is asked once."""

    @cache
    def is_ours(src: str) -> bool:
        return not _SCHEME.match(src) and is_inside(book.root / src, book.root)

    return is_ours


def _words(stem: str) -> set[str]:
    """``stem`` if it may be words as well: a file may be called by what it shows."""
    return {stem} if stem.replace(" ", "").isalpha() else set()


def _by_name(root: Path) -> dict[str, Path]:
    """The pictures in the book's folder by their names in small letters; of two, the first."""
    found: dict[str, Path] = {}
    for folder, within, names in os.walk(root):
        within[:] = sorted(one for one in within if one[0] != "." and one != "build")[:_FOLDERS]
        for name in sorted(names):
            if _FILE.search(name) and len(found) < _PICTURES:
                found.setdefault(name.casefold(), Path(folder, name))
    return found


def _neighbours(folder: Path) -> Choices:
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return Choices(one for one in names if _FILE.search(one) or "." not in one)
