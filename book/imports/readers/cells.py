"""Listings of Quarto and R Markdown: what runs there, what is only shown, and their options."""

from __future__ import annotations

import re
from typing import Any

from book.imports import front
from book.imports.callouts import attributes
from book.imports.ledger import Ledger
from book.imports.metadata import text_of
from book.imports.pandoc.escape import escaped

_INNER = r"(?:[^{}\"']|\"[^\"]*\"|'[^']*')*"
#: ``{python}``, ``{r, fig.cap="…"}``; and what is a listing alone: ``{.python …}``, ``python {…}``.
_CELL = re.compile(rf"\{{(?P<language>[\w+-][\w.+-]*)(?P<said>{_INNER})\}}")
_LISTING = re.compile(rf"(?P<language>[\w+#-]+)?[ ]*\{{(?P<said>{_INNER})\}}")
_OPTION = re.compile(r"^[ \t>]*(?:#|//|%%|--)\|[ ]?(?P<line>.*)\n", re.MULTILINE)
#: What a cell's options say to a reader: above its code, and below.
_ABOVE, _BELOW = ("lst-cap",), ("fig-cap", "fig-subcap", "tbl-cap", "tbl-subcap", "cap")


def listed(found: re.Match[str], path: str, ledger: Ledger) -> str:
    """A fence as a listing with its captions; what a cell would have printed is not there."""
    info = found["info"].strip()
    if raw := re.fullmatch(r"\{=([\w+-]+)\}", info):
        return ledger.add(f"A raw block for {raw[1]}: {found['body'][:2000]}", path)
    if cell := _CELL.fullmatch(info):
        return _cell(found, cell, path, ledger)
    if plain := _LISTING.fullmatch(info):
        said = attributes(plain["said"])
        language = plain["language"] or (said["class"].split() or [""])[0]
        return _between(found, language, found["body"], said)
    return found.group()


def _cell(found: re.Match[str], cell: re.Match[str], path: str, ledger: Ledger) -> str:
    said: dict[str, Any] = {
        key.replace(".", "-"): value for key, value in attributes(_spaced(cell["said"])).items()
    }
    lines = "\n".join(one["line"] for one in _OPTION.finditer(found["body"]))
    said |= front.yaml(lines, path, Ledger()) if lines else {}
    language, label = cell["language"], text_of(said.get("label"))
    if "-" in label:  # fig-map, tbl-one: something leads there.
        said["id"] = label
    shows = f": {alt}" if (alt := text_of(said.get("fig-alt"))) else ""
    mark = ledger.add(f"What a cell of {language} would show; no code is run here{shows}.", path)
    if any(str(said.get(key)).casefold() == "false" for key in ("echo", "include")):
        return mark + "\n\n".join([*_captions(said, *_ABOVE, *_BELOW), _anchor(said)])
    return _between(found, language, _OPTION.sub("", found["body"]), said) + mark


def _between(found: re.Match[str], language: str, body: str, said: dict[str, Any]) -> str:
    """A listing between what stands above and below it, all as far in as it is."""
    lead = found["in"]
    name = escaped(text_of(said.get("filename") or said.get("title")))
    head = [f"**{one}**" for one in (name, *_captions(said, *_ABOVE)) if one]
    code = f"{lead}{found['fence']}{language}\n{body}{lead}{found['fence']}"
    above = [f"{lead}{one}" for one in (*head, _anchor(said)) if one]
    below = [f"{lead}{one}" for one in _captions(said, *_BELOW)]
    return f"\n{lead.rstrip()}\n".join([*above, code, *below])


def _captions(said: dict[str, Any], *keys: str) -> list[str]:
    """What options say, each a text or a list of texts."""
    values = [said.get(key) for key in keys]
    lists = [one if isinstance(one, list) else [one] for one in values]
    return [text for one in lists for each in one if (text := text_of(each))]


def _anchor(said: dict[str, Any]) -> str:
    return f'<span id="{said["id"]}"></span>' if said.get("id") else ""


def _spaced(options: str) -> str:
    """Options of R (``echo = FALSE, fig.cap="…"``) as attributes."""
    return re.sub(r"([\w.]+)[ ]*=[ ]*", r" \1=", re.sub(r",[ ]*(?=[\w.]+[ ]*=)", " ", options))
