r"""What ``\@ref(…)`` of bookdown leads to: headings, figures, tables, theorems, pieces of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from book.imports.callouts import attributes
from book.imports.metadata import text_of
from book.imports.prose import FENCE, heading, lines_of, slugged, with_hashes
from book.imports.readers.cells import options
from book.imports.readers.quarto import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.imports.ledger import Ledger

SPECIAL = re.compile(r"\((?P<what>PART|APPENDIX)\\?\*?\)[ ]*(?P<title>.*)")
LABEL = re.compile(r"[ ]*\(\\#(?P<name>[\w:.-]+)\)[ ]*")
TEXT = re.compile(r"^\(ref:(?P<name>[\w-]+)\)[ \t]+(?P<text>(?:.+(?:\n|\Z))+)", re.MULTILINE)
_BY_TEX = re.compile(r"(?P<command>\\(?:eq)?ref)\{(?P<name>eq:[\w.-]+)\}")
_CALL = re.compile(r"\(ref:(?P<name>[\w-]+)\)")
CAPTION = re.compile(r"\bcaption[ ]*=[ ]*(?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')")
THEOREMS = (
    "theorem|lemma|corollary|proposition|conjecture|definition|example|exercise|hypothesis|proof"
    "|remark|solution"
)
THEOREM = re.compile(
    rf"^:{{3,}}[ \t]*\{{\.(?P<kind>{THEOREMS})\b(?P<said>[^}}\n]*)\}}[ \t]*$",
    re.MULTILINE,
)


class _Known(NamedTuple):
    """What a reference leads to: its anchor, and words to say instead of a number."""

    anchor: str
    words: str


class Crossings:
    """What the texts of a book give names to: headings, figures, tables, and pieces of text."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts: dict[str, str] = {}
        self._known: dict[str, _Known] = {}
        for path, text in texts.items():
            for found in TEXT.finditer(text):
                self.texts.setdefault(found["name"], " ".join(found["text"].split()))
            for name, known in _named(with_hashes(text), path):
                self._known.setdefault(name, known)

    def said(self, text: str) -> str:
        """``text`` with the pieces that are called in it in their places."""
        return _CALL.sub(lambda one: self.texts.get(one["name"], one.group()), text)

    def by_tex(self, text: str) -> str:
        r"""``text`` whose ``\ref`` and ``\eqref`` name formulas as they are called here."""

        def called(found: re.Match[str]) -> str:
            known = self._known.get(found["name"])
            return f"{found['command']}{{{known.anchor}}}" if known else found.group()

        return _BY_TEX.sub(called, text)

    def link(self, name: str, path: str, ledger: Ledger) -> str:
        """A link to what ``name`` means."""
        if name not in self._known:
            return ledger.add(f"A cross reference to nothing: {name}", path) + f"\\@ref({name})"
        known = self._known[name]
        if name.startswith("eq:"):
            return f"[](#{known.anchor})"  # The book says its number.
        words = re.sub(r"\[\^[^\]]*\]|[*_`\[\]\"]|\([^)]*\)", "", self.said(known.words)).strip()
        words = words.rstrip(".") if len(words) <= 60 else words[:60].rpartition(" ")[0] + "…"
        return f"[{words or name.partition(':')[2] or name}](#{known.anchor})"


def _named(text: str, path: str) -> Iterator[tuple[str, _Known]]:
    for code, line in lines_of(text):
        head = None if code else heading(line)
        theorem = None if code else THEOREM.match(line)
        if head and not SPECIAL.match(head[1]):
            own = re.search(r"#([\w:.-]+)", head[2])
            anchor = own[1] if own else slugged(head[1])
            yield anchor, _Known(anchor, head[1])
        elif theorem:
            name = attributes(theorem["said"]).get("name", "")
            short, label = short_of(theorem["kind"]), attributes(theorem["said"]).get("id", "")
            words = name or theorem["kind"].capitalize()
            yield f"{short}:{label}", _Known(f"{short}-{label}", words)
        else:
            for found in LABEL.finditer(line):
                rest = re.sub(r"^.*?!\[|\]\(.*$", "", line[found.end() :])
                yield found["name"], _Known(anchor_of(found["name"]), rest.partition("](")[0])
    for fence in FENCE.finditer(text):
        cell = re.fullmatch(r"\{(?P<language>\w+)(?P<said>.*)\}", fence["info"].strip())
        said = options(cell["said"], fence["body"], path) if cell else {}
        label = text_of(said.get("label"))
        if not cell or not label:
            continue
        yield f"fig:{label}", _Known(f"fig-{label}", text_of(said.get("fig-cap")))
        caption = CAPTION.search(fence["body"])
        yield f"tab:{label}", _Known(f"tab-{label}", caption["text"][1:-1] if caption else "")
        short = short_of(cell["language"])
        words = text_of(said.get("name")) or cell["language"].capitalize()
        yield f"{short}:{label}", _Known(f"{short}-{label}", words)


def short_of(kind: str) -> str:
    """How references name a theorem or its kin: ``thm`` for a theorem."""
    shorts = {name.casefold(): short for short, name in STATEMENTS.items()}
    return shorts.get(kind, kind[:3])


def anchor_of(name: str) -> str:
    """The anchor of a name: a colon is no letter of one."""
    return name.replace(":", "-")
