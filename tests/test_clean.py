"""Raw HTML: what stays, what is left out, and that nothing can hide."""

from __future__ import annotations

import pytest

from tests.chapters import body, chapter, codes


@pytest.mark.parametrize(
    "html",
    [
        "<sup>2</sup>",
        '<span lang="de">x</span>',
        "<cite>x</cite>",
        '<abbr title="x">X</abbr>',
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
        "<br/>",
        '<time datetime="1943">x</time>',
    ],
)
def test_what_books_need_stays(html: str) -> None:
    assert body(f"a {html} b") == f"<p>a {html} b</p>"


def test_tables_keep_their_spans() -> None:
    html = '<tr><th colspan="2" scope="colgroup">a</th></tr><tr><td rowspan="2">b</td></tr>'
    html = f"<table>{html}</table>"
    assert body(html) == html


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<script>alert(1)</script>", "M006 1:3"),
        ("<b onclick='x'>y</b>", "M006 1:6"),
        ("<b STYLE='x'>y</b>", "M006 1:6"),
        ("<iframe src='x'></iframe>", "M006 1:3"),
        ("<font>y</font>", "M006 1:3"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>", "M006 1:3"),
        ("[y](javascript:x)", "M006 1:3"),
    ],
)
def test_what_is_left_out_is_told_once_where_it_stands(html: str, code: str) -> None:
    assert codes(f"# {html} T\n\n{html}") == [code]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " java\nscript:alert(1)",
        "java&#10;script:alert(1)",
        "java&Tab;script:alert(1)",
        "&#1;javascript:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "java\u200bscript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
    ],
)
def test_no_address_runs_or_reads(address: str) -> None:
    made = body(f'<a href="{address}">x</a>\n\n<p><a href="{address}">x</a></p>')
    assert "href" not in made
    assert "script" not in made


def test_unknown_elements_leave_their_words() -> None:
    assert body("a <font color=red>b</font> <x:y>c</x:y> {< d>") != ""
    assert "b" in body("a <font color=red>b</font>")


@pytest.mark.parametrize(
    "html",
    [
        "<b>a",
        "a</b>",
        "<p><b>a</p>",
        "<x:y>a</x:y>",
        "<!-- a -- b -->",
        "<?php a ?>",
        "<!DOCTYPE x>",
        "<![CDATA[a]]>",
        "<div>a & b < c</div>",
        '<a href=x y="z>',
        '<p xmlns="x">a</p>',
        "<http://x.y>",
        "{< b>",
        "</div></body></html><p>x",
    ],
)
def test_html_that_is_not_well_formed_is_read_all_the_same(html: str) -> None:
    assert chapter(f"# T\n\nbefore\n\n{html}\n\nafter").body.startswith("<p>before</p>")


@pytest.mark.parametrize("html", ["<li>a</li>", "<td>a</td>", "<dd>a</dd>", "<rt>a</rt>"])
def test_what_is_lost_without_its_parent_is_only_its_words(html: str) -> None:
    assert body(f"x {html} y") == "<p>x a y</p>"


@pytest.mark.parametrize(
    "reference", ["&#0;", "&#1;", "&#xFDD0;", "&#xFFFE;", "&#xD800;", "&#13;", "&#9999999;"]
)
def test_characters_that_can_not_be_printed_are_replaced(reference: str) -> None:
    assert body(f"a{reference}b") == "<p>a\ufffdb</p>"


def test_a_stamp_can_not_be_forged() -> None:
    assert body("&#xFDD0;9999&#xFDD1;") == "<p>\ufffd9999\ufffd</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<chapbook-note label="a" stamp="1" proof="1">x</chapbook-note>',
        '<chapbook-call label="a">x</chapbook-call>',
        '<chapbook-figure proof="&#xFDD3;">x</chapbook-figure>',
        '<a data-note="x">x</a>',
        '<a data-to="x" class="locator">x</a>',
        '<time data-when="x">x</time>',
    ],
)
def test_nobody_writes_our_own_elements(html: str) -> None:
    made = chapter(f"a {html}")
    assert made.notes == ()
    assert "data-" not in made.body
    assert "locator" not in made.body


def test_values_that_mean_nothing_are_left_out() -> None:
    assert body('<p lang="x y" dir="up" colspan="2" role="button">a</p>') == "<p>a</p>"


def test_a_paragraph_holds_no_blocks() -> None:
    assert body("a <div>b</div>") == "<div>a <div>b</div></div>"
