"""``book new``: a book that builds at once, and is anybody's to write over."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from book.build import build, check
from book.cli.commands import app


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["new", *map(str, arguments)])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "first-light"
    said = run(folder, "--title", 'The "First" \\ Light', "--author", "Writer, A.", "--yes")
    assert said.exit_code == 0, said.output
    return folder


def test_it_builds_at_once_without_a_word(book: Path) -> None:
    result = build(book, ["epub", "handout"], strict=True)
    assert result.findings == ()
    assert [one.name for one in result.written] == ["epub", "handout"]


def test_what_looks_like_another_place_to_fill_is_a_title(tmp_path: Path) -> None:
    run(tmp_path / "a", "--title", "{author} {x}", "--author", "{language}", "--yes")
    said = tomllib.loads((tmp_path / "a/book.toml").read_text("utf-8"))["book"]
    assert (said["title"], said["authors"]) == ("{author} {x}", ["{language}"])


def test_it_has_what_a_chapter_can_do(book: Path) -> None:
    """A note, a dated event, a person, a picture and a table."""
    text = "".join(path.read_text("utf-8") for path in sorted((book / "chapters").glob("*.md")))
    for mark in ("[^letter]:", "(when:1910-05-12", "![A bridge", "| arch "):
        assert mark in text
    assert "[people.ada]" in (book / "book.toml").read_text("utf-8")


def test_its_settings_say_what_was_asked(book: Path) -> None:
    said = tomllib.loads((book / "book.toml").read_text("utf-8"))["book"]
    assert said == {"title": 'The "First" \\ Light', "authors": ["Writer, A."], "language": "en-GB"}


def test_its_schema_knows_every_key_and_no_other(book: Path) -> None:
    schema = json.loads((book / "book.schema.json").read_text("utf-8"))
    table = schema["$defs"]["BookTable"]
    assert {"title", "authors", "series-number"} <= table["properties"].keys()
    assert table["additionalProperties"] is False


def test_in_another_language_the_chapters_to_write_over_stay_english(tmp_path: Path) -> None:
    assert run(tmp_path / "b", "--language", "de", "--yes").exit_code == 0
    assert check(tmp_path / "b") == ()
    chapter = (tmp_path / "b/chapters/01-the-letter.md").read_text("utf-8")
    assert chapter.startswith("---\nlanguage: en\n")


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    """And nothing is written there."""
    (tmp_path / "mine.txt").write_text("mine")
    said = run(tmp_path, "--yes")
    assert said.exit_code == 1
    assert "is not empty: it holds mine.txt already" in said.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_repository_just_begun_is_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert run(tmp_path, "--yes").exit_code == 0


def test_the_next_command_can_be_typed_as_it_stands(tmp_path: Path) -> None:
    """With a blank in the folder's name, too."""
    said = run(tmp_path / "my book", "--yes")
    assert f"  cd '{tmp_path}/my book'" in said.output


def test_within_a_book_the_way_up_is_told(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`book` alone in a folder of chapters leads to the book, and makes no other."""
    monkeypatch.chdir(book / "chapters/images")
    said = CliRunner().invoke(app, [])
    assert "  cd ../..\n" in said.output
    assert "book new" not in said.output


def test_the_recipe_takes_chapbook_from_where_it_is_told_alone(book: Path) -> None:
    """A name that no index has may be anybody's tomorrow."""
    recipe = (book / ".github/workflows/book.yml").read_text("utf-8")
    assert 'pip install "${CHAPBOOK:?' in recipe
    assert "pip install chapbook" not in recipe


def test_a_language_that_is_none_is_told(tmp_path: Path) -> None:
    said = run(tmp_path / "b", "--language", "en_GB", "--yes")
    assert said.exit_code == 2
    assert "Write `en-GB`." in said.output
    assert not (tmp_path / "b").exists()


def test_a_language_by_its_name_is_told_its_tag(tmp_path: Path) -> None:
    for name, tag in (("German", "de"), ("français", "fr"), ("Brazilian Portuguese", "pt-BR")):
        assert f"Did you mean `{tag}`?" in run(tmp_path / "a", "--language", name).output


def test_who_answers_wrongly_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And keeps the answers before."""
    monkeypatch.setattr("book.cli.new._can_answer", lambda: True)
    answers = "The Mill\nMeredith, Ruth\ngerman\nde\noctvo\noctavo\n"
    done = CliRunner().invoke(app, ["new", str(tmp_path / "a")], input=answers)
    assert "Did you mean `octavo`?" in done.output
    said = tomllib.loads((tmp_path / "a/book.toml").read_text("utf-8"))["book"]
    assert (said["title"], said["language"], said["theme"]) == ("The Mill", "de", "octavo")
