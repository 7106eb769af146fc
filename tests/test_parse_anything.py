"""Whatever an author writes, a chapter comes of it, and what it promises holds."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from book.model import Chapter, Place
from book.read.manuscript import FOLDER
from tests.chapters import PATH, SLUG, chapter
from tests.soup import PIECES

SOUP = st.lists(PIECES, max_size=12).map("".join)
# What manuscripts can hold: no control characters, no noncharacters (book.manuscript).
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=60)
BOUNDED = settings(max_examples=400, derandomize=True, deadline=None)

TAGS = set(
    """div p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl table figure hr section aside li dt dd
    caption colgroup col thead tbody tfoot tr th td figcaption a em strong b i u s del ins sub sup
    small code kbd samp var q cite abbr dfn mark span br img time bdi bdo ruby rt rp
    wbr""".split()  # noqa: SIM905 # as a list it would fill the page
)
ATTRIBUTES = set(
    """id class lang title dir role href src alt colspan rowspan scope start reversed type value
    datetime data-note data-when data-who data-to data-bare""".split()  # noqa: SIM905 # the same
)


def trees(made: Chapter) -> list[etree._Element]:
    fragments = [made.heading, made.body, *(note.body for note in made.notes)]
    return [etree.fromstring(f"<div>{fragment}</div>") for fragment in fragments]


def places(made: Chapter) -> list[tuple[str, Place]]:
    return [
        *(("note", one.place) for one in made.notes),
        *(("link", one.place) for one in made.events),
        *(("link", one.place) for one in made.mentions),
        *(("link", one.place) for one in made.references),
        *(("heading", one.place) for one in made.headings),
        *(("image", one.place) for one in made.images),
    ]


@BOUNDED
@given(SOUP)
def test_the_xhtml_is_well_formed_and_holds_nothing_strange(text: str) -> None:
    for tree in trees(chapter(text)):
        for element in tree.iter():
            assert element.tag in TAGS
            assert set(map(str, element.attrib)) <= ATTRIBUTES
            assert not (element.tag == "a" and list(element.iterancestors("a")))
        whole = etree.tostring(tree, encoding="unicode")
        assert not re.search("[\ufdd0-\ufdef\x00-\x08]", whole)


@BOUNDED
@given(SOUP)
def test_ids_are_unique_and_begin_with_the_slug(text: str) -> None:
    ids = [name for tree in trees(chapter(text)) for name in tree.xpath(".//@id")]
    assert len(ids) == len(set(ids))
    assert all(name.startswith(f"{SLUG}.") for name in ids)


@BOUNDED
@given(SOUP)
def test_what_is_listed_stands_in_the_text(text: str) -> None:
    """Every call, event, mention and heading can be led to, unless its note is never called."""
    made = chapter(text)
    ids = {str(name) for tree in trees(made) for name in tree.xpath(".//@id")}
    assert {one.id for one in made.events} | {one.id for one in made.mentions} <= ids
    assert {one.id for one in made.headings} | {one.id for one in made.anchors} <= ids
    assert {call for note in made.notes for call in note.calls} <= ids


@BOUNDED
@given(SOUP)
def test_marks_are_where_they_are_said_to_be(text: str) -> None:
    lines = text.split("\n")
    begins = {
        "note": r"\[\^",
        "link": r"\[|<a\b",
        "heading": r"#|<h\d|\S.*",
        "image": r"!\[|<img\b",
    }
    for kind, place in places(chapter(text)):
        assert place.path == PATH
        assert PATH.startswith(FOLDER)
        if place.line:
            assert re.match(begins[kind], lines[place.line - 1][place.column - 1 :])


@BOUNDED
@given(TEXT)
def test_any_text_makes_a_chapter(text: str) -> None:
    for tree in trees(chapter(text)):
        assert tree.tag == "div"


def test_depth_has_no_end_but_a_floor() -> None:
    deep = ["> " * 2000, "<b>" * 3000, "".join("    " * i + "- a\n" for i in range(300))]
    for text in deep:
        assert trees(chapter(text + "x"))
