"""A book that is hard on everything: what Markdown and raw HTML can bring, and too much of it.

Two scripts, tables, pictures of every kind, long notes, three hundred notes in one chapter, and a
chapter of a megabyte.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

NOTES = 300
#: The words of the long note; none may be lost.
LONG = " ".join(f"длинное слово {number}" for number in range(1500))

TOML = """\
[book]
title = "Torture & Delight"
subtitle = "A <Book> of Everything"
authors = ["Example, Ada", "Иванов, Иван"]
language = "en"
publisher = "The Rack"
date = 2020-02-29
rights = "CC BY 4.0"
description = "Everything at once & more."
subjects = ["Typography", "Torture"]
series = "Hard Books"
series-number = 3
identifier = "978-3-16-148410-0"

[[book.contributors]]
name = "Translator, Tina"
role = "trl"

[people.sato]
name = "Sato, Naotake"
about = "ambassador"
"""

EVERYTHING = """# All & *sundry*[^t]

Text[^a] with `code`, **bold *both***, ~~gone~~, H~2~O, <abbr title="x">abbr</abbr>,
[Sato](who:sato), [May 1943](when:1943-05 "It < begins & goes on"),
[spring](when:1943-21 "Spring"), [about then](when:1944~ "About"), [there](#там), and
[on](02-many.md#far), [a note](#note:a).[^a] “Quoted” 'twice' -- and — *more*.

## Там {#там}

Русский текст с переносами, *mot*{lang=fr}, λόγος{lang=el}, 日本語{lang=ja}.

<p cite="x" type="y" start="3" role="button" id="a%b">A <div role="note">block</div></p>

> Quoted.[^ed-b]
>
> > Twice.

1. one
2. two

    - deep

      ```python
      print("<&>")
      ```

Term
:   Meaning

| | Left | Right |
|---|:---|---:|
| **a** | b | c |

![A dot & a line](a.png "A *caption*")

![](a.png){role=presentation}

![A photograph](b.jpg) ![A drawing](c.svg) ![A small one](d.webp) ![A still](e.gif)

***

<table><caption>C</caption><tr><th>h</th><td colspan="2" scope="row">x</td></tr></table>

### Deeper

#### Deeper still

End.

[^t]: On the title.
[^a]: First.

    Second, with a [link](https://example.org/?a=1&b=|), and another.[^deep]

    | x | y |
    |---|---|
    | 1 | 2 |

    - one
    - two
[^deep]: A note of a note.
[^ed-b]: *Ed.*
"""

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><title>Two</title>'
    '<rect width="2" height="2"/></svg>'
)


def lay(root: Path) -> Path:
    """Write the book into ``root`` and return it."""
    chapters = root / "chapters"
    chapters.mkdir(parents=True)
    (root / "book.toml").write_text(TOML, "utf-8")
    (chapters / "01-all.md").write_text(EVERYTHING, "utf-8")
    (chapters / "02-many.md").write_text(_many(), "utf-8")
    (chapters / "03-large.md").write_text(_large(), "utf-8")
    kinds = ("dedication", "epigraph", "preface", "introduction", "afterword", "glossary")
    for number, kind in enumerate((*kinds, "bibliography", "chronology", "people", "colophon"), 4):
        text = f"---\nkind: {kind}\n---\n\n# {kind.title()}\n\nText.\n"
        (chapters / f"{number:02}-{kind}.md").write_text(text, "utf-8")
    for name, kind, size in (
        ("a.png", "PNG", (3, 2)),
        ("b.jpg", "JPEG", (3000, 1500)),
        ("d.webp", "WEBP", (30, 20)),
        ("e.gif", "GIF", (30, 20)),
    ):
        (chapters / name).write_bytes(picture(kind, size))
    (chapters / "c.svg").write_text(SVG, "utf-8")
    return root


def picture(kind: str, size: tuple[int, int]) -> bytes:
    """A picture of ``kind`` (a name of Pillow's) and ``size`` in pixels."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind)
    return out.getvalue()


def _many() -> str:
    """A chapter with three hundred notes, one of them long, one called from everywhere."""
    calls = "\n\n".join(
        f"Paragraph {number} says a little.[^n{number}] And more.[^again]"
        for number in range(1, NOTES)
    )
    notes = "\n".join(f"[^n{number}]: Note number {number}." for number in range(2, NOTES))
    return (
        f"# Many notes\n\n{calls}\n\n## Far {{#far}}\n\nEnd.\n\n"
        f"[^n1]: {LONG}\n{notes}\n[^again]: Again.\n"
    )


def _large() -> str:
    """A chapter of a megabyte, in sections of a tenth of it; one is a section without end."""
    sentence = "The sentence goes on and on, as sentences do, and says nothing at all. "
    paragraph = sentence * 12 + "It is as [it was](#part-3).\n\n"
    parts = []
    for number in range(1, 8):
        size = 400_000 if number == 5 else 100_000
        body = paragraph * (size // len(paragraph))
        parts.append(f"## Part {number} {{#part-{number}}}\n\nBegin.[^s{number}]\n\n{body}")
    notes = "\n".join(f"[^s{number}]: Of part {number}." for number in range(1, 8))
    again = "Again the first.[^s1]\n\n"
    return f"# Large\n\n{''.join(parts)}{again}{notes}\n"
