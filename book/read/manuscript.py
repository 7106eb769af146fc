"""Step 2: each file of ``chapters/`` becomes a :class:`~book.model.Source`.

Files are taken in the order of their names. In their text line ends become line feeds and control
characters spaces, so that nothing after this step meets either. No file outside the book's folder
is read, whatever a symbolic link says.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.paths import is_inside, told
from book.base.patterns import pattern
from book.base.text import UNPRINTABLE, is_unprintable, newlines
from book.model import Finding, Place, Source, Text
from book.read.encodings import UnreadableError, decoded
from book.read.includes import taken_in
from book.read.shelf import FOLDER, listed, ordered, part_of, without_drafts

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FOLDER", "chapter_slug", "ordered", "read", "slug_of", "without_drafts"]

#: What was read of files, by their paths: the digest of their bytes, and what these say.
Memory = dict[str, tuple[str, Source | None, tuple[Finding, ...]]]

_LONGEST_SLUG = 80
# What the slugs of other files, or of chapters that we make, begin with.
_IS_PART = pattern(r"^kind[ \t]*[:=][ \t]*[\"']?part\b", re.MULTILINE)
_RESERVED = pattern(r"c[0-9]|list-")


def read(
    root: Path, memory: Memory | None = None
) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """The sources of the book in ``root``, and what is wrong with its files.

    Files whose name begins with ``.`` or ``_`` are the author's own, and left alone. Who reads a
    book often has a ``memory``: what has the same bytes as before is what it was.
    """
    memory = {} if memory is None else memory
    folder = root / FOLDER
    if not is_inside(folder, root):
        return (), (_outside(FOLDER),)
    paths, parts, findings = listed(root, FOLDER)
    begins = {first: part for part, first in parts}
    sources: list[Source] = []
    for path in paths:
        source, problems = _read(path, root, memory)
        findings += problems
        if source is None:
            continue
        source, more = taken_in(root, source)
        findings += more
        if (part := begins.get(path)) and not _IS_PART.search(source.text[:2000]):
            sources.append(part_of(source, part, slug_of(part.partition("/")[2])))
        sources.append(source)
    if not sources and all(one.code == "M013" for one in findings):
        hint = f"Put a Markdown file there, such as {FOLDER}/01-beginning.md."
        findings.append(finding("M001", Place(FOLDER), "There are no chapters here.", hint))
    return tuple(sources), tuple(findings)


def slug_of(stem: str) -> str:
    """The name of a chapter in ids and files of an output, from its file name without ``.md``.

    It is an NCName (Namespaces in XML 1.0), a CSS identifier and an ASCII file name, without
    dots or capitals: ``07-moscow`` gives ``c07-moscow``. Two stems that differ give two slugs,
    by a digest wherever more than that prefix had to be changed.
    """
    stem = unicodedata.normalize("NFC", stem)
    base = re.sub(r"[^a-z0-9_-]+", "-", stem.lower()).strip("-")[:_LONGEST_SLUG]
    slug = f"c{base}" if base[:1].isdigit() else base
    if slug and base == stem and not _RESERVED.match(stem):
        return slug
    digest = hashlib.sha256(stem.encode(errors="surrogateescape")).hexdigest()[:8]
    return f"{slug or 'c'}-{digest}"


def chapter_slug(path: str) -> str:
    """The slug of the chapter in the file ``path``, which is from the book's folder."""
    return slug_of(posixpath.splitext(path.partition("/")[2])[0])


def _read(written: str, root: Path, memory: Memory) -> tuple[Source | None, list[Finding]]:
    path = root / written
    # As it is shown: a name may hold what no book, and no terminal, bears.
    name = UNPRINTABLE.sub("\ufffd", re.sub(r"[\n\t]", "\ufffd", written))
    raw, why = told(root, written)
    if why:
        return None, [_closed(name, f"This file was not read: {why}.")]
    if raw is None:
        if not is_inside(path, root):
            return None, [_outside(name)]
        if path.is_symlink() and not path.exists():
            message = "This symbolic link leads nowhere."
            return None, [finding("M007", Place(name), message, "Put the file itself there.")]
        special = path.exists() and not path.is_dir()
        return None, [_closed(name, "This is no file, but a pipe or a device.")] if special else []
    digest = hashlib.sha256(raw).hexdigest()
    known = memory.get(written)
    if known is None or known[0] != digest:
        memory[written] = known = (digest, *_source(written, name, raw, digest))
    return known[1], [*known[2]]


def _source(
    written: str, name: str, raw: bytes, digest: str
) -> tuple[Source | None, tuple[Finding, ...]]:
    """What the bytes ``raw`` of the file ``written``, which is shown as ``name``, say."""
    try:
        text, found = decoded(name, raw)
    except UnreadableError as error:
        return None, (error.finding,)
    text = newlines(text)
    if wrong := _unprintable(name, text):
        text = UNPRINTABLE.sub(" ", text)
    rests = Text.of(text, 0)
    source = Source(name, chapter_slug(written), rests, digest, braced="{{" in text)
    return source, (*found, *wrong)


def _closed(name: str, message: str) -> Finding:
    return finding("M021", Place(name), message, "Put a file there that can be read.")


def _outside(name: str) -> Finding:
    message = "This symbolic link leads outside the book's folder, and was not read."
    return finding("M007", Place(name), message, "Put the file itself there.")


def _unprintable(name: str, text: str) -> list[Finding]:
    """One finding for each line that has control characters, at the first of them."""
    findings: list[Finding] = []
    if not is_unprintable(text):
        return findings
    for number, line in enumerate(text.split("\n"), 1):
        found = UNPRINTABLE.findall(line)
        if not found:
            continue
        count = f"{len(found)} control characters" if len(found) > 1 else "a control character"
        message = f"This line holds {count} (U+{ord(found[0]):04X}); a space stands instead."
        place = Place(name, number, line.index(found[0]) + 1)
        findings.append(finding("M005", place, message, "Take it out."))
    return findings
