"""What of LaTeX and reStructuredText is laid together before pandoc, which reads one file only."""

from __future__ import annotations

import fnmatch
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from book.imports.model import ImportFailedError

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

_INPUT = re.compile(
    r"(?<!\\)\\(?P<how>input|include|subfile|usepackage|import\{(?P<folder>[^}]*)\})"
    r"(?:\[[^\]]*\])?\s*\{(?P<path>[^}\n]+)\}"
)
_COMMENT = re.compile(r"(?<!\\)%.*")
_RST = re.compile(
    r"^(?P<in>[ \t]*)\.\. include:: *(?P<path>\S+)[ \t]*\n(?:(?P=in)[ \t]+:.*\n)*", re.MULTILINE
)
_RST_PICTURE = re.compile(
    r"^(?P<lead>[ \t]*\.\. (?:\|[^|\n]+\| *)?(?:image|figure):: *)(?P<path>\S+)", re.MULTILINE
)
_TOCTREE = re.compile(
    r"^(?P<in>[ \t]*)\.\. toctree::[^\n]*\n(?P<body>(?:(?P=in)[ \t]+\S.*\n|[ \t]*\n)*)",
    re.MULTILINE,
)
#: Commands whose words are none of the text.
_NO_TEXT = re.compile(r"\\(?:index|glossary|pageref|gls\w*|nomenclature|todo)\b")
_LONG_TABLE = re.compile(r"\\begin\{longtable\}.*?\\end\{longtable\}", re.DOTALL)
_BOUNDED = re.compile(r"\\pandocbounded\{(\\includegraphics(?:\[[^\]]*\])?\{[^{}]*\})\}")
_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_MOST = 64 << 20
_DEEPEST = 12
# Commands that say how something looks or where, and hold no words of the book.
_SILENT = re.compile(
    r"\\(?:maketitle|label|vspace|hspace|vfill|hfill|centering|noindent|newpage"
    r"|clearpage|cleardoublepage|pagebreak|tableofcontents|listof\w+|frontmatter|mainmatter"
    r"|backmatter|appendix|pagestyle|thispagestyle|pagenumbering|setcounter|setlength"
    r"|addtocounter|addcontentsline|bibliographystyle|linebreak|nolinebreak|small|footnotesize"
    r"|scriptsize|tiny|normalsize|large|Large|LARGE|huge|Huge|raggedright|raggedleft|protect"
    r"|phantomsection|hyphenation|selectlanguage|markboth|markright|bigskip|medskip"
    r"|smallskip|par|sloppy|hypersetup|geometry|usepackage|documentclass|printindex"
    r"|makeindex|doublespacing|onehalfspacing|singlespacing|nocite|graphicspath|include)\b"
)


def expanded(shelf: Shelf, path: str, ledger: Ledger) -> str:
    """A file of LaTeX with those that it takes in, as far as they lie in the source."""
    text = _tex(shelf, path, ledger, [path], [0])
    return _BOUNDED.sub(r"\1", _LONG_TABLE.sub(lambda found: _headed(found.group()), text))


def _headed(table: str) -> str:
    """A long table with one head: those of its further pages, and its feet, are for paper."""
    table = re.sub(r"\\endfirsthead\b.*?\\endhead\b", r"\\endhead", table, flags=re.DOTALL)
    table = table.replace("\\endfirsthead", "\\endhead")
    # What stands behind the mark would be taken for its argument.
    return re.sub(r"\\endhead\b(?:.*\\end(?:last)?foot\b)?", "", table, flags=re.DOTALL)


def _tex(shelf: Shelf, path: str, ledger: Ledger, chain: list[str], size: list[int]) -> str:
    text = _text(shelf, path, chain, size, ledger)
    # A document that is taken in by another brings its body only.
    if len(chain) > 1 and "\\begin{document}" in text:
        text = text.partition("\\begin{document}")[2].partition("\\end{document}")[0]
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        said = _COMMENT.sub("", line)

        def take(found: re.Match[str], number: int = number) -> str:
            name = (found["folder"] or "") + found["path"].strip()
            ending = ".sty" if found["how"] == "usepackage" else ".tex"
            base = chain[0]
            for each in (name, f"{name}{ending}"):
                if (inner := shelf.find(each, base)) and inner not in chain:
                    return "\n" + _tex(shelf, inner, ledger, [*chain, inner], size) + "\n"
            if found["how"] != "usepackage":
                ledger.add(f"There is no {name} in the source to take in.", f"{path}:{number}")
                return ""
            return found.group()

        lines.append(_INPUT.sub(take, said) if _INPUT.search(said) else line)
    return "\n".join(lines)


def included(shelf: Shelf, path: str, ledger: Ledger) -> str:
    """A file of reStructuredText with those that it includes or lists in a toctree."""
    return _rst(shelf, path, ledger, [path], [0])


def _rst(shelf: Shelf, path: str, ledger: Ledger, chain: list[str], size: list[int]) -> str:
    text = _text(shelf, path, chain, size, ledger)

    def take(name: str, indent: str) -> str:
        for each in (name, f"{name}.rst"):
            if (inner := shelf.find(each, path)) and inner not in chain:
                body = _rst(shelf, inner, ledger, [*chain, inner], size)
                return "\n".join(indent + line if line else "" for line in body.split("\n"))
        ledger.add(f"There is no {name} in the source to take in.", path)
        return ""

    def tree(found: re.Match[str]) -> str:
        names = [line.strip() for line in found["body"].splitlines() if line.strip()]
        wanted = [re.sub(r".*<(.+)>$", r"\1", name) for name in names if not name.startswith(":")]
        every = [one for name in wanted for one in _matched(shelf, name, path)]
        return "\n\n".join(take(name, found["in"]) for name in every) + "\n\n"

    text = _RST_PICTURE.sub(lambda found: found["lead"] + _whole(found["path"], path, chain), text)
    text = _RST.sub(lambda found: take(found["path"], found["in"]) + "\n", text)
    return _TOCTREE.sub(tree, text)


def _matched(shelf: Shelf, name: str, path: str) -> list[str]:
    """The files that a name with ``*`` means, in natural order; else the name."""
    if "*" not in name:
        return [name]
    pattern = f"{path.rpartition('/')[0]}/{name.removesuffix('.rst')}.rst".lstrip("/")
    return [f"/{one}" for one in fnmatch.filter(shelf.paths, pattern)]


def _whole(address: str, path: str, chain: list[str]) -> str:
    """A picture's address from the source's own folder: where Sphinx has it, ``/`` is its own."""
    if re.match(r"\w+:|//", address):
        return address
    folder = PurePosixPath(chain[0] if address.startswith("/") else path).parent.as_posix()
    return f"/{folder}/{address.lstrip('/')}".replace("/./", "/")


class Texts:
    """The files that one document takes in: together they are bounded, and none takes in itself."""

    def __init__(self, shelf: Shelf, ledger: Ledger) -> None:
        self._shelf, self._ledger = shelf, ledger
        self._size = [0]

    def text(self, path: str, chain: list[str]) -> str:
        """The file at ``path``, which those of ``chain`` take in one by the other."""
        return _text(self._shelf, path, chain, self._size, self._ledger)

    def find(self, name: str, chain: list[str]) -> str:
        """The file that ``name`` means in the last of ``chain``, or empty, and noted."""
        found = self._shelf.find(name, chain[-1])
        if not found:
            self._ledger.add(f"There is no {name} in the source to take in.", chain[-1])
        return "" if found in chain else found


def _text(shelf: Shelf, path: str, chain: list[str], size: list[int], ledger: Ledger) -> str:
    text = shelf.text_of(path)
    if text is None:
        return ""
    ledger.taken.add(path)
    size[0] += len(text)
    if size[0] > _MOST or len(chain) > _DEEPEST:
        message = "The files that this document takes in are too many, or take in each other."
        raise ImportFailedError(message)
    return text


def unknown(log: list[dict[str, object]], text: str) -> dict[str, int]:
    """Commands that pandoc skipped though they hold words, each with the groups it was given.

    What stands before the document's beginning, in lines of ``text``, sets it up.
    """
    found: dict[str, int] = {}
    begin = text.partition("\\begin{document}")[0].count("\n") + 1
    for entry in log:
        skipped = str(entry.get("contents", ""))
        command = re.match(rf"\\([A-Za-z]+)\*?((?:{_GROUP})*)", skipped)
        line = entry.get("line")
        is_body = isinstance(line, int) and line >= begin
        if entry.get("type") != "SkippedContent" or not command or not is_body:
            continue
        if _SILENT.match(skipped) or _NO_TEXT.match(skipped):
            continue
        if re.search(r"\w", command[2]):
            groups = len(re.findall(_GROUP, command[2]))
            found[command[1]] = max(found.get(command[1], 0), groups)
    return found


def defined(text: str, commands: dict[str, int]) -> str:
    """``text`` with definitions that make each of ``commands`` give its words as they are."""
    lines = [
        f"\\newcommand{{\\{name}}}[{min(count, 9)}]{{"
        + " ".join(f"#{at}" for at in range(1, min(count, 9) + 1)) + "}"
        for name, count in commands.items()
    ]  # fmt: skip
    before, begin, after = text.partition("\\begin{document}")
    return "\n".join([before, *lines, begin]) + after if begin else "\n".join([*lines, text])


def stem(path: str) -> str:
    """The name of a file without its ending."""
    return PurePosixPath(path).stem


def is_silent(text: str) -> bool:
    """Whether a command that was skipped holds no words of the book."""
    return _SILENT.match(text) is not None or not re.search(r"\{[^{}]*\w", text)
