"""A note that is called again: each call has a number of its own, so numbers always count on.

At the foot of the second page stand the same words, if they are few ("Koshkin, para. 7."), else
where to find them ("See n. 3."), as *The Chicago Manual of Style* has it (17th edition, 14.29).
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from book.base.xml import SEE, plain, tags

_PLAIN = tags("p em strong i b cite sup sub small")
_SHORT = 60  # letters that are as soon read as found elsewhere


def again(note: etree._Element, label: str) -> etree._Element:
    """A new note that stands for ``note``, which is called ``label``."""
    if _is_short(note):
        return deepcopy(note)
    made = note.makeelement(note.tag, label=label)
    paragraph = etree.SubElement(made, "p")
    etree.SubElement(paragraph, "a", {"class": SEE, "href": f"#note:{label}"})
    return made


def _is_short(note: etree._Element) -> bool:
    """Whether it is one paragraph of a few words, without marks that could not stand twice."""
    inside = list(note.iterdescendants())
    is_plain = all(each.tag in _PLAIN and not each.attrib for each in inside)
    return is_plain and len(note) == 1 and note[0].tag == "p" and len(plain(note)) <= _SHORT
