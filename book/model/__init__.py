"""Every data type of the house: frozen, without I/O, importing nothing of the package.

Words: a *place* is where in the manuscript something stands; a *finding* is what is wrong
there; a *target* is a place that can be linked to, named by an id that is unique in the book
because it carries its chapter's slug from birth (``c07-moscow.interview``).
"""

from book.model.book import Book, Entry, Pages, Portrait, Product, Result, Written
from book.model.findings import Finding, Place, Severity
from book.model.manuscript import (
    Anchor,
    Chapter,
    Event,
    Heading,
    Image,
    Kind,
    Mention,
    Note,
    Notes,
    Origin,
    Reference,
    Source,
    Unknown,
)
from book.model.names import Name, display_name, name_parts
from book.model.settings import (
    BookTable,
    CheckTable,
    Config,
    Contributor,
    Document,
    EpubTable,
    FontsTable,
    HandoutTable,
    NotesTable,
    NumberingTable,
    PdfTable,
    Person,
    PressTable,
    Silence,
    TypographyTable,
)
from book.model.text import Text
from book.model.wishes import NO_WISH, HandoutWish, PressWish, Wish

__all__ = [
    "NO_WISH",
    "Anchor",
    "Book",
    "BookTable",
    "Chapter",
    "CheckTable",
    "Config",
    "Contributor",
    "Document",
    "Entry",
    "EpubTable",
    "Event",
    "Finding",
    "FontsTable",
    "HandoutTable",
    "HandoutWish",
    "Heading",
    "Image",
    "Kind",
    "Mention",
    "Name",
    "Note",
    "Notes",
    "NotesTable",
    "NumberingTable",
    "Origin",
    "Pages",
    "PdfTable",
    "Person",
    "Place",
    "Portrait",
    "PressTable",
    "PressWish",
    "Product",
    "Reference",
    "Result",
    "Severity",
    "Silence",
    "Source",
    "Text",
    "TypographyTable",
    "Unknown",
    "Wish",
    "Written",
    "display_name",
    "name_parts",
]
