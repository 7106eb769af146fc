"""Lines as a compositor sets them, where WeasyPrint 70 errs or has no rule.

- A line whose last space alone does not fit is broken after its first word: where a text is
  followed by an inline element, ``split_first_line`` takes it for a text that can't be split
  (CSS Text 3, section 4.1.2: spaces at a line's end hang). One boundary in a hundred is hit.
- A justified line is only ever drawn apart. Here it may be drawn in as well: its spaces become
  narrower by up to a fifth, if a word or a syllable more fits then.
- No more than two lines in a row end in a hyphen (CSS Text 4, section 6.3.4:
  ``hyphenate-limit-lines``), and the last word of a paragraph is not divided; but rather that
  than a line with holes in it.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from book.render.pdf.engine import bidi, unspaced, whole
from book.render.pdf.engine.balance import narrowed, wrap_of
from book.render.pdf.engine.tables import TableContext
from book.render.pdf.engine.wrapped import add_mark, hang_of

_split = inline.split_first_line
_next_line = inline.get_next_linebox
_split_box = inline.split_inline_box
_align = inline.text_align
_COLLAPSING = ("normal", "nowrap", "pre-line")
#: WeasyPrint's guess: a letter is wider than its size divided by this.
_RATIO = 4
#: So many letters more than a line can hold are measured at first, and for a line without width.
_NEAR, _NEXT = 600, 60
_HYPHENS = ("-", "\u2010")
#: How many lines in a row may end in a hyphen.
_LADDER = 2
#: By how much of an em spaces may be wider in a line without a hyphen that should have none.
_LOOSEST = 0.35
#: A line whose spaces would grow by more ems than this is left ragged.
_GAPING = 0.75
#: By how much a space may be narrower, and what a word takes with its space, in ems.
_SHRINK, _WORD = 0.045, 2.7


class LineContext(TableContext):
    """WeasyPrint's layout context, with what is known of the lines before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        #: Styles by their ids, and the same without hyphens: WeasyPrint keeps in a style what it
        #: has measured by it.
        self.plain_styles: dict[int, tuple[Any, Any]] = {}
        #: Those, while a line is to have whole words only.
        self.whole_words: dict[int, tuple[Any, Any]] | None = None
        #: Of a page, by its number: how many lines before one end in a hyphen.
        self.hyphens: tuple[int | None, dict[Any, int]] = (None, {})
        #: By how much of an em the spaces of the line that was just set are wider.
        self.slack = 0.0
        #: The line that is being laid, if its paragraph is set as a whole; and what is known of
        #: such paragraphs, by the ids of their boxes.
        self.line_now: whole.Current | None = None
        self.plans: dict[int, Any] = {}
        #: How ragged text is set, and how wide headings are laid that have to be tried, by the
        #: ids of their boxes.
        self.evens: dict[int, Any] = {}
        self.balances: dict[int, Any] = {}
        #: What a page asks of some of them, and those of which lines were laid on it.
        self.refits: dict[int, Any] = {}
        self.met: dict[int, whole.Met] = {}
        #: The elements of blocks that are set off within the page, and of those that get a line of
        #: white more, which is so high.
        self.set_off: dict[Any, None] = {}
        self.whites: frozenset[Any] = frozenset()
        self.white = 0.0
        super().__init__(*args, **kwargs)


def split_first_line(
    text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any
) -> tuple[Any, ...]:
    """WeasyPrint's, with whole words where they are asked for, and with spaces that hang."""
    if context is not None and context.whole_words is not None and style["hyphens"] == "auto":
        plain = context.whole_words.setdefault(id(style), (style, _without_hyphens(style)))[1]
        found = _with_hanging_space(text, plain, context, max_width, *rest, **more)
        begins = more.get("is_line_start", True)
        if max_width is None or found[3] <= max_width or not begins:
            return found  # What is too wide goes to the next line, if it is not the line's first.
    if _holds_back(style) and max_width and context is not None and not more.get("minimum"):
        return _with_word_that_fits(text, style, context, max_width, *rest, **more)
    return _with_hanging_space(text, style, context, max_width, *rest, **more)


def _holds_back(style: Any) -> bool:
    """Whether words in ``style`` are whole, but those that no line holds may be broken."""
    return bool(style["hyphens"] != "auto" and style["overflow_wrap"] == "break-word")


def _with_word_that_fits(
    text: str, style: Any, context: Any, max_width: float, *rest: Any, **more: Any
) -> tuple[Any, ...]:
    """The first line; if its first word is too long for any, with as much of it as fits.

    What is broken at any letter is broken between its syllables rather.
    """
    bold = style.copy()
    bold["overflow_wrap"] = "normal"
    found = _with_hanging_space(text, bold, context, max_width, *rest, **more)
    if found[3] <= max_width or not more.get("is_line_start", True):
        return found
    syllables = style.copy()
    syllables["hyphens"] = "auto"
    return _with_hanging_space(text, syllables, context, max_width, *rest, **more)


def _without_hyphens(style: Any) -> Any:
    plain = style.copy()
    plain["hyphens"] = "manual"
    return plain


def _with_hanging_space(
    text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any
) -> tuple[Any, ...]:
    found = split_near(text, style, context, max_width, *rest, **more)
    _, length, resume_at, *_ = found
    if resume_at is None or max_width is None or style["white_space"] not in _COLLAPSING:
        return found
    bare = text.rstrip(" ")
    size = len(bare.encode())
    if bare == text or length >= size or len(bare) * style["font_size"] > 4 * max_width:
        return found
    layout, length, resume_at, width, *metrics = split_near(
        bare, style, context, max_width, *rest, **more
    )
    if resume_at is None and width <= max_width:
        return (layout, length, size + 1, width, *metrics)
    return found


def split_near(
    text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any
) -> tuple[Any, ...]:
    """WeasyPrint's, but no more of a text is laid than its first line needs.

    Where a word has no end it lays all that is left of the text, for each line anew.
    """
    found: tuple[Any, ...]
    if max_width is not None and max_width < inf and style["font_size"]:
        near = int(max(max_width, 0) / style["font_size"] * _RATIO) or _NEXT - _NEAR
        size = near + _NEAR
        while len(text) > size:
            found = _split(text[:size], style, context, max_width, *rest, **more)
            if found[2] is not None:
                return found
            size *= 8
    found = _split(text, style, context, max_width, *rest, **more)
    return found


def split_inline_box(
    context: Any, box: Any, position_x: float, max_x: float, *rest: Any
) -> tuple[Any, ...]:
    """WeasyPrint's, but a justified line may take a little more than its width.

    Its spaces are drawn in by what it takes; the last line of a paragraph has to fit.
    """
    now = context.line_now
    if now is not None and now.plan.line is box:
        return _plainly(context, box, position_x, inf, *rest)
    is_justified = isinstance(box, boxes.LineBox) and box.style["text_align_all"] == "justify"
    if not is_justified or context.excluded_shapes:
        return _plainly(context, box, position_x, max_x, *rest)
    more = (max_x - position_x) * _SHRINK / _WORD
    lists = _lengths(rest)
    found = _plainly(context, box, position_x, max_x + more, *rest)
    line, resume_at = found[:2]
    over = line.width - inline.trailing_whitespace_size(context, line) - (max_x - position_x)
    spaces = inline.count_expandable_spaces(line)
    can_shrink = resume_at is not None and over <= spaces * _SHRINK * box.style["font_size"]
    if over <= 0 or (can_shrink and not found[2]):
        return found
    _forget(lists)
    del context.excluded_shapes[:]
    return _plainly(context, box, position_x, max_x, *rest)


def _plainly(*args: Any) -> tuple[Any, ...]:
    found: tuple[Any, ...] = _split_box(*args)
    return found


def text_align(context: Any, line: Any, available_width: float, last: bool) -> float:
    """WeasyPrint's, but the spaces of a line that took more than its width are drawn in."""
    now = context.line_now
    if now is not None and line.element is now.plan.line.element and not now.plan.is_ragged:
        return whole.align(context, line, available_width)
    over = line.width - available_width
    if over < 0 and line.style["text_align_all"] == "justify" and not last:
        if line.style["direction"] == "ltr" and unspaced.fill(line, -over):
            return 0.0
        spaces = inline.count_expandable_spaces(line) or 1
        context.slack = -over / spaces / line.style["font_size"]
        if context.slack > _GAPING:
            return 0.0  # It ends where its words end, as before a picture that had no room.
    if over > 0 and line.style["text_align_all"] == "justify" and not last:
        spaces = inline.count_expandable_spaces(line)
        if over <= spaces * _SHRINK * line.style["font_size"]:
            inline.justify_line(context, line, -over)
    return float(_align(context, line, available_width, last))


def get_next_linebox(
    context: Any, linebox: Any, position_y: Any, bottom_space: Any, skip_stack: Any, *rest: Any
) -> tuple[Any, Any]:
    """WeasyPrint's, but the lines of a paragraph that is set as a whole are those of its plan."""
    outer, styles = context.line_now, rest[-2:]
    context.line_now = None
    if hang := hang_of(linebox, skip_stack, rest[0].width):
        linebox.text_indent = hang
    if styles == (None, None):
        context.line_now = whole.current(context, linebox, position_y, skip_stack, rest[0])
    if context.line_now is None and wrap_of(context, linebox, rest[0]) == "balance":
        rest = (narrowed(context, linebox, rest[0], (position_y, *styles)), *rest[1:])
    try:
        given = (context, linebox, position_y, bottom_space, skip_stack, *rest)
        line, resume_at = (
            _lay_fitted(given) if context.line_now is not None else _lay_by_itself(*given)
        )
    finally:
        context.line_now = outer
    if line is not None and hang:
        add_mark(line, rest[0].content_box_x(), hang)
    if line is not None and linebox.text_indent and linebox.style["direction"] == "rtl":
        # WeasyPrint 70 leaves the indent at the left, where such a line ends.
        for child in line.children:
            child.translate(dx=-linebox.text_indent, ignore_floats=True)
    if line is not None:
        bidi.ordered(line)
    return line, resume_at


def _lay_fitted(given: tuple[Any, ...]) -> tuple[Any, Any]:
    found: tuple[Any, Any] = _next_line(*given)
    return found


def _lay_by_itself(
    context: Any, linebox: Any, position_y: Any, bottom_space: Any, skip_stack: Any, *rest: Any
) -> tuple[Any, Any]:
    """A line that is found by itself, with whole words where it is better.

    That is where a third hyphen in a row or a divided last word can be avoided without a hole
    in the line. Lines are counted on their page, by the place in the text where they begin: a
    line that is tried again gets the same answer.
    """
    if context.hyphens[0] != context.current_page:
        context.hyphens = (context.current_page, {})
    ladders = context.hyphens[1]
    count = ladders.get((linebox.element, repr(skip_stack)), 0)
    given = (context, linebox, position_y, bottom_space, skip_stack, *rest)
    lists = _lengths(rest)
    line, resume_at = _lay_line(given, whole=count >= _LADDER)
    if count < _LADDER and line is not None and is_hyphenated(line, "end"):
        _forget(lists)
        line, resume_at = _lay_line(given, whole=True)
        count = _LADDER
    if count >= _LADDER and context.slack > _LOOSEST:
        _forget(lists)
        line, resume_at = _lay_line(given, whole=False)
    if line is not None and resume_at is not None:
        ladders[linebox.element, repr(resume_at)] = count + 1 if is_hyphenated(line) else 0
    return line, resume_at


def _lay_line(given: tuple[Any, ...], *, whole: bool) -> tuple[Any, Any]:
    context = given[0]
    context.slack = 0.0
    context.whole_words = context.plain_styles if whole else None
    try:
        found: tuple[Any, Any] = _next_line(*given)
    finally:
        context.whole_words = None
    return found


def _lengths(given: tuple[Any, ...]) -> list[tuple[list[Any], int]]:
    """The lists that layout adds to, and how long they are before it."""
    return [(one, len(one)) for one in given if isinstance(one, list)]


def _forget(lists: list[tuple[list[Any], int]]) -> None:
    """Take from these what has been added since they were so long."""
    for one, length in lists:
        del one[length:]


def is_hyphenated(line: Any, within: str = "") -> bool:
    """Whether a word is divided at its end, one ``within`` an element of a class if it is given."""
    texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
    last = next((box for box in reversed(texts) if box.text.strip()), None)
    if last is None or not last.text.endswith(_HYPHENS):
        return False
    return not within or within in (last.element.get("class") or "").split()
