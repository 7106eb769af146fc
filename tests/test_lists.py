"""The chronology and the list of people, before an output spells them."""

from __future__ import annotations

from lxml import etree

from book.render import lists
from tests.test_assemble import made


def test_the_chronology_is_a_list_of_dates() -> None:
    book = made("[x](when:1943-05 'A & B') [y](when:1943-05 'C') [z](when:1944~ 'D')")
    assert lists.chronology(book) == (
        '<dl class="chronology">'
        '<dt><time datetime="1943-05">May 1943</time></dt>'
        '<dd id="list-chronology.entry1">A &amp; B <span class="locators">'
        '<a data-to="a.when.1" class="locator"/></span></dd>'
        '<dd id="list-chronology.entry2">C <span class="locators">'
        '<a data-to="a.when.2" class="locator"/></span></dd>'
        "<dt>about 1944</dt>"
        '<dd id="list-chronology.entry3">D <span class="locators">'
        '<a data-to="a.when.3" class="locator"/></span></dd></dl>'
    )


def test_the_list_of_people_says_who_they_are_and_where() -> None:
    book = made("[s](who:sato) [m](who:molotov) [s](who:sato)")
    found = etree.fromstring(lists.people(book))
    assert [one.text for one in found.iter("dt")] == ["Molotov", "Sato, Naotake"]
    told = [[str(link.get("data-to")) for link in line.iter("a")] for line in found.iter("dd")]
    assert told == [["a.who.2"], ["a.who.1", "a.who.3"]]
    assert found.findall("dd")[1].text == "ambassador. "


def test_without_marks_there_is_nothing() -> None:
    book = made("# A")
    assert lists.chronology(book) == lists.people(book) == ""
