"""Links without words say what they lead to."""

from __future__ import annotations

import re

import pytest

from tests.test_assemble import made

_TEXT = """# First *of* all[^n]

{}

## What *they* knew[^n] {{#knew}}

![Alt](m.svg "A *map*[^n] of it"){{#map}}

| a |
| - |
| 1 |

: Prices {{#prices}}

A place to go to.
{{: #place }}

Some [words]{{#own}} here, []{{#none}}and a term:

Term[^n]
:   Said. []{{#term}}

[^n]: A note, and [](#knew).
"""


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("[](#knew)", "What <em>they</em> knew"),
        ("[](#map)", "A <em>map</em> of it"),
        ("[](#prices)", "Prices"),
        ("[](#place)", "What <em>they</em> knew"),
        ("[](#own)", "words"),
        ("[](#none)", "What <em>they</em> knew"),
        ("[](b.md)", "Second &amp; last"),
        ("[](a.md)", "First <em>of</em> all"),
        ("[](b.md#its-own)", "Its own"),
        ("[](#note:n)", ""),
        ("[](#nowhere)", "#nowhere"),
        ("[so](#knew)", "so"),
    ],
)
def test_a_bare_link_has_the_words_of_its_target(link: str, words: str) -> None:
    """Those of a title, a heading, a caption; of a place without any, the heading above it."""
    book = made(_TEXT.format(link), "# Second & last\n\n## Its own\n\nText.\n")
    first = book.chapters[0]
    found = re.search(r"^<p><a data-to=[^>]*?(?:/>|>(.*?)</a>)</p>", first.body, re.MULTILINE)
    assert found is not None
    assert (found[1] or "") == words
    assert all("data-bare" not in text for text in (first.body, first.notes[0].body))
