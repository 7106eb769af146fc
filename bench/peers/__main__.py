"""The table: ``python -m bench.peers FOLDER=LANGUAGE ... [--keep DIR] [--json]``."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from bench.lines import Figures, measured
from bench.peers import lualatex, page, typst
from bench.peers.manuscript import Block, manuscript

_Setter = Callable[[Iterable[Block], str, Path], Path]
#: What can be asked for its version and set a manuscript, by its name.
_PEERS: dict[str, tuple[Callable[[], str], _Setter]] = {
    "Typst": (typst.released, typst.typeset),
    "tracked": (typst.released, partial(typst.typeset, tracked=True)),
    "LuaLaTeX": (lualatex.released, lualatex.typeset),
}
_CHAPBOOK = "Chapbook"
#: What is to be reached, where it does not depend on the language, by the names of figures.
_GOALS = {
    "runs_of_three": "0",
    "broken_before_a_leaf": "0",
    "broken_pages": "1 in 100",
    "note_hyphens": "5",
    "parted": "0",
    "uneven_spreads": "by a line",
    "off_grid": "0",
}
#: The same, where it does: English, German, other languages.
_BY_LANGUAGE = {
    "over_one_and_a_half": ("2", "4", "3"),
    "over_twice": ("0.2", "1.5", "0.8"),
    "uneven_neighbours": ("1", "2", "2"),
    "hyphens": ("9", "22", "9"),
}


def main() -> None:
    """Set every folder by each program that is there, measure, print."""
    options = argparse.ArgumentParser(prog="python -m bench.peers")
    options.add_argument("folder", nargs="+", help="a book, or chapters=LANGUAGE")
    options.add_argument("--keep", type=Path, help="leave sources and PDFs in this folder")
    options.add_argument("--without", action="append", default=[], choices=[*_PEERS])
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    there = {name: said for name, (asked, _) in _PEERS.items() if (said := asked())}
    for name in _PEERS.keys() - there.keys():
        print(f"{name} is not installed, so it is left out.", file=sys.stderr)
    found = {}
    with tempfile.TemporaryDirectory() as scratch:
        for asked in given.folder:
            source, _, language = asked.partition("=")
            name = Path(source).resolve().name
            target = (given.keep or Path(scratch)) / name
            target.mkdir(parents=True, exist_ok=True)
            book = _book(Path(source), language, target)
            found[name] = _columns(book, target, [one for one in there if one not in given.without])
            if not given.json:
                _print(name, _language(book), found[name])
    if given.json:
        columns = {name: {one: asdict(it) for one, it in by.items()} for name, by in found.items()}
        print(json.dumps({"versions": there, "figures": columns}, indent=1))
    else:
        print(", ".join(f"{name}: {said}" for name, said in there.items()))


def _book(source: Path, language: str, target: Path) -> Path:
    """The book's folder: ``source``, or one that is made of the chapters in it."""
    if (source / "book.toml").exists():
        return source
    book = target / "book"
    shutil.rmtree(book, ignore_errors=True)
    shutil.copytree(source, book / "chapters", ignore=shutil.ignore_patterns("manifest.json"))
    toml = f'[book]\ntitle = "{source.name}"\nauthors = ["-"]\nlanguage = "{language or "en-GB"}"\n'
    (book / "book.toml").write_text(toml, "utf-8")
    return book


def _language(book: Path) -> str:
    import tomllib

    return str(tomllib.loads((book / "book.toml").read_text("utf-8"))["book"]["language"])


def _columns(book: Path, target: Path, peers: list[str]) -> dict[str, Figures]:
    """What is measured, by the program that set it."""
    made = target / "chapbook"
    command = [sys.executable, "-m", "book", "build", "pdf", "--quiet", f"--book={book}"]
    subprocess.run([*command, f"--output={made}"], stdout=sys.stderr, check=True)
    pdfs = {_CHAPBOOK: next(made.glob("*.pdf"))}
    if peers:
        blocks = manuscript(book)
        pdfs |= {name: _PEERS[name][1](blocks, _language(book), target) for name in peers}
    return {name: measured(pdf, page.space()) for name, pdf in pdfs.items()}


def _print(name: str, language: str, columns: dict[str, Figures]) -> None:
    print(f"{name[:22]:22}", *(f"{one:>10}" for one in columns), f"{'to reach':>10}")
    column = ("en", "de").index(language[:2]) if language[:2] in ("en", "de") else 2
    shown = {one: asdict(figures) for one, figures in columns.items()}
    for figure in shown[_CHAPBOOK]:
        goal = _GOALS.get(figure, "")
        if figure in _BY_LANGUAGE:
            goal = _BY_LANGUAGE[figure][column]
        print(f"{figure:22}", *(f"{one[figure]!s:>10}" for one in shown.values()), f"{goal:>10}")
    print(flush=True)


if __name__ == "__main__":
    main()
