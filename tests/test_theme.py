"""How the book looks: base sheets, then the book's own."""

from __future__ import annotations

import hashlib
from pathlib import Path

from book.theme.theme import SHEETS, load


def lay(root: Path, name: str, data: bytes) -> None:
    path = root / "styles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_without_sheets_of_its_own_a_book_has_the_base(tmp_path: Path) -> None:
    theme, findings = load(tmp_path)
    assert not findings
    assert not theme.files
    assert all(theme.base[name] for name in SHEETS)


def test_a_sheet_of_the_books_own_comes_after_the_base(tmp_path: Path) -> None:
    base = load(tmp_path)[0].css("print")
    lay(tmp_path, "print.css", b"\xef\xbb\xbfp { color: red }")
    theme, _ = load(tmp_path)
    assert theme.css("print") == f"{base}\np {{ color: red ;}}"


def test_a_sheet_that_is_not_utf8_is_a_finding(tmp_path: Path) -> None:
    lay(tmp_path, "tokens.css", b"p {}\n/* caf\xe9 */")
    theme, (finding,) = load(tmp_path)
    assert (finding.code, str(finding.place)) == ("S001", "styles/tokens.css:2:7")
    assert theme.css("print") == load(tmp_path.parent)[0].css("print")


def test_a_link_that_leads_outside_is_a_finding(tmp_path: Path) -> None:
    outside = tmp_path / "outside.css"
    outside.write_text("p { color: red }")
    book = tmp_path / "book"
    (book / "styles").mkdir(parents=True)
    (book / "styles/epub.css").symlink_to(outside)
    (book / "styles/font.otf").symlink_to(outside)
    theme, (finding,) = load(book)
    assert (finding.code, finding.place.path) == ("S002", "styles/epub.css")
    assert "color: red" not in theme.css("epub")
    assert theme.files == ()


def test_a_link_in_a_circle_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/print.css").symlink_to("print.css")
    assert [one.code for one in load(tmp_path)[1]] == ["S002"]


def test_all_other_files_are_known_by_their_digests(tmp_path: Path) -> None:
    lay(tmp_path, "print.css", b"p {}")
    lay(tmp_path, "fonts/a.otf", b"font")
    lay(tmp_path, "more.css", b"p {}")
    digests = [hashlib.sha256(data).hexdigest() for data in (b"font", b"p {}")]
    names = ["styles/fonts/a.otf", "styles/more.css"]
    assert sorted(load(tmp_path)[0].files) == list(zip(names, digests, strict=True))
