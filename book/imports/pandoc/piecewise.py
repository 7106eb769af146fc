"""A book of LaTeX that pandoc can't read as one: chapter by chapter, with its simple commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from book.imports.model import ImportFailedError
from book.imports.pandoc import run

if TYPE_CHECKING:
    from pathlib import Path

    from book.imports.ledger import Ledger

#: The longest that pandoc may take for a whole book, and for a chapter of it.
WHOLE, CHAPTER = 120, 60
_COMMAND = re.compile(
    r"^[ \t]*\\(?:re)?newcommand\*?\s*\{?\\[A-Za-z]+\}?(?:\[\d\])?\s*\{.*\}[ \t]*(?:%.*)?$",
    re.MULTILINE,
)
_ANY = re.compile(r"\\(?:(?:re|provide)?newcommand|def|let|DeclareMathOperator)\b")
#: What makes a command a program, over which pandoc may not come to an end.
_PROGRAM = re.compile(r"@|\\(?:def|let|if\w*|expandafter|csname|futurelet|begingroup)\b")
_CHAPTER = re.compile(r"^(?=[ \t]*\\(?:part|chapter)\b)", re.MULTILINE)
_SECTION = re.compile(r"^(?=[ \t]*\\section\b)", re.MULTILINE)
_TITLE = re.compile(r"\s*\\(?:part|chapter|section)\*?(?:\[[^\]]*\])?\{(?P<title>[^{}]*)\}")


def read(text: str, work: Path, ledger: Ledger, path: str, problem: str) -> run.Read:
    """The tree of ``text``, with ``problem``, why it isn't that of the whole, noted.

    A chapter that can't be read at all stands as it is typed.
    """
    before, begin, after = text.partition("\\begin{document}")
    body = after.partition("\\end{document}")[0] if begin else text
    commands = [one.group() for one in _COMMAND.finditer(text)]
    simple = [one for one in commands if not _PROGRAM.search(one)]
    pieces = _CHAPTER.split(body)
    pieces = pieces if len(pieces) > 1 else _SECTION.split(body)
    blocks: list[dict[str, Any]] = []
    log: list[dict[str, Any]] = []
    for number, piece in enumerate(pieces):
        folder = work / f"piece{number}"
        folder.mkdir()
        source = "\n".join([*simple, piece]).encode()
        try:
            made = run.read(source, "latex", ".tex", folder, seconds=CHAPTER)
        except ImportFailedError as failed:
            blocks += _typed(piece, number)
            ledger.add(f"A piece of LaTeX that pandoc can't read stands as typed: {failed}", path)
            continue
        blocks += made.blocks
        # Their lines are those of a piece, which nobody has.
        log += [{key: value for key, value in one.items() if key != "line"} for one in made.log]
    count = max(len(_ANY.findall(before or text)), len(simple))
    ledger.add(
        f"Read in {len(pieces)} pieces with {len(simple)} of its {count} commands, since pandoc"
        f" can't read it as one: {problem}",
        path,
    )
    return run.Read({}, blocks, log)


def _typed(piece: str, number: int) -> list[dict[str, Any]]:
    """A piece as a listing below its title."""
    found = _TITLE.match(piece)
    words = (found["title"] if found else f"Piece {number + 1}").split()
    inner: list[dict[str, Any]] = []
    for word in words:
        inner += [{"t": "Space"}] * bool(inner) + [{"t": "Str", "c": word}]
    listing = {"t": "CodeBlock", "c": [["", ["latex"], []], piece.strip("\n")]}
    return [{"t": "Header", "c": [1, ["", [], []], inner]}, listing]
