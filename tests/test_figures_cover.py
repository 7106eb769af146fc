"""The cover: its title fits and can be read, and every event is on it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.base.data import replace
from book.figures import cover_svg, timeline
from book.figures.cover import _PALETTES
from book.theme.theme import load
from book.theme.typefaces import dressed
from tests.chronicles import EVENTS, SVG, chronicle, sentences, words


def titled(title: str) -> list[str]:
    """The lines of text on a cover, below the authors."""
    root = ET.fromstring(cover_svg(chronicle(title=title)))
    return [one.text or "" for one in root.iter(f"{SVG}text")][1:]


class TestCover:
    @settings(deadline=None, max_examples=40)
    @given(st.lists(words, min_size=1, max_size=14).map(" ".join), sentences)
    def test_the_title_fits(self, title: str, subtitle: str) -> None:
        """Every letter is there, and none crosses the margins."""
        book = chronicle(*EVENTS, title=title)
        table = replace(book.config.book, subtitle=subtitle)
        root = ET.fromstring(cover_svg(replace(book, config=replace(book.config, book=table))))
        lines = [one for one in root.iter(f"{SVG}text") if " " in one.get("x", "").strip()]
        for line in lines:
            assert float(line.get("x", "").split()[-1]) < 1600 - 60
        letters = re.sub(r"\s", "", "".join(one.text or "" for one in root.iter(f"{SVG}text")))
        assert re.sub(r"\s", "", title) in letters

    @pytest.mark.parametrize("title", ["Ο Μεσολαβητής", "Посредник", "Tea"])
    def test_greek_and_cyrillic_titles_are_large(self, title: str) -> None:
        """They are measured, not guessed: they fill most of the measure, or are very large."""
        root = ET.fromstring(cover_svg(chronicle(*EVENTS, title=title)))
        largest = max(float(one.get("font-size", 0)) for one in root.iter(f"{SVG}text"))
        assert largest > 200

    @pytest.mark.parametrize("title", ["הגשרים של הנהר", "جسور النهر", "नदी के पुल", "สะพาน"])
    def test_letters_that_are_joined_or_stacked_are_not_placed_one_by_one(self, title: str) -> None:
        """Else Hebrew stood reversed, Arabic unjoined, and vowels on dotted circles."""
        root = ET.fromstring(cover_svg(chronicle(*EVENTS, title=title)))
        lines = [one for one in root.iter(f"{SVG}text") if set(one.text or "") & set(title) - {" "}]
        assert "".join("".join(one.text or "" for one in lines).split()) == "".join(title.split())
        assert all(" " not in one.get("x", "") for one in lines)

    def test_a_hyphen_is_a_last_resort(self) -> None:
        """At a hyphen of its own, as if divided, the title breaks only if it fits no other way."""
        assert titled("The Go-Between")[:2] == ["The", "Go-Between"]
        assert not any(line.endswith("-") for line in titled("A Well-Known Man of the North"))
        long = titled("The Extraordinarily-Incomprehensible-Counterrevolutionary Affair")
        assert any(line.endswith("-") for line in long)

    def test_a_dash_does_not_begin_a_line(self) -> None:
        """A subtitle of years goes on behind its dash."""
        book = chronicle(*EVENTS, title="T")
        table = replace(book.config.book, subtitle=f"{'A long way to go ' * 3}60 BC – 1976")
        root = ET.fromstring(cover_svg(replace(book, config=replace(book.config, book=table))))
        lines = [one.text or "" for one in root.iter(f"{SVG}text")]
        assert not any(line.startswith("–") for line in lines)

    def test_every_event_is_on_it(self) -> None:
        """As a dot with a line."""
        root = ET.fromstring(cover_svg(chronicle(*EVENTS)))
        assert len(list(root.iter(f"{SVG}circle"))) == len(list(root.iter(f"{SVG}path"))) == 6

    def test_time_runs_as_the_language_does(self) -> None:
        """From right to left in Hebrew: dots, bars and feet stand there as turned over."""
        drawn = [self._axis(language) for language in ("en", "he")]
        (dots, feet, bars, years), turned = drawn
        assert turned[:3] == tuple([round(1600 - x, 2) for x in one] for one in (dots, feet, bars))
        assert dots == sorted(dots)
        assert years == sorted(years)
        assert turned[3] == sorted(turned[3], reverse=True)

    @staticmethod
    def _axis(language: str) -> tuple[list[float], ...]:
        """The places on the axis of dots, lines' feet, bars' beginnings and first and last year."""
        book = chronicle(*EVENTS, title="T")
        table = replace(book.config.book, language=language)
        root = ET.fromstring(cover_svg(replace(book, config=replace(book.config, book=table))))
        dots = [float(one.get("cx", "")) for one in root.iter(f"{SVG}circle")]
        feet = [float(one.get("d", "").split()[-2]) for one in root.iter(f"{SVG}path")]
        bars = [float(one.get("x1", "")) for one in list(root.iter(f"{SVG}line"))[1:]]
        told = [one for one in root.iter(f"{SVG}text") if one.get("text-anchor") == "middle"]
        return dots, feet, bars, [float(one.get("x", "")) for one in told]

    @pytest.mark.parametrize(
        ("told", "labels"),
        [
            ("1910-05-12 1911-21 1911-06-03", "1910 ... 1911 Apr May Jun"),
            (
                "1587-06-08 1611-10-23 1611-12-02 1614-03-02 1616-07-01 1617-02-03",
                "1587 ... 1611 1613 1614 1615 1616 1617",
            ),
            ("1910-12-20 1911-02-03 1911-05-03 1911-08-03", "1911 Apr Jul"),
            ("1911-01-25 1911-02-12 1911-03-02", "Jan 1911 Feb 11 21 Mar"),
            ("1943-09-10", "1943"),
        ],
    )
    def test_labels_are_of_their_years(self, told: str, labels: str) -> None:
        """Months stand behind their year, breaks are dotted, each stretch has its year."""
        root = ET.fromstring(cover_svg(chronicle(*((one, "A") for one in told.split()))))
        placed = [
            (float(one.get("x", "")), one.text or "")
            for one in root.iter(f"{SVG}text")
            if one.get("text-anchor") == "middle"
        ]
        dotted = [
            (float(one.get("x1", "")), "...")
            for one in root.iter(f"{SVG}line")
            if one.get("stroke-dasharray")
        ]
        assert " ".join(text for _, text in sorted(placed + dotted)) == labels

    def test_it_takes_the_pages_format(self) -> None:
        """A5, for the PDF: the units are the caller's, the shape is the page's."""
        root = ET.fromstring(cover_svg(chronicle(*EVENTS), width=148, height=210, unit="mm"))
        _, _, wide, high = map(float, root.get("viewBox", "").split())
        assert (root.get("width"), root.get("height")) == ("148mm", "210mm")
        assert high / wide == pytest.approx(210 / 148, abs=0.001)

    def test_a_book_without_events_has_a_cover(self) -> None:
        """Drawn from its chapters, or bare."""
        assert "Truce" in cover_svg(chronicle())

    @pytest.mark.parametrize("palette", _PALETTES)
    def test_colours_can_be_read(self, palette: object) -> None:
        """Text has a contrast of 7 to 1 (WCAG 2.2, 1.4.6), dots one of 3 to 1."""
        ground, text, mark = (getattr(palette, one) for one in ("ground", "text", "mark"))
        assert contrast(ground, text) >= 7
        assert contrast(ground, mark) >= 3


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("theme", "family"), [("octavo", "Source Serif"), ("plain", "Source Sans")]
)
def test_figures_are_lettered_as_the_theme_is(theme: str, family: str, tmp_path: Path) -> None:
    """A theme of one face has it on the cover and in the timeline, too."""
    book = chronicle(*EVENTS, title="The Bridge")
    looks, _ = load(tmp_path, theme)
    lettering = dressed(looks, book)[0].lettering
    for drawn in (cover_svg(book, lettering), timeline(book, lettering.heads, width=105)):
        root = ET.fromstring(drawn)
        house = root.get("font-family")
        named = {str(one.get("font-family", house)) for one in root.iter(f"{SVG}text")}
        assert [one.split(",")[0].strip("'") for one in named] == [family]
