"""What ``book show`` shows: each view is a table with heads, made of the assembled book."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from book.base.data import is_data, names
from book.base.errors import UnusableError
from book.base.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from book.model import Book, Chapter

#: So many words an adult reads silently in a minute (Brysbaert 2019, for English prose).
_WORDS_A_MINUTE = 238

# Where a word ends though no space stands there.
_BLOCK = re.compile(r"<(?=/?(?:p|li|t[dhr]|d[td]|h[1-6]|div|br|figcaption|caption|a data-note)\b)")
#: No cell on a terminal is wider; JSON and CSV have all of it.
_WIDEST = 60

Cell = str | int


class Listing(NamedTuple):
    """A table to show: the heads of its columns, and its rows."""

    heads: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def chronology(book: Book, out: Path) -> Listing:
    """Every dated event in its order, and where it is told."""
    del out
    rows = [
        (one.edtf, one.words, one.sentence, ", ".join(str(event.place) for event in one.told))
        for one in book.chronology
    ]
    return Listing(("date", "in words", "what happened", "told at"), [*rows])


def people(book: Book, out: Path) -> Listing:
    """Everyone in book.toml: who it is, how often and in which chapters."""
    del out
    named = {one.mentions[0].person: one.mentions for one in book.people if one.mentions}
    rows: list[tuple[Cell, ...]] = []
    for key, person in book.config.people.items():
        mentions = named.get(key, ())
        where = dict.fromkeys(_file(one.place.path) for one in mentions)
        rows.append((key, person.name, person.about, len(mentions), ", ".join(where)))
    return Listing(("person", "name", "about", "named", "in"), rows)


def notes(book: Book, out: Path) -> Listing:
    """Every note: its chapter, number and label, where it stands, and its first words."""
    from book.base.formulas import lettered
    from book.base.xml import tree

    del out
    rows: list[tuple[Cell, ...]] = []
    for chapter in book.chapters:
        for note in chapter.notes:
            number = book.note_numbers.get(note.id, "")
            words = lettered(tree(_BLOCK.sub(" <", note.body))).split()
            short = " ".join(words[:10]) + (" …" if len(words) > 10 else "")
            rows.append((_file(chapter.path), number, note.label, str(note.place), short))
    return Listing(("chapter", "number", "label", "at", "begins"), rows)


def words(book: Book, out: Path) -> Listing:
    """How long each chapter is, and how long it takes to read its text."""
    del out
    rows: list[tuple[Cell, ...]] = []
    for chapter in filter(_is_written, book.chapters):
        text = len(_words(chapter.heading)) + len(_words(chapter.body))
        noted = sum(len(_words(note.body)) for note in chapter.notes if note.calls)
        rows.append((_file(chapter.path), chapter.title, text, noted, _minutes(text)))
    text, noted = (sum(int(row[column]) for row in rows) for column in (2, 3))
    rows.append(("", "all of it", text, noted, _minutes(text)))
    return Listing(("chapter", "title", "words", "in notes", "minutes"), rows)


def pages(book: Book, out: Path) -> Listing:
    """On which page each chapter of the printed book begins; it has to be built before."""
    import pypdfium2

    from book.base.files import filename

    path = out / filename(book, "pdf")
    if not path.is_file():
        raise UnusableError(f"There is no {path} yet. Make it first: book build pdf")
    document = pypdfium2.PdfDocument(path)
    try:
        rows: list[tuple[Cell, ...]] = []
        for mark in document.get_toc(max_depth=2):
            place = mark.get_dest()
            index = place.get_index() if place else None
            if index is not None:
                title = f"{'  ' * mark.level}{mark.get_title()}"
                rows.append((title, document.get_page_label(index) or str(index + 1), index + 1))
    finally:
        document.close()
    return Listing(("title", "page", "sheet of the file"), rows)


def config(book: Book, out: Path) -> Listing:
    """Every setting that is in force, and where it comes from."""
    del out
    from book.read.settings import places

    place_of = places(book.root)
    rows: list[tuple[Cell, ...]] = []
    for path, value in _settings((), book.config):
        place = place_of(tuple(path))
        rows.append((".".join(path), _said(value), str(place) if place.line else "without it"))
    return Listing(("setting", "value", "from"), rows)


def fonts(book: Book, out: Path) -> Listing:
    """Which scripts the book has, and which typeface has the letters of each."""
    del out
    from book.base.fonts import faces, opened
    from book.theme import theme, typefaces

    look, _ = theme.load(book.root)
    look, _ = typefaces.dressed(look, book)
    known: dict[str, set[int]] = {}
    for face in (*look.lettering.text, *look.faces, *faces()):  # What the text is set in first.
        known.setdefault(face.family, set()).update(opened(face.file.read()).unicodes)
    rows: list[tuple[Cell, ...]] = []
    for script, letters in sorted(_scripts(book).items(), key=lambda one: -one[1].total()):
        held = {
            name: sum(n for char, n in letters.items() if ord(char) in has)
            for name, has in known.items()
        }
        best = max(held, key=lambda name: held[name])
        lacking = letters.total() - held[best]
        rows.append((script, letters.total(), best if held[best] else "none", lacking))
    return Listing(("script", "letters", "typeface", "lacking"), rows)


#: Each view by its name.
VIEWS: Mapping[str, Callable[[Book, Path], Listing]] = {
    "chronology": chronology,
    "people": people,
    "notes": notes,
    "words": words,
    "pages": pages,
    "config": config,
    "fonts": fonts,
}


def _file(path: str) -> str:
    return path.rpartition("/")[2]


def _is_written(chapter: Chapter) -> bool:
    return bool(chapter.path)


def _words(fragment: str) -> list[str]:
    """The words of a text: signs alone are none, and no formula is, set or not."""
    from book.base.xml import MISSING, remove, tree

    root = tree(_BLOCK.sub(" <", fragment))
    for code in list(root.iter("code")):
        if code.get("class") == MISSING:
            remove(code)
    found = "".join(map(str, root.itertext())).split()
    return [word for word in found if any(map(str.isalnum, word))]


def _minutes(count: int) -> int:
    return -(-count // _WORDS_A_MINUTE)


def _settings(path: tuple[str, ...], table: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    for each in names(table):
        value, name = getattr(table, each), each.replace("_", "-")
        if is_data(value):
            yield from _settings((*path, name), value)
        elif not (name == "people" and not path):
            yield (*path, name), value


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"{len(value)} of them" if value and is_data(value[0]) else ", ".join(value)
    return "" if value is None else str(value)


def _scripts(book: Book) -> dict[str, Counter[str]]:
    """The letters of each script of the text, and how often each stands there."""
    found: dict[str, Counter[str]] = {}
    for chapter in book.chapters:
        fragments = [chapter.heading, chapter.body, *(note.body for note in chapter.notes)]
        for char, count in Counter("".join(w for one in fragments for w in _words(one))).items():
            if char.isalpha():
                script = unicodedata.name(char, "unnamed").partition(" ")[0].title()
                found.setdefault(script, Counter())[char] += count
    return found


def _clipped(text: str) -> str:
    line = " ".join(text.split()) if "\n" in text else text
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"


def aligned(view: Listing) -> Sequence[str]:
    """``view`` as lines, its columns set one below the other, numbers to the right."""
    from rich.cells import cell_len

    texts = [
        view.heads,
        *(tuple(_clipped(printable(str(cell))) for cell in row) for row in view.rows),
    ]
    widths = [max(cell_len(row[n]) for row in texts) for n in range(len(view.heads))]
    right = [
        bool(view.rows) and all(isinstance(row[n], int) for row in view.rows)
        for n in range(len(view.heads))
    ]

    def cell(text: str, n: int) -> str:
        space = " " * (widths[n] - cell_len(text))
        return space + text if right[n] else text + space

    return ["  ".join(cell(text, n) for n, text in enumerate(row)).rstrip() for row in texts]
