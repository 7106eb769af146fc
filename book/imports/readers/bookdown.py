r"""bookdown: ``_bookdown.yml``, chunks of R Markdown, parts in headings, ``\@ref(…)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from book.base.data import replace
from book.imports import formulas, front, split
from book.imports.callouts import alert, attributes
from book.imports.include import Includes
from book.imports.ledger import Ledger, is_mark
from book.imports.metadata import gathered, text_of
from book.imports.model import ImportDraft, Manuscript
from book.imports.pages import ListedPage, drafts, unlisted
from book.imports.prose import (
    FENCE,
    between_fences,
    heading,
    lines_of,
    outside_code,
    with_hashes,
    words_of,
)
from book.imports.readers.cells import Drawn, listed, options
from book.imports.readers.labels import (
    CAPTION,
    LABEL,
    SPECIAL,
    TEXT,
    THEOREM,
    THEOREMS,
    Crossings,
    anchor_of,
    short_of,
)
from book.imports.readers.quarto import PICTURE, divisions, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.imports.source import Shelf

_RMD = (".rmd", ".md")
_TABLE = re.compile(
    r"^(?:Table)?:[ ]+\(\\#(?P<name>tab:[\w.-]+)\)[ ]*"
    r"(?P<text>.*(?:\n(?![ \t]*(?:$|[+-]-|:)|[^\n]*\|)[^\n]+)*)$",  # A table may be right below.
    re.MULTILINE,
)
_REFERENCE = re.compile(r"\\@ref\((?P<name>[\w:.-]+)\)")
_FORMULA = re.compile(
    r"(?:(?<![\\$])\$\$(?!\$)(?P<shown>(?:(?!\$\$|\n[ \t>]*\n).)+)\$\$(?!\$)"
    r"|^(?P<in>[ \t]*)\\begin\{(?P<kind>equation|align|gather|multline|eqnarray)\*?\}"
    r"(?P<body>.*?)\\end\{(?P=kind)\*?\}(?P<stop>[.,;]?)[ \t]*$)",
    re.MULTILINE | re.DOTALL,
)
_EQUATION = re.compile(r"\\(?:begin|end)\{equation\*?\}[ \t]*\n?")
_INDEXED = re.compile(r"\\index\w*\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}")
#: The place of a theorem or exercise that has no name.
_UNNAMED = re.compile(r'<span id="\w+--"></span>\n\n')
#: Formulas between brackets with backslashes, which R Markdown reads as such.
_SINGLE = re.compile(r"\\(?P<open>[\[(])(?P<tex>(?:(?!\n[ \t]*\n|\\[\[\]()]).)+)\\[\])]", re.DOTALL)
#: Commands that part a book of LaTeX, and print nothing.
_SILENT = re.compile(
    r"^\\(?:(?:front|main|back)matter|appendix|clear(?:double)?page|printindex|tableofcontents"
    r"|newpage|pagebreak|cleardoublepage|listof\w+)[ \t]*$",
    re.MULTILINE,
)
_RUN = re.compile(r"`(?:r|\{r\}) (?P<code>[^`]+)`")
_USUAL = re.compile(r"opts_chunk\$set\((?P<said>[^()]*(?:\([^()]*\)[^()]*)*)\)")


def is_one(shelf: Shelf) -> bool:
    """Whether the source has what only bookdown's books have."""
    if shelf.find("/_bookdown.yml") or shelf.find("/_bookdown.yaml"):
        return True
    said = front.parted(shelf.text_of(shelf.find("/index.Rmd")) or "", "", Ledger()).said
    return "bookdown::" in text_of(said.get("site"))


def read(shelf: Shelf, ledger: Ledger) -> Manuscript:
    """The book that ``_bookdown.yml`` describes; without an order there, ``index.Rmd`` is first."""
    name = shelf.find("/_bookdown.yml") or shelf.find("/_bookdown.yaml")
    settings = front.yaml(shelf.text_of(name) or "", name, ledger) if name else {}
    entries = _order(shelf, ledger, settings, name)
    texts = {one.path: shelf.text_of(one.path) or "" for one in entries}
    names, drawn, includes = Crossings(texts), Drawn(shelf), Includes(shelf, ledger)
    index = next((path for path in texts if _is_index(path)), "")
    own = front.parted(texts.get(index, ""), index, Ledger()).said
    scripts = [shelf.text_of(path) or "" for path in shelf.paths if path.casefold().endswith(".r")]
    usual = _usual([*scripts, texts.get(index, "")])

    def translate(text: str, path: str, said: dict[str, Any]) -> str:
        del said
        here = {**usual, **_usual([text])}

        def chunk(found: re.Match[str]) -> str:
            return _chunk(found, path, includes, lambda: listed(found, path, ledger, drawn, here))

        text = FENCE.sub(chunk, text)
        text = divisions(between_fences(text, _theorems), path, ledger)
        text = _UNNAMED.sub("", text)
        text = between_fences(text, lambda part: _lines(part, path, names, ledger))
        return outside_code(text, lambda part: _inline(part, names, path, ledger))

    made = _parted(drafts(shelf, ledger, entries, translate), text_of(own.get("title")))
    unlisted(shelf, ledger, entries, "", includes.taken)
    said = {key: value for key, value in own.items() if "Sys.Date" not in str(value)}
    return Manuscript(gathered({**settings, **said}), tuple(made))


def _is_index(path: str) -> bool:
    return path.casefold() in ("index.rmd", "index.md")


def _order(shelf: Shelf, ledger: Ledger, settings: dict[str, Any], name: str) -> list[ListedPage]:
    wanted = settings.get("rmd_files")
    if isinstance(wanted, dict):  # An order for each output.
        wanted = wanted.get("latex") or wanted.get("html")
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(wanted, list):
        below = settings.get("rmd_subdir")
        folders = tuple(f"{one}/" for one in below) if isinstance(below, list) else ()
        wanted = [
            path
            for path in shelf.paths
            if path.casefold().endswith(_RMD[0]) and not path.rpartition("/")[2].startswith("_")
            if "/" not in path or below is True or path.startswith(folders or "/")
        ]
        wanted.sort(key=lambda path: not _is_index(path))
    entries = []
    for path in map(text_of, wanted):
        if found := shelf.find(f"/{path}"):
            entries.append(ListedPage(found, is_book=_is_index(found)))
        else:
            ledger.add(f"There is no {path} in the source.", name)
    return entries


def _usual(texts: Sequence[str]) -> dict[str, Any]:
    """What ``opts_chunk$set(…)`` says of every chunk, as far as it is of use here."""
    said: dict[str, Any] = {}
    for text in texts:
        for found in _USUAL.finditer(text):
            table = options(found["said"], "", "")
            said |= {key: table[key] for key in ("echo", "eval", "include") if key in table}
    return said


def _chunk(found: re.Match[str], path: str, includes: Includes, listing: Any) -> str:
    """A chunk: a text that is taken in, a theorem, or what any tool's cell is."""
    cell = re.fullmatch(r"\{(?P<language>\w+)(?P<said>.*)\}", found["info"].strip())
    if not cell:
        return str(listing()).replace("`r ''`", "")  # So a chunk is shown that must not run.
    said = options(cell["said"], found["body"], path)
    if child := said.get("child"):
        return "\n\n".join(
            includes.text(text_of(one), path)
            for one in (child if isinstance(child, list) else [child])
        )
    label, name = text_of(said.get("label")), text_of(said.get("name"))
    if cell["language"] in ("block", "block2"):
        kind = text_of(said.get("type"))
        # Words in bold alone at its top are its title.
        own = re.match(r"\s*\*\*(?P<title>[^*\n]+)\*\*[ \t]*\n[ \t]*\n", found["body"])
        title, body = (own["title"], found["body"][own.end() :]) if own else ("", found["body"])
        return alert(kind.removeprefix("rmd"), title, body, found["in"])
    if re.fullmatch(THEOREMS, cell["language"]):
        called = f' name="{name}"' if name else ""
        return f"::: {{.{cell['language']} #{label}{called}}}\n{found['body']}:::"
    caption = CAPTION.search(found["body"])
    if label and caption and "kable" in found["body"]:
        anchor = f'<span id="tab-{label}"></span>'
        return f"{listing()}\n\n{anchor}{caption['text'][1:-1]}\n"
    return str(listing())


def _lines(part: str, path: str, names: Crossings, ledger: Ledger) -> str:
    """What lies between the fences: pieces of text, captions of tables, formulas, pictures."""
    part = names.said(TEXT.sub("", part))
    part = _TABLE.sub(_captioned, part)
    part = outside_code(part, lambda text: _FORMULA.sub(_formula, text))
    part = PICTURE.sub(lambda found: _picture(found, path, ledger), part)
    return _RUN.sub(lambda found: _run(found, path, ledger), part)


def _captioned(found: re.Match[str]) -> str:
    return f": {' '.join(found['text'].split())} {{#{anchor_of(found['name'])}}}"


def _theorems(part: str) -> str:
    """Theorems and their kin as Quarto has them."""

    def stated(found: re.Match[str]) -> str:
        said = attributes(found["said"])
        name = f' name="{said["name"]}"' if said.get("name") else ""
        return f"::: {{#{short_of(found['kind'])}-{said.get('id') or '-'}{name}}}"

    return THEOREM.sub(stated, part)


def _picture(found: re.Match[str], path: str, ledger: Ledger) -> str:
    label = LABEL.search(found["caption"])
    if label is None:
        return figure(found, path, ledger)
    caption = LABEL.sub("", found["caption"])
    said = f"{{#{anchor_of(label['name'])} {found['said'] or ''}}}"
    again = PICTURE.fullmatch(f"{found['lead']}![{caption}]({found['inner']}){said}")
    return figure(again or found, path, ledger)


def _formula(found: re.Match[str]) -> str:
    r"""A formula by its name, each of its rows by its own: ``{#eq-…}`` or ``\label``."""
    if found["shown"] and not LABEL.search(found["shown"]):
        return found.group()
    body = _EQUATION.sub("", found["shown"]) if found["shown"] else found["body"]
    names = [anchor_of(one["name"]) for one in LABEL.finditer(body)]
    named = f" {{#{names[0]}}}" if len(names) == 1 else ""
    label = "" if named else r" \label{{{}}}"
    body = LABEL.sub(lambda one: label.format(anchor_of(one["name"])), body)
    if found["shown"]:
        body = re.sub(r"\n[ \t>]*(?=\n)", "", body)
        return f"$${body.strip(' ')}$${named}"
    body = "\n".join(line for line in body.strip().split("\n") if line.strip())
    kind, lines = found["kind"], [body + found["stop"]]
    if kind != "equation":
        star = "" if len(names) > 1 else "*"
        lines = [f"\\begin{{{kind}{star}}}", body, f"\\end{{{kind}{star}}}{found['stop']}"]
    return found["in"] + f"\n{found['in']}".join(["$$", *lines, f"$${named}"])


def _dollars(found: re.Match[str]) -> str:
    display = found["open"] == "["
    return formulas.written(found["tex"], display=display) or found.group()


def _run(found: re.Match[str], path: str, ledger: Ledger) -> str:
    """Code within a line: it is not run. What it does for one output alone is left out."""
    code = found["code"]
    if re.search(r"is_(?:latex|html)_output|^''$", code):
        return ledger.add(f"For one output only: {code}", path) if code != "''" else ""
    return ledger.add("What code within a line would print; no code is run here.", path) + (
        found.group()
    )


def _inline(part: str, names: Crossings, path: str, ledger: Ledger) -> str:
    part = _REFERENCE.sub(lambda found: names.link(found["name"], path, ledger), part)
    part = names.by_tex(part)
    part = _INDEXED.sub(lambda _: ledger.add("An entry of an index, which isn't made.", path), part)
    part = _SILENT.sub("", _SINGLE.sub(_dollars, part))
    return LABEL.sub(lambda found: _nameless(found["name"], path, ledger), part)


def _nameless(name: str, path: str, ledger: Ledger) -> str:
    if not name.startswith("eq:"):
        return ""
    return ledger.add(f"The name of a formula that isn't read as one: {name}", path)


def _parted(made: list[ImportDraft], title: str) -> list[ImportDraft]:
    """Drafts by their headings of the first level, of which some are parts.

    What comes before a file's first one belongs to the chapter above it.
    """
    chapters: list[ImportDraft] = []
    kind = ""
    for draft in made:
        every = split.definitions(with_hashes(draft.text))
        before = len(chapters)
        pieces: list[list[str]] = [[]]
        for code, line in lines_of(every.text):
            head = None if code else heading(line)
            if head and head[0] == 1:
                pieces.append([])
            pieces[-1].append(line)
        for piece in pieces:
            text = "\n".join(piece).strip("\n")
            head = heading(piece[0]) if piece else None
            special = SPECIAL.match(head[1]) if head and head[0] == 1 else None
            rest = "\n".join(piece[1:]) if special else text
            if special and special["what"] == "APPENDIX":
                kind = "appendix"
            elif special:
                kind = ""
                text = f"# {special['title']}\n\n{rest}"
                chapters.append(replace(draft, title=special["title"], text=text, kind="part"))
            elif head and head[0] == 1:
                whole = split.with_definitions(text, every)
                chapters.append(replace(draft, title=head[1], text=whole, kind=kind))
            elif words_of(text) and not is_mark(text):
                _before(chapters, draft, split.with_definitions(text, every), title)
        made_here = [chapter.text for chapter in chapters[max(before - 1, 0) :]]
        if chapters and (loose := split.loose(every, made_here)):
            chapters[-1] = replace(chapters[-1], text=f"{chapters[-1].text.rstrip()}\n{loose}")
    return chapters


def _before(chapters: list[ImportDraft], draft: ImportDraft, text: str, title: str) -> None:
    if chapters and chapters[-1].kind != "part":
        chapters[-1] = replace(chapters[-1], text=f"{chapters[-1].text.rstrip()}\n\n{text}")
    else:
        chapters.append(replace(draft, title=title or draft.title, text=text))
