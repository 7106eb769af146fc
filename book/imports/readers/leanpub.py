"""Leanpub: ``Book.txt``, Markua and the older Leanpub-flavoured Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from book.base.data import replace
from book.imports import front
from book.imports.callouts import alert, attributes, listed
from book.imports.formulas import written
from book.imports.include import Includes
from book.imports.metadata import gathered
from book.imports.model import Manuscript
from book.imports.pages import ListedPage, drafts, unlisted
from book.imports.prose import between_fences, outside_code

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

PICTURES = ("resources", "manuscript/resources", "manuscript", "manuscript/images", "images")
_BOXES = {
    "A": "note", "B": "note", "I": "info", "T": "tip", "W": "warning", "E": "error",
    "D": "note", "Q": "question", "X": "example",
}  # fmt: skip
_BOX = re.compile(r"^(?P<kind>[ABITWEDQX])>.*(?:\n(?P=kind)>.*)*", re.MULTILINE)
_CENTRED = re.compile(r"^C>.*(?:\nC>.*)*", re.MULTILINE)
_ASIDE = re.compile(
    r"^\{(?P<name>aside|blurb)(?P<said>[^{}\n]*)\}[ \t]*\n(?P<body>.*?)\n\{/(?P=name)\}[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_CODE = re.compile(r"^<<(?:\[(?P<title>[^\]\n]*)\])?\((?P<path>[^()\n]+)\)[ \t]*$", re.MULTILINE)
_LISTING = re.compile(r"^\{(?P<said>[^{}\n]*)\}[ \t]*\n(?P<fence>`{3,}|~{3,})[ \t]*$", re.MULTILINE)
_LIST = re.compile(r"^\{(?P<said>[^{}\n]*)\}[ \t]*\n(?P<next>.*)$", re.MULTILINE)
_DIRECTIVE = re.compile(
    r"^\{(?:(?:front|main|back)matter|sample:?[^}]*|book:?[^}]*|exclude-?\w*[^}]*)\}[ \t]*$",
    re.MULTILINE,
)
_BREAK = re.compile(r"^\{pagebreak\}[ \t]*$", re.MULTILINE)
_PART = re.compile(
    r"^-#[ ]+(?P<title>.+?)[ ]*$|^\{class:[ ]*\"?part\"?\}\n#[ ]+(?P<other>.+?)[ ]*$", re.MULTILINE
)
_FORMULA = re.compile(r"\{\$\$\}(?P<inner>.*?)\{/\$\$\}|`(?P<code>[^`\n]+)`\$", re.DOTALL)
_INDEXED = re.compile(r"\{i:[ ]*([^{}\n]*)\}")
_REMARK = re.compile(r"^%%.*$", re.MULTILINE)
_PICTURE = re.compile(
    r"^!\[(?P<caption>[^\]\n]*)\]\((?P<address>[^)\n\"]+?)(?:\s+\"(?P<title>[^\"]*)\")?\)[ \t]*$",
    re.MULTILINE,
)


def book_file(shelf: Shelf) -> str:
    """``Book.txt``, in ``manuscript/`` or at the top; empty if there is none."""
    return shelf.find("/manuscript/Book.txt") or shelf.find("/Book.txt")


def read(shelf: Shelf, ledger: Ledger) -> Manuscript:
    """The files that ``Book.txt`` names, in its order."""
    listing = book_file(shelf)
    entries: list[ListedPage] = []
    for number, line in enumerate((shelf.text_of(listing) or "").split("\n"), 1):
        name = line.strip()
        part = re.match(r"part:[ ]*(.+)", name)
        if part:
            entries.append(ListedPage("", part[1], kind="part"))
        elif (
            not name
            or name.startswith("#")
            or re.fullmatch(r"(?:front|main|back)matter:?|\{.*\}", name)
        ):
            continue
        elif found := shelf.find(name, listing):
            entries.append(ListedPage(found))
        else:
            ledger.add(f"There is no {name} in the source.", f"{listing}:{number}")
    said: dict[str, Any] = {}
    for name in ("metadata.yml", "metadata.yaml", "book.yml", "manuscript/metadata.yml"):
        said |= front.yaml(shelf.text_of(name) or "", name, ledger)

    includes = Includes(shelf, ledger)

    def translate(text: str, path: str, own: dict[str, Any]) -> str:
        del own
        text = _INDEXED.sub(
            lambda found: ledger.add(f"A word for an index: {found[1]}", path), text
        )
        text = _LISTING.sub(_named, text)
        text = _CODE.sub(lambda found: _taken(found, path, includes), text)
        text = between_fences(text, lambda part: _blocks(part, path, ledger))
        text = _FORMULA.sub(_formula, text)
        return outside_code(text, lambda part: _words(part, path, ledger))

    made: list[Any] = []
    for draft in drafts(shelf, ledger, entries, translate):
        made += _parts(draft)
    top = listing.rpartition("/")[0]
    unlisted(shelf, ledger, entries, top, includes.taken)
    return Manuscript(gathered(said), tuple(made))


def _words(text: str, path: str, ledger: Ledger) -> str:
    text = text.replace("[^^", "[^")
    return _INDEXED.sub(lambda found: ledger.add(f"A word for an index: {found[1]}", path), text)


def _parts(draft: Any) -> list[Any]:
    """A file that begins with a part's title is a part's page, and the chapter below it."""
    found = re.match(r"\s*\ue0f4 (?P<title>.+)\n?", draft.text) or re.match(
        r"# [^\n]*\n\s*\ue0f4 (?P<title>.+)\n?", draft.text
    )
    if not found:
        return [replace(draft, text=draft.text.replace("\ue0f4 ", "# "))]
    rest = draft.text[found.end() :].replace("\ue0f4 ", "# ").strip("\n")
    page = replace(
        draft, title=found["title"], text=f"# {found['title']}\n", kind="part", source=""
    )
    if not rest.startswith("# "):
        text = f"# {found['title']}\n\n{rest}\n"
        return [replace(draft, title=found["title"], text=text, kind="part")]
    title = rest.partition("\n")[0].removeprefix("# ")
    return [page, replace(draft, title=title, text=rest)]


def _blocks(text: str, path: str, ledger: Ledger) -> str:
    text = _PART.sub(lambda found: f"\ue0f4 {found['title'] or found['other']}", text)
    text = _REMARK.sub(lambda found: ledger.add(f"A remark: {found.group()[:150]}", path), text)
    text = _BREAK.sub(r"\\newpage", _DIRECTIVE.sub("", text))
    text = _ASIDE.sub(_aside, text)
    text = _CENTRED.sub(lambda found: f"\n{_centred(found)}\n", text)
    text = _BOX.sub(lambda found: f"\n{_box(found)}\n", text)
    text = _LIST.sub(lambda found: _attributed(found, path, ledger), text)
    return _PICTURE.sub(_figure, text)


def _box(found: re.Match[str]) -> str:
    lines = [re.sub(r"^[A-Z]>[ ]?", "", line) for line in found.group().split("\n")]
    title = ""
    if head := re.match(r"#{1,6}[ ]+(.+)", lines[0]):
        title, lines = head[1], lines[1:]
    return alert(_BOXES[found["kind"]], title, "\n".join(lines))


def _aside(found: re.Match[str]) -> str:
    """A box between ``{aside}`` and ``{/aside}``."""
    kind = re.search(r"class[:=][ ]*\"?(\w+)", found["said"])
    return alert(kind[1] if kind else "note", "", found["body"])


def _named(found: re.Match[str]) -> str:
    """A listing in its language, below what it is called."""
    said = attributes(re.sub(r"(\w+):[ ]*(?=[\w\"'])", r"\1=", found["said"]).replace(",", " "))
    titles = dict.fromkeys(one for key in ("title", "caption") if (one := said.get(key)))
    head = "".join(f"**{one}**\n\n" for one in titles)
    return f"{head}{found['fence']}{said.get('lang') or said.get('format') or ''}"


def _taken(found: re.Match[str], path: str, includes: Includes) -> str:
    """A file of code that is taken in."""
    head = f"**{found['title']}**\n\n" if found["title"] else ""
    return f"{head}~~~~\n{includes.text(found['path'], path).strip(chr(10))}\n~~~~"


def _centred(found: re.Match[str]) -> str:
    body = re.sub(r"^C>[ ]?", "", found.group(), flags=re.MULTILINE)
    return f"::: {{.center}}\n{body}\n:::"


def _attributed(found: re.Match[str], path: str, ledger: Ledger) -> str:
    """A list of attributes stands above its block there, behind it here."""
    said = re.sub(r"(\w+):[ ]*(?=[\w\"'])", r"\1=", found["said"]).replace(",", " ")
    below = found["next"]
    table = attributes(said)
    if not re.search(r"[#=:.]|^\w+$", found["said"]) or not below.strip():
        return found.group()
    if re.match(r"#{1,6}[ ]", below):
        return f"{below} {listed(table, 'id')}".rstrip()
    if below.startswith("!["):
        width = table.get("width", "")
        table["width"] = width if width.endswith("%") else ""
        own = _PICTURE.match(below)
        if own and (table.get("alt") or table.get("caption") or table.get("title")):
            caption = table.get("caption") or own["caption"] or table.get("title", "")
            below = (
                f'![{caption}]({own["address"]} "{table.get("alt") or own["title"] or caption}")'
            )
        tail = listed(table, "id", "width")
        return f"{_PICTURE.sub(_figure, below)}{tail}" if tail else below
    mark = ledger.add(f"Attributes that mean nothing here: {{{found['said']}}}", path)
    name = table.get("id", "")
    return f"{mark}{_anchor(name)}\n{below}"


def _anchor(name: str) -> str:
    return f'<span id="{name}"></span>' if name else ""


def _figure(found: re.Match[str]) -> str:
    caption = (found["caption"] or found["title"] or "").replace('"', "&quot;")
    shown = f' "{caption}"' if caption else ""
    return f"![{found['title'] or found['caption']}]({found['address'].strip()}{shown})"


def _formula(found: re.Match[str]) -> str:
    return written(found["inner"] or found["code"] or "", display=False) or found.group()
