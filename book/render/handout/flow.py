"""Handouts that flow over as many pages as they take: in large print, of answers, of many pages."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from book.base.data import replace

if TYPE_CHECKING:
    from book.render.handout.layout import Content, HandoutLayout

#: The blocks in the order of reading, by their words.
_BLOCKS = ("story", "documents", "chronology", "who_is_who", "questions", "where_to_get")


def flowed(
    content: Content, layout: HandoutLayout, kind: Literal["large", "plain", "answers"]
) -> tuple[bytes, int]:
    """The PDF of all of ``content``, of any length, and how many pages it has.

    ``large`` is large print: 18 points and more, one column, nothing slanted, nothing grey, the
    dates as a list and not as a drawing. ``plain`` has the handout's own sizes, in two columns.
    ``answers`` are the questions with what is answered, for who teaches.
    """
    shown = {
        "story": content.story,
        "documents": content.documents,
        "chronology": content.chronology,
        "who_is_who": content.people,
        "questions": content.questions,
        "where_to_get": content.where,
    }
    blocks = tuple(one for one in _BLOCKS if shown[one])
    if kind == "answers":
        blocks = ("answers",)
    css = (files("book") / "theme" / "styles" / "handout-flow.css").read_text("utf-8")
    return layout.flow(replace(content, figure=Markup("")), css, blocks=blocks, kind=kind)
