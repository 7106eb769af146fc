"""A piece is set: XHTML and CSS in, leaves and a record out. Runs in a worker process.

Pure but for reading the book's own images and fonts, so a piece may be kept under its key.
"""

from __future__ import annotations

import gc
import xml.etree.ElementTree as ET
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cssselect2
from lxml import etree
from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration

from book.base.data import replace
from book.base.errors import BoundsError
from book.base.fonts import faces
from book.base.xml import remove
from book.cache.store import Store, packed, unpacked
from book.model import Text
from book.render.fetch import BOOK_URL, BookFetcher
from book.render.pdf.engine import export, hyphens, notepolicy, notes, prepare
from book.render.pdf.engine.compromises import compromises
from book.render.pdf.engine.contents import on_fewer_pages
from book.render.pdf.engine.layout import PieceLayout
from book.render.pdf.engine.runs import Kept, PageStart, Run
from book.render.pdf.engine.squeezes import Squeeze, TableKey
from book.render.pdf.engine.stretches import Stretch, Stretches
from book.render.pdf.engine.survey import Survey, surveyed
from book.render.pdf.engine.survey import joined as survey_of
from book.render.pdf.engine.tablemarks import squeezed
from book.render.pdf.file.objects import Leaves, joined
from book.render.pdf.file.segments import room
from book.render.pdf.record import FolioJob, NoteDue, Piece, PieceJob
from book.render.pdf.structure.nodes import settle
from book.render.remarks import collected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Xhtml(HTML):  # type: ignore[misc] # weasyprint is untyped
    """WeasyPrint's document from well-formed XHTML.

    It reads HTML5 by a parser in Python that takes longer than the whole of ours and tears
    notes out of their paragraphs; XML has neither problem.
    """

    def __init__(self, text: str, fetcher: BookFetcher) -> None:
        self.base_url = BOOK_URL
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
            ET.fromstring(text), content_language=None
        )
        self.etree_element = self.wrapper_element.etree_element


class CountedSheet(CSS):  # type: ignore[misc] # theirs, without types
    """A style sheet with the styles of counters that it makes (CSS Counter Styles 3)."""

    def __init__(self, **options: Any) -> None:
        self.counters = CounterStyle()
        super().__init__(counter_style=self.counters, **options)


@lru_cache(maxsize=8)
def _sheet(
    css: str, root: str, files: tuple[tuple[str, str], ...]
) -> tuple[CSS, FontConfiguration]:
    """A parsed style sheet and its fonts: the same for many pieces.

    ``files`` are those that it may name, with their digests. What is wrong with it has been said
    when it was tried (``render/trial``).
    """
    fonts, fetcher = FontConfiguration(), BookFetcher(Path(root), files)
    with collected():
        sheet = CountedSheet(
            string=css,
            base_url=BOOK_URL + "styles/",
            url_fetcher=fetcher,
            font_config=fonts,
        )
    fetcher.settle()
    return sheet, fonts


def remarks(sheets: Iterable[str], root: str) -> list[tuple[str, ...]]:
    """What WeasyPrint says of each of these style sheets, which are read one by one."""
    prepare()
    return [_remarks(css, root) for css in sheets]


def _remarks(css: str, root: str) -> tuple[str, ...]:
    with collected() as found:
        CSS(
            string=css,
            base_url=BOOK_URL + "styles/",
            url_fetcher=BookFetcher(Path(root)),
            font_config=FontConfiguration(),
        )
    return tuple(found)


def warm() -> None:
    """Make a worker ready: nothing that is alive now will ever be garbage."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def typeset(job: PieceJob, kept: Store) -> Piece:
    """Set ``job``, but for runs of pages that are ``kept``; new ones are kept.

    What is wrong with it stands in the record's warnings.
    """
    prepare()
    hyphens.keep_in(kept)
    runs = on_fewer_pages(
        _best(job, kept), job.html, lambda html: _best(replace(job, text=Text.of(html)), kept)
    )
    leaves = joined([leaves for run in runs if (leaves := unpacked(run.data, Leaves))])
    survey = survey_of([run.survey for run in runs])
    return piece_of(survey, leaves, job.notes)


def piece_of(survey: Survey, leaves: Leaves, due: Sequence[NoteDue] = ()) -> Piece:
    """The piece of these leaves, ready to be bound; the notes ``due`` have to stand in it."""
    if leaves.tags is not None:
        settle(leaves.tags)
    leaves, record = replace(leaves, anchors=survey.anchors), survey.record(due)
    record = replace(record, room=room(leaves), shared=tuple(leaves.shared))
    return Piece(replace(record, lacks_letters=leaves.lacks_letters), packed(leaves))


def folios(job: FolioJob) -> tuple[Piece, ...]:
    """Set the folios of ``job``: each is a piece of one page that is not tagged."""
    prepare()
    sheet, fonts = _sheet_of(job)
    fetcher = BookFetcher(Path(job.root), job.files)
    source = Xhtml(job.html, fetcher)
    known = [digest for _, digest in job.files]
    with collected():
        document = source.render(font_config=fonts, stylesheets=[sheet], output_intent="srgb")
        fetcher.settle()
        if len(document.pages) != job.html.count('class="folio-leaf"'):
            raise BoundsError("a running head has no page of its own")
        pages = [document.copy([page]) for page in document.pages[job.skip :]]
        return tuple(
            piece_of(surveyed(page), export.gathered(page, known, tagged=False)) for page in pages
        )


def _sheet_of(job: PieceJob | FolioJob) -> tuple[CSS, FontConfiguration]:
    # Where it may name no file but our fonts, it is the same for every book.
    ours = job.files == tuple((face.path.name, face.digest) for face in faces())
    return _sheet(job.css, "" if ours else job.root, job.files)


def _best(job: PieceJob, kept: Store) -> list[Run]:
    """``job`` set so that every note is whole and in its place, as far as that can be.

    Where the first policy can't do it, others are tried. A note that none of them sets whole
    stands at the end of the piece: text is never lost.
    """
    tries: list[tuple[tuple[int, int], list[Run], Survey]] = []
    for policy in notepolicy.POLICIES:
        runs = _set_in_runs(job, job.html, policy, kept)
        survey = survey_of([run.survey for run in runs])
        faults = len(survey.lost(job.notes)), len(survey.misplaced(job.notes))
        if faults == (0, 0):
            return runs
        tries.append((faults, runs, survey))
    faults, runs, survey = min(tries, key=lambda one: one[0])
    if faults[0]:
        html = moved_to_end(job.html, survey.lost(job.notes))
        return _set_in_runs(job, html, notepolicy.POLICIES[0], kept)
    return runs


def _set_in_runs(job: PieceJob, html: str, policy: notepolicy.NotePolicy, kept: Store) -> list[Run]:
    """All runs of pages of a piece, those that are kept and those that have to be set."""
    keeper, setter = Kept(job, html, policy, kept), _Setter(job, html)
    runs: list[Run] = []
    while not runs or runs[-1].after is not None:
        start = runs[-1].after if runs else None
        run = keeper.find(start)
        if run is None:
            with collected() as warnings:
                notes.NoteContext.policy = policy
                run = setter.run(start)
            survey = replace(run.survey, warnings=tuple(warnings))
            run = replace(run, survey=survey)
            keeper.keep(start, run)
        runs.append(run)
    return runs


class _Setter:
    """Sets runs of a piece, with no more of it in memory than they need."""

    def __init__(self, job: PieceJob, html: str) -> None:
        self._job, self._stretches = job, Stretches(html, job.css)
        self._fetcher = BookFetcher(Path(job.root), job.files, job.images)
        self._layout: tuple[Stretch, PieceLayout] | None = None
        self._squeezes: dict[TableKey, Squeeze] = {}

    def run(self, start: PageStart | None) -> Run:
        """The run that begins with ``start``."""
        more = 1
        known = [digest for _, digest in self._job.files]
        self._squeeze(dict(start.tables) if start else {})
        while True:
            stretch = self._stretches.at(start.block if start else 0, more)
            layout = self._of(stretch)
            run = _run(layout, start, known)
            self._fetcher.settle()
            gc.collect(1)  # The boxes of its pages lead to each other in circles.
            if run is None:
                self._squeeze(layout.wanted)
                continue
            # What follows the last block that was looked at has a say in whether a page ends.
            if run.end < stretch.end or self._stretches.is_last(stretch):
                return run
            more *= 2

    def _squeeze(self, tables: Mapping[TableKey, Squeeze]) -> None:
        """Do that to ``tables``, if it is not done already."""
        if any(self._squeezes.get(key) != squeeze for key, squeeze in tables.items()):
            self._squeezes.update(tables)
            self._layout = None

    def _of(self, stretch: Stretch) -> PieceLayout:
        if self._layout is None or self._layout[0] is not stretch:
            if self._layout is not None:
                self._layout = None  # The one before it is not needed at the same time.
                gc.collect()
            sheet, fonts = _sheet_of(self._job)
            source = Xhtml(squeezed(stretch.html, self._squeezes), self._fetcher)
            made = PieceLayout(source, sheet, fonts, stretch.notes, self._squeezes)
            self._layout = stretch, made
        return self._layout[1]


def _run(layout: PieceLayout, start: PageStart | None, known: list[str]) -> Run | None:
    """The run, or None if it has tables that are to be set otherwise."""
    document, after, end, feet = layout.run(start)
    if layout.wanted:
        return None
    earlier_heads = layout.continued(start)
    leaves = export.gathered(document, known, earlier_heads)
    survey = surveyed(document, earlier_heads)
    begun = frozenset(layout.begun(start))
    told = compromises(document, layout.squeezes, begun, feet)
    survey = replace(survey, compromises=told)
    return Run(survey, packed(leaves), end, after)


def moved_to_end(html: str, lost: Iterable[str]) -> str:
    """``html`` with the notes of these ids in a section at its end, where nothing floats."""
    root = etree.fromstring(html)
    section = etree.SubElement(next(root.iter("section")), "section", {"class": "end-notes"})
    wanted = set(lost)
    for note in [one for one in root.iter("aside") if one.get("id") in wanted]:
        remove(note)
        note.set("class", note.get("class", "").replace("note", "end-note", 1))
        section.append(note)
    return etree.tostring(root, encoding="unicode")
