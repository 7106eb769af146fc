"""Write ``docs/findings.md`` from :mod:`book.base.codes` and ``codes.toml`` beside it.

Run ``python tools/findings_doc.py`` after a change there; a test says when it was forgotten.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from book.base.codes import CODES
from book.base.explain import explanations

PAGE = Path(__file__).parents[1] / "docs" / "findings.md"

_GROUPS = {
    "B": "book.toml",
    "M": "The manuscript's files",
    "H": "Titles and headings",
    "N": "Notes",
    "L": "Links",
    "I": "Images",
    "D": "Dates",
    "P": "People",
    "W": "Words",
    "A": "For readers who listen",
    "C": "Silences",
    "S": "Styles",
    "G": "Characters and fonts",
    "T": "The typeset book",
    "E": "The ebook",
    "F": "The finished files",
    "O": "The handout",
}
_HEAD = """\
# What `book check` and `book build` find

An error leaves no book to make, and nothing is written. With warnings a draft comes out, in which
what is wrong can be seen; `--strict` refuses it. Each finding stands as
`file:line:column: warning[CODE]: what is wrong`, with a hint below it; `--format json`, `github` or
`sarif` says the same to programs. `book check --explain N002` prints what this page says of a code.

<!-- Made by tools/findings_doc.py from book/base/codes.py and codes.toml. -->
"""


def page() -> str:
    """The whole text of the page."""
    parts = [_HEAD]
    for letter, group in groupby(CODES, key=lambda code: code[0]):
        codes = list(group)
        rows = [
            f"| [{code}](#{code.lower()}) | {CODES[code].severity} | {CODES[code].meaning} |"
            for code in codes
        ]
        table = ["| Code | Severity | What it means |", "| --- | --- | --- |", *rows]
        parts.append("\n".join([f"## {_GROUPS[letter]}", "", *table, ""]))
        parts += map(_explained, codes)
    return "\n".join(parts)


def _explained(code: str) -> str:
    told = explanations()[code]
    before, after = (f"```text\n{part.rstrip()}\n```\n" for part in (told.before, told.after))
    heading = [f"### {code}\n", f"{told.why}\n", f"{told.mend}\n"]
    return "\n".join([*heading, "Instead of\n", before, "write\n", after])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
