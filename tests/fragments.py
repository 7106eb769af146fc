"""Raw HTML as nobody should write it, for tests that ask judges what a book makes of it."""

from __future__ import annotations

import itertools
import re

from hypothesis import strategies as st

BLOCKS = "p h2 h3 div blockquote pre ul ol dl table figure hr section aside".split()  # noqa: SIM905
PARTS = "li dt dd tr td th thead tbody tfoot caption colgroup col figcaption rt rp".split()  # noqa: SIM905
LINES = """a em strong b i u s del ins sub sup small code kbd samp var q cite abbr dfn mark span
    br img time bdi bdo ruby wbr""".split()  # noqa: SIM905
VOID = {"hr", "col", "br", "img", "wbr"}

#: Addresses, good ones and bad ones.
ADDRESSES = [
    "https://a/%zz", "http://", "mailto:", "https:x", "https://a#b#c", "http://a:99999/", "#",
    "https://a.org/ü?q=1&r=[2]", "https://münchen.de/", "https://a b/", "http://[::1]/",
    "http://[1/", "https://a..b/", "https://%41/", "tel:+49 30", "tel:", "mailto:a@b.c",
    "mailto:a b@c?subject=x y", "https:///x", "HTTPS://A/", "https://a\\b", "http://u:p@h:80/",
    "https://a/{x}|^`", "http://1.2.3.4.5/", "http://a_b/", "https://a:b/", "https://-a-/",
    "https://a/\u200bb", "https://*.a/", "http://a<b", "https://\u202e/", "http://a/?#", "who:sato",
    "when:1943-05", "when:1943-05-01", "https://999.1.1.1/", "http://0x7f.1/", "https://a.b./",
]  # fmt: skip
_VALUES = {
    "dir": ["ltr", "auto", "up", ""],
    "lang": ["de", "xx", "zz-ZZ", "en-UK", "x", ""],
    "datetime": ["2000", "2000-02-30", "2000-01-01", "10:00", "P1D", "2000-W60", "2000-13",
                 "1943-05", "05-01", "2000-01-01T10:00", "2000-01-01T10:00Z", "0000-01-01",
                 "+01:00"],
    "reversed": ["no", "", "reversed", "yes"],
    "start": ["3", "-1", "x", "9999999"],
    "value": ["3", "x"],
    "type": ["a", "disc"],
    "href": ADDRESSES,
    "src": ["a.png"],
    "alt": ["", "A picture"],
    "id": ["a", "b c", "1", "ü"],
    "role": ["note", "doc-epigraph", "presentation", "doc-pullquote", "doc-notice", "doc-example"],
    "scope": ["row", "colgroup"],
    "colspan": ["2", "0"],
    "title": ["x", ""],
    "class": ["x y", "align-left"],
    "align": ["left"],
}  # fmt: skip
_TEXTS = st.sampled_from(["x", "", " ", "\n", "y z", "[^n]", "*m*", "1943", "漢"])


@st.composite
def _attributes(draw: st.DrawFn, tag: str) -> str:
    names = draw(st.lists(st.sampled_from(sorted(_VALUES)), max_size=2, unique=True))
    names += ["href"] * (tag == "a") + ["src"] * (tag == "img")
    names += ["datetime"] * (tag in ("del", "ins", "time") and draw(st.booleans()))
    names += ["dir"] * (tag == "bdo" and draw(st.booleans()))
    return "".join(
        f' {name}="{draw(st.sampled_from(_VALUES[name]))}"' for name in dict.fromkeys(names)
    )


@st.composite
def element(draw: st.DrawFn, depth: int = 4) -> str:
    """An element with elements in it, of which half may stand there."""
    tag = draw(st.sampled_from(BLOCKS + PARTS + LINES))
    opening = f"<{tag}{draw(_attributes(tag))}"
    if tag in VOID:
        return f"{opening}/>"
    inner = [draw(_TEXTS)]
    fitting = {
        "ul": ["li"], "ol": ["li"], "dl": ["dt", "dd", "div"], "ruby": ["rt", "rp", "b"],
        "table": ["caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td"],
        "thead": ["tr"], "tbody": ["tr"], "tfoot": ["tr"], "tr": ["td", "th"],
        "figure": ["figcaption", "img", "p"],
    }.get(tag)  # fmt: skip
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        child = draw(element(depth - 1))
        if fitting and draw(st.integers(0, 3)):
            name = draw(st.sampled_from(fitting))
            child = f"<{name} src='a.png'/>" if name in VOID else f"<{name}>{child}</{name}>"
        inner += [child, draw(_TEXTS)]
    return f"{opening}>{''.join(inner)}</{tag}>"


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """A chapter with such an element in a place where Markdown may have one."""
    count = itertools.count()
    # The same one twice is an error of its own (L003).
    html = re.sub(' id="([^"]*)', lambda found: f"{found[0]}{next(count)}", draw(element()))
    frames = ["{}", "Text {} text.", "## {}", "- {}", "> {}", "Text[^m]\n\n[^m]: {}",
              "| a | b |\n|---|---|\n| {} | c |", "![]({})", "**{}**", '![a](a.png "{}")',
              "Term\n: {}", "# T {}\n\nText."]  # fmt: skip
    frame = draw(st.sampled_from(frames))
    if "![a]" in frame:
        html = html.replace('"', "'")
    if frame == "![]({})":
        return f"# T\n\n[a]({draw(st.sampled_from(ADDRESSES)).replace(' ', '%20')})\n"
    note = "" if "[^n]" not in html else "\n\n[^n]: A note.\n"
    title = "" if frame.startswith("# T") else "# T\n\n"
    return f"{title}{frame.format(html)}{note}\n"
