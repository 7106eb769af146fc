"""The words of ``book.toml`` as a typesetter sets them: quotation marks, apostrophes, dashes.

Markdown's signs in them mean what they do in a chapter (:mod:`book.parse.titles`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from book.base.data import replace
from book.parse.titles import marked, plain
from book.parse.typography import educate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from book.model import Config
    from book.parse.titles import Stretch

_Kind = TypeVar("_Kind")
_BOOK = (
    *("title", "subtitle", "publisher", "place", "rights", "description"),
    *("source", "series", "edition", "dedication"),
)


def typeset(config: Config) -> Config:
    """``config`` with the signs of the book's language for those of a typewriter.

    Names, identifiers and addresses keep theirs, but for apostrophes in names: a library that
    looks for "J. R. R. Tolkien" finds plain spaces.
    """
    book, handout = config.book, config.handout
    set_in = partial(_set, educated=partial(educate, language=book.language))
    named = partial(educate, language=book.language, holds=False)
    contributors = tuple(_set(one, ("name",), named) for one in book.contributors)
    authors = tuple(map(named, book.authors))
    documents = tuple(set_in(one, ("quote", "who", "when", "source")) for one in handout.documents)
    questions = tuple(educate(one, book.language) for one in handout.questions)
    bare = _set(set_in(book, _BOOK), set(_BOOK) - {"dedication"}, plain)
    return replace(
        config,
        book=replace(bare, authors=authors, contributors=contributors),
        handout=replace(
            set_in(handout, ("where", "story")), documents=documents, questions=questions
        ),
        people={
            key: _set(set_in(one, ("about",)), ("name",), named)
            for key, one in config.people.items()
        },
    )


def emphasis(config: Config) -> dict[str, tuple[Stretch, ...]]:
    """What is emphasised in the title and subtitle of ``config``, once they are :func:`typeset`."""
    table = config.book
    return {
        name: marked(educate(getattr(table, name), table.language))[1]
        for name in ("title", "subtitle")
    }


def _set(table: _Kind, names: Iterable[str], educated: Callable[[str], str]) -> _Kind:
    """``table`` with the texts of these ``names`` ``educated``."""
    return replace(table, **{name: educated(getattr(table, name)) for name in names})  # type: ignore[type-var] # a dataclass
