"""mdBook: ``book.toml``, the order of ``SUMMARY.md``, includes, hidden lines of Rust."""

from __future__ import annotations

import html
import re
import tomllib
from typing import TYPE_CHECKING, Any

from book.imports import summary
from book.imports.callouts import alert, attributes
from book.imports.formulas import written
from book.imports.include import Includes
from book.imports.metadata import gathered
from book.imports.model import Manuscript, Metadata
from book.imports.pages import drafts, unlisted
from book.imports.pandoc.escape import escaped
from book.imports.prose import FENCE, outside_code

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

_INCLUDE = re.compile(
    r"(?<!\\)\{\{\s*#(?P<how>include|rustdoc_include|playground|playpen|title|template)"
    r"\s+(?P<what>[^}]*?)\s*\}\}"
)
_INFO = re.compile(r"^(?P<language>[\w+#-]+)(?:,[^\n]*|[ \t]+[^\n]*)?$")
#: A box of the preprocessor mdbook-admonish: its kind, and its title in quotes.
_BOX = re.compile(r"admonish(?:[ \t]+(?P<kind>[\w-]+)(?=[ \t]|$))?(?P<rest>[ \t].*)?$")
#: What the preprocessor of the Rust book writes around a listing.
_NUMBERED = re.compile(r"^[ \t]*<(?P<end>/?)Listing\b(?P<said>[^<>\n]*)>[ \t]*\n*", re.MULTILINE)
_FORMULA = re.compile(r"\\\\\((.+?)\\\\\)|\\\\\[(.+?)\\\\\]", re.DOTALL)


def read(shelf: Shelf, ledger: Ledger) -> Manuscript:
    """The book whose ``book.toml`` lies at the top of the source."""
    said, root = _settings(shelf, ledger)
    order = summary.read(shelf, ledger, f"{root}/SUMMARY.md".lstrip("/"))
    includes = Includes(shelf, ledger)

    def translate(text: str, path: str, front: dict[str, Any]) -> str:
        del front
        text = _INCLUDE.sub(lambda found: _included(found, path, includes, ledger), text)
        text = text.replace("\\{{#", "{{#")
        text = _NUMBERED.sub(_named, text)
        text = FENCE.sub(_listing, text)
        return outside_code(text, lambda part: _FORMULA.sub(_formula, part))

    made = tuple(drafts(shelf, ledger, order, translate))
    unlisted(shelf, ledger, order, root, includes.taken)
    return Manuscript(said, made)


def _settings(shelf: Shelf, ledger: Ledger) -> tuple[Metadata, str]:
    try:
        settings = tomllib.loads(shelf.text_of("book.toml") or "")
    except (tomllib.TOMLDecodeError, RecursionError):
        ledger.add("This file is no TOML; title and authors are not known from it.", "book.toml")
        settings = {}
    book = settings.get("book")
    table = book if isinstance(book, dict) else {}
    source = table.get("src")
    return gathered(table), source.strip("/.") if isinstance(source, str) else "src"


def _included(found: re.Match[str], path: str, includes: Includes, ledger: Ledger) -> str:
    if found["how"] in ("title", "template"):
        what = f"mdBook's #{found['how']}"
        return ledger.add(f"{what} is left out: {found['what'][:80]}", path)
    what = found["what"].split()[0] if found["what"].split() else ""
    name, _, part = what.partition(":")
    text = includes.text(name, path, part)
    is_shown = found["how"] in ("playground", "playpen")  # A listing by itself.
    return f"```rust\n{text.strip(chr(10))}\n```" if is_shown else text


def _named(found: re.Match[str]) -> str:
    """A listing of *The Rust Programming Language* below its number, caption and file."""
    if found["end"]:
        return ""
    said = attributes(found["said"])
    words = [f"Listing {said['number']}" if said.get("number") else "", said.get("caption", "")]
    name = [escaped(said["file-name"])] if said.get("file-name") else []
    heads = [": ".join(filter(None, words)), *name]
    return "".join(f"**{html.unescape(one)}**\n\n" for one in heads if one)


def _listing(found: re.Match[str]) -> str:
    """A listing without the lines that mdBook hides and the words for its playground.

    What the preprocessor of boxes writes as a listing is a box.
    """
    if box := _BOX.match(found["info"].strip()):
        lead = found["in"]
        body = re.sub(rf"^{re.escape(lead)}", "", found["body"], flags=re.MULTILINE)
        rest = box["rest"] or ""
        bare = re.search(r'(?<!=)"([^"]*)"', rest)
        title = attributes(rest).get("title") or (bare[1] if bare else "")
        return alert(box["kind"] or "note", title, body, lead)
    info = _INFO.match(found["info"].strip())
    language = info["language"] if info else found["info"].strip()
    body = found["body"]
    if language.lower() in ("rust", "rs"):
        body = re.sub(rf"^{re.escape(found['in'])}[ \t]*#(?: .*)?\n", "", body, flags=re.MULTILINE)
        body = re.sub(r"^([ \t]*)##", r"\1#", body, flags=re.MULTILINE)
    return f"{found['in']}{found['fence']}{language}\n{body}{found['in']}{found['fence']}"


def _formula(found: re.Match[str]) -> str:
    display = found[1] is None
    return written(found[2] if display else found[1], display=display) or found.group()
