"""The pipeline, on one screen: from a folder to finished files.

Outputs are a table of name and function. Nothing is written until everything asked for is
whole; then each file is written beside its place and renamed onto it, so a build that fails or
is killed leaves the last good outputs as they were.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from book import checks, config, manuscript, theme
from book.assemble import assemble
from book.files import filename, write_whole
from book.model import Book, Finding, Product, Severity
from book.parse import parse
from book.progress import QUIET, Progress
from book.store import Store

if TYPE_CHECKING:
    from book.render.pdf import Volume


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file: which output, where, its pages (if it has any), bytes and seconds."""

    name: str
    path: Path
    pages: int | None
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """What a build found and wrote; ``written`` is empty when there were errors."""

    findings: tuple[Finding, ...]
    written: tuple[Written, ...] = ()


@dataclass(frozen=True)
class Job:
    """What an output is made from: the book, how it looks, and the typeset pages."""

    book: Book
    theme: theme.Theme
    store: Store
    progress: Progress

    @cached_property
    def volume(self) -> Volume:
        """The printed book, typeset; only made if an output asks for it."""
        from book.render import pdf

        return pdf.set_volume(self.book, self.theme, self.store, self.progress)


def _pdf(job: Job) -> Product:
    from book.render import pdf

    return pdf.bound(job.volume)


def _epub(job: Job) -> Product:
    from book.render import epub

    return epub.render(job.book, job.theme, None)


def _handout(job: Job) -> Product:
    from book.render import handout

    return handout.render(job.book, job.theme, job.volume.pages)


OUTPUTS: Mapping[str, Callable[[Job], Product]] = {
    "pdf": _pdf,
    "epub": _epub,
    "handout": _handout,
}


def build(
    root: Path,
    names: Sequence[str] = (),
    out: Path | None = None,
    *,
    strict: bool = False,
    progress: Progress = QUIET,
) -> Result:
    """Make the outputs ``names`` (all if empty) of the book in ``root``, into ``out``.

    ``out`` is ``build`` in the book's folder if not given. With ``strict``, warnings stop the
    build as errors do. Raises KeyError for an unknown output name, OSError if writing fails.
    """
    book, findings = _read(root)
    if book is None or _stops(findings, strict):
        return Result(findings)
    out = out or root / "build"
    job = Job(book, theme.load(root), Store(out / ".store"), progress)
    made: list[tuple[Product, float]] = []
    for name in dict.fromkeys(names or OUTPUTS):
        start = time.perf_counter()
        made.append((OUTPUTS[name](job), time.perf_counter() - start))
        findings = (*findings, *made[-1][0].findings)
    if _stops(findings, strict):
        return Result(findings)
    files = {out / filename(book, product.name): product.data for product, _ in made}
    write_whole(files)
    job.store.trim()
    return Result(findings, _summary(files, made))


def check(root: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the manuscript in ``root``; nothing is built."""
    return _read(root)[1]


def _read(root: Path) -> tuple[Book | None, tuple[Finding, ...]]:
    """Steps 1 to 5. The findings are in the order of the book's files."""
    settings, findings = config.load(root)
    sources, problems = manuscript.read(root)
    language = settings.book.language if settings else "en"
    chapters = [parse(source, language) for source in sources]
    findings = (*findings, *problems)
    if settings is None or not chapters:
        found = (one for chapter in chapters for one in chapter.findings)
        return None, _sorted((*findings, *found))
    book = assemble(root, settings, chapters, findings)
    findings = _sorted((*book.findings, *checks.run(book)))
    return replace(book, findings=findings), findings


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: (one.place, one.code)))


def _stops(findings: Sequence[Finding], strict: bool) -> bool:
    return any(strict or one.severity is Severity.ERROR for one in findings)


def _summary(
    files: Mapping[Path, bytes], made: Sequence[tuple[Product, float]]
) -> tuple[Written, ...]:
    return tuple(
        Written(product.name, path, product.pages, len(data), seconds)
        for (path, data), (product, seconds) in zip(files.items(), made, strict=True)
    )
