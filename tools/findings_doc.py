"""Write ``docs/findings.md`` from the codes in :mod:`book.base.codes`.

Run ``python tools/findings_doc.py`` after a change there; a test says when it was forgotten.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from book.base.codes import CODES

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
    "S": "Styles",
    "G": "Characters and fonts",
    "T": "The typeset book",
    "E": "The ebook",
    "O": "The handout",
}
_HEAD = """\
# What `book check` and `book build` find

An error leaves no book to make, and nothing is written. With warnings a draft comes out, in which
what is wrong can be seen; `--strict` refuses it. Each finding stands as
`file:line:column: warning[CODE]: what is wrong`, with a hint below it; `--format json`, `github` or
`sarif` says the same to programs.

<!-- Made by tools/findings_doc.py from book/base/codes.py. -->
"""


def page() -> str:
    """The whole text of the page."""
    parts = [_HEAD]
    for letter, codes in groupby(CODES, key=lambda code: code[0]):
        rows = [f"| {code} | {CODES[code].severity} | {CODES[code].meaning} |" for code in codes]
        table = ["| Code | Severity | What it means |", "| --- | --- | --- |", *rows]
        parts.append("\n".join([f"## {_GROUPS[letter]}", "", *table, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
