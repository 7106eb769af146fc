"""The contract with WeasyPrint and its libraries: what of ours stands in the place of theirs.

Each entry tells where ours is put, what it does and why, upstream's issue where there is one, and
what of upstream's source it was written against. :func:`install` puts all of them in place, once.
``python tools/upstream.py`` says what another version has changed, and renews digests and the
table in ``docs/typesetting.md``; this is the one place to look when WeasyPrint moves on.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from book.render.pdf.engine import (
    attributes,
    dots,
    drawing,
    flow,
    hyphens,
    lines,
    markedcontent,
    notes,
    pagestyles,
    svgtext,
    tables,
    tags,
    whole,
)
from book.render.pdf.engine.reliances import RELIANCES
from book.render.pdf.engine.upstream import (
    Definition,
    Override,
    UpstreamChangedError,
    changed,
    digest_of_files,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_ISSUES = "https://github.com/Kozea/WeasyPrint/issues/"

_BLOCK = Definition("weasyprint.layout.block:block_level_layout", "6b8ad2cbf57702fa")
_LINES = Definition("weasyprint.layout.block:_linebox_layout", "2edf8a7e471b161a")
_PAGE = Definition("weasyprint.layout.page:make_page", "956a4c5f9b42bac8")
_STREAM = Definition("weasyprint.pdf.stream:Stream", "ed8183a339ebc0ef")
_CELL = Definition(
    "weasyprint.layout.preferred:table_cell_min_max_content_width", "df07ca1ccba59fff"
)
_PDF = Definition("weasyprint.pdf:generate_pdf", "fd816c8d91ce1c94")

OVERRIDES = (
    Override(
        "weasyprint.document:LayoutContext",
        notes.NoteContext,
        "Notes begin on the page of their call and may be broken; none is lost. WeasyPrint moves "
        "a note that finds no room, cuts one that is longer than a page, and loses one whose line "
        "was let in by moving another. It makes room for a line in a loop that ends when the "
        "page's notes are false, once ours has been asked.",
        (Definition("weasyprint.layout:LayoutContext", "b84bfc05f3beda0f"), _LINES),
        _ISSUES + "1833",
    ),
    Override(
        "weasyprint.layout.page:block_level_layout",
        notes.lay_in_page,
        "A page's text gives way to notes that the page begins with, and its note area is ours.",
        (_BLOCK, _PAGE),
        _ISSUES + "1833",
    ),
    Override(
        "weasyprint.layout.block:block_level_layout",
        flow.lay_in_block,
        "A note that stands where it stood is not laid again; tables and pictures are made up to "
        "whole lines; how far layout has looked into the text is remembered.",
        (_BLOCK, Definition("weasyprint.layout.block:_in_flow_layout", "65c816057d3253a4")),
    ),
    Override(
        "weasyprint.layout.block:_out_of_flow_layout",
        flow.lay_out_of_flow,
        "How far layout has looked into the text is remembered, for what floats as well.",
        (Definition("weasyprint.layout.block:_out_of_flow_layout", "fe6a0d245e974c75"),),
    ),
    Override(
        "weasyprint.layout.block:float_layout",
        flow.lay_float,
        "A picture beside the text and its caption are not parted.",
        (Definition("weasyprint.layout.float:float_layout", "be48193cfb2bcf9f"),),
    ),
    Override(
        "weasyprint.layout.block:iter_line_boxes",
        notes.watched_lines,
        "The notes' context sees each line before it is placed; lines that begin after a space "
        "are remembered for the tags.",
        (
            Definition("weasyprint.layout.inline:iter_line_boxes", "6133a0ef6e562fad"),
            Definition("weasyprint.layout.inline:skip_first_whitespace", "8b59fadfb638461c"),
            _LINES,
        ),
    ),
    Override(
        "weasyprint.layout.table:auto_table_layout",
        tables.lay_columns,
        "Columns that can't have all that they would take get it by what stands in them; a table "
        "that is too wide is remembered.",
        (
            Definition("weasyprint.layout.table:auto_table_layout", "853ec35d5a81da30"),
            Definition(
                "weasyprint.layout.preferred:table_and_columns_preferred_widths", "40bc1e0877bd239f"
            ),
            Definition(
                "weasyprint.layout.preferred:table_cell_min_max_content_width", "df07ca1ccba59fff"
            ),
        ),
    ),
    Override(
        "weasyprint.layout.preferred:table_cell_min_max_content_width",
        tables.cell_widths,
        "A cell is measured once, and not for every page that its table is on.",
        (
            Definition(
                "weasyprint.layout.preferred:table_cell_min_max_content_width", "df07ca1ccba59fff"
            ),
        ),
    ),
    Override(
        "weasyprint.layout.block:table_layout",
        tables.lay_table,
        "A row of a table's heads is there only where the table goes on.",
        (
            Definition("weasyprint.layout.table:table_layout", "09a10bccbad258d1"),
            Definition("weasyprint.draw:draw_collapsed_borders", "ea41f2e10bb9aa2f"),
        ),
    ),
    Override(
        "weasyprint.layout.inline:get_next_linebox",
        lines.get_next_linebox,
        "A paragraph's lines are found together and end where that is best (Knuth and Plass). "
        "Where that has no meaning, no more than two lines in a row end in a hyphen (CSS Text 4, "
        "6.3.4), and the last word is whole, unless a line would have holes in it.",
        (Definition("weasyprint.layout.inline:get_next_linebox", "85f1eff36fce2a08"),),
    ),
    Override(
        "weasyprint.layout.inline:split_inline_box",
        lines.split_inline_box,
        "A justified line may take a little more than its width.",
        (Definition("weasyprint.layout.inline:split_inline_box", "039bca5ab9589160"),),
    ),
    Override(
        "weasyprint.layout.inline:split_text_box",
        whole.split_text_box,
        "A text of a paragraph that is set as a whole is cut where its line was found to end, and "
        "not measured again.",
        (
            Definition("weasyprint.layout.inline:split_text_box", "eb75c8b916afcf2c"),
            Definition("weasyprint.layout.inline:split_inline_level", "8098bdbd3e2d7c03"),
            Definition("weasyprint.layout.inline:atomic_box", "7bdc202808f21ba4"),
        ),
    ),
    Override(
        "weasyprint.layout.inline:text_align",
        lines.text_align,
        "The spaces of such a line are drawn in, and how wide others become is remembered.",
        (
            Definition("weasyprint.layout.inline:text_align", "79372fc12c3602fd"),
            Definition("weasyprint.layout.inline:justify_line", "cbba344b3c57ef10"),
            Definition("weasyprint.layout.inline:count_expandable_spaces", "b590abb9779e5080"),
        ),
    ),
    Override(
        "weasyprint.layout.inline:split_first_line",
        lines.split_first_line,
        "A space at a line's end hangs (CSS Text 3, 4.1.2), where WeasyPrint breaks the line after "
        "its first word; a line may be asked to have whole words only.",
        (
            Definition("weasyprint.text.line_break:split_first_line", "f5cfad56910a1b96"),
            Definition("weasyprint.layout.inline:split_text_box", "eb75c8b916afcf2c"),
        ),
        _ISSUES + "1614",
    ),
    Override(
        "weasyprint.layout.preferred:split_first_line",
        lines.split_near,
        "Of a text no more is laid than its next line needs: it may be a word without end.",
        (
            Definition("weasyprint.text.line_break:split_first_line", "f5cfad56910a1b96"),
            Definition("weasyprint.layout.preferred:inline_line_widths", "03e495465273a5fe"),
        ),
    ),
    Override(
        "weasyprint.text.line_break:Layout.setup",
        attributes.setup,
        "Pango's lists of attributes are given back: one is lost for every text that is measured. "
        "If WeasyPrint gave them back as well, they would be read after they were freed.",
        (Definition("weasyprint.text.line_break:Layout", "ba2e4044f7c752d3"),),
        "https://github.com/Kozea/WeasyPrint/pull/381",
    ),
    Override(
        "weasyprint.layout.page:set_page_type_computed_styles",
        pagestyles.set_page_type_computed_styles,
        "Pages that are alike share their styles, which are computed anew for each.",
        (
            Definition("weasyprint.layout.page:set_page_type_computed_styles", "aed6c0aac2b45f5b"),
            Definition("weasyprint.css:StyleFor", "51c333bbcae876a8"),
        ),
        _ISSUES + "578",
    ),
    Override(
        "weasyprint.draw.text:draw_first_line",
        drawing.draw_first_line,
        "The letters and spaces of a paragraph that is set as a whole are drawn as wide as was "
        "found; a running head that is too long ends with a word, where an ellipsis would cut it.",
        (
            Definition("weasyprint.draw.text:draw_first_line", "df38b8753e86c3ba"),
            Definition("weasyprint.draw.text:draw_text", "d1cfa769e258eb9a"),
        ),
    ),
    Override(
        "weasyprint.draw:draw_text",
        dots.draw_text,
        "Emphasis in Chinese and Japanese is a dot at each letter.",
        (Definition("weasyprint.draw.text:draw_text", "d1cfa769e258eb9a"),),
    ),
    Override(
        "weasyprint.pdf.stream:Stream",
        markedcontent.MarkedStream,
        "What is drawn is marked so that a structure tree can be made of it: by stretches of "
        "orders, which are told by their tokens.",
        (_STREAM, Definition("weasyprint.draw:draw_inline_level", "83010c6dec6afc79")),
        _ISSUES + "2903",
    ),
    Override(
        "weasyprint.pdf:Stream",
        markedcontent.MarkedStream,
        "The same, for the pages themselves.",
        (_STREAM, _PDF),
        _ISSUES + "2903",
    ),
    Override(
        "weasyprint.pdf.stream:Font",
        markedcontent.DrawnFont,
        "Of two characters with one glyph the plainer is told; a font that binding embeds is not "
        "cut for each run of pages, and a variable one is made still by HarfBuzz.",
        (
            Definition("weasyprint.pdf.fonts:Font", "dc2c377ba9ac61e7"),
            Definition("weasyprint.pdf.fonts:build_fonts_dictionary", "934910c919b576e9"),
        ),
    ),
    Override(
        "weasyprint.pdf:add_links",
        markedcontent.add_links,
        "A link has one rectangle a line, and none for the elements inside it.",
        (Definition("weasyprint.pdf.anchors:add_links", "e37fc9cd900c2b9e"), _PDF),
    ),
    Override(
        "weasyprint.pdf:add_tags",
        tags.add_tags,
        "One element for each of the HTML's, however many pages it is broken over; notes behind "
        "what calls them; the rest is artifacts (ISO 14289-1).",
        (Definition("weasyprint.pdf.tags:add_tags", "74d331d78a019795"), _PDF),
        _ISSUES + "2903",
    ),
    Override(
        "pyphen:HyphDict",
        hyphens.KeptPatterns,
        "Patterns are kept as they were read, and few words with them.",
        (
            Definition("pyphen:HyphDict", "f7e3cdb4198e80cd"),
            Definition("pyphen:Pyphen", "8133cb22fe5fb403"),
        ),
    ),
    Override(
        "weasyprint.svg:Node",
        svgtext.WholeTextNode,
        "Text in a drawing is laid out whole where its letters are shaped or run to the left. "
        "WeasyPrint sets each letter by itself, so Hebrew came reversed and Arabic in pieces.",
        (
            Definition("weasyprint.svg:Node", "4b3aa835a8b3a97a"),
            Definition("weasyprint.svg.text:text", "296c137aadec666f"),
        ),
    ),
)

#: Of all the files that these stand in: if it is right, none of them has to be looked into.
MEASURED = "d45151fa4b8c588b"


def sources() -> Iterator[Definition]:
    """All that ours was written against."""
    for one in (*OVERRIDES, *RELIANCES):
        yield from one.against


@cache
def install() -> None:
    """Put all that is ours in its place, in this process, once.

    Raises :class:`.upstream.UpstreamChangedError` if a library is not the one that ours was
    written against; nothing is put in place then.
    """
    if digest_of_files(sources()) != MEASURED and (others := changed(sources())):
        raise UpstreamChangedError(others)
    for one in OVERRIDES:
        module, _, path = one.place.partition(":")
        *steps, name = path.split(".")
        holder: Any = import_module(module)
        for step in steps:
            holder = getattr(holder, step)
        setattr(holder, name, one.ours)
