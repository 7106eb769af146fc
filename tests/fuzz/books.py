"""Folders that may pass for books: Markdown, front matter, book.toml, CSS, SVG, images, names."""

from __future__ import annotations

import io
from collections.abc import Mapping

from hypothesis import strategies as st
from PIL import Image

from tests.fragments import markdown
from tests.soup import PIECES

Files = Mapping[bytes, bytes]

_TOML = [
    '[book]\ntitle = "A Title"\nauthors = ["Ada Example"]\nlanguage = "en"\n',
    "[book]\n", '[book]\ntitle = ""\n', "title = 1\n", "[people]\n", "[pdf]\n", "[epub]\n",
    "[handout]\n", "[notes]\n", "[[book.contributors]]\n", "[check]\n", "[words]\n",
    'series = "S"\n', "series-number = 3\n", f"series-number = {'9' * 23}\n",
    f"series-number = {'9' * 5000}\n", f"series-number = 0x{'f' * 3000}\n", "image-max = -5\n",
    f"image-max = {'9' * 23}\n", 'page-size = "A5"\n', f'page-size = "{"9" * 32}mm"\n',
    'page-size = "1mm"\n', 'page-size = "0.0001mm 3in"\n', "date = 0001-01-01\n",
    "date = 9999-12-31\n", "date = 1943-05-01T10:00:00Z\n", "date = 10:00:00\n", "x = inf\n",
    "series-number = nan\n", 'isbn = "978-3-16-148410-0"\n', 'isbn = "x"\n',
    'identifier = "urn:x:\\u0007"\n', 'language = "xx-Zzzz-99"\n', 'language = "he"\n',
    'language = "zh"\n', 'subtitle = "\\u202e\\u0000x"\n', f'title = "{"long " * 500}"\n',
    f'title = "{"x" * 3000}"\n', 'title = "<b>&amp;</b> \\"q\\" -- \\U0001F600"\n',
    'sato = { name = "Sato, Naotake", about = "ambassador" }\n', 'sato = "Sato"\n',
    f'sato = {{ name = "{"y" * 2000}" }}\n', "sato = { name = 1 }\n", "x.y.z.a.b.c = 1\n",
    f"a = {'[' * 200}{']' * 200}\n", "[[[\n", "= 1\n", '"" = 1\n', "'\n", "\ufeff", "\0", "\r",
    'fonts = "none"\n', "page-list = false\n", 'notes = "book-end"\n', 'numbering = "book"\n',
    "strict = true\n", 'theme = "../x"\n', 'theme = "plain"\n', 'authors = []\n',
    'authors = ["佐藤, 尚武", ""]\n', 'rights = "CC BY 4.0"\n', 'role = "trl"\nname = "T"\n',
]  # fmt: skip
_FRONT = [
    "---\n", "kind: chapter\n", "kind: chronology\n", "kind: people\n", "kind: colophon\n",
    "kind: x\n", "title: A: B\n", "title: 'x\n", "title: [a, b]\n", "language: fr\n",
    "language: [\n", "summary: |\n  a\n", "a: &a [*a]\n", "? x\n", "- x\n", "title: !!int 3\n",
    "+++\n", "title = 'x'\n", f"n = {'9' * 5000}\n", "% Title\n", "Title: X\n\n", "...\n",
    "title: \"\\x07\"\n", "title: \ud7ff\n", "\n", "<!-- c -->\n", "{" * 1200,
]  # fmt: skip
_CSS = [
    "p", "*", "h1", "body", "@page", "@media print", "@page { @footnote", ":root", "aside", "table",
    "{", "}", "color: red;", "display: grid;", "display: none;", "display: flex;", "--a: var(--b);",
    "--b: var(--a);", "margin: calc(1px/0);", "width: 1e9mm;", "position: running(x);", ":", ";",
    "float: footnote;", "break-before: recto;", "content: 'x", "content: counter(page);",
    "url(x.png)",
    "background: url(data:,x);", "@import 'x.css';", "@font-face { src: url(a.ttf) }", "/*", "*/",
    "font-size: 0;", "line-height: 0;", "size: 10mm;", "columns: 3;", "string-set: a content();",
    "\\", "\"", "'\n", "@", "!important", "font: 12px/1 x;", "hyphens: auto;", "(", ")", "[", "]",
]  # fmt: skip
_SVG = [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2">', "<svg>", "</svg>",
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1">', "<g>", "</g>", "<text>x</text>",
    '<rect width="2" height="1e99"/>', '<path d="M0 0L"/>', '<path d="M0 0 C 1e400"/>',
    "<title>x</title>", '<use href="#a"/>', '<g id="a"><use href="#a"/></g>', "<style>*{}</style>",
    '<rect fill="url(#g)"/>', '<linearGradient id="g"/>',
    '<mask id="m"><rect mask="url(#m)"/></mask>',
    "<!DOCTYPE svg>", "&x;", '<image href="a.png"/>', '<image href="data:image/png;base64,x"/>',
    'width="0"', '<svg width="-1" height="nan">', '<rect transform="rotate("/>',
]  # fmt: skip
_NAMES = [
    b"chapters/02.md", b"chapters/README.md", b"chapters/\xff.md", b"chapters/a\x1b[31m.md",
    b"chapters/a b#%41.md", "chapters/\u202eü.md".encode(), b"chapters/.x.md", b"chapters/a\nb.md",
    b"chapters/sub/x.md", b"chapters/X.MD", b"chapters/" + b"n" * 200 + b".md", b"chapters/-.md",
]  # fmt: skip


def _joined(pieces: list[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=most).map("".join)


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((30, 20)).convert("RGB").save(out, kind)
    return out.getvalue()


_PICTURES = [_picture(kind) for kind in ("PNG", "JPEG", "GIF", "WEBP")]


@st.composite
def _bytes(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> bytes:
    """A text as a file, now and then with a byte of it changed."""
    data = draw(texts).encode(errors="replace")
    return draw(_spoilt(data)) if draw(st.integers(0, 9)) == 9 else data


@st.composite
def _spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    at = draw(st.integers(0, max(len(data) - 1, 0)))
    end = draw(st.sampled_from([at, at + 1, len(data)]))
    return data[:at] + draw(st.binary(max_size=3)) + data[end:]


_SOUP = st.lists(PIECES, max_size=14).map("".join)
_WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
CHAPTERS = st.one_of(
    _SOUP, markdown(), _SOUP.map("# T\n\n{}".format), _WORDS.map("# T\n\n{}".format),
    st.builds("{}---\n{}".format, _joined(_FRONT, 5).map("---\n{}".format), _SOUP),
    st.builds("{}{}".format, _joined(_FRONT, 3), markdown()),
)  # fmt: skip


@st.composite
def books(draw: st.DrawFn, styles: bool = True) -> Files:
    """A folder: the paths of its files, as bytes, and what they hold, with ``styles`` or not."""
    files = {
        b"book.toml": draw(_bytes(_joined(_TOML, 3).map((_TOML[0] + "{}").format)))
        if draw(st.booleans())
        else _TOML[0].encode(),
        b"chapters/01.md": draw(_bytes(CHAPTERS)),
        b"chapters/a.png": _PICTURES[0],
    }
    for name in draw(st.lists(st.sampled_from(_NAMES), max_size=2)):
        files[name] = draw(_bytes(CHAPTERS))
    if styles and draw(st.integers(0, 2)) == 0:
        name = draw(st.sampled_from([b"print", b"epub", b"tokens", b"handout"]))
        files[b"styles/" + name + b".css"] = draw(_bytes(_joined(_CSS, 10)))
    if draw(st.integers(0, 2)) == 0:
        files[b"chapters/b.svg"] = draw(_bytes(_joined(_SVG, 6)))
        files[b"chapters/c.png"] = draw(st.sampled_from(_PICTURES).flatmap(_spoilt))
        files[b"chapters/01.md"] += b"\n\n![A](b.svg)\n\n![B](c.png 'C')\n"
    return files
