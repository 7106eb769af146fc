"""What the printed pages of a book give in to, as it is written now."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from book.base import scratch, system
from book.base.progress import QUIET
from book.build import looks, read
from book.cache.processes import start_forkserver
from book.cache.store import opened
from book.outputs import Job

if TYPE_CHECKING:
    from pathlib import Path

    from book.base.progress import Progress
    from book.render.pdf.compromises import PrintedCompromise


def compromises(root: Path, progress: Progress = QUIET) -> tuple[PrintedCompromise, ...]:
    """What the printed pages of the book in ``root`` give in to, the worst page first.

    Pages that the store keeps are not set again. There is nothing to say of a folder that is no
    book. Raises TypesetterError if a chapter can't be set.
    """
    system.need_pango()
    with closing(opened()) as store, scratch.used():
        book, _ = read(root, store)
        if book is None:
            return ()
        start_forkserver()
        look, _ = looks(root, book, store)
        from book.render import pdf

        return pdf.compromises_of(Job(book, look, store, progress).volume)
