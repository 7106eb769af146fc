"""Pages that are alike share their styles, where WeasyPrint 70 computes them anew for each.

To it every page is of a type of its own, since its place is part of the type. But only ``:nth()``
asks for a place (CSS GCPM 3, section 2.1): in a sheet without it, pages of the same name and side
have the same styles, and only the first of all may differ. What margin boxes say is no part of
their styles. Two fifths to a half of the time that a folio took went there.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from weasyprint.layout import page

from book.render.pdf.engine.turned import is_turned, turn_style, upright

_compute = page.set_page_type_computed_styles
#: Of each document's styles: by a page's side, blankness, name and place, those of its parts.
_models: WeakKeyDictionary[Any, dict[tuple[Any, ...], dict[Any, Any]]] = WeakKeyDictionary()


def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """WeasyPrint's, once for pages that are alike; one that is turned is like those around it."""
    if is_turned(page_type):
        like = upright(page_type)
        set_page_type_computed_styles(like, html, style_for)
        computed = style_for.get_computed_styles()
        for element, part in [key for key in computed if key[0] == like]:
            style = computed[element, part]
            computed[page_type, part] = style if part else turn_style(style)
        return
    if _asks_for_places(style_for):
        _compute(page_type, html, style_for)
        return
    models = _models.setdefault(style_for, {})
    alike = (page_type.side, page_type.blank, page_type.name, page_type.index == 0)
    computed = style_for.get_computed_styles()
    if alike not in models:
        _compute(page_type, html, style_for)
        # They are only there to be computed from; WeasyPrint looks through all of them.
        parts = [part for element, part in style_for.get_cascaded_styles() if element == page_type]
        style_for.get_cascaded_styles().clear()
        models[alike] = {part: computed[page_type, part] for part in [None, *parts]}
    for part, style in models[alike].items():
        computed[page_type, part] = style


def _asks_for_places(style_for: Any) -> bool:
    """Whether a rule for pages asks for their place among others."""
    return any(
        kind.index is not None
        for sheet, *_ in style_for._sheets
        for _, selectors, _ in sheet.page_rules
        for _, _, kind in selectors
    )
