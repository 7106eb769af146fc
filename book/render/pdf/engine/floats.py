"""Pictures that float: one without room goes to the head of the next page, and text fills the gap.

A figure of the chapter's own is held back where more than the lines that the theme allows would be
left white, if text follows that can stand there. It never goes past a heading, another figure or
the end of a page that the author ends, nor where its place was asked for (``.here``) or is told by
the paragraph before it; and one that calls notes stays. Plates have a page of their own, so text
always goes on before them.

In its place stands an empty block. The tree of tags is made from the HTML, so to a listener the
picture is where it was written.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout.block import remove_placeholders

from book.render.pdf.engine.notearea import AreaContext
from book.render.pdf.engine.register import lay_block

#: What no picture goes past.
_BARRIERS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hr", "figure"})
#: So many lines of text stand below a picture at a page's head, or none.
_LEAST = 3
_NOTHING: dict[str, Any] = {"break": "any", "page": None}


class FloatContext(AreaContext):
    """WeasyPrint's layout context, with pictures that float.

    ``heads`` are the figures that the page begins with, ``held`` those that go on to the next.
    ``allowed`` is how many lines may be left white before a figure; None if none floats.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.allowed: float | None = None
        self.heads: list[Any] = []
        #: How far paragraphs are indented that follow others; lines that are, and their own styles.
        self.indent: Any = None
        self._indented: dict[int, tuple[Any, Any]] = {}
        #: Pictures that are lower than they would be, for their captions, and their own styles.
        self._lowered: dict[int, tuple[Any, Any]] = {}
        #: What floats beside the text, while it is laid to stand on one page (``{.beside}``).
        self.whole: Any = None
        self._clear()
        super().__init__(*args, **kwargs)

    def _clear(self) -> None:
        self.held: list[Any] = []
        #: Those that stay where they are, since nothing comes behind that could stand before them.
        self._stay: set[Any] = set()
        #: What was laid at the page's head, and before the block of which element it stands.
        self._placed: list[tuple[Any, Any]] = []
        self._plated = False
        #: Whether the page is a plate's.
        self.is_plate = False

    def begin_floats(self) -> None:
        """Begin a page."""
        self._clear()

    @property
    def unplaced(self) -> list[Any]:
        """The figures that the next page begins with."""
        placed = [figure for figure, _ in self._placed]
        left = [one for one in self.heads if all(one.element is not two.element for two in placed)]
        return [*left, *self.held]

    def lay_root(self, root: Any, bottom_space: float, skip: Any, *more: Any) -> tuple[Any, ...]:
        """What a page lays, with the figures that it begins with at its head."""
        laid: tuple[Any, ...] = lay_block(self, root, bottom_space, skip, *more)
        if self.held and laid[0] is not None and (laid[1] is None or laid[2]["break"] != "any"):
            # Nothing comes behind them: they stand before the text that has filled their place.
            around, is_empty, absolute, fixed, _ = more
            remove_placeholders(self, [laid[0]], absolute, fixed)
            stay = {one.element for one in self.held}
            self._clear()
            self._stay = stay
            again: tuple[Any, ...] = around, is_empty, absolute, fixed, []
            laid = lay_block(self, root, bottom_space, skip, *again)
        if laid[0] is not None:
            self._placed = [one for one in self._placed if _put_before(laid[0], *one)]
        return laid

    def lay_flowing(self, box: Any, *given: Any) -> tuple[Any, ...] | None:
        """What becomes of a block of the chapter's own; None if that is as ever."""
        _, skip, around, is_empty, *_ = given
        self._indent(box, around)
        if self.heads and not self._placed:
            return self._below_heads(box, *given)
        if self._plated or (self.held and box.element.tag in _BARRIERS):
            return _broken_before()
        if box.element.tag != "figure" or skip not in (None, {0: None}):
            return None
        is_plate = "plate" in _classes(box)
        if is_empty:
            self._plated = self.is_plate = is_plate
            if is_plate:
                self._lower(box, *given)
            return None
        if self._may_float(box, around):
            return self._float(box, *given, is_plate=is_plate)
        return _broken_before() if is_plate else None

    def _float(self, box: Any, *given: Any, is_plate: bool) -> tuple[Any, ...]:
        """A figure if it has room; else it is held back, if too much would be left white."""
        found: tuple[Any, ...] = lay_block(self, box, *given)
        bottom_space, _, around, _, absolute, fixed, *rest = given
        if not is_plate and self._has_room(found[0], bottom_space):
            return found
        if found[0] is not None:
            remove_placeholders(self, [found[0]], absolute, fixed)
        room = self.page_bottom - bottom_space - box.position_y
        if not is_plate and room <= (self.allowed or 0) * self.white:
            return _broken_before()
        self.held.append(box)
        margins = rest[0] if rest and rest[0] is not None else []
        return _stand_in(box, around), None, dict(_NOTHING), margins, True, None

    def _lower(self, plate: Any, *given: Any) -> None:
        """Make a plate's picture lower if else its caption would have no room below it."""
        bottom_space, _, around, *_ = given
        pictures = [one for one in plate.descendants() if isinstance(one, boxes.ReplacedBox)]
        if len(pictures) != 1:
            return
        picture = pictures[0]
        picture.style = self._lowered.pop(id(picture), (picture, picture.style))[1]
        laid = lay_block(self, plate, -inf, None, around, True, [], [], [])[0]
        if laid is None:
            return
        bottom = self.page_bottom - bottom_space  # above the notes that it calls
        remove_placeholders(self, [laid], [], [])
        heights = [one.height for one in laid.descendants() if isinstance(one, boxes.ReplacedBox)]
        end = laid.border_box_y() + laid.border_height()
        least = heights[0] - (end - bottom) if heights else 0.0
        if heights and 0 < least < heights[0]:
            self._lowered[id(picture)] = picture, picture.style
            picture.style = picture.style.copy()
            picture.style["max_height"] = Dimension(least, "px")

    def _has_room(self, laid: Any, bottom_space: float) -> bool:
        if laid is None:
            return False
        end = laid.border_box_y() + laid.border_height()
        return not self.overflows_page(bottom_space, end)

    def _indent(self, box: Any, around: Any) -> None:
        """Indent a paragraph from before which a picture has gone, as behind another paragraph."""
        if box.element.tag != "p" or self.indent is None or not box.children:
            return
        line = box.children[0]
        gone = {one.element for one in (*self.heads, *self.held)}
        before = [one.element for one in around.children if one.element in self.blocks]
        place = before.index(box.element) if gone else 0
        if place and before[place - 1] in gone:
            _, own = self._indented.setdefault(id(line), (line, line.style))
            line.style = own.copy()
            line.style["text_indent"] = self.indent
        elif id(line) in self._indented:
            line.style = self._indented.pop(id(line))[1]

    def _may_float(self, box: Any, around: Any) -> bool:
        """Whether a figure may go on, and text follows that can stand in its place."""
        if box.element in self._stay or {"here", "beside"} & _classes(box):
            return False
        if any(one.footnote for one in box.descendants()):
            return False
        flow = [one for one in around.children if one.is_in_normal_flow()]
        place = next((at for at, one in enumerate(flow) if one.element is box.element), None)
        if place is None or place + 1 >= len(flow) or flow[place + 1].element is None:
            return False
        if place and flow[place - 1].style["break_after"] in ("avoid", "avoid-page"):
            return False
        following = flow[place + 1]
        is_free = following.style["break_before"] in ("auto", "avoid")
        return is_free and following.element.tag not in _BARRIERS

    def _below_heads(self, box: Any, *given: Any) -> tuple[Any, ...]:
        """Lay the figures at the page's head, and what the page begins with below them."""
        bottom_space, skip, around, _, absolute, fixed, _, *rest = given
        y, margin, is_plate = box.position_y, 0.0, False
        for figure in self.heads:
            figure.position_x, figure.position_y = box.position_x, y
            if "plate" in _classes(figure):
                self._lower(figure, *given)
            laid = lay_block(self, figure, bottom_space, None, around, True, absolute, fixed, [])[0]
            if laid is None:
                continue
            laid.translate(dy=y - laid.border_box_y())
            laid.is_floated_figure = True
            self._placed.append((laid, box.element))
            y, margin = y + laid.border_height(), laid.margin_bottom
            is_plate = is_plate or "plate" in _classes(figure)
        self.is_plate = is_plate
        room = self.page_bottom - bottom_space - y - margin
        if not is_plate and room >= _LEAST * self.white:
            box.position_y = y
            found = lay_block(
                self, box, bottom_space, skip, around, False, absolute, fixed, [margin], *rest
            )
            if found[0] is not None:
                result: tuple[Any, ...] = found
                return result
        empty = _stand_in(box, around)
        empty.element = box.element
        return empty, skip or {0: None}, dict(_NOTHING), [], False, None


def begin_to_float(context: Any, root: Any) -> dict[int, Any]:
    """The chapter's own figures, by the places of their blocks; none if they may not float.

    Plates make their own page. How far paragraphs are indented behind others is found, too.
    """
    found: dict[int, Any] = {}
    above, last, opening = "", -1, None
    for box in root.descendants() if context.allowed is not None else ():
        if box.element is not None and "opening" in _classes(box):
            opening = opening or box
        place = context.blocks.get(box.element) if box.element is not None else None
        if place is None or place == last:
            continue
        last = place
        if above == box.element.tag == "p" and context.indent is None:
            context.indent = box.style["text_indent"]
        above = box.element.tag
        if above == "figure":
            found[place] = box
            if "plate" in _classes(box):
                box.style = box.style.copy()
                box.style["break_before"] = box.style["break_after"] = "auto"
                if place == 0:
                    _part_from_title(opening)
    return found


def _part_from_title(opening: Any) -> None:
    """Let a page end behind a chapter's title, if the chapter begins with a plate."""
    box = opening
    while isinstance(box, boxes.BlockBox):
        box.style = box.style.copy()
        box.style["break_after"] = "auto"
        box = box.children[-1] if box.children else None


def _broken_before() -> tuple[Any, ...]:
    """That a page ends before a block."""
    return None, None, dict(_NOTHING), [], False, None


def _stand_in(box: Any, around: Any) -> Any:
    """An empty block in the place of ``box``."""
    empty = box.copy_with_children([])
    empty.style = box.style.copy()
    empty.style["anchor"] = None
    for side in ("top", "right", "bottom", "left"):
        for edge in (f"margin_{side}", f"padding_{side}", f"border_{side}_width"):
            setattr(empty, edge, 0)
    empty.width, empty.height, empty.clearance = around.width, 0, None
    empty.stands_for, empty.element = box, None
    return empty


def _put_before(root: Any, figure: Any, element: Any) -> bool:
    """Put a figure before the block of an element, wherever it is; False if it is nowhere."""
    for child in root.children:
        if child.element is element and child.element is not None:
            root.children = [figure, *root.children]
            return True
        if isinstance(child, boxes.BlockBox) and _put_before(child, figure, element):
            return True
    return False


def _classes(box: Any) -> set[str]:
    return set((box.element.get("class") or "").split())
