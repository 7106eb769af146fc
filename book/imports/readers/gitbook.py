"""Honkit and GitBook: ``book.json`` or ``.gitbook.yaml``, ``SUMMARY.md``, ``{% … %}`` blocks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from book.imports import front, summary
from book.imports.callouts import alert
from book.imports.formulas import in_lines
from book.imports.include import Includes
from book.imports.metadata import gathered, text_of
from book.imports.model import Manuscript
from book.imports.pages import ListedPage, drafts, unlisted
from book.imports.pandoc.escape import escaped
from book.imports.prose import between_fences

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

_HINT = re.compile(
    r"^(?P<lead>[ \t]*)\{%[ ]*hint\b(?P<said>(?:[^%]|%(?!\}))*)%\}[ \t]*\n?(?P<body>.*?)"
    r"\{%[ ]*endhint[ ]*%\}",
    re.MULTILINE | re.DOTALL,
)
_INCLUDE = re.compile(r"\{%[ ]*include[ ]+[\"'](?P<path>[^\"']+)[\"'][ ]*%\}")
_INNER = r"(?:[^%\n]|%(?!\}))*?"
_EMBED = re.compile(
    rf"\{{%[ ]*(?:embed|file|content-ref)\b{_INNER}[ ](?:url|src)="
    rf"(?P<sign>[\"'])(?P<url>(?:(?!(?P=sign))[^\n])+)(?P=sign){_INNER}%\}}"
)
_TITLED = re.compile(
    rf"(?P<lead>(?<![^\n])[ \t]*)?\{{%[ ]*(?:tab|step|column|code)\b{_INNER}[ ]title="
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
        text = between_fences(text, lambda part: _translated(part, path, names, ledger))
        return in_lines(text)

    made = tuple(drafts(shelf, ledger, order, translate))
    unlisted(shelf, ledger, order, root, includes.taken)
    return Manuscript(gathered(said), made)


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


def _translated(text: str, path: str, variables: dict[str, Any], ledger: Ledger) -> str:
    def box(found: re.Match[str]) -> str:
        style = re.search(r"style=[\"'](\w+)", found["said"])
        lead = found["lead"]
        body = "\n".join(line.removeprefix(lead) for line in found["body"].split("\n"))
        return alert(style[1] if style else "info", "", body, lead)

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
    text = _HINT.sub(box, text)
    text = _EMBED.sub(_link, text)
    text = _TITLED.sub(_titled, text)
    return _VARIABLE.sub(value, _BLOCK.sub(leave_out, text))


def _titled(found: re.Match[str]) -> str:
    """The title of a tab, a step or a listing, in bold above it."""
    title = escaped(found["title"])
    return f"\n{found['lead'] or ''}**{title}**\n" if title.strip() else ""


def _link(found: re.Match[str]) -> str:
    """What is embedded from elsewhere, or from another page, as a link to it."""
    url = found["url"]
    return f"<{url}>" if url.startswith(("http://", "https://")) else f"[{url}](<{url}>)"
