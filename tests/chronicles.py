"""Books of which only a chronology is known, for tests of what is drawn from it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from book import dates
from book.model import Book, BookTable, Config, Entry

SVG = "{http://www.w3.org/2000/svg}"
EVENTS = (
    ("1941-04-13", "Japan and the Soviet Union sign a Neutrality Pact in Moscow"),
    ("1943", "The Japanese government sets out to mediate between Moscow and Berlin"),
    ("1943-02", "Japanese troops abandon Guadalcanal"),
    ("1943-07-05/1943-08-23", "The Germans are defeated in the Battle of Kursk"),
    ("1943-09-10", "Molotov rules out any truce"),
    ("1944-09~", "Sugiyama begins again to urge Japanese mediation"),
)


def chronicle(*events: tuple[str, str], language: str = "en-GB", title: str = "Truce") -> Book:
    """A book of which only the title and the chronology are known."""
    ordered = sorted(events, key=lambda event: dates.parse(event[0]).key)
    entries = tuple(
        Entry(f"c.{number}", edtf, dates.parse(edtf).words(language), sentence, ())
        for number, (edtf, sentence) in enumerate(ordered)
    )
    config = Config(BookTable(title, ("Ada Example",), language))
    return Book(Path(), config, (), {}, {}, entries, (), ())


words = st.text(st.characters(categories=("L", "N", "Pd"), max_codepoint=0x2000), min_size=1)
sentences = st.lists(words, min_size=1, max_size=30).map(" ".join)
