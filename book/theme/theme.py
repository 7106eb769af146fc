"""How the book looks: the base styles of the package, then the book's own over them.

``styles/`` in the book's folder may hold ``tokens.css`` (measures, colours, fonts) and one file
an output: ``print.css``, ``epub.css``, ``handout.css``. Each is added after the base sheet of
the same name, so a theme says only what it wants otherwise (CSS Cascading 4, order of
appearance).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from book.base.codes import finding
from book.base.fonts import Face, faces
from book.base.paths import content, digest, is_inside, names
from book.base.typefaces import served_name
from book.model import Place
from book.theme.named import named
from book.theme.rules import Rule, parsed, read
from book.theme.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from book.model import Finding

#: The first family of a token, and the name of a face.
_TOKEN = r"--{}:\s*[\"']?([^\"',;}}]+)"
_FACE = re.compile(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^\"';}]+)")

SHEETS = ("tokens", "print", "epub", "handout")
FOLDER = "styles"


@dataclass(frozen=True, slots=True)
class Theme:
    """The sheets of a book by name: our ``base``, and the rules of the book's ``own``.

    ``files`` are all others that it may use, those in the folder ``styles`` and those that its
    sheets name elsewhere in the book's folder (fonts, images, sheets imported by others): the
    path of each from the book's folder, and the SHA-256 of its bytes. No others are given to the
    typesetter. ``faces`` are those that ``book.toml`` or the book's script asks for, ``naming``
    is the CSS that names them; see :mod:`book.theme.typefaces`.
    """

    base: Mapping[str, str]
    own: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    files: tuple[tuple[str, str], ...] = ()
    faces: tuple[Face, ...] = ()
    naming: str = ""

    @property
    def served(self) -> tuple[tuple[str, str], ...]:
        """All files that the typesetter may use: built-in fonts, chosen ones, the theme's."""
        chosen = ((served_name(face), face.digest) for face in self.faces)
        built_in = ((face.path.name, face.digest) for face in faces())
        return (*built_in, *(one for one in chosen if one[0]), *self.files)

    def found(self, root: Path) -> dict[str, Path]:
        """The files of fonts, and all others of the theme, by their digests."""
        files = {face.digest: face.path for face in (*faces(), *self.faces)}
        return files | {digest: root / path for path, digest in self.files}

    def css(self, name: str) -> str:
        """The whole CSS of an output (``print``, ``epub``, ``handout``), tokens first."""
        naming = f"{self.naming}\n" if self.naming else ""
        return f"{self._whole('tokens')}\n{naming}{self._whole(name)}"

    def without(self, places: Collection[Place]) -> Theme:
        """This theme without those of the book's own rules that begin at ``places``."""
        own = {
            name: tuple(rule for rule in rules if rule.place not in places)
            for name, rules in self.own.items()
        }
        return replace(self, own=own)

    def only(self, rules: Sequence[Rule]) -> Theme:
        """This theme with no others of the book's own rules than these."""
        places = {rule.place for rule in rules}
        return self.without({rule.place for rule in self.rules(*SHEETS)} - places)

    def fonts(self) -> Iterator[str]:
        """The files of fonts that the book's own sheets name, by their paths from its folder."""
        named = "".join(rule.text for rule in self.rules(*SHEETS) if "@font-face" in rule.text)
        for path, _ in self.files:
            if path.rpartition("/")[2] in named:
                yield path

    def with_base(self, kind: Literal["rtl", "upright"]) -> Theme:
        """This theme for a book that is read from right to left, or in a script never slanted."""
        more = {name: _built_in(f"{name}-{kind}") for name in ("print", "epub")}
        return replace(self, base={n: css + more.get(n, "") for n, css in self.base.items()})

    def letters(self, root: Path) -> tuple[Path, ...]:
        """The files of all fonts that a book in ``root`` has letters from, but the built-in."""
        return (*(root / name for name in self.fonts()), *(face.path for face in self.faces))

    def rules(self, *names: str) -> tuple[Rule, ...]:
        """The book's own rules in the sheets of these names."""
        return tuple(rule for name in names for rule in self.own.get(name, ()))

    def _whole(self, name: str) -> str:
        return "\n".join([self.base[name], *(rule.text for rule in self.rules(name))])

    def families(self, name: str) -> tuple[str, ...]:
        """The fonts that the text of an output is set in, serif first: those that it brings."""
        css = self.css(name)
        own = set(_FACE.findall(css)) | {face.family for face in (*faces(), *self.faces)}
        found = [_TOKEN.format(token) for token in ("serif", "sans")]
        chosen = [re.findall(pattern, css) for pattern in found]
        return tuple(dict.fromkeys(names[-1] for names in chosen if names and names[-1] in own))


def load(root: Path) -> tuple[Theme, tuple[Finding, ...]]:
    """The theme of the book in ``root``, and what is wrong with its sheets.

    What can't be read is left out. No file outside the book's folder is read.
    """
    own: dict[str, tuple[Rule, ...]] = {}
    findings: list[Finding] = []
    base = {name: _built_in(name) for name in SHEETS}
    tokens = ""
    for name in SHEETS:
        path = f"{FOLDER}/{name}.css"
        css, problems = _own(root, path)
        findings += problems
        if css:
            known = Variables().with_rules(parsed(base["tokens"])).with_rules(parsed(tokens))
            sheet = read(path, css, known.with_rules(parsed(base[name])))
            own[name] = sheet.rules
            findings += sheet.findings
        if name == "tokens":
            tokens = css
    sheets = {name: "\n".join(rule.text for rule in rules) for name, rules in own.items()}
    return Theme(base, own, tuple(_other_files(root, sheets))), tuple(findings)


def _built_in(name: str) -> str:
    return (files("book") / "theme" / "styles" / f"{name}.css").read_text("utf-8")


def _own(root: Path, name: str) -> tuple[str, tuple[Finding, ...]]:
    """A sheet of the book's own; empty if there is none, or none that can be read."""
    raw = content(root, name)
    if not is_inside(root / name, root):
        message = "This symbolic link leads outside the book's folder, and was not read."
        return "", (finding("S002", Place(name), message, "Put the file itself there."),)
    if raw is None:
        return "", ()
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        place = Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"The byte 0x{raw[error.start]:02X} is not UTF-8, so this sheet was not read."
        return "", (finding("S001", place, message, "Save it as UTF-8."),)


def _other_files(root: Path, sheets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the theme is made of beside its ``sheets``: all in its folder, and what they name."""
    ours = {f"{FOLDER}/{name}.css" for name in SHEETS}
    found = dict.fromkeys(path for path in _within(root, FOLDER) if path not in ours)
    todo = [(f"{FOLDER}/{name}.css", css) for name, css in sheets.items()]
    todo += [(path, _text(root, path)) for path in found if path.endswith(".css")]
    while todo:
        path, css = todo.pop()
        for other in named(css, path):
            if other not in found and other not in ours:
                found[other] = None
                todo += [(other, _text(root, other))] if other.endswith(".css") else []
    for path in sorted(found):
        if known := digest(root, path):
            yield path, known


def _text(root: Path, path: str) -> str:
    return (content(root, path) or b"").decode("utf-8", "replace")


def _within(root: Path, folder: str) -> Iterator[str]:
    """The files in ``folder``; links to other folders are not followed, so it comes to an end."""
    for name in names(root, folder):
        path = root / folder / name
        if not path.is_dir():
            yield f"{folder}/{name}"
        elif not path.is_symlink():
            yield from _within(root, f"{folder}/{name}")
