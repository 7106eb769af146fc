"""The last two words of a title stand together, and nothing else in it is touched."""

from __future__ import annotations

import pytest

from book.render.pdf.draft.finish import tied


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("A title of words", "A title of\N{NO-BREAK SPACE}words"),
        ('T <img src="a.png" alt=""/>', 'T <img src="a.png" alt=""/>'),
        ('The <em class="a b">x</em>', 'The <em class="a b">x</em>'),
    ],
)
def test_words_are_tied_and_no_attributes(title: str, printed: str) -> None:
    """A space within a tag is no space between words (a picture in a title ended the build)."""
    assert tied(title) == printed
