"""Honkit and GitBook: ``book.json`` or ``.gitbook.yaml``, ``SUMMARY.md``, ``{% … %}`` blocks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from book.base.data import replace
from book.imports import front, summary
from book.imports.callouts import alert
from book.imports.formulas import in_lines
from book.imports.include import Includes
from book.imports.ledger import Ledger, plain
from book.imports.metadata import gathered, text_of
from book.imports.model import Manuscript
from book.imports.pages import ListedPage, drafts, first_heading, unlisted
from book.imports.pandoc.escape import escaped
from book.imports.prose import around_fences

if TYPE_CHECKING:
    from book.imports.source import Shelf

_HINT = re.compile(
    r"^(?P<lead>[ \t]*)\{%[ ]*hint\b(?P<said>(?:[^%]|%(?!\}))*)%\}[ \t]*\n?(?P<body>.*?)"
    r"\{%[ ]*endhint[ ]*%\}",
    re.MULTILINE | re.DOTALL,
)
_INCLUDE = re.compile(r"\{%[ ]*include[ ]+[\"'](?P<path>[^\"']+)[\"'][ ]*%\}")
_INNER = r"(?:[^%\n]|%(?!\}))*?"
_TAB = re.compile(
    rf"^(?P<lead>[ \t]*)\{{%[ ]*tab\b(?P<said>{_INNER})%\}}[ \t]*\n?(?P<body>.*?)"
    r"\{%[ ]*endtab[ ]*%\}",
    re.MULTILINE | re.DOTALL,
)
#: A link to a page, or to what is elsewhere, with its own words between two marks or without.
_EMBED = re.compile(
    rf"\{{%[ ]*(?P<kind>embed|file|content-ref|page-ref)\b{_INNER}[ ](?:url|src|page)="
    rf"(?P<sign>[\"'])(?P<url>(?:(?!(?P=sign))[^\n])+)(?P=sign){_INNER}%\}}"
    r"(?:(?P<words>(?:(?!\{%).)*?)\{%[ ]*end(?P=kind)[ ]*%\})?",
    re.DOTALL,
)
_TITLED = re.compile(
    rf"(?P<lead>(?<![^\n])[ \t]*)?\{{%[ ]*(?:step|column|code)\b{_INNER}[ ]title="
    rf"(?P<sign>[\"'])(?P<title>(?:(?!(?P=sign))[^\n])*)(?P=sign){_INNER}%\}}"
)
_BLOCK = re.compile(rf"^[ \t]*\{{%{_INNER}%\}}[ \t]*\n|\{{%{_INNER}%\}}", re.MULTILINE)
_VARIABLE = re.compile(r"\{\{[ ]*(?P<name>[\w.]+)[ ]*\}\}")
_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)


def read(shelf: Shelf, ledger: Ledger) -> Manuscript:
    """The book whose ``SUMMARY.md`` lies in the source, at the root that its settings name."""
    said = settings(shelf, ledger)
    structure = said.get("structure")
    table = structure if isinstance(structure, dict) else {}
    root = text_of(said.get("root")).strip("./")
    path = f"{root}/{text_of(table.get('summary')) or 'SUMMARY.md'}".lstrip("/")
    order = summary.read(shelf, ledger, path)
    readme = shelf.find(f"/{root}/{text_of(table.get('readme')) or 'README.md'}")
    if readme and all(entry.path != readme for entry in order):
        order.insert(0, ListedPage(readme, "Introduction"))
    includes = Includes(shelf, ledger)
    variables = said.get("variables")

    def translate(text: str, path: str, own: dict[str, Any]) -> str:
        del own
        names = variables if isinstance(variables, dict) else {}
        text = _INCLUDE.sub(lambda found: includes.text(found["path"], path), text)
        text = around_fences(text, lambda part: _translated(part, path, names, shelf, ledger))
        return in_lines(text)

    made = tuple(drafts(shelf, ledger, order, translate))
    unlisted(shelf, ledger, order, root, includes.taken)
    metadata = gathered(said)
    if not metadata.title and readme:
        # The page that a book begins with bears its name.
        metadata = replace(metadata, title=first_heading(_body(shelf, readme, ledger)))
    return Manuscript(metadata, made)


def _body(shelf: Shelf, path: str, ledger: Ledger) -> str:
    """The text of a page without its front matter."""
    return front.parted(plain(shelf.text_of(path) or ""), path, ledger).text


def settings(shelf: Shelf, ledger: Ledger) -> dict[str, Any]:
    """What ``book.json`` or ``.gitbook.yaml`` says."""
    if text := shelf.text_of("book.json"):
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            ledger.add("This file is no JSON; title and author are not known from it.", "book.json")
            said = {}
        return said if isinstance(said, dict) else {}
    name = next((each for each in (".gitbook.yaml", ".gitbook.yml") if shelf.text_of(each)), "")
    return front.yaml(shelf.text_of(name) or "", name, ledger) if name else {}


def _box(found: re.Match[str]) -> str:
    """A hint, or one of several tabs, as a box."""
    style = re.search(r"style=[\"'](\w+)", found["said"])
    title = re.search(r"title=[\"']([^\"']*)", found["said"])
    lead = found["lead"]
    body = "\n".join(line.removeprefix(lead) for line in found["body"].split("\n"))
    return alert(style[1] if style else "info", title[1] if title else "", body, lead) + "\n"


def _translated(
    text: str, path: str, variables: dict[str, Any], shelf: Shelf, ledger: Ledger
) -> str:
    def link(found: re.Match[str]) -> str:
        url, words = found["url"], " ".join((found["words"] or "").split())
        if url.startswith(("http://", "https://")):
            return f"[{words}](<{url}>)" if words else f"<{url}>"
        page = shelf.find(url, path) or shelf.find(f"{url}/README.md", path)
        title = first_heading(_body(shelf, page, Ledger())) if page.endswith(".md") else ""
        if title:
            return f"[{title}](<{url}>)"
        if found["kind"] == "file":
            mark = ledger.add(f"A file that a book can't hold: {url}", path)
            return mark + (words or url.rpartition("/")[2])
        return words or f"[{url}](<{url}>)"

    def value(found: re.Match[str]) -> str:
        name = found["name"].removeprefix("book.")
        if (said := text_of(variables.get(name))) and found["name"].startswith("book."):
            return said
        return ledger.add(f"A variable that has no value: {found.group()}", path) + found["name"]

    def leave_out(found: re.Match[str]) -> str:
        said = " ".join(found.group().split())
        if re.match(r"\{%[ ]*(?:end\w*|tabs|code|raw|stepper|columns?|step)\b", said):
            return ""
        return ledger.add(f"GitBook's block {said}", path)

    text = _REMARK.sub(lambda found: ledger.add(f"A remark: {found.group()[:150]}", path), text)
    text = _TAB.sub(_box, _HINT.sub(_box, text))
    text = _EMBED.sub(link, text)
    text = _TITLED.sub(_titled, text)
    return _VARIABLE.sub(value, _BLOCK.sub(leave_out, text))


def _titled(found: re.Match[str]) -> str:
    """The title of a step or a listing, in bold above it."""
    title = escaped(found["title"])
    return f"\n{found['lead'] or ''}**{title}**\n" if title.strip() else ""
