"""How long the chapters are."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from book.base.xml import tree

if TYPE_CHECKING:
    from book.model import Chapter, Notes, Text


def counted(chapter: Chapter) -> int:
    """How many words the chapter has, its notes with them."""
    return _counted(chapter.text, chapter.noted)


@lru_cache(maxsize=2000)  # an edit changes one chapter of a book
def _counted(text: Text, noted: Notes) -> int:
    texts = [str(text), *(note.body for note in noted.all() if note.calls)]
    return sum(len(" ".join(map(str, tree(one).itertext())).split()) for one in texts)
