"""No style sheet ends a build: what can't be set is a finding at its place, all else is set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book.build import build, check
from book.model import Finding
from book.theme import theme
from tests.conftest import Lay
from tests.hostilesheets import BOOK, SHEETS
from tests.judges import pdftext

#: What findings about style sheets are called.
_CODES = {"S003", "S004", "T004"}


def laid(tmp_path: Path, lay: Lay, name: str, css: str) -> Path:
    return lay(tmp_path, {**BOOK, f"styles/{name}": css})


def about_styles(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.code, str(one.place)) for one in findings if one.code in _CODES]


class TestPlaces:
    """Each finding names the sheet's own file, line and column."""

    @pytest.mark.parametrize(
        ("css", "place"),
        [
            ("p { color: red }\n}\nh1 { color: red }", "2:1"),
            ("p { color: red }\n\n  h1 { color: ); margin: 0 }", "3:8"),
            ("/* a comment\n of two lines */ p { a: 'x\n' }", "2:22"),
            ("@page {\n  @footnote {\n    margin: 1e9mm;\n  }\n}", "3:5"),
            ("p { width: " + "(" * 1500, "1:1"),
            ("h1 {}\n:is(" * 40 + "p" + ")" * 40 + "{}", "2:1"),
            ("p { --a: var(--b);\n --b: var(--a) }", "1:5"),
            ("@import 'more.css';", "1:1"),
            ("p {}\n{ color: red }", "2:1"),
            *((f"@x y;\n /* a */ {sign}\n\n", "2:10") for sign in ("}", ";", '"', "@", ":not(p")),
            ("p {}\nh1,\nh2,\n\nh3\n", "2:1"),
            ("@page { size: 10000mm }", "1:9"),
        ],
    )
    def test_what_is_no_css_is_left_out_alone(
        self, tmp_path: Path, lay: Lay, css: str, place: str
    ) -> None:
        """It is said where it stands, comments and lines counted as the author sees them."""
        look, findings = theme.load(laid(tmp_path, lay, "print.css", css))
        assert about_styles(findings)[0] == ("S003", f"styles/print.css:{place}")
        assert "))))))))" not in look.css("print")

    def test_what_is_right_beside_it_is_used(self, tmp_path: Path, lay: Lay) -> None:
        """A declaration that is left out takes neither its rule nor its neighbours with it."""
        css = "p { color: ); margin: 1pt }\n}\nh1 { x: y }\nh2 { padding: 2pt }"
        look, _ = theme.load(laid(tmp_path, lay, "print.css", css))
        own = "".join(rule.text for rule in look.rules("print"))
        assert re.search(r"p \{\s+margin: 1pt", own)
        assert "padding: 2pt" in own

    def test_properties_that_a_later_sheet_sets_again_are_no_circle(
        self, tmp_path: Path, lay: Lay
    ) -> None:
        """Ours make --measure from --size; a book may do it the other way around."""
        css = ":root { --measure: 90mm; --size: calc(var(--measure) / 30) }"
        assert not theme.load(laid(tmp_path, lay, "tokens.css", css))[1]

    def test_check_and_build_say_the_same(self, tmp_path: Path, lay: Lay) -> None:
        """Unknown properties, rules that fail and stray signs: at the same places."""
        css = "p { colr: red }\nli { width: round(1px, 0px) }\nh2 { color: ) }\nh3 { color: red }"
        book = laid(tmp_path, lay, "print.css", css)
        checked = about_styles(check(book))
        result = build(book, ["pdf"])
        assert about_styles(result.findings) == checked
        assert checked == [
            ("T004", "styles/print.css:1:5"),
            ("S004", "styles/print.css:2:1"),
            ("S003", "styles/print.css:3:6"),
        ]
        assert "last paragraph" in "".join(pdftext.pages(result.written[0].path))

    def test_mistakes_in_an_ebooks_sheet_are_told(self, tmp_path: Path, lay: Lay) -> None:
        """What no reader knows, within conditions too; what browsers know is no mistake."""
        css = (
            "p { colr: red; text-wrap: balance; -epub-hyphens: auto; width: 10vw }\n"
            "@media (prefers-color-scheme: dark) {\n p { color: redd; display: ruby } }\n"
            "h1 { margin: 1rm; color: CanvasText; position: sticky }"
        )
        assert about_styles(check(laid(tmp_path, lay, "epub.css", css))) == [
            ("T004", "styles/epub.css:1:5"),
            ("T004", "styles/epub.css:3:6"),
            ("T004", "styles/epub.css:4:6"),
        ]


class TestFailing:
    """What the typesetter can't do."""

    @pytest.mark.parametrize(
        ("name", "css"),
        [
            ("print.css", "h2 { color: red }\np { width: round(1px, 0px) }"),
            ("print.css", "h2 { color: red }\n@page { @footnote { column-count: 2 } }"),
            ("handout.css", "h2 { color: red }\nsection { height: 900mm }"),
        ],
    )
    def test_is_named(self, tmp_path: Path, lay: Lay, name: str, css: str) -> None:
        """The rule, and no other; the output is there."""
        kind = name.removesuffix(".css").replace("print", "pdf")
        result = build(laid(tmp_path, lay, name, css), [kind])
        assert ("S004", f"styles/{name}:2:1") in about_styles(result.findings)
        assert [one.name for one in result.written] == [kind]
        assert not any(one.place.line == 1 for one in result.findings if one.code == "S004")

    def test_a_rule_that_only_a_chapter_meets(self, tmp_path: Path, lay: Lay) -> None:
        """The specimen has no such class; the chapter fails, and the rule is found by it."""
        css = "h2 { color: red }\n.odd { width: round(1px, 0px) }"
        files = {"chapters/02.md": "# Two\n\n<div class='odd'>Text.</div>\n"}
        book = lay(laid(tmp_path, lay, "print.css", css), files)
        result = build(book, ["pdf"])
        assert about_styles(result.findings) == [("S004", "styles/print.css:2:1")]
        assert result.written

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("name", "css"), SHEETS[6::24], ids=[css[:40] for _, css in SHEETS[6::24]]
    )
    def test_some_of_the_sheets(self, tmp_path: Path, lay: Lay, name: str, css: str) -> None:
        """Sheets of a line or two: none raises, and all outputs are there."""
        self._none_stops(laid(tmp_path, lay, name, css), name)

    @pytest.mark.exhaustive
    @pytest.mark.parametrize(("name", "css"), SHEETS, ids=[css[:40] for _, css in SHEETS])
    def test_all_of_the_sheets(self, tmp_path: Path, lay: Lay, name: str, css: str) -> None:
        """Two hundred and sixty sheets, by hand, since they take twenty minutes."""
        self._none_stops(laid(tmp_path, lay, name, css), name)

    def _none_stops(self, book: Path, name: str) -> None:
        kinds = {"print.css": ["pdf"], "handout.css": ["handout"], "epub.css": ["epub"]}
        result = build(book, kinds.get(name, []))
        assert result.written, result.findings
