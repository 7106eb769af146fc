"""A manuscript as Typst's source, and set by it (typst.app), which has no font but ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from typing import TYPE_CHECKING

from bench.peers import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bench.peers.manuscript import Block, Run

_STYLES = {"emphasis": "emph", "strong": "strong", "capitals": "smallcaps"}
_FACES = ("Source Serif", "Source Sans", "IBM Plex Mono")
_TRACKED = "#set par(justification-limits: (tracking: (min: -0.012em, max: 0.02em)))"

#: Lines are as high as their letters, and what is between them is leading: so all is on the grid.
_HEAD = f"""
#set page(
  width: {page.WIDTH}pt, height: {page.HEIGHT}pt, numbering: "1",
  footer: context align(right, text(size: {page.FOLIO}pt, counter(page).display())),
  margin: (
    inside: {page.INNER}pt, outside: {page.OUTER}pt, top: {page.TOP}pt,
    bottom: {page.HEIGHT - page.TOP - page.DEPTH - 0.1}pt,
  ),
)
#set text(
  font: "Source Serif Pro", size: {page.SIZE}pt, hyphenate: true, number-type: "old-style",
  top-edge: 0.8em, bottom-edge: -0.2em,
)
#let leading = {page.LINE - page.SIZE}pt
#let line = {page.LINE}pt
#set par(justify: true, leading: leading, spacing: leading, first-line-indent: line)
#show strong: set text(weight: 600)
#set footnote.entry(
  separator: std.line(length: 42pt, stroke: 0.5pt), clearance: line / 2, indent: 0pt,
  gap: {2 + page.SMALL_LINE - page.SMALL}pt,
)
#show footnote.entry: set text(size: {page.SMALL}pt)
#show footnote.entry: set par(
  leading: {page.SMALL_LINE - page.SMALL}pt, spacing: {page.SMALL_LINE - page.SMALL}pt,
  hanging-indent: 0pt, first-line-indent: 0pt,
)
#show heading: set text(
  font: "Source Sans Pro", weight: 600, hyphenate: false, number-type: "lining"
)
#show heading: set par(justify: false, first-line-indent: 0pt)
#show heading.where(level: 1): it => {{
  pagebreak(to: "odd", weak: true)
  counter(footnote).update(0)
  block(height: 11 * line - leading, below: leading, {{
    v(4 * line)
    set par(leading: {1.5 * page.LINE - 1.75 * page.SIZE}pt)
    text(size: {1.75 * page.SIZE}pt, it.body)
  }})
}}
#show heading.where(level: 2): set text(size: {1.1 * page.SIZE}pt)
#show heading.where(level: 2): set block(above: 1.5 * line + leading, below: line / 2 + leading)
#show heading.where(level: 3): set text(size: {0.95 * page.SIZE}pt)
#show heading.where(level: 3): set block(above: line + leading, below: leading)
#let set-off(body) = block(above: line + leading, below: line + leading, breakable: true, body)
#let quoted(body) = set-off(pad(x: {page.QUOTED_IN}pt, {{
  set text(size: {page.QUOTED}pt)
  set par(leading: line - {page.QUOTED}pt, spacing: line - {page.QUOTED}pt)
  body
}}))
#let items(body) = set-off(pad(left: {page.ITEM_IN}pt, {{
  set par(justify: false, first-line-indent: 0pt)
  set text(hyphenate: false)
  body
}}))
#let small(body) = {{
  set text(font: "Source Sans Pro", size: {page.SMALL}pt, hyphenate: false)
  set par(justify: false, leading: {page.SMALL_LINE - page.SMALL}pt, first-line-indent: 0pt)
  body
}}
#let listing(body) = {{
  set text(font: "IBM Plex Mono", size: {0.86 * page.SMALL}pt)
  body
}}
"""


def released() -> str:
    """Its version; nothing if it is not installed."""
    if tool := shutil.which("typst"):
        said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True)
        return said.stdout.split()[1]
    try:
        return version("typst")
    except PackageNotFoundError:
        return ""


def typeset(blocks: Iterable[Block], language: str, target: Path, *, tracked: bool = False) -> Path:
    """Set ``blocks`` in ``language`` (BCP 47) in the folder ``target``; gives the PDF.

    If it is ``tracked``, letters may be drawn apart and together, which Typst does on request.
    """
    source = target / f"typst{'-tracked' * tracked}.typ"
    pdf = source.with_suffix(".pdf")
    code, _, region = language.partition("-")
    words = f'#set text(lang: "{code}"' + (f', region: "{region}")' if region else ")")
    head = [_HEAD, words, _TRACKED] if tracked else [_HEAD, words]
    source.write_text("\n".join([*head, *said(blocks)]), "utf-8")
    folders = sorted({page.face(name).parent for name in _FACES})
    if tool := shutil.which("typst"):
        fonts = [f"--font-path={folder}" for folder in folders]
        flags = ["--ignore-system-fonts", "--ignore-embedded-fonts"]
        subprocess.run([tool, "compile", *flags, *fonts, source, pdf], check=True)
    else:
        import_module("typst").compile(
            str(source),
            output=str(pdf),
            font_paths=[*map(str, folders)],
            ignore_system_fonts=True,
        )
    return pdf


def said(blocks: Iterable[Block]) -> Iterator[str]:
    """The text in Typst's language, without what comes before it."""
    for kind, group in groupby(blocks, key=lambda one: one.kind):
        if kind in ("quotation", "item", "code"):
            inner = "\n\n".join(_words(one.runs) for one in group)
            name = {"quotation": "quoted", "item": "items", "code": "items"}[kind]
            yield f"#{name}[\n{f'#listing[{inner}]' if kind == 'code' else inner}\n]\n"
        else:
            yield from map(_block, group)


def _block(block: Block) -> str:
    words = _words(block.runs)
    if block.kind == "heading":
        return f"{'=' * block.level} {words}\n"
    if block.kind == "pause":
        return "#set-off(align(center)[\\* \\* \\*])\n"
    if block.kind == "picture":
        high = min(block.height * page.MEASURE, page.HIGHEST)
        shape = f"rect(width: {high / block.height}pt, height: {high}pt)"
        return f"#figure(placement: auto, align(center, {shape} + small[{words}]))\n"
    if block.kind == "table":
        columns = max(map(len, block.rows))
        cells = ", ".join(f"[{_words(cell)}]" for row in block.rows for cell in row)
        return f"#set-off(small(table(columns: {columns}, {cells})))\n"
    return words + "\n"


def _words(runs: Iterable[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.note:
        return f"#footnote[{'#parbreak();'.join(map(_words, run.note))}];"
    said = json.dumps(run.text, ensure_ascii=False)
    return f"#{_STYLES[run.style]}({said});" if run.style else f"#{said};"
