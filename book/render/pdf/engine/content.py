"""What a paragraph holds: its texts, measured one behind the other as on one endless line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import atomic_box
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text.ffi import FROM_UNITS

from book.render.pdf.engine.settings import Wishes, wishes
from book.render.pdf.engine.shapes import Shape, shaped

#: What stands for a picture, or what else is no text.
OBJECT = "\ufffc"
#: Scripts that are not fitted: they run from right to left, or have no spaces to give.
_OTHER = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff]"
)
#: Scripts whose letters are joined, so nothing may stand between them.
JOINED = re.compile("[\u0700-\u0dff\u0f00-\u109f\u1780-\u18af]")


@dataclass(slots=True)
class ShapedText:
    """A text box of the paragraph, its shape, and where it begins in letters and pixels."""

    box: Any
    shape: Shape
    wishes: Wishes
    letter: int
    left: float
    #: What stands before it: the width of spaces that give, and what letters can give.
    spaces: float
    letters: float
    #: By how much a letter more lets letters give more.
    per_byte: float

    def given(self, byte: int, count: int | None = None) -> tuple[float, float, float]:
        """Width, spaces and letters' give before ``byte``, behind ``count`` spaces."""
        shape = self.shape
        width = shape.places[byte] * FROM_UNITS
        return (
            self.left + width,
            self.spaces + (shape.spaces(0, byte) if count is None else count) * shape.space,
            self.letters + width * self.wishes.width + byte * self.per_byte,
        )


@dataclass(slots=True)
class ParagraphContent:
    """The texts of a paragraph, and its whole text as far as it is known."""

    texts: list[ShapedText] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    letter: int = 0
    x: float = 0.0
    spaces: float = 0.0
    letters: float = 0.0
    can_fit: bool = True

    def add_object(self, width: float) -> None:
        """Something that is no text."""
        self.whole.append(OBJECT)
        self.letter += 1
        self.x += width

    def add_text(self, box: Any, shape: Shape) -> None:
        """A text box."""
        wanted, style = wishes(box.style), box.style
        per_byte = 0.0
        if shape.data and not JOINED.search(shape.text):
            glyphs = shape.starts.count(1)
            per_byte = wanted.space * style["font_size"] * glyphs / len(shape.data)
        text = ShapedText(
            box, shape, wanted, self.letter, self.x, self.spaces, self.letters, per_byte
        )
        self.texts.append(text)
        self.whole.append(shape.text)
        self.letter += len(shape.text)
        self.x, self.spaces, self.letters = text.given(len(shape.data))


def content(context: Any, line: Any, block: Any) -> ParagraphContent | None:
    """What the box of lines ``line`` in ``block`` holds; None if it can't be set as a whole."""
    found = ParagraphContent()
    _walk(context, line, block, found)
    whole = "".join(found.whole)
    is_other = _OTHER.search(whole) or len(_UNSPACED.findall(whole)) * 5 > len(whole)
    has_text = any(text.shape.text.strip(" ") for text in found.texts)
    return found if found.can_fit and has_text and not is_other else None


def _walk(context: Any, box: Any, block: Any, found: ParagraphContent) -> None:
    for child in box.children:
        if not found.can_fit:
            return
        if not child.is_in_normal_flow():
            found.can_fit = not child.is_floated()
        elif isinstance(child, boxes.TextBox):
            _add(context, child, found)
        elif isinstance(child, boxes.InlineBox) and not child.is_leader:
            resolve_percentages(child, block)
            found.x += _side(child, "left")
            _walk(context, child, block, found)
            found.x += _side(child, "right")
        elif isinstance(child, boxes.AtomicInlineLevelBox) and not child.is_leader:
            resolve_percentages(child, block)
            laid = atomic_box(context, child, 0, None, block, [], [])
            found.add_object(laid.margin_width())
        else:
            found.can_fit = False


def _add(context: Any, box: Any, found: ParagraphContent) -> None:
    is_plain = box.style["white_space"] in ("normal", "nowrap") and box.style["font_size"]
    if not is_plain or "\n" in box.text or "\t" in box.text:
        found.can_fit = False
    elif box.text:
        found.add_text(box, shaped(box.text, box.style, context))


def _side(box: Any, side: str) -> float:
    margin = getattr(box, f"margin_{side}")
    rest = getattr(box, f"padding_{side}") + getattr(box, f"border_{side}_width")
    return float(rest + (0 if margin == "auto" else margin))
