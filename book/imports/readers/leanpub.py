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
from book.imports.prose import around_fences, between_fences, outside_code

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

PICTURES = ("resources", "manuscript/resources", "manuscript", "manuscript/images", "images")
_BOXES = {
    "A": "note", "B": "note", "I": "info", "T": "tip", "W": "warning", "E": "error",
    "D": "note", "Q": "question", "X": "example",
}  # fmt: skip
_BOX = re.compile(
    r"^(?:\{class:[ ]*\"?(?P<class>\w+)\"?\}[ \t]*\n)?(?P<kind>[ABITWEDQX])>.*(?:\n(?P=kind)>.*)*",
    re.MULTILINE,
)
_CENTRED = re.compile(r"^C>.*(?:\nC>.*)*", re.MULTILINE)
_ASIDE = re.compile(
    r"^\{(?P<name>aside|blurb)(?P<said>[^{}\n]*)\}[ \t]*\n(?P<body>.*?)\n\{/(?P=name)\}[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_CODE = re.compile(r"^<<(?:\[(?P<title>[^\]\n]*)\])?\((?P<path>[^()\n]+)\)[ \t]*$", re.MULTILINE)
_LISTING = re.compile(r"^\{(?P<said>[^{}\n]*)\}[ \t]*\n(?P<fence>`{3,}|~{3,})[ \t]*$", re.MULTILINE)
_LIST = re.compile(r"^\{(?P<said>[^{}\n]*)\}[ \t]*\n(?P<next>.*)$", re.MULTILINE)
_DIVIDED = re.compile(r"(front|main|back)matter:?|\{(?:(front|main|back)matter)?.*\}")
_MATTER = re.compile(r"\s*\{(?P<which>front|main|back)matter\}")
#: The first title of a file, if nothing stands behind it.
_TITLE = re.compile(r"^(# [^\n{]*[^\s{])[ \t]*$", re.MULTILINE)
_SHOWN = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|tiff?|bmp|avif|pdf|mp[34]|mov|m4[av]|webm|wav)$")
_DIRECTIVE = re.compile(
    r"^\{(?:(?:front|main|back)matter|sample:?[^}]*|book:?[^}]*|exclude-?\w*[^}]*|/\w+)\}[ \t]*$",
    re.MULTILINE,
)
_BREAK = re.compile(r"^\{pagebreak\}[ \t]*$", re.MULTILINE)
_PART = re.compile(
    r"^-#[ ]+(?P<title>.+?)[ ]*$|^\{class:[ ]*\"?part\"?\}\n#[ ]+(?P<other>.+?)[ ]*$", re.MULTILINE
)
_FORMULA = re.compile(
    r"(?:(?:(?<=\n\n)|\A)\{\$\$\}[ \t]*\n(?P<shown>.*?)\n\{/\$\$\}[ \t]*(?=\n\n|\n?\Z))"
    r"|\{\$\$\}(?P<inner>.*?)\{/\$\$\}|`(?P<code>[^`\n]+)`\$",
    re.DOTALL,
)
_INDEXED = re.compile(r"[ \t]*\{i:[ ]*([^{}\n]*)\}")
#: Behind a picture that has its words.
_DONE = "\ue0f9"
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
    entries, outside = _listed(shelf, ledger)
    said: dict[str, Any] = {}
    for name in ("metadata.yml", "metadata.yaml", "book.yml", "manuscript/metadata.yml"):
        said |= front.yaml(shelf.text_of(name) or "", name, ledger)
    includes = Includes(shelf, ledger)

    def translate(text: str, path: str, own: dict[str, Any]) -> str:
        del own

        def shown(part: str) -> str:
            return _PICTURE.sub(lambda found: _code_file(found, path, shelf, includes), part)

        text = _LISTING.sub(_named, text)
        text = _CODE.sub(lambda found: _taken(found, path, includes), text)
        text = between_fences(text, shown)
        text = around_fences(text, lambda part: _blocks(part, path, ledger))
        text = _FORMULA.sub(_formula, text)
        if path in outside:
            text = _TITLE.sub(r"\1 {.unnumbered}", text, count=1)
        return outside_code(text, lambda part: _words(part, path, ledger))

    made: list[Any] = []
    for draft in drafts(shelf, ledger, entries, translate):
        made += _parts(draft)
    top = book_file(shelf).rpartition("/")[0]
    unlisted(shelf, ledger, entries, top, includes.taken)
    return Manuscript(gathered(said), tuple(made))


def _words(text: str, path: str, ledger: Ledger) -> str:
    text = text.replace("[^^", "[^")
    return _INDEXED.sub(lambda found: _indexed(found, path, ledger), text)


def _indexed(found: re.Match[str], path: str, ledger: Ledger) -> str:
    return ledger.add(f"A word for an index: {found[1]}", path)


def _listed(shelf: Shelf, ledger: Ledger) -> tuple[list[ListedPage], set[str]]:
    """What ``Book.txt`` names, and which files stand before or behind the numbered chapters."""
    listing = book_file(shelf)
    entries: list[ListedPage] = []
    matter, outside = "", set[str]()
    for number, line in enumerate((shelf.text_of(listing) or "").split("\n"), 1):
        name = line.strip()
        part = re.match(r"part:[ ]*(.+)", name)
        if part:
            entries.append(ListedPage("", part[1], kind="part"))
        elif here := _DIVIDED.fullmatch(name):
            matter = here[1] or here[2] or matter
        elif not name or name.startswith("#"):
            continue
        elif found := shelf.find(name, listing):
            # A file may say itself that the next part of the book begins.
            own = _MATTER.match(shelf.text_of(found) or "")
            matter = own["which"] if own else matter
            entries.append(ListedPage(found))
            outside |= {found} if matter in ("front", "back") else set()
        else:
            ledger.add(f"There is no {name} in the source.", f"{listing}:{number}")
    return entries, outside


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
    # Alone on its line it would be taken for the attributes of what follows.
    text = re.sub(rf"(?m)^{_INDEXED.pattern}[ \t]*$", lambda one: _indexed(one, path, ledger), text)
    text = _PART.sub(lambda found: f"\ue0f4 {found['title'] or found['other']}", text)
    text = _REMARK.sub(lambda found: ledger.add(f"A remark: {found.group()[:150]}", path), text)
    text = _BREAK.sub(r"\\newpage", _ASIDE.sub(_aside, text))
    text = _DIRECTIVE.sub("", text)
    text = _CENTRED.sub(lambda found: f"\n{_centred(found)}\n", text)
    text = _BOX.sub(lambda found: f"\n{_box(found)}\n", text)
    text = _LIST.sub(lambda found: _attributed(found, path, ledger), text)
    return _PICTURE.sub(_figure, text).replace(_DONE, "")


def _box(found: re.Match[str]) -> str:
    lines = found.group().split("\n")[1 if found["class"] else 0 :]
    body = "\n".join(re.sub(r"^[A-Z]>[ ]?", "", line) for line in lines)
    title, body = _headed(body)
    return alert(found["class"] or _BOXES[found["kind"]], title, body)


def _headed(body: str) -> tuple[str, str]:
    """The heading that a box begins with, and the rest."""
    head = re.match(r"\s*#{1,6}[ ]+(.+?)[ \t]*(?:\n|\Z)", body)
    return (head[1], body[head.end() :]) if head else ("", body)


def _aside(found: re.Match[str]) -> str:
    """A box between ``{aside}`` and ``{/aside}``."""
    kind = re.search(r"class[:=][ ]*\"?(\w+)", found["said"])
    return alert(kind[1] if kind else "note", *_headed(found["body"]))


def _named(found: re.Match[str]) -> str:
    """A listing in its language, below what it is called."""
    said = attributes(_as_written(found["said"]))
    titles = dict.fromkeys(one for key in ("title", "caption") if (one := said.get(key)))
    head = "".join(f"**{one}**\n\n" for one in titles)
    return f"{head}{found['fence']}{said.get('lang') or said.get('format') or ''}"


def _taken(found: re.Match[str], path: str, includes: Includes) -> str:
    """A file of code that is taken in."""
    head = f"**{found['title']}**\n\n" if found["title"] else ""
    return f"{head}~~~~\n{includes.text(found['path'], path).strip(chr(10))}\n~~~~"


def _code_file(found: re.Match[str], path: str, shelf: Shelf, includes: Includes) -> str:
    """A picture that is none, but a file of code, as Markua shows it."""
    address = found["address"].strip()
    if "." not in address or _SHOWN.search(address.casefold()) or ":" in address:
        return found.group()
    places = [address, *(f"/{folder}/{address}" for folder in PICTURES)]
    file = next((one for each in places if (one := shelf.find(each, path))), "")
    if not file:
        return found.group()
    title = found["caption"] or found["title"] or ""
    head = f"**{title}**\n\n" if title else ""
    return f"{head}~~~~\n{includes.text(f'/{file}', path).strip(chr(10))}\n~~~~"


def _as_written(said: str) -> str:
    """Attributes with colons and commas, as those that have neither; texts in quotes stay."""
    pieces = re.split(r"(\"[^\"]*\"|'[^']*')", said)
    for at in range(0, len(pieces), 2):
        following = at + 1 < len(pieces)
        bare = re.sub(r"(\w[\w-]*):[ ]*(?=\w)", r"\1=", pieces[at]).replace(",", " ")
        pieces[at] = re.sub(r":[ ]*\Z", "=", bare) if following else bare
    return "".join(pieces)


def _centred(found: re.Match[str]) -> str:
    body = re.sub(r"^C>[ ]?", "", found.group(), flags=re.MULTILINE)
    return f"::: {{.center}}\n{body}\n:::"


def _attributed(found: re.Match[str], path: str, ledger: Ledger) -> str:
    """A list of attributes stands above its block there, behind it here."""
    below = found["next"]
    table = attributes(_as_written(found["said"]))
    if not re.search(r"[#=:.]|^\w+$", found["said"]) or not below.strip():
        return found.group()
    if re.match(r"#{1,6}[ ]", below):
        return f"{below} {listed(table, 'id')}".rstrip()
    if below.startswith("!["):
        width = table.get("width", "")
        table["width"] = width if width.endswith("%") else ""
        shown = _PICTURE.sub(lambda each: _figure(each, table), below)
        return f"{shown}{listed(table, 'id', 'width') or _DONE}"
    mark = ledger.add(f"Attributes that mean nothing here: {{{found['said']}}}", path)
    name = table.get("id", "")
    return f"{mark}{_anchor(name)}\n{below}"


def _anchor(name: str) -> str:
    return f'<span id="{name}"></span>' if name else ""


def _figure(found: re.Match[str], said: dict[str, str] | None = None) -> str:
    said = said or {}
    caption = said.get("caption") or found["caption"] or found["title"] or said.get("title") or ""
    words = said.get("alt") or found["title"] or found["caption"] or caption
    title = caption.replace('"', "&quot;")
    shown = f' "{title}"' if title else ""
    return f"![{words}]({found['address'].strip()}{shown})"


def _formula(found: re.Match[str]) -> str:
    if found["shown"]:
        return written(found["shown"], display=True) or found.group()
    return written(found["inner"] or found["code"] or "", display=False) or found.group()
