"""What a chapter takes in from other files of the book's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.build import build, read
from book.model import Finding
from tests.conftest import Lay
from tests.epubs import TOML


def _taken(tmp_path: Path, lay: Lay, chapter: str, **files: str) -> tuple[str, list[Finding]]:
    """The body of the one chapter, and what is wrong; ``files`` end in ``.md``."""
    texts = {f"texts/{name}.md": text for name, text in files.items()}
    lay(tmp_path, {"book.toml": TOML, "chapters/1.md": f"# A\n\n{chapter}", **texts})
    book, findings = read(tmp_path)
    assert book is not None
    return book.chapters[0].body, list(findings)


@pytest.mark.parametrize(
    "asked", ["{{#include ../texts/one.md}}", "{{< include ../texts/one.md >}}"]
)
def test_a_file_is_read_where_it_is_named(tmp_path: Path, lay: Lay, asked: str) -> None:
    text = "---\ntitle: Not this\n---\nTaken *in*.\n"
    body, findings = _taken(tmp_path, lay, f"Above.\n\n{asked}\n\nBelow.\n", one=text)
    assert "<p>Taken <em>in</em>.</p>" in body
    assert "Not this" not in body
    assert findings == []


def test_lines_and_anchors_are_chosen(tmp_path: Path, lay: Lay) -> None:
    one = "First.\n\nSecond.\n\n<!-- ANCHOR: it -->\nThird.\n<!-- ANCHOR_END: it -->\n"
    text = "{{#include ../texts/one.md:3}}\n\n{{#include ../texts/one.md:it}}\n"
    body, findings = _taken(tmp_path, lay, text, one=one)
    assert "First" not in body
    assert "Second" in body
    assert "Third" in body
    assert findings == []


def test_it_stands_as_far_in_as_its_name(tmp_path: Path, lay: Lay) -> None:
    text = "- An item.\n\n  {{#include ../texts/one.md}}\n- Another.\n"
    body, _ = _taken(tmp_path, lay, text, one="Its own.\n\nAnd more.\n")
    assert body.count("<li>") == 2
    assert body.index("And more") < body.index("Another")


def test_what_is_wrong_is_told_at_its_place_in_its_file(tmp_path: Path, lay: Lay) -> None:
    text = "Fine.[^here]\n\n  {{#include ../texts/one.md}}\n\nBad.[^gone]\n\n[^here]: Here.\n"
    _, findings = _taken(tmp_path, lay, text, one="Well.\n\nNot [there](no.md).\n")
    told = [f"{one.code} {one.place}" for one in findings]
    assert told == ["N001 chapters/1.md:7:5", "L001 texts/one.md:3:5"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("../texts/gone.md", "There is no file texts/gone.md"),
        ("../../outside.md", "There is no file ../outside.md"),
        ("1.md", "takes in itself"),
        ("../texts/one.md:nowhere", "no such part"),
    ],
)
def test_what_cannot_be_taken_in_is_told_once_and_seen(
    tmp_path: Path, lay: Lay, asked: str, said: str
) -> None:
    (tmp_path.parent / "outside.md").write_text("Secret.")
    body, findings = _taken(tmp_path, lay, f"{{{{#include {asked}}}}}\n", one="One.\n")
    assert [one.code for one in findings] == ["M016"]
    assert said in findings[0].message
    assert asked in body
    assert "Secret" not in body


def test_two_that_take_in_each_other_end(tmp_path: Path, lay: Lay) -> None:
    one, two = "One.\n\n{{#include two.md}}\n", "Two.\n\n{{#include one.md}}\n"
    body, findings = _taken(tmp_path, lay, "{{#include ../texts/one.md}}\n", one=one, two=two)
    assert [str(one.place) for one in findings] == ["texts/two.md:3:1"]
    assert "Two." in body


def test_a_few_small_files_do_not_become_a_library(tmp_path: Path, lay: Lay) -> None:
    """Each of which takes in the next ten times; a thousand files are taken in, no more."""
    chain = {f"texts/{n}.md": f"{{{{#include {n + 1}.md}}}}\n\n" * 10 for n in range(12)}
    lay(tmp_path, {**chain, "texts/12.md": "Word.\n"})
    body, findings = _taken(tmp_path, lay, "{{#include ../texts/0.md}}\n", one="")
    assert body.count("Word.") < 1000
    assert any("takes in too much" in one.message for one in findings)


def test_a_change_of_the_file_is_a_change_of_the_book(tmp_path: Path, lay: Lay) -> None:
    """Nothing that was kept stands for it."""
    _taken(tmp_path, lay, "{{#include ../texts/one.md}}\n", one="Before.\n")
    first = build(tmp_path, ("epub",)).written[0].path.read_bytes()
    assert build(tmp_path, ("epub",)).written[0].path.read_bytes() == first
    (tmp_path / "texts/one.md").write_text("Behind.\n")
    assert build(tmp_path, ("epub",)).written[0].path.read_bytes() != first
