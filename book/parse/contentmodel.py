"""HTML's content models: what stands where nothing of its kind may, is put where it may stand.

Browsers mend a paragraph in bold type or a list without items each in its own way; EPUB takes
none of them (EPUB 3.3, section 6.1), nor does a typesetter that tags what it sets. Where the
meaning is plain the tree is put right without a word. Else its text is kept and it is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.patterns import pattern
from book.base.xml import is_blank, remove, tags
from book.parse.ids import said
from book.parse.loose import GONE, LOST, loose, strip
from book.parse.ours import CAPTION_TAG
from book.parse.tables import fit_columns, fit_group, fit_row, fit_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from book.parse.tables import Told

#: Elements that stand beside paragraphs, not in them (HTML, section 3.2.5.2.2).
BLOCKS = tags("p h1 h2 h3 h4 h5 h6 div blockquote pre ul ol dl table figure hr section aside")
HEADINGS = tags("h1 h2 h3 h4 h5 h6")
#: What may hold all that their parents may (HTML, section 3.2.5.3).
_TRANSPARENT = tags("a ins del")
# Characters that stand for themselves or for a look; a paragraph in them is such a paragraph.
_LOOKS = tags("em strong b i u s sub sup small code kbd samp var cite mark bdi bdo")
# What is one thing, such as a term or a date: it is never several paragraphs.
_WHOLE = tags(f"abbr dfn time rt rp {CAPTION_TAG}")
# What only stands in a list, a table or a figure.
_HOLDERS = tags("li dt dd figcaption caption colgroup col tr td th thead tbody tfoot")
_MARK = pattern(r"\s*(?:when|who):", re.IGNORECASE)


def fit(root: etree._Element, told: Told) -> None:
    """Put all below ``root`` right, in place; ``told`` is called for what isn't as it was meant.

    ``root`` holds only elements of :mod:`book.parse.sanitize`, nested at most a hundred deep. It
    takes time in proportion to what stands in it.
    """
    _Fitter(told).fit(root)
    strip(root)


class _Fitter:
    """Goes through a tree from the inside out; what has been seen is as it should be."""

    def __init__(self, told: Told) -> None:
        self._told = told
        #: Transparent elements that hold blocks, and so stand where blocks do.
        self._wide: set[etree._Element] = set()
        self._ways: dict[str, Callable[[etree._Element], None]] = {
            **dict.fromkeys(_LOOKS, self._look),
            **dict.fromkeys(_WHOLE, self._narrow),
            **dict.fromkeys(HEADINGS, self._heading),
            "a": self._transparent,
            "ins": self._transparent,
            "del": self._transparent,
            "span": self._span,
            "q": self._quotation,
            "p": self._paragraph,
            "div": self._division,
            "pre": self._narrow,
            "ul": self._list,
            "ol": self._list,
            "dl": self._definitions,
            "figure": self._figure,
            "ruby": self._ruby,
            "tr": lambda row: fit_row(row, told),
            **dict.fromkeys(("thead", "tbody", "tfoot"), lambda part: fit_group(part, told)),
            "colgroup": fit_columns,
            "table": lambda table: fit_table(table, told),
        }

    def fit(self, element: etree._Element) -> None:
        for child in list(element):
            self.fit(child)
        if any(child.tag in (GONE, LOST) for child in element):
            strip(element)
        if way := self._ways.get(str(element.tag)):
            way(element)

    def is_block(self, element: etree._Element) -> bool:
        return element.tag in BLOCKS or element in self._wide

    def _has_blocks(self, element: etree._Element) -> bool:
        return any(map(self.is_block, element))

    def _transparent(self, element: etree._Element) -> None:
        if self._has_blocks(element):
            if _MARK.match(element.get("href", "")):
                self._narrow(element)  # a date or a name, which is never two paragraphs
            else:
                self._wide.add(element)
        if element.tag == "a":
            for inner in element.iterdescendants("a"):
                if inner in self._wide:  # a link in a link is none
                    self._wide.discard(inner)
                    inner.attrib.pop("href", None)
                    inner.tag = "div"

    def _span(self, element: etree._Element) -> None:
        if self._has_blocks(element):
            element.tag = "div"

    def _quotation(self, element: etree._Element) -> None:
        if self._has_blocks(element):
            element.tag = "blockquote"

    def _look(self, element: etree._Element) -> None:
        """Bold type around paragraphs is paragraphs in bold type."""
        if element.tag == "bdo" and "dir" not in element.attrib:
            self._told("“<bdo>” says no direction; write `dir`.", element)
            element.tag = "span"
            self._span(element)
        elif self._has_blocks(element):
            self._spread(element, element)
            element.tag = GONE

    def _spread(self, holder: etree._Element, look: etree._Element) -> None:
        """Give the lines in ``holder`` and in its blocks the ``look`` that stands around them."""
        for one in loose(holder, self._is_held):
            if one.is_blank:
                continue
            copy = one.wrapped(str(look.tag))
            for name, value in look.attrib.items():
                copy.set(name, value)
            look.attrib.pop("id", None)  # it stands once
        for child in holder:
            if self._is_held(child):
                self._spread(child, look)

    def _is_held(self, element: etree._Element) -> bool:
        return self.is_block(element) or element.tag in _HOLDERS

    def _narrow(self, element: etree._Element) -> None:
        """Only lines can stand here: blocks leave their words."""
        told = False
        for inner in list(element.iterdescendants(*BLOCKS, *_HOLDERS)):
            if not told:
                self._told(f"“<{inner.tag!s}>” can't stand in {_called(element)}.", inner)
                told = True
            space = "\n" if element.tag == "pre" else " "
            inner.text = space + (inner.text or "")
            inner.tail = space + (inner.tail or "")
            self._wide.discard(inner)
            inner.tag = GONE
        for inner in element.iterdescendants(*_TRANSPARENT):
            self._wide.discard(inner)
        if element.tag == "dfn":
            for inner in element.iterdescendants("dfn"):
                inner.tag = "span"
        elif element.tag == "time" and "datetime" not in element.attrib:
            element.tag = "span"
        elif element.tag == "rp":
            _bare(element)

    def _heading(self, element: etree._Element) -> None:
        """It has words, those for its images included, or is none."""
        self._narrow(element)
        strip(element)
        if not said(element):
            self._told("This heading has no words.", element, "H004")
            element.tag = "p" if len(element) or "id" in element.attrib else GONE

    def _paragraph(self, element: etree._Element) -> None:
        """With blocks in it, it is a division, or isn't needed."""
        if not self._has_blocks(element):
            return
        loose = [element.text, *(child.tail for child in element)]
        only_blocks = all(map(self.is_block, element)) and all(map(is_blank, loose))
        element.tag = GONE if only_blocks and "id" not in element.attrib else "div"

    def _division(self, element: etree._Element) -> None:
        """Only in a list of definitions it may hold some."""
        holder = element.getparent()
        if holder is None or holder.tag != "dl":
            for child in element.iterchildren("dt", "dd"):
                child.tag = "div"

    def _list(self, element: etree._Element) -> None:
        """A list holds items; one that stands between two belongs to the first."""
        if element.getparent() is not None and len(element) == 0 and is_blank(element.text):
            element.tag = "div"
            return
        for one in loose(element, lambda child: child.tag == "li"):
            if one.is_blank:
                one.clear()
            elif one.before is not None and one.is_only("ul", "ol"):
                one.move_into(one.before)
            else:
                self._told(f"This stands in “<{element.tag!s}>”, but in no “<li>”.", element)
                one.wrapped("li")
        if element.tag == "ul":
            for item in element:
                item.attrib.pop("value", None)

    def _definitions(self, element: etree._Element) -> None:
        """Terms with their definitions: none without the other (HTML, section 4.4.9)."""
        for child in element.iterchildren("div"):
            if any(one.tag in ("dt", "dd") for one in child):
                child.tag = GONE
        strip(element)
        for one in loose(element, lambda child: child.tag in ("dt", "dd")):
            if one.is_blank:
                one.clear()
                continue
            self._told("This stands in “<dl>”, but in no “<dt>” and no “<dd>”.", element)
            if one.before is not None and one.before.tag == "dd":
                one.move_into(one.before)
            else:
                one.wrapped("dd")
        self._pair(element)

    def _pair(self, element: etree._Element) -> None:
        """A term at the end has an empty definition, a definition at the beginning no term."""
        children = list(element)
        if not children:
            element.tag = "div"
            return
        if all(child.tag == "dd" for child in children):
            element.tag = "div"
            for child in children:
                child.tag = "div"
        elif children[0].tag == "dd":
            element.insert(0, element.makeelement("dt"))
        if children[0].tag in ("dd", "div"):
            self._told("This definition has no term.", children[0])
        elif children[-1].tag == "dt":
            self._told("This term has no definition.", children[-1])
        if children[-1].tag == "dt":
            element.append(element.makeelement("dd"))

    def _figure(self, element: etree._Element) -> None:
        """One caption, first or last."""
        captions = [child for child in element if child.tag == "figcaption"]
        for further in captions[1:]:
            further.tag = "div"
        for caption in captions[:1]:
            first = caption.getprevious() is None and is_blank(element.text)
            last = caption.getnext() is None and is_blank(caption.tail)
            if not first and not last:
                remove(caption)
                element.append(caption)

    def _ruby(self, element: etree._Element) -> None:
        """Words, each with what is said above it; what follows the last stands behind."""
        self._narrow(element)
        strip(element)
        self._unframed(element)
        if element.find("rt") is None:
            self._told("“<ruby>” has no reading; write it in “<rt>”.", element)
            element.tag = GONE
            return
        *_, last = loose(element, lambda child: child.tag in ("rt", "rp"))
        last.move_behind()

    def _unframed(self, ruby: etree._Element) -> None:
        """Brackets for readers that know no ruby go, unless they stand around each reading."""
        order = "".join({"rp": "(", "rt": "t"}.get(str(child.tag), "x") for child in ruby)
        if "(" in order and not re.fullmatch(r"(?:x*\(t\()*x*|[xt]*", order):
            for bracket in ruby.iterchildren("rp"):
                bracket.tag = LOST
            strip(ruby)


def _bare(element: etree._Element) -> None:
    element.text = "".join(map(str, element.itertext()))
    del element[:]


def _called(element: etree._Element) -> str:
    names = {"pre": "code", CAPTION_TAG: "a caption", "a": "a mark"}
    tag = str(element.tag)
    return names.get(tag, "a heading" if tag in HEADINGS else f"“<{tag}>”")
