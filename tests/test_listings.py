"""Code is set in a face of its own, and its words are told apart by six classes."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from lxml import etree

from book.base.xml import tree
from book.model import Source, Text
from book.parse.chapter import parse
from book.parse.listings import mark_words
from book.render.epub.fonts import font_parts
from tests.chapters import body

PYTHON = (
    """# why\ndef pages(one: str) -> int:\n    return len("a [b] &amp; <i>") + 0x1F  # [^1]\n"""
)
CSS = '"IBM Plex Mono" "Source Serif"'


def listing(code: str, language: str) -> etree._Element:
    """The words of ``code`` in a listing."""
    root = tree("")
    holder = etree.SubElement(etree.SubElement(root, "pre"), "code")
    holder.set("class", f"language-{language}")
    holder.text = code
    mark_words(root)
    return holder


def kinds(code: etree._Element) -> dict[str, str]:
    return {str(one.text): str(one.get("class")) for one in code}


def test_words_are_told_apart() -> None:
    found = kinds(listing(PYTHON, "python"))
    assert found["# why"] == "cb-comment"
    assert found["def"] == found["return"] == "cb-keyword"
    assert found["pages"] == "cb-name"
    assert found["0x1F"] == "cb-number"
    assert "cb-string" in found.values()


@pytest.mark.parametrize("language", ["python", "html", "c", "json", "diff", "rst", "bash", "tex"])
def test_no_letter_is_lost_or_won(language: str) -> None:
    """Whatever the language makes of it, and with the empty lines and tabs that it has."""
    code = f"\n\n\t{PYTHON}\r\n<a b='c'>\n\n+ x\n- y\n\n"
    assert "".join(listing(code, language).itertext()) == code


def test_neighbours_of_one_kind_are_one() -> None:
    """Elements are what a listing costs: two of one class never touch."""
    code = listing("<!-- one\ntwo\nthree -->\n" * 3 + "'a' 'b'", "html")
    pairs = pairwise(code)
    assert not [a.text for a, b in pairs if not a.tail and a.get("class") == b.get("class")]
    assert len(code) == 3


@pytest.mark.parametrize("language", ["", "nolang", "text", "../x", "__import__"])
def test_what_is_no_language_stays_as_it_is(language: str) -> None:
    assert not len(listing(PYTHON, language))


@pytest.mark.parametrize("code", ["x = 1\n" * 6000, "x = " + "1 + " * 400])
def test_a_listing_beyond_all_measure_stays_as_it_is(code: str) -> None:
    assert not len(listing(code, "python"))


def test_a_chapter_s_fences_are_told_apart() -> None:
    """Marks within code are letters: a bracket in a listing is no note."""
    text = f"# A\n\n```python\n{PYTHON}```\n\n- one\n\n    ```toml\n    a = 1 # b\n    ```\n"
    chapter = parse(Source("chapters/a.md", "a", Text.of(text), ""), "en")
    assert '<span class="cb-keyword">def</span>' in chapter.body
    assert '<span class="cb-comment"># [^1]</span>' in chapter.body
    assert '<span class="cb-comment"># b</span>' in chapter.body
    assert "\ufdd0" not in chapter.body
    assert PYTHON in "".join(tree(chapter.body).itertext())


def test_the_ebook_has_the_cuts_that_its_code_needs() -> None:
    """Regular for plain code; the others with a comment or a keyword; none without code."""

    def cuts(text: str) -> list[str]:
        found = (re.findall(r"Mono-(\w+)", part.name) for part in font_parts([text], CSS))
        return [name for names in found for name in names]

    assert cuts("<p>a <b>b</b></p>") == []
    assert cuts("<p>a <code>b</code></p>") == ["Regular"]
    commented = '<pre><code><span class="cb-comment">b</span></code></pre>'
    assert cuts(commented) == ["Regular", "Italic"]
    assert cuts('<pre><code><span class="cb-keyword">b</span></code></pre>') == [
        "Regular",
        "SemiBold",
    ]


@pytest.mark.parametrize(
    ("info", "shown"),
    [
        ('py title="__init__.py"', "<p><strong>__init__.py</strong></p>"),
        ("{.py #one caption='A *fine* one'}", "<p><strong>A <em>fine</em> one</strong></p>"),
        ('py {filename="a.py" hl_lines="3"}', "<p><strong>a.py</strong></p>"),
        ("py {.x}", ""),
    ],
)
def test_what_a_fence_says_in_words_stands_above(info: str, shown: str) -> None:
    """Titles as they are, captions as Markdown; a name is a place to link to."""
    for lead in ("", "> "):
        text = "\n".join(f"{lead}{one}" for one in (f"```{info}", "1", "```"))
        made = body(f"# A\n\n{text}\n")
        assert f"{shown}<pre" in made.replace("\n", "").replace(' id="S.one"', "")
        assert ('id="S.one"' in made) == ("#one" in info)
