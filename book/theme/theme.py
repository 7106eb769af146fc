"""How the book looks: our base styles, then those of its theme, then the book's own.

``styles/`` in the book's folder may hold ``tokens.css`` (measures, colours, fonts) and one file
an output: ``print.css``, ``epub.css``, ``handout.css``; so may a theme. Each is added after the
base sheet of the same name, so it says only what is to be otherwise (CSS Cascading 4, order of
appearance).
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from book.base.codes import finding
from book.base.data import replace
from book.base.fonts import Face, FontFile, faces
from book.base.paths import digest, is_inside, names, told
from book.base.patterns import pattern
from book.base.typefaces import served_name
from book.model import Place
from book.theme.chosen import FOLDER as BOOKS
from book.theme.chosen import INSTALLED, Choice, chosen, of_installed, path_of
from book.theme.lettering import Lettering
from book.theme.named import based, named
from book.theme.rules import Rule, parsed, read
from book.theme.sources import FOLDER as TEMPLATES
from book.theme.sources import own as own_templates
from book.theme.templates import Templates
from book.theme.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from book.model import Finding

#: The first family of a token, and the name of a face.
_TOKEN = r"--{}:\s*[\"']?([^\"',;}}]+)"
_FACE = pattern(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^\"';}]+)")

#: The sheets behind which stands what is the same in both.
_PAIRED = ("print", "epub")
SHEETS = ("tokens", "print", "epub", "handout")
FOLDER = "styles"


class Theme(Struct, frozen=True):
    """The sheets of a book by name: our ``base``, and the rules of the book's ``own``.

    ``files`` are all others that it may use, those in the folder ``styles`` and those that its
    sheets name elsewhere in the book's folder (fonts, images, sheets imported by others): the
    path of each from the book's folder, and the SHA-256 of its bytes. No others are given to the
    typesetter. ``faces`` are those that ``book.toml`` or the book's script asks for, ``naming``
    is the CSS that names them, ``told`` are those that its sheets bring, ``lettering`` says which
    of all a word is set in; see :mod:`book.theme.typefaces`.
    """

    base: Mapping[str, str]
    own: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    files: tuple[tuple[str, str], ...] = ()
    faces: tuple[Face, ...] = ()
    naming: str = ""
    told: tuple[Face, ...] = ()
    lettering: Lettering = field(default_factory=Lettering)
    templates: Templates = field(default_factory=Templates)

    @property
    def served(self) -> tuple[tuple[str, str], ...]:
        """All files that the typesetter may use: built-in fonts, chosen ones, the theme's."""
        chosen = ((served_name(face), face.digest) for face in self.faces)
        # Those in a collection of the book's own: what is set with them is bound once.
        own = (
            (f"{face.path.name}#{face.file.index}", face.digest)
            for face in self.faces
            if face.file.index is not None and not served_name(face)
        )
        built_in = ((face.path.name, face.digest) for face in faces())
        return (*built_in, *(one for one in chosen if one[0]), *own, *self.files)

    def found(self, root: Path) -> dict[str, FontFile]:
        """The files of fonts, and all others of the theme, by their digests."""
        files = {face.digest: face.file for face in (*faces(), *self.faces)}
        return files | {digest: font_file(root, path, digest) for path, digest in self.files}

    def css(self, name: str) -> str:
        """The whole CSS of an output (``print``, ``epub``, ``handout``), tokens first."""
        naming = "".join(f"{one}\n" for one in (self.naming, self.lettering.css) if one)
        return f"{self._whole('tokens')}\n{naming}{self._whole(name)}"

    def without(self, places: Collection[Place]) -> Theme:
        """This theme without those of the book's own rules that begin at ``places``."""
        own = {
            name: tuple(rule for rule in rules if rule.place not in places)
            for name, rules in self.own.items()
        }
        return replace(self, own=own)

    def without_template(self, path: str) -> Theme:
        """This theme without the template in the file ``path``; see :class:`Templates`."""
        return replace(self, templates=self.templates.without(path))

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

    def with_base(
        self, kind: Literal["rtl", "upright", "east", "sections", "spaced", "unraised"]
    ) -> Theme:
        """This theme for a book from right to left, in a script never slanted, or in few files."""
        names = ("print", "epub") if kind in ("rtl", "upright") else ("print",)
        more = {name: _built_in(f"{name}-{kind}") for name in names}
        return replace(self, base={n: css + more.get(n, "") for n, css in self.base.items()})

    def with_folios(self, counter: str) -> Theme:
        """This theme with arabic folios in the counter style of that name."""
        sheet = self.base["print"].replace("--folio: decimal;", f"--folio: {counter};", 1)
        return replace(self, base={**self.base, "print": sheet})

    def letters(self, root: Path) -> tuple[FontFile, ...]:
        """The files of all fonts that a book in ``root`` has letters from, but the built-in."""
        known = dict(self.files)
        return (
            *(font_file(root, name, known[name]) for name in self.fonts()),
            *(face.file for face in self.faces),
        )

    def rules(self, *names: str) -> tuple[Rule, ...]:
        """The book's own rules in the sheets of these names."""
        return tuple(rule for name in names for rule in self.own.get(name, ()))

    def _whole(self, name: str) -> str:
        return "\n".join([self.base[name], *(rule.text for rule in self.rules(name))])

    def families(self, name: str) -> tuple[str, ...]:
        """The fonts that the text of an output is set in, serif first: those that it brings."""
        css = self.css(name)
        own = set(faces_named(css)) | {face.family for face in (*faces(), *self.faces)}
        found = [_TOKEN.format(token) for token in ("serif", "sans")]
        chosen = [re.findall(pattern, css) for pattern in found]
        return tuple(dict.fromkeys(names[-1] for names in chosen if names and names[-1] in own))


def load(root: Path, name: str = "") -> tuple[Theme, tuple[Finding, ...]]:
    """The theme called ``name`` for the book in ``root``, and what is wrong with its sheets.

    What can't be read is left out. No file outside the book's folder and the theme's is read.
    """
    choice, problems = chosen(root, name)
    own: dict[str, tuple[Rule, ...]] = {}
    findings = list(problems)
    base = {sheet: _base(sheet, choice) for sheet in SHEETS}
    theirs = {sheet: list(_sheets(root, choice, sheet)) for sheet in SHEETS}
    is_ours = not any(css for sheets in theirs.values() for _, css, _ in sheets)
    # Ours are read only for what the book's own may name.
    tokens = Variables() if is_ours else Variables().with_rules(parsed(base["tokens"]))
    for sheet in SHEETS:
        known = tokens if is_ours else tokens.with_rules(parsed(base[sheet]))
        rules: list[Rule] = []
        for path, css, wrong in theirs[sheet]:
            findings += wrong
            if css:
                found = read(path, css, known, names_files=sheet != "epub")
                rules += map(_based, found.rules)
                findings += found.findings
                known = known.with_rules(parsed(css))
        if rules:
            own[sheet] = tuple(rules)
        if sheet == "tokens":
            tokens = known
    templates, wrong_there = own_templates(root, choice, FOLDER)
    theme = Theme(base, own, tuple(_other_files(root, choice, own)), templates=Templates(templates))
    return theme, (*findings, *wrong_there)


def faces_named(css: str) -> list[str]:
    """The families that the rules of ``css`` bring by ``@font-face``."""
    return _FACE.findall(css)


def _based(rule: Rule) -> Rule:
    """A theme's rule whose addresses are as the typesetter sees them, from ``styles/``."""
    return replace(rule, text=based(rule.text, rule.place.path, f"{FOLDER}/"))


def _base(name: str, choice: Choice) -> str:
    """Our sheet of this ``name``, and behind it that of the theme, if it is one of ours."""
    css = _built_in(name) + (_built_in("common") if name in _PAIRED else "")
    more = (choice.content(f"{name}.css") if choice.is_ours else None) or b""
    return f"{css}\n{more.decode()}" if more else css


def _built_in(name: str) -> str:
    return (Path(__file__).parent / "styles" / f"{name}.css").read_text("utf-8")


def _sheets(
    root: Path, choice: Choice, name: str
) -> Iterator[tuple[str, str, tuple[Finding, ...]]]:
    """The sheets of this ``name`` over ours: path, text, and what is wrong with each."""
    if not choice.is_ours:
        path = f"{choice.at}/{name}.css"
        yield path, *_own(root, path, choice)
    path = f"{FOLDER}/{name}.css"
    yield path, *_own(root, path)


def _own(root: Path, name: str, choice: Choice | None = None) -> tuple[str, tuple[Finding, ...]]:
    """A sheet of the book's own, or of its theme; empty if there is none that can be read."""
    if choice:
        raw, why = choice.told(name.rpartition("/")[2])
    else:
        raw, why = told(root, name)
    if why:
        message = f"This sheet was not read: {why}."
        return "", (finding("S001", Place(name), message, "Put a file there that can be read."),)
    if not name.startswith(INSTALLED) and not is_inside(root / name, root):
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


def _other_files(
    root: Path, choice: Choice, own: Mapping[str, Sequence[Rule]]
) -> Iterator[tuple[str, str]]:
    """What the theme is made of beside its sheets: all in its folders, and what they name."""
    folders = [FOLDER, *([choice.at] if choice.at.startswith(BOOKS) else [])]
    ours = {f"{folder}/{name}.css" for folder in folders for name in SHEETS}
    within = (path for folder in folders for path in _within(root, folder))
    beside = tuple(f"{folder}/{TEMPLATES}/" for folder in folders)
    found = dict.fromkeys(
        path for path in within if path not in ours and not path.startswith(beside)
    )
    todo = [(rule.place.path, rule.text) for rules in own.values() for rule in rules]
    todo += [(path, _text(root, path)) for path in found if path.endswith(".css")]
    while todo:
        path, css = todo.pop()
        for other in named(css, path):
            if other not in found and other not in ours:
                found[other] = None
                todo += [(other, _text(root, other))] if other.endswith(".css") else []
    for path in sorted(found):
        if known := _digest(root, path):
            yield path, known


def font_file(root: Path, path: str, known: str) -> FontFile:
    """The file ``path`` of a theme, whose digest is ``known``; an installed one's is no book's."""
    return FontFile(path_of(root, path), known, None if path.startswith(INSTALLED) else root)


def _digest(root: Path, path: str) -> str:
    if not path.startswith(INSTALLED):
        return digest(root, path)
    data = of_installed(path)
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _text(root: Path, path: str) -> str:
    return (told(root, path)[0] or b"").decode("utf-8", "replace")


def _within(root: Path, folder: str) -> Iterator[str]:
    """The files in ``folder``; links to other folders are not followed, so it comes to an end."""
    for name in names(root, folder):
        path = root / folder / name
        if not path.is_dir():
            yield f"{folder}/{name}"
        elif not path.is_symlink():
            yield from _within(root, f"{folder}/{name}")
