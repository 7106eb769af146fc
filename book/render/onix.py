"""The ebook for libraries and shops: one ONIX for Books 3.0 record, with reference names.

It says what the finished package says, in the order of the specification's blocks: the header,
then identifiers (P.2), description (block 1), texts (2), publishing (4) and the printed book
(5). Codes are those of the ONIX code lists. Marketing, rights by country, prices and suppliers
(3 and 6) are for the publisher to add; all of them may be left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING

from lxml import etree

from book import __version__
from book.base.identity import ebook, isbn13, made, printed
from book.model import name_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from book.model import Book, BookTable

_NS = "http://ns.editeur.org/onix/3.0/reference"
_OPF = "{http://www.idpf.org/2007/opf}"
_LICENCE = re.compile(r"Creative Commons|\bCC[ -](?:BY|0)")

#: List 17, by MARC relator; all others are "other" (Z99).
_ROLES = {"aut": "A01", "edt": "B01", "trl": "B06", "ill": "A12", "pht": "A13", "aui": "A24"}
_ROLES |= {"aft": "A19", "win": "A15", "wpr": "A15", "ctb": "A32", "ctg": "A39", "cov": "A36"}
_ROLES |= {"ant": "A38", "com": "C01", "ann": "B16", "nrt": "E07", "art": "A12"}
#: List 74 (ISO 639-2/B), by ISO 639-1, where the two-letter code is not enough.
_LANGUAGES = {"en": "eng", "fr": "fre", "de": "ger", "es": "spa", "it": "ita", "pt": "por"}
_LANGUAGES |= {"nl": "dut", "el": "gre", "ru": "rus", "pl": "pol", "sv": "swe", "la": "lat"}
_LANGUAGES |= {"da": "dan", "no": "nor", "nb": "nob", "nn": "nno", "fi": "fin", "cs": "cze"}
_LANGUAGES |= {"hu": "hun", "tr": "tur", "uk": "ukr", "ro": "rum", "he": "heb", "ar": "ara"}
_LANGUAGES |= {"ja": "jpn", "zh": "chi", "ko": "kor", "hi": "hin", "ca": "cat", "bg": "bul"}


def _publisher(table: BookTable) -> str:
    """Who brings the book out: its publisher, or else its author, or whoever has its title."""
    return table.publisher or table.by or table.title


def record(book: Book, epub: bytes) -> bytes:
    """The ONIX message for ``epub``, the ebook of ``book``, in XML.

    Raises ValueError or KeyError if ``epub`` is no EPUB of ours.
    """
    stated = _stated(epub)
    root = etree.Element("ONIXMessage", nsmap={None: _NS}, release="3.0")
    table = book.config.book
    header = _in(root, "Header")
    _in(_in(header, "Sender"), "SenderName", _publisher(table))
    moment = made(book)
    _in(header, "SentDateTime", f"{moment.year:04}{moment:%m%dT%H%M%S}Z")
    _in(header, "MessageNote", f"Made by Chapbook {__version__}")
    product = _in(root, "Product")
    _in(product, "RecordReference", ebook(book))
    _in(product, "NotificationType", "03")  # confirmed on publication
    _identifier(product, "ProductIdentifier", ebook(book))
    _description(_in(product, "DescriptiveDetail"), book, len(epub), stated)
    _texts(product, book)
    _publishing(_in(product, "PublishingDetail"), book)
    if "pageBreakSource" in stated:
        related = _in(_in(product, "RelatedMaterial"), "RelatedProduct")
        _in(related, "ProductRelationCode", "13")  # epublication based on (print product)
        _identifier(related, "ProductIdentifier", printed(book))
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _stated(epub: bytes) -> Mapping[str, list[str]]:
    """The values of each ``meta`` property of the package."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
    stated = defaultdict(list)
    for meta in package.iter(f"{_OPF}meta"):
        stated[str(meta.get("property"))].append(meta.text or "")
    return stated


def _in(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    child = etree.SubElement(parent, f"{{{_NS}}}{name}")
    child.text = text or None
    return child


def _identifier(parent: etree._Element, name: str, identifier: str) -> None:
    """An ISBN-13 (list 5, 15), else a proprietary number, which must say its kind (01)."""
    block = _in(parent, name)
    isbn = isbn13(identifier)
    _in(block, "ProductIDType", "15" if isbn else "01")
    if not isbn:
        _in(block, "IDTypeName", "URN" if identifier.startswith("urn:") else "Identifier")
    _in(block, "IDValue", isbn or identifier)


def _description(
    detail: etree._Element, book: Book, size: int, stated: Mapping[str, list[str]]
) -> None:
    table = book.config.book
    _in(detail, "ProductComposition", "00")  # one item
    _in(detail, "ProductForm", "ED")  # a digital download
    _in(detail, "ProductFormDetail", "E101")  # EPUB
    for code, text in _features(stated):
        feature = _in(detail, "ProductFormFeature")
        _in(feature, "ProductFormFeatureType", "09")  # accessibility, by list 196
        _in(feature, "ProductFormFeatureValue", code)
        if text:
            _in(feature, "ProductFormFeatureDescription", text)
    _in(detail, "PrimaryContentType", "10")  # text to be read
    _in(detail, "EpubTechnicalProtection", "00")  # none
    if _LICENCE.search(table.rights):
        _in(_in(detail, "EpubLicense"), "EpubLicenseName", table.rights)
    if table.series:
        collection = _in(detail, "Collection")
        _in(collection, "CollectionType", "10")  # the publisher's own
        _title(collection, "02", table.series, "", table.series_number)
    _title(detail, "01", table.title, table.subtitle, 0)
    for number, (name, role) in enumerate(_people(book), 1):
        _contributor(detail, number, name, role)
    if table.edition:
        _in(detail, "EditionStatement", table.edition)
    else:
        _in(detail, "NoEdition")
    language = _in(detail, "Language")
    _in(language, "LanguageRole", "01")  # of the text
    primary = table.language.partition("-")[0].lower()
    _in(language, "LanguageCode", _LANGUAGES.get(primary, primary if len(primary) == 3 else "und"))
    extent = _in(detail, "Extent")
    for name, value in (("Type", "22"), ("Value", str(size)), ("Unit", "17")):  # a size in bytes
        _in(extent, f"Extent{name}", value)
    for text in table.subjects:
        subject = _in(detail, "Subject")
        _in(subject, "SubjectSchemeIdentifier", "20")  # keywords
        _in(subject, "SubjectHeadingText", text)


def _features(stated: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """List 196: a summary, then what the book has, then what it keeps."""
    features = stated["schema:accessibilityFeature"]
    yield "00", stated["schema:accessibilitySummary"][0]
    if stated["dcterms:conformsTo"]:
        yield from (("04", ""), ("82", ""), ("85", ""))  # EPUB Accessibility 1.1, WCAG 2.2, AA
    yield from ((code, "") for code in ("10", "11", "13"))  # nothing disabled, contents, order
    if "alternativeText" in features and "visual" in stated["schema:accessMode"]:
        yield "14", ""  # short alternative texts
    if "pageBreakMarkers" in features:
        yield "19", ""  # the pages of the printed book
    yield from ((code, "") for code in ("22", "29", "36"))  # languages, structure, all text styled
    if "textual" in stated["schema:accessModeSufficient"]:
        yield "52", ""  # can be read without sight


def _title(parent: etree._Element, level: str, title: str, subtitle: str, number: int) -> None:
    detail = _in(parent, "TitleDetail")
    _in(detail, "TitleType", "01")  # as on the title page
    element = _in(detail, "TitleElement")
    _in(element, "TitleElementLevel", level)  # a product, or a collection
    if number:
        _in(element, "PartNumber", str(number))
    _in(element, "TitleText", title)
    if subtitle:
        _in(element, "Subtitle", subtitle)


def _people(book: Book) -> Iterator[tuple[str, str]]:
    table = book.config.book
    yield from ((one.name, one.role) for one in (*table.makers, *table.others))


def _contributor(detail: etree._Element, number: int, name: str, role: str) -> None:
    contributor = _in(detail, "Contributor")
    _in(contributor, "SequenceNumber", str(number))
    _in(contributor, "ContributorRole", _ROLES.get(role, "Z99"))
    parts = name_parts(name)
    _in(contributor, "PersonName", parts.display_name)
    if not parts.given:
        return
    _in(contributor, "PersonNameInverted", parts.filed)
    _in(contributor, "NamesBeforeKey", parts.given)
    _in(contributor, "KeyNames", parts.family)
    if parts.suffix:
        _in(contributor, "SuffixToKey", parts.suffix)


def _texts(product: etree._Element, book: Book) -> None:
    """The description, as it is (list 153, 03), for anyone."""
    if not book.config.book.description:
        return
    content = _in(_in(product, "CollateralDetail"), "TextContent")
    _in(content, "TextType", "03")
    _in(content, "ContentAudience", "00")
    _in(content, "Text", book.config.book.description)


def _publishing(detail: etree._Element, book: Book) -> None:
    table = book.config.book
    publisher = _in(detail, "Publisher")
    _in(publisher, "PublishingRole", "01")
    _in(publisher, "PublisherName", _publisher(table))
    if table.place:
        _in(detail, "CityOfPublication", table.place)
    _in(detail, "PublishingStatus", "04")  # active
    if table.date:
        date = _in(detail, "PublishingDate")
        _in(date, "PublishingDateRole", "01")
        _in(date, "Date", table.date.isoformat().replace("-", ""))
