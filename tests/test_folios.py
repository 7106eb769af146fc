"""Folios and running heads come from the theme's own rules, and depend on what these ask for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from book.build import build
from book.render.pdf import folios
from book.render.pdf.draft.margins import heard_levels
from book.render.pdf.engine import typeset
from book.render.pdf.jobs import set_all
from book.render.pdf.record import FolioJob
from tests.conftest import Lay
from tests.pieces import CSS, PROSE, made
from tests.volumes import Printed, set_book

HEADS = """
@page :left { @top-left { content: counter(page) } @top-right { content: string(book) } }
@page :right { @top-left { content: string(part) } @top-right { content: counter(page) } }
@page :first { @top-left { content: "begins" } }
@page wide { @bottom-center { content: "a wide page" } }
p { string-set: book content() } h2 { string-set: part content() }
"""
#: A rule that asks for the place of a page, and that no page is chosen by.
COUNTS = "@page :nth(999) { margin: 0 }"
LEAVES = "".join(
    f'<div class="folio-leaf" style="break-before: page; page: {name}">{inside}</div>'
    for name, inside in [
        ("auto", "<p>The Book</p>"),
        ("auto", "<h2>One</h2>"),
        ("wide", ""),
        ("auto", "<h2>Two</h2>"),
        ("auto", ""),
        ("wide", ""),
    ]
)


def pages_of(css: str, root: Path) -> list[bytes]:
    """The leaves set with ``css``."""
    html = f'<html lang="en"><head><title>-</title></head><body>{LEAVES}</body></html>'
    return [one.data for one in typeset.folios(FolioJob(html, CSS + css, (), str(root), skip=0))]


class TestStylesOfPages:
    def test_pages_that_share_styles_are_the_same_as_pages_that_do_not(
        self, tmp_path: Path
    ) -> None:
        """A rule for a page that is not there has each page's styles made for itself."""
        shared, own = pages_of(HEADS, tmp_path), pages_of(HEADS + COUNTS, tmp_path)
        assert len(shared) == 6
        assert shared == own

    def test_text_is_the_same_too(self, tmp_path: Path) -> None:
        """With margins that change from page to page."""
        css = "@page :left { margin: 20mm 12mm } @page :first { margin-top: 60mm }"
        body = f"<p>{PROSE * 90}</p>"
        shared, own = (made(tmp_path, body, css=css + more).read_bytes() for more in ("", COUNTS))
        assert shared == own

    def test_a_rule_may_ask_for_a_place(self, tmp_path: Path) -> None:
        """Then its page is not like others of its name and side."""
        fourth = "@page :nth(4) { @bottom-left { content: 'the fourth' } }"
        before, after = pages_of(HEADS, tmp_path), pages_of(HEADS + fourth, tmp_path)
        assert [one == other for one, other in zip(before, after, strict=True)] == [
            place != 3 for place in range(6)
        ]


class TestRunningHeads:
    def test_a_theme_may_ask_for_sections(self, tmp_path: Path, lay: Lay) -> None:
        """A page's section is the first that begins on it, else the last that began before."""
        rules = (
            '@page { @bottom-left { content: "[" string(section) "]" } }'
            "h2 { string-set: section content() }"
        )
        lay(tmp_path, {"styles/print.css": rules})
        sections = "\n\n".join(f"## Part {part}\n\n{PROSE * 60}" for part in ("one", "two"))
        printed = set_book(tmp_path, {"01-a": f"# A\n\n{PROSE}\n\n{sections}"})
        heads = [re.findall(r"\[(.*?)\]", printed.pages[page]) for page in printed.chapters["A"]]
        begins = [page for page in printed.chapters["A"] if "Part two" in text_of(printed, page)]
        first = printed.chapters["A"].index(begins[0])
        assert first > 1
        assert heads == [["Part one"]] * first + [["Part two"]] * (len(heads) - first)

    @pytest.mark.parametrize(
        ("css", "levels"),
        [
            ("h1 { string-set: chapter content() } h2 { color: red }", {1}),
            (".x h2, header > h3 { string-set: part content() }", {2, 3}),
            ("@media print { section { h4 { counter-increment: part } } }", {4}),
            (".running-book, h2.special, #h3 { string-set: book content() }", set()),
            ("@page { counter-reset: page 3 }", set()),
            ("body > * { string-set: part content() }", {1, 2, 3, 4, 5, 6}),
            ("h1:not(h2) { string-set: part content() }", {1, 2, 3, 4, 5, 6}),
            (".x { &:first-child { position: running(head) } }", {1, 2, 3, 4, 5, 6}),
            ("@import 'heads.css';", {1, 2, 3, 4, 5, 6}),
        ],
    )
    def test_folios_depend_on_headings_that_a_theme_may_ask_for(
        self, css: str, levels: set[int]
    ) -> None:
        """On all of them where a selector is too much to tell."""
        assert heard_levels(css) == levels


class TestBackgrounds:
    def test_what_is_behind_a_page_stays_behind_its_text(self, tmp_path: Path, lay: Lay) -> None:
        """Of the page, of the document, and of its body: folios are laid upon the text."""
        css = (
            "@page { background: #cde } @page :right { background: #dec }\n"
            "html { background: #ecd } body { background: #fed }\n"
            "@page :first { @bottom-right { content: 'below' } }\n"
        )
        toml = '[book]\ntitle = "T"\nauthors = ["A B"]\nlanguage = "en"\n'
        book = {"book.toml": toml, "styles/print.css": css, "chapters/01.md": f"# A\n\n{PROSE * 9}"}
        (written,) = build(lay(tmp_path, book), ["pdf"]).written
        with pypdfium2.PdfDocument(written.path) as document:
            number = next(
                at
                for at, page in enumerate(document)
                if PROSE[:20] in page.get_textpage().get_text_range()
            )
            drawn = document[number].render().to_pil().convert("L")
        wide, high = drawn.size
        text = drawn.crop((0, high // 3, wide, high * 2 // 3))
        foot = drawn.crop((wide // 2, high * 4 // 5, wide, high))
        assert text.getextrema()[0] < 90
        assert foot.getextrema()[0] < 90
        assert drawn.getpixel((3, 3)) < 250


class TestNumbersThatMove:
    def test_pages_behind_have_folios_that_were_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """When a chapter grows by two pages, those behind need new folios only at its ends."""
        long = "\n\n".join(f"## Part {part}\n\n{PROSE * 30}" for part in range(20))
        book = {"01-a": f"# A\n\n{PROSE}", "02-b": f"# B\n\n{long}", "03-c": "# C\n\nEnd."}
        set_book(tmp_path, book)
        asked: list[int] = []

        def counting(jobs: Any, kept: Any, finished: Any) -> None:
            jobs = list(jobs)
            asked.extend(len(names) for names, _ in jobs)
            set_all(jobs, kept, finished)

        monkeypatch.setattr(folios, "set_all", counting)
        printed = set_book(tmp_path, book | {"01-a": f"# A\n\n{PROSE * 60}"})
        assert len(printed.chapters["A"]) == 4
        assert len(printed.chapters["B"]) > 10
        # The first page of a chapter, and the last two, have numbers that were none of theirs.
        assert sum(asked) <= 4 + 3


def text_of(printed: Printed, page: int) -> str:
    """A page's text without what the theme puts at its foot."""
    return printed.pages[page].split("[")[0]
