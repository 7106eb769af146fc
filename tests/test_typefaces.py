"""The faces that book.toml names, and those that a script brings."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTCollection, TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from book.base.fonts import FontFile, faces, pinned
from book.base.paths import ChangedError
from book.base.scripts import bringer, direction
from book.base.typefaces import faces_of, packaged
from book.build import build, check, read
from book.checks.letters import without_font
from book.theme.theme import load
from book.theme.typefaces import dressed
from tests.conftest import Lay
from tests.pieces import made

SETTINGS = '[book]\ntitle = "A"\nauthors = ["B"]\nlanguage = "{}"\n'
TEXT = "# One\n\nSome **bold** and *slanted* words.\n\n```\ncode\n```\n"
SERIF = next(face.path for face in faces() if face.path.stem == "SourceSerifPro-Regular")


def _laid(lay: Lay, book: Path, table: str, text: str = TEXT, language: str = "en") -> Path:
    return lay(book, {"book.toml": SETTINGS.format(language) + table, "chapters/01.md": text})


def _fonts(pdf: Path) -> set[str]:
    """The names of the fonts that a PDF embeds, without the tags of their subsets."""
    with pikepdf.open(pdf) as opened:
        kinds = (one for one in opened.objects if isinstance(one, pikepdf.Dictionary))
        return {str(one.FontName).partition("+")[2] for one in kinds if "/FontName" in one}


def _in_ebook(epub: Path) -> dict[str, set[int]]:
    """The fonts of an ebook, and the characters that each has."""
    with zipfile.ZipFile(epub) as package:
        names = [name for name in package.namelist() if "/fonts/" in name]
        fonts = {Path(name).name: TTFont(io.BytesIO(package.read(name))) for name in names}
    assert not any("fvar" in font for font in fonts.values()), "older readers know no axes"
    return {name: set(font.getBestCmap()) for name, font in fonts.items()}


def _collection(*names: str) -> bytes:
    """A file with fonts of these names, drawn alike."""
    fonts = TTCollection()
    face = next(one for one in faces_of("Amiri", packaged()) if one.style == "normal")
    for name in names:
        font = TTFont(face.path)
        for record in font["name"].names:
            if record.nameID in (1, 4, 6, 16):
                record.string = name
        fonts.fonts.append(font)
    made = io.BytesIO()
    fonts.save(made)
    return made.getvalue()


class TestAFaceThatBookTomlNames:
    def test_comes_from_a_package_into_print_and_ebook(self, tmp_path: Path, lay: Lay) -> None:
        """All its cuts, upright and italic, regular and bold; its bold is on the cover."""
        book = _laid(lay, tmp_path, '[fonts]\nserif = "Amiri"\n')
        result = build(book, ["pdf", "epub"])
        assert not result.findings
        pdf, epub = (one.path for one in result.written)
        names = {name for name in _fonts(pdf) if not name.startswith("Source-Sans")}
        assert {"Amiri", "Amiri-Bold", "Amiri-Italic"} <= names
        assert not [name for name in names if "Serif" in name]
        own = _in_ebook(epub)
        assert {"Amiri-400.ttf", "Amiri-700.ttf", "Amiri-400-Italic.ttf"} <= set(own)
        assert {ord("S"), ord("b")} <= own["Amiri-400.ttf"]

    @pytest.mark.parametrize("suffix", ["otf", "woff2"])
    def test_comes_from_the_books_folder(self, tmp_path: Path, lay: Lay, suffix: str) -> None:
        """By the name that the font has of itself, whatever its file is called."""
        book = _laid(lay, tmp_path, '[fonts]\nsans = "House Face"\n')
        (book / "styles/fonts").mkdir(parents=True)
        font = TTFont(SERIF)
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = "House Face"
        font.flavor = "woff2" if suffix == "woff2" else None
        font.save(book / f"styles/fonts/House-Face.{suffix}")
        result = build(book, ["pdf", "epub"])
        assert not result.findings
        assert "HouseFace-400.ttf" in _in_ebook(result.written[1].path)
        sheet = zipfile.ZipFile(result.written[1].path).read("EPUB/0-book.css").decode()
        assert 'font-family: "House Face", "Source Sans"' in sheet

    def test_one_of_the_house_may_be_named(self, tmp_path: Path, lay: Lay) -> None:
        """In capitals or not, for text as for heads; it is there without a package of its own."""
        book = _laid(lay, tmp_path, '[fonts]\nserif = "source sans"\nsans = "Source Serif"\n')
        result = build(book, ["pdf"])
        assert not result.findings
        assert {"Source-Sans", "Source-Serif-Semi-Bold"} <= _fonts(result.written[0].path)

    def test_outside_the_folder_is_not_read(self, tmp_path: Path, lay: Lay) -> None:
        """Whatever leads there: a link to a font, to a device, a folder that is one; or a pipe."""
        book = _laid(lay, tmp_path / "book", '[fonts]\nserif = "Source Serif Pro"\n')
        (book / "styles/fonts").mkdir(parents=True)
        (book / "styles/fonts/SourceSerifPro-Regular.otf").symlink_to(SERIF)
        (book / "styles/fonts/SourceSerifPro-Bold.otf").symlink_to("/dev/zero")
        (book / "styles/fonts/more").symlink_to(SERIF.parent)
        os.mkfifo(book / "styles/fonts/SourceSerifPro-It.otf")
        assert [one.code for one in check(book)] == ["G002"]

    def test_that_is_exchanged_is_told(self, tmp_path: Path) -> None:
        """For another one, or for a link to the very same one outside."""
        path, data = tmp_path / "book/a.otf", SERIF.read_bytes()
        path.parent.mkdir()
        path.write_bytes(data)
        file = FontFile(path, hashlib.sha256(data).hexdigest(), path.parent)
        assert file.read() == data
        path.write_bytes(data + b"0")
        with pytest.raises(ChangedError):
            file.read()
        path.unlink()
        path.symlink_to(SERIF)
        with pytest.raises(ChangedError):
            file.read()

    def test_that_is_not_there_is_a_finding(self, tmp_path: Path, lay: Lay) -> None:
        """With the nearest name, in a check as well; the book is made in the house's faces."""
        book = _laid(lay, tmp_path, '[fonts]\nserif = "Amri"\nfallback = ["Xyz"]\n')
        found = check(book)
        assert [one.code for one in found] == ["G002", "G002"]
        assert "“Amri”" in found[0].message or "“Amri”" in found[1].message
        assert any("Did you mean `Amiri`?" in one.hint for one in found)

    def test_what_is_no_font_is_not_there(self, tmp_path: Path, lay: Lay) -> None:
        """Though its file has the name."""
        book = _laid(lay, tmp_path, '[fonts]\nserif = "House Face"\n')
        (book / "styles/fonts").mkdir(parents=True)
        (book / "styles/fonts/HouseFace.ttf").write_bytes(b"garbage" * 100)
        assert [one.code for one in check(book)] == ["G002"]

    @pytest.mark.parametrize("table", ['[fonts]\nserif = "House"\n', ""], ids=["named", "sheet"])
    def test_comes_out_of_a_collection(self, tmp_path: Path, lay: Lay, table: str) -> None:
        """By its name in book.toml, which may be the second's, or the first by a style sheet."""
        book = _laid(lay, tmp_path, table)
        (book / "styles/fonts").mkdir(parents=True)
        (book / "styles/fonts/House.ttc").write_bytes(_collection("Other", "House"))
        if not table:
            sheet = '@font-face { font-family: "House"; src: url("fonts/House.ttc"); }'
            sheet += ':root { --serif: "House", serif }'
            (book / "styles/tokens.css").write_text(sheet)
        result = build(book, ["pdf", "epub"])
        assert not result.findings
        pdf, epub = (one.path for one in result.written)
        with pikepdf.open(pdf) as opened:
            kinds = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
            found = [one for one in kinds if "+House" in str(one.get("/FontName", ""))]
            fonts = [TTFont(io.BytesIO(one.FontFile2.read_bytes())) for one in found]
        assert fonts
        assert all("glyf" in font for font in fonts)
        assert {ord("S"), ord("b")} <= _in_ebook(epub)["House-400.ttf"]
        assert 'font-family: "House"' in zipfile.ZipFile(epub).read("EPUB/0-book.css").decode()

    def test_the_machines_own_only_by_leave(
        self, tmp_path: Path, lay: Lay, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What the machine has is not looked for; with `system` it is used, and said."""
        (tmp_path / "machine").mkdir()
        font = TTFont(SERIF)
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = "Machine"
        font.save(tmp_path / "machine/Machine.otf")
        monkeypatch.setattr("book.base.typefaces._FOLDERS", (str(tmp_path / "machine"),))
        book = _laid(lay, tmp_path / "book", '[fonts]\nserif = "Machine"\n')
        assert [one.code for one in check(book)] == ["G002"]
        book = _laid(lay, tmp_path / "book", '[fonts]\nserif = "Machine"\nsystem = true\n')
        result = build(book, ["epub"])
        assert [one.code for one in result.findings] == ["G003"]
        assert "Machine-400.ttf" in _in_ebook(result.written[0].path)


class TestAScript:
    """A book in a script that the house's faces lack."""

    @pytest.mark.parametrize(
        ("language", "text", "name"),
        [
            ("he", "# שלום\n\nשלום **עולם**.\n", "FrankRuhlLibre-700.ttf"),
            ("ar", "# سلام\n\nكتاب **جديد**.\n", "Amiri-700.ttf"),
            ("hi", "# नमस्ते\n\nकिताब **नई** है।\n", "NotoSansDevanagari-700.ttf"),
            ("th", "# สวัสดี\n\nหนังสือ**ใหม่**\n", "NotoSansThai-700.ttf"),
        ],
    )
    def test_finds_the_face_of_its_package(
        self, tmp_path: Path, lay: Lay, language: str, text: str, name: str
    ) -> None:
        """Installed is enough: nothing has to be said in book.toml, and no letter is a box."""
        book = _laid(lay, tmp_path, "", text, language)
        result = build(book, ["epub"])
        assert not result.findings
        own = _in_ebook(result.written[0].path)
        letters = {ord(one) for one in text if one.isalpha() and not one.isascii()}
        assert letters <= own[name]

    def test_without_a_face_names_what_to_install(
        self, tmp_path: Path, lay: Lay, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One finding a script, and the book's language tells whose characters are meant."""
        monkeypatch.setattr("book.theme.typefaces.packaged", lambda: ())
        text = "# 一\n\n東京, שלום, 서울.\n"
        found = check(_laid(lay, tmp_path, "", text, "ja"))
        assert [one.code for one in found] == ["G001"] * 3
        hints = " ".join(one.hint for one in found)
        assert all(f"chapbook[{one}]" in hints for one in ("cjk-ja", "cjk-ko", "hebrew"))

    def test_of_chinese_follows_the_region(self) -> None:
        for tag, family in [("zh", "SC"), ("zh-TW", "TC"), ("zh-Hant", "TC"), ("ja", "JP")]:
            known = bringer("Chinese and Japanese", tag)
            assert known is not None
            assert known.families == (f"Noto Sans {family}",)


def test_a_variable_font_is_one_face() -> None:
    """All its weights are in it, so it is found once."""
    (face,) = faces_of("frank ruhl libre", packaged())
    assert face.variable
    assert face.family == "Frank Ruhl Libre"


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        *(("he", "rtl"), ("ar-EG", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("yi", "rtl")),
        *(("az-Arab", "rtl"), ("uz-Latn", "ltr"), ("ar-Latn", "ltr"), ("ks-Deva", "ltr")),
        *(("en", "ltr"), ("ja", "ltr"), ("az", "ltr"), ("pa-Arab", "rtl"), ("HE_il", "rtl")),
    ],
)
def test_which_way_a_language_is_written(tag: str, way: str) -> None:
    assert direction(tag) == way


def test_a_variable_font_is_made_still_at_its_weight() -> None:
    """As fontTools makes it: letters are as wide, and nothing varies any more."""
    face = next(one for one in faces_of("Noto Sans Thai", packaged()) if one.variable)
    still = TTFont(io.BytesIO(pinned(face.file.read(), {"wght": 650.0})))
    other = instantiateVariableFont(
        TTFont(io.BytesIO(face.file.read())), {"wght": 650, "wdth": 100}, static=True
    )
    assert "fvar" not in still
    assert "gvar" not in still
    widths, others = still["hmtx"].metrics.values(), other["hmtx"].metrics.values()
    assert all(abs(one - two) <= 1 for (one, _), (two, _) in zip(widths, others, strict=True))


@pytest.mark.parametrize(
    ("text", "package"),
    [
        ("---\nlanguage: zh\n---\n\n# \u7ae0\n\n\u6cb3\u6d41.\n", "chapbook[cjk-zh]"),
        ("# One\n\n[\u6cb3\u6d41]{lang=zh-Hant} flows.\n", "chapbook[cjk-zh]"),
        ("# One\n\n\u5ddd\u306f flows.\n", "chapbook[cjk-ja]"),
    ],
    ids=["chapter", "phrase", "unsaid"],
)
def test_the_font_named_is_for_the_language_of_the_text(
    lay: Lay, tmp_path: Path, text: str, package: str
) -> None:
    """Chinese, Japanese and Korean share characters and draw them differently."""
    root = lay(tmp_path, {"book.toml": SETTINGS.format("en"), "chapters/1.md": text})
    book, _ = read(root)
    assert book is not None
    (found,) = without_font(book, ())
    assert package in found.hint


def test_letters_that_only_the_italic_lacks_are_told(lay: Lay, tmp_path: Path) -> None:
    """Once a script, where the first stands; bold words and upright ones are no matter."""
    text = "# One\n\nThe *Москва река* and **Волга**, Нева, *ŵ*; *plain*.\n"
    root = lay(tmp_path, {"book.toml": SETTINGS.format("en"), "chapters/1.md": text})
    found = [one for one in check(root) if one.code == "G004"]
    assert [str(one.place) for one in found] == ["chapters/1.md:3:6", "chapters/1.md:3:41"]
    assert "2 slanted words" in found[0].message


def test_emphasis_in_russian_is_spaced(lay: Lay, tmp_path: Path) -> None:
    """The italic has none of its letters, so there is nothing to tell."""
    text = "# Один\n\nОн *сказал* это.\n"
    root = lay(tmp_path, {"book.toml": SETTINGS.format("ru"), "chapters/1.md": text})
    book, _ = read(root)
    assert book is not None
    theme, findings = dressed(load(root)[0], book)
    assert not findings
    assert ":lang(ru)" in theme.css("print")


def test_a_language_takes_no_letter_out_of_the_italic(tmp_path: Path) -> None:
    """Our italic lacks some letters of Vietnamese, and has those of these words."""
    pdf = made(tmp_path, '<p lang="vi">Một <em>tin nhanh</em></p>')
    assert any("Italic" in name or "-It" in name for name in _fonts(pdf)), _fonts(pdf)
