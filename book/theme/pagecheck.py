"""What a template of a stranger's has made is looked at: nothing runs, is fetched or gets lost.

It is the same that a chapter may not have, and some things that only the program may say: ids and
addresses. XHTML that was handed over stands in it as a processing instruction, and is put in when
all else is in order.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from lxml import etree
from markupsafe import Markup
from msgspec import Struct, field

from book.base import data
from book.base.allowed import SVG_ELEMENTS, SVG_NS, svg_attribute
from book.base.data import replace
from book.base.xml import tags
from book.theme.viewparts import ONCE
from book.theme.views import Handout, View
from book.theme.viewtypes import is_view, marks

XHTML_NS, OPS = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops"
_TAGS = tags(
    """html head title meta link body section header footer nav main aside hgroup address article
    div p h1 h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd table caption colgroup col thead tbody
    tfoot tr th td figure figcaption hr br a em strong b i u s del ins sub sup small code kbd samp
    var q cite abbr dfn mark span img time bdi bdo wbr"""
)
_HEADINGS = tags("h1 h2 h3 h4 h5 h6 p")
_DRAWING = SVG_ELEMENTS - {"style", "a", "image", "use"}
_BLOCKS = _HEADINGS | tags("section header footer nav main aside div blockquote pre ul ol dl table")
_ATTRIBUTES = tags(
    """id class lang dir title role hidden alt src href rel type charset name content datetime
    colspan rowspan scope start value style"""
)
#: What the layout of the handout needs; all else of looks is for sheets.
_STYLE = re.compile(
    r"(?:\s*(?:font-size|line-height|height|width|position|bottom|right)\s*:\s*"
    r"(?:absolute|\d{1,5}(?:\.\d{1,17})?(?:pt|px|mm)?)\s*;?)*"
)
_WEB = re.compile(r"(?:https?://|mailto:)[!-~]+")
_PICTURE = re.compile(r"(?:styles|themes/[\w.-]+|\.theme/[\w.-]+)/[\w./-]+")
_VOID = tags("meta link img br hr col wbr")
_SLOT, _XML_LANG = "slot", "{http://www.w3.org/XML/1998/namespace}lang"
_STYLESHEET = "0-book.css"
_MORE_IDS = tags("cover title half-title title-page imprint contents")
#: More elements than any page of ours has.
_MOST = 100_000


class PageError(Exception):
    """What is wrong with a page; ``needle`` is what to look for in its template."""

    def __init__(self, words: str, needle: str = "") -> None:
        super().__init__(words)
        self.words, self.needle = words, needle


class Slots(Struct):
    """XHTML that was handed over, by number; ``once`` are those that have to stand in the page."""

    held: list[Markup] = field(default_factory=list)
    once: list[tuple[int, str]] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)

    def emptied(self, value: Any) -> Any:
        """``value``, a view or a part of one, with a mark in place of each XHTML in it."""
        if isinstance(value, tuple):
            return tuple(map(self.emptied, value))
        if not is_view(value):
            return value
        known = marks(value.__class__)
        changed: dict[str, Any] = {}
        for name in data.names(value):
            found = getattr(value, name)
            if name in ("href", "image"):
                self.addresses.add(found)
            if isinstance(found, Markup):
                changed[name] = self._mark(found, name, once=ONCE in known[name])
            else:
                changed[name] = self.emptied(found)
        return replace(value, **changed)

    def _mark(self, text: Markup, name: str, *, once: bool) -> Markup:
        if not text:
            return text
        self.held.append(text)
        if once:
            self.once.append((len(self.held) - 1, name))
        return Markup(f"<?{_SLOT} {len(self.held) - 1}?>")

    def knows(self, instruction: etree._Element) -> bool:
        """Whether a processing instruction is one of the marks."""
        found = re.fullmatch(rf"<\?{_SLOT} (\d{{1,6}})\?>", str(instruction).strip())
        return bool(found) and int(found[1]) < len(self.held)  # type: ignore[index]

    def filled(self, page: str) -> str:
        """``page`` with what was handed over in its places."""
        return re.sub(rf"<\?{_SLOT} (\d+)\?>", lambda one: str(self.held[int(one[1])]), page)


def looked_at(page: str, view: View, slots: Slots) -> str:
    """``page`` as it may be used, whole; raises PageError if it may not."""
    is_whole, is_epub = "<html" in page, view.template.endswith(".xhtml")
    page = re.sub(r"\A\s*(?:<\?xml[^>]*\?>)?\s*(?:<!DOCTYPE html>)?\s*", "", page)
    wrapped = page if is_whole else f"<div>{page}</div>"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(wrapped, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise PageError(f"What it makes is no XHTML: {' '.join(str(problem).split())}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise PageError("Entities of its own are not served", "<!")
    if is_epub:
        _need(root.tag == f"{{{XHTML_NS}}}html", "Its root is no `html` in XHTML's namespace")
        _need(root.nsmap.get("epub") == OPS, "Its root lacks `xmlns:epub`")
    _look(root, view, slots)
    _count(root, view, slots)
    written = _written(root)
    if not is_whole:
        written = written.removeprefix("<div>").removesuffix("</div>")
    if is_epub:
        written = f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{written}'
    return slots.filled(written)


def _written(root: etree._Element) -> str:
    """``root`` as text that is the same to parsers of HTML: what is empty has its end, too."""
    etree.strip_tags(root, etree.Comment)
    for element in root.iter():
        empty = not len(element) and element.text is None and isinstance(element.tag, str)
        if empty and etree.QName(element).localname not in _VOID:
            element.text = ""
    return etree.tostring(root, encoding="unicode")


def _need(is_so: bool, words: str, needle: str = "") -> None:
    if not is_so:
        raise PageError(words, needle)


def _look(root: etree._Element, view: View, slots: Slots) -> None:
    for number, element in enumerate(root.iter()):
        _need(number < _MOST, f"It makes more than {_MOST:,} elements")
        if isinstance(element, etree._Entity):
            raise PageError("Only `&amp;`, `&lt;` and numbers such as `&#160;` are served", "&")
        if isinstance(element, etree._ProcessingInstruction):
            _need(slots.knows(element), "Processing instructions are not served", "<?")
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element)
        is_drawn = name.namespace == SVG_NS and name.localname in _DRAWING
        is_text = name.namespace in (None, XHTML_NS) and name.localname in _TAGS
        words = f"`{name.localname}` is not served in a template"
        _need(is_drawn or is_text, words, f"<{name.localname}")
        _nesting(element, name.localname)
        for key, value in element.attrib.items():
            is_fine = _attribute(str(key), str(value), element, view, slots)
            told = etree.QName(str(key)).localname
            _need(is_fine, f'`{told}="{str(value)[:60]}"` is not served in a template', told)


def _nesting(element: etree._Element, tag: str) -> None:
    """What HTML's content models say of lists, headings and paragraphs, as EPUBCheck does."""
    inside = [etree.QName(one).localname for one in element if isinstance(one.tag, str)]
    if tag in _HEADINGS:
        wrong = next((one for one in inside if one in _BLOCKS), "")
        _need(not wrong, f"`{tag}` can't hold `{wrong}`", f"<{wrong}")
    elif tag in ("ul", "ol"):
        wrong = next((one for one in inside if one != "li"), "")
        _need(not wrong, f"`{tag}` can't hold `{wrong}`", f"<{wrong}")


def _attribute(name: str, value: str, element: etree._Element, view: View, slots: Slots) -> bool:
    """Whether an attribute may be there."""
    if etree.QName(element).namespace == SVG_NS:
        return name not in ("style", "id") and "url(" not in value and svg_attribute(name, value)
    if name in ("href", "src"):
        is_picture = _PICTURE.fullmatch(value) and ".." not in value
        elsewhere = _WEB.fullmatch(value) or value == _STYLESHEET
        may = elsewhere if name == "href" else is_picture and not view.template.endswith(".xhtml")
        return value in slots.addresses or bool(may)
    match name:
        case "id":
            return value in view.ids or value in _other_ids(view)
        case "style":
            return view.template == Handout.template and bool(_STYLE.fullmatch(value))
        case "colspan" | "rowspan" | "start" | "value":
            return bool(re.fullmatch(r"\d{1,3}", value))
    return name in _ATTRIBUTES | {f"{{{OPS}}}type", _XML_LANG} or name.startswith("aria-")


def _other_ids(view: View) -> frozenset[str]:
    """Ids that may stand in the page of ``view`` beside those that have to."""
    return _MORE_IDS | {getattr(view, "notes_id", "")}


def _count(root: etree._Element, view: View, slots: Slots) -> None:
    """Nothing that was handed over is lost or doubled, and every place is there once."""
    found = Counter(element.get("id") for element in root.iter() if isinstance(element.tag, str))
    for one in view.ids:
        words = f'`id="{one}"` has to stand in it once, and stands there {found[one]} times'
        _need(found[one] == 1, words, "id=")
    marks = (one for one in root.iter() if isinstance(one, etree._ProcessingInstruction))
    places = Counter(int(one.text or 0) for one in marks)
    for number, name in slots.once:
        count = places[number]
        _need(count == 1, f"`{name}` has to stand in it once, and stands there {count} times", name)
