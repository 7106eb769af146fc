"""What a reader trips over at a line's end, read back from a printed page and from an ebook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.epubs import assembled, pixel
from tests.epubs import made as ebook_of
from tests.volumes import Printed, one_chapter, set_book

#: Each at another place of its line.
_HELD = ("p. 282", "§ 5", "10 km", "No. 7", "J. R. R. Tolkien", "10 September", "c. 1943")
_TEXT = "".join(f"{'so ' * (at % 7)}they went along {_HELD[at % 7]} and " for at in range(90))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """A chapter full of them, and of notes whose calls stand side by side."""
    calls = "Word[^a] [^b] on. " + "".join(f"{'so ' * at}word.[^a][^b][^c] " for at in range(30))
    notes = "".join(f"\n\n[^{label}]: A note." for label in "abc")
    return Printed(one_chapter(tmp_path_factory.mktemp("b"), f"# One\n\n{_TEXT}\n\n{calls}{notes}"))


def test_no_line_ends_within_what_belongs_together(printed: Printed) -> None:
    lines = [line.strip() for page in printed.pages for line in page.splitlines()]
    assert len([line for line in lines if "they went" in line]) > 30
    torn = [line for line in lines if re.search(r"(?:p\.|§|No\.|\b[JR]\.|c\.)$|^(?:km|Sept)", line)]
    assert not torn


def test_the_text_layer_has_plain_spaces(printed: Printed) -> None:
    """Whoever searches for "p. 282" finds it."""
    text = "\n".join(printed.pages)
    assert "\u00a0" not in text
    assert all(words in text for words in _HELD)


def test_the_ebook_has_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.render.epub.cover.picture", pixel)
    text = "# T\n\nSee p. 282, 10\nkm by J. R. R. Tolkien.[^a] [^b]\n\n[^a]: x\n\n[^b]: y\n"
    ebook = ebook_of(assembled(tmp_path, {"01": text}))
    (chapter,) = (one for one in ebook.documents() if b"km by" in ebook.files[one])
    said = "".join(ebook.one(chapter, "//h:p[contains(., 'km by')]").itertext())
    assert said == "See p.~282, 10~km by J.~R.~R.~Tolkien.1,2".replace("~", "\u00a0")


def test_calls_side_by_side_are_parted_and_stay_on_a_line(printed: Printed) -> None:
    """Notes 1 and 2 are not note 12, in print as to a listener; no line begins with a comma."""
    text = " ".join(printed.pages)
    assert "Word1,2 on." in text
    lines = [line.strip() for page in printed.pages for line in page.splitlines()]
    assert not [
        line for line in lines if line.startswith(",") or re.search(r"word\.[\d,]*,$", line)
    ]


def test_running_heads_say_the_short_title(tmp_path: Path) -> None:
    """On right pages, and on left ones of its part; outline and contents have it whole."""
    long = "The settlement of the affairs of Constantinople"
    part = "---\nkind: part\nshort: Book 'I'\n---\n# The first of the books, at length\n"
    text = f"---\nshort: The settlement\n---\n# {long}\n\n" + (_TEXT + "\n\n") * 3
    made = set_book(tmp_path, {"01-p": part, "02-c": text})
    right, left = (made.pages[made.chapters[long][at]] for at in (2, 1))
    assert "the settlement" in right.casefold()
    assert "constantinople" not in right.casefold()
    assert "book ‘i’" in left.casefold()
    assert long in made.chapters
    assert any("Constantinople" in page for page in made.pages[:8])


def test_addresses_break_at_their_signs(tmp_path: Path) -> None:
    """Behind a slash or before another sign, never by a hyphen; they are copied whole."""
    address = "https://archive.example.org/collections/documents/view?folio=ambassadorial&p=12"
    doi = "10.1000/representatives.international.correspondence"
    lines = "".join(f"{'so ' * at}see {address} and doi:{doi} too. " for at in range(14))
    table = "| Correspondence | Representatives of all the governments of which it was said |\n"
    table += (
        "| --- | --- |\n" + f"| internationalisation {'reconsidered ' * 3} | {'so it was ' * 20}|\n"
    )
    note = f"A [^n] word.\n\n[^n]: See {address} and {address}, and {doi}.\n"
    printed = Printed(one_chapter(tmp_path, f"# One\n\n{lines}\n\n{table}\n{note}"))
    text = "\n".join(printed.pages)
    assert not re.search(r"\u200b", text)
    joined = re.sub(r"\s+", "", text)
    assert joined.count(address) >= 15  # One may run over a page.
    assert joined.count(doi) >= 14
    ends = [line.rstrip()[-1:] for line in text.splitlines() if line.strip()]
    assert not [line for line in text.splitlines() if re.search(r"\w[-\u2010]$", line.strip())]
    assert "/" in ends
    assert not [
        line for line in text.splitlines() if re.search(r"(?:archive|example|folio|10)\.$", line)
    ]
