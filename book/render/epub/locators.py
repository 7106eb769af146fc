"""The pointers of the chronology and the list of people: "where it is told"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from book.base.xml import remove

if TYPE_CHECKING:
    from book.model import Pages


def space_locators(section: etree._Element, pages: Pages | None, *, to_left: bool = False) -> None:
    """Pointers stand in the order of their pages; an arrow leads them, commas part them.

    In a text that runs ``to_left`` the arrow points there: readers turn none over (UAX 9, 4).

    Those that say the same become one.

    A line of the chronology gives its id to its words alone: a link that leads to an element
    with a link back is a footnote to Kindle.
    """
    order = {label: number for number, label in enumerate(pages.labels)} if pages else {}
    for group in section.iterfind(".//span[@class='locators']"):
        group[:] = sorted(group, key=lambda link: order.get(link.text or "", -1))
        seen: set[str] = set()
        for link in list(group):
            if (link.text or "") in seen:
                remove(link)
            seen.add(link.text or "")
        for link in list(group)[:-1]:
            link.tail = ", "
        arrow = etree.Element("span")
        arrow.set("aria-hidden", "true")
        arrow.text = "←\u00a0" if to_left else "→\u00a0"
        group.insert(0, arrow)
        _lead_in(group)


def _lead_in(group: etree._Element) -> None:
    """Hold ``group`` to the last word before it, in a line of the lists."""
    line = group.getparent()
    if line is None or line.tag != "dd" or line[0] is not group or not line.text:
        return
    words_before = line.text.rstrip()
    line.text = words_before + "\u00a0"
    if "id" in line.attrib:
        sentence = etree.Element("span", id=line.attrib.pop("id"))
        sentence.text, sentence.tail, line.text = words_before, "\u00a0", None
        line.insert(0, sentence)
