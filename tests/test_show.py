"""``book show``, ``book`` alone, and what is mistyped."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from book.cli.commands import app

CLEAN = Path(__file__).parent / "clean"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clean book with a span without end, a month and Greek letters."""
    folder = shutil.copytree(CLEAN, tmp_path_factory.mktemp("show") / "book")
    (folder / "chapters/03-berlin.md").write_text(
        '# Berlin\n\nIn [May](when:1943-05 \'Talks, "at last"; they go on and on and on for as '
        "long as there is anybody left to talk'), [since then](when:1944/.. 'Silence'). "
        "-- = $x$[^a]\n\n"
        "[^a]: Αθήνα:$x^2$.\n",
        "utf-8",
    )
    return folder


def show(book: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["show", *arguments, "--book", str(book)])


def rows(book: Path, view: str) -> list[dict[str, str | int]]:
    found: list[dict[str, str | int]] = json.loads(show(book, view, "--json").output)
    return found


def test_words_are_counted_by_chapter_and_in_all(book: Path) -> None:
    *chapters, every = rows(book, "words")
    assert [one["chapter"] for one in chapters] == ["01-ankara.md", "02-moscow.md", "03-berlin.md"]
    # The title's one word and those of the text, no signs; the note is counted by itself.
    assert chapters[2] | {"title": ""} == {
        "chapter": "03-berlin.md", "title": "", "words": 5, "in notes": 1, "minutes": 1,
    }  # fmt: skip
    assert every["words"] == sum(int(one["words"]) for one in chapters)


def test_people_are_named_with_their_chapters(book: Path) -> None:
    (sato,) = rows(book, "people")
    assert (sato["person"], sato["named"], sato["in"]) == ("sato", 1, "01-ankara.md")


def test_notes_have_numbers_and_places(book: Path) -> None:
    assert [(one["number"], one["label"], one["at"]) for one in rows(book, "notes")] == [
        ("1", "talks", "chapters/01-ankara.md:8:1"),
        ("1", "a", "chapters/03-berlin.md:5:1"),
    ]
    assert rows(book, "notes")[1]["begins"] == "Αθήνα:x^2."


def test_settings_say_where_they_come_from(book: Path) -> None:
    found = {one["setting"]: (one["value"], one["from"]) for one in rows(book, "config")}
    assert found["book.title"] == ("A Clean Book", "book.toml:2:1")
    assert found["pdf.page-size"] == ("A5", "without it")


def test_each_script_has_its_typeface(book: Path) -> None:
    found = {one["script"]: (one["typeface"], one["lacking"]) for one in rows(book, "fonts")}
    assert found.keys() == {"Latin", "Greek"}
    assert found["Greek"][1] == 0


def test_a_face_for_another_script_is_not_that_of_the_text(tmp_path: Path) -> None:
    """It has Latin letters, too; they are set in the book's own."""
    made = shutil.copytree(CLEAN, tmp_path / "book")
    (made / "chapters/03-berlin.md").write_text("# Berlin\n\nمرحبا\n", "utf-8")
    found = {one["script"]: one["typeface"] for one in rows(made, "fonts")}
    assert found["Latin"] == "Source Serif"
    assert found["Arabic"] != "Source Serif"


def test_csv_is_read_by_any_program(book: Path) -> None:
    heads, *lines = csv.reader(io.StringIO(show(book, "chronology", "--csv").output))
    assert heads[0] == "date"
    assert [line[0] for line in lines] == ["1943-01-22", "1943-05", "1944/.."]


def test_the_chronology_is_a_calendar(book: Path) -> None:
    """A month is an event of all its days; what has no end can't be one, which is said."""
    text = show(book, "chronology", "--ics").stdout_bytes.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "DTSTART;VALUE=DATE:19430501\r\nDTEND;VALUE=DATE:19430601\r\n" in text
    assert text.count("BEGIN:VEVENT") == 2
    assert "SUMMARY:Talks\\, " in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "1 without a first or last day" in show(book, "chronology", "--ics").stderr


def test_a_table_for_people_is_aligned(book: Path) -> None:
    heads, first, *_ = show(book, "chronology").output.split("\n")
    assert first.index("January 22") == heads.index("in words")


def test_pages_ask_for_the_built_book(book: Path) -> None:
    done = show(book, "pages")
    assert done.exit_code == 1
    assert "book build pdf" in done.stderr


def test_pages_say_where_chapters_begin(built: Path) -> None:
    found = rows(built, "pages")
    assert {"title": "Ankara", "page": "1"}.items() <= next(
        one for one in found if one["title"] == "Ankara"
    ).items()


def test_book_alone_says_what_to_do_next(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(book)
    assert "book build" in CliRunner().invoke(app, []).output
    monkeypatch.chdir(book.parent)
    alone = CliRunner().invoke(app, [])
    assert alone.exit_code == 0
    assert "book new" in alone.output


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["biuld"], "`build`"),
        (["check", "--formt", "json"], "--format"),
        (["build", "pfd"], "`pdf`"),
    ],
)
def test_what_is_mistyped_names_the_nearest(arguments: list[str], meant: str) -> None:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert meant in done.output


@pytest.mark.parametrize("command", [["serve"], ["watch"], ["show", "words"]])
def test_where_no_book_is_the_commands_say_so(command: list[str], tmp_path: Path) -> None:
    """With what `book build` says there; none waits for one."""
    done = CliRunner().invoke(app, [*command, "--book", str(tmp_path)])
    assert done.exit_code == 1
    assert "book.toml: error[B001]: There is no book.toml here." in done.output


@pytest.mark.parametrize(
    ("typed", "at", "offered"),
    [
        ("book che", 1, "check"),
        ("book show chr", 2, "chronology"),
        ("book check --explain N00", 3, "N002"),
        ("book check --format sa", 3, "sarif"),
        ("book watch e", 2, "epub"),
    ],
)
def test_the_shell_completes(typed: str, at: int, offered: str) -> None:
    """What bash asks, and what it is offered."""
    asked = {"COMP_WORDS": typed, "COMP_CWORD": str(at), "_BOOK_COMPLETE": "bash_complete"}
    done = CliRunner().invoke(app, [], env={**os.environ, **asked}, prog_name="book")
    assert f"plain,{offered}" in done.output.split("\n")
