"""Letters that no font of the book has."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest

from book.base.fonts import covered, faces
from book.build import build, check
from book.checks import letters, slanted
from tests.conftest import Lay
from tests.judges import pdftext

SETTINGS = '[book]\ntitle = "A"\nauthors = ["B"]\nlanguage = "en"\n'
SATO = '[people.sato]\nname = "{name}"\nabout = "{about}"\n'


class TestALetterWithoutAFont:
    """It never keeps a book from being built, wherever it stands."""

    @pytest.mark.parametrize(
        ("files", "place"),
        [
            (
                {"chapters/01.md": '# One\n\n[May](when:1943-05-01 "Tokyo (Ժ) decides") it.\n'},
                "chapters/01.md:3:31",
            ),
            (
                {
                    "book.toml": SATO.format(name="Սաթո, Naotake", about="ambassador"),
                    "chapters/01.md": "# One\n\n[Him](who:sato).\n",
                },
                "book.toml:6:9",
            ),
            ({"chapters/01.md": "# One Ժ\n\nText.\n"}, "chapters/01.md:1:7"),
            ({"chapters/01.md": "# One\n\nText &#x53A;.\n"}, "chapters/01.md"),
        ],
    )
    def test_in_what_the_book_draws_up(
        self, tmp_path: Path, lay: Lay, files: dict[str, str], place: str
    ) -> None:
        """A date's sentence, a name, a title: the finding is where it was written."""
        files["book.toml"] = SETTINGS + files.get("book.toml", "")
        result = build(lay(tmp_path, files))
        assert [one.name for one in result.written] == ["pdf", "epub", "handout"], result.findings
        assert {one.code for one in result.findings} <= {"G001", "T004"}
        assert place in {str(one.place) for one in result.findings if one.code == "G001"}


class TestAScriptWithoutAFont:
    """One finding a script, in a check as in a build."""

    TEXT = "# One\n\nשלום עולם וברכה, and 東京 with かな.\n\nMore שלום.[^a]\n\n[^a]: ← שלום →\n"

    @pytest.fixture(autouse=True)
    def _no_packages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("book.theme.typefaces.packaged", lambda: ())

    def test_is_said_once(self, tmp_path: Path, lay: Lay) -> None:
        """How many letters of how many kinds, where first, in how many files, what to do."""
        files = {"book.toml": SETTINGS, "chapters/01.md": self.TEXT, "chapters/02.md": self.TEXT}
        found = [one for one in check(lay(tmp_path, files)) if one.code == "G001"]
        assert [one.message.partition(":")[0] for one in found] == [
            "No font of the book has Hebrew letters",
            "No font of the book has Chinese and Japanese letters",
        ]
        assert "42 of 9 kinds" in found[0].message
        assert "in 2 files" in found[0].message
        assert {str(one.place) for one in found} == {"chapters/01.md:3:1", "chapters/01.md:3:22"}
        assert "chapbook[hebrew]" in found[0].hint

    def test_build_says_the_same(self, tmp_path: Path, lay: Lay) -> None:
        """And no more: the typesetter's own words for each letter are not repeated.

        Both standards forbid empty boxes, so the files don't say that they keep them.
        """
        asks = '[handout]\nquestions = ["ש"]\n'
        book = lay(tmp_path, {"book.toml": SETTINGS + asks, "chapters/01.md": self.TEXT})
        result = build(book, ["pdf", "handout"])
        assert result.findings == check(book)
        data = [one.path.read_bytes() for one in result.written]
        assert [b"<pdfuaid:part>" in one or b"<pdfaid:part>" in one for one in data] == [False] * 2

    def test_what_our_fonts_have_is_no_finding(self, tmp_path: Path, lay: Lay) -> None:
        """Latin with all its accents, in one character or two; Greek, Cyrillic; common signs."""
        text = (
            "# Ołówek\n\ne\u0301 ȳ y\u0304 Żółw ὁ λόγος, Москва — “…” ½ № € × → ₂ \u2009\u00ad.\n"
        )
        book = lay(tmp_path, {"book.toml": SETTINGS, "chapters/01.md": text})
        assert [one.message for one in check(book) if one.code == "G001"] == []

    def test_what_is_taken_for_sure_is(self) -> None:
        """The letters for which no font is asked are in one."""
        assert set(map(ord, letters._SURE)) - {9, 10} <= covered()

    def test_what_is_taken_for_sure_of_italics_is(self) -> None:
        """The letters for which no italic is asked are in each of our own."""
        families = {one.family for one in faces() if one.style == "italic"}
        for family in families:
            assert (slanted.italic_letters(family, ()) or set()) >= slanted._SURE, family

    def test_a_font_of_the_books_own_has_its_letters(self, tmp_path: Path, lay: Lay) -> None:
        """One that a sheet names; the same file, not named, has none to give."""
        font = pack(chr(0x6771))
        css = '@font-face { font-family: "Own"; src: url(own.otf) }\nbody { font-family: "Own" }'
        book = lay(
            tmp_path,
            {
                "book.toml": SETTINGS,
                "chapters/01.md": "# One\n\n東 is the east.\n",
                "styles/own.otf": font,
            },
        )
        assert [one.code for one in check(book)] == ["G001"]
        assert check(lay(book, {"styles/print.css": css})) == ()


def pack(letter: str) -> bytes:
    """A font with one letter, drawn as our A."""
    from fontTools.ttLib import TTFont

    out = io.BytesIO()
    with TTFont(faces()[0].path) as font:
        for table in font["cmap"].tables:
            table.cmap = {ord(letter): "A"}
        font.save(out)
    return out.getvalue()


def test_a_letter_in_parts_takes_nothing_from_others(tmp_path: Path, lay: Lay) -> None:
    """Our fonts have y and a macron, but not both in one; a later y is y for whoever searches."""
    text = "# One\n\nOlȳmpiadis ȳ Olympiadis.\n\nȳ and my yes: ȳ Olympiadis, é, ễ and e.\n"
    result = build(lay(tmp_path, {"book.toml": SETTINGS, "chapters/01.md": text}), ["pdf"])
    printed = "".join(pdftext.pages(result.written[0].path))
    read = unicodedata.normalize("NFC", printed.lower())
    assert "olȳmpiadis ȳ olympiadis." in read
    assert "ȳ and my yes: ȳ olympiadis, é, ễ and e." in read


def test_a_form_feed_ends_no_line(clean_book: Path) -> None:
    """Lines are counted as editors count them."""
    (clean_book / "chapters" / "01-ankara.md").write_text(
        "# A\n\nA\x0cb\x85c \U0003176b\n", "utf-8"
    )
    places = [one.place for one in check(clean_book) if one.code == "G001"]
    assert [(place.line, place.column) for place in places] == [(3, 7)]
