"""W, A: what can be seen in a chapter's prose as it is typed. One function a code.

What is said here has to be right: where a language, a name or a quotation may have it so, nothing
is said.
"""

from __future__ import annotations

import re
from operator import eq
from typing import TYPE_CHECKING, NamedTuple

from book.base.codes import finding
from book.base.patterns import pattern
from book.base.xml import tags
from book.checks.prose import ProseLine, lines, paragraphs, place_in, without_fences
from book.model import Place
from book.parse.codespans import spans
from book.parse.dollars import set_aside
from book.read.frontmatter import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Finding, Source

#: Words that no sentence of their language has twice in a row, whatever it says.
_NEVER_TWICE = {
    "en": tags("""a an the of and or but to from by with at for as if is was are were be been he she
        they we it its his their our my which who these into"""),
    "de": tags(
        "und oder von mit ein eine einen einem einer des dem auf aus bei nicht ist war wurde"
    ),
    "fr": tags("le la les de des du un une et au aux dans sur par pour est que qui il elle"),
    "es": tags("el la los las de del y en un una que con por para se es"),
    "it": tags("il lo la gli le di del della e un una che con per nel nella si"),
    "pt": tags("o os as de do da dos e em um uma que com por para no na"),
    "nl": tags("de het een en van met voor naar bij uit niet werd"),
    "sv": tags("och att en ett av med till från som var är på"),
    "pl": tags("i w z na do od przez nie się jest był"),
    "ru": tags("и в с на от из не что как был была"),
    "la": tags("et in ad cum ex ab ut sed"),
}
#: Words of a link that say nothing of where it leads (WCAG 2.2, 2.4.4 and 2.4.9).
_SAYS_NOTHING = {
    "en": r"(?:(?:click|tap|press) )?(?:here|this)|see here|this (?:link|page|site)|link"
    r"|(?:read|learn) more",
    "de": r"(?:klicken Sie )?hier|hier klicken|dieser Link|diese Seite|Link"
    r"|mehr (?:lesen|erfahren)",
    "fr": r"(?:cliquez )?ici|ce lien|cette page|lien|(?:lire la suite|en savoir plus)",
    "es": r"(?:haga clic )?aquí|este enlace|enlace|(?:leer|saber) más",
    "it": r"(?:clicca )?qui|questo link|link|leggi (?:tutto|di più)",
    "pt": r"(?:clique )?aqui|este link|link|(?:leia|saiba) mais",
    "nl": r"(?:klik )?hier|deze link|link|(?:lees|meer) (?:verder|lezen)",
    "sv": r"(?:klicka )?här|denna länk|länk|läs mer",
    "pl": r"(?:kliknij )?tutaj|ten link|link|czytaj (?:dalej|więcej)",
    "ru": r"(?:нажмите )?(?:здесь|сюда)|(?:эта )?ссылка|(?:читать )?дальше|подробнее",
    "el": r"(?:κάντε κλικ )?εδώ|σύνδεσμος|περισσότερα",
}
#: What stands between quotation marks.
QUOTED = pattern(
    r"\u201c[^\u201c\u201d]*\u201d|\u201e[^\u201e\u201c]*\u201c|\u00ab[^\u00ab\u00bb]*\u00bb|\"[^\"]*\""
)
#: Any word twice in a row.
_TWICE = pattern(r"\b(?<![\-\u2019'])(?P<word>[^\W\d_]++)\s+(?P<again>(?P=word))(?![\w\-\u2019'.])")
_LETTERS = pattern(r"[^\W\d_]+")
_HYPHEN = pattern(
    r"(?<=[^\W\d_]|[.,;:!?\u2019\u201d)\]])[ ](?P<sign>-)[ ](?=[^\W\d_]|[\u201c\u2018\"'(])"
)
_SPACES = pattern(r"(?<=\S)(?P<sign>[ ]{2,})(?=\S)")
_LINK = pattern(r"(?<!!)\[(?P<words>[^\[\]\n]+)\]\((?!when:|who:|note:)[^)\s]")
_REMARK = pattern(r"<!--(?:(?!<!--).)*?-->")


class Chaptered(NamedTuple):
    """A chapter as it is typed: its file, language and lines, those of code masked in ``plain``.

    ``tag`` is its language's whole tag, ``skipped`` are the lines of its front matter.
    """

    path: str
    language: str
    lines: tuple[ProseLine, ...]
    plain: tuple[str, ...]
    skipped: int
    tag: str = ""

    @classmethod
    def of(cls, source: Source, language: str) -> Chaptered:
        """What is typed in ``source`` below its front matter; ``language`` is the book's."""
        front, _ = split(source)
        tag = front.language or language
        own = tag.partition("-")[0].lower()
        text = set_aside(front.text).blank
        plain = tuple(without_fences(text))
        return cls(source.path, own, lines(text, plain, front.lines), plain, front.lines, tag)

    def at(self, block: tuple[ProseLine, ...], start: int) -> Place:
        """The place of the letter ``start`` of the joined text of ``block``."""
        return Place(self.path, *place_in(block, start))


def repeated_word(chapter: Chaptered) -> Iterator[Finding]:
    """W001: a small word stands twice in a row."""
    never = _NEVER_TWICE.get(chapter.language)
    if not never:
        return
    for block in paragraphs(chapter.lines, "prose", "note"):
        text = "\n".join(line.text for line in block)
        words = _LETTERS.findall(text)
        if not any(map(eq, words, words[1:])):
            continue
        found = [one for one in _TWICE.finditer(text) if one["word"] in never]
        quoted = [one.span() for one in QUOTED.finditer(text)] if found else []
        for one in found:
            if not any(start <= one.start() < end for start, end in quoted):
                message = f"“{one['word']}” stands here twice in a row."
                yield finding(
                    "W001", chapter.at(block, one.start("again")), message, "Take one out."
                )


def hyphen_for_dash(chapter: Chaptered) -> Iterator[Finding]:
    """W002: a hyphen between spaces, where a dash is meant."""
    for line in chapter.lines:
        if line.kind in ("prose", "note", "quote") and " - " in line.text:
            for one in _HYPHEN.finditer(line.text):
                message = "This hyphen between spaces stands for a dash."
                hint = "Write `--` for –, `---` for —."
                place = Place(chapter.path, line.number, one.start("sign") + 1)
                yield finding("W002", place, message, hint)


def double_space(chapter: Chaptered) -> Iterator[Finding]:
    """W003: two spaces between words, which are printed as one. Told if it is asked for."""
    for line in chapter.lines:
        if line.kind in ("prose", "note", "quote", "heading") and "  " in line.text:
            lead = len(line.text) - len(line.text.lstrip(" >*+-.)0123456789"))
            for one in _SPACES.finditer(line.text, lead):
                place = Place(chapter.path, line.number, one.start("sign") + 1)
                yield finding("W003", place, "Two spaces stand here.", "Leave one.")


def headless_table(chapter: Chaptered) -> Iterator[Finding]:
    """A002: a table whose columns nothing names (WCAG 2.2, 1.3.1)."""
    for before, line in zip((None, *chapter.lines), chapter.lines, strict=False):
        begins = line.kind == "table" and (before is None or before.kind != "table")
        if begins and line.text.count("|") > 1 and not line.text.strip(" |"):
            message = "The columns of this table have no heads."
            hint = (
                "Say in its first row what each column holds: who listens to it hears that first."
            )
            column = len(line.text) - len(line.text.lstrip()) + 1
            yield finding("A002", Place(chapter.path, line.number, column), message, hint)


def link_says_nothing(chapter: Chaptered) -> Iterator[Finding]:
    """A003: a link whose words don't tell where it leads."""
    empty = _SAYS_NOTHING.get(chapter.language)
    if not empty:
        return
    for number, line in enumerate(chapter.plain, chapter.skipped + 1):
        if "](" not in line:
            continue
        shown = _REMARK.sub(lambda found: "x" * len(found.group()), line)
        for start, end in reversed([*spans(shown)]):
            shown = shown[:start] + "x" * (end - start) + shown[end:]
        for one in _LINK.finditer(shown):
            if re.fullmatch(empty, one["words"].strip(" .*_"), re.IGNORECASE):
                message = f"“{one['words']}” doesn't say where this link leads."
                hint = "Let the words name what is there; many go from link to link by ear."
                yield finding("A003", Place(chapter.path, number, one.start() + 1), message, hint)
