"""What Word and LibreOffice keep beside the text: title, author, language, comments."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from book.imports.metadata import language_of, names_of, text_of
from book.imports.model import ImportFailedError, Metadata

if TYPE_CHECKING:
    from book.imports.ledger import Ledger

_LARGEST = 2 << 30
_LARGEST_PART = 64 << 20


def parts(raw: bytes) -> zipfile.ZipFile | None:
    """The parts of a document that is an archive; refused if they are too large unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError):
        return None
    if sum(each.file_size for each in archive.infolist()) > _LARGEST:
        raise ImportFailedError("This file would unpack to more than 2 GB, and was not read.")
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part's bytes, or none if it isn't there, is damaged or too large."""
    try:
        if archive.getinfo(name).file_size > _LARGEST_PART:
            return b""
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, RuntimeError, OSError, ValueError, NotImplementedError):
        return b""


def rewritten(archive: zipfile.ZipFile, name: str, content: bytes) -> bytes:
    """The archive anew, with another ``content`` for the part ``name``."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for each in archive.infolist():
            copy.writestr(each.filename, content if each.filename == name else archive.read(each))
    return made.getvalue()


def metadata(raw: bytes) -> Metadata:
    """The properties of a ``.docx`` (ECMA-376, part 2) or ``.odt`` (ODF 1.3, part 3)."""
    archive = parts(raw)
    if archive is None:
        return Metadata()
    core = part(archive, "docProps/core.xml") or part(archive, "meta.xml")
    said = _core(core)
    return Metadata(
        title=text_of(said.get("title")),
        authors=tuple(names_of(said.get("creator") or said.get("initial-creator", ""))),
        language=language_of(said.get("language", "")) or _language(archive),
        description=text_of(said.get("description")),
    )


def _core(raw: bytes) -> dict[str, str]:
    if not raw:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        return {}
    return {
        etree.QName(each).localname: each.text or ""
        for each in root.iter()
        if isinstance(each.tag, str) and (each.text or "").strip()
    }


def _language(archive: zipfile.ZipFile) -> str:
    """The language of the document's usual text, from its styles."""
    styles = part(archive, "word/styles.xml").decode(errors="replace")
    defaults = styles.partition("<w:docDefaults")[2].partition("</w:docDefaults>")[0] or styles
    if found := re.search(r'<w:lang\b[^>]*w:val="([^"]+)"', defaults):
        return language_of(found[1])
    styles = part(archive, "styles.xml").decode(errors="replace")
    language = re.search(r'fo:language="([a-z]{2,3})"', styles)
    country = re.search(r'fo:country="([A-Z]{2})"', styles)
    if language is None:
        return ""
    return language_of(f"{language[1]}-{country[1]}" if country else language[1])


def has_comments(raw: bytes) -> bool:
    """Whether a ``.docx`` has comments."""
    archive = parts(raw)
    return archive is not None and bool(part(archive, "word/comments.xml"))


def unseen(raw: bytes, ledger: Ledger, source: str) -> None:
    """Note what pandoc passes over in an ``.odt`` without a word."""
    archive = parts(raw)
    if archive is None:
        return
    content = part(archive, "content.xml").decode(errors="replace")
    formulas = len(re.findall(r'<draw:object\b[^>]*xlink:href="\./Object', content))
    if formulas:
        ledger.add(
            f"{formulas} embedded objects (formulas, charts), which pandoc can't read in "
            "ODT; save as .docx to keep formulas.",
            source,
        )
