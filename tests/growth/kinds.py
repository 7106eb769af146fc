"""What a chapter may be full of: for each kind, the text of a book of about a size in letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

Kind = Callable[[int], str]


def _rising(size: int, piece: Callable[[int], str]) -> str:
    """Pieces, each longer than the one before, until there are about ``size`` letters."""
    return "".join(piece(number) for number in range(1, int((2 * size) ** 0.5)))


def _times(piece: str) -> Kind:
    return lambda size: piece * (size // len(piece))


def _counted(piece: str) -> Kind:
    """``piece``, in which each ``#`` stands for a number of its own."""
    return lambda size: "".join(
        piece.replace("#", f"{number:06}") for number in range(size // (len(piece) + 5))
    )


def _opened(begin: str, end: str = "", middle: str = "x") -> Kind:
    """So much that is opened, and as much that is closed."""

    def made(size: int) -> str:
        count = size // (len(begin) + len(end))
        return begin * count + middle + end * count

    return made


def _notes(size: int) -> str:
    """Half of them calls, half of them notes."""
    count = size // 40
    calls = "".join(f"word[^n{number:06}] " for number in range(count))
    return calls + "".join(f"\n\n[^n{number:06}]: A note." for number in range(count))


def _mislabelled(size: int) -> str:
    count = size // 32
    calls = "".join(f"[^a{number:06}] " for number in range(count))
    return calls + "".join(f"\n\n[^b{number:06}]: x" for number in range(count))


def _headings_and_dead_links(size: int) -> str:
    count = size // 48
    heads = "".join(f"## Heading {number:06}\n\n" for number in range(count))
    return heads + "".join(f"[x](#heating-{number:06}) " for number in range(count))


def _references(size: int) -> str:
    count = size // 50
    uses = "".join(f"[a][r{number:06}] " for number in range(count))
    return (
        uses
        + "\n\n"
        + "".join(f"[r{number:06}]: https://example.org/ 'T'\n" for number in range(count))
    )


KINDS: Mapping[str, Kind] = {
    # What an honest book is full of.
    "prose": _times("Some words of *prose* that go on, as in any book, for a line or two.\n\n"),
    "one paragraph": _times("Some words of *prose* that go on, as in any book. "),
    "tables": _times("| A | B |\n| - | - |\n| 1 | 2 |\n\n"),
    "one table": lambda size: "| A | B |\n| - | - |\n" + "| one | two |\n" * (size // 14),
    "a wide table": lambda size: "|".join("a" * (size // 4)) + "\n" + "|".join("-" * (size // 4)),
    "notes": _notes,
    "inline notes": _times("word^[a note of *some* words] "),
    "definition lists": _times("Term\n: What it means.\n\n"),
    "one definition list": lambda size: "Term\n" + ": What it means.\n" * (size // 17),
    "fenced divisions": _times("::: {.verse}\nWords.\n:::\n\n"),
    "verse": _times("| A line of verse\n|   and its second\n"),
    "headings": _counted("## Heading #\n\nWords.\n\n"),
    "equal headings": _times("## a\n\n"),
    "dates in one line": _times("[1 May](when:1943-05-01) "),
    "dates with sentences": _times('[1 May](when:1943-05-01 "It begins.") '),
    "dates in sentences": _times("It was [1 May](when:1943-05-01). "),
    "days": lambda size: " ".join(
        f"[d](when:{date.fromordinal(700_000 + number)})." for number in range(size // 23)
    ),
    "one day told": _counted('[d](when:1943-05-01 "It is #.") '),
    "months": lambda size: " ".join(
        f"[d](when:{1000 + number % 900}-{1 + number // 900 % 12:02})."
        for number in range(size // 22)
    ),
    "code": _times("```\ncode\n```\n\n"),
    "fences that are never closed, quoted": _times("> ```a\n"),
    "lines of code": _times("    code\n"),
    "lists": _times("- item\n"),
    "loose lists": _times("- item\n\n"),
    "numbered lists": _times("1. item\n"),
    "quotations": _times("> words\n\n"),
    "ruby": _times("<ruby>a<rt>b</rt></ruby> "),
    "languages": _times("<span lang='de'>a \"b\"</span> "),
    "quotation marks": _times("\"a 'b' c\" -- "),
    "pictures": _times('![a](b.png "c") '),
    "abbreviations": lambda size: "ABC words. " * (size // 11) + "\n\n*[ABC]: A b c\n",
    "references": _references,
    "addresses": _times("<https://example.org/a> "),
    "line ends": _times("a  \n"),
    "empty lines": _times("\n"),
    "entities": _times("&amp;&#120; "),
    "formulas": _times("$a^2$ "),
    "comments": _times("<!-- x --> "),
    "raw blocks": _times("<div>\n\nx\n\n</div>\n\n"),
    "a title": lambda size: "t" * size,
    # What nobody types but to do harm, or by a slip.
    "one word": _times("w"),
    "long words": _times("w" * 1000 + " "),
    "addresses in brackets": lambda size: "](" + "<a>" * (size // 3),
    "open attributes": _times("{."),
    "signs of mail": _times("a@"),
    "brackets": _times("["),
    "images": _times("!["),
    "links": _times("[a]("),
    "links, closed at the end": lambda size: "[a](" * (size // 4) + ")",
    "links with quotation marks": lambda size: "[a](\"'" * (size // 6) + ")",
    "reference calls": _times("[a]["),
    "note calls": _times("[^"),
    "inline notes, open": _times("^["),
    "inline notes in each other": _opened("^[", "]"),
    "brackets in brackets": _opened("[", "]"),
    "sections": _times("<![CDATA["),
    "sections, closed at the end": lambda size: "<![CDATA[" * (size // 9) + "]]>",
    "sections in paragraphs": _times("\n\n<![CDATA["),
    "instructions": _times("<?x "),
    "declarations": _times("<!X "),
    "open comments": _times("<!-- "),
    "silences": _times("<!-- book: ignore W001, as it is -->\n\nIt is the the.\n\n"),
    "silences of one block": _times("<!-- book: ignore W001, as it is -->\n"),
    "silences that never end": _times("<!-- book: "),
    "a silence of spaces": lambda size: "<!-- book: " + " " * size + "x",
    "tags": _times("<a "),
    "tags, closed at the end": lambda size: "<a " * (size // 3) + ">",
    "tags with quotation marks": _times('<a b="'),
    "attributes": lambda size: "<b " + "a='b' " * (size // 6) + ">x</b>",
    "attributes in braces": lambda size: "*a*{" + ".b " * (size // 3) + "}",
    "tags that close nothing": _times("<b>x</i>"),
    "tags in tags": _opened("<b>"),
    "closed tags in tags": _opened("<b>", "</b>"),
    "divisions in divisions": _opened("<div>\n", "</div>\n", "x\n"),
    "fenced divisions in each other": _opened("::: a\n", ":::\n", "x\n"),
    "blocks in bold type": _times("<b><p>x</p></b>\n"),
    "backticks": lambda size: _rising(size, lambda length: "`" * length + " "),
    "fences": lambda size: _rising(size, lambda length: "`" * (length + 2) + "\n"),
    "tildes": lambda size: _rising(size, lambda length: "~" * (length + 2) + "\n"),
    "dollars": _times("$"),
    "backslashes": _times("\\"),
    "stars and words": _times("*a **b "),
    "underscores and words": _times("_a __b "),
    "emphasis, closed at the end": _opened("*a ", " b*"),
    "strong in strong": _opened("**a ", " b**"),
    "stars": _times("*"),
    "underscores": _times("_"),
    "struck out": _times("~~a "),
    "carets": _times("^a "),
    "pipes": _times("|"),
    "rows without ends": _times("| a\n"),
    "terms without meanings": _times("a\n"),
    "colons": _times(": "),
    "unknown tags": _times("<x>a</x>"),
    "tags of many names": _counted("<x#>a</x#>"),
    "mislabelled notes": _mislabelled,
    "unknown people": _counted("[a](who:p#) "),
    "dead links": _headings_and_dead_links,
    "dates that can't be read": _times("[a](when:x) "),
    "quotations in each other": lambda size: _rising(size, lambda depth: ">" * depth + " a\n"),
    "deep quotations": lambda size: (">" * 200 + " a\n") * (size // 203),
    "markers of lists": lambda size: "- " * (size // 2) + "a",
    "lists in each other": lambda size: _rising(size, lambda depth: "  " * depth + "- a\n"),
    "underlined headings": _times("a\n---\n"),
    "lists without items": _times("<ul>x</ul>\n"),
    "spaces": _times(" "),
    "lines of spaces": lambda size: "a\n" + " " * (size // 2) + "b\n-" + " " * (size // 2) + "|",
    "tabs": _times("\t"),
    "no-break spaces": _times("\u00a0"),
    "marks upon a letter": lambda size: "a" + "\u0301" * (size // 2),
    "form feeds": _times("\f"),
    "carriage returns": _times("\r"),
    "definitions of references": _counted("[r#]: /x\n"),
    "definitions of notes": _counted("[^n#]: x\n"),
    "front matter": lambda size: "---\n" + "a: b\n" * (size // 5) + "---\n",
    "front matter in brackets": lambda size: "---\na: " + "[" * size + "\n---\n",
    "quotation marks alone": _times('"'),
    "apostrophes": _times("'"),
    "hyphens": _times("-"),
    "dots": _times("."),
    "numbers": _times("1"),
    "hashes": _times("#"),
    "ampersands": _times("&"),
    "braces": _times("{"),
    "variables": _times("{{ book.title }} "),
    "open variables": _times("{{ "),
    "percents": _times("{% x %} "),
}  # fmt: skip
