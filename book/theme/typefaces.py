"""The faces that a book is set in: those that ``book.toml`` names, and what its script needs.

They stand in the theme's tokens, after the book's own: ``[fonts]`` outdoes its sheets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.data import replace
from book.base.fonts import FontFile, faces, opened
from book.base.scripts import bringer, direction, script_of
from book.base.text import suggestion
from book.base.typefaces import faces_of, families, on_machine, packaged, served_name
from book.checks.letters import scripts
from book.checks.slanted import is_spaced, is_western, italic_letters, without_italic
from book.model import Place
from book.theme.lettering import Lettering, apart
from book.theme.named import BASE
from book.theme.sheetfaces import with_told
from book.words.digits import SYSTEMS, digits_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from book.base.fonts import Face
    from book.model import Book, Config, Finding
    from book.theme.theme import Theme

_FOLDER = "styles/fonts/"
_TOKENS = ("serif", "sans", "mono")
#: What the ebook's sheet calls the families of text, heads and code.
_EBOOK = {"serif": "text", "sans": "head", "mono": "code"}
_SYSTEM = "system/"


def dressed(theme: Theme, book: Book) -> tuple[Theme, tuple[Finding, ...]]:
    """``theme`` with the faces of ``book``: those it names, and those that its scripts need.

    Its sheets are made up for a language that is written from right to left, or never slanted.
    """
    language = book.config.book.language
    if direction(language) == "rtl":
        theme = theme.with_base("rtl")
    if script_of(language):
        theme = theme.with_base("upright")
    if script_of(language) == "Chinese and Japanese":
        theme = theme.with_base("east")
    theme = theme.with_folios(SYSTEMS[digits_of(book.config)][1])
    if book.is_in_sections:
        theme = theme.with_base("sections")
    theme = with_told(theme, book.root)
    theme, findings = chosen(theme, book.config, book.root)
    more = _slanted(theme, book)
    theme, findings = more[0], (*findings, *more[1])
    if (theme.faces or theme.told) and not _raises(_upright(theme, "serif")[:1]):
        theme = theme.with_base("unraised")
    lacking = scripts(book, theme.letters(book.root))
    return _lettered(for_scripts(theme, book.config, lacking), book), findings


def _lettered(theme: Theme, book: Book) -> Theme:
    """``theme`` with the faces that words are set in, and those of the book that need another."""
    text, heads = (_upright(theme, token) for token in ("serif", "sans"))
    return replace(theme, lettering=Lettering(text, heads, apart(book, text)))


def _raises(faces: tuple[Face, ...]) -> bool:
    """Whether the first of ``faces`` has raised figures of its own (OpenType, feature ``sups``)."""
    if not faces:
        return True
    return "sups" in opened(faces[0].file.read()).get_language_feature_tags("GSUB")


def _upright(theme: Theme, token: str) -> tuple[Face, ...]:
    """The upright faces that a token names, in its order, lightest first; those that we know."""
    names = _names(theme.css("print"), token)
    known = (*theme.faces, *theme.told, *faces())
    kept = [one for name in names for one in known if one.family == name and one.style == "normal"]
    return tuple(dict.fromkeys(kept))


def _names(css: str, token: str, depth: int = 2) -> list[str]:
    """The families that a token of ``css`` names; one that stands for another, that one's."""
    values = re.findall(rf"--{token}:\s*([^;}}]+)", css)
    names: list[str] = []
    for one in values[-1].split(",") if values else ():
        other = re.fullmatch(r"\s*var\(\s*--(serif|sans)\s*\)\s*", one)
        names += _names(css, other[1], depth - 1) if other and depth else [one.strip(" \n\"'")]
    return names


def _slanted(theme: Theme, book: Book) -> tuple[Theme, tuple[Finding, ...]]:
    """``theme`` with emphasis spaced where its italic lacks letters, and findings elsewhere."""
    if not theme.faces and is_western(book):
        return theme, ()  # Most books, and no font is opened for them.
    family = next(iter(theme.families("print")), "")
    italic = italic_letters(family, theme.faces)
    if italic is None:
        return theme, ()
    if any(is_spaced(one.language, italic) for one in book.chapters):
        theme = theme.with_base("spaced")
    return theme, tuple(without_italic(book, family, theme.faces))


def chosen(theme: Theme, config: Config, root: Path) -> tuple[Theme, tuple[Finding, ...]]:
    """``theme`` with the faces that ``[fonts]`` names, and findings on those that aren't there."""
    table = config.fonts
    asked = {token: name for token in _TOKENS if (name := getattr(table, token).strip())}
    if not asked and not table.fallback:
        return theme, ()
    finder = _Finder(theme, root, system=table.system)
    found = {token: finder.faces(name, token) for token, name in asked.items()}
    more = [finder.faces(name, "fallback") for name in table.fallback if name.strip()]
    brought = [face for some in (*found.values(), *more) for face in some if face not in faces()]
    if any(served_name(face).startswith(_SYSTEM) for face in brought):
        finder.findings.append(_of_machine(brought))
    first = {token: some[0].family for token, some in found.items() if some}
    fallback = [some[0].family for some in more if some]
    return _named(theme, brought, first, fallback), tuple(finder.findings)


def for_scripts(theme: Theme, config: Config, lacking: Iterable[tuple[str, str]]) -> Theme:
    """``theme`` with faces for scripts that it is ``lacking`` letters of, where a package has some.

    Each script is told with the language of its text.

    The face of the book's own script stands first in text and heads, unless one was chosen; that
    of a chapter's language stands first there.
    """
    language, table = config.book.language, config.fonts
    faces: list[Face] = []
    first: dict[str, str] = {}
    fallback: list[str] = []
    others: dict[str, str] = {}
    for script, spoken in lacking:
        known = bringer(script, spoken)
        every = (faces_of(name, packaged()) for name in known.families) if known else ()
        if not (found := next(filter(None, every), ())):
            continue
        faces += found
        fallback.append(found[0].family)
        if script == script_of(language) and spoken == language:
            first = {one: found[0].family for one in ("serif", "sans") if not getattr(table, one)}
        elif spoken != language:
            others[spoken] = found[0].family
    if not faces:
        return theme
    if others and "serif" in first:
        others[language] = first["serif"]  # for a phrase in a text of another language
    theme = _named(theme, faces, first, fallback)
    return replace(theme, naming="\n".join([theme.naming, *_spoken(theme, others)]))


def _spoken(theme: Theme, families: Mapping[str, str]) -> Iterator[str]:
    """Rules by which a text in each of these languages begins with the family that it has there.

    Chinese and Japanese draw the same characters each in their own way.
    """
    for language, family in families.items():
        at = f'[lang|="{language}"]'
        heads = ", ".join(f"{at} {one}" for one in ("h1", "h2", "h3", "h4", "h5", "h6"))
        for token, where in (("serif", f"{at} body, body {at}"), ("sans", heads)):
            names = [family, *(face.family for face in _upright(theme, token))]
            told = ", ".join(f'"{one}"' for one in dict.fromkeys(names))
            yield f"{where} {{ font-family: {told}; }}"


class _Finder:
    """Finds faces in the book's folder, in packages, and on the machine if that is allowed."""

    def __init__(self, theme: Theme, root: Path, *, system: bool) -> None:
        own = {path: known for path, known in theme.files if path.startswith(_FOLDER)}
        self._own = [(FontFile(root / one, own[one], root), BASE + one) for one in own]
        self._system = system
        self.findings: list[Finding] = []

    def faces(self, family: str, key: str) -> tuple[Face, ...]:
        """The faces of ``family``, which ``key`` of ``[fonts]`` asks for."""
        if found := faces_of(family, self._own):
            return found
        if found := tuple(one for one in faces() if one.family.lower() == family.lower()):
            return found
        for files in self._places():
            if found := faces_of(family, files):
                return found
        self.findings.append(self._missing(family, key))
        return ()

    def _places(self) -> Iterator[Sequence[tuple[FontFile, str]]]:
        yield packaged()
        if self._system:
            yield on_machine()

    def _missing(self, family: str, key: str) -> Finding:
        place = Place("book.toml")
        message = f"`{key}` of [fonts] asks for “{family}”, which is not there."
        folders = f"Put its files (.ttf, .otf, .ttc, .woff2) into {_FOLDER} or install its package."
        own = [face.family for one in self._own for face in faces_of(one[0].path.stem, [one])]
        ours = (one.family for one in faces())
        near = suggestion(family, dict.fromkeys([*own, *ours, *families()]), "There are")
        return finding("G002", place, message, f"{near} {folders}".strip())


def _of_machine(faces: Iterable[Face]) -> Finding:
    names = dict.fromkeys(face.family for face in faces if served_name(face).startswith(_SYSTEM))
    message = f"{', '.join(names)}: from this machine, so on others the pages may differ."
    hint = f"Put the files into {_FOLDER} if their licence lets you."
    return finding("G003", Place("book.toml"), message, hint)


def _named(
    theme: Theme, faces: Iterable[Face], first: dict[str, str], fallback: Sequence[str]
) -> Theme:
    """``theme`` with ``faces``; those that stand ``first`` in a token, and last in each."""
    css = theme.css("print")
    lines = []
    for token in _TOKENS:
        values = re.findall(rf"--{token}:\s*([^;}}]+)", css)
        value = values[-1].strip() if values else "serif"
        head = [f'"{first[token]}"'] if token in first else []
        is_other = "(" in value  # another token, which has the fallback itself
        *names, generic = [value] if is_other else re.split(r"\s*,\s*", value)
        more = [] if is_other else [f'"{name}"' for name in fallback]
        lines.append(f"--{token}: {', '.join(dict.fromkeys([*head, *names, *more, generic]))};")
    lines += [f"--{ours}-faces: var(--{token});" for token, ours in _EBOOK.items()]
    every = tuple(dict.fromkeys((*theme.faces, *faces)))
    return replace(theme, faces=every, naming=f"{theme.naming}:root {{ {' '.join(lines)} }}")
