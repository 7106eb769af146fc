"""What the checks find beyond the cases of ``tests/findings``."""

from __future__ import annotations

import io
from pathlib import Path

import pyphen
import pytest
from PIL import Image

from book import checks
from book.build import check, read
from book.checks.metadata import UNDIVIDED
from book.checks.pictures import flaw
from book.model import Finding
from tests.conftest import Lay

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def findings(book: Path, lay: Lay, text: str) -> list[Finding]:
    """What ``check`` finds in the clean book with another chapter."""
    return list(check(lay(book, {"chapters/03-berlin.md": text})))


def picture(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(data, kind)
    return data.getvalue()


def test_there_is_one_check_for_each_code_that_no_step_before_gives() -> None:
    every = (*checks.CHECKS, *checks.TYPED, *checks.NAMED)
    codes = {str(one.__doc__)[:4] for one in every}
    assert len(codes) == len(every)
    assert codes == {
        "M004", "M014", "H001", "H002", "H003", "H006", "H007", "N002", "L001", "L002", "L003",
        "I001", "I002", "I003", "P001", "P002", "P003", "P004", "B006", "B007", "B008", "B009",
        "D003", "D004", "D005", "W001", "W002", "W003", "W004", "A001", "A002", "A003",
    }  # fmt: skip


class TestHeadings:
    def test_a_title_in_the_front_matter_is_one(self, clean_book: Path, lay: Lay) -> None:
        assert findings(clean_book, lay, "---\ntitle: Berlin\n---\n\nAll is well.\n") == []

    def test_levels_may_rise_by_any_number(self, clean_book: Path, lay: Lay) -> None:
        text = "# Berlin\n\n## A\n\n### B\n\n#### C\n\n## D\n\nAll is well.\n"
        assert findings(clean_book, lay, text) == []


class TestLinks:
    @pytest.mark.parametrize(
        "link",
        [
            "02-moscow.md",
            "02-moscow.md#answer",
            "#the-night",
            "./02-moscow.md",
            "mailto:a@b.c",
        ],
    )
    def test_a_link_to_what_is_there_is_right(self, clean_book: Path, lay: Lay, link: str) -> None:
        text = f"# Berlin\n\n## The night\n\nSee [there]({link}).\n"
        assert findings(clean_book, lay, text) == []

    def test_the_places_of_a_chapter_are_listed_if_none_is_near(
        self, clean_book: Path, lay: Lay
    ) -> None:
        (finding,) = findings(clean_book, lay, "# Berlin\n\n[There](02-moscow.md#xyz).\n")
        assert finding.hint == "The places there are `answer`."

    def test_an_anchor_of_another_chapter_is_shown_with_its_file(
        self, clean_book: Path, lay: Lay
    ) -> None:
        """One that a single chapter has; the whole address can be copied."""
        lay(
            clean_book,
            {"chapters/02-moscow.md": "# Moscow\n\n## Answer {#answer}\n\nAll is well.\n"},
        )
        (found,) = findings(clean_book, lay, "# Berlin\n\nSee [there](#answer).\n")
        assert found.code == "L002"
        assert found.hint == (
            "It stands in 02-moscow.md, and the link leads there: write `02-moscow.md#answer`."
        )
        book, _ = read(clean_book)
        assert book is not None
        (berlin,) = (one for one in book.chapters if one.title == "Berlin")
        assert [one.target for one in berlin.references] == ["c02-moscow.answer"]


class TestProse:
    def test_code_ends_with_its_paragraph_at_the_latest(self, clean_book: Path, lay: Lay) -> None:
        """A lone backtick hides no paragraphs from the checks of words up to the next one."""
        text = "# Berlin\n\nThe key ` is rare.\n\nIt is the the end.\n\nThe key ` again.\n"
        found = findings(clean_book, lay, text)
        assert [one.code for one in found if one.code[0] == "W"] == ["W001"]
        text = "# Berlin\n\nIt is `the the\nthe the` end.\n"
        assert findings(clean_book, lay, text) == []


class TestImages:
    @pytest.mark.parametrize("name", ["%00.svg", "a" * 300 + ".svg", "images/../../book.toml.svg"])
    def test_names_that_no_file_can_have_are_findings(
        self, clean_book: Path, lay: Lay, name: str
    ) -> None:
        (finding,) = findings(clean_book, lay, f"# Berlin\n\n![A]({name})\n")
        assert finding.code in {"I001", "I002"}

    def test_a_data_address_is_no_file(self, clean_book: Path, lay: Lay) -> None:
        text = "# Berlin\n\n![A](data:image/png;base64,AAAA)\n"
        assert [one.code for one in findings(clean_book, lay, text)] == ["I002"]


class TestPictures:
    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            ("PNG", "a.png"),
            ("JPEG", "a.JPG"),
            ("JPEG", "a.jpeg"),
            ("GIF", "a.gif"),
            ("WEBP", "a.webp"),
        ],
    )
    def test_what_books_can_hold_is_right(self, tmp_path: Path, kind: str, name: str) -> None:
        path = tmp_path / name
        path.write_bytes(picture(kind))
        assert not flaw(path.read_bytes()).code

    @pytest.mark.parametrize("kind", ["TIFF", "BMP", "AVIF", "PNG"])
    def test_what_it_is_counts_and_not_its_name(self, tmp_path: Path, kind: str) -> None:
        """Others are made into one of these."""
        path = tmp_path / "a.jpg"
        path.write_bytes(picture(kind))
        assert not flaw(path.read_bytes()).code

    def test_a_damaged_picture_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "a.png"
        path.write_bytes(picture("PNG")[:-20])
        assert flaw(path.read_bytes()).code == "I004"

    @pytest.mark.parametrize(
        "inner",
        [
            '<a href="https://example.org/"><path d="M0 0"/></a>',
            '<use xlink:href="#a"/>',
            '<image href="data:image/png;base64,AAAA"/>',
            '<path fill="url(#a)" style="mask: url(&quot;#b&quot;)"/>',
            '<style>path { fill: url( "#a" ) }</style>',
        ],
    )
    def test_an_svg_may_refer_to_itself(self, tmp_path: Path, inner: str) -> None:
        path = tmp_path / "a.svg"
        path.write_text(SVG.format(inner))
        assert not flaw(path.read_bytes()).code

    @pytest.mark.parametrize(
        "inner",
        [
            "<script/>",
            '<path onclick="x"/>',
            '<image xlink:href="b.png"/>',
            '<a href="javascript:x"><path d="M0 0"/></a>',
            '<path fill="url(https://example.org/a)"/>',
            "<style>@import 'a.css'</style>",
            "<style>path { fill: url('//example.org/a') }</style>",
            "<style>path { fill: \\75rl(a) }</style>",
            '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml" onclick="x"/></foreignObject>',
        ],
    )
    def test_an_svg_may_neither_run_nor_fetch(self, tmp_path: Path, inner: str) -> None:
        path = tmp_path / "a.svg"
        path.write_text(SVG.format(inner))
        assert flaw(path.read_bytes()).code == "I005"

    @pytest.mark.parametrize(
        "before",
        [
            '<?xml-stylesheet href="a.css"?>',
        ],
    )
    def test_nor_may_what_stands_before_it(self, tmp_path: Path, before: str) -> None:
        path = tmp_path / "a.svg"
        path.write_text(before + SVG.format(""))
        assert flaw(path.read_bytes()).code == "I005"

    def test_an_svg_may_have_entities(self, tmp_path: Path) -> None:
        """Drawing programs write them; one that reads a file is never read."""
        path = tmp_path / "a.svg"
        path.write_text('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("<text>&a;</text>"))
        assert not flaw(path.read_bytes()).code
        path.write_text(
            f'<!DOCTYPE svg [<!ENTITY a SYSTEM "{path}">]>' + SVG.format("<text>&a;</text>")
        )
        assert flaw(path.read_bytes()).code == "I004"

    def test_an_svg_must_be_one(self, tmp_path: Path) -> None:
        path = tmp_path / "a.svg"
        path.write_text("<svg/>")
        assert flaw(path.read_bytes()).code == "I004"


class TestPeople:
    def test_a_name_without_any_people_is_told_how_to_add_one(
        self, clean_book: Path, lay: Lay
    ) -> None:
        settings = (clean_book / "book.toml").read_text("utf-8").partition("[people")[0]
        (finding,) = check(lay(clean_book, {"book.toml": settings}))
        assert finding.code == "P001"
        assert "sato = {" in finding.hint


class TestCode:
    def test_code_over_a_lines_end_is_code(self, clean_book: Path, lay: Lay) -> None:
        """Nothing in it is prose, to whichever check."""
        text = '# Berlin\n\nWrite ``say `x` 12"\nthe`` and [``in `here` ``](https://example.org).\n'
        assert [one.code for one in findings(clean_book, lay, text)] == []


def test_languages_told_to_have_no_patterns_have_none() -> None:
    """When Pyphen gets some, they are used, and nothing is to be told."""
    known = {one.partition("_")[0] for one in pyphen.LANGUAGES}
    assert not UNDIVIDED & known
    assert {"de", "en", "pl"} <= known


def test_chapters_that_no_words_count_are_told_at_the_setting(clean_book: Path, lay: Lay) -> None:
    """B008, where the book asks for number words."""
    settings = (clean_book / "book.toml").read_text("utf-8").replace('"en"', '"la"', 1)
    book = lay(clean_book, {"book.toml": settings + '\n[numbering]\nchapters = "words"\n'})
    places = [str(one.place) for one in check(book) if one.code == "B008"]
    assert places == [f"book.toml:{settings.count(chr(10)) + 3}:1"]


def test_a_chapter_in_a_language_that_nobody_can_divide_is_told(clean_book: Path, lay: Lay) -> None:
    """Once for the language, at the first of them."""
    more = {f"chapters/9{at}.md": f"---\nlanguage: tr\n---\n# A{at}\n\nBir.\n" for at in (1, 2)}
    lay(clean_book, more)
    found = [(one.code, one.place.path) for one in check(clean_book) if one.code == "B009"]
    assert found == [("B009", "chapters/91.md")]
