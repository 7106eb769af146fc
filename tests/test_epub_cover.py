"""The ebook's cover is the printed one, as pixels; letters come out whole in every script."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from book.build import build, looks, read
from book.cache.store import Scratch
from book.render import pdf
from book.render.epub import cover

TOLD = "\n\nIt was in [1943](when:1943), and in [1950](when:1950).\n"
TITLES = {
    "he": ("ספר הגשרים הגדולים", "מסע בין שתי ערים"),
    "ar": ("كتاب الجسور القديمة", "رحلة بين مدينتين"),
    "hi": ("पुलों की पुरानी कहानी", "दो शहरों के बीच यात्रा"),
    "en": ("The Go-Between", "Żółw, Ω and Я"),
}


def lay(folder: Path, language: str, title: str, subtitle: str, more: str = "") -> Path:
    """A small book of which only the cover matters."""
    (folder / "chapters").mkdir(parents=True)
    head = f'[book]\ntitle = "{title}"\nsubtitle = "{subtitle}"\nauthors = ["A. B."]\n'
    (folder / "book.toml").write_text(f'{head}language = "{language}"\n{more}', "utf-8")
    (folder / "chapters/01.md").write_text(f"# {title}{TOLD}", "utf-8")
    return folder


class Letter(NamedTuple):
    """A letter on a page and its edges, in points."""

    text: str
    left: float
    right: float


@pytest.fixture(scope="module")
def covers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The typeset covers, by language."""
    found = {}
    for language, (title, subtitle) in TITLES.items():
        root = lay(tmp_path_factory.mktemp(language) / "book", language, title, subtitle)
        with closing(Scratch()) as store:
            book, _ = read(root, store)
            assert book
            found[language] = pdf.cover(book, looks(root, book, store)[0], store)[1]()
    return found


def letters(page: bytes) -> list[Letter]:
    """The letters of the first page as a reader finds them, spaces and line ends among them."""
    with pypdfium2.PdfDocument(page) as document:
        text = document[0].get_textpage()
        whole = text.get_text_range()
        boxes = [text.get_charbox(at) for at in range(len(whole))]
    return [Letter(one, box[0], box[2]) for one, box in zip(whole, boxes, strict=True)]


def word(page: bytes, wanted: str) -> list[Letter]:
    """The letters of the word ``wanted``, in the order of reading."""
    found = letters(page)
    start = "".join(one.text for one in found).index(wanted)
    return found[start : start + len(wanted)]


@pytest.mark.parametrize("language", ["he", "ar", "en"])
def test_every_word_is_on_the_typeset_cover(covers: Mapping[str, bytes], language: str) -> None:
    """Its letters in the order of reading."""
    said = "".join(one.text for one in letters(covers[language]))
    assert [one for part in TITLES[language] for one in part.split() if one not in said] == []


@pytest.mark.parametrize(("language", "wanted"), [("he", "הגשרים"), ("ar", "كتاب")])
def test_letters_run_to_the_left_from_the_right_margin(
    covers: Mapping[str, bytes], language: str, wanted: str
) -> None:
    """The first letter of a word is its rightmost, and stands near the edge of the page."""
    found = word(covers[language], wanted)
    assert found[0].right == max(one.right for one in found) > 360
    assert found[-1].left == min(one.left for one in found)


def test_arabic_letters_that_are_joined_touch(covers: Mapping[str, bytes]) -> None:
    """They were shaped together: none of a word stands apart."""
    boxes = sorted((one.left, one.right) for one in word(covers["ar"], "لجسو"))
    reach = boxes[0][1]
    for left, right in boxes:
        assert left < reach + 0.5
        reach = max(reach, right)


def test_an_indian_word_hangs_from_one_line(covers: Mapping[str, bytes]) -> None:
    """Its letters, and the vowels that stand before or above them, were shaped together."""
    with pypdfium2.PdfDocument(covers["hi"]) as document:
        page = document[0].render(scale=1).to_pil().convert("L")
    title = page.crop((0, 60, page.width, 300)).point(lambda light: 255 if light < 100 else 0)
    rows = (title.crop((0, y, title.width, y + 1)).tobytes() for y in range(title.height))
    assert max(len(run) for row in rows for run in row.split(b"\0")) > 150


@pytest.mark.parametrize("language", TITLES)
def test_the_picture_is_the_page(covers: Mapping[str, bytes], language: str) -> None:
    """1600 pixels wide, below 400 kB, the same each time; the ground's colour is exact."""
    page = covers[language]
    picture = cover.drawn(page)
    assert cover.drawn(page) == picture
    assert len(picture) < 400_000
    with Image.open(io.BytesIO(picture)) as opened:
        assert (opened.format, opened.size) == ("PNG", (1600, 2271))
        shown = opened.convert("RGB")
    with pypdfium2.PdfDocument(page) as document:
        width, _ = document[0].get_size()
        other = document[0].render(scale=1600 / width).to_pil().convert("RGB")
    assert max(ImageStat.Stat(ImageChops.difference(shown, other)).mean) < 0.5
    assert shown.getpixel((3, 3)) == other.getpixel((3, 3))


def test_it_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the store keeps is taken."""
    root = lay(tmp_path / "book", "en", "Tea", "")
    with closing(Scratch()) as store:
        book, _ = read(root, store)
        assert book
        look = looks(root, book, store)[0]
        first = cover.picture(book, look, store)
        monkeypatch.setattr(cover, "drawn", None)
        assert cover.picture(book, look, store) == first


def test_an_ebook_alone_has_it_too(tmp_path: Path) -> None:
    """Without a printed book of the same build; a wide page makes a wide cover."""
    more = '[pdf]\npage-size = "A5 landscape"\n[epub]\npage-list = false\n'
    root = lay(tmp_path / "book", "en", "Tea", "", more)
    result = build(root, ["epub"], cache=False)
    with zipfile.ZipFile(result.written[0].path) as package:
        data = package.read("EPUB/images/cover.png")
        assert 'alt="Cover: Tea. A. B."' in package.read("EPUB/0-cover.xhtml").decode()
    with Image.open(io.BytesIO(data)) as opened:
        assert opened.size == (1600, 1128)
