"""Links without words of their own, ``[](#here)``, say what they lead to.

A chapter is called by its title, a heading by its words, a picture or table by its caption; any
other place by its own words if it stands in a line, else by the heading above it.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from book.base.data import replace
from book.base.equations import SAID
from book.base.xml import escape, folded, inner, plain, remove, tags, tree, unwrap
from book.model import Notes, Text
from book.parse.ours import BARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from book.model import Anchor, Chapter, Heading

_HEADINGS = tags("h1 h2 h3 h4 h5 h6")
#: What stands for itself in a line, and what of it stays in a link.
_WORDS = tags("span a em strong dt dfn cite q abbr b i mark u small")
_KEPT = tags("em strong i b sup sub code cite q span bdi ruby rt rp small")
_STAYS = ("lang", "dir", "data-tex", "data-said", "data-display")
#: So many letters of a caption are said.
_LONGEST = 120


def with_words(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """``chapters`` whose bare links have the words of their targets."""
    bare = [one for one in chapters if "words" in one.waits]
    if not bare:
        return tuple(chapters)
    wanted = {target for one in bare for text in _texts(one) for target in _targets(text)}
    slugs = {one.partition(".")[0] for one in wanted}
    words = {
        target: said for one in chapters if one.slug in slugs for target, said in _said(one, wanted)
    }
    words |= _elsewhere(chapters, wanted - words.keys())
    return tuple(_worded(one, words) if one in bare else one for one in chapters)


def _elsewhere(chapters: Sequence[Chapter], missing: set[str]) -> dict[str, str]:
    """The words of places that stand in one other chapter, where links to them will lead."""
    names = {one.partition(".")[2]: one for one in missing if "." in one}
    homes: dict[str, list[tuple[Chapter, str]]] = {}
    for chapter in chapters if names else ():
        every: tuple[Heading | Anchor, ...] = (*chapter.headings, *chapter.anchors)
        for place in every:
            name = place.id.removeprefix(f"{chapter.slug}.")
            if name in names:
                homes.setdefault(name, []).append((chapter, place.id))
    return {
        names[name]: said
        for name, found in homes.items()
        if len(found) == 1
        for _, said in _said(found[0][0], {found[0][1]})
    }


def _texts(chapter: Chapter) -> Iterator[str]:
    yield from (chapter.heading, chapter.body)
    yield from (note.body for note in chapter.notes)


def _targets(text: str) -> Iterator[str]:
    if BARE in text:
        yield from (one.get("data-to", "") for one in tree(text).iter("a") if BARE in one.attrib)


def _said(chapter: Chapter, wanted: set[str]) -> Iterator[tuple[str, str]]:
    """The targets of ``chapter`` among those that are ``wanted``, each with its words as XHTML."""
    title = tree(chapter.heading)
    if chapter.slug in wanted:
        yield chapter.slug, _cleaned(title)
    above = title
    for root in (title, tree(chapter.body)):
        for element in root.iter(etree.Element):
            above = element if element.tag in _HEADINGS else above
            if (name := element.get("id", "")) in wanted:
                yield name, _cleaned(title if root is title else _telling(element, above))


def _telling(element: etree._Element, above: etree._Element) -> etree._Element:
    """What says what ``element`` is: itself, its caption, or the heading ``above``."""
    if said := element.get(SAID):
        element = element.makeelement("span")
        element.text = said
        return element
    if element.tag in _HEADINGS or (element.tag in _WORDS and folded(plain(element))):
        return element
    for holder in (element, *element.iterancestors("figure", "table", "dt")):
        caption = next(holder.iter("figcaption", "caption"), None)
        if holder.tag == "dt" or caption is not None:
            return holder if caption is None else caption
    return above


def _cleaned(element: etree._Element) -> str:
    """The words of ``element`` as they may stand in a link: without calls, links and names."""
    root = deepcopy(element)
    root.tail = None
    root.attrib.clear()
    for each in list(root.iterdescendants()):
        if "data-note" in each.attrib or each.tag == "img":
            remove(each)
        elif each.tag == "br":
            each.tail = f" {each.tail or ''}"
            remove(each)
        elif each.tag not in _KEPT:
            unwrap(each)
        else:
            for name in set(each.attrib) - set(_STAYS):
                del each.attrib[name]
    if len(words := plain(root)) > _LONGEST:  # A caption of several sentences.
        return escape(words[:_LONGEST].rpartition(" ")[0].rstrip(" ,;:.") + "…")
    return inner(root).strip()


def _worded(chapter: Chapter, words: Mapping[str, str]) -> Chapter:
    def said(fragment: str) -> str:
        return _written(fragment, words) if BARE in fragment else fragment

    return replace(
        chapter,
        heading=said(chapter.heading),
        text=Text.of(said(chapter.body)),
        noted=Notes.of(replace(note, body=said(note.body)) for note in chapter.notes),
    )


def _written(fragment: str, words: Mapping[str, str]) -> str:
    root = tree(fragment)
    for link in list(root.iter("a")):
        if link.attrib.pop(BARE, None) is None:
            continue
        target = link.get("data-to", "")
        if "." in target and target.partition(".")[2].startswith("n."):
            link.text = None  # A note's number and page are all that there is to say.
        elif said := words.get(target, ""):
            made = tree(said)
            link.text, link[:] = made.text, list(made)
    return inner(root)
