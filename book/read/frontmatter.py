"""What a chapter says of itself before its text, in the front matter of whatever tool.

What is known is used. A key that is not ours is passed over: in silence if another tool knows it,
else it is told once for the whole book (:mod:`book.checks.frontmatter`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.codes import finding
from book.base.patterns import pattern
from book.base.text import UNPRINTABLE, is_language, paragraphs, suggestion
from book.base.xml import tags
from book.model import Finding, Kind, Place, Unknown
from book.read.metablocks import Block, Pair, block_of
from book.read.settings import language_hint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.model import Source

KEYS = (
    "kind",
    "title",
    "short",
    "author",
    "summary",
    "language",
    "signed",
    "draft",
    "numbered",
    "questions",
)
#: Who may sign a chapter: those whose notes have letters.
SIGNERS = ("editors",)
_YES, _NO = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_EITHER = ("true", "false", "yes", "no", "on", "off")
_CHOICES: dict[str, tuple[Sequence[str], str, str]] = {
    "kind": (tuple(Kind), "`{}` is no kind of chapter.", "The kinds are"),
    "draft": (_EITHER, "`{}` is neither yes nor no, so this is no draft.", "Write one of"),
    "numbered": (_EITHER, "`{}` is neither yes nor no, so it is numbered.", "Write one of"),
    "signed": (SIGNERS, "`{}` can't sign a chapter.", "Those who can are the"),
}
#: What other tools call the same.
_SYNONYMS = {"lang": "language", "authors": "author", "by": "author", "short_title": "short"}
_BETWEEN = pattern(r"\s*(?:;|&|\band\b)\s*")
#: What Jekyll, Hugo, Quarto, Obsidian, Honkit, Docusaurus, Pandoc and their kin know, and a book
#: has no use for.
FOREIGN = tags(
    """abstract alias aliases analytics banner base biblio-style bibliography cascade
    categories category citation cite-method class classoption code-fold comments cover created
    csl css cssclass cssclasses custom_edit_url date date-created date-modified description disqus
    doi edit_page editor enable engine excerpt execute expirydate featured featured_image
    fig-cap filters fontsize format geometry grand_parent has_children has_toc header
    header-includes headless hero hide hide_table_of_contents icon id image images institute isbn
    jupyter keywords last_modified_at last_update lastmod layout link-citations links linktitle lof
    lot mainfont mathjax menu meta modified monofont nav_exclude nav_order navigation next nocite
    noindex number-sections og order output outputs pagetitle pagination_next pagination_prev
    papersize params parent permalink position prev private publish publishdate published
    redirect_from reference-section-title related resources rights robots sansfont search
    search_exclude section series share sidebar sidebar_class_name sidebar_label
    sidebar_position sitemap slug source status subject subtitle summary_image tag tags template
    thanks theme thumbnail time toc toc-depth type uid unlisted updated url urlcolor uuid version
    videos weight"""
)


class FrontMatter(Struct, frozen=True):
    """What a chapter says of itself; ``text`` is what follows, ``lines`` lines further down.

    ``unknown`` are the keys that mean nothing here, and that no other tool is known to have.
    """

    kind: Kind = Kind.CHAPTER
    title: str = ""
    summary: str = ""
    language: str = ""
    text: str = ""
    lines: int = 0
    unknown: tuple[Unknown, ...] = ()
    signed: str = ""
    draft: bool = False
    numbered: bool = True
    questions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    short: str = ""


def split(source: Source) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """The front matter of ``source`` and the Markdown after it, and what is wrong with it.

    Without a block, or with one that can't be read, all is as the defaults of
    :class:`FrontMatter` say; the Markdown is there in any case.
    """
    text = source.text
    block = block_of(text, source.path)
    if block is None or (block.unclosed and not any(map(_is_known, block.pairs))):
        return FrontMatter(text=text), ()
    findings = list(_findings(block))
    if block.unclosed:
        message = "This front matter is never closed; it was taken to end with its lines."
        findings.append(finding("M012", block.unclosed, message, "Close it with a line `---`."))
    if block.broken:
        message = "This front matter can't be read as a whole; lines of `key: text` were taken."
        hint = "A line reads `key: text`; put a text that holds a colon in quotes."
        findings.append(finding("M003", block.broken, message, hint))
    good, asked = dict[str, str](), ""
    for pair in block.pairs:
        if pair.value and not _wrong(_known(pair.key), pair.value, block.broken):
            good.setdefault(_known(pair.key), pair.value)
            asked = asked or (pair.lines or pair.value) * (_known(pair.key) == "questions")
    front = FrontMatter(
        kind=Kind(good.get("kind", "").casefold() or Kind.CHAPTER),
        title=good.get("title", ""),
        short=good.get("short", ""),
        summary=good.get("summary", ""),
        language=good.get("language", ""),
        signed=good.get("signed", "").casefold(),
        draft=good.get("draft", "").casefold() in _YES,
        numbered=good.get("numbered", "").casefold() not in _NO,
        questions=tuple(paragraphs(asked)),
        authors=tuple(filter(None, _BETWEEN.split(good.get("author", "")))),
        text=text[block.length :],
        lines=text.count("\n", 0, block.length),
        unknown=tuple(_unknown(block.pairs)),
    )
    return front, tuple(findings)


def _known(key: str) -> str:
    """Our name for ``key``."""
    folded = key.casefold()
    return _SYNONYMS.get(folded, folded)


def _is_known(pair: Pair) -> bool:
    """Whether ``pair`` is of front matter, ours or another tool's, and not of prose."""
    return _known(pair.key) in (*KEYS, *FOREIGN)


def _unknown(pairs: tuple[Pair, ...]) -> Iterator[Unknown]:
    for pair in pairs:
        if not _is_known(pair):
            yield Unknown(pair.key, pair.key_at)


def _findings(block: Block) -> Iterator[Finding]:
    seen: set[str] = set()
    for pair in block.pairs:
        key = _known(pair.key)
        if key not in KEYS:
            continue
        if key in seen:
            message, hint = f"`{pair.key}` stands here twice.", "Take one of the two out."
            yield finding("M004", pair.key_at, message, hint)
        elif wrong := _wrong(key, pair.value, block.broken):
            yield finding("M004", pair.value_at, *wrong)
        seen.add(key)


def _wrong(key: str, value: str | None, broken: Place | None) -> tuple[str, str] | None:
    """What is wrong with the value of a known key, and a hint; an empty one is as none."""
    if value is None and (broken or key == "author"):
        return (
            None  # That the block can't be read has been said; lists of names are others' tools'.
        )
    if value is None:
        return f"`{key}` must be text, not a list or a table.", f"Write it as `{key}: text`."
    if found := UNPRINTABLE.search(value):
        return f"`{key}` holds the control character U+{ord(found[0]):04X}.", "Take it out."
    if key in _CHOICES and value.casefold() not in ["", *_CHOICES[key][0]]:
        choices, message, hint = _CHOICES[key]
        return message.format(value), suggestion(value, choices, hint)
    if key == "language" and value and not is_language(value):
        return f"`{value}` is not a language tag.", language_hint(value)
    return None
