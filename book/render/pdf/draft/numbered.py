"""Lists count in print as they are written (HTML, section 4.4.5 to 4.4.8).

The typesetter knows no ``start``, ``type``, ``reversed`` or ``value``: they become counters
(CSS Lists 3, section 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_TYPES = {
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "1": "decimal",
}


def with_numbers(root: etree._Element) -> None:
    """Give the lists below ``root`` the numbers that they are written with."""
    for listed in root.iter("ol"):
        items = [item for item in listed if item.tag == "li"]
        backwards = "reversed" in listed.attrib
        values = [item.get("value") for item in items]
        if not backwards and not any(values) and not {"start", "type"} & set(listed.keys()):
            continue
        number = int(listed.get("start") or (len(items) if backwards else 1))
        step = -1 if backwards else 1
        look = _TYPES.get(listed.get("type", ""))
        kind = f"; list-style-type: {look}" if look else ""
        listed.set("style", f"counter-reset: list-item {number - step}{kind}")
        for item, value in zip(items, values, strict=True):
            styles = [f"counter-increment: list-item {step}"] if backwards else []
            if value is not None:
                styles = [f"counter-increment: none; counter-set: list-item {int(value)}"]
            if styles:
                item.set("style", "; ".join(styles))
