"""Listings of Quarto and R Markdown: what runs there, what is only shown, and their options."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from book.imports import front
from book.imports.callouts import attributes
from book.imports.ledger import Ledger
from book.imports.metadata import text_of
from book.imports.pandoc.escape import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from book.imports.source import Shelf

_STRING = r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"
_INNER = rf"(?:[^{{}}\"']|{_STRING})*"
#: ``{python}``, ``{r, fig.cap="…"}``; and what is a listing alone: ``{.python …}``, ``python {…}``.
_CELL = re.compile(rf"\{{(?P<language>[\w+-][\w.+-]*)(?P<said>{_INNER})\}}")
_LISTING = re.compile(rf"(?P<language>[\w+#-]+)?[ ]*\{{(?P<said>{_INNER})\}}")
_OPTION = re.compile(r"^[ \t>]*(?:#|//|%%|--)\|[ ]?(?P<line>.*)\n", re.MULTILINE)
#: An option as R writes it: ``echo = FALSE``, ``fig.cap = paste("…", "…")``.
_PAIR = re.compile(
    rf"(?P<key>[\w.-]+)[ ]*=(?!=)[ ]*"
    rf"(?P<value>(?:{_STRING}|\([^()]*(?:\([^()]*\)[^()]*)*\)"
    rf"|(?:,?[ ](?![\w.-]+[ ]*=))?[^\s,\"'()])+)"
)
#: What a cell's options say to a reader: above its code, and below.
_ABOVE, _BELOW = ("lst-cap",), ("fig-cap", "fig-subcap", "tbl-cap", "tbl-subcap", "cap")
#: A call of R that shows pictures which are there already.
_INCLUDED = re.compile(
    rf"^[ \t]*(?:knitr::)?include_graphics\([ \n]*(?P<what>(?:{_STRING}|c\([^()]*\)))"
    r".*?\)[ \t]*;?$",
    re.MULTILINE | re.DOTALL,
)
_SHOWN = (".png", ".jpg", ".jpeg", ".svg", ".pdf", ".webp", ".gif")


class Drawn:
    """The pictures that the cells of a book drew when it was last made, if they lie in it."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._by_name: dict[str, list[str]] | None = None

    def of(self, label: str) -> list[str]:
        """Those of the cell ``label``, which the tool names ``label-1.png`` and so on."""
        if self._by_name is None:
            self._by_name = {}
            for path in self._shelf.paths:
                folder, _, name = path.rpartition("/")
                stem, dot, ending = name.rpartition(".")
                if re.search(r"(?:^|[/_])figures?(?:-\w+)?$", folder) and dot + ending in _SHOWN:
                    cell = re.sub(r"(?:-output)?-\d+$", "", stem)
                    self._by_name.setdefault(cell, []).append(path)
        found = self._by_name.get(label, [])
        # The same picture for the web and for paper: one of them is enough.
        return list({PurePosixPath(path).stem: f"/{path}" for path in reversed(found)}.values())[
            ::-1
        ]

    def included(self, name: str, path: str) -> str:
        """The address of a picture that a cell of the page ``path`` names."""
        beside = self._shelf.find(name, path)
        return name if beside or not self._shelf.find(f"/{name}") else f"/{name}"


def listed(
    found: re.Match[str],
    path: str,
    ledger: Ledger,
    drawn: Drawn,
    usual: Mapping[str, Any] | None = None,
) -> str:
    """A fence as a listing with its captions; what a cell would have printed is not there.

    What it has ``drawn`` is, if it lies in the source. ``usual`` are the options of every cell.
    """
    info = found["info"].strip()
    if raw := re.fullmatch(r"\{=([\w+-]+)\}", info):
        return ledger.add(f"A raw block for {raw[1]}: {found['body'][:2000]}", path)
    if cell := _CELL.fullmatch(info):
        return _cell(found, cell, (path, ledger, drawn), usual or {})
    if plain := _LISTING.fullmatch(info):
        said = attributes(plain["said"])
        language = plain["language"] or (said["class"].split() or [""])[0]
        return _between(found, language, found["body"], said)
    return found.group()


def options(said: str, body: str, path: str) -> dict[str, Any]:
    """The options of a cell, in its braces and in lines of its own; dots are hyphens."""
    table: dict[str, Any] = {
        pair["key"].replace(".", "-"): _value(pair["value"]) for pair in _PAIR.finditer(said)
    }
    bare = re.match(r"[ ]*,?[ ]*(?P<label>[\w][\w.:-]*)[ ]*(?:,|$)", said)
    if bare and "=" not in bare.group():
        table.setdefault("label", bare["label"])
    lines = "\n".join(one["line"] for one in _OPTION.finditer(body))
    own = front.yaml(lines, path, Ledger()) if lines else {}
    return table | {str(key).replace(".", "-"): value for key, value in own.items()}


def _value(text: str) -> str | list[str]:
    """A value of R: a text, several, or the words of an expression."""
    texts = [re.sub(r"\\(.)", r"\1", one[1:-1]) for one in re.findall(_STRING, text)]
    if not texts:
        return text.strip()
    return texts if text.startswith("c(") else " ".join(texts)


def is_off(said: Mapping[str, Any], *keys: str) -> bool:
    """Whether one of the options ``keys`` is switched off."""
    return any(str(said.get(key)).casefold() in ("false", "f") for key in keys)


def _cell(
    found: re.Match[str],
    cell: re.Match[str],
    at_hand: tuple[str, Ledger, Drawn],
    usual: Mapping[str, Any],
) -> str:
    path, ledger, drawn = at_hand
    said = {**usual, **options(cell["said"], found["body"], path)}
    language, label = cell["language"], text_of(said.get("label"))
    if label.startswith(("fig-", "tbl-", "lst-")):  # Something leads there.
        said["id"] = label
    elif label and said.get("fig-cap"):
        said["id"] = f"fig-{label}"
    if is_off(said, "include"):
        return ""  # It prepares others, and is seen by no reader.
    body = _OPTION.sub("", found["body"])
    named, code = _named(body, path, drawn), _INCLUDED.sub("", body)
    shown = named or drawn.of(label)
    hidden = is_off(said, "echo") or (bool(named) and not re.sub(r"#.*", "", code).strip())
    mark = ""
    if not shown and not is_off(said, "eval"):
        alt = text_of(said.get("fig-alt"))
        mark = f"What a cell of {language} would show; no code is run here{f': {alt}' * bool(alt)}."
        mark = ledger.add(mark, path)
    if shown:
        pictures = _pictures(shown, said, found["in"])
        return pictures if hidden else f"{_between(found, language, code, {})}\n\n{pictures}"
    if hidden:
        return mark + "\n\n".join([*_captions(said, *_ABOVE, *_BELOW), _anchor(said)])
    return _between(found, language, body, said) + mark


def _named(body: str, path: str, drawn: Drawn) -> list[str]:
    """The pictures that calls of a cell name."""
    return [
        drawn.included(one[1:-1], path)
        for call in _INCLUDED.finditer(body)
        for one in re.findall(_STRING, call["what"])
    ]


def _pictures(shown: list[str], said: Mapping[str, Any], lead: str) -> str:
    """Pictures as Quarto has them, one below the other; one caption is that of the last."""
    captions = [" ".join(one.split()) for one in _captions(said, "fig-cap")]
    width = text_of(said.get("out-width"))
    lines = []
    for number, address in enumerate(shown):
        rest = len(shown) - number
        caption = captions[-rest] if rest <= len(captions) else ""
        shape = [f"#{said['id']}"] if rest == 1 and said.get("id") else []
        shape += [f"width={width}"] if re.fullmatch(r"[\d.]+%", width) else []
        if shows := re.sub(r"[{}\"]", "'", text_of(said.get("fig-alt"))):
            shape.append(f'fig-alt="{shows}"')
        where = f"<{address}>" if re.search(r"[\s()]", address) else address
        lines.append(f"{lead}![{caption}]({where})" + (f"{{{' '.join(shape)}}}" * bool(shape)))
    return f"\n{lead.rstrip()}\n".join(lines)


def _between(found: re.Match[str], language: str, body: str, said: dict[str, Any]) -> str:
    """A listing between what stands above and below it, all as far in as it is."""
    lead = found["in"]
    name = escaped(text_of(said.get("filename") or said.get("title")))
    head = [f"**{one}**" for one in (name, *_captions(said, *_ABOVE)) if one]
    code = f"{lead}{found['fence']}{language}\n{body}{lead}{found['fence']}"
    above = [f"{lead}{one}" for one in (*head, _anchor(said)) if one]
    below = [f"{lead}{one}" for one in _captions(said, *_BELOW)]
    return f"\n{lead.rstrip()}\n".join([*above, code, *below])


def _captions(said: Mapping[str, Any], *keys: str) -> list[str]:
    """What options say, each a text or a list of texts."""
    values = [said.get(key) for key in keys]
    lists = [one if isinstance(one, list) else [one] for one in values]
    return [text for one in lists for each in one if (text := text_of(each))]


def _anchor(said: Mapping[str, Any]) -> str:
    return f'<span id="{said["id"]}"></span>' if said.get("id") else ""
