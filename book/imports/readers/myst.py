"""MyST, the Markdown of Jupyter Book and Sphinx: directives, roles, places with names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.imports.callouts import alert
from book.imports.prose import FENCE, between_fences, heading, lines_of
from book.imports.readers.roles import PLACE, Directive, Places, anchor_of, directive, spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from book.imports.include import Includes
    from book.imports.ledger import Ledger

_REMARK = re.compile(r"^%.*\n?", re.MULTILINE)
_FORMULA_NAME = re.compile(r"(?<=\$\$)[ \t]*\([\w:.-]+\)[ \t]*$", re.MULTILINE)
_COLONS = re.compile(r"^(?P<in>[ \t>]*)(?P<colons>:{3,})[ \t]*(?P<said>\{.*)?$")
_BOXES = frozenset(
    [
        *("note", "tip", "hint", "important", "warning", "attention", "caution", "danger", "error"),
        *("seealso", "admonition", "dropdown", "sidebar", "margin", "topic", "exercise", "aside"),
        *("solution", "tab-item", "card", "grid-item-card", "versionadded", "versionchanged"),
        "deprecated",
    ]
)
#: What makes a page of the web, and no text: contents, indexes, settings.
_EMPTY = frozenset(
    [
        *("tableofcontents", "toctree", "contents", "index", "bibliography", "tabularcolumns"),
        *("only", "meta", "currentmodule", "highlight", "footbibliography"),
    ]
)
_KEPT = frozenset(["tab-set", "grid", "container", "div", "card-carousel", "card-deck"])


def translated(text: str, path: str, places: Places, includes: Includes, ledger: Ledger) -> str:
    """``text`` of MyST in our Markdown. Code is not run; what would show it is told."""
    text = _fenced(text)
    for _ in range(4):  # Directives hold others.
        made = FENCE.sub(lambda found: _written(found, path, includes, ledger), text)
        if made == text:
            break
        text = made
    return spoken(between_fences(text, _lines), path, places, ledger)


def _lines(part: str) -> str:
    part = _REMARK.sub("", part)
    part = re.sub(r"^\+\+\+.*\n?", "", part, flags=re.MULTILINE)
    part = _FORMULA_NAME.sub("", part)
    return PLACE.sub(_named, part)


def _named(found: re.Match[str]) -> str:
    """A name before a heading is its own; before anything else it is a place."""
    head = heading(found["next"])
    name = anchor_of(found["name"])
    return f'<span id="{name}"></span>\n\n' if name and not (head and "#" in head[2]) else ""


def _fenced(text: str) -> str:
    """Directives between colons as those between backticks."""
    lines: list[str] = []
    open_: list[tuple[str, int]] = []
    for code, line in lines_of(text):
        found = None if code else _COLONS.match(line)
        if found and found["said"]:
            # Longer than any within: those that come first are the outer ones.
            fence = "`" * max(40 - 4 * len(open_), 4)
            open_.append((fence, len(found["colons"])))
            lines.append(f"{found['in']}{fence}{found['said']}")
        elif found and open_ and len(found["colons"]) == open_[-1][1]:
            lines.append(f"{found['in']}{open_.pop()[0]}")
        else:
            lines.append(line)
    while open_:
        lines.append(open_.pop()[0])
    return "\n".join(lines)


def _written(found: re.Match[str], path: str, includes: Includes, ledger: Ledger) -> str:
    lead = found["in"]
    body = re.sub(rf"^{re.escape(lead)}", "", found["body"], flags=re.MULTILINE) if lead else (
        found["body"]
    )  # fmt: skip
    made = directive(found["info"], body)
    if made is None:
        return found.group()
    text = _shown(made, path, includes, ledger)
    return "\n".join(f"{lead}{line}".rstrip() for line in text.split("\n"))


def _shown(made: Directive, path: str, includes: Includes, ledger: Ledger) -> str:
    name = made.name.rpartition(":")[2]
    if name == "include" and made.said:
        return includes.text(made.said, path)
    if name == "raw":
        hidden = " ".join(f"{made.said} {made.body}".split())[:200]
        return ledger.add(f"For another output only: {hidden}", path)
    if name in _EMPTY:
        return ""
    label = made.options.get("name") or made.options.get("label") or ""
    anchor = f'<span id="{anchor_of(label)}"></span>\n\n' if label else ""
    if show := _SHOWN.get(name):
        return show(made, path, ledger) if show is _figure else anchor + show(made, path, ledger)
    return anchor + (made.body if name in _KEPT else _box(made, name))


def _box(made: Directive, name: str) -> str:
    """A box with its title; one of a name that isn't known has that for its title."""
    title = made.said
    if name in ("exercise", "solution") or name not in _BOXES:
        words = re.sub(r"[-_]", " ", name).capitalize()
        title = f"{words} ({title})" if title else words
    kind = made.options.get("class", "") if name == "admonition" else name
    return alert("note" if kind == "seealso" else kind, title, made.body)


def _quotation(made: Directive, path: str, ledger: Ledger) -> str:
    del path, ledger
    return "\n".join(f"> {line}".rstrip() for line in made.body.split("\n"))


def _formula(made: Directive, path: str, ledger: Ledger) -> str:
    del path, ledger
    return f"$$\n{made.body or made.said}\n$$"


def _listing(made: Directive, path: str, ledger: Ledger) -> str:
    language = (
        "" if made.said in ("none", "text") else re.sub(r"^i?python\d?$", "python", made.said)
    )
    caption = f"**{made.options['caption']}**\n\n" if made.options.get("caption") else ""
    tags, mark = made.options.get("tags", ""), ""
    if made.name == "code-cell":
        if "remove-cell" in tags:
            return ""
        mark = ledger.add("What a cell of code would show; no code is run here.", path)
        if "remove-input" in tags:
            return mark
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", made.body)), 3)
    return f"{caption}{fence}{language.split()[0] if language else ''}\n{made.body}\n{fence}{mark}"


def _figure(made: Directive, path: str, ledger: Ledger) -> str:
    del path, ledger
    label = made.options.get("name") or made.options.get("label") or ""
    caption, _, legend = made.body.partition("\n\n")
    caption = " ".join(caption.split()).replace('"', "&quot;")
    alternative = made.options.get("alt") or re.sub(r"\{[\w:]+\}|[*_`\[\]]", "", caption)
    address = f"<{made.said}>" if re.search(r"[\s()]", made.said) else made.said
    width = made.options.get("width") or made.options.get("scale", "")
    shape = [f"#{anchor_of(label)}"] if label else []
    shape += [f"width={width}"] if re.fullmatch(r"[\d.]+%", width) else []
    shown = f"![{alternative}]({address}" + (f' "{caption}")' if caption else ")")
    shown += f"{{{' '.join(shape)}}}" if shape else ""
    return f"{shown}\n\n{legend}" if legend.strip() else shown


def _table(made: Directive, path: str, ledger: Ledger) -> str:
    caption = f"\n\n: {made.said}" if made.said else ""
    if made.name == "table":
        return made.body + caption
    if made.name == "csv-table":
        mark = ledger.add("A table of values between commas, left as they are.", path)
        return f"{mark}```\n{made.body}\n```{caption}"
    rows: list[list[str]] = []
    for line in made.body.split("\n"):
        if found := re.match(r"[*-] [*-] ?(.*)", line):
            rows.append([found[1]])
        elif (found := re.match(r"  [*-] ?(.*)", line)) and rows:
            rows[-1].append(found[1])
        elif rows and line.strip():
            rows[-1][-1] += f" {line.strip()}"
    lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    rule = f"|{'---|' * len(rows[0])}" if rows else ""
    return "\n".join([*lines[:1], rule, *lines[1:]]) + caption


def _glossary(made_of: Directive, path: str, ledger: Ledger) -> str:
    """Terms and what they mean, as a list of definitions."""
    del path, ledger
    made, term = [], False
    for line in made_of.body.split("\n"):
        if line.startswith((" ", "\t")) and line.strip():
            made.append((":   " if term else "    ") + line.strip())
            term = False
        else:
            made.append(line)
            term = bool(line.strip())
    return "\n".join(made)


_SHOWN: dict[str, Callable[[Directive, str, Ledger], str]] = {
    **dict.fromkeys(
        ("code-block", "code", "sourcecode", "code-cell", "prompt", "parsed-literal"), _listing
    ),
    **dict.fromkeys(("figure", "image"), _figure),
    **dict.fromkeys(("table", "list-table", "csv-table"), _table),
    **dict.fromkeys(("epigraph", "pull-quote", "highlights", "quote", "blockquote"), _quotation),
    "math": _formula,
    "glossary": _glossary,
}
