"""Style sheets of a line or two that no typesetter likes, and a book that has something of all.

Each sheet is a pair of the file in ``styles/`` that it stands in and its text.
"""

from __future__ import annotations

from tests.hostilepages import PRINT

CHAPTER = """\
# A Chapter of *Everything*

The first paragraph calls a note,[^one] and on [1 May 1943](when:1943-05-01 "The talks begin")
[Sato](who:sato) was named; see [below](#a-section). It goes on for a line or two, so that there
is something to be justified, hyphenated and broken at the end of a line, as in any book.

## A section

> A quotation, and "`code`" in it.

1. One
2. Two
   - nested

| A  | B  |
| -- | -- |
| 1  | 2  |


![A map](images/map.svg)

Term
: Definition.

```
code in a block
```

### A subsection

Another paragraph[^two] of **bold**, *italic*, H<sub>2</sub>O and `code`.

---

The last paragraph.

[^one]: A note of *one* line.
[^two]: A note.

    In two paragraphs.
"""
SECOND = "# Another\n\nA short chapter, named by [Sato](who:sato).[^a]\n\n[^a]: A note.\n"
SETTINGS = """\
[book]
title = "Hostile"
authors = ["Ada Example"]
language = "en"
date = 2024-01-01

[people.sato]
name = "Sato, Naotake"
about = "ambassador"

[handout]
questions = ["Why?"]
where = "A library."
"""
MAP = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
BOOK: dict[str, str | bytes] = {
    "book.toml": SETTINGS,
    "chapters/01.md": CHAPTER,
    "chapters/02.md": SECOND,
    "chapters/images/map.svg": MAP,
}

_PRINT = [
    *PRINT,
    # Pictures and colours.
    "p { background: repeating-linear-gradient(red, blue 1e-9px) }",
    "p { background: repeating-linear-gradient(red 10px, blue 10.0000001px) }",
    "p { background: repeating-radial-gradient(red, blue 1e-9px) }",
    "p { background: linear-gradient(red 0, blue 0) }",
    "p { background: radial-gradient(0 0, red, blue) }",
    "p { background: conic-gradient(red, blue) }",
    "p { background-image: url(nothing.png); background-size: 1e-9px }",
    (
        "p { background: url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
        "viewBox='0 0 1'/%3E\") }"
    ),
    "p { background: url(data:image/png;base64,iVBORw0KGgo=) }",
    (
        "p { background: url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width="
        "'1' height='1'%3E%3Cpath d='M0 0h1v1z'/%3E%3C/svg%3E\") 0 0 / 0.01px 0.01px repeat }"
    ),
    "p { list-style: url(nothing.svg) } li { list-style-image: linear-gradient(red, blue) }",
    "p { color: device-cmyk(1 0 0 0) }",
    "p { color: color(nothing 1 2 3); background: lab(calc(1/0) 0 0) }",
    "@color-profile device-cmyk { src: url(x.icc) }",
    "@color-profile device-cmyk { src: url(x.icc); rendering-intent: none }",
    "@color-profile --x { src: url(print.css) } p { color: color(--x 1 1 1) }",
    "img { image-resolution: 0dpi }",
    "img { image-resolution: 1e-9dppx }",
    "img { width: 1e6mm }",
    "img { object-fit: cover; width: 0; height: 1e5mm }",
    "p { border-image: url(nothing.png) 1e9 }",
    "p { border-image: linear-gradient(red, blue) 30 / 1e5 }",
    "p { mask-border: url(x.svg) 1 }",
    # Words that are made.
    "p::before { content: counters(x, '.') counter(x, nothing) attr(y) target-counter('#z', a) }",
    "p { counter-increment: x 999999999999999999999999 } p::before { content: counter(x) }",
    "p { counter-reset: x 99999 } p::before { content: counter(x, upper-roman) }",
    "@counter-style a { system: extends a } p::before { content: counter(x, a) }",
    (
        "@counter-style a { system: extends b } @counter-style b { system: extends a }\n"
        "p::before { content: counter(x, a) }"
    ),
    "@counter-style a { system: cyclic } li { list-style: a }",
    "@counter-style a { system: additive; additive-symbols: 0 'x' }\nli { list-style: a }",
    "@counter-style a { system: fixed; symbols: 'x'; pad: 99999999 'y' } li { list-style: a }",
    (
        "@counter-style a { system: symbolic; symbols: 'x' } li { list-style: a }\n"
        "li { counter-increment: list-item 9999999 }"
    ),
    "li { list-style-type: symbols(cyclic) }",
    "p { quotes: none } p::before { content: open-quote close-quote close-quote }",
    "p { string-set: x content(before) } p::first-line { float: left }",
    "p { bookmark-level: 1; bookmark-label: content(text) counter(x) }",
    "* { bookmark-level: 99999999999 }",
    "a::after { content: target-counter(attr(href), page) target-text(attr(href), before) }",
    "p::marker { content: 'x' } p::footnote-call { content: none }",
    "::footnote-marker { content: counter(footnote) } ::footnote-call { font-size: 0 }",
    "p { hyphenate-character: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }",
    "p { hyphenate-limit-chars: 1 1 1; hyphenate-limit-zone: 100%; hyphens: auto }",
    "p { font-family: nothing } @font-face { font-family: nothing; src: url(print.css) }",
    "@font-face { font-family: x; src: local(Arial), url(x.ttf) } p { font-family: x }",
    "p { font-variation-settings: 'wght' 1e9; font-feature-settings: 'x' 1 }",
    "p { font: 1e5pt/1e5 serif }",
    "p { text-align: justify-all; text-align-last: nothing; text-wrap: balance }",
    "p { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 0 }",
    "p { white-space: pre; width: 1px } * { overflow-wrap: anywhere; width: 1px }",
    "p { unicode-bidi: bidi-override; direction: rtl; writing-mode: vertical-rl }",
    "* { all: unset }",
    "* { all: inherit }",
    "* { visibility: hidden; opacity: 0 }",
    "* { visibility: collapse }",
    "td { vertical-align: 1e6mm; border-collapse: collapse; border: 1e4px double }",
    "table { table-layout: fixed; width: 0 } td { width: 1e6mm; height: 1e5mm }",
    "table { border-spacing: 1e6mm }",
    "section { min-height: 1e6mm } body { max-width: 0 }",
    "body { grid-template-columns: repeat(100000, 1fr); display: grid }",
    "body { display: grid; grid-template-areas: 'a b' 'c' }",
    "p { display: grid; grid: subgrid / auto-flow } p { grid-row: 99999 / span 99999 }",
    "body { display: flex; flex-flow: column wrap; height: 10mm } * { flex: 1 1 0 }",
]
_HANDOUT = [
    "section { break-before: page }",
    "body { display: none }",
    "body { display: grid }",
    "* { display: none }",
    "* { display: inline }",
    "* { float: footnote }",
    "section { height: 900mm }",
    "* { height: 900mm }",
    "p { break-before: page }",
    "* { break-before: recto }",
    "* { position: absolute }",
    "@page { size: 10km }",
    "@page { margin: 1000mm }",
    "section { width: calc(1px/0) }",
    "}",
    "p { a: '\n' }",
    "p { font-size: 1e6mm }",
    "[id] { display: none }",
    "p { background: repeating-linear-gradient(red, blue 1e-9px) }",
]
_EPUB = [
    "}",
    "p { a: '\n' }",
    "p { width: " + "(" * 1500,
    "@media print { " * 600 + "p { color: red }" + "}" * 600,
    "@import url(http://192.0.2.1/x.css);",
    "p { background: url(http://192.0.2.1/x.png) }",
    ":root { "
    + "".join(f"--v{i}: " + f"var(--v{i + 1}) " * 10 + "; " for i in range(6))
    + "--v6: a } p { font-family: var(--v0) }",
    "@namespace x url(http://192.0.2.1/); x|p { color: red }",
    "p { behavior: url(x.htc); -moz-binding: url(x.xml#y) }",
    "</style><script>alert(1)</script>",
    "p { content: '</style>' } p { color: \\72 ed }",
]
_TOKENS = [
    ":root { --line: 0 }",
    ":root { --line: 1e9mm; --size: 1e6mm }",
    ":root { --measure: var(--line); --line: var(--measure) }",
    ":root { --depth: 0%; --top: 100%; --inner: 1000% }",
    ":root { --serif: ; --size: '\n }",
    ":root { --size: red; --line: 'x' }",
]

SHEETS: tuple[tuple[str, str], ...] = (
    *(("print.css", css) for css in _PRINT),
    *(("handout.css", css) for css in _HANDOUT),
    *(("epub.css", css) for css in _EPUB),
    *(("tokens.css", css) for css in _TOKENS),
)
