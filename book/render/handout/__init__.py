"""The handout: two sides of paper for a class or a talk.

Side one tells the story, the book's own or from the chapters' summaries, beside the timeline;
side two is for reading and talking about: documents, people, questions. Dates that the timeline
has no room to tell in full stand there in a list. It is laid out twice: first on endless paper,
to see what everything takes, then on real paper, where the timeline gets the room that is left.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup

from book import figures
from book.base.codes import finding
from book.base.errors import BoundsError, TemplateError, TypesetterError, in_words
from book.base.identity import made
from book.base.text import paragraphs
from book.model import Kind, Place, Product
from book.render.handout.layout import MM, Content, HandoutLayout, Room
from book.render.remarks import NO_GLYPH, collected, in_sheet
from book.theme.templates import unset
from book.theme.viewparts import HandoutPerson, Line
from book.theme.views import Handout
from book.words import page_list, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from book.cache.store import Store
    from book.model import Book, Finding, Pages, Portrait
    from book.theme.rules import Rule
    from book.theme.theme import Theme

_LINE, _PROSE_LINE = 15.0, 18.0  # pixels
#: How side two is set, in order of preference: with air, plainly, the chronology cut short.
_SETTINGS = ("roomy", "", "short-3", "short-2", "short-1", "tight")
#: The blocks of side two, by their words.
_BLOCKS = ("documents", "chronology", "who_is_who", "questions", "where_to_get")
#: Those that may stand below the first one, in the left column.
_MOVED = ((), ("where_to_get",), ("questions",), ("questions", "where_to_get"))
_HERE = Place("book.toml")


def render(book: Book, theme: Theme, pages: Pages | None, store: Store) -> Product:
    """The handout of ``book`` as a tagged PDF; ``pages`` says where things are told.

    A side that is too long gives O001, with how much; warnings of the typesetter give T004. Where
    the book's own sheet makes the typesetter fail, the built-in one is used, and S004 says so.
    Raises TypesetterError if it fails in that, TemplateError if a template of the book's own can't
    be used, and UnusableError if ``SOURCE_DATE_EPOCH`` holds no time.
    """
    made(book)  # What is wrong with the date is no fault of the sheet.
    own = theme.rules("tokens", "handout")
    try:
        return _set(book, theme, pages, store)
    except (OSError, TemplateError):
        raise
    except Exception as problem:  # whatever the typesetter raises
        words = in_words(problem)
        if theme.templates.touch(Handout.template):
            raise TemplateError(unset(theme.templates, Handout.template, words)) from problem
        if not own:
            raise TypesetterError("handout", words) from problem
    plain = render(book, theme.without({rule.place for rule in own}), pages, store)
    message = f"The handout can't be set in these styles, and is set in the built-in: {words}."
    hint = "docs/styles.md says what CSS is served."
    return replace(plain, findings=(finding("S004", own[-1].place, message, hint), *plain.findings))


def attempt(book: Book, theme: Theme, store: Store) -> None:
    """See whether the handout can be set; raises whatever the typesetter raises."""
    _set(book, theme, None, store)


def _set(book: Book, theme: Theme, pages: Pages | None, store: Store) -> Product:
    layout = HandoutLayout(book, theme, store)
    with collected() as warnings:
        content = _content(book, pages)
        room = layout.room(content)
        content = _with_timeline(book, content, room)
        content, over_two = _arranged(content, layout)
        if room.over <= 0:
            content = replace(content, height=room.columns)
        data, count = layout.print(content)
        layout.close()
    if count > len(content.sides) and room.over <= 0 and over_two <= 0:
        raise BoundsError(f"its two sides become {count} pages")
    others = (one for one in warnings if not one.startswith(NO_GLYPH))
    found = (
        *_overflows(content, room.over, over_two),
        *(_warned(one, theme.rules("tokens", "handout")) for one in others),
    )
    return Product("handout", (data,), count, found)


def _with_timeline(book: Book, content: Content, room: Room) -> Content:
    """``content`` with the timeline drawn for the room that the rest of side one leaves.

    What it tells in full is not told again on side two.
    """
    if not content.figure:
        return content
    width = content.figure_width if content.story else room.width / MM
    height = room.timeline / MM
    drawn = figures.timeline(book, width=width, height=height, ink="#000")
    if figures.tells_all(book, width=width, height=height):
        blocks = tuple(one for one in content.left if one != "chronology")
        content = replace(content, left=blocks, chronology=())
    said = words(book.config.book.language)
    marked = any(entry.series == "editor" for entry in book.chronology)
    return replace(
        content,
        figure=Markup(figures.spoken(drawn)),
        figure_width=width,
        legend=f"[{said.by_editors}]: {said.added_by_editors}" if marked else "",
    )


def _arranged(content: Content, layout: HandoutLayout) -> tuple[Content, float]:
    """``content`` with side two in the most even columns that fit, and what it is too long.

    If it does not fit with air, it is set plainly; then the chronology is cut short.
    """
    for number, short in enumerate(_SETTINGS):
        # Each try is a layout; what was most even stays so, but for what fits no other way.
        ends = number in {0, len(_SETTINGS) - 1}
        content = replace(content, short=short)
        ways = _arrangements(content) if ends else (content,)
        over, content = min(((layout.over_two(way), way) for way in ways), key=lambda one: one[0])
        if over <= 0:
            break
    return content, over


def _arrangements(content: Content) -> Iterable[Content]:
    """The ways to put the blocks of side two in two columns, in their order or nearly so."""
    blocks = tuple(one for one in _BLOCKS if one in content.left + content.right)
    for moved in _MOVED:
        if set(moved) <= set(blocks[1:]):
            left = tuple(one for one in blocks if one in blocks[:1] or one in moved)
            right = tuple(one for one in blocks if one not in left)
            yield replace(content, left=left, right=right)


def _content(book: Book, pages: Pages | None) -> Content:
    """Everything but the figure, whose place is kept by a comment."""
    handout = book.config.handout
    table = book.config.book
    where = handout.where or ", ".join(filter(None, (table.publisher, table.address)))
    where = where if handout.where or table.address else ""
    shown = (handout.documents, book.chronology, book.people, handout.questions, where)
    return Content(
        story=tuple(_story(book)),
        where=where,
        chronology=tuple(_lines(book, pages)),
        people=tuple(_person(one, book.config.book.language, pages) for one in book.people),
        left=tuple(name for name, found in zip(_BLOCKS, shown, strict=True) if found),
        figure=Markup("<!-- here -->" if book.chronology else ""),
    )


def _story(book: Book) -> Iterable[str]:
    """The paragraphs of the story: the book's own, else three chapters' summaries each."""
    if own := paragraphs(book.config.handout.story):
        return own
    chapters = (one for one in book.chapters if one.kind is Kind.CHAPTER)
    summaries = [one.summary.strip() for one in chapters if one.summary.strip()]
    return [" ".join(summaries[at : at + 3]) for at in range(0, len(summaries), 3)]


def _lines(book: Book, pages: Pages | None) -> Iterable[Line]:
    """The chronology; a date that recurs is said once."""
    before = ""
    for entry in book.chronology:
        where = _where((event.id for event in entry.told), book.config.book.language, pages)
        told = figures.sentence(entry, book.config.book.language)
        yield Line(entry.words if entry.words != before else "", told, where)
        before = entry.words


def _person(portrait: Portrait, language: str, pages: Pages | None) -> HandoutPerson:
    where = _where((mention.id for mention in portrait.mentions), language, pages)
    where = words(language).in_book.format(where) if where else ""
    rest = "".join(f", {part}" for part in (portrait.person.about.rstrip("."), where) if part)
    return HandoutPerson(portrait.person.display_name, rest)


def _where(ids: Iterable[str], language: str, pages: Pages | None) -> str:
    """The pages of ``ids`` in the printed book, as it cites them: "pp. 3, 7–9"."""
    if pages is None:
        return ""
    numbers = sorted({pages.page_of[one] for one in ids if one in pages.page_of})
    labels = [pages.labels[number] for number in numbers]
    terms = words(language)
    form = terms.page if len(labels) == 1 else terms.pages
    return form.format(page_list(labels)).replace(" ", "\N{NO-BREAK SPACE}", 1) if labels else ""


def _overflows(content: Content, over_one: float, over_two: float) -> Iterable[Finding]:
    """O001 for each side that is too long, and what to shorten."""
    if over_one > 0:
        count = sum(len(paragraph.split()) for paragraph in content.story)
        hint = f"Shorten the story (or the chapters' summaries): it has {count} words; aim at 250."
        yield _too_long("first", over_one, _PROSE_LINE, hint)
    if over_two > 0:
        hint = "Shorten the documents and questions in [handout] and what [people] says."
        yield _too_long("second", over_two, _LINE, hint)


def _too_long(side: str, over: float, line: float, hint: str) -> Finding:
    lines, centimetres = ceil(over / line), over / MM / 10
    many = f"{lines} lines" if lines > 1 else "a line"
    message = f"The handout's {side} side is {many} ({centimetres:.1f} cm) too long."
    return finding("O001", _HERE, message, hint)


def _warned(message: str, rules: Sequence[Rule]) -> Finding:
    place, words = in_sheet(message, rules) if rules else (_HERE, message)
    hint = "docs/styles.md says what CSS is served."
    return finding("T004", place, f"The handout: {words.removesuffix('.')}.", hint)
