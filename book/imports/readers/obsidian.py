"""Obsidian: links by name, embedded notes and pictures, callouts; private remarks stay private."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from book.imports.callouts import alert
from book.imports.front import parted as front_parted
from book.imports.labels import TakenLabels
from book.imports.ledger import Ledger, is_mark, plain
from book.imports.model import Manuscript, Metadata
from book.imports.pages import MARKDOWN, ListedPage, drafts, moved, named
from book.imports.pictures import safe_name
from book.imports.prose import between_fences, heading, lines_of, outside_code, slugged

if TYPE_CHECKING:
    from book.imports.source import Shelf

_WIKI = re.compile(
    r"(?<!\\)(?P<embed>!?)\[\[(?P<target>[^\[\]|\n]*?)(?:\\?\|(?P<text>[^\[\]\n]*))?\]\]"
)
_CALLOUT = re.compile(
    r"^(?P<lead>(?:>[ \t]?)*)>[ \t]?\[!(?P<kind>[\w-]+)(?:\|[^\]]*)?\](?P<fold>[+-]?)[ \t]*"
    r"(?P<title>.*)\n(?P<body>(?:(?P=lead)>.*(?:\n|\Z))*)",
    re.MULTILINE,
)
_PRIVATE = re.compile(r"%%.*?%%", re.DOTALL)
_BLOCK = re.compile(r"[ \t]+\^(?P<name>[\w-]+)[ \t]*$|^\^(?P<alone>[\w-]+)[ \t]*$", re.MULTILINE)
_MARK = re.compile(r"==(?=\S)(?P<text>[^=\n]+?)(?<=\S)==")
_TAGS = re.compile(r"^[ \t]*(?:#[^\s#]+[ \t]*)+$", re.MULTILINE)
_PICTURES = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|avif)$", re.IGNORECASE)
_DEEPEST = 5


class _Vault:
    """The files of a vault by their names, as links name them."""

    def __init__(self, shelf: Shelf, ledger: Ledger) -> None:
        self.shelf, self.ledger, self.labels = shelf, ledger, TakenLabels(shelf)
        self.by_name: dict[str, str] = {}
        for path in sorted(shelf.paths, key=lambda each: (each.count("/"), each)):
            self.by_name.setdefault(PurePosixPath(path).name.casefold(), path)
            self.by_name.setdefault(path.casefold(), path)
        for path in shelf.paths:
            if path.endswith(MARKDOWN[:2]):
                for alias in _aliases(shelf.text_of(path) or "", path):
                    self.by_name.setdefault(alias.casefold(), path)
                    self.by_name.setdefault(f"{alias.casefold()}.md", path)

    def find(self, name: str, beside: str) -> str:
        """The file that a link means: by its path, else by its name anywhere in the vault."""
        name = name.strip()
        for each in (name, f"{name}.md"):
            if path := self.shelf.find(f"/{each}") or self.shelf.find(each, beside):
                return path
            if path := self.by_name.get(each.casefold(), ""):
                return path
        return ""

    def translated(self, text: str, path: str, chain: tuple[str, ...]) -> str:
        """Obsidian's marks in ``text`` as ours."""
        text = between_fences(text, lambda part: self._without_private(part, path))
        text = between_fences(text, lambda part: _CALLOUT.sub(_boxed, part))
        text = self._without_queries(text, path)
        return outside_code(text, lambda part: self._inline(part, path, chain))

    def _without_private(self, text: str, path: str) -> str:
        def leave_out(found: re.Match[str]) -> str:
            lines = found.group().count("\n") + 1
            return self.ledger.add(f"A private remark of {lines} line{'s' * (lines > 1)}.", path)

        return _PRIVATE.sub(leave_out, text)

    def _without_queries(self, text: str, path: str) -> str:
        """Blocks that Obsidian's plugins run are no text of a book."""
        pattern = re.compile(
            r"^```(dataview(?:js)?|query|button|tasks)\b[^\n]*\n.*?^```[ \t]*$",
            re.MULTILINE | re.DOTALL,
        )
        return pattern.sub(
            lambda found: self.ledger.add(
                f"A query of the plugin {found[1]}: {found.group()[:200]}", path
            ),
            text,
        )

    def _inline(self, text: str, path: str, chain: tuple[str, ...]) -> str:
        text = _TAGS.sub(
            lambda found: self.ledger.add(f"A line of tags: {found.group().strip()}", path), text
        )
        text = _MARK.sub(r"<mark>\g<text></mark>", text)
        text = _BLOCK.sub(_anchored, text)
        return _WIKI.sub(lambda found: self._link(found, path, chain), text)

    def _link(self, found: re.Match[str], path: str, chain: tuple[str, ...]) -> str:
        target, text = found["target"].strip(), (found["text"] or "").strip()
        name, _, part = target.partition("#")
        file = self.find(name, path) if name else path
        if found["embed"] and _PICTURES.search(name):
            return self._picture(file or name, text)
        if found["embed"] and file.endswith(MARKDOWN):
            return _by_itself(found, self._embedded(file, part, path, chain))
        shown = text or (f"{name}, {part}" if name and part else name or part).replace("^", "")
        if found["embed"] and file:
            return self.ledger.add(f"A file that a book can't hold: {name}", path) + shown
        anchor = part.split("#")[-1].removeprefix("^")
        anchor = anchor if "#^" in target else slugged(anchor)
        if not name:
            return f"[{shown}](#{anchor})"
        if not file.endswith(MARKDOWN):
            return self.ledger.add(f"A link to “{target}”, which isn't in the vault.", path) + shown
        return f"[{shown}](</{file}{'#' + anchor if anchor else ''}>)"

    def _picture(self, file: str, text: str) -> str:
        """``200`` or ``200x100`` behind the bar is a width in pixels; else it is a description."""
        size = re.search(r"(?:^|\|)[ ]*(\d{1,5})(?:x\d+)?[ ]*$", text)
        share = min(round(int(size[1]) / 6.05), 100) if size else 0
        alternative = text[: size.start()] if size else text
        alternative = alternative or safe_name(file).replace("-", " ")
        wide = f"{{width={max(share, 1)}%}}" if size and share < 95 else ""
        return f"![{alternative}](</{file}>){wide}"

    def _embedded(self, file: str, part: str, path: str, chain: tuple[str, ...]) -> str:
        if file in chain or len(chain) > _DEEPEST:
            return self.ledger.add(f"{file} embeds itself.", path)
        # Whatever is private in it was told where it is a chapter.
        raw = front_parted(plain(self.shelf.text_of(file) or ""), file, Ledger()).text
        self.ledger.texts[file] = raw
        text = between_fences(raw, lambda each: _PRIVATE.sub("", each))
        if part and not (text := _section(text, part)):
            return self.ledger.add(f"{file} has no part “{part}” to embed.", path)
        text = self.translated(text, file, (*chain, file))
        return self.labels.told_apart(moved(text.strip("\n"), file, path), path, file)

    def lined(self, text: str) -> str:
        """``text`` with the ends of lines that Obsidian shows as such."""
        import json

        try:
            said = json.loads(self.shelf.text_of(".obsidian/app.json") or "{}")
        except ValueError:
            said = {}
        strict = isinstance(said, dict) and said.get("strictLineBreaks") is True
        return text if strict else between_fences(text, _with_breaks)


def read(shelf: Shelf, ledger: Ledger) -> Manuscript:
    """The notes of the vault, folder by folder in natural order; folders at the top are parts."""
    vault = _Vault(shelf, ledger)
    entries: list[ListedPage] = []
    folder = ""
    for path in shelf.paths:
        if path.casefold().endswith((".canvas", ".base")):
            ledger.add("A canvas or base of Obsidian, which holds no text of a book.", path)
    for path in sorted(
        (each for each in shelf.paths if each.endswith(MARKDOWN[:2])),
        key=lambda each: (each.count("/") > 0,),
    ):
        top = path.partition("/")[0] if "/" in path else ""
        if top.casefold() in ("templates", "template", "_templates"):
            ledger.add("A template is no chapter.", path)
            continue
        said = front_parted(plain(shelf.text_of(path) or ""), path, Ledger())
        if not said.text.strip():
            ledger.add("A note without words is no chapter.", path)
            continue
        if top != folder:
            entries.append(ListedPage("", named(f"{top}.md"), kind="part"))
            folder = top
        entries.append(ListedPage(path, PurePosixPath(path).stem))

    def translate(text: str, path: str, said: dict[str, Any]) -> str:
        del said
        return vault.lined(vault.translated(text, path, (path,)))

    return Manuscript(Metadata(title=shelf.name), tuple(drafts(shelf, ledger, entries, translate)))


def _boxed(found: re.Match[str]) -> str:
    lead = found["lead"]
    body = re.sub(rf"^{re.escape(lead)}>[ \t]?", "", found["body"], flags=re.MULTILINE)
    # Boxes stand in boxes.
    body = _CALLOUT.sub(_boxed, body) if "[!" in body else body
    return alert(found["kind"], found["title"], body, lead) + "\n"


def _by_itself(found: re.Match[str], taken: str) -> str:
    """What is taken in where it was asked for: apart from the line, as it stands there."""
    if is_mark(taken):
        return taken
    before = found.string[: found.start()].rpartition("\n")[2]
    behind = found.string[found.end() :].partition("\n")[0]
    return f"{chr(10) * 2 * bool(before.strip())}{taken}{chr(10) * 2 * bool(behind.strip())}"


def _aliases(text: str, path: str) -> list[str]:
    """Other names of a note."""
    said = front_parted(text, path, Ledger()).said
    given = said.get("aliases") or said.get("alias") or []
    return [str(one) for one in (given if isinstance(given, list) else str(given).split(","))]


#: Lines that go on in the next one, or that the next can't go on in.
_NO_TEXT = re.compile(
    r"[ \t]*(?:$|[>#|:{<$]|[-*+][ ]|\d+[.)][ ]|!\[[^\n]*\)(?:\{[^}]*\})?$|---|\[\^)"
)


def _with_breaks(text: str) -> str:
    lines = text.split("\n")
    for at, (line, below) in enumerate(pairwise(lines)):
        if _NO_TEXT.match(line) or _NO_TEXT.match(below) or line.endswith(("  ", "\\")):
            continue
        lines[at] = f"{line}\\"
    return "\n".join(lines)


def _anchored(found: re.Match[str]) -> str:
    if found["alone"]:
        return f"{{: #{found['alone']} }}"
    return f'<span id="{found["name"]}"></span>'


def _section(text: str, part: str) -> str:
    """What stands below a heading, or the paragraph with an anchor."""
    if part.startswith("^"):
        blocks = re.split(r"\n[ \t]*\n", text)
        mark = re.compile(rf"(?:^|[ \t])\^{re.escape(part[1:])}[ \t]*$", re.MULTILINE)
        return next((each for each in blocks if mark.search(each)), "")
    wanted = slugged(part.rsplit("#", maxsplit=1)[-1])
    lines, level = [], 0
    for code, line in lines_of(text):
        head = None if code else heading(line)
        if level and head and head[0] <= level:
            break
        if head and not level and slugged(head[1]) == wanted:
            level = head[0]
        if level:
            lines.append(line)
    return "\n".join(lines)
