"""In a worker: a piece is laid out by WeasyPrint, from its beginning or from any page on.

This drives WeasyPrint 70 page by page (``weasyprint.layout.page.remake_page``), where its own
driver, ``layout_document``, lays out a document as a whole. What that does for counters of
pages, for margin boxes and for fixed boxes is not needed for a piece, which has none; one that
has them is laid out as a whole.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import initialize_page_maker, layout_document
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import remake_page
from weasyprint.text.line_break import strut

from book.render.pdf.engine.floats import begin_to_float
from book.render.pdf.engine.pages import LaidPage, PageSetting, is_ended, read
from book.render.pdf.engine.runs import PageStart, blocks_of
from book.render.pdf.engine.settings import page_wishes
from book.render.pdf.engine.spreads import single, spread
from book.render.pdf.engine.tablemarks import can_turn, tables_of
from book.render.pdf.engine.turnedsvg import turning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from book.render.pdf.engine.plans import Refit
    from book.render.pdf.engine.squeezes import Squeeze, TableKey

_OPTIONS = {**weasyprint.DEFAULT_OPTIONS, "output_intent": "srgb"}


class PieceLayout:
    """A piece with its styles and boxes; pages are laid out as they are asked for.

    ``before`` is how many notes of the piece stand before those of ``html``; ``squeezes`` is what
    is done to its tables.
    """

    def __init__(
        self,
        html: Any,
        sheet: Any,
        fonts: Any,
        before: int = 0,
        squeezes: Mapping[TableKey, Squeeze] | None = None,
    ) -> None:
        options = {**_OPTIONS, "stylesheets": [sheet]}
        counters = CounterStyle(sheet.counters)
        self._html, self._fonts, self._before = html, fonts, before
        self._context = Document._build_layout_context(html, fonts, counters, {}, options)
        self._context.get_image_from_uri = turning(self._context.get_image_from_uri)
        self._root = build_formatting_structure(
            html.etree_element,
            self._context.style_for,
            self._context.get_image_from_uri,
            html.base_url,
            self._context.target_collector,
            counters,
            self._context.footnotes,
        )
        self._notes = tuple(self._context.footnotes)
        self._places = {id(note): place for place, note in enumerate(self._notes, before)}
        self._blocks = {block: place for place, block in enumerate(blocks_of(html.etree_element))}
        self._above = {child: parent for parent in html.etree_element.iter() for child in parent}
        self._context.blocks = self._blocks
        self._tables = {table: key for key, table in tables_of(html.etree_element)}
        known = squeezes or {}
        self._context.squeezes = {
            table: known[key] for table, key in self._tables.items() if key in known
        }
        self._context.turnable = frozenset(
            table for table in self._tables if can_turn(table, self._above)
        )
        root = html.etree_element
        around = self._context.style_for(self._above.get(next(iter(self._blocks), root), root))
        self._wishes, self._line = page_wishes(around), float(strut(around)[0])
        self._context.allowed = self._wishes.floats
        self._figures = begin_to_float(self._context, self._root)
        self._can_begin_anywhere = bool(self._blocks) and not self._is_intricate()

    @property
    def wanted(self) -> dict[TableKey, Squeeze]:
        """What is to be done to tables that were found to be too wide, and all set anew."""
        return {self._tables[table]: wish for table, wish in self._context.wanted.items()}

    @property
    def squeezes(self) -> Mapping[Element, Squeeze]:
        """What is done to tables, by their elements."""
        found: Mapping[Element, Squeeze] = self._context.squeezes
        return found

    def run(self, start: PageStart | None) -> tuple[Any, PageStart | None, int, list[bool]]:
        """Some pages from ``start`` on: what they hand on, the block not seen, which have feet."""
        if not self._can_begin_anywhere:
            pages = list(layout_document(self._html, self._root, self._context))
            feet = [not is_ended(self._context.page_maker, one) for one in range(len(pages))]
            return self._document(pages), None, len(self._blocks), feet
        self._forget()
        pages = list(self._first(start))
        while not pages[-1].is_last and pages[-1].after is None:  # No page can begin there again.
            pages.append(self._lay(len(pages) + (start.page if start else 0), PageSetting()))
        laid = [self._finished(one.page) for one in pages]
        # A page may end before a block that did not fit, and a heading looks for text.
        after, end = pages[-1].after, len(self._blocks)
        if after is not None:
            end = max(self._block(after.resume_at) or 0, self._context.seen) + 1
        return self._document(laid), after, end, [one.has_foot for one in pages]

    def _first(self, start: PageStart | None) -> tuple[LaidPage, ...]:
        """The page that a piece begins with, or a spread."""
        if start is None or start.page % 2 == 0:
            return single(self._lay_from, start, self._wishes)
        return spread(self._lay_from, start, self._wishes)

    def _lay_from(self, start: PageStart | None, setting: PageSetting) -> LaidPage:
        """The page that begins with ``start``, as is asked of it."""
        self._begin(start)
        return self._lay(start.page if start else 0, setting)

    def _lay(self, number: int, setting: PageSetting) -> LaidPage:
        """The next page."""
        context = self._context
        context.refits |= {id(one.paragraph.line): one.refit for one in setting.refits}
        context.deeper, context.white = setting.deeper * self._line, self._line
        context.whites, context.set_off, context.met = frozenset(setting.whites), {}, {}
        context.begin_floats()
        page, resume_at = remake_page(number, context, self._root, self._html)
        is_last = resume_at is None and not context.reported_footnotes
        block, after = self._block(resume_at), None
        if not is_last and block is not None and not context.broken_out_of_flow:
            after = self._page_start(number + 1, block)
        is_full = resume_at is not None and not page.page_type.blank
        has_foot = is_full and not is_ended(context.page_maker, number) and not context.is_plate
        return LaidPage(page, setting, after, is_last, has_foot, *read(context, page, self._line))

    def _is_intricate(self) -> bool:
        """Whether a page's layout may depend on others than the one before."""
        return bool(self._context.target_collector.counter_lookup_items) or any(
            box.style["position"] == "fixed" for box in self._root.descendants()
        )

    def _forget(self) -> None:
        """Forget what was known of pages and paragraphs."""
        self._context.seen = -1
        self._context.plans.clear()
        self._context.balances.clear()
        self._context.evens.clear()
        self._context.tables.clear()

    def _begin(self, start: PageStart | None) -> None:
        """Let the next page begin with ``start``."""
        context = self._context
        context.rendered_notes = []
        context.broken_out_of_flow = {}
        context.refits = {}
        context.heads = []
        context.footnotes[:] = self._notes
        context.restart((), {}, {})
        initialize_page_maker(context, self._root)
        if start is None:
            return
        box, area = start.sizes[:2], start.sizes[2:]
        context.style_for.initial_page_sizes.update(box=box, area=area)
        depth, values, scopes, groups = start.counters
        state = ([depth], _copied(values), [set(names) for names in scopes], _copied(groups))
        resume_at, next_page = _copied(start.resume_at), _copied(start.next_page)
        entry = (resume_at, next_page, start.is_right, state, _remake_state())
        before: Any = (None, None, None, None, {})  # pages that are not asked for anything any more
        context.page_maker[:] = [before] * start.page + [entry]
        context.footnotes[:] = [
            note
            for place, note in enumerate(self._notes, self._before)
            if place >= start.left and place not in start.placed
        ]
        resumed: dict[Any, Any] = {}
        rests: dict[Any, Any] = {}
        for place, rest in start.broken:
            held = resumed if place in start.waiting else rests
            held[self._note(place)] = _copied(rest)
        context.restart([self._note(place) for place in start.waiting], resumed, rests)
        if start.refit is not None:
            context.refits[id(self._line_at(start.resume_at))] = start.refit
        context.heads = [self._figures[place] for place in start.held]

    def _page_start(self, number: int, block: int) -> PageStart:
        """What the page ``number`` will begin with; its text begins in ``block``."""
        context = self._context
        resume_at, next_page, is_right, counters, _ = context.page_maker[number]
        depth, values, scopes, groups = counters
        left = sorted(map(self._place, context.footnotes))
        end = self._before + len(self._notes)
        first = left[0] if left else end
        broken = context.unfinished()
        needed = [self._block_of(note.element) for note in context.pending()]
        held = tuple(self._blocks[one.element] for one in context.unplaced)
        held = tuple(place for place in held if place < block)
        sizes = context.style_for.initial_page_sizes
        return PageStart(
            page=number,
            resume_at=resume_at,
            next_page=next_page,
            is_right=is_right,
            counters=(depth[0], values, [sorted(names) for names in scopes], groups),
            sizes=(*sizes["box"], *sizes["area"]),
            left=first,
            placed=tuple(sorted({*range(first, end)}.difference(left))),
            broken=tuple((self._place(note), rest) for note, rest in broken.items()),
            waiting=tuple(self._place(note) for note in context.waiting),
            block=min([block, *needed, *held]),
            held=held,
            refit=self._refit_at(resume_at),
            tables=tuple(self._squeezed(resume_at)),
        )

    def _squeezed(self, resume_at: Any) -> Iterator[tuple[TableKey, Squeeze]]:
        """What is done to the tables that go on there."""
        for box in self._path(resume_at):
            squeeze = self._context.squeezes.get(box.element)
            if squeeze and isinstance(box, boxes.TableBox):
                yield self._tables[box.element], squeeze

    def _refit_at(self, resume_at: Any) -> Refit | None:
        """How the paragraph goes on that a page begins in, if not as it would by itself."""
        met = self._context.met.get(id(self._line_at(resume_at)))
        return None if met is None else met.refit

    def _line_at(self, resume_at: Any) -> Any:
        """The box of lines that goes on there, if it is one."""
        path = self._path(resume_at)
        return next((box for box in path if isinstance(box, boxes.LineBox)), None)

    def _place(self, note: Any) -> int:
        return self._places[id(note)]

    def _note(self, place: int) -> Any:
        return self._notes[place - self._before]

    def _block(self, resume_at: Any) -> int | None:
        """The block in which a page begins; the last one if only notes are left."""
        if resume_at is None:
            return len(self._blocks) - 1
        places = (self._blocks.get(box.element) for box in self._path(resume_at))
        return next((place for place in places if place is not None), None)

    def _path(self, resume_at: Any) -> Iterator[Any]:
        """The boxes that go on there, the outermost first; the last step counts letters."""
        box = self._root
        while resume_at and isinstance(box, boxes.ParentBox):
            (index, resume_at), *_ = resume_at.items()
            if index >= len(box.children):
                return
            box = box.children[index]
            yield box

    def _block_of(self, element: Element) -> int:
        """The block that ``element`` stands in; the first one if it is in none."""
        while element not in self._blocks and element in self._above:
            element = self._above[element]
        return self._blocks.get(element, 0)

    def _finished(self, page: Any) -> Any:
        """A page with the last steps of ``layout_document`` done."""
        root, notes, aside = page.children
        page.children = (root, *(area for area in (notes, aside) if area.children))
        layout_backgrounds(page, self._context.get_image_from_uri)
        return page

    def _document(self, pages: list[Any]) -> Any:
        every = [Page(page) for page in pages]
        fetcher = self._html.url_fetcher
        return Document(every, DocumentMetadata(), fetcher, self._fonts, {}, "srgb")

    def begun(self, start: PageStart | None) -> Iterator[Any]:
        """The tables that go on at ``start``."""
        for box in self._path(start.resume_at if start else None):
            if isinstance(box, boxes.TableBox):
                yield box.element

    def continued(self, start: PageStart | None) -> set[Any]:
        """The heads and feet of the tables that go on at ``start``: they have been read."""
        return {
            group.element
            for box in self._path(start.resume_at if start else None)
            if isinstance(box, boxes.TableBox)
            for group in box.children
            if group.is_header or group.is_footer
        }


def _remake_state() -> dict[str, Any]:
    return {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}


def _copied(value: Any) -> Any:
    """WeasyPrint changes some of what it is given."""
    return copy.deepcopy(value)
