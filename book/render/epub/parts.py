"""What the package is made of: its files, and how they are called.

A chapter's slug never begins with a digit (:func:`book.read.manuscript.slug_of`), so the files of
our own that stand beside the chapters do, and no author can name a chapter over them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from lxml import etree
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

COVER = "0-cover.xhtml"
TITLE_PAGE = "0-title-page.xhtml"
IMPRINT = "0-imprint.xhtml"
NAV = "0-contents.xhtml"
NCX = "0-contents.ncx"
NOTES = "0-notes.xhtml"
STYLES = "0-book.css"
COVER_IMAGE = "images/cover.png"

XHTML = "application/xhtml+xml"

OPS = "http://www.idpf.org/2007/ops"
EPUB_TYPE = f"{{{OPS}}}type"
# Some reading systems look for the prefix, not for the namespace.
etree.register_namespace("epub", OPS)

_STRAY = re.compile(r"[^\w.-]")


class Part(Struct, frozen=True):
    """One file of the package: its path from the package document, its bytes, its properties.

    ``linear`` tells whether it is read in turn; None if it does not stand in the spine. What is
    large is had ``later``: a book's pictures together may be larger than memory.
    """

    name: str
    media: str
    data: bytes
    properties: tuple[str, ...] = ()
    linear: bool | None = None
    later: Callable[[], bytes] | None = None

    @property
    def whole(self) -> bytes:
        """Its bytes, whenever they are had; raises OSError if they can't be had any more."""
        return self.later() if self.later else self.data

    @property
    def id(self) -> str:
        """Its id in the manifest (an XML name)."""
        return "f-" + _STRAY.sub("-", self.name)


def safe_id(identity: str) -> str:
    """An author's anchor as an XML name that needs no escape in an address.

    Two that differ stay different: what is replaced leaves its code behind.
    """
    return _STRAY.sub(lambda found: f"_{ord(found.group()):x}_", identity)


def chapter_file(slug: str) -> str:
    """The file of the chapter ``slug``, its first if it needs more than one."""
    return f"{slug}.xhtml"


def numbered(file: str, number: int) -> str:
    """The name of the ``number``-th of the files that share the text of ``file``, from 1.

    The number stands in front, where no chapter has one.
    """
    return f"{number}-{file}" if number > 1 else file


def address(file: str, identity: str = "") -> str:
    """The relative address of ``identity`` in ``file``; both stand in the same folder."""
    return quote(file) + (f"#{quote(safe_id(identity))}" if identity else "")


def inside(element: etree._Element) -> str:
    """What stands in ``element``, as text for a template, whose root declares the prefix."""
    etree.cleanup_namespaces(element, top_nsmap={"epub": OPS})
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    text = text.replace(f' xmlns:epub="{OPS}"', "", 1)
    return text[text.index(">") + 1 : text.rindex("<")] if "</" in text else ""
