r"""Every finding of the manuscript has a folder here: ``tests/findings/CODE``.

The files of the folder are laid over the clean book, and ``expect.txt`` says what ``check`` then
finds, one ``place CODE`` a line, in order, and nothing else. Lines that begin with ``!`` come
first and change the book further:

- ``!remove PATH`` takes a file or folder away,
- ``!bytes PATH ESCAPED`` writes bytes, as in ``caf\xe9``,
- ``!link PATH TARGET`` makes a symbolic link,
- ``!pipe PATH`` makes a pipe, which nobody writes to.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from book.base.codes import CODES
from book.base.text import UNPRINTABLE
from book.build import check
from tests.chapters import chapter

FOLDER = Path(__file__).parent / "findings"
CASES = sorted(path.name for path in FOLDER.iterdir())


def test_a_finding_quotes_no_control_characters() -> None:
    """Whatever a link or a date is made of: editors and readers of JSON show what is said."""
    text = "# T\n\n[d](when:%00 'x') and [a](%1b[x.md)\n"
    findings = chapter(text).findings
    assert findings
    assert not any(UNPRINTABLE.search(one.message + one.hint) for one in findings)


@pytest.mark.parametrize("code", CASES)
def test_a_spoilt_book_has_the_findings_expected_and_no_others(clean_book: Path, code: str) -> None:
    expected = _spoil(clean_book, FOLDER / code)
    assert [f"{one.place} {one.code}" for one in check(clean_book)] == expected


def test_the_clean_book_has_no_findings(clean_book: Path) -> None:
    assert check(clean_book) == ()


@pytest.mark.parametrize("code", [code for code in CODES if code[0] in "BMHNLIDPWACS"])
def test_every_code_of_the_manuscript_has_a_case(code: str) -> None:
    assert code in CASES


@pytest.mark.parametrize("code", CASES)
def test_a_case_expects_the_code_that_it_is_named_for(code: str) -> None:
    lines = (FOLDER / code / "expect.txt").read_text("utf-8").splitlines()
    assert any(line.endswith(f" {code}") for line in lines)


@pytest.mark.parametrize("code", CASES)
def test_every_finding_is_a_sentence_and_says_what_to_do(clean_book: Path, code: str) -> None:
    _spoil(clean_book, FOLDER / code)
    for finding in check(clean_book):
        assert finding.message.endswith((".", "?")), finding
        assert finding.hint, finding


def _spoil(book: Path, case: Path) -> list[str]:
    """Lay ``case`` over ``book``; the findings to expect."""
    shutil.copytree(case, book, dirs_exist_ok=True)
    (book / "expect.txt").unlink()
    lines = (case / "expect.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("!"):
            _change(book, *line[1:].split(" ", 2))
    return [line for line in lines if not line.startswith("!")]


def _change(book: Path, verb: str, name: str, rest: str = "") -> None:
    path = book / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    if verb == "bytes":
        path.write_bytes(rest.encode("latin-1").decode("unicode_escape").encode("latin-1"))
    elif verb == "link":
        path.symlink_to(rest)
    elif verb == "pipe":
        os.mkfifo(path)
    else:
        assert verb == "remove", verb
