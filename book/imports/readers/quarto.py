"""Quarto: ``_quarto.yml``, callouts, cross references, shortcodes, code cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from book.imports import front
from book.imports.callouts import alert, attributes, listed
from book.imports.include import Includes
from book.imports.metadata import gathered, text_of
from book.imports.model import Manuscript
from book.imports.pages import ListedPage, drafts, unlisted
from book.imports.prose import FENCE, between_fences, heading, lines_of, outside_code
from book.imports.readers.cells import Drawn
from book.imports.readers.cells import listed as listed_cell

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

_INCLUDE = re.compile(r"^\{\{<[ ]*include[ ]+(?P<path>[^>\n]+?)[ ]*>\}\}[ \t]*$", re.MULTILINE)
#: What is stated in a division of its own, by the beginning of its name.
STATEMENTS = {
    "thm": "Theorem", "lem": "Lemma", "cor": "Corollary", "prp": "Proposition",
    "cnj": "Conjecture", "def": "Definition", "exm": "Example", "exr": "Exercise",
    "sol": "Solution", "rem": "Remark", "alg": "Algorithm",
}  # fmt: skip
_STATED = "|".join(STATEMENTS)
_SHORTCODE = re.compile(r"\{\{<[ ]*(?P<name>[\w-]+)(?P<rest>[^\n]*?)[ ]*>\}\}")
_DIV = re.compile(r"^(?P<lead>[ \t]*)(?P<colons>:{3,})[ \t]*(?P<said>\{[^}\n]*\}|[\w-]+)?[ \t]*$")
_REFERENCE = re.compile(
    r"(?<![\w\\@])(?P<open>\[-?)?-?@"
    rf"(?P<name>(?i:fig|tbl|sec|eq|lst|{_STATED}|nte|tip|wrn|imp|cau)"
    r"-[\w:.-]*[\w])(?(open)\])"
)
#: A picture alone on its line.
PICTURE = re.compile(
    r"^(?P<lead>[ \t]*)!\[(?P<caption>(?:\\.|[^\[\]\\]|\[[^\[\]]*\](?:\([^)]*\))?)*)\]"
    r"\((?P<inner>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)(?:\{(?P<said>[^}\n]*)\})?[ \t]*$",
    re.MULTILINE,
)
_TABLE_NAME = re.compile(r"^(?P<caption>:[ ].*?)[ \t]*\{(?P<said>[^}\n]*)\}[ \t]*$", re.MULTILINE)
_FILES = ("_quarto.yml", "_quarto.yaml")


def read(shelf: Shelf, ledger: Ledger) -> Manuscript:
    """The book that ``_quarto.yml`` describes, its chapters in the order that stands there."""
    name = next((each for each in _FILES if shelf.text_of(each)), _FILES[0])
    settings = front.yaml(shelf.text_of(name) or "", name, ledger)
    table = _table(settings, "book")
    said = {**settings, **table}
    entries = _order(shelf, ledger, table, name)
    includes = Includes(shelf, ledger)
    names, drawn = _Names(shelf, entries), Drawn(shelf)

    def translate(text: str, path: str, own: dict[str, Any]) -> str:
        text = _INCLUDE.sub(lambda found: includes.text(found["path"], path), text)
        execute = {**_table(settings, "execute"), **_table(own, "execute")}
        usual = {key: value for key, value in execute.items() if isinstance(value, bool)}
        text = FENCE.sub(lambda found: listed_cell(found, path, ledger, drawn, usual), text)
        text = divisions(text, path, ledger)
        text = between_fences(
            text, lambda part: PICTURE.sub(lambda found: figure(found, path, ledger), part)
        )
        return outside_code(text, lambda part: _inline(part, path, names, {**said, **own}, ledger))

    made = tuple(drafts(shelf, ledger, entries, translate))
    unlisted(shelf, ledger, entries, "", includes.taken)
    return Manuscript(gathered(said), made)


def _table(said: dict[str, Any], key: str) -> dict[str, Any]:
    table = said.get(key)
    return table if isinstance(table, dict) else {}


def _order(shelf: Shelf, ledger: Ledger, book: dict[str, Any], name: str) -> list[ListedPage]:
    entries: list[ListedPage] = []

    def add(items: Any, kind: str) -> None:
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict) and "part" in item:
                title = text_of(item["part"])
                page = shelf.find(f"/{title}") if title.endswith((".qmd", ".md")) else ""
                entries.append(ListedPage(page, "" if page else title, kind="part"))
                add(item.get("chapters"), kind)
                continue
            path = (
                text_of(item.get("file") or item.get("href"))
                if isinstance(item, dict)
                else (text_of(item))
            )
            if path.endswith(".ipynb"):
                ledger.add(f"A notebook; `quarto convert {path}` makes a text of it.", path)
            elif found := shelf.find(f"/{path}"):
                entries.append(ListedPage(found, kind=kind))
            elif path:
                ledger.add(f"There is no {path} in the source.", name)

    add(book.get("chapters"), "")
    add(book.get("appendices"), "appendix")
    if not entries:
        entries = [
            ListedPage(path) for path in shelf.paths if path.endswith((".qmd", ".md", ".Rmd"))
        ]
        ledger.add("No chapters are named; all pages are taken, in the order of their names.", name)
    return entries


class _Names:
    """What cross references lead to: a file, and words to say instead of a number."""

    def __init__(self, shelf: Shelf, entries: list[ListedPage]) -> None:
        self._known: dict[str, tuple[str, str]] = {}
        for entry in entries:
            for code, line in lines_of(shelf.text_of(entry.path) or "") if entry.path else []:
                self._line(entry.path, line, code)

    def _line(self, path: str, line: str, code: bool) -> None:
        head = None if code else heading(line)
        if head and (name := re.search(r"#([\w:.-]+)", head[2])):
            self._known.setdefault(name[1], (path, head[1]))
        elif found := PICTURE.match(line):
            if name := re.search(r"#([\w:.-]+)", found["said"] or ""):
                self._known.setdefault(name[1], (path, found["caption"]))
        elif found := _TABLE_NAME.match(line):
            if name := re.search(r"#([\w:.-]+)", found["said"]):
                self._known.setdefault(name[1], (path, found["caption"][1:].strip()))
        elif name := re.search(
            rf"(?:\{{#|^:{{3,}}.*#|#\|\s*label:\s*)((?:fig|tbl|eq|lst|sec|{_STATED})-[\w:.-]+)",
            line,
        ):
            self._known.setdefault(name[1], (path, ""))

    def link(self, name: str, path: str, ledger: Ledger) -> str:
        """A link to what ``name`` means, with the words that stand there."""
        name = name[0].lower() + name[1:]  # A capital begins a sentence.
        if name not in self._known:
            return ledger.add(f"A cross reference to nothing: @{name}", path) + f"\\@{name}"
        file, words = self._known[name]
        short = re.sub(r"\[\^[^\]]*\]|[*_`\[\]]|\([^)]*\)", "", words).strip()
        short = short if len(short) <= 60 else short[:60].rpartition(" ")[0] + "…"
        target = f"</{file}#{name}>" if file != path else f"#{name}"
        is_told = name.startswith("eq-")  # The book says its number.
        return f"[{'' if is_told else short or name.partition('-')[2]}]({target})"


def divisions(text: str, path: str, ledger: Ledger) -> str:
    """``::: {.callout-note}`` as an alert, what is for the web alone left out, others kept."""
    out: list[str] = []
    stack: list[tuple[dict[str, str], list[str], str]] = []
    for code, line in lines_of(text):
        found = None if code else _DIV.match(line)
        top = stack[-1][1] if stack else out
        if not found:
            top.append(line)
        elif found["said"]:
            said = found["said"]
            table = attributes(said[1:-1]) if said.startswith("{") else {"class": said}
            stack.append((table, [], line.strip()))
        elif stack:
            table, body, opening = stack.pop()
            below = stack[-1][1] if stack else out
            below.append(_division(table, "\n".join(body), opening, path, ledger))
        else:
            top.append(line)
    for _, body, opening in stack:
        ledger.add(f"A division that has no end: {opening}", path)
        out += body
    return "\n".join(out)


def _division(table: dict[str, str], body: str, opening: str, path: str, ledger: Ledger) -> str:
    if table.get("id") == "refs":
        return f"::: {{#refs}}\n{body}\n:::"
    stated = STATEMENTS.get(table.get("id", "").partition("-")[0])
    if stated:
        return _anchored(table) + _callout("example", {"title": "", **table}, body, stated)
    classes = table["class"].split()
    kind = next(
        (each.removeprefix("callout-") for each in classes if each.startswith("callout-")), ""
    )
    anchor = f'<span id="{table["id"]}"></span>\n\n' if table.get("id") else ""
    if kind:
        return _anchored(table) + _callout(kind, table, body)
    if "content-visible" in classes or "content-hidden" in classes:
        return _of_output(table, body, path, ledger)
    anchor = _anchored(table)
    # Words in attributes: above what they name, and below as a picture's caption is.
    above = "".join(f"**{one}**\n\n" for one in (table.get("title"), table.get("lst-cap")) if one)
    below = "".join(
        f"\n\n{table[key]}" for key in ("fig-cap", "tbl-cap", "attribution") if table.get(key)
    )
    body = f"{above}{body}{below}"
    if "quarto-layout-panel" in classes or "layout-ncol" in table or not classes:
        return f"{anchor}{_row(body) if table.get('layout-ncol') == '2' else body}"
    longest = max([3, *(len(row) + 1 for row in re.findall(r"^:{3,}", body, re.MULTILINE))])
    del opening
    named = " ".join(f".{each}" for each in classes)
    return f"{anchor}{':' * longest} {{{named}}}\n{body}\n{':' * longest}"


def _of_output(table: dict[str, str], body: str, path: str, ledger: Ledger) -> str:
    """What some outputs have and others have not, if a book is of the former."""
    formats = f"{table.get('when-format', '')} {table.get('unless-format', '')}"
    for_book = any(each in formats for each in ("pdf", "latex", "epub", "docx", "typst"))
    visible = "content-visible" in table["class"].split()
    if for_book == (visible != ("unless-format" in table)):
        return body
    return ledger.add(f"For another output only: {' '.join(body.split())[:200]}", path)


def _anchored(table: dict[str, str]) -> str:
    return f'<span id="{table["id"]}"></span>\n\n' if table.get("id") else ""


def _row(body: str) -> str:
    """Two pictures beside each other, and what is said of both."""
    pictures = list(PICTURE.finditer(body))
    between = body[pictures[0].end() : pictures[-1].start()] if len(pictures) == 2 else "x"
    if between.strip():
        return body
    first, last = pictures
    both = f"{first.group()}\n\n{last.group()}"
    rows = f"::: {{.side-by-side}}\n{both}\n:::"
    said = body[last.end() :].strip()
    below = f"\n\n::: {{.center}}\n{said}\n:::" if said and "\n\n" not in said else f"\n\n{said}"
    return f"{body[: first.start()]}{rows}{below}"


def _callout(kind: str, table: dict[str, str], body: str, stated: str = "") -> str:
    title = table.get("title", "") or table.get("name", "")
    first = re.match(r"\s*#{1,6}[ ]+(.+?)[ \t]*(?:\{[^}\n]*\})?\n", f"{body}\n")
    if not title and first:
        title, body = first[1], f"{body}\n"[first.end() :]
    if stated:
        title = f"{stated} ({title})" if title else stated
    return alert(kind, title, body)


def figure(found: re.Match[str], path: str, ledger: Ledger) -> str:
    """A picture alone on its line: what stands in brackets is its caption."""
    table = attributes(found["said"] or "")
    inner = found["inner"]
    title = re.search(r"\s+\"(.*)\"\s*$", inner)
    address = inner[: title.start()].strip() if title else inner.strip()
    mark, words = "", found["caption"]
    if title and words:
        mark = ledger.add(f"A title of a picture that has a caption, too: {title[1]}", path)
    elif title:
        words = title[1]
    caption = words.replace('"', "&quot;")
    alternative = table.get("fig-alt") or re.sub(r"\[\^[^\]]*\]|[*_`]", "", words)
    shown = f' "{caption}"' if caption else ""
    width = table.get("width", "")
    if width and not width.endswith("%"):
        table.pop("width")
    return (
        f"{found['lead']}![{alternative.replace('[', '').replace(']', '')}]"
        f"({address}{shown}){listed(table, 'id', 'width')}{mark}"
    )


def _inline(text: str, path: str, names: _Names, said: dict[str, Any], ledger: Ledger) -> str:
    def short(found: re.Match[str]) -> str:
        name, rest = found["name"], found["rest"].strip()
        if name == "pagebreak":
            return "\\newpage"
        if name in ("meta", "var") and (value := text_of(said.get(rest.split(".")[-1]))):
            return value
        if name == "kbd":
            keys = [key for key in rest.split() if "=" not in key]
            return f"<kbd>{keys[0]}</kbd>" if keys else ""
        address = re.search(r"https?://[^\s\"'>]+", rest)
        mark = ledger.add(f"Quarto's shortcode {found.group()}", path)
        return mark + (f"<{address[0]}>" if address else "")

    text = _SHORTCODE.sub(short, text)
    return _REFERENCE.sub(lambda found: names.link(found["name"], path, ledger), text)
