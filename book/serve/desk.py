"""The book as it lies on the desk: read again when it is changed, set again when it is quiet.

Three threads: one hears of changes, one reads, one sets. Reading never waits for setting, so the
text is there at once; setting takes the newest text there is, once nobody has typed for a moment.
What goes wrong becomes a message, and the last good text and pages stay.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING

from book import build, outputs
from book.base.data import replace
from book.base.errors import TypesetterError
from book.base.progress import QUIET
from book.model import Finding, Severity
from book.serve.changes import changes
from book.serve.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from book.cache.store import Store
    from book.model import Book
    from book.read.manuscript import Memory

#: Seconds without a change before the book is set: keys come faster.
QUIET_FOR = 0.15


@dataclass(frozen=True)
class Shown:
    """What there is to be seen. ``text`` and ``pages`` count the editions of either, from 0.

    ``book`` and ``printed`` are the last good ones; ``trouble`` says why there is none of the
    newest text. ``read`` and ``set`` are what was found in reading, and in setting.
    """

    book: Book | None = None
    printed: Printed | None = None
    text: int = 0
    pages: int = 0
    read: tuple[Finding, ...] = ()
    set: tuple[Finding, ...] = ()
    trouble: str = ""
    is_setting: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong, in the order of the book's files."""
        return tuple(sorted({*self.read, *self.set}, key=lambda one: (one.place, one.code)))


class Preview:
    """Keeps :attr:`shown` true of the book in ``root``; ``told`` is called when it has changed."""

    def __init__(self, root: Path, store: Store, told: Callable[[], None]) -> None:
        self.shown = Shown()
        self.root, self._store, self._told = root, store, told
        self._state = Condition()
        self._is_changed, self._due = False, False
        self._last = 0.0
        self._memory: Memory = {}
        self._stop = Event()
        self._watcher = Thread(target=self._watch, name="changes", daemon=True)

    def start(self) -> None:
        """Read and set the book, and do so again whenever it changes."""
        self._watcher.start()
        for work in (self._reading, self._setting):
            Thread(target=work, name=work.__name__, daemon=True).start()

    def stop(self) -> None:
        """Stop listening; what is being set is not waited for."""
        self._stop.set()
        with self._state:
            self._state.notify_all()
        self._watcher.join(5)

    def changed(self) -> None:
        """The book has changed, or may have."""
        with self._state:
            self._is_changed, self._last = True, time.monotonic()
            self._state.notify_all()

    def _watch(self) -> None:
        try:
            for _ in changes(self.root, [self.root / "build"], self._stop):
                self.changed()
        except OSError as problem:
            self._show(trouble=f"Edits can't be seen: {problem.strerror or problem}.")

    def _show(self, **news: object) -> None:
        with self._state:
            self.shown = replace(self.shown, **news)  # type: ignore[arg-type] # its own fields
        self._told()

    def _reading(self) -> None:
        while not self._stop.is_set():
            with self._state:
                self._state.wait_for(lambda: self._is_changed or self._stop.is_set())
                self._is_changed = False
            if not self._stop.is_set():
                self._read()

    def _read(self) -> None:
        try:
            book, findings = build.read(
                self.root, self._store, memory=self._memory, seen=self._reads
            )
        except Exception as problem:  # noqa: BLE001 # whatever it is, the next edit may mend it
            self._show(trouble=_said(problem))
            return
        stops = [one for one in findings if one.severity is Severity.ERROR]
        if book is None or stops:
            self._show(read=findings, trouble=_words(stops or findings), is_setting=False)
            return
        self._show(book=book, read=findings, trouble="", is_setting=True)
        with self._state:
            self._due = True
            self._state.notify_all()

    def _reads(self, book: Book) -> None:
        """Show the text of ``book``, whose words have yet to be checked, if it is one."""
        if not any(one.severity is Severity.ERROR for one in book.findings):
            self._show(book=book, text=self.shown.text + 1)

    def _setting(self) -> None:
        while not self._stop.is_set():
            with self._state:
                self._state.wait_for(lambda: self._due or self._stop.is_set())
                while (left := self._last + QUIET_FOR - time.monotonic()) > 0:
                    self._state.wait(left)
                self._due = False
            if not self._stop.is_set():
                self._set()

    def _set(self) -> None:
        book = self.shown.book
        if book is None:
            return
        try:
            findings, printed = self._printed(book)
        except TypesetterError as problem:
            found = outputs.unset(book, problem)
            self._show(set=(found,), trouble=_words([found]), is_setting=self._due)
            return
        except Exception as problem:  # noqa: BLE001 # as above
            self._show(trouble=_said(problem), is_setting=self._due)
            return
        old = self.shown.printed
        pages = self.shown.pages + 1
        self._show(printed=printed, pages=pages, set=findings, is_setting=self._due)
        if old:
            old.close()

    def _printed(self, book: Book) -> tuple[tuple[Finding, ...], Printed]:
        look, problems = build.looks(self.root, book, self._store)
        job = build.Job(book, look, self._store, QUIET)
        job, ((product, _),), more = outputs.products(job, ["pdf"])
        printed = Printed(product.data, job.volume.pages)
        self._store.trim()
        return (*problems, *more, *product.findings), printed


def _words(findings: list[Finding] | tuple[Finding, ...]) -> str:
    """The first of ``findings`` in a line."""
    one = findings[0] if findings else None
    return f"{one.place}: {one.message} {one.hint}".strip() if one else "There is no book here."


def _said(problem: Exception) -> str:
    """A failure in words: a file that can't be used, or our own fault."""
    if isinstance(problem, OSError) and problem.strerror:
        where = f" {problem.filename}" if problem.filename else ""
        return f"Can't use{where}: {problem.strerror}."
    return f"Something broke, and the fault is chapbook's: {type(problem).__name__}: {problem}"
