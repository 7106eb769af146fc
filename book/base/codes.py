"""The codes of all findings: each described once, here.

``codes.toml`` beside it says more of each; ``docs/findings.md`` is made from both.
"""

from __future__ import annotations

from typing import NamedTuple

from book.base.text import UNPRINTABLE
from book.model import Finding, Place, Severity


class Code(NamedTuple):
    """What a code means: how much it matters, and why it does, in a sentence or two.

    An error is what leaves no book to make. All else is a warning: a draft comes out, in which
    what is wrong can be seen, and ``--strict`` refuses it.
    """

    severity: Severity
    meaning: str


_E, _W = Severity.ERROR, Severity.WARNING

CODES: dict[str, Code] = {
    "B001": Code(_E, "There is no book.toml, so this folder is no book yet."),
    "B002": Code(_E, "book.toml is not readable as TOML."),
    "B003": Code(_W, "book.toml has a key that means nothing here; most often it is mistyped."),
    "B004": Code(_W, "A value in book.toml is of the wrong kind."),
    "B005": Code(_W, "book.toml lacks something that a book must say of itself."),
    "B006": Code(_W, "The book's language has a part that is no language or country."),
    "B007": Code(_W, "The edition's date is years ahead."),
    "B008": Code(_W, "The book prints words of its own in English, for want of its language's."),
    "B009": Code(_W, "Words of the book's language are not divided, for want of its patterns."),
    "M001": Code(_E, "There are no chapters."),
    "M002": Code(_W, "A file is not in UTF-8, so some of its letters were guessed."),
    "M003": Code(_W, "A chapter's front matter can't be read."),
    "M004": Code(_W, "A chapter's front matter has a key or value that means nothing here."),
    "M005": Code(_W, "A file holds control characters, which no book can print."),
    "M006": Code(_W, "Raw HTML that a book can't hold (scripts, forms, styles) was left out."),
    "M007": Code(_W, "A chapter file leads outside the book's folder."),
    "M008": Code(_W, "HTML stands where HTML has no room for it; its words are kept."),
    "M009": Code(_E, "A chapter's file is no text in any encoding."),
    "M010": Code(_W, "A row of a table has more cells than the table has columns."),
    "M011": Code(_W, "Markup of another tool stands here, which is printed as it is."),
    "M012": Code(_W, "A mark that opens something is never closed, and is printed as it is."),
    "M013": Code(_W, "A file in the folder of chapters is passed over."),
    "M014": Code(_W, "A formula can't be set, and is printed as it was typed."),
    "M015": Code(_W, "A block is for one output only, but names none that there is."),
    "M016": Code(_W, "A file that a chapter takes in isn't there, or takes in itself."),
    "M020": Code(_W, "Lists or quotations are nested deeper than a book can show."),
    "M021": Code(_E, "A chapter can't be opened: it is a pipe or a device, or may not be read."),
    "H001": Code(_W, "A chapter has no title, so its file's name stands for one."),
    "H002": Code(_W, "A heading skips a level, which loses readers who listen to the book."),
    "H003": Code(_W, "A chapter has a second title of the first level."),
    "H004": Code(_W, "A heading has no words, so no contents can list it; it is a paragraph."),
    "H005": Code(_W, "Most titles bring a number along, so the book numbers none by itself."),
    "H006": Code(_W, "A chapter has a title and nothing else."),
    "H007": Code(_W, "Several chapters that stand beside each other have one title."),
    "N001": Code(_W, "A note is called that is not there."),
    "N002": Code(_W, "A note is written but never called; it would not be printed."),
    "N003": Code(_W, "Two notes of a chapter have the same label."),
    "N004": Code(_W, "A note lacks its colon, or its label is written in another way."),
    "L001": Code(_W, "A link leads to a file that is no chapter of the book."),
    "L002": Code(_W, "A link leads to an anchor that isn't there."),
    "L003": Code(_W, "Two places of a chapter have the same anchor."),
    "L004": Code(_W, "A link's address can't be one; its words stand without a link."),
    "L005": Code(_W, "A link names a label that is defined nowhere in its file."),
    "I001": Code(_W, "An image isn't there."),
    "I002": Code(_W, "An image lies outside the book's folder or on the network."),
    "I003": Code(_W, "An image has no alternative text for those who can't see it."),
    "I004": Code(
        _W, "An image can't be shown: it is damaged, too large, or of no kind that is served."
    ),
    "I005": Code(_W, "A part of an SVG image that runs or is fetched was left out."),
    "I006": Code(_W, "A cover in PDF lacks a typeface."),
    "D001": Code(_W, "A date can't be read as EDTF."),
    "D002": Code(_W, "A date doesn't exist, such as 31 June."),
    "D003": Code(_W, "The marked words say one date, the mark another."),
    "D004": Code(_W, "A day in the text is not marked. Told if `also` asks for it."),
    "D005": Code(_W, "Two sentences tell nearly the same of one day, so the chronology has both."),
    "P001": Code(_W, "A person is named who is not in book.toml."),
    "P002": Code(_W, "A person stands in book.toml whom no chapter names."),
    "P003": Code(
        _W, "Someone who is not searched for is named without a mark. Told if `also` asks for it."
    ),
    "P004": Code(_W, "A name is one letter from that of someone in book.toml."),
    "W001": Code(_W, "A small word stands twice in a row."),
    "W002": Code(_W, "A hyphen stands where a dash is meant."),
    "W003": Code(_W, "Two spaces stand between words. Told if `also` asks for it."),
    "W004": Code(_W, "A straight quotation mark could open or close, so it is printed straight."),
    "W005": Code(_W, "One word stands in two spellings."),
    "W006": Code(_W, "A word is in no dictionary. Told if `also` asks for it."),
    "W007": Code(_W, "Spelling can't be checked in a language. Told if `also` asks for W006."),
    "A001": Code(_W, "An image's words are the name of its file."),
    "A002": Code(_W, "A table's columns have no heads."),
    "A003": Code(_W, "A link's words don't say where it leads."),
    "C001": Code(_W, "A silence can't be used: it has no reason, or names no code."),
    "C002": Code(_W, "A silence hits nothing."),
    "S001": Code(_W, "A style sheet is not in UTF-8, or can't be opened, and was left out."),
    "S002": Code(_W, "A style sheet leads outside the book's folder."),
    "S003": Code(_W, "A part of a style sheet is no CSS, or beyond all measure, and was left out."),
    "S004": Code(_W, "A rule of a style sheet makes the typesetter fail, and was left out."),
    "S005": Code(_W, "The theme is not there, or what it says of itself is not understood."),
    "S006": Code(_W, "A template of the book's own can't be used; the built-in one stands for it."),
    "S007": Code(_W, "A style sheet, or a token of one, is used by nothing, or set nowhere."),
    "G001": Code(_W, "A character is in none of the fonts and would print as an empty box."),
    "G002": Code(_W, "A typeface that book.toml or a style sheet names is not there."),
    "G003": Code(_W, "A typeface is the machine's own, so others print other pages."),
    "G004": Code(_W, "The italic lacks letters that the upright face has."),
    "G005": Code(_W, "Lines of a script without spaces can't end between its words."),
    "T001": Code(_W, "A note does not begin on the page of its call."),
    "T002": Code(_W, "A part of a note is missing in the printed book."),
    "T003": Code(_W, "Page numbers did not settle."),
    "T004": Code(_W, "The typesetter warned of something in the text or the styles."),
    "T005": Code(_W, "The typesetter fails at something; a box stands for it, or nothing is made."),
    "T020": Code(_W, "A picture has too few dots for the size at which it is printed."),
    "T021": Code(_W, "The files for a print shop are not as its service or the press asks."),
    "T030": Code(_W, "Something runs out of the type area, and may be cut off."),
    "T031": Code(_W, "A table is too wide for its page, even in small type and turned."),
    "T032": Code(_W, "A formula is too wide for its lines, and drawn smaller."),
    "F001": Code(_W, "There is no finished file to look at, or it was made of another text."),
    "F002": Code(_W, "A link of the finished PDF or ebook leads nowhere."),
    "F003": Code(_W, "In the finished PDF a note is not on the page of its call."),
    "F004": Code(_W, "The finished file lacks a typeface that it uses."),
    "F005": Code(_W, "Pages of the finished PDF have another size than the book's."),
    "F006": Code(_W, "The finished PDF breaks a rule of a standard that it says it keeps."),
    "F007": Code(_W, "EPUBCheck finds fault with the ebook."),
    "O001": Code(_W, "The handout does not fit on its two sides."),
    "O002": Code(_W, "The handout was set smaller, or something left out of it, to fit."),
}


#: Right for some books, and none of the house's business in others: ``also`` of ``[check]``.
ASKED_FOR = frozenset({"D004", "P003", "W003", "W006"})


def finding(code: str, place: Place, message: str, hint: str) -> Finding:
    """A finding with the severity of its code; the code must stand in :data:`CODES`.

    What a manuscript is quoted with may hold anything, what is said of it no control characters.
    """
    message, hint = (UNPRINTABLE.sub("\ufffd", words) for words in (message, hint))
    return Finding(code, place, message, hint, CODES[code].severity)
