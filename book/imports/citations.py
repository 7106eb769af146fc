"""Citations of Pandoc's Markdown (``[@key, p. 3]``), resolved by pandoc's citeproc.

Each is handed over alone, in the order in which a reader meets them, so that "ibid." and short
forms are right; all else of a text stays as it is. A style that cites in notes gives notes, any
other words in the text; the works that were cited are listed at the end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from book.base.data import replace
from book.imports import front
from book.imports.ledger import Ledger, is_mark, plain
from book.imports.metadata import text_of
from book.imports.model import ImportDraft, ImportFailedError, Manuscript
from book.imports.pages import MARKDOWN
from book.imports.pandoc import citeproc
from book.imports.prose import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from book.imports.source import Shelf

_KEY = r"(?:[\w][\w:.#$%&+?<>~/-]*(?<![:.#$%&+?<>~/-])|\{[^{}\n]+\})"
#: In brackets, with what stands there; or in the text, with a page behind it.
_CITED = re.compile(
    rf"\[(?:[^\[\]\n@]|(?<=\w)@|\n(?![ \t]*\n))*(?<![\w\\])-?@{_KEY}[^\[\]]*\](?![(\[{{:])"
    rf"|(?<![\w@\\.\[/-])-?@{_KEY}(?:[ ]\[[^\[\]\n@]+\](?![(\[]))?"
)
_NAMES = re.compile(rf"(?<![\w\\])-?@({_KEY})")
_CALL = re.compile(r"\[\^([^\[\]\s]+)\](?!:)")
_NOTE = re.compile(r"^[ ]{0,3}\[\^([^\[\]\s]+)\]:", re.MULTILINE)
_HERE = re.compile(r"^:{3,}[ ]*\{#refs[^}\n]*\}[ ]*\n(?:[ \t]*\n)*:{3,}[ ]*$", re.MULTILINE)
_SETTINGS = (
    "_quarto.yml", "_quarto.yaml", "_bookdown.yml", "_config.yml", "metadata.yaml",
    "metadata.yml",
)  # fmt: skip
#: Quarto's cross references, which look alike.
_CROSS = re.compile(r"@(?:fig|tbl|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|nte|tip|wrn|imp|cau)-")
#: What ends a note: a paragraph that is not indented.
_ENDED = re.compile(r"\n[ \t]*\n(?=\S)")
#: That something stands behind a citation in its note, which it does not end then.
_GOES_ON = re.compile(r"[ ]*[^\s\]]")
#: What a note that begins there has before it, but for the sign of an item.
_SPACE = re.compile(r"(?:(?<=[^\s*+-])|(?<=\S[*+-]))(?<!\n\d\.)[ \t]*(?:\n[ \t>]*)?\Z")
_BEHIND = re.compile(r"[.,;:!?]+")


class _Place(NamedTuple):
    """A citation: the chapter it is in, where it stands there, and whether within a note."""

    chapter: int
    start: int
    end: int
    noted: bool


class _Said(NamedTuple):
    """What the source says of its works: files, and the style."""

    files: tuple[str, ...]
    style: str


def resolved(made: Manuscript, shelf: Shelf, ledger: Ledger, work: Path) -> Manuscript:
    """``made`` with its citations resolved; those that can't be are listed, and stay.

    Bibliographies and a style in CSL are those that the source names, as files within it; a
    bibliography that lies there alone need not be named. Nothing is fetched.
    """
    places = list(_places(made.chapters))
    said = _said(shelf, ledger) if places else _Said((), "")
    try:
        if said.files:
            made = _resolved(made, places, said, (shelf, ledger, work))
        else:
            made = _left(made, places, ledger, frozenset())
    except ImportFailedError as problem:
        ledger.add(f"The citations could not be resolved: {problem}", said.files[0])
        made = _left(made, places, ledger, frozenset())
    # Where a list was to stand of which there is nothing.
    chapters = (replace(one, text=_HERE.sub("", one.text)) for one in made.chapters)
    return replace(made, chapters=tuple(chapters))


def _places(chapters: Sequence[ImportDraft]) -> Iterator[_Place]:
    """The citations of all chapters, in the order in which they are read: notes where called."""
    for number, chapter in enumerate(chapters):
        text = chapter.text
        spans = list(_spans(text)) if "@" in text else []
        notes = [(one.start(), one[1]) for one in _NOTE.finditer(text)] if spans else []
        called: dict[str, int] = {}
        for call in _CALL.finditer(text) if notes else ():
            called.setdefault(call[1], call.start())
        found: list[tuple[int, int, _Place]] = []
        for start, end in spans:
            at = bisect_left(notes, (start, "")) - 1
            if at >= 0 and not _ENDED.search(text, notes[at][0], start):
                place = _Place(number, start, end, noted=True)
                found.append((called.get(notes[at][1], start), start, place))
            else:
                found.append((start, 0, _Place(number, start, end, _is_inline(text, start))))
        yield from (place for _, _, place in sorted(found))


def _is_inline(text: str, at: int) -> bool:
    """Whether a note in its line, ``^[…]``, is open at a place."""
    begin = text.rfind("^[", text.rfind("\n\n", 0, at) + 1, at)
    return begin >= 0 and text.count("[", begin, at) > text.count("]", begin, at)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for code, part in stretches(text):
        if not code and "@" in part:
            for found in _CITED.finditer(part):
                yield position + found.start(), position + found.end()
        position += len(part)


def _said(shelf: Shelf, ledger: Ledger) -> _Said:
    """What front matter and settings name; else a bibliography that lies there alone."""
    files: list[str] = []
    style = ""
    for path in shelf.paths:
        settings = path in _SETTINGS
        if not settings and not path.casefold().endswith(MARKDOWN):
            continue
        text = plain(shelf.text_of(path) or "")
        unheard = Ledger()  # Whoever reads the chapters tells what is wrong with them.
        parted = None if settings else front.parted(text, path, unheard)
        said = parted.said if parted else front.yaml(text, path, unheard)
        book = said.get("book")
        said = {**said, **book} if isinstance(book, dict) else said
        named = said.get("bibliography") or said.get("bibtex_bibfiles")
        for one in named if isinstance(named, list) else [named] if named else []:
            if found := shelf.find(str(one), path) or shelf.find(f"/{one}"):
                files.append(found)
            else:
                ledger.add(f"There is no bibliography {str(one)[:80]} in the source.", path)
        if (csl := text_of(said.get("csl"))) and not style:
            style = shelf.find(csl, path) or shelf.find(f"/{csl}")
            if not style:
                ledger.add(f"There is no style {csl[:80]} in the source; Chicago's is used.", path)
    alone = [path for path in shelf.paths if path.casefold().endswith((".bib", ".ris"))]
    return _Said(tuple(dict.fromkeys(files)) or tuple(alone if len(alone) == 1 else ()), style)


def _resolved(
    made: Manuscript, places: list[_Place], said: _Said, at_hand: tuple[Shelf, Ledger, Path]
) -> Manuscript:
    shelf, ledger, work = at_hand
    folder = work / "citations"
    folder.mkdir()
    files = [(path, shelf.bytes_of(path) or b"") for path in said.files]
    style = (shelf.bytes_of(said.style) or b"") if said.style else b""
    library = citeproc.Library(files, style, folder)
    texts = [made.chapters[one.chapter].text[one.start : one.end] for one in places]
    names = [{name.strip("{}") for name in _NAMES.findall(text)} for text in texts]
    asked = {
        place: text
        for place, text, each in zip(places, texts, names, strict=True)
        if each and each <= library.keys
    }
    if not asked:
        return _left(made, places, ledger, library.keys)
    language = made.metadata.language or "en"
    wanted = [(" ".join(text.split()), place.noted) for place, text in asked.items()]
    found = library.cited(wanted, language, ledger)
    answers = {place: one for place, one in zip(asked, found.citations, strict=True) if one}
    left = [one for one in places if one not in answers]
    done = _left(made, left, ledger, library.keys, answers)
    notes = sum("^[" in one for one in answers.values())
    how = f"{notes} of them as notes" if notes else "in the text"
    count = "1 citation was" if len(answers) == 1 else f"{len(answers)} citations were"
    ledger.add(f"{count} resolved by pandoc, {how}.", said.files[0])
    return _with_works(done, found.works, language)


def _left(
    made: Manuscript,
    left: Sequence[_Place],
    ledger: Ledger,
    known: frozenset[str] | set[str],
    answers: dict[_Place, str] | None = None,
) -> Manuscript:
    """``made`` with ``answers`` in their places; what is ``left`` is listed, and stays as typed."""
    answers = answers or {}
    by_chapter: dict[int, list[_Place]] = {}
    for one in {*left, *answers}:
        by_chapter.setdefault(one.chapter, []).append(one)
    chapters = []
    for number, chapter in enumerate(made.chapters):
        pieces, done, text = [], 0, chapter.text
        for place in sorted(by_chapter.get(number, [])):
            typed = text[place.start : place.end]
            before = text[done : place.start]
            answer, end = answers.get(place, ""), place.end
            if answer.startswith("^["):
                # A note has no space before it, and stands behind what ends the words.
                stop = _BEHIND.match(text, end)
                before = _SPACE.sub("", before) + (stop[0] if stop else "")
                end = stop.end() if stop else end
            elif place.noted and _GOES_ON.match(text, end):
                answer = answer.removesuffix(".")
            elif not answer:
                answer = _as_typed(typed, chapter.source, ledger, known)
            pieces += [before, answer]
            done = end
        chapters.append(replace(chapter, text="".join([*pieces, text[done:]])))
    return replace(made, chapters=tuple(chapters))


def _as_typed(typed: str, path: str, ledger: Ledger, known: frozenset[str] | set[str]) -> str:
    """A citation that is not resolved: listed if it is surely one; else nothing is changed."""
    if not typed.startswith("[") or _CROSS.search(typed):
        return typed
    missing = [name for name in _NAMES.findall(typed) if known and name.strip("{}") not in known]
    why = f" ({', '.join(missing)} is in no bibliography)" if missing else ""
    mark = ledger.add(f"A citation, left as its keys: {' '.join(typed.split())[:200]}{why}", path)
    return mark + re.sub(r"([\[\]@])", r"\\\1", typed)


def _with_works(made: Manuscript, works: str, language: str) -> Manuscript:
    """``made`` with the list of works: where the source wants it, else as a chapter at the end."""
    if not works:
        return made
    works = f"::: {{.hanging}}\n{works}\n:::"
    chapters = list(made.chapters)
    for number, chapter in enumerate(chapters):
        if _HERE.search(chapter.text):
            text = _HERE.sub(lambda _: works, chapter.text, count=1)
            chapters[number] = replace(chapter, text=text)
            return replace(made, chapters=tuple(chapters))
    last = chapters[-1]
    if last.kind in ("", "bibliography") and last.text.startswith("# ") and not _below(last.text):
        # Its title stands alone where its tool puts the works.
        text = f"{last.text.rstrip()}\n\n{works}\n"
        chapters[-1] = replace(last, text=text, kind="bibliography")
        return replace(made, chapters=tuple(chapters))
    title = _TITLES.get(language.partition("-")[0], "Bibliography")
    chapters.append(ImportDraft(title, f"# {title}\n\n{works}\n", "", "bibliography"))
    return replace(made, chapters=tuple(chapters))


def _below(text: str) -> bool:
    """Whether a chapter says anything below its title."""
    rest = text.partition("\n")[2]
    return bool(rest.strip()) and not is_mark(rest)


_TITLES = {
    "de": "Literaturverzeichnis", "fr": "Bibliographie", "es": "Bibliografía", "it": "Bibliografia",
    "nl": "Literatuur", "pt": "Bibliografia", "pl": "Bibliografia", "sv": "Litteratur",
}  # fmt: skip
