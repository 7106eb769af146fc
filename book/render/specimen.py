"""A small book with something of everything, set in a theme to see whether it can be.

This runs in a process with bounds: a theme may lead the typesetter anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from book.assemble import assemble
from book.base.data import replace
from book.cache.store import Scratch
from book.model import Book, Person, Place, Source, Text
from book.parse.chapter import parse
from book.render import handout, pdf
from book.theme.elsewhere import for_all_media, mistakes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from book.model import Config
    from book.theme.theme import Theme

_TEXT = """\
# A chapter of *everything*

The first paragraph calls a note,[^one] and on [1 May 1943](when:1943-05-01 "The talks begin")
[Sato](who:sato) was named; see [below](#section). It goes on for a line or two, so that there
is something to be justified, hyphenated and broken at the end of a line, as in any book.[^ed-two]

## A section {#section}

> A quotation, and "`code`" in it, with [a link](https://example.org/).

1. One
2. Two
    - nested

| A  | B  |
| -- | -- |
| 1  | 2  |

![A picture](data)

Term
: Definition.

```
code in a block
```

### A subsection

Another paragraph[^three] of **bold**, *italic*, H<sub>2</sub>O and <span lang="fr">des mots</span>.

---

{paragraphs}

[^one]: A note of *one* line.
[^ed-two]: The editor's note.
[^three]: A note.

    In two paragraphs.
"""
_PARAGRAPH = "A paragraph like others, of a few words, and with a note behind some.[^one] " * 2
_FRONT = "---\nkind: preface\n---\n\n# A preface\n\nIn which [Sato](who:sato) is named.\n"
_IMAGE = "chapters/data"
_DRAWN = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E"
    "%3Cpath d='M0 0h9v9z'/%3E%3C/svg%3E"
)


def _book(config: Config, root: str) -> Book:
    texts = (_FRONT, _TEXT.replace("{paragraphs}", f"{_PARAGRAPH}\n\n" * 2))
    sources = [
        Source(f"chapters/{number}.md", f"c{number}", Text.of(text), "")
        for number, text in enumerate(texts)
    ]
    config = replace(config, people={"sato": Person("Sato, Naotake", "ambassador")})
    chapters = [parse(source, config.book.language) for source in sources]
    return assemble(Path(root), config, chapters)


def set_specimen(theme: Theme, config: Config, root: str) -> str:
    """Why the specimen can't be used as ``theme`` sets it, in a few words; empty if it can.

    Raises whatever the typesetter raises.
    """
    book = _book(config, root)
    said = ""
    if theme.rules("tokens", "print"):
        said = pdf.set_specimen(book, theme, {_IMAGE: _DRAWN})
    if not said and theme.rules("tokens", "handout"):
        handout.attempt(book, theme, Scratch())
    return said


def remarks(theme: Theme, root: str) -> list[tuple[Place, str]]:
    """What the typesetter says of the book's own rules when it reads them: where, and its words.

    The lines of their own file are counted, since each is read by itself.
    """
    rules = theme.rules("tokens", "print", "handout")
    said: list[Iterable[str]] = [*pdf.remarks([rule.in_place for rule in rules], root)]
    ebook = theme.rules("epub")
    heard = pdf.remarks([for_all_media(rule.in_place) for rule in ebook], root)
    said += [mistakes(some) for some in heard]
    return [
        (rule.place, words)
        for rule, some in zip([*rules, *ebook], said, strict=True)
        for words in some
    ]
