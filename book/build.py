"""The pipeline, on one screen: from a folder to finished files.

Outputs are a table of name and function (``outputs.py``). Nothing is written until everything
asked for is whole; then each file is written beside its place and renamed onto it, so a build
that fails or is killed leaves the last good outputs as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from book.base import identity, scratch, system
from book.base.data import replace
from book.base.errors import TypesetterError
from book.base.files import filename, own_folder, write_whole
from book.base.kept import kept_by
from book.base.paths import ChangedError, watched
from book.base.progress import QUIET, Progress
from book.cache import lastbuild
from book.cache.memo import FEW, memo, memo_all, using
from book.cache.processes import start_forkserver
from book.cache.store import Nothing, Scratch, Store, VanishedError, key, opened
from book.model import (
    NO_WISH,
    Book,
    Chapter,
    Finding,
    Person,
    PressTable,
    PressWish,
    Product,
    Result,
    Severity,
    Source,
    Wish,
    Written,
)
from book.outputs import OUTPUTS, Job, products, unset

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from book.read.manuscript import Memory
    from book.theme.theme import Theme


__all__ = ["OUTPUTS", "Job", "build", "check", "looks", "read"]

_T = TypeVar("_T")
#: So often a build begins again because a file was changed meanwhile.
_TRIES = 4


def build(  # noqa: PLR0913 # all that a command line may ask for
    root: Path,
    names: Sequence[str] = (),
    out: Path | None = None,
    *,
    strict: bool = False,
    cache: bool = True,
    kept: Path | None = None,
    onix: Path | None = None,
    progress: Progress = QUIET,
    executor: Executor | None = None,
    wish: Wish = NO_WISH,
) -> Result:
    """Make the outputs ``names`` (all if empty) of the book in ``root``, into ``out``.

    ``out`` is ``build`` in the book's folder if not given. With ``strict``, warnings stop the
    build as errors do. Without ``cache``, nothing that was kept is used and nothing is kept;
    ``kept`` is where the store lies, if not where :func:`book.cache.store.place` says.
    ``onix`` is where to write the record of the ebook, which then must be
    among the outputs. ``executor`` makes what is dear, pages and parts of the ebook, if not
    processes of our own (:mod:`book.cache.pool`); ``wish`` says more of what is asked of the
    outputs. Raises KeyError for an unknown output name, OSError if writing fails.
    """
    into = out or own_folder(root)
    identity.epoch()  # If it can't be used, that is said before anything is done.
    names = tuple(dict.fromkeys(names or OUTPUTS))
    with closing(opened(kept) if cache else Scratch()) as store:
        last = lastbuild.recall(root, (*names, repr(wish)), into, store)
        if last and not onix and not _stops(last.findings, strict):
            return last
        made = partial(_built, strict=strict, onix=onix, progress=progress, wish=wish)
        try:
            with scratch.used(), using(executor), kept_by(partial(memo, store)):
                return _undisturbed(partial(made, root, names, into, store))
        except VanishedError:
            if not cache:
                raise
    # Somebody has cleared the store meanwhile, or it is damaged; it is not needed.
    again = partial(build, strict=strict, cache=False, onix=onix, progress=progress, wish=wish)
    return again(root, names, out, executor=executor)


def _undisturbed(made: Callable[[Mapping[str, str]], _T]) -> _T:
    """What is ``made`` while nothing of what it reads is changed; raises ChangedError else."""
    for _ in range(_TRIES - 1):
        with suppress(ChangedError), watched() as seen:
            return made(seen)
    with watched() as seen:
        return made(seen)


def _built(  # noqa: PLR0913 # as above
    root: Path,
    names: Sequence[str],
    out: Path,
    store: Store,
    seen: Mapping[str, str],
    *,
    strict: bool,
    onix: Path | None,
    progress: Progress,
    wish: Wish,
) -> Result:
    """The steps of a build, with what ``store`` keeps; ``seen`` fills with what they read.

    Raises VanishedError if the store is cleared, and ChangedError if the book is changed meanwhile.
    """
    from book.checks import silence

    system.need_pango()
    if names != ("epub",):
        start_forkserver()
    book, findings = read(root, store)
    look, problems = looks(root, book, store)
    problems = (*problems, *_judged(book, wish))
    findings = _sorted((*findings, *silence.later(problems, book)))
    strict = strict or bool(book and book.config.check.strict)
    if book is None or _stops(findings, strict):
        return Result(findings)
    try:
        _, made, more = products(Job(book, look, store, progress, wish), names)
    except TypesetterError as problem:
        return Result((*findings, unset(book, problem)))
    if "pdf" in names and wish == NO_WISH:
        from book.render.pdf import lastset

        lastset.remember(book, look, store, seen, made[names.index("pdf")][0].findings)
    more = (*more, *(one for product, _ in made for one in product.findings))
    findings = (*findings, *silence.later(more, book))
    if _stops(findings, strict):
        return Result(findings)
    files = {out / filename(book, product.name): product.parts for product, _ in made}
    ebook = next((product for product, _ in made if product.name == "epub"), None)
    record = {onix: (_record(book, ebook.data),)} if onix and ebook else {}
    write_whole({**files, **record})
    result = Result(findings, _summary(files, made))
    lastbuild.remember(root, (*names, repr(wish)), out, store, seen, result)
    store.trim()
    return result


def _record(book: Book, ebook: bytes) -> bytes:
    from book.render import onix  # the record of the ebook, for libraries and shops

    return onix.record(book, ebook)


def check(root: Path, also: Collection[str] = ()) -> tuple[Finding, ...]:
    """Everything that is wrong with the manuscript in ``root``; nothing is built.

    What was found out of chapters, pictures and style sheets is kept, as by a build; of pages it
    says what the last build found, of chapters that have not changed since. Where
    ``book.toml`` says ``strict``, all of it are errors. ``also`` are codes that are told only if
    they are asked for, as those of ``[check]``. Raises UnusableError if Pango is missing.
    """
    system.need_pango()
    from book.checks import silence

    def made(seen: Mapping[str, str]) -> tuple[Book | None, tuple[Finding, ...]]:
        book, found = read(root, store, also)
        look, problems = looks(root, book, store)
        problems = (*problems, *_judged(book, NO_WISH), *_on_pages(book, look, store, seen))
        return book, _sorted((*found, *silence.later(problems, book)))

    with closing(opened()) as store, scratch.used(), kept_by(partial(memo, store)):
        book, findings = _undisturbed(made)
    if book and book.config.check.strict:
        return tuple(replace(one, severity=Severity.ERROR) for one in findings)
    return findings


def _on_pages(
    book: Book | None, look: Theme, store: Store, seen: Mapping[str, str]
) -> tuple[Finding, ...]:
    """What was wrong with the pages of those chapters that are as they were when last set."""
    from book.render.pdf import lastset

    return () if book is None else tuple(lastset.recalled(book, look, store, seen))


def _judged(book: Book | None, wish: Wish) -> tuple[Finding, ...]:
    """What a print shop will say of ``book.toml``, if the book is for one."""
    if book is None or (book.config.press == PressTable() and wish.press == PressWish()):
        return ()
    from book.press.judge import judged

    return tuple(judged(book, wish.press))


def looks(root: Path, book: Book | None, store: Store) -> tuple[Theme, tuple[Finding, ...]]:
    """The theme of ``book`` as it can be set, and what is wrong with it or lacks a font.

    ``book`` is None if there is not enough of one; ``store`` keeps how trials went.
    """
    from book.checks import letters
    from book.theme import theme, typefaces, unread

    look, findings = theme.load(root, book.config.book.theme if book else "")
    if look.templates.own:
        from book.theme import templates

        start_forkserver()
        usable, wrong = templates.tried(look.templates, store)
        look, findings = replace(look, templates=usable), (*findings, *wrong)
    look, more = typefaces.dressed(look, book) if book else (look, ())
    more = (*more, *unread.unread(look))
    if any(look.own.values()):
        from book.render import trial

        look, tried = trial.tried(look, book.config if book else None, root, store)
        findings = (*findings, *tried)
    lacking = letters.without_font(book, look.letters(root)) if book else ()
    return look, (*findings, *more, *lacking)


def read(
    root: Path,
    store: Store | None = None,
    also: Collection[str] = (),
    *,
    memory: Memory | None = None,
    seen: Callable[[Book], object] = id,
) -> tuple[Book | None, tuple[Finding, ...]]:
    """Steps 1 to 5: the book, if there is enough of one, and all that is wrong with it.

    The findings are in the order of the book's files. ``store`` keeps parsed chapters, ``memory``
    what files say, for who reads often; ``also`` are codes that are told only if they are asked
    for. ``seen`` is called with the book as soon as its words are all that is left to be checked.
    """
    # Imported when the steps are taken: if nothing has changed none is, else WeasyPrint meanwhile.
    from book.read import settings, shelf

    store = store or Nothing(root)
    begun = settings.begun(root, store, lend=shelf.count(root) > FEW)
    from book import checks  # while a helper is at work
    from book.assemble import assemble
    from book.mend import mended
    from book.parse import chapter  # noqa: F401 # while a helper is at work
    from book.read import manuscript
    from book.theme import typefaces  # noqa: F401 # it is next, for most who read a book
    from book.theme.chosen import sized

    sources, problems = manuscript.read(root, memory)
    config, findings = begun()
    config = config and sized(config, root)
    language = config.book.language if config else "en"
    sources, more = manuscript.ordered(sources, config)
    parsed = _parsed(sources, language, config.people if config else {}, store)
    chapters, less = manuscript.without_drafts(parsed)
    findings = (*findings, *problems, *more, *less)
    if config is None or not chapters:
        return None, _sorted((*findings, *(one for each in chapters for one in each.findings)))
    book = assemble(root, config, chapters, findings)
    findings = (*book.findings, *checks.run(book, store))
    seen(book := mended(replace(book, findings=findings), findings))
    printed = {one.path for one in chapters}
    written = [one for one in sources if one.path in printed]
    findings = _sorted((*findings, *checks.typed(root, written, config, store, also)))
    told = _sorted(checks.silenced(findings, root, sources, config))
    return replace(book, findings=told), told


def _parsed(
    sources: Sequence[Source], language: str, people: Mapping[str, Person], store: Store
) -> list[Chapter]:
    """Step 3, once for each text: a chapter depends on its source and on whom it may name."""
    from book.parse.chapter import parse

    known = key(language, repr(people))
    makers: dict[tuple[str, ...], partial[Chapter]] = {
        (known, one.path, one.slug, one.digest): partial(parse, one, language, people)
        for one in sources
    }
    return list(memo_all(store, "chapter", Chapter, makers)())


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: (one.place, one.code)))


def _stops(findings: Sequence[Finding], strict: bool) -> bool:
    return any(strict or one.severity is Severity.ERROR for one in findings)


def _summary(paths: Iterable[Path], made: Sequence[tuple[Product, float]]) -> tuple[Written, ...]:
    return tuple(
        Written(product.name, path, product.pages, path.stat().st_size, seconds)
        for path, (product, seconds) in zip(paths, made, strict=True)
    )
