"""What typesetting processes need to start, who sets what, and what they leave behind."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pyphen
import pytest

from book.base.data import replace
from book.base.errors import TypesetterError
from book.cache.pool import Pool, using
from book.cache.store import Nothing, Store
from book.model import Text
from book.render.pdf.engine import overrides, typeset
from book.render.pdf.engine.hyphens import KeptPatterns
from book.render.pdf.jobs import set_all
from book.render.pdf.record import Piece, PieceJob
from tests.builds import alone, is_alive, wait_for
from tests.test_runs import chapter, job_of

#: What the C library may have in use after a piece more, in bytes: a leak is 40 kB a page.
_SLACK = 150_000


class _Use(ctypes.Structure):
    """``struct mallinfo2``: ten counts of bytes, the last but two being those in use."""

    _fields_ = tuple((f"at{place}", ctypes.c_size_t) for place in range(10))


def in_use() -> int:
    """How many bytes the C library has given out."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        pytest.skip("this C library does not tell what it has given out")
    library.mallinfo2.restype = _Use
    use = library.mallinfo2()
    return int(use.at7 + use.at4)


def test_setting_a_piece_again_takes_no_more_memory(tmp_path: Path) -> None:
    """A worker is as large after a thousand pages as after ten."""
    job = job_of(chapter(1, 24), tmp_path, "body { font-variant-numeric: oldstyle-nums }")
    found = []
    for _ in range(4):
        typeset.typeset(job, Nothing(tmp_path))
        gc.collect()
        found.append(in_use())
    assert found[-1] - found[1] < _SLACK


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are searched for")
def test_what_workers_import_starts_no_program(tmp_path: Path) -> None:
    """WeasyPrint asks a compiler for its libraries if it is let."""
    code = (
        "import sys\n"
        "names = {'subprocess.Popen', 'os.posix_spawn', 'os.exec', 'os.system', 'os.fork'}\n"
        "sys.addaudithook(lambda name, _: sys.exit(name) if name in names else None)\n"
        "import book.render.pdf.engine.preload\n"
    )
    assert alone(code) == (0, b"")


def test_what_was_put_off_is_there_when_it_is_called() -> None:
    """FontTools is imported when WeasyPrint has to cut a font with it, and not before."""
    code = (
        "import sys\n"
        "import book.render.pdf.engine.preload\n"
        "from weasyprint.pdf import fonts\n"
        "assert 'fontTools.varLib' not in sys.modules\n"
        "assert fonts.subset.Options(hinting=False).hinting is False\n"
        "try: fonts.instantiateVariableFont()\n"
        "except TypeError as error: assert 'varfont' in str(error), error\n"
        "assert 'fontTools.varLib' in sys.modules\n"
    )
    assert alone(code) == (0, b"")


@pytest.mark.parametrize("language", ["en_GB", "el_GR", "hu_HU"])
def test_patterns_of_hyphenation_are_the_same_when_they_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Hungarian ones change the spelling, and are read each time."""
    read = KeptPatterns.__base__(pyphen.LANGUAGES[language]).patterns
    overrides.install()
    monkeypatch.setattr(KeptPatterns, "store", Store(tmp_path))
    for _ in range(2):
        assert pyphen.Pyphen(lang=language, cache=False).hd.patterns == read
    assert bool(list(tmp_path.rglob("*"))) is (language != "hu_HU")


def test_words_that_were_divided_take_no_more_memory_in_a_longer_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only some thousand are remembered, and each is divided as before."""
    overrides.install()
    monkeypatch.setattr(KeptPatterns, "store", Store(tmp_path))
    divided = pyphen.Pyphen(lang="en_GB", cache=False)
    before = divided.inserted("reconciliation")
    for number in range(3000):
        divided.positions(f"word{number}")
    assert len(divided.hd.cache) <= 1000
    assert divided.inserted("reconciliation") == before == "re-con-cili-ation"


def test_nothing_of_workers_is_left_at_the_end(clean_book: Path) -> None:
    """Nor do they need a thread here: one that buries them while Python ends may break its end."""
    code = (
        "import pathlib, sys, threading, time\n"
        "from multiprocessing import active_children\n"
        "from book import build\n"
        "from book.cli import commands as cli\n"
        "assert build.build(pathlib.Path(sys.argv[1]), ['pdf']).written\n"
        "for _ in range(100):\n"
        "    if threading.active_count() == 1: break\n"
        "    time.sleep(0.01)\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
        "assert active_children()\n"
        "cli._dismiss()\n"
        "for _ in range(100):\n"
        "    if not active_children(): break\n"
        "    time.sleep(0.1)\n"
        "assert not active_children()\n"
    )
    assert alone(code, str(clean_book)) == (0, b"")


def test_processes_that_have_set_their_share_are_relieved(tmp_path: Path) -> None:
    """Others go on, every piece comes once, and those that are relieved end at once."""
    html = "<html><head><title>T</title></head><body><p>" + "word " * 3000 + "{}</p></body></html>"
    jobs = {str(n): PieceJob("p", Text.of(html.format(n)), "", (), str(tmp_path)) for n in range(9)}
    came: dict[str, frozenset[int]] = {}

    def finished(key: str, _: tuple[Piece, ...]) -> None:
        came[key] = ours.pids

    with Pool(2, "forkserver", share=8) as ours, using(ours):
        set_all(jobs.items(), Nothing(tmp_path), finished)
    first, *_, last = came.values()
    assert sorted(came) == sorted(jobs)
    assert first.isdisjoint(last)
    left = wait_for(lambda: [pid for pid in first if is_alive(pid)], lambda left: not left)
    assert left == []


def job(text: str, root: Path) -> PieceJob:
    html = f"<html><head><title>T</title></head><body><p>{text}</p></body></html>"
    return PieceJob("p", Text.of(html), "", (), str(root))


def test_what_the_typesetter_raises_is_raised_here(tmp_path: Path) -> None:
    """With the lines where it happened; others set what comes afterwards."""
    came: list[str] = []

    def finished(key: str, _: tuple[Piece, ...]) -> None:
        came.append(key)

    jobs = {"bad": job("<broken", tmp_path), "good": job("good", tmp_path)}
    with pytest.raises(TypesetterError) as raised:
        set_all(jobs.items(), Nothing(tmp_path), finished)
    assert any("typeset" in note for note in raised.value.__notes__)
    came.clear()
    set_all([("good", jobs["good"])], Nothing(tmp_path), finished)
    assert came == ["good"]


class Mortal(Pool):
    """A pool whose processes die of all that they are given."""

    def __init__(self) -> None:
        super().__init__(1, "spawn")
        self.given: list[str] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Let a process die."""
        self.given.append(next(one.css for one in args if isinstance(one, PieceJob)))
        return super().submit(os._exit, 3)


def test_a_job_that_processes_die_of_is_given_up(tmp_path: Path) -> None:
    """Else a build would never end; the book's own theme before that."""
    mine = replace(job("one", tmp_path), css="p { color: red }", spare="p { color: blue }")
    with Mortal() as pool, using(pool), pytest.raises(TypesetterError) as raised:
        set_all([("one", mine)], Nothing(tmp_path), lambda *_: None)
    assert (raised.value.name, raised.value.words) == ("p", "3 processes have died of it")
    assert pool.given == [mine.css] * 3 + [mine.spare] * 3
    assert not pool.pids
