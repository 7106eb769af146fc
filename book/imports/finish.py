"""Drafts become chapters: files with names, links that lead, pictures that are there."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from book.base.data import replace
from book.imports import addresses, formulas
from book.imports.headings import anchors, settled
from book.imports.pictures import FOLDER, Pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.imports.addresses import Address
    from book.imports.ledger import Ledger
    from book.imports.model import ImportDraft
    from book.imports.source import Shelf

_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_PAGES = ("", ".md", ".markdown", ".qmd", ".rmd", "/index.md", "/README.md", "/index.qmd")
_NUMBERED = re.compile(r"^(?:\d+|[ivxlc]+)[-_. ]+(?=\S)", re.IGNORECASE)
# Titles by which a chapter is known, and what it is; only at the book's ends.
_FRONT = {
    "dedication": "dedication", "foreword": "foreword", "preface": "preface",
    "acknowledgements": "acknowledgments", "acknowledgments": "acknowledgments",
    "vorwort": "preface", "geleitwort": "foreword", "danksagung": "acknowledgments",
    "préface": "preface", "avant-propos": "foreword", "remerciements": "acknowledgments",
    "prólogo": "prologue", "prefacio": "preface", "prefazione": "preface",
    "introduction": "introduction", "einleitung": "introduction", "introducción": "introduction",
    "introduzione": "introduction", "prologue": "prologue", "prolog": "prologue",
}  # fmt: skip
_BACK = {
    "epilogue": "epilogue", "epilog": "epilogue", "épilogue": "epilogue", "afterword": "afterword",
    "nachwort": "afterword", "postface": "afterword", "appendix": "appendix", "anhang": "appendix",
    "annexe": "appendix", "glossary": "glossary", "glossar": "glossary", "glossaire": "glossary",
    "bibliography": "bibliography", "references": "bibliography", "colophon": "colophon",
    "literaturverzeichnis": "bibliography", "bibliographie": "bibliography",
    "bibliografía": "bibliography", "works cited": "bibliography", "literature": "bibliography",
}  # fmt: skip


@dataclass
class _Map:
    """Where each file of the source and each anchor went."""

    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    titles: dict[str, set[str]] = field(default_factory=dict)
    slugs: dict[str, dict[str, str]] = field(default_factory=dict)


class Finisher:
    """Writes the chapters of one book; ``folders`` are where its tool keeps pictures."""

    def __init__(self, shelf: Shelf, ledger: Ledger, folders: tuple[str, ...] = ()) -> None:
        self._shelf, self._ledger, self._folders = shelf, ledger, folders
        self.pictures = Pictures(shelf, ledger)
        self._map = _Map()

    def finished(self, drafts: Sequence[ImportDraft]) -> dict[str, str]:
        """The chapters' texts by their file names, in order."""
        drafts = [replace(draft, text=settled(draft.title, draft.text)) for draft in drafts]
        drafts = _with_kinds(drafts)
        files = _file_names(drafts)
        for draft, file in zip(drafts, files, strict=True):
            self._map.files.setdefault(draft.source.casefold(), (file, ""))
            for alias, anchor in draft.aliases:
                self._map.files.setdefault(alias.casefold(), (file, anchor))
            own = anchors(draft.text)
            self._map.names[file], self._map.titles[file] = own.names, own.title
            self._map.slugs[file] = own.slugs
        made = {}
        for draft, file in zip(drafts, files, strict=True):
            text = self._linked(draft, file)
            made[f"chapters/{file}"] = f"{_front_matter(draft)}{text.strip(chr(10))}\n"
        return made

    def _linked(self, draft: ImportDraft, file: str) -> str:
        def inline(each: Address) -> str:
            if each.is_image:
                return self._image(each, draft.source)
            address, lost = self._address(each.address, draft.source, file)
            mark = self._ledger.add(f"{lost}.", draft.source) if lost else ""
            if address is None:
                return mark + (each.text or f"\\[{each.address.lstrip('#')}\\]")
            kept = address == each.address and each.text in each.whole
            return mark + (each.whole if kept else each.written(address))

        def other(address: str, is_image: bool) -> str:
            if is_image:
                return self._picture(address, draft.source)[0] or address
            found, lost = self._address(address, draft.source, file)
            if lost:
                self._ledger.add(f"{lost}.", draft.source)
            return found or address

        text = formulas.linked(draft.text, lambda name: self._anchor(name, file) is not None)
        return addresses.changed(text, inline, other)

    def _image(self, each: Address, source: str) -> str:
        name, reason = self._picture(each.address, source)
        if name:
            return each.written(name)
        mark = self._ledger.add(f"{reason}: {each.address[:200]}", source)
        if re.match(r"https?:|//", each.address):
            words = each.text or "picture"
            return f"{mark}[{words}]({each.address})"
        # What stands for it is made of its own words: no picture, but nothing is hidden.
        shown = re.sub(r"^\s+[\"'(]|[\"')]$", "", each.title) or each.text
        bare = each.address if not self._shelf.is_added(each.address) else each.text
        return f"{mark}\\[{shown or bare.rpartition('/')[2]}\\]"

    def _picture(self, address: str, source: str) -> tuple[str, str]:
        if re.match(r"(?:https?:)?//", address, re.IGNORECASE):
            return "", "A picture on the network, which is not fetched"
        name = self.pictures.taken(address, source, self._folders)
        return name, "" if name else "A picture that isn't there or can't be used"

    def _address(self, address: str, source: str, file: str) -> tuple[str | None, str]:
        """The address in the book, and what was lost of it, in words.

        None if what it leads to isn't there.
        """
        gone = f"A link to “{address}”, which isn't in the book; its text stays"
        if not address:
            return None, "A link without an address; its text stays"
        if _SCHEME.match(address):
            return address, ""
        path, _, anchor = address.partition("#")
        if not path:
            own = self._anchor(anchor, file)
            return own, "" if own else gone
        found = self._page(path, source)
        if found is None:
            return None, gone
        other, begin = found
        anchor = unquote(anchor)
        lost = f"A link to “{address}”, a place that isn't there; it leads to the chapter's head"
        place = self._place(other, anchor) if anchor else begin
        where = "" if other == file and place else other
        return f"{where}#{place}" if place else where, (
            lost if anchor and not self._has(other, anchor) else ""
        )

    def _page(self, path: str, source: str) -> tuple[str, str] | None:
        """The chapter that a path of the source means, and where in it that file's text begins."""
        for each in dict.fromkeys((path, unquote(path))):
            stem = re.sub(r"\.(?:html?|md)$", "", each.split("?")[0]).rstrip("/")
            for ending in _PAGES:
                for base in (each, stem):
                    whole = self._shelf.find(base + ending, source) or (base + ending).removeprefix(
                        "./"
                    ).removeprefix("/")
                    if found := self._map.files.get(whole.casefold()):
                        return found
        return None

    def _anchor(self, anchor: str, file: str) -> str | None:
        """A place named without a file: in the same chapter, else in the first that has it."""
        anchor = unquote(anchor)
        if anchor.startswith("note:"):
            return f"#{anchor}"
        for other in [file, *self._map.names]:
            if self._has(other, anchor):
                place = self._place(other, anchor)
                if other == file:
                    return f"#{place}" if place else other
                return f"{other}#{place}" if place else other
        return None

    def _has(self, file: str, anchor: str) -> bool:
        return (
            anchor in self._map.names[file]
            or anchor in self._map.titles[file]
            or anchor in self._map.slugs[file]
        )

    def _place(self, file: str, anchor: str) -> str:
        """The anchor of ``anchor`` in ``file``; empty for its beginning."""
        if anchor in self._map.titles[file]:
            return ""
        if anchor in self._map.names[file]:
            return anchor
        return self._map.slugs[file].get(anchor, "")


def _with_kinds(drafts: list[ImportDraft]) -> list[ImportDraft]:
    """Chapters at the book's ends that are known by their titles, with their kinds."""
    made = list(drafts)
    for table, order in ((_FRONT, range(len(made))), (_BACK, range(len(made) - 1, -1, -1))):
        for at in order:
            title = re.sub(r"[\W\d]+$", "", _NUMBERED.sub("", made[at].title)).casefold()
            kind = table.get(title) or table.get(title.split()[0] if title.split() else "")
            if made[at].kind in ("part", "draft") or (not kind and not made[at].kind):
                break
            if title.split() and kind and len(title.split()) > 1 and title not in table:
                # “Appendix A: Letters” is one; “Introduction to glass” is a chapter.
                kind = kind if kind == "appendix" else ""
            if not made[at].kind and not kind:
                break
            made[at] = replace(made[at], kind=made[at].kind or kind or "")
    return made


def _file_names(drafts: Sequence[ImportDraft]) -> list[str]:
    width = max(2, len(str(len(drafts))))
    names = []
    for number, draft in enumerate(drafts, 1):
        stem = re.sub(r"[`*_\\]|\[\^[^\]]*\]|<[^>]*>|\ue0f0\d+\ue0f1", "", draft.title)
        stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:48].rstrip("-")
        names.append(f"{number:0{width}}-{slug or draft.kind or 'chapter'}.md")
    return names


def _front_matter(draft: ImportDraft) -> str:
    pairs = [
        f"{key}: {_scalar(value)}"
        for key, value in (
            ("kind", draft.kind),
            ("language", draft.language),
            ("summary", draft.summary),
            ("author", "; ".join(draft.authors)),
            ("date", draft.date),
        )
        if value and value != "chapter"
    ]
    return "\n".join(["---", *pairs, "---", "", ""]) if pairs else ""


def _scalar(text: str) -> str:
    """A text as plain YAML where it can be, else in quotes."""
    text = " ".join(text.split())
    if re.fullmatch(r"[A-Za-z][\w .,;()’'-]*", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


__all__ = ["FOLDER", "Finisher"]
