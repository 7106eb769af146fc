"""Files of Markdown in an order become drafts; nested ones go into the chapter above them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from book.base.data import replace
from book.imports import addresses, front, split
from book.imports.labels import apart
from book.imports.ledger import plain
from book.imports.metadata import date_of, language_of, names_of, subjects_of, text_of
from book.imports.model import ImportDraft
from book.imports.prose import heading, lines_of, slugged, with_hashes
from book.imports.readers import notebook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

    Translate = Callable[[str, str, dict[str, Any]], str]

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".txt")
#: Markdown, and notebooks, which are written as Markdown when they are read.
PAGES = (*MARKDOWN, notebook.ENDING)
_KINDS = frozenset(
    [
        "dedication",
        "epigraph",
        "foreword",
        "preface",
        "acknowledgments",
        "introduction",
        "prologue",
        "chapter",
        "epilogue",
        "afterword",
        "appendix",
        "chronology",
        "people",
        "glossary",
        "bibliography",
        "colophon",
        "part",
    ]
)


class ListedPage(Struct, frozen=True):
    """One file in the order of a book; ``depth`` 0 is a chapter, deeper ones are parts of it.

    Without a ``path`` it is a part's page, or, deeper, a heading above pages. With ``is_book``,
    its front matter is that of the book.
    """

    path: str
    title: str = ""
    depth: int = 0
    kind: str = ""
    is_book: bool = False


def drafts(
    shelf: Shelf, ledger: Ledger, entries: Sequence[ListedPage], translate: Translate
) -> list[ImportDraft]:
    """A draft for each entry at the top; ``translate`` gets text, path and front matter."""
    made: list[ImportDraft] = []
    seen: set[str] = set()
    for entry in entries:
        if not entry.path and entry.depth and made and made[-1].kind != "part":
            # It gathers the pages below it, which are sections of the chapter above.
            gathers = ImportDraft(entry.title, f"# {entry.title}\n", made[-1].source)
            made[-1] = _joined(made[-1], gathers, entry.depth, ledger)
            continue
        if not entry.path:
            made.append(ImportDraft(entry.title, f"# {entry.title}\n", "", entry.kind or "part"))
            continue
        if entry.path in seen:
            continue
        seen.add(entry.path)
        draft = _draft(shelf, ledger, entry, translate)
        if draft is None:
            continue
        if entry.depth and made and made[-1].kind != "part":
            made[-1] = _joined(made[-1], draft, entry.depth, ledger)
        else:
            made.append(draft)
    return made


def _draft(
    shelf: Shelf, ledger: Ledger, entry: ListedPage, translate: Translate
) -> ImportDraft | None:
    text = shelf.text_of(entry.path)
    if text is None:
        ledger.add("This file can't be read, or leads outside the source.", entry.path)
        return None
    if entry.path.casefold().endswith(notebook.ENDING):
        text = notebook.written(shelf, entry.path, text, ledger)
    said, body = front.parted(plain(text), entry.path, ledger)
    said = {str(key).casefold(): value for key, value in said.items()}
    if said.get("draft") is True or said.get("published") is False:
        ledger.add("A draft, which isn't published.", entry.path)
        return None
    if entry.is_book:
        said = {}
    ledger.taken.add(entry.path)
    ledger.texts[entry.path] = "\n" * (text.count("\n") - body.count("\n")) + body
    summaries = [key for key in ("summary", "description", "excerpt") if text_of(said.get(key))]
    known = _READ.difference(summaries[1:], () if said.get("title") else ("subtitle",))
    front.passed_over(said, known, entry.path, ledger)
    body = translate(body, entry.path, said)
    kind = text_of(said.get("kind"))
    own = ": ".join(filter(None, map(text_of, (said.get("title"), said.get("subtitle")))))
    own = own if said.get("title") else ""
    title = own or entry.title or first_heading(body) or _only_title(body) or named(entry.path)
    if own and not _begins_with_title(body):
        body = f"# {own}\n\n{body.strip(chr(10))}"
    language = language_of(text_of(said.get("language") or said.get("lang")))
    summary = text_of(said.get("summary") or said.get("description") or said.get("excerpt"))
    chosen = entry.kind or (kind if kind in _KINDS else "")
    if tags := [*subjects_of(said.get("tags")), *subjects_of(said.get("categories"))]:
        ledger.add(f"These tags are left out: {', '.join(dict.fromkeys(tags))}.", entry.path)
    authors = tuple(names_of(said.get("author") or said.get("authors")))
    made = ImportDraft(title, body, entry.path, chosen, language, summary)
    return replace(made, authors=authors, date=text_of(said.get("date"))[:10])


#: What is read of a page's front matter; the subtitle stands in the title.
_READ = frozenset(
    [
        *("title", "subtitle", "language", "lang", "summary", "description", "excerpt", "tags"),
        *("categories", "author", "authors", "date", "kind", "draft", "published"),
    ]
)


def unlisted(
    shelf: Shelf, ledger: Ledger, entries: Sequence[ListedPage], under: str, taken: set[str]
) -> None:
    """Note the texts below the folder ``under`` that no entry names and no other has ``taken``."""
    known = taken | {entry.path for entry in entries}
    for path in shelf.paths:
        parts = path.casefold().split("/")
        if not path.casefold().endswith((*MARKDOWN[:-1], notebook.ENDING)) or path in known:
            continue
        if under and not path.startswith(f"{under}/"):
            continue
        if any(part.startswith(("_", ".")) for part in parts) or parts[-1].startswith(
            ("summary.", "readme.", "license.", "changelog.")
        ):
            continue
        ledger.add("The book's order doesn't name this file, so it is no chapter.", path)


def first_heading(text: str) -> str:
    """The heading that a text begins with, or empty."""
    for code, line in lines_of(with_hashes(text.strip("\n"))):
        if line.strip() and not line.startswith("<"):
            head = None if code else heading(line)
            return head[1] if head else ""
    return ""


def _only_title(text: str) -> str:
    """The heading of the first level, if it is the first heading and the only one of its level."""
    heads = [
        head for code, line in lines_of(with_hashes(text)) if not code and (head := heading(line))
    ]
    tops = [head for head in heads if head[0] == 1]
    return tops[0][1] if len(tops) == 1 and heads[0] == tops[0] else ""


def _begins_with_title(text: str) -> bool:
    return next(
        (
            head[0] == 1
            for code, line in lines_of(with_hashes(text))
            if not code and (head := heading(line))
        ),
        False,
    )


def named(path: str) -> str:
    """A title out of a file's name: without its number, with blanks."""
    stem = PurePosixPath(path).stem
    if stem.casefold() in ("readme", "index"):
        stem = PurePosixPath(path).parent.name or stem
    stem = re.sub(r"^\d{4}-\d\d-\d\d-|^\d+[-_. ]+", "", stem) or stem
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:]


def _joined(above: ImportDraft, below: ImportDraft, depth: int, ledger: Ledger) -> ImportDraft:
    """``above`` with the text of ``below``, its headings ``depth`` levels lower."""
    text = with_hashes(below.text)
    if not any(not code and heading(line) for code, line in lines_of(text)):
        text = f"# {below.title}\n\n{text}"
    own, other = split.definitions(above.text), split.definitions(text)
    text = apart(text, set(own.notes) & set(other.notes), set(own.references) & {
        label for label, line in other.references.items() if own.references.get(label) != line
    }, slugged(below.title))  # fmt: skip
    lines, anchor = [], ""
    for code, line in lines_of(text):
        head = None if code else heading(line)
        if head:
            inner = head[2]
            if not anchor:
                named_ = re.search(r"#(\S+)", inner)
                anchor = named_[1] if named_ else slugged(below.title) or "section"
                taken = {alias for _, alias in above.aliases}
                while not named_ and anchor in taken:
                    anchor += "-"
                inner = inner if named_ else f"#{anchor} {inner}".strip()
            inner = f" {{{inner}}}" if inner else ""
            line = f"{'#' * min(head[0] + depth, 6)} {head[1]}{inner}"  # noqa: PLW2901
        lines.append(line)
    text = moved("\n".join(lines), below.source, above.source)
    aliases = (*above.aliases, (below.source, anchor), *below.aliases)
    del ledger
    return replace(above, text=f"{above.text.rstrip()}\n\n{text}", aliases=aliases)


def moved(text: str, source: str, to: str) -> str:
    """Links and pictures that were written in one folder, as they are written in another."""
    folder, other = PurePosixPath(source).parent, PurePosixPath(to).parent

    def absolute(address: str) -> str:
        if re.match(r"(?:[a-z][\w+.-]*:|//|#|/|$)", address, re.IGNORECASE):
            if address.startswith("#"):
                return f"/{source}{address}"
            return address
        return f"/{folder.as_posix()}/{address}" if folder != other else address

    return addresses.changed(
        text,
        lambda each: each.written(absolute(each.address)) if each.address else each.whole,
        lambda address, is_image: absolute(address),
    )


def dated(said: dict[str, Any]) -> str:
    """The date of a page, for the order of those that are ordered by it."""
    return date_of(said.get("date") or "")
