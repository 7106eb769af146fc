"""The timeline: what it shows, and that nothing in it collides."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book import dates
from book.figures import spoken, timeline
from book.figures.measure import Type
from tests.chronicles import EVENTS, SVG, chronicle, sentences

Box = tuple[float, float, float, float]


def texts(root: ET.Element) -> list[tuple[str, Box]]:
    """Each line of text and the box that it takes, measured by the fonts' own widths."""
    found = []
    for element in root.iter(f"{SVG}text"):
        size = float(element.get("font-size", 0))
        width = Type(size, int(element.get("font-weight", 400))).width(element.text or "")
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        left = x - {"end": width, "middle": width / 2}.get(element.get("text-anchor", ""), 0)
        found.append((element.text or "", (left, y - size * 0.7, left + width, y + size * 0.2)))
    return found


def touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def leaders(root: ET.Element) -> list[tuple[float, float]]:
    """Where each leader begins and ends, downwards."""
    paths = [element.get("d", "") for element in root.iter(f"{SVG}path")]
    numbers = [[float(one) for one in re.findall(r"-?[\d.]+", path)] for path in paths]
    return [(one[1], one[-1]) for one in numbers]


def marks(root: ET.Element) -> list[ET.Element]:
    return list(root.iter(f"{SVG}rect"))


def said(root: ET.Element) -> str:
    return " ".join(text for text, _ in texts(root))


days = st.builds(
    "{}{:04}-{:02}-{:02}".format,
    st.sampled_from(["", "", "", "-"]),
    st.integers(1, 2030),
    st.integers(1, 12),
    st.integers(1, 28),
)
near = st.builds("1943-{:02}-{:02}".format, st.integers(1, 12), st.integers(1, 28))
coarse = st.integers(1800, 1950).flatmap(lambda y: st.sampled_from([f"{y}", f"{y}-05", f"{y}~"]))
events = st.tuples(st.one_of(near, near, coarse, days), sentences)


class TestTimeline:
    @settings(deadline=None, max_examples=60)
    @given(
        st.lists(events, min_size=1, max_size=60),
        st.floats(80, 190),
        st.floats(60, 240),
    )
    def test_no_labels_collide_and_none_leaves_the_figure(
        self, told: list[tuple[str, str]], width: float, height: float
    ) -> None:
        """Whatever happens, whenever, on whatever format."""
        root = ET.fromstring(timeline(chronicle(*told), width=width, height=height))
        _, _, right, bottom = map(float, root.get("viewBox", "").split())
        assert bottom <= height * 72 / 25.4 + 0.01
        boxes = texts(root)
        for text, box in boxes:
            assert min(box[0], box[1]) >= -1, text
            assert box[2] <= right + 0.5, text
            assert box[3] <= bottom + 1, text
        for (text, one), (other_text, other) in combinations(boxes, 2):
            assert not touch(one, other), (text, other_text)

    @settings(deadline=None, max_examples=30)
    @given(st.lists(events, min_size=2, max_size=40))
    def test_leaders_do_not_cross(self, told: list[tuple[str, str]]) -> None:
        """They begin and end in the same order; every event has a mark and a leader."""
        root = ET.fromstring(timeline(chronicle(*told), width=105))
        lines = leaders(root)
        assert len(lines) == len(marks(root)) == len(told)
        for (above, label_above), (below, label_below) in pairwise(lines):
            assert above <= below
            assert label_above <= label_below

    def test_a_few_events_are_told_in_full(self) -> None:
        """Each with its date and its whole sentence."""
        shown = said(ET.fromstring(timeline(chronicle(*EVENTS), width=105)))
        for edtf, sentence in EVENTS:
            assert f"{dates.parse(edtf).words('en-GB')} {sentence}" in shown

    def test_too_many_events_share_labels(self) -> None:
        """Neighbours then give their dates only; the description still tells everything."""
        told = [(f"1943-{1 + n // 5:02}-{1 + n % 5 * 5:02}", f"Event {n}") for n in range(60)]
        root = ET.fromstring(timeline(chronicle(*told), width=105, height=150))
        assert any("1 Jan 1943 · 6 Jan 1943" in text for text, _ in texts(root))
        description = root.findtext(f"{SVG}desc") or ""
        assert all(f"Event {n}." in description for n in range(60))

    def test_it_speaks_to_those_who_cannot_see_it(self) -> None:
        """A role, a title, and a description with every event."""
        root = ET.fromstring(timeline(chronicle(*EVENTS), width=105))
        assert (root.get("role"), root.findtext(f"{SVG}title")) == ("img", "Timeline")
        description = root.findtext(f"{SVG}desc") or ""
        assert description.startswith("A timeline of 6 events from 13 April 1941 to about Sept")
        assert all(sentence in description for _, sentence in EVENTS)

    def test_of_one_event_it_says_no_span(self) -> None:
        """It goes from nowhere to nowhere, and is not "1 events"."""
        root = ET.fromstring(timeline(chronicle(("1911-06-03", "The builder answers")), width=105))
        description = root.findtext(f"{SVG}desc") or ""
        assert description.startswith("Timeline. ")
        assert "The builder answers." in description

    def test_its_description_can_be_moved_to_its_title(self) -> None:
        """For PDF, where WeasyPrint reads nothing else."""
        root = ET.fromstring(spoken(timeline(chronicle(*EVENTS), width=105)))
        assert "Molotov rules out any truce." in (root.findtext(f"{SVG}title") or "")
        assert root.find(f"{SVG}desc") is None

    def test_markup_in_sentences_is_text(self) -> None:
        """Sentences are an author's: they may hold any character."""
        root = ET.fromstring(timeline(chronicle(("1943", 'A <b> & "c" </title>')), width=105))
        assert 'A <b> & "c" </title>' in said(root)

    def test_without_events_there_is_no_figure(self) -> None:
        """Callers need not ask first."""
        assert timeline(chronicle(), width=105) == ""

    def test_colours_are_the_readers(self) -> None:
        """So that it can be read in dark mode."""
        drawn = timeline(chronicle(*EVENTS), width=105)
        assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn)) == {"currentColor", "none"}

    def test_one_accent_marks_the_events(self) -> None:
        """And nothing else."""
        root = ET.fromstring(timeline(chronicle(*EVENTS), width=105, accent="#a00"))
        coloured = [one for one in root.iter() if "#a00" in one.attrib.values()]
        assert coloured == marks(root)

    def test_uncertain_dates_are_hollow(self) -> None:
        """About, perhaps, and open ends."""
        told = (("1943-01-01", "A"), ("1943-03-01~", "B"), ("1943-05-01?", "C"), ("1943/..", "D"))
        root = ET.fromstring(timeline(chronicle(*told), width=105))
        assert [mark.get("fill") for mark in marks(root)].count("none") == 3

    def test_what_lasts_is_a_bar(self) -> None:
        """A day is as high as wide; Kursk, of seven weeks, is higher than wide."""
        drawn = marks(ET.fromstring(timeline(chronicle(*EVENTS), width=105)))
        day, bar = drawn[0], drawn[3]
        assert day.get("height") == day.get("width")
        assert float(bar.get("height", 0)) > 2 * float(bar.get("width", 0))

    def test_marks_are_true_to_time(self) -> None:
        """A day is the same height everywhere."""
        told = [(f"1943-{month:02}-01", "x") for month in (1, 2, 6, 12)]
        begins = [
            begin for begin, _ in leaders(ET.fromstring(timeline(chronicle(*told), width=105)))
        ]
        shares = [(begin - begins[0]) / (begins[-1] - begins[0]) for begin in begins]
        assert shares == pytest.approx([0, 31 / 334, 151 / 334, 1], abs=0.001)

    def test_a_gap_that_dwarfs_all_else_is_broken(self) -> None:
        """And dotted, so that nobody takes it for time; each side says its year."""
        told = [("-0043-03-15", "Ides"), *((f"1943-{month:02}-01", "x") for month in (3, 6, 9))]
        root = ET.fromstring(timeline(chronicle(*told), width=105))
        dotted = [one for one in root.iter(f"{SVG}line") if one.get("stroke-dasharray")]
        assert len(dotted) == 1
        labels = [text for text, _ in texts(root)]
        assert {"44 BC", "1943"} <= set(labels)

    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            (("1943-09-01", "1943-09-20"), {"Sept 1943"}),
            (("1943-01-01", "1943-12-01"), {"1943", "Jul"}),
            (("1941-01-01", "1944-01-01"), {"1941", "1942", "1943", "1944"}),
            (("0900", "1900"), {"1000", "1500"}),
            (("-0400", "0400"), {"200 BC", "AD 1", "200"}),
        ],
    )
    def test_the_scale_counts_as_people_do(self, told: tuple[str, str], expected: set[str]) -> None:
        """Days in weeks, months in years, round years in centuries, no year 0."""
        book = chronicle(*((edtf, "x") for edtf in told))
        labels = {text for text, _ in texts(ET.fromstring(timeline(book, width=105)))}
        assert expected <= labels

    def test_it_is_turned_over_where_the_language_runs_to_the_left(self) -> None:
        """The scale stands at the right, lines of text end where they would begin."""
        told = (("1943-01-01", "ראשון"), ("1944-12-01", "שני"))
        drawn = timeline(chronicle(*told, language="he"), width=100)
        root = ET.fromstring(drawn)
        wide = float(root.get("viewBox", "").split()[2])
        lines = list(root.iter(f"{SVG}text"))
        year = next(
            one for one in lines if "1943" in (one.text or "") and "font-weight" in one.attrib
        )
        said = next(one for one in lines if "ראשון" in (one.text or ""))
        assert (year.get("text-anchor"), said.get("text-anchor")) == (None, "end")
        assert float(year.get("x", 0)) > float(said.get("x", 0)) > wide / 2
        assert {one.get("direction") for one in lines} == {"ltr"}
        (group,) = (one for one in root.iter(f"{SVG}g") if one.get("transform"))
        assert f"translate({wide:g} 0)" in str(group.get("transform"))

    def test_it_speaks_the_books_language(self) -> None:
        """Greek months on the scale, Greek words in the title."""
        told = (("1943-01-01", "Α"), ("1943-12-01", "Β"))
        root = ET.fromstring(timeline(chronicle(*told, language="el"), width=105))
        assert "Ιούλ" in {text.rstrip(".") for text, _ in texts(root)}
        assert root.findtext(f"{SVG}title") == "Χρονογραμμή"

    @pytest.mark.parametrize("edtf", ["Y170000002", "Y-170000002", "19XX", "1943-21", "../1943"])
    def test_every_date_can_be_drawn(self, edtf: str) -> None:
        """Alone, and beside an ordinary one."""
        for others in ((), (("1943-09-10", "Refused"),)):
            book = chronicle((edtf, "Long ago or soon"), *others)
            assert "Long ago" in timeline(book, width=105)

    def test_the_typesetter_sets_letters_as_wide_as_measured(self) -> None:
        """Or labels could collide in print although they do not on paper."""
        root = ET.fromstring(timeline(chronicle(*EVENTS), width=105))
        expected = max(box[2] for _, box in texts(root))
        assert printed_right(timeline(chronicle(*EVENTS), width=105)) == pytest.approx(
            expected, abs=1.5
        )


def printed_right(figure: str) -> float:
    """How far to the right WeasyPrint sets the letters of ``figure``, in points."""
    from book.render.pdf import prepare

    prepare()  # Fonts are sought where the first who asks finds them, all the process long.
    from weasyprint import HTML

    from book.base.fonts import font_css
    from book.render.fetch import BOOK_URL, BookFetcher

    css = "@page { size: 200mm 300mm; margin: 0 } body { margin: 0 }"
    html = HTML(
        string=f"<style>{font_css()}{css}</style>{figure}",
        base_url=BOOK_URL,
        url_fetcher=BookFetcher(Path()),
    )
    with pypdfium2.PdfDocument(html.write_pdf()) as document:
        page = document[0].get_textpage()
        return max(float(page.get_charbox(at)[2]) for at in range(page.count_chars()))
