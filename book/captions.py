"""Captions for those who come from Pandoc, where the words between the brackets are the caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.data import replace
from book.base.xml import inner, tree
from book.model import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.model import Chapter, Config


def with_captions(chapters: Sequence[Chapter], config: Config) -> tuple[Chapter, ...]:
    """``chapters`` in which each figure has a caption, if the book wants it so.

    One without its own has its image's alternative text, which stays that.
    """
    if config.typography.captions == "title":
        return tuple(chapters)
    return tuple(_captioned(one) if one.images else one for one in chapters)


def _captioned(chapter: Chapter) -> Chapter:
    root = tree(chapter.body)
    for figure in root.iter("figure"):
        words = [one.get("alt", "") for one in figure.iter("img")]
        if len(words) == 1 and words[0].strip() and figure.find(".//figcaption") is None:
            caption = figure.makeelement("figcaption")
            caption.text = words[0]
            figure.append(caption)
    return replace(chapter, text=Text.of(inner(root)))
