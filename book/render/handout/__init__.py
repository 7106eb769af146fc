"""The handout: two sides of paper for a class or a talk.

Side one tells the story, the book's own or from the chapters' summaries, beside the timeline;
side two is for reading and talking about: documents, people, questions. Dates that the timeline
has no room to tell in full stand there in a list. It is laid out twice: first on endless paper,
to see what everything takes, then on real paper, where the timeline gets the room that is left.
What is too long for two sides is made to fit (``fit``), or flows on where more pages are allowed
or large print is asked for (``flow``). ``lesson`` knows what belongs to some chapters only.
"""

from __future__ import annotations

import os
from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING, Literal, NamedTuple

from book.base.codes import finding
from book.base.data import replace
from book.base.errors import (
    BoundsError,
    TemplateError,
    TypesetterError,
    UnusableError,
    in_words,
)
from book.base.identity import made
from book.cache import pool
from book.cache.memo import alone
from book.cache.processes import in_time
from book.model import Product
from book.render.handout import fit
from book.render.handout.content import content as content_of
from book.render.handout.flow import flowed
from book.render.handout.layout import HandoutLayout
from book.render.handout.lesson import lesson, questions
from book.render.remarks import NO_GLYPH, collected, in_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from book.cache.store import Store
    from book.model import Book, Finding, HandoutWish, Pages
    from book.render.handout.layout import Content
    from book.theme.rules import Rule
    from book.theme.theme import Theme

__all__ = ["answers", "attempt", "is_bare", "lesson", "render"]

#: Its bytes, its pages, and what was found.
_Sheet = tuple[bytes, int, "tuple[Finding, ...]"]
#: What is made, by the name that its file has.
_How = Literal["handout", "handout-large-print", "handout-answers"]
#: So many seconds of the processor a handout may take; an honest one takes two.
SECONDS = 200
_DATE = "SOURCE_DATE_EPOCH"


class _Failed(NamedTuple):
    """Why it can't be set, and the template that was asked for last."""

    words: str
    template: str = ""


def render(
    book: Book, theme: Theme, pages: Pages | None, store: Store, wish: HandoutWish | None = None
) -> Product:
    """The handout of ``book`` as a tagged PDF; ``pages`` says where things are told.

    What was done to fit it on its sides gives O002, a side that is too long even so O001, with how
    much; warnings of the typesetter give T004. Where the book's own sheet makes the typesetter
    fail, the built-in one is used, and S004 says so. Raises TypesetterError if it fails in that,
    TemplateError if a template of the book's own can't be used, and UnusableError if
    ``SOURCE_DATE_EPOCH`` holds no time.
    """
    how: _How = "handout-large-print" if wish and wish.large else "handout"
    return _tried(book, theme, pages, store, how)


def answers(book: Book, theme: Theme, pages: Pages | None, store: Store) -> Product:
    """The sheet for who teaches: the questions of ``book`` with their answers; as :func:`render`.

    Raises UnusableError if the book has no answers.
    """
    if not any(one.answer for one in questions(book)):
        raise UnusableError(
            "The book has no answers. Write one below its question, in [handout] of book.toml or "
            "in a chapter's front matter, on a line that begins with `=`."
        )
    return _tried(book, theme, pages, store, "handout-answers")


def is_bare(book: Book) -> bool:
    """Whether the handout of ``book`` has no more than its title: nothing is written for it."""
    found = content_of(book, None)
    return not (found.story or found.documents or found.questions or found.people or found.figure)


def attempt(book: Book, theme: Theme, store: Store) -> None:
    """See whether the handout can be set; raises whatever the typesetter raises."""
    layout = HandoutLayout(book, theme, store)
    _set(layout, theme, book, None, "handout")


def _tried(book: Book, theme: Theme, pages: Pages | None, store: Store, how: _How) -> Product:
    """What is made by ``how``, in the book's own sheet or, where that fails, in the built-in."""
    made(book)  # What is wrong with the date is no fault of the sheet.
    own = theme.rules("tokens", "handout")
    work, date = pool.executor("forkserver"), os.environ.get(_DATE, "")
    try:
        found = work.submit(alone, _bounded, date, book, theme, pages, store, how).result()
    except BrokenExecutor:
        found = _Failed("it takes too much memory, or makes the process die")
    if not isinstance(found, _Failed):
        data, count, findings = found
        return Product(how, (data,), count, findings)
    if found.template and theme.templates.touch(found.template):
        raise TemplateError(theme.templates.unset(found.words, found.template))
    if not own:
        raise TypesetterError("handout", found.words)
    plain = _tried(book, theme.without({rule.place for rule in own}), pages, store, how)
    message = (
        f"The handout can't be set in these styles, and is set in the built-in: {found.words}."
    )
    hint = "docs/styles.md says what CSS is served."
    return replace(plain, findings=(finding("S004", own[-1].place, message, hint), *plain.findings))


def _bounded(
    date: str, book: Book, theme: Theme, pages: Pages | None, store: Store, how: _How
) -> _Sheet | _Failed:
    """What is made by ``how`` in a process of a pool, which may take :data:`SECONDS` for it.

    ``date`` is what the asking process knows as ``SOURCE_DATE_EPOCH``: this may be an older one.
    """
    if date:
        os.environ[_DATE] = date
    else:
        os.environ.pop(_DATE, None)  # Fontconfig complains of an empty one.
    layout = None
    try:
        with in_time(SECONDS):
            layout = HandoutLayout(book, theme, store)
            return _set(layout, theme, book, pages, how)
    except (OSError, TemplateError):
        raise
    except Exception as problem:  # noqa: BLE001 # whatever the typesetter raises
        return _Failed(in_words(problem), layout.template if layout else "")


def _set(layout: HandoutLayout, theme: Theme, book: Book, pages: Pages | None, how: _How) -> _Sheet:
    content = content_of(book, pages)
    try:
        with collected() as warnings:
            if how == "handout":
                data, count, found = _on_sides(book, content, layout)
            else:
                kind: Literal["large", "answers"] = (
                    "answers" if how == "handout-answers" else "large"
                )
                data, count, found = *flowed(content, layout, kind), ()
    finally:
        layout.close()
    others = (one for one in warnings if not one.startswith(NO_GLYPH))
    rules = theme.rules("tokens", "handout")
    return data, count, (*found, *dict.fromkeys(_warned(one, rules) for one in others))


def _on_sides(book: Book, content: Content, layout: HandoutLayout) -> _Sheet:
    """On two sides, fitted; or on more if they are allowed and needed."""
    allowed = book.config.handout.pages
    if allowed > len(content.sides) and not fit.at_ease(book, content, layout):
        data, count = flowed(content, layout, "plain")
        if count <= allowed:
            return data, count, ()
    one, room = fit.side_one(content, layout)
    two = fit.side_two(
        fit.with_timeline(book, one.content, room, layout.heads),
        layout,
        [len(portrait.mentions) for portrait in book.people],
    )
    content = two.content
    if one.over <= 0:
        content = replace(content, height=room.columns)
    data, count = layout.print(content)
    if count > len(content.sides) and one.over <= 0 and two.over <= 0:
        raise BoundsError(f"its two sides become {count} pages")
    found: Iterable[Finding] = (
        *fit.fitted((*one.done, *two.done)),
        *fit.overflows(content, one.over, two.over),
    )
    return data, count, tuple(found)


def _warned(message: str, rules: Sequence[Rule]) -> Finding:
    place, words = in_sheet(message, rules) if rules else (fit.HERE, message)
    hint = "docs/styles.md says what CSS is served."
    return finding("T004", place, f"The handout: {words.removesuffix('.')}.", hint)
