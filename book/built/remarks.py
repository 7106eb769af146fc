"""What veraPDF and EPUBCheck say of the files, as findings at the place in the Markdown.

Each says the rule in plain words (``rules.toml``), and behind it, in brackets, the validator's own
name for it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from textwrap import shorten
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.built import epubcheck, verapdf
from book.built.epubfile import Package, words_at
from book.built.objects import Objects
from book.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from book.built.origin import Origins
    from book.model import Finding

#: Of one rule, so many places are told.
_MOST = 8
_TABLES = {"ua1": "ua1", "3a": "pdfa", "3b": "pdfa", "3u": "pdfa"}
_CONTEXT = re.compile(r"\((\d+) 0 obj (\w+)")


def of_pdf(path: Path, origins: Origins) -> Iterator[Finding]:
    """F006: the rules of the standards that the PDF claims to keep, and breaks."""
    try:
        flavours = verapdf.declared(path)
        reports = [verapdf.validate(path, one) for one in flavours]
    except Exception as problem:  # noqa: BLE001 # a file of anybody's; Java's are of many kinds
        yield _gave_up("veraPDF", path, problem)
        return
    if not flavours:
        message = f"{path.name} doesn't say which standard it keeps."
        yield finding("F006", Place("book.toml"), message, "Build it again: `book build pdf`.")
    if all(one.compliant for one in reports):
        return
    with Objects(path, origins) as objects:
        for report in reports:
            for failure in report.failures:
                yield from _broken(report.flavour, failure, objects)


def _broken(flavour: verapdf.Flavour, rule: verapdf.Failure, objects: Objects) -> Iterator[Finding]:
    words = _plain(_TABLES.get(flavour, ""), rule.rule) or f"{rule.message.rstrip('.')}."
    name = {"ua1": "PDF/UA-1", "ua2": "PDF/UA-2"}.get(flavour, f"PDF/A-{flavour}")
    told: set[tuple[Place, str]] = set()
    for said in rule.places:
        context = [(int(number), kind) for number, kind in _CONTEXT.findall(said)]
        place, at = objects.place(context)
        if (place, at) not in told and len(told) < _MOST:
            told.add((place, at))
            message = f"{words} {at}".strip().removesuffix(".")
            message = f"{message} [veraPDF: {name}, {rule.rule}]."
            yield finding("F006", place, message, _hint(rule.message))


def of_epub(path: Path, origins: Origins) -> Iterator[Finding]:
    """F007: what EPUBCheck finds in the ebook."""
    try:
        said = epubcheck.check(path)
    except Exception as problem:  # noqa: BLE001 # the same
        yield _gave_up("EPUBCheck", path, problem)
        return
    if not said:
        return
    try:
        package: Package | None = Package(path)
    except Exception:  # noqa: BLE001 # the same
        package = None
    told: dict[str, int] = {}
    for one in said:
        told[one.code] = told.get(one.code, 0) + 1
        if told[one.code] <= _MOST:
            words = _plain("epub", one.code) or "The ebook is not as readers expect it."
            message = f"{words.removesuffix('.')} [EPUBCheck: {one.code}]."
            place = _epub_place(one.place, package, origins)
            yield finding("F007", place, message, _hint(one.text))


def _epub_place(where: str, package: Package | None, origins: Origins) -> Place:
    """The place in the Markdown of a file's ``path:line:column`` in the ebook."""
    path, line, column = (*where.split(":"), "0", "0")[:3]
    numbers = (int(line), int(column)) if line.isdigit() and column.isdigit() else (0, 0)
    element = package.element(path, *numbers) if package else None
    words = words_at(element) if element is not None else ()
    return origins.place(origins.in_file(path), *words)


def _gave_up(name: str, path: Path, problem: Exception) -> Finding:
    """F001: a validator that can make nothing of the file at ``path``."""
    words = shorten(f"{type(problem).__name__}: {problem}", 200, placeholder=" …")
    message = f"{name} could make nothing of {path.name} ({words})."
    return finding("F001", Place("book.toml"), message, "Build it again: `book build`.")


def _hint(said: str) -> str:
    return f"It says: {shorten(said, 240, placeholder=' …')}" if said else "Build the file again."


def _plain(table: str, rule: str) -> str:
    """The plain words for ``rule``, by the longest beginning that is known of it."""
    known = _rules().get(table, {})
    fitting = [one for one in known if rule == one or rule.startswith((f"{one}-", f"{one}."))]
    return known[max(fitting, key=len)] if fitting else ""


@cache
def _rules() -> dict[str, dict[str, str]]:
    text = (files("book.built") / "rules.toml").read_text("utf-8")
    return {
        table: {name: words for names, words in rows.items() for name in names.split()}
        for table, rows in tomllib.loads(text).items()
    }
