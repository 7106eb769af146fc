"""What a handout tells: of a whole book or of one lesson's chapters; questions and answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from book.base.data import replace
from book.theme.viewparts import Question

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from book.model import Book

_ANSWER = re.compile(r"^[ \t]*=[ \t]*", re.MULTILINE)


def asked(written: str) -> Question:
    """The question that is ``written``; its answer begins with ``=`` on a line of its own."""
    text, *answer = _ANSWER.split(written.strip(), maxsplit=1)
    return Question(" ".join(text.split()), " ".join("".join(answer).split()))


def questions(book: Book) -> tuple[Question, ...]:
    """The book's own questions; if it has none, those of its chapters."""
    own = book.config.handout.questions
    return tuple(map(asked, own or (one for each in book.chapters for one in each.questions)))


def lesson(book: Book, slugs: Collection[str]) -> Book:
    """``book`` as if these of its chapters were all that it had.

    Of the chronology and the people is there what they tell; of ``[handout]`` what is no part of
    the whole book's sheet, so that story and questions are the chapters'.
    """
    chapters = tuple(one for one in book.chapters if one.slug in slugs)

    def here(identity: str) -> bool:
        return identity.partition(".")[0] in slugs

    entries = (
        replace(one, told=tuple(event for event in one.told if here(event.id)))
        for one in book.chronology
    )
    people = (
        replace(one, mentions=tuple(mention for mention in one.mentions if here(mention.id)))
        for one in book.people
    )
    table = replace(book.config.handout, story="", questions=(), documents=())
    named = " · ".join(one.title for one in chapters)
    config = replace(book.config, handout=table, book=replace(book.config.book, subtitle=named))
    return replace(
        book,
        config=config,
        chapters=chapters,
        chronology=tuple(one for one in entries if one.told),
        people=tuple(one for one in people if one.mentions),
    )


def whole(texts: Iterable[str], book: Book) -> Iterator[Markup]:
    """``texts`` as markup in which no line's end divides a name, or what the author keeps whole."""
    people = [one.person for one in book.people]
    said = [*(text for one in people for text in (one.display_name, one.name, *one.also))]
    words = {part for text in said for part in re.findall(r"[\w’'-]+", text) if len(part) > 2}
    words |= set(book.config.typography.whole)
    if not words:
        yield from map(escape, texts)
        return
    every = "|".join(map(re.escape, sorted(words, key=lambda one: (-len(one), one))))
    pattern = re.compile(rf"(?<!\w)(?:{every})(?!\w)")
    for text in texts:
        parts, at = [], 0
        for found in pattern.finditer(text):
            kept = Markup('<span class="whole">{}</span>').format(found[0])
            parts += [escape(text[at : found.start()]), kept]
            at = found.end()
        yield Markup("").join([*parts, escape(text[at:])])
