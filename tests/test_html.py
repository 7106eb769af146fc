"""What all outputs share: dressing marks, titles without their calls, templates."""

from __future__ import annotations

import jinja2
import pytest
from lxml import etree

from book.base.xml import inner
from book.model import Note
from book.render.html import spelled, without_calls
from book.theme.templates import environment
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
