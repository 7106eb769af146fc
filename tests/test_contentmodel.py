"""HTML that stands where HTML has no room for it: put right where that is plain, else told."""

from __future__ import annotations

import pytest

from tests.chapters import body, codes


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<b><p>x</p></b>", "<p><b>x</b></p>"),
        ("<div><i>a<p>x</p>b</i></div>", "<div><i>a</i><p><i>x</i></p><i>b</i></div>"),
        ('<b id="k"><p>x</p><p>y</p></b>', '<p><b id="S.k">x</b></p><p><b>y</b></p>'),
        ("<span><p>x</p></span>", "<div><p>x</p></div>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<table><tr><td>a</td></tr><caption>b</caption></table>",
         "<table><caption>b</caption><tr><td>a</td></tr></table>"),
        ("<table><tr><td>a</td></tr><thead><tr><td>b</td></tr></thead></table>",
         "<table><thead><tr><td>b</td></tr></thead><tr><td>a</td></tr></table>"),
        ("<table><td>a</td><td>b</td></table>", "<table><tr><td>a</td><td>b</td></tr></table>"),
        ("<table><col/><tr><td>a</td></tr></table>",
         "<table><colgroup><col/></colgroup><tr><td>a</td></tr></table>"),
        ('<figure><p>a</p><figcaption>b</figcaption>c</figure>',
         '<figure id="S.fig.1"><p>a</p>c<figcaption>b</figcaption></figure>'),
        ("<p>x <ruby>a<rt>b</rt>c</ruby> y</p>", "<p>x <ruby>a<rt>b</rt></ruby>c y</p>"),
        ("<p>a <time>x <b>y</b></time></p>", "<p>a <span>x <b>y</b></span></p>"),
        ("<p><del datetime='2000'>x</del></p>", "<p><del>x</del></p>"),
        ('<ol reversed="no"><li>a</li></ol>', "<ol><li>a</li></ol>"),
        ("<ol reversed><li>a</li></ol>", '<ol reversed="reversed"><li>a</li></ol>'),
        ("<ul><li value='3'>a</li></ul>", "<ul><li>a</li></ul>"),
    ],
)  # fmt: skip
def test_what_is_plain_is_put_right(html: str, made: str) -> None:
    assert body(html) == made
    assert codes(html) == []


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<ul>text</ul>", "<ul><li>text</li></ul>"),
        ("<dl><dt>x</dt></dl>", "<dl><dt>x</dt><dd/></dl>"),
        ("<dl><dd>x</dd></dl>", "<div><div>x</div></div>"),
        ("<dl><dt>x</dt>a</dl>", "<dl><dt>x</dt><dd>a</dd></dl>"),
        ("<p><bdo>x</bdo></p>", "<p><span>x</span></p>"),
        ("<p><ruby>a</ruby></p>", "<p>a</p>"),
        ("<table>x<tr><td>a</td></tr></table>",
         "<table><tr><td>x</td></tr><tr><td>a</td></tr></table>"),
        ("<h2>a<p>b</p></h2>", '<h2 id="S.a-b">a b </h2>'),
    ],
)  # fmt: skip
def test_what_is_not_plain_keeps_its_words_and_is_told(html: str, made: str) -> None:
    assert body(f"Text.\n\n{html}") == f"<p>Text.</p>\n{made}"
    assert [code.split(":")[0] for code in codes(f"Text.\n\n{html}")] == ["M008 3"]


@pytest.mark.parametrize(
    "heading", ["##", "## [^a]\n\n[^a]: x", "## ![](a.png)", "<h2></h2>", "## <b></b>"]
)
def test_a_heading_has_words(heading: str) -> None:
    """One that the contents couldn't list is a paragraph; it is told where it stands."""
    assert "<h2" not in body(f"# T\n\n{heading}")
    assert "H004 3:1" in codes(f"# T\n\n{heading}")


def test_a_heading_may_be_a_picture_that_has_words() -> None:
    assert '<h2 id="S.a-map">' in body("# T\n\n## ![A map](a.png)")


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("https://a/%zz", "https://a/%25zz"),
        ("https://a#b#c", "https://a#b%23c"),
        ("https://a.org/ü?q=[2]", "https://a.org/%C3%BC?q=%5B2%5D"),
        ("https://münchen.de/", "https://xn--mnchen-3ya.de/"),
        ("HTTP://A.B/c", "http://a.b/c"),
        ("tel:+49 30 12", "tel:+493012"),
        ("mailto:a@b.c?subject=x%20y", "mailto:a@b.c?subject=x%20y"),
        ("http://[::1]:80/", "http://[::1]:80/"),
    ],
)
def test_an_address_is_spelled_as_it_was_meant(written: str, href: str) -> None:
    text = f'<p><a href="{written}">x</a></p>'
    assert body(text) == f'<p><a href="{href}">x</a></p>'
    assert codes(text) == []


@pytest.mark.parametrize(
    "written",
    ["http://", "mailto:", "tel:", "https:x", "https:///x", "http://a:99999/", "http://[1/",
     "https://a..b/", "http://1.2.3.4.5/", "https://a:b/", "http://a<b"],
)  # fmt: skip
def test_what_is_no_address_is_told_and_leaves_its_words(written: str) -> None:
    text = f'Text.\n\nSee <a href="{written}">x</a>.'
    assert "href" not in body(text)
    assert codes(text) == ["L004 3:5"]
