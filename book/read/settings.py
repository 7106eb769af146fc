"""Step 1: ``book.toml`` becomes a :class:`~book.model.Config`, or findings that say why not.

The types of :mod:`book.model` are the schema; pydantic holds the file against them, at this
border only, and its findings are put into the author's words. Everything that is wrong is said
in one run.
"""

from __future__ import annotations

import re
import tomllib
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from book.base.codes import finding
from book.base.data import replace
from book.base.pagesizes import is_size
from book.base.paths import content, is_inside
from book.base.text import UNPRINTABLE, is_language, listed, newlines, suggestion
from book.cache.memo import memo_all
from book.cache.store import Store
from book.model import Config, Finding, Place
from book.read.defaults import printable, without
from book.read.edition import edition, silences
from book.read.lengths import too_long
from book.read.messages import SMALLEST, Problem, dotted, empty, worded
from book.read.tables import adapter, config
from book.read.tomlpositions import KeyPath, TomlPositions, locate
from book.words import NAMES, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

FILE = "book.toml"


class Loaded(NamedTuple):
    """What ``book.toml`` says, or None; and all that is wrong with it."""

    config: Config | None
    findings: tuple[Finding, ...]


def begun(root: Path, kept: Store, *, lend: bool = False) -> Callable[[], Loaded]:
    """What gives the configuration of the book in ``root``, or every reason why there is none.

    The file is TOML 1.0 in UTF-8. Never raises for what an author may have written. What it says
    is ``kept``; if it is lent, a helper reads it meanwhile: pydantic takes
    longer to import than a page to be set, and more memory than a book.
    """
    text, problem = _read(root)
    if text is None:
        return lambda: Loaded(None, problem)
    made = memo_all(kept, "config", Loaded, {(text,): partial(_validated, text)}, lend=lend)
    return lambda: next(made())


def _validated(text: str) -> Loaded:
    try:
        data = tomllib.loads(text)
        if _is_deeper(data, 8):
            raise RecursionError
    except tomllib.TOMLDecodeError as error:
        return Loaded(None, (_syntax(str(error), text),))
    except ValueError:  # of numbers: Python reads no more than 4,300 digits
        return Loaded(None, (_endless(text),))
    except RecursionError:
        message, hint = "Tables or lists are nested too deep.", "No key here needs more than three."
        return Loaded(None, (finding("B002", Place(FILE), message, hint),))
    config, problems = _validate(data)
    places = locate(text) if problems else TomlPositions()
    found = sorted((_placed(each, places) for each in problems), key=_by_place)
    return Loaded(config, tuple(found))


def places(root: Path) -> Callable[[KeyPath], Place]:
    """What tells where a key stands in the ``book.toml`` of ``root``, which has been loaded."""
    text, _ = _read(root)
    keys = locate(text or "").keys
    return lambda path: Place(FILE, *keys.get(path, (0, 0)))


def _read(root: Path) -> tuple[str | None, tuple[Finding, ...]]:
    path = root / FILE
    if not is_inside(path, root):
        message, hint = f"{FILE} leads outside the book's folder.", "Put the file itself there."
        return None, (finding("B001", Place(FILE), message, hint),)
    raw = content(root, FILE)
    if raw is None:
        other = (
            "`book import . DIR` makes a book of texts that lie here, `book new DIR` a small one; "
            "`--book DIR` names one that lies elsewhere."
        )
        hint = f"{other}\nOr make a file {FILE} that says:\n\n{SMALLEST}"
        return None, (finding("B001", Place(FILE), f"There is no {FILE} here.", hint),)
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        start = raw.rfind(b"\n", 0, error.start) + 1
        column = len(raw[start : error.start].decode(errors="replace")) + 1
        message = f"{FILE} is not in UTF-8: the byte 0x{raw[error.start]:02X} is no letter in it."
        place = Place(FILE, line, column)
        return None, (finding("B002", place, message, "Save the file as UTF-8."),)
    return text.replace("\r\n", "\n"), ()


def _syntax(message: str, text: str) -> Finding:
    """What tomllib says, with the place taken out of its sentence."""
    sentence, _, where = message.partition(" (at ")
    if sentence.startswith("Cannot "):
        sentence = "This key or table is written twice"
    numbers = re.findall(r"\d+", where)
    lines = newlines(text).rstrip("\n").split("\n")
    line, column = map(int, numbers) if numbers else (len(lines), len(lines[-1]) + 1)
    said = f"This is not TOML: {sentence[:1].lower()}{sentence[1:]}."
    return finding("B002", Place(FILE, line, column), said, _mend(sentence, lines, line))


def _mend(sentence: str, lines: Sequence[str], line: int) -> str:
    """What to write instead of the ``line``, from 1, that can't be read."""
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    key, equals, value = written.partition("=")
    bare = value.strip().strip("'\"\u201c\u201d\u201e\u00ab\u00bb")
    if "twice" in sentence:
        return "Take one of the two out, or join them."
    is_text = equals and bare and value.strip()[0] not in "[{" and '"' not in bare
    if is_text and sentence.startswith(("Invalid value", "Unclosed string", "Illegal character")):
        return f'Text stands in straight quotation marks: `{key.strip()} = "{bare[:40]}"`.'
    return 'A line reads `key = "text"`, `[table]` or `# comment`.'


def _endless(text: str) -> Finding:
    """A number that goes on for lines."""
    found = re.search(r"[0-9_]{4300,}", text)
    start = found.start() if found else 0
    place = Place(FILE, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
    message = "This number has more digits than any that means something."
    return finding("B002", place, message, "Write fewer, or put it in quotes.")


def _is_deeper(value: Any, levels: int) -> bool:
    """Whether tables and lists stand in each other more than ``levels`` deep."""
    if not isinstance(value, dict | list):
        return False
    items = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(item, levels - 1) for item in items)


def _validate(data: dict[str, Any]) -> tuple[Config, list[Problem]]:
    """The configuration, whatever is wrong; what can't be used is left out or has its default."""
    from pydantic import ValidationError
    from pydantic_core import to_json

    giants = [*_giants((), data), *too_long((), data)]
    data = without(data, giants) if giants else data
    said = printable(data)
    book = _table(said, "book")
    if _has_editor(book):
        book.setdefault("authors", [])
    problems = [*giants, *_unprintable((), data), *_meanings(said)]
    data = without(said, problems)
    if is_language(tag := _dashed(_table(said, "book").get("language"))):
        data["book"]["language"] = tag
    held = adapter()
    while True:
        try:
            # By way of JSON: there, pydantic's strict mode takes a list for a tuple.
            checked = held.validate_json(to_json(data), strict=True)
        except ValidationError as error:
            found = [worded(each, data) for each in error.errors(include_url=False)]
            # What was left out because it is wrong is then missing: that is no second fault.
            told = {one.subject for one in problems}
            problems += [one for one in found if one.subject not in told]
            data = without(data, found)
        else:
            made = config(checked)
            own = tuple(sorted(made.words.items()))
            return replace(made, book=replace(made.book, words=own)), problems


def _meanings(data: dict[str, Any]) -> Iterator[Problem]:
    """What the types can't say; ``data`` may be of any shape, since types are checked apart."""
    book, people = _table(data, "book"), _table(data, "people")
    for name in ("title", "language"):
        if isinstance(value := book.get(name), str) and not value.strip():
            yield empty(("book", name))
    authors = book.get("authors")
    is_empty = authors == [] and not _has_editor(book)
    if is_empty or (isinstance(authors, list) and _has_blank(authors)):
        yield empty(("book", "authors"))
    for person, entry in people.items():
        yield from _person(person, entry)
    language, size = book.get("language"), _table(data, "pdf").get("page-size")
    if isinstance(language, str) and language.strip() and not is_language(language):
        message = f"`{language}` is not a language tag."
        yield Problem("B004", ("book", "language"), "value", message, language_hint(language))
    if isinstance(size, str) and not is_size(size):
        message = f"`{size}` is not a page size."
        hint = "Write `A5`, `half letter`, `6x9in` or `148mm 210mm`."
        yield Problem("B004", ("pdf", "page-size"), "value", message, hint)
    yield from _words(data)
    yield from edition(data)
    yield from silences(data)


def _words(data: dict[str, Any]) -> Iterator[Problem]:
    """Words that nothing prints, and those that don't say where the number or name stands."""
    if "words" in _table(data, "book"):
        message = "`words` is no key of [book]."
        yield Problem("B003", ("book", "words"), "key", message, "They are a table, [words].")
    table = _table(data, "words")
    for name, text in table.items():
        if name not in NAMES:
            hint = suggestion(name, NAMES, "There are")
            message = f"`{name}` of [words] is no word that the book prints."
            yield Problem("B003", ("words", name), "key", message, hint)
        elif isinstance(text, str):
            usual = re.findall(r"\{\w*\}", getattr(words("en"), name.replace("-", "_")))
            if not text.strip() or sorted(re.findall(r"\{[^}]*\}?", text)) != sorted(usual):
                message = f"`{name}` of [words] has to say {listed(usual) if usual else 'words'}."
                hint = "What stands in braces is put in there." if usual else "It has no braces."
                yield Problem("B004", ("words", name), "value", message, hint)


def language_hint(tag: str) -> str:
    """What to write instead of a ``tag`` that is none."""
    if is_language(dashed := _dashed(tag)):
        return f"Write `{dashed}`."
    if meant := _tag_of(dashed):
        return f"Did you mean `{meant}`?"
    return "Write a tag of BCP 47, such as `en`, `en-GB`, `de` or `ja`."


def _tag_of(name: str) -> str:
    """The tag of a language that is called by its ``name``, in a few languages; empty if none."""
    from babel import Locale

    for spoken in ("en", "de", "fr", "es", "it"):
        names = Locale(spoken).languages.items()
        if found := next((tag for tag, one in names if one.casefold() == name.casefold()), ""):
            return found.replace("_", "-")
    return ""


def _dashed(tag: object) -> str:
    """A language ``tag`` as POSIX writes it, with hyphens."""
    return tag.strip().replace("_", "-") if isinstance(tag, str) else ""


def _person(person: str, entry: Any) -> Iterator[Problem]:
    if not re.fullmatch("[a-z0-9-]+", person):
        hint = "Use small letters a to z, digits and hyphens, as in `sato-naotake`."
        message = f"`{person}` can't be the short name of a person."
        yield Problem("B003", ("people", person), "key", message, hint)
    name = entry.get("name") if isinstance(entry, dict) else None
    if isinstance(name, str) and not name.strip():
        yield empty(("people", person, "name"))


def _has_editor(book: dict[str, Any]) -> bool:
    """Whether an anthology's ``book`` names an editor, so that it needs no author."""
    listed = book.get("contributors")
    entries = listed if isinstance(listed, list) else []
    return any(isinstance(one, dict) and one.get("role") == "edt" for one in entries)


def _has_blank(items: Iterable[Any]) -> bool:
    return any(isinstance(item, str) and not item.strip() for item in items)


def _table(data: dict[str, Any], name: str) -> dict[str, Any]:
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def _unprintable(path: KeyPath, value: Any) -> Iterator[Problem]:
    """Texts with control characters, which TOML lets in by way of escapes."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _unprintable((*path, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unprintable((*path, index), inner)
    elif isinstance(value, str) and (found := UNPRINTABLE.search(value)):
        message = f"`{dotted(path)}` holds the control character U+{ord(found[0]):04X}."
        yield Problem("B004", path, "value", message, "Take it out.")


def _giants(path: KeyPath, value: Any) -> Iterator[Problem]:
    """Numbers of more than 64 bits, which TOML 1.0 asks nobody to know."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from _giants((*path, key), inner)
    elif isinstance(value, int) and not -(2**63) <= value < 2**63:
        message = f"`{dotted(path)}` is a number of more than 64 bits."
        yield Problem("B004", path, "value", message, "Write a smaller one.")


def _placed(problem: Problem, places: TomlPositions) -> Finding:
    known = places.values if problem.at == "value" else places.keys
    line, column = known.get(problem.path, (0, 0))
    return finding(problem.code, Place(FILE, line, column), problem.message, problem.hint)


def _by_place(each: Finding) -> tuple[Place, str]:
    return each.place, each.code
