"""A small book with something of everything, set in a theme to see whether it can be.

This runs in a process with bounds: a theme may lead the typesetter anywhere.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from book.assemble import assemble
from book.base.fonts import faces
from book.cache.store import Nothing, Scratch
from book.model import Book, Pages, Person, Place, Source, Text
from book.parse.chapter import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from book.model import Config
    from book.render.pdf.record import Piece, Sheet
    from book.theme.theme import Theme

#: More pages than the specimen has in any theme that is meant to be read.
MOST_PAGES = 300

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
    from book.render import handout

    book = _book(config, root)
    said = _set_print(book, theme) if theme.rules("tokens", "print") else ""
    if not said and theme.rules("tokens", "handout"):
        handout.attempt(book, theme, Scratch())
    return said


def _set_print(book: Book, theme: Theme) -> str:
    from book.render.pdf.draft.variables import written_out
    from book.render.pdf.engine import typeset
    from book.render.pdf.folios import jobs, leaves, theme_of
    from book.render.pdf.paginate import paginate
    from book.render.pdf.record import stored
    from book.render.pdf.volume import style_sheet

    css = written_out(style_sheet(book, theme))
    files = (*((face.path.name, face.digest) for face in faces()), *theme.files)
    pieces = list(_pieces(book, css, files, theme.families("print")))
    if said := _wrong_with(piece for _, piece in pieces):
        return said
    kept = Nothing(book.root)
    placed, pages = paginate([(sheet, stored(piece, kept)) for sheet, piece in pieces])
    style = theme_of(book, css, files, len(pages.labels))
    for one in placed:
        if one.number:
            every = leaves(one, style)
            for _, job in jobs(every, range(len(every)), one.sheet, style):
                typeset.folios(job)
    return ""


def _pieces(
    book: Book, css: str, files: tuple[tuple[str, str], ...], families: tuple[str, ...]
) -> Iterator[tuple[Sheet, Piece]]:
    from book.render.pdf.draft.margins import without_margin_boxes
    from book.render.pdf.draft.pieces import drafts, names
    from book.render.pdf.engine.typeset import typeset
    from book.render.pdf.record import PieceJob

    kept, bare = Nothing(book.root), without_margin_boxes(css)
    every = {draft.sheet.name: draft for draft in drafts(book, Pages((), {}), kept, families)}
    for name in names(book):
        draft = every[name]
        text = Text.of(str(draft.text).replace(_IMAGE, _DRAWN))
        job = PieceJob(name, text, bare, files, str(book.root), draft.notes)
        yield draft.sheet, typeset(job, kept)


def _wrong_with(pieces: Iterable[Piece]) -> str:
    """What is too much of these pages, or too little, if anything is."""
    records = [piece.record for piece in pieces]
    if sum(record.pages for record in records) > MOST_PAGES:
        return f"a few pages of text become more than {MOST_PAGES}"
    if any(fault.code == "T002" for record in records for fault in record.faults.values()):
        return "notes are lost"
    return ""


def remarks(theme: Theme, root: str) -> list[tuple[Place, str]]:
    """What the typesetter says of the book's own rules when it reads them: where, and its words.

    The lines of their own file are counted, since each is read by itself.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    from book.render.fetch import BOOK_URL, BookFetcher
    from book.render.handout.press import heard

    found: list[tuple[Place, str]] = []
    for rule in theme.rules("tokens", "print", "handout"):
        with heard() as said:
            CSS(
                string=rule.in_place,
                base_url=BOOK_URL + "styles/",
                url_fetcher=BookFetcher(Path(root)),
                font_config=FontConfiguration(),
            )
        found += [(rule.place, words) for words in said]
    return found
