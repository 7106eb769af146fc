"""``book check --built``: what is wrong with finished files, by lines of the Markdown."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner

from book.build import build
from book.built import check, java
from book.cli.commands import app
from book.model import Finding

PDF, EPUB = "build/a-clean-book.pdf", "build/a-clean-book.epub"
WITHOUT = "veraPDF and EPUBCheck did not look."


@pytest.fixture
def book(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the clean book with its outputs, where there is no Java."""
    monkeypatch.setattr(java, "missing", lambda: WITHOUT)
    copy = shutil.copytree(built, tmp_path / "book")
    for path in copy.rglob("*"):
        os.utime(path)
    for name in (PDF, EPUB):
        os.utime(copy / name)
    return copy


def places(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.place} {one.code}" for one in findings]


def in_pdf(book: Path, change: Callable[[Any], None]) -> None:
    """Change each dictionary among the objects of the PDF."""
    with pikepdf.open(book / PDF, allow_overwriting_input=True) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                change(thing)
        pdf.save(book / PDF)


def leads_to_answer(thing: Any) -> bool:
    """Whether it is the link to the next chapter, on line 4."""
    return thing.get("/Subtype") == "/Link" and str(thing.A.get("/D", "")).endswith(".answer")


def in_epub(book: Path, name: str, old: bytes, new: bytes) -> None:
    """Change a file of the ebook."""
    with zipfile.ZipFile(book / EPUB) as archive:
        files = {info: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(book / EPUB, "w") as archive:
        for info, data in files.items():
            assert not info.filename.endswith(name) or old in data
            archive.writestr(info, data.replace(old, new) if info.filename.endswith(name) else data)


def test_nothing_is_wrong_with_a_clean_book_and_what_was_not_done_is_said(book: Path) -> None:
    """Without Java, too, and in one line."""
    assert check(book) == ((), WITHOUT)
    result = CliRunner().invoke(app, ["check", "--built", "--book", str(book)])
    assert (result.exit_code, result.stdout) == (0, "Nothing is wrong.\n")
    assert result.stderr == f"{WITHOUT}\n"


@pytest.mark.usefixtures("kept")
def test_what_was_not_built_or_is_older_is_said(book: Path) -> None:
    """F001, but not for a text that was only saved again."""
    assert build(book, ["pdf"]).written
    text = book / "chapters/01-ankara.md"
    later = text.stat().st_mtime + 60
    os.utime(text, (later, later))
    assert not check(book)[0], "nothing of the text is other than it was"
    text.write_text(text.read_text("utf-8") + "\nMore.\n", "utf-8")
    os.utime(text, (later, later))
    assert places(check(book)[0]) == ["book.toml F001"]
    shutil.rmtree(book / "build")
    (found,) = check(book)[0]
    assert found.hint == "Build first: `book build`."


def test_a_dead_link_of_the_pdf_has_its_line(book: Path) -> None:
    """Its words are found in the chapter that its page belongs to."""

    def break_link(thing: Any) -> None:
        if leads_to_answer(thing):
            thing.A.D = pikepdf.String("gone")

    in_pdf(book, break_link)
    (found,) = check(book)[0]
    assert (found.code, found.place.path, found.place.line) == ("F002", "chapters/01-ankara.md", 4)
    assert "“the next chapter" in found.message


def test_a_note_that_is_elsewhere_has_its_line(book: Path) -> None:
    """F003, from the places that the file itself names."""
    with pikepdf.open(book / PDF, allow_overwriting_input=True) as pdf:
        names: Any = pikepdf.NameTree(pdf.Root.Names.Dests)
        note = next(one for one in names if ".n." in str(one) and "call" not in str(one))
        names[note] = pikepdf.Array([pdf.pages[0].obj, *list(names[note])[1:]])
        pdf.save(book / PDF)
    assert places(check(book)[0]) == ["chapters/01-ankara.md:8:1 F003"]


def test_a_typeface_that_is_not_in_the_pdf_is_named_once(book: Path) -> None:
    """F004, at the first words that are set in it."""

    def take_out(thing: Any) -> None:
        if thing.get("/Type") == "/FontDescriptor" and "Serif" in str(thing.FontName):
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in thing:
                    del thing[key]

    in_pdf(book, take_out)
    found = check(book)[0]
    assert {one.code for one in found} == {"F004"}
    assert len({one.message for one in found}) == len(found)


def test_pages_of_another_size_are_told_of(book: Path) -> None:
    """F005, once for each size."""
    with pikepdf.open(book / PDF, allow_overwriting_input=True) as pdf:
        pdf.pages[2].mediabox = pikepdf.Array([0, 0, 595, 842])
        pdf.save(book / PDF)
    (found,) = check(book)[0]
    assert found.message.startswith("From page 3 of the file on, pages are 209.9 by 297 mm")


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("c01-ankara.xhtml", b"02-moscow.xhtml#", b"02-moscow.xhtml#x", "chapters/01-ankara.md:4:"),
        ("c01-ankara.xhtml", b'src="images/', b'src="images/no-', "chapters/01-ankara.md:6:"),
        (".css", b"url(", b"url(no-", "book.toml"),
    ],
)
def test_what_the_ebook_names_is_in_it(
    book: Path, name: str, old: bytes, new: bytes, expected: str
) -> None:
    """Places, pictures and typefaces."""
    in_epub(book, name, old, new)
    found = check(book)[0]
    assert found
    assert all(str(one.place).startswith(expected) for one in found)


def test_files_that_are_none_are_told_of(book: Path) -> None:
    """Whatever lies under the name of an output."""
    (book / PDF).write_bytes(b"no PDF")
    (book / EPUB).write_bytes(b"no ZIP")
    assert [one.code for one in check(book)[0]] == ["F001", "F001"]


def test_files_that_come_with_a_book_are_read_by_the_one_door(book: Path, tmp_path: Path) -> None:
    """What leads outside, is no file or too large, is not opened, and nobody is waited for."""
    for name in (PDF, EPUB):
        shutil.copy(book / name, tmp_path / Path(name).name)
        (book / name).unlink()
        (book / name).symlink_to(tmp_path / Path(name).name)
    (found,) = check(book)[0]
    assert found.message.startswith("Neither a-clean-book.pdf nor")
    (book / PDF).unlink()
    os.mkfifo(book / PDF)
    (book / EPUB).unlink()
    (book / EPUB).touch()
    os.truncate(book / EPUB, 1 << 40)
    (found,) = check(book)[0]
    assert (found.code, "File too large" in found.message) == ("F001", True)


def _archive(change: Callable[[bytearray], None], data: bytes = b"<html/>") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.xhtml", data)
        archive.writestr("a.css", b"p { background: url(\xff.png) }")
    raw = bytearray(made.getvalue())
    change(raw)
    return bytes(raw)


def _in_both_heads(offset: int, *value: int) -> Callable[[bytearray], None]:
    """Bytes of the first file's two heads (APPNOTE 4.3.7 and 4.3.12, two bytes further on)."""

    def change(raw: bytearray) -> None:
        at, central = raw.find(b"PK\3\4") + offset, raw.find(b"PK\1\2") + offset + 2
        for place in (at, central):
            raw[place : place + len(value)] = value

    return change


@pytest.mark.parametrize(
    ("change", "data"),
    [
        (_in_both_heads(6, 1), b""),  # encrypted
        (_in_both_heads(8, 99), b""),  # packed in a way that nobody knows
        (_in_both_heads(8, 8), b"<html/>"),  # said to be packed
        (_in_both_heads(22, 0xFF, 0xFF, 0xFF, 0x7F), b"<html/>"),  # two gigabytes, it says
        (_in_both_heads(6, 0), b"<?xml version='1.0' encoding='none'?><html/>"),
        (_in_both_heads(6, 0), b"<p>" * 5000),
    ],
)
def test_an_ebook_of_any_bytes_is_a_finding(
    book: Path, change: Callable[[bytearray], None], data: bytes
) -> None:
    """Which asks no validator."""
    (book / EPUB).write_bytes(_archive(change, data))
    (found,) = (one for one in check(book)[0] if one.code == "F001")
    assert "can't be opened as an ebook" in found.message


def test_names_in_a_stranger_s_ebook_are_words(book: Path) -> None:
    """Bytes that are no text, and signs that a terminal would follow."""
    (book / EPUB).write_bytes(_archive(lambda _: None))
    found = check(book)[0]
    assert any("names what isn't in it" in one.message for one in found)
    assert not any(set("\x1b\x07") & set(one.message) for one in found)


@pytest.mark.parametrize("name", ["epubcheck.check", "verapdf.declared"])
def test_what_a_validator_gives_up_on_is_a_finding(
    book: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever it raises."""

    def give_up(path: Path) -> None:
        raise LookupError(path.name)

    monkeypatch.setattr(java, "missing", lambda: "")
    monkeypatch.setattr("book.built.remarks.epubcheck.check", lambda _: ())
    monkeypatch.setattr("book.built.remarks.verapdf.declared", lambda _: ("ua1",))
    monkeypatch.setattr("book.built.remarks.verapdf.validate", lambda *_: _Compliant())
    monkeypatch.setattr(f"book.built.remarks.{name}", give_up)
    (found,) = check(book)[0]
    assert (found.code, "could make nothing of" in found.message) == ("F001", True)


class _Compliant:
    compliant = True


def test_each_silence_and_strictness_holds_for_files_too(book: Path) -> None:
    """By book.toml, as all that is no fault of a chapter's text."""
    with (book / "book.toml").open("a") as file:
        file.write('[check]\nignore = [{ code = "F001", reason = "a test" }]\n')
    assert not check(book)[0]


@pytest.mark.slow
def test_the_validators_words_become_findings(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each rule in plain words, at the line that made the object, with the validator's own name."""
    monkeypatch.undo()
    if java.missing():
        pytest.skip(java.missing())
    monkeypatch.setenv("CHAPBOOK_STORE", str(book.parent / "store"))
    assert check(book) == ((), "")

    def spoil(thing: Any) -> None:
        if thing.get("/S") == "/Figure" and "/Alt" in thing:
            del thing["/Alt"]
        if thing.get("/S") == "/Note":
            del thing["/ID"]
        if leads_to_answer(thing):
            del thing["/Contents"]

    in_pdf(book, spoil)
    in_epub(book, "c01-ankara.xhtml", b"<a ", b"<center>so</center><a ")
    told = [(f"{one.place.path}:{one.place.line}", one.message) for one in check(book)[0]]
    for line, rule in {
        "chapters/01-ankara.md:4": "PDF/UA-1, 7.18.5-2]",
        "chapters/01-ankara.md:6": "no words for those who can't see it. It is on page ",
        "chapters/01-ankara.md:8": "A note has no name of its own, so its call can't lead to it.",
        "chapters/01-ankara.md:3": "[EPUBCheck: RSC-005]",
    }.items():
        assert any(at == line and rule in message for at, message in told), (line, told)
