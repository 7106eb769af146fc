"""Markup of other tools that isn't read here: said, not silent.

Each kind is one finding, at the first of them. Code is not looked at. Every line is looked at once
for each kind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from book.base.codes import finding
from book.base.patterns import pattern
from book.model import Place
from book.parse.unclosed import FENCE, blanked, unclosed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Finding


class _Kind(NamedTuple):
    """What it looks like, what it is, and what to write here.

    Where a text lacks what it ``needs``, there is none to be looked for; and a pattern that begins
    with a letter of its own is looked for quickly.
    """

    needs: str
    pattern: re.Pattern[str]
    name: str
    hint: str
    code: str = "M011"


def _kind(needs: str, pattern: str, name: str, hint: str, code: str = "M011") -> _Kind:
    return _Kind(
        needs,
        re.compile(pattern, re.MULTILINE),
        f"This looks like {name}; it is printed as it is.",
        hint,
        code,
    )


_KINDS = (
    _kind("@", r"\[-?@[\w:.-]+[^\[\]]*\]", "Pandoc's citation", "Write it in a note: `[^key]`."),
    _kind(
        "@",
        r"(?<![\w@.])@(?:fig|sec|tbl|eq|lst|thm)-[\w-]+",
        "Quarto's cross reference",
        "Here a link leads there: `[text](file.md#id)`.",
    ),
    _kind(
        "{{<",
        r"\{\{<(?![ ]*pagebreak\b)[^>]*>\}\}",
        "a shortcode of Quarto or Hugo",
        "Write what it would put here; an include stands on a line of its own.",
    ),
    _kind("{%", r"\{%[^%]*%\}", "Jekyll's tag", "Write what it would put here."),
    _kind("{{#", r"\{\{#\w+[^}]*\}\}", "mdBook's include", "It stands on a line of its own."),
    _kind(
        "{{",
        r"\{\{(?![#<])[ ]*[\w.]+[^}]*\}\}",
        "a variable of another tool",
        "Here `{{ book.title }}` and its kin are known.",
    ),
    _kind(
        "![[",
        r"!\[\[[^\[\]]+\]\]",
        "Obsidian's picture",
        "Here it is `![what it shows](images/file.png)`.",
    ),
    _kind("[[", r"(?<!!)\[\[[^\[\]]+\]\]", "a wiki's link", "Here it is `[text](file.md)`."),
    *(
        _kind(needs, pattern, "Obsidian's name of a block", "Here: `{: #name }`.")
        for needs, pattern in (
            ("^", r"\^(?<![^\n]\^)[a-zA-Z0-9-]{2,40}$"),
            (" ^", r"\S[ ]\^[a-zA-Z0-9-]{2,40}$"),
        )
    ),
    _kind("{=", r"\{=\w+\}", "Pandoc's raw text for one output", "Write it in Markdown."),
    _kind(
        "\\",
        r"\\(?:index|cite|ref|pageref|label|footnote|emph|textit|textbf|begin|end|chapter|section"
        r"|vspace|hspace|includegraphics|input|include)\*?[\[{]",
        "a command of LaTeX",
        "Write it in Markdown.",
    ),
    _Kind(
        ".only",
        pattern(r"\{(?![^{}\n]*\b(?:pdf|epub|handout)\b)[^{}\n]*\.only\b[^{}\n]*\}"),
        "`.only` names no output here, so this is in all of them.",
        "The outputs are `pdf`, `epub` and `handout`: `::: {.only pdf}`.",
        "M015",
    ),
    _kind("(@", r"^[ ]{0,3}\(@[\w-]*\)[ ]", "Pandoc's list of examples", "Number it: `1.`."),
    _kind(
        "{",
        r"^\{(?:/?(?:blurb|aside)|frontmatter|mainmatter|backmatter)[^}]*\}[ ]*$",
        "Leanpub's markup",
        "`book import` reads it; here `kind: …` in the front matter says what a chapter is.",
    ),
    _kind("..", r"^\.\.[ ][\w-]+::", "a directive of reStructuredText", "`book import` reads it."),
    _kind(
        "TOC",
        r"^[ ]*(?:\[TOC\]|\[\[_TOC_\]\])[ ]*$",
        "a place for contents",
        "The book makes its own; take it out.",
    ),
    _kind(
        "{:toc}",
        r"^[ ]*\{:toc\}[ ]*$",
        "a place for contents",
        "The book makes its own; take it out.",
    ),
    _kind(
        "$",
        r"(?<![\\$\w])\$\$?(?![\s$])(?=[^$]*[\\^_={])[^$]+(?<!\s)\$(?![\d$])",
        "a formula",
        "No formula is set here yet; a picture of it can be.",
        "M014",
    ),
    _kind(
        "$$", r"^\$\$[ ]*$", "a formula", "No formula is set here yet; a picture can be.", "M014"
    ),
    _kind(
        "[^",
        r"\[\^[\w-]+[ ][^\[\]\n]*\]",
        "a note's call with a space in its label",
        "A label is one word: `[^my-note]`, here and where the note stands.",
        "M012",
    ),
    _kind(
        "** ",
        r"(?<![^\s(])\*\*[ ](?=[^\s*])[^*\n]{1,200}(?<=\S)[ ]\*\*(?![\w*])",
        "bold with spaces inside its asterisks",
        "Take them out: `**so**`.",
        "M012",
    ),
    _kind(
        "[^",
        r"\[\^[\w-]+(?=[\s.,;:]|$)(?![^\[\]\n]*\])",
        "a note's call without its `]`",
        "Write `[^label]`.",
        "M012",
    ),
    _kind(
        "](",
        r"\]\((?:https?://|[\w./-]+\.(?:md|png|jpe?g|svg)\b)[^()\s]*$",
        "a link without its `)`",
        "Close it behind the address.",
        "M012",
    ),
    _kind(
        "] ",
        r"\[[^\[\]\n]+\][ ]+\((?:https?://[^()\s]+|#[\w-]+|[\w./-]+\.(?:md|png|jpe?g|svg)(?:#[\w-]+)?)\)",
        "a link with a space between its words and its address",
        "Take the space out: `[words](address)`.",
        "M012",
    ),
    _kind(
        "#",
        r"#(?<![^\n]#)#{0,5}[^\s#\d!{.]\S*[ ]\S",
        "a heading that lacks the space behind its #",
        "A heading begins with `# `; write `\\#` for the sign itself.",
        "M012",
    ),
)
_DEFINED = pattern(r"^[ ]{0,3}\[([^\[\]\n^]+)\]:", re.MULTILINE)
_REFERRED = pattern(r"\[[^\[\]\n]+\]\[([^\[\]\n^]+)\]")


def foreign(text: str, path: str, skipped: int) -> Iterator[Finding]:
    """What of ``text``, the file ``path`` below its first ``skipped`` lines, isn't read."""
    seen: set[tuple[str, str]] = set()
    kinds = [one for one in _KINDS if one.needs in text and one.pattern.search(text)]
    if not kinds and "][" not in text:
        yield from unclosed(text, path, skipped)
        return
    defined = {_folded(one) for one in _DEFINED.findall(text)}
    for number, line in _prose(text):
        for kind in kinds:
            if (kind.code, kind.name) in seen or not (found := kind.pattern.search(line)):
                continue
            seen.add((kind.code, kind.name))
            place = Place(path, number + skipped, found.start() + 1)
            yield finding(kind.code, place, kind.name, kind.hint)
        if "][" not in line:
            continue
        for found in _REFERRED.finditer(line):
            if _folded(found[1]) not in defined:
                place = Place(path, number + skipped, found.start() + 1)
                message = f"`[{found[1]}]` is nowhere defined; the words stand as they are."
                hint = f"Write `[{found[1]}]: https://…` on a line of its own, in this file."
                yield finding("L005", place, message, hint)
    yield from unclosed(text, path, skipped)


def _prose(text: str) -> Iterator[tuple[int, str]]:
    """The lines of ``text`` that are no code, with their numbers from 1; code in them is blank."""
    fence = ""
    lines = text.split("\n")
    closed = {line.strip(" >") for line in lines if line.strip(" >")[:1] in ("`", "~")}
    for number, line in enumerate(lines, 1):
        found = FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line.strip(" >`~"):
                fence = ""
        elif found and any(one.startswith(found[1]) and not one.strip("`~") for one in closed):
            fence = found[1]
        elif not line.startswith("    "):
            yield number, blanked(line)


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
