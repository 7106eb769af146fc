"""``book import``: what people have, counted on both sides."""

from __future__ import annotations

import re
import signal
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from book.cli.commands import app
from book.imports import ImportFailedError, import_book
from book.imports.metadata import guessed
from book.imports.model import Counts, Loss
from book.imports.prose import stretches, words_of
from book.imports.report import page
from tests import manuscripts
from tests.manuscripts import SOURCES, chapters_of, words

#: Words of a source that are its tool's, not the book's, and need not be told.
MARKS = {
    "mdbook": "fn main",
    "quarto": "callout warning refs aside content visible",
    "gitbook": "Table of contents",
    "obsidian": "tip note boat svg 200 low tide Start first line The landlord must never read this",
    "jekyll": "TOC Secret Not yet",
    "hugo": "Home Unfertig Nein Draft Not yet sh go weight description 10 20",
    "leanpub": "frontmatter mainmatter W A pagebreak",
    "folder": "A repository",
    "long.md": "",
}


@pytest.mark.parametrize("name", MARKS)
def test_no_word_is_lost_silently(name: str, tmp_path: Path) -> None:
    """What is in no chapter stands in ``IMPORT.md``."""
    made = import_book(SOURCES / name, tmp_path / "book")
    source = Counter(words(manuscripts.prose_of(SOURCES / name)))
    result = Counter(words(" ".join(chapters_of(tmp_path / "book").values())))
    told = set(words((tmp_path / "book/IMPORT.md").read_text("utf-8")))
    told |= set(words((tmp_path / "book/book.toml").read_text("utf-8")))
    missing = set(source - result) - told - set(words(MARKS[name]))
    assert not missing
    assert made.counts.chapters == len(chapters_of(tmp_path / "book"))


@pytest.mark.parametrize(
    ("name", "notes", "pictures"),
    [
        ("mdbook", 2, 1),
        ("quarto", 2, 1),
        ("gitbook", 1, 1),
        ("obsidian", 1, 1),
        ("jekyll", 1, 1),
        ("leanpub", 2, 1),
        ("hugo", 1, 2),
        ("folder", 1, 1),
        ("long.md", 3, 0),
    ],
)
def test_notes_and_pictures_are_all_there(
    name: str, notes: int, pictures: int, tmp_path: Path
) -> None:
    """As many as in the source: each note is called and written, each picture is a file."""
    made = import_book(SOURCES / name, tmp_path / "book")
    assert (made.counts.notes, made.counts.pictures) == (notes, pictures)
    for text in chapters_of(tmp_path / "book").values():
        labels = re.findall(r"^\[\^([^\]]+)\]:", text, re.MULTILINE)
        assert set(labels) == set(re.findall(r"\[\^([^\]]+)\](?!:)", text))
        for picture in re.findall(r"images/[\w.-]+", text):
            assert (tmp_path / "book/chapters" / picture).is_file()


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("mdbook", "Before you begin|Building|Bricks|Fire|Keeping|Ash|Thanks"),
        ("quarto", "Preface|Sources|Springs|Deltas|References|Data"),
        ("gitbook", "About these walks|In the hills|The ridge|The mill"),
        ("obsidian", "Start|Places|Harbour|Quay"),
        ("jekyll", "Welcome|Recipes|Rye|Spelt|Posts|First loaf: a failure|Second loaf"),
        ("leanpub", "Preface|The Yard|Planks|Nails"),
        ("hugo", "The works|The pit|The *wheel*|Below|Posts|Earlier|Later"),
        ("folder", "Uno|Dos|Late|Once|Diez"),
        ("long.md", "Part One|Snow|Part Two|Ice|Thaw"),
    ],
)
def test_chapters_come_in_the_order_of_their_tool(name: str, titles: str, tmp_path: Path) -> None:
    import_book(SOURCES / name, tmp_path / "book")
    found = [manuscripts.title_of(text) for text in chapters_of(tmp_path / "book").values()]
    assert "|".join(found) == titles


def test_metadata_fills_book_toml(tmp_path: Path) -> None:
    """Title, subtitle, authors however they are written, language and date."""
    import_book(SOURCES / "quarto", tmp_path / "quarto")
    import_book(SOURCES / "long.md", tmp_path / "long")
    book = tomllib.loads((tmp_path / "quarto/book.toml").read_text("utf-8"))["book"]
    assert (book["title"], book["subtitle"]) == ("Rivers: a reader", "Water and numbers")
    assert book["authors"] == ["Ines Duarte", "Hale, Tom"]
    assert (book["language"], book["date"].isoformat()) == ("en-GB", "2025-03-01")
    book = tomllib.loads((tmp_path / "long/book.toml").read_text("utf-8"))["book"]
    assert (book["authors"], book["date"].isoformat()) == (
        ["Olaf Brandt", "Rita Lund"],
        "1999-05-03",
    )


def test_links_lead_to_the_new_files(tmp_path: Path) -> None:
    """By file, by anchor, by a tool's own names; what leads nowhere is text, and told."""
    for name in ("mdbook", "quarto", "obsidian", "jekyll", "long.md"):
        import_book(SOURCES / name, tmp_path / name)
    texts = {name: " ".join(chapters_of(tmp_path / name).values()) for name in MARKS}
    assert "[about fire](04-fire.md#the-first-hour)" in texts["mdbook"]
    assert "[mix](03-bricks.md#mortar)" in texts["mdbook"]
    assert "and nothing." in texts["mdbook"]
    assert "[A map of the upper valley](#fig-map)" in texts["quarto"]
    assert "[Cold springs](03-springs.md#sec-springs)" in texts["quarto"]
    assert "[the low tide](03-harbour.md#low-tide)" in texts["obsidian"]
    assert "[rye](03-rye.md), [first](06-first" in texts["jekyll"]
    assert "[snow](02-snow.md)" in texts["long.md"]
    assert "missing.md" in (tmp_path / "mdbook/IMPORT.md").read_text("utf-8")


def test_private_remarks_are_never_carried_over(tmp_path: Path) -> None:
    """Not into a chapter, and not into the list; that there was one is said."""
    import_book(SOURCES / "obsidian", tmp_path / "book")
    everything = " ".join(path.read_text("utf-8") for path in (tmp_path / "book").rglob("*.md"))
    assert "landlord" not in everything
    assert "A private remark of 1 line" in everything


def test_listings_keep_their_letters(tmp_path: Path) -> None:
    """Marks within code are no marks; what mdBook hides is hidden."""
    import_book(SOURCES / "mdbook", tmp_path / "book")
    text = chapters_of(tmp_path / "book")["03-bricks.md"]
    assert "```rust\nlet bricks = 12; // {{#include}} is not read here: {{#include x}}\n```" in text


def mill(folder: Path, text: str) -> tuple[str, list[str]]:
    """An mdBook of one chapter, imported: the chapter, and what was lost."""
    (folder / "mill/src").mkdir(parents=True)
    said = '[book]\ntitle = "T"\nauthors = ["A"]\nlanguage = "en"\n'
    (folder / "mill/book.toml").write_text(said)
    (folder / "mill/src/SUMMARY.md").write_text("- [The mill](a.md)\n")
    (folder / "mill/src/a.md").write_text(f"# The mill\n\n{text}")
    made = import_book(folder / "mill", folder / "book")
    return chapters_of(folder / "book")["01-the-mill.md"], [one.message for one in made.losses]


def test_what_is_not_taken_in_leaves_nothing_behind(tmp_path: Path) -> None:
    """Neither in the text nor in code: a number there would be read as the author's."""
    text, lost = mill(tmp_path, "It burned. {{#include no.md}}\n\n```\na{{#include no.rs}}b\n```\n")
    assert text == "# The mill\n\nIt burned. \n\n```\nab\n```\n"
    assert len(lost) == 2


def test_a_link_to_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    """It leads to the chapter's head; a place that is there is nothing to tell."""
    text, lost = mill(tmp_path, "See [x](a.md#no), [y](a.md#fire).\n\n## Fire\n")
    assert "[x](01-the-mill.md), [y](#fire)" in text
    assert [one for one in lost if "a.md#no" in one] == lost != []


def test_boxes_of_mdbooks_preprocessor_are_boxes(tmp_path: Path) -> None:
    """With their kind, their title, and what stands in them as it was."""
    box = '```admonish warning title="Of dates"\nOne.\n\n    code\n```\n\n```admonish\nTwo.\n```\n'
    text, lost = mill(tmp_path, box)
    assert "> [!WARNING] Of dates\n> One.\n>\n>     code\n" in text
    assert "> [!NOTE]\n> Two." in text
    assert lost == []


def test_each_loss_has_its_line(tmp_path: Path) -> None:
    """The line that is named holds the place."""
    made = import_book(SOURCES / "quarto", tmp_path / "book")
    cited = next(loss for loss in made.losses if "citation" in loss.message)
    path, _, line = cited.place.rpartition(":")
    assert cited.source == "springs.qmd"
    assert "knuth84" in (tmp_path / "book" / path).read_text("utf-8").split("\n")[int(line) - 1]


def test_code_between_backticks_is_what_the_parser_takes_for_it() -> None:
    """It goes over a line's end, not over a paragraph's; a backtick behind a backslash is none."""
    found = [*stretches("a `b\nc` \\`d `` e`f `` `g\n\nh`")]
    assert [part for code, part in found if code] == ["`b\nc`", "`` e`f ``"]
    assert "".join(part for _, part in found) == "a `b\nc` \\`d `` e`f `` `g\n\nh`"


def test_code_in_what_was_lost_stays_code() -> None:
    """In ``IMPORT.md``, which is Markdown: no backslash stands before its backticks."""
    losses = [Loss("`a_b` was *not* known.", "chapters/01.md:3")]
    assert "`chapters/01.md:3`: `a_b` was \\*not\\* known." in page("x", "Word", Counts(), losses)


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    """Nothing in it is touched."""
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ImportFailedError, match="not an empty folder"):
        import_book(SOURCES / "mdbook", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_nothing_outside_the_source_is_read(tmp_path: Path) -> None:
    """Not by a link, not by a path, not by an include."""
    (tmp_path / "secret.md").write_text("# Secret\n\nhidden words\n")
    (tmp_path / "secret.svg").write_text("<svg><!-- hidden words --></svg>")
    source = tmp_path / "source"
    (source / "src").mkdir(parents=True)
    (source / "book.toml").write_text('[book]\ntitle = "T"\n')
    (source / "src/SUMMARY.md").write_text("- [A](a.md)\n- [B](b.md)\n- [C](../../secret.md)\n")
    (source / "src/b.md").symlink_to(tmp_path / "secret.md")
    (source / "src/a.md").write_text(
        "# A\n\n{{#include ../../secret.md}}\n\n![x](../../secret.svg) ![y](link.svg)\n"
        f"![z]({tmp_path}/secret.svg)\n"
    )
    (source / "src/link.svg").symlink_to(tmp_path / "secret.svg")
    made = import_book(source, tmp_path / "book")
    everything = b" ".join(made.files.values())
    assert b"hidden" not in everything
    assert made.counts.pictures == 0
    assert len(made.losses) >= 6


def test_what_would_never_end_is_refused_or_noted(tmp_path: Path) -> None:
    """Notes that embed each other, and a pipe where a file should be."""
    import os

    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    (tmp_path / "vault/a.md").write_text("one ![[b]]\n")
    (tmp_path / "vault/b.md").write_text("two ![[a]]\n")
    os.mkfifo(tmp_path / "vault/c.md")
    made = import_book(tmp_path / "vault", tmp_path / "book")
    assert any("embeds itself" in loss.message for loss in made.losses)
    assert any(loss.source == "c.md" for loss in made.losses)


def test_what_takes_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source of any bytes, which some pattern of ours may look through for ever."""
    monkeypatch.setattr("book.imports.SECONDS", 1)
    monkeypatch.setattr("book.imports.imported", lambda *_: re.match("(a+a+)+b", "a" * 60))
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    with pytest.raises(ImportFailedError, match="more than 1 seconds"):
        import_book(tmp_path / "a.md", tmp_path / "book")
    assert not (tmp_path / "book").exists()
    assert signal.getsignal(signal.SIGPROF) is signal.SIG_DFL


def test_words_are_counted_in_even_time() -> None:
    """Comments, notes and tags that never end among them."""
    for piece in ("<!-- ", "[^", "][^", "<a ", "{", "](<"):
        begun = time.process_time()
        words_of(piece * 50_000)
        assert time.process_time() - begun < 2, piece


def test_the_command_says_what_was_made(tmp_path: Path) -> None:
    """Losses on the standard error, the count and the next step on the standard output."""
    command = ["import", str(SOURCES / "mdbook"), str(tmp_path / "book")]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0
    assert done.stdout.startswith("mdBook: 7 chapters, ")
    assert "missing.md" in done.stderr
    again = CliRunner().invoke(app, command)
    assert again.exit_code == 1
    assert "is not an empty folder" in again.stderr


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    one = import_book(SOURCES / "obsidian", tmp_path / "one")
    two = import_book(SOURCES / "obsidian", tmp_path / "two")
    assert one.files == two.files


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("See the table, to which I do refer.", "en"),
        ("Der Bericht ist kurz.", "de"),
        ("To jest most, ale nie ma się dokąd iść z miasta.", "pl"),
        ("Att det är en bro i byn.", "sv"),
    ],
)
def test_the_language_of_a_short_text_is_guessed(text: str, language: str) -> None:
    """Words that are English as well tell nothing of another language."""
    assert guessed(text) == language
