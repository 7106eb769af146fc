"""What markup of other tools looks like, and what to write here instead: tables of data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from book.base.codes import finding
from book.base.patterns import pattern
from book.parse.embedded import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Finding, Place


class Markup(NamedTuple):
    """What it looks like, what it is, and what to write here.

    Where a text lacks what it ``needs``, there is none to be looked for; and a pattern that begins
    with a letter of its own is looked for quickly.
    """

    needs: str
    pattern: re.Pattern[str]
    name: str
    hint: str
    code: str = "M011"


def _kind(needs: str, looks: str, name: str, hint: str, code: str = "M011") -> Markup:
    return Markup(
        needs,
        pattern(looks, re.MULTILINE),
        f"This looks like {name}; it is printed as it is.",
        hint,
        code,
    )


#: Within a line it stands as code, which is not looked at for the others.
CODE_THAT_IS_RUN = _kind(
    "`",
    "",
    "code that Quarto or Obsidian runs",
    "Write what would come of it; nothing is run here.",
)
_INSIDE = r"(?:(?!\\[)\]])[^\n]){0,200}?"
#: Brackets are signs behind a backslash, so a line is looked at for it as it is typed.
BRACKETED = _kind(
    "\\",
    rf"(?<!\\)\\[(\[](?={_INSIDE}\\[)\]]){_INSIDE}(?:(?<!\\)[_^]|\\[A-Za-z]{{2}})",
    "a formula of LaTeX or MathJax",
    "Write it between dollars: `$x^2$`, or `$$x^2$$` on a line of its own.",
)
#: What stands between ``<`` and ``>`` and is no element of HTML.
NO_TAG = _kind("<", "", "a tag that HTML doesn't know", "Write `\\<` if you mean the sign.")
#: All of them; each is told once in a chapter, with how often it stands there.
KINDS = (
    _kind(
        "@",
        r"\[-?@[\w:.-]+[^\[\]]*\](?![(\[])",
        "Pandoc's citation",
        "Write it in a note: `[^key]`.",
    ),
    _kind(
        "@",
        r"(?<![\w@.])@(?:[Ff]ig|[Ss]ec|[Tt]bl|[Ee]q|[Ll]st|[Tt]hm)-[\w-]+",
        "Quarto's cross reference",
        "Here a link leads there: `[text](file.md#id)`.",
    ),
    *(
        _kind(
            needs,
            looks,
            "a shortcode of Quarto or Hugo",
            "Write what it would put here; an include stands on a line of its own.",
        )
        for needs, looks in (
            ("{{<", r"\{\{<(?![ ]*pagebreak\b)[^>]*>\}\}"),
            ("{{%", r"\{\{%[^%]*%\}\}"),
        )
    ),
    _kind(
        "{%", r"\{(?<!\{\{)%[^%]*%\}", "a tag of Jekyll or GitBook", "Write what it would put here."
    ),
    _kind("{{#", r"\{\{#\w+[^}]*\}\}", "mdBook's include", "It stands on a line of its own."),
    _kind(
        "{{",
        r"\{\{(?![#<])[ ]*[\w.]+[^}]*\}\}",
        "a variable of another tool",
        "Here `{{ book.title }}` and its kin are known.",
    ),
    _kind(
        "![[",
        rf"!\[\[(?![^\[\]|\n]+(?i:{ENDINGS})[ ]*[|\]])[^\[\]]+\]\]",
        "a note that Obsidian takes in",
        "Here a line `{{#include file.md}}` does.",
    ),
    _kind("[[", r"(?<!!)\[\[[^\[\]]+\]\]", "a wiki's link", "Here it is `[text](file.md)`."),
    *(
        _kind(needs, looks, "Obsidian's name of a block", "Here: `{: #name }`.")
        for needs, looks in (
            ("^", r"\^(?<![^\n]\^)[a-zA-Z0-9-]{2,40}$"),
            (" ^", r"\S[ ]\^[a-zA-Z0-9-]{2,40}$"),
        )
    ),
    _kind("{=", r"\{=\w+\}", "Pandoc's raw text for one output", "Write it in Markdown."),
    _kind(
        "\\",
        r"\\(?:index|cite|ref|pageref|label|footnote|emph|textit|textbf|begin|end|chapter|section"
        r"|subsection|paragraph|vspace|hspace|includegraphics|input|include|textsc|textsuperscript"
        r"|textsubscript|texttt|underline|enquote|href|url|caption|footcite|parencite|textcite"
        r"|autocite|gls|ac)\*?[\[{]"
        r"|\\(?:LaTeX|TeX|l?dots|noindent|(?:small|med|big)skip|[hv]fill|par|centering|item"
        r"|tableofcontents|maketitle|appendix|(?:front|main|back)matter|printbibliography)"
        r"(?![A-Za-z])",
        "a command of LaTeX",
        "Write it in Markdown.",
    ),
    Markup(
        ".only",
        pattern(r"\{(?![^{}\n]*\b(?:pdf|epub|handout)\b)[^{}\n]*\.only\b[^{}\n]*\}"),
        "`.only` names no output here, so this is in all of them.",
        "The outputs are `pdf`, `epub` and `handout`: `::: {.only pdf}`.",
        "M015",
    ),
    _kind(
        "{",
        r"^\{(?:/?(?:blurb|aside)|frontmatter|mainmatter|backmatter)[^}]*\}[ ]*$",
        "Leanpub's markup",
        "`book import` reads it; here `kind: …` in the front matter says what a chapter is.",
    ),
    _kind(
        "> ",
        r"^[A-EIQTWX]>[ ]",
        "Leanpub's box",
        "`book import` reads it; here a quotation that begins with `[!NOTE]` is one.",
    ),
    _kind(
        "!!! ",
        r"^[ ]{0,3}!!!\+?[ ]+\w",
        "a box of MkDocs",
        "Here a quotation that begins with `[!NOTE]` is one.",
    ),
    _kind(
        "???",
        r"^[ ]{0,3}\?\?\?\+?[ ]+\w",
        "a box of MkDocs",
        "Here a quotation that begins with `[!NOTE]` is one.",
    ),
    _kind(
        '=== "',
        r'^[ ]{0,3}===[!+]?[ ]"',
        "a tab of MkDocs",
        "A book has none; write a heading.",
    ),
    _kind(
        ":",
        r":(?<![\w:`]:)(?:\+1|-1|[a-z][a-z0-9_+-]*[a-z0-9]):(?![\w:`])",
        "a short name of an emoji",
        "Type the sign itself.",
    ),
    _kind(
        "::",
        r"(?:^[ ]{0,3}(?:[*+-][ ])?|\[|\()[^\W\d][\w -]{0,40}::[ ]\S",
        "a field of Obsidian's Dataview",
        "Write it as a sentence, or put it into the front matter.",
    ),
    _kind(
        "- [",
        r"^[ ]*[*+-][ ]\[[/<>!?*\"-]\][ ]",
        "a task's mark of Obsidian",
        "Here `[ ]` and `[x]` are known.",
    ),
    _kind(
        "{",
        r"\{(?:\+\+|--|~~|>>)(?=[^{}\n]*\})",
        "a change or remark of CriticMarkup",
        "Write the text as it is to be; a remark of your own stands in `<!-- … -->`.",
    ),
    _kind(
        " from ",
        r"^(?:import|export)[ ][^\n]*[ ]from[ ][\"'][^\"'\n]+[\"'];?[ ]*$",
        "a line of MDX that is run",
        "Take it out.",
    ),
    _kind("<%", r"<%[^%\n]*%>", "a template's command", "Write what it would put here."),
    _kind(
        "{::",
        r"\{::(?!comment)\w+[^}\n]*\}",
        "a directive of kramdown",
        "Take it out; HTML is read.",
    ),
    _kind("{/*", r"\{/\*", "a comment of MDX", "Here a comment is `<!-- … -->`."),
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
        r"\]\((?:https?://|mailto:|[\w./-]+\.(?:md|png|jpe?g|svg)\b)[^()\s]*(?!\S)(?![^()\n]*\))"
        r"(?![ ]+\"[^\"\n]*\"[ ]*\))",
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
        ":",
        r"<(?!(?i:https?|mailto|tel|when|who):)[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]+>",
        "an address that no reader of books opens",
        "An address begins with `https://`, `http://` or `mailto:`.",
    ),
    _kind(
        "\u00a0",
        r"^[ ]{0,3}[*+-]\u00a0",
        "an item with a no-break space behind its sign",
        "Type a plain space, or a dash if somebody speaks.",
        "M012",
    ),
    _kind(
        "#######",
        r"#(?<![^\n]#)#{6,}[ ]\S",
        "a heading of a seventh level",
        "Six signs are the most; begin it with fewer.",
        "M012",
    ),
    _kind(
        "#",
        r"#(?<![^\n]#)#{0,5}[^\s#\d!{.]\S*[ ](?!#)\S",
        "a heading that lacks the space behind its #",
        "A heading begins with `# `; write `\\#` for the sign itself.",
        "M012",
    ),
)

_SIGNS = r"(?:`{3,}|~{3,})[ ]*"
#: Fences of which other tools make something, and what is printed here.
_FENCES = (
    (pattern(rf"{_SIGNS}\{{=(\w+)\}}"), "Pandoc's raw {0}", "Write it in Markdown."),
    (
        pattern(rf"{_SIGNS}\{{(\w[\w-]*)(?:[ ,}}].*)?$"),
        "a cell of {0} that Quarto or another tool runs",
        "Nothing is run here; put what comes of it below, as a table or a picture.",
    ),
    (
        pattern(rf"{_SIGNS}(mermaid|plantuml|wavedrom|vega-lite|tikz)\b", re.IGNORECASE),
        "a drawing in {0}",
        "Save it as SVG, and show that as a picture.",
    ),
    (
        pattern(rf"{_SIGNS}(dataview|dataviewjs|query|tasks|button)[ ]*$"),
        "a query of Obsidian",
        "Write what it would put here.",
    ),
    (
        pattern(rf"{_SIGNS}(admonish|ad-\w+)\b"),
        "a box of mdBook or Obsidian",
        "Here a quotation that begins with `[!NOTE]` is one.",
    ),
)


def drawn(line: str, place: Place) -> Iterator[Finding]:
    """M011 if ``line`` begins a fence that another tool makes something of."""
    for looks, name, hint in _FENCES:
        if found := looks.match(line.strip(" >")):
            message = f"This looks like {name.format(found[1])}; it is printed as code."
            yield finding("M011", place, message, hint)
