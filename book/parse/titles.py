r"""Markdown in a text that stands alone, such as a title in ``book.toml`` or in front matter.

Where letters alone can be (metadata, cover, running heads) the words stand without the signs;
where it can be set, emphasis is. A sign within a word is one: ``M*A*S*H`` is as it is typed.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from markupsafe import Markup

from book.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SIGNS = r"!\"#$%&'()*+,./:;<=>?@\[\\\]^_`{|}~-"
_MARK = pattern(
    rf"\\(?P<sign>[{_SIGNS}])"
    r"|(?<!`)(?P<ticks>`+)(?P<code>[^`]+)(?P=ticks)(?!`)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});)"
    r"|(?<![\w*_])(?P<run>\*{1,3}|_{1,3})(?=[^\s*_])(?P<inner>(?:(?!(?P=run)).)+?)(?<!\s)(?P=run)"
    r"(?![\w*_])"
    r"|<(?P<tag>em|i|cite|strong|b|sup|sub)>(?P<held>[^<>]*)</(?P=tag)>"
    r"|(?P<break><br[ ]?/?>)|</?(?:span|code|small|u|mark)\b[^<>]*>"
    r"|(?<!!)\[(?P<words>[^\[\]]+)\]\([^()\s]+\)",
)
_RUNS = {1: "em", 2: "strong", 3: "em"}


#: Letters of a text, from one to before another, and the element of HTML that they stand in.
Stretch = tuple[int, int, str]


def marked(text: str) -> tuple[str, tuple[Stretch, ...]]:
    """The words of ``text`` without the signs of Markdown, and which of them are emphasised."""
    words, found = "", []
    for piece, tag in _pieces(text, ""):
        if tag and piece:
            found.append((len(words), len(words) + len(piece), tag))
        words += piece
    return words, tuple(found)


def plain(text: str) -> str:
    """The words of ``text`` alone."""
    return marked(text)[0]


def emphasised(
    words: str, stretches: Iterable[Stretch], change: Callable[[str], str] = str
) -> Markup:
    """``words`` as XHTML with their emphasis; ``change`` is for what stands in and between it."""
    parts, done = [], 0
    for start, end, tag in stretches:
        inner = Markup.escape(change(words[start:end]))
        parts += [Markup.escape(change(words[done:start])), Markup(f"<{tag}>{inner}</{tag}>")]
        done = end
    return Markup().join([*parts, Markup.escape(change(words[done:]))])


def _pieces(text: str, tag: str) -> Iterator[tuple[str, str]]:
    done = 0
    for found in _MARK.finditer(text):
        yield text[done : found.start()], tag
        done = found.end()
        if inner := found["inner"]:
            yield from _pieces(inner, _RUNS[len(found["run"])])
        elif held := found["held"]:
            yield from _pieces(held, found["tag"])
        elif words := found["words"]:
            yield from _pieces(words, tag)
        else:
            entity = html.unescape(found["entity"] or "")
            own = found["sign"] or found["code"] or entity or (" " if found["break"] else "")
            yield own, tag
    yield text[done:], tag
