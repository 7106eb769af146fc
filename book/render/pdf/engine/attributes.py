"""Pango's lists of attributes are given back: WeasyPrint 70 loses one for every text it measures.

``Layout.setup`` makes a list for the features of a font, hands it to the layout, which takes a
reference of its own, and never gives up the one that it has: 40 kB a page, and a worker that
sets a thousand pages grows by as many.
"""

from __future__ import annotations

from typing import Any

from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

_setup = Layout.setup


def setup(self: Any, style: Any) -> None:
    """WeasyPrint's, then the layout alone has its list of attributes.

    The list is freed for good if WeasyPrint has given it up already, and would be read after that:
    this may only stand in for the very ``setup`` that :mod:`.overrides` names.
    """
    # A list frees what is in it, so none may have what is kept for others.
    style.font_config.font_features.clear()
    _setup(self, style)
    attributes = pango.pango_layout_get_attributes(self.layout)
    if attributes != ffi.NULL:
        pango.pango_attr_list_unref(attributes)
