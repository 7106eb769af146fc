"""What all outputs share: dressing marks, titles without their calls, templates."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from lxml import etree

from book.base.xml import inner
from book.cache.store import Nothing
from book.model import Note, Pages
from book.render.html import spelled, without_calls
from book.render.pdf.draft import pieces
from book.render.pdf.record import PRINT_ONLY, letters
from book.theme.templates import Templates, environment
from tests.epubs import assembled
from tests.test_assemble import made


class Told:
    """Marks that only note what it was asked to spell."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, ...]] = []

    def call(self, element: etree._Element, note: Note, number: str) -> None:
        self.seen.append(("call", note.label, number))

    def event(self, element: etree._Element, edtf: str) -> None:
        self.seen.append(("event", edtf))

    def person(self, element: etree._Element, person: str) -> None:
        self.seen.append(("person", person))

    def reference(self, element: etree._Element, target: str) -> None:
        self.seen.append(("reference", target))

    def image(self, element: etree._Element) -> None:
        self.seen.append(("image", element.get("src", "")))

    def formula(self, element: etree._Element, tex: str, said: str, display: bool) -> None:
        self.seen.append(("formula", tex))


TEXT = "a[^n] [May](when:1943-05) [S](who:sato) [x](b.md) ![i](j.png) <a id='q'>z</a>\n\n[^n]: n"


def test_each_mark_is_given_to_the_dress_in_the_order_of_the_text() -> None:
    book, marks = made(TEXT), Told()
    spelled(book.chapters[0].body, book, marks)
    assert marks.seen == [
        ("call", "n", "1"),
        ("event", "1943-05"),
        ("person", "sato"),
        ("reference", "b"),
        ("image", "chapters/j.png"),
    ]


def test_no_symbol_is_left() -> None:
    book = made(TEXT)
    assert "data-" not in inner(spelled(book.chapters[0].body, book, Told()))


def test_each_output_has_a_tree_of_its_own() -> None:
    book = made(TEXT)
    first = spelled(book.chapters[0].body, book, Told())
    assert spelled(book.chapters[0].body, book, Told()) is not first


def test_a_title_for_contents_has_neither_calls_nor_ids() -> None:
    book = made("# On *it*[^n] {#x}\n\n[^n]: n")
    assert without_calls(book.chapters[0].heading) == "<span>On <em>it</em></span>"


def test_templates_escape_and_are_strict() -> None:
    template = environment().from_string("{{ words }}")
    assert template.render(words="<&") == "&lt;&amp;"
    with pytest.raises(jinja2.UndefinedError):
        template.render()


def test_a_note_s_letters_are_counted_as_it_is_written(tmp_path: Path) -> None:
    """Each holds what its box in the piece holds, but what print adds, and the notes in it."""
    text = (
        "# One\n\nA[^a] and[^b] [here](#there){: #there }.\n\n"
        "[^a]: *Seven* letters, [there](#there), in [1943](when:1943 'A year')[^c].\n\n"
        "    - a list\n    - `of code` — Ed.\n\n[^b]: Ελλάς 日本.\n\n[^c]: Within.\n"
    )
    book = assembled(tmp_path, {"01-one": text})
    looks = pieces.Looks(Templates(), ("Source Serif",))
    drafts = pieces.drafts(book, Pages((), {}), Nothing(tmp_path), looks)
    draft = next(one for one in drafts if one.notes)
    page = etree.fromstring(str(draft.text))
    for added in page.iterfind(".//*[@class]"):
        if set(added.get("class", "").split()) & PRINT_ONLY:
            added.clear(keep_tail=True)
    held = {}
    for aside in reversed(list(page.iter("aside"))):
        held[aside.get("id")] = letters(map(str, aside.itertext()))
        aside.clear(keep_tail=True)
    assert held == {one.id: one.letters for one in draft.notes}
    assert sorted(held.values()) == [6, 7, 36]
