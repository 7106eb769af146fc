"""What was built last, opened and looked through: the PDF and the EPUB as a reader has them.

Links, notes, typefaces and sizes are looked at here; veraPDF and EPUBCheck, which know nothing of
this program, hold the files against their standards if they are installed. Each finding has the
place in the Markdown of what it is found at.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from book.base import scratch
from book.base.codes import finding
from book.base.data import replace
from book.base.files import filename, own_folder
from book.base.paths import content
from book.build import read
from book.built import epubfile, java, pdffile, remarks
from book.built.origin import Origins
from book.cache import lastbuild
from book.cache.store import opened
from book.checks import silence
from book.model import NO_WISH, Place, Severity
from book.only import narrowed
from book.outputs import OUTPUTS
from book.theme.chosen import sized

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.cache.store import Store
    from book.model import Book, Finding

__all__ = ["check"]

_Look = Callable[[Path, "Book", Origins], "Iterator[Finding]"]
_Judge = Callable[[Path, Origins], "Iterator[Finding]"]
#: What looks at each file, and at what a validator says of it.
_LOOKS: dict[str, tuple[_Look, _Judge]] = {
    "pdf": (pdffile.check, remarks.of_pdf),
    "epub": (lambda path, _, origins: epubfile.check(path, origins), remarks.of_epub),
}


def check(root: Path, out: Path | None = None) -> tuple[tuple[Finding, ...], str]:
    """What is wrong with the files that were built last into ``out``, and what was not looked at.

    The second is a sentence for people, empty if both validators looked. There is nothing to say
    of a folder that is no book; ``book check`` says why it is none.
    """
    with closing(opened()) as store, scratch.used(), TemporaryDirectory() as aside:
        book, _ = read(root, store)
        if book is None:
            return (), ""
        found = [*_found(book, out or own_folder(root), store, Path(aside))]
    found = list(silence.later(_sorted(found), book))
    if book.config.check.strict:
        found = [replace(one, severity=Severity.ERROR) for one in found]
    return tuple(found), java.missing()


def _found(book: Book, out: Path, store: Store, aside: Path) -> Iterator[Finding]:
    """What is wrong with the files in ``out``; ``aside`` is a folder for copies of them.

    They may have come with the book: they are read by the one door (:mod:`book.base.paths`), and
    the libraries, which would follow any link, are given what it has read.
    """
    files = {name: out / filename(book, name) for name in ("pdf", "epub")}
    there: dict[str, Path] = {}
    is_told = False
    for name, path in files.items():
        try:
            data = content(out, path.name)
        except OSError as problem:
            is_told, data = True, None
            message = f"{path.name} can't be read: {problem.strerror}."
            yield finding("F001", Place("book.toml"), message, "Build again: `book build`.")
        if data is not None:
            there[name] = path
            (aside / path.name).write_bytes(data)
    if not there and not is_told:
        message = f"Neither {files['pdf'].name} nor {files['epub'].name} is in {out.name}/."
        yield finding("F001", Place("book.toml"), message, "Build first: `book build`.")
    yield from _stale(book, out, tuple(there.values()), store)
    with_java = not java.missing()
    for name in there:
        path = aside / files[name].name
        narrow = replace(narrowed(book, name), config=sized(book.config, book.root))
        origins = Origins(narrow)
        look, judge = _LOOKS[name]
        found = [*look(path, narrow, origins)]
        yield from found
        # What can't be opened, no validator has anything to say of.
        if with_java and not any(one.code == "F001" for one in found):
            yield from judge(path, origins)


def _stale(book: Book, out: Path, paths: Sequence[Path], store: Store) -> Iterator[Finding]:
    """F001 for files that were made of another text than the one that is there now."""
    written = [book.root / "book.toml"]
    written += [book.root / one.path for one in book.chapters if one.path]
    last = max((path.stat().st_mtime for path in written if path.exists()), default=0)
    old = [path for path in paths if path.stat().st_mtime < last]
    if old and not _is_known(book.root, out, store):
        names = " and ".join(path.name for path in old)
        message = f"The text was changed after {names} was built, so places may be others."
        yield finding("F001", Place("book.toml"), message, "Build again: `book build`.")


def _is_known(root: Path, out: Path, store: Store) -> bool:
    """Whether a build of what is there now made what is there now, whatever was asked of it."""
    asked = [some for count in (1, 2, 3) for some in permutations(OUTPUTS, count)]
    return any(lastbuild.recall(root, (*some, repr(NO_WISH)), out, store) for some in asked)


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: (one.place, one.code, one.message)))
