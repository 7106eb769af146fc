"""Which files are chapters, and in which order.

Files of ``chapters/`` and of the folders in it, which are parts, in the order of their names, with
numbers as numbers: 2 stands before 10. What is no chapter is passed over, and that is said.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.data import replace
from book.base.paths import names
from book.base.patterns import pattern
from book.base.text import nearest
from book.model import Place, Text
from book.read.variables import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from book.model import Chapter, Config, Finding, Source

#: Where the chapters lie.
FOLDER = "chapters"
#: What chapters' names end in, in capitals or not.
MARKDOWN = (".md", ".markdown")
#: What may hold a manuscript, and is none that is read here.
_FOREIGN = frozenset(
    {".txt", ".rst", ".adoc", ".asciidoc", ".org", ".tex", ".html", ".htm", ".docx", ".doc", ".odt"}
    | {".rtf", ".epub", ".qmd", ".rmd", ".mdx", ".ipynb", ".textile", ".wiki", ".mkd", ".mdown"}
)
#: Files about a folder, not of the book.
_ABOUT = frozenset({"readme", "summary"})
_DIGITS = pattern(r"(\d+)")


def natural(name: str) -> tuple[tuple[int, str] | tuple[int, int, str], ...]:
    """What to sort names by, so that 2 stands before 10; where only zeros differ, as they are."""
    parts = _DIGITS.split(name)
    return tuple((0, int(one[:300]), one) if one.isdigit() else (1, one) for one in parts if one)


def count(root: Path) -> int:
    """How many chapters the book in ``root`` seems to have, before they are read."""
    return len(listed(root, FOLDER)[0])


def listed(root: Path, folder: str) -> tuple[list[str], list[tuple[str, str]], list[Finding]]:
    """The chapters in ``folder``, a path from ``root``, as paths from there.

    Also its parts, each the name of a folder and the path behind which its chapters follow; and
    what is passed over. Names that begin with ``.`` or ``_`` are their writer's own.
    """
    chapters: list[str] = []
    parts: list[tuple[str, str]] = []
    findings: list[Finding] = []
    for name in sorted(names(root, folder), key=natural):
        path = f"{folder}/{name}"
        if name.startswith((".", "_")):
            continue
        if is_chapter(name):
            chapters.append(path)
        elif over := _passed_over(path):
            findings.append(over)
        elif "." not in name or not posixpath.splitext(name)[1]:
            inner, found = _part(root, path)
            parts += [(path, inner[0])] if inner else []
            chapters += inner
            findings += found
    return chapters, parts, findings


def is_chapter(name: str) -> bool:
    """Whether a file of that name is one."""
    stem, suffix = posixpath.splitext(name)
    return suffix.lower() in MARKDOWN and stem.lower() not in _ABOUT


def _part(root: Path, folder: str) -> tuple[list[str], list[Finding]]:
    inner = [one for one in sorted(names(root, folder), key=natural) if one[0] not in "._"]
    over = (_passed_over(f"{folder}/{name}") for name in inner)
    own = [f"{folder}/{name}" for name in inner if is_chapter(name)]
    deeper = [one for name in inner if "." not in name and (one := _deeper(root, folder, name))]
    return own, [*(one for one in over if one and own), *deeper]


def _deeper(root: Path, folder: str, name: str) -> Finding | None:
    """What is said of a folder within a part's: a book has no parts of parts."""
    path = f"{folder}/{name}"
    count = sum(map(is_chapter, names(root, path)))
    if not count:
        return None
    texts = f"{count} texts" if count > 1 else "a text"
    message = f"A folder within a part's folder is not read; {texts} in it were passed over."
    message = message if count > 1 else message.replace(" were ", " was ")
    hint = f"Move them up into `{folder}`, or make a folder of its own beside it."
    return finding("M013", Place(path.encode(errors="replace").decode()), message, hint)


def _passed_over(path: str) -> Finding | None:
    stem, suffix = posixpath.splitext(posixpath.basename(path))
    if suffix.lower() in MARKDOWN and stem.lower() in _ABOUT:
        message = "This file is about a folder, not of the book; it was passed over."
        hint = "Give it another name if it is a chapter, or one that begins with `_` if not."
    elif suffix.lower() in _FOREIGN:
        message = f"A file that ends in `{suffix}` is no chapter; it was passed over."
        hint = "`book import` makes Markdown of it; a name that begins with `_` says: leave it."
    else:
        return None
    return finding("M013", Place(path.encode(errors="replace").decode()), message, hint)


def ordered(
    sources: Sequence[Source], config: Config | None
) -> tuple[tuple[Source, ...], list[Finding]]:
    """``sources`` as ``book.toml`` has them: in its order, with what it says of the book in them.

    Also what can't be found of the order.
    """
    if config is None:
        return tuple(sources), []
    sources = filled(sources, config.book)
    if not config.chapters:
        return sources, []
    by_name = {one.path.partition("/")[2].casefold(): one for one in sources}
    by_stem = {posixpath.splitext(name)[0]: one for name, one in by_name.items()}
    taken: dict[str, Source] = {}
    findings: list[Finding] = []
    for name in config.chapters:
        asked = name.removeprefix("./").removeprefix("chapters/").casefold()
        if found := by_name.get(asked) or by_stem.get(asked):
            taken.setdefault(found.path, found)
            continue
        near = nearest(asked, by_name)
        message = f"`chapters` names `{name}`, which isn't in the folder of chapters."
        hint = f"Did you mean `{near}`?" if near else "Name files as they are called there."
        findings.append(finding("B004", Place("book.toml"), message, hint))
    for one in sources:
        if one.path not in taken:
            message = "`chapters` in book.toml doesn't name this file; it was passed over."
            findings.append(finding("M013", Place(one.path), message, "Put it into the list."))
    return tuple(taken.values()), findings


def without_drafts(chapters: Iterable[Chapter]) -> tuple[list[Chapter], list[Finding]]:
    """The chapters that are to be printed; those whose front matter says ``draft`` are said."""
    kept: list[Chapter] = []
    findings: list[Finding] = []
    for one in chapters:
        if not one.draft:
            kept.append(one)
            continue
        message = "This chapter is a draft, says its front matter; it was left out."
        findings.append(
            finding("M013", Place(one.path), message, "Take `draft` out when it is done.")
        )
    return kept, findings


def part_of(source: Source, folder: str, slug: str) -> Source:
    """The page of a part, for a ``folder`` that has none of its own."""
    stem = re.sub(r"^[\d\s._-]+", "", posixpath.basename(folder)) or posixpath.basename(folder)
    title = re.sub(r"[\s_-]+", " ", stem).strip()
    text = f"---\nkind: part\n---\n\n# {title[:1].upper()}{title[1:]}\n"
    return replace(source, path=f"{folder}/", slug=slug, written=Text.of(text))
