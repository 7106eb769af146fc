"""Style sheets of a line or two that no typesetter likes, and a book that has something of all.

Each sheet is a pair of the file in ``styles/`` that it stands in and its text.
"""

from __future__ import annotations

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
    # What is no CSS.
    "}",
    ";",
    ")",
    '"',
    "@",
    "{",
    "]",
    "/*",
    "\\",
    ":not(p",
    "p",
    "p {",
    "p { color",
    "p { color: red",
    "p { a: '\n' }",
    "p { a: url(x\n'y) }",
    "p { color: ); }",
    "p { : red }",
    "p { colr: red }",
    "@page { @footnote { '\n } }",
    "@page { size: '\n'; margin: ) }",
    ":root { --x: '\n; }\np { color: var(--x) }",
    "@media ) { p { color: red } }",
    "@supports ( { p { color: red } }",
    "@font-face { src: ) }",
    "@nothing;",
    "@import 'x.css'; @import url(http://192.0.2.1/x.css);",
    "p:nth-child( { color: red }",
    "p::before { content: '\\110000' }",
    "p { color: red !!important }",
    # What is nested too deep or grows.
    "p { width: " + "(" * 1500,
    "p { width: " + "(" * 1500 + ")" * 1500 + " }",
    "p { width: calc" + "(" * 400 + "1px" + ")" * 400 + " }",
    "p " + "{" * 1500,
    "p " + "{ & p " * 300 + "}" * 300,
    "@media print { " * 600 + "p { color: red }" + "}" * 600,
    ":is(" * 800 + "p" + ")" * 800 + " { color: red }",
    ":root { --a: var(--a); } p { color: var(--a) }",
    ":root { --a: var(--b); --b: var(--a) } p { color: var(--a) }",
    "p { --a: var(--b); --b: var(--a); color: var(--a) }",
    ":root { "
    + "".join(f"--v{i}: " + f"var(--v{i + 1}) " * 10 + "; " for i in range(6))
    + "--v6: a } p { font-family: var(--v0) }",
    "p { "
    + "".join(f"--v{i}: " + f"var(--v{i + 1}) " * 10 + "; " for i in range(6))
    + "--v6: a; font-family: var(--v0) }",
    "p { color: " + "var(--x, " * 900 + "red" + ")" * 900 + " }",
    # What display and position make of everything.
    *(
        f"{what} {{ display: {how} }}"
        for what in ("p", "body", "*")
        for how in ("grid", "flex", "inline", "none", "contents", "table-cell", "inline-block")
    ),
    "* { display: table-row }",
    "* { display: list-item }",
    "* { display: inline-grid }",
    "* { display: inline-flex }",
    "* { display: table-caption }",
    "html { display: none }",
    "section { display: none }",
    "table { display: block } td { display: block }",
    "td, tr { display: inline }",
    "li { display: run-in }",
    "* { float: footnote }",
    "p { float: footnote }",
    "h1 { float: footnote }",
    "aside { float: none }",
    "aside { float: left }",
    "aside { display: none }",
    "aside { display: inline }",
    "aside { footnote-display: inline }",
    "aside { footnote-policy: line; footnote-display: compact }",
    "* { float: left }",
    "* { float: right; width: 200% }",
    "* { position: running(x) }",
    "p { position: running(x) }",
    "* { position: absolute }",
    "* { position: fixed }",
    "p { position: fixed }",
    "* { position: relative; left: 1e5mm }",
    # Breaks.
    "* { break-before: recto }",
    "* { break-after: recto }",
    "* { break-before: page; break-after: page; break-inside: avoid }",
    "p { break-before: verso }",
    "* { page: named }",
    "p { page: named }",
    "p { orphans: 1000000; widows: 1000000 }",
    "* { box-decoration-break: clone; padding: 50% }",
    "p { block-ellipsis: 'x'; max-lines: 0; continue: discard }",
    "p { max-lines: 1 }",
    "p { continue: discard }",
    # Pages and footnote areas.
    "@page { @footnote { column-count: 2 } }",
    "@page { @footnote { columns: 3; column-fill: auto } }",
    "@page { @footnote { display: none } }",
    "@page { @footnote { max-height: 0 } }",
    "@page { @footnote { max-height: 1px } }",
    "@page { @footnote { height: 100000px } }",
    "@page { @footnote { display: grid } }",
    "@page { @footnote { display: flex } }",
    "@page { @footnote { float: left; position: absolute } }",
    "@page { @footnote { writing-mode: vertical-rl } }",
    "@page { size: 10km }",
    "@page { size: 1e6mm 1e6mm }",
    "@page { size: 0 }",
    "@page { size: 1px 1px }",
    "@page { size: 1e-9px }",
    "@page { size: -5mm }",
    "@page { margin: 1000mm }",
    "@page { margin: -1000mm }",
    "@page { padding: 100% }",
    "@page { margin: 49% }",
    "@page :nth(2n+1 of x) { margin: 0 }",
    "@page :nth(99999999999999999999n) { margin: 0 }",
    "@page { marks: crop cross; bleed: 1e6mm }",
    "@page { bleed: 10mm; marks: crop }",
    "@page { @top-left { content: element(x) } } p { position: running(x) }",
    "@page { @top-left { content: '\\A' counter(pages) string(nope) element(nope) } }",
    "@page { @top-left { width: 1e6mm; content: 'x' } }",
    "@page { counter-reset: page 99999999999999999999 }",
    "p { columns: 100000 }",
    "p { columns: 2 } section { columns: 3 }",
    "* { columns: 2 }",
    "p { column-gap: 1e9px; column-count: 3 }",
    # Measures.
    "p { width: calc(1px/0) }",
    "p { width: calc(1px / 0 * 0) }",
    "p { line-height: calc(0/0) }",
    "p { height: 1e6mm }",
    "p { height: 1e300px }",
    "p { margin-top: 1e6mm }",
    "p { margin: -1e6mm }",
    "p { padding: 1e999px }",
    "p { font-size: 1e6mm }",
    "p { font-size: 0 }",
    "p { font-size: 1e-9px }",
    "* { font-size: 200% }",
    "p { line-height: 0 }",
    "p { line-height: 1e9 }",
    "p { letter-spacing: 1e6mm }",
    "p { letter-spacing: -1e6mm }",
    "p { word-spacing: 1e6mm }",
    "p { text-indent: 1e6mm }",
    "p { text-indent: -1e6mm }",
    "p { border: 1e6mm solid }",
    "p { border-radius: 1e9px; border: 1px dashed }",
    "p { tab-size: 1e9 } pre { tab-size: 100000 }",
    "p { width: sin(1e999deg) }",
    "p { width: round(1px, 0px) }",
    "p { width: mod(5px, 0px); margin-left: rem(5px, 0px) }",
    "p { width: pow(0, -1) }",
    "p { width: calc(1px * 1e308 * 1e308) }",
    "p { height: min() }",
    "p { opacity: calc(1/0) } p { z-index: 99999999999999999999 }",
    "p { transform: scale(1e300) }",
    "p { transform: matrix(0,0,0,0,0,0) }",
    "p { transform: rotate(1e999deg) scale(0) }",
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
