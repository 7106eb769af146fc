"""Pictures from anywhere: what can be shown is, in every output; what can't is a finding."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from book.base.errors import PictureError
from book.base.pictures import picture, printed
from book.base.svg import plain_svg
from book.build import build, check, read
from book.cache.store import Scratch
from book.render.epub.images import pictures
from tests.conftest import Lay

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SVG = f'<svg {NS} viewBox="0 0 9 9">{{}}</svg>'
SQUARE = SVG.format('<path d="M0 0h9v9H0z"/>').encode()


def encoded(kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture of noise, so that no part of it can be missed."""
    noise = random.Random(1).randbytes(size[0] * size[1] * len(Image.new(mode, (1, 1)).tobytes()))
    out = io.BytesIO()
    Image.frombytes(mode, size, noise).save(out, kind)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG's head and end, that says to be so large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def uses(depth: int) -> str:
    """Ten uses of ten uses of ten."""
    tens = [f"<use href='#g{level}'/>" * 10 for level in range(1, depth + 1)]
    groups = (f'<g id="g{level}">{ten}</g>' for level, ten in enumerate(tens))
    return f'{"".join(groups)}<g id="g{depth}"><path d="M0 0"/></g>'


def markers(depth: int) -> str:
    """A path of a hundred points with a marker that is such a path, and so on."""
    path = f'<path d="M0 0{"L1 1" * 99}" marker-mid="url(#m{{}})"/>'
    inner = (f'<marker id="m{level}">{path.format(level + 1)}</marker>' for level in range(depth))
    return "".join(inner) + path.format(0)


#: What no book can show, and a word of what is said of it.
REFUSED: dict[str, tuple[bytes, str]] = {
    "cut.jpg": (encoded("JPEG", size=(900, 900))[:20_000], "damaged"),
    "head.jpg": (encoded("JPEG")[:200], "damaged"),
    "cut.png": (encoded("PNG")[:-40], "damaged"),
    "spoilt.png": (encoded("PNG")[:60] + b"\0" * 99 + encoded("PNG")[160:], "damaged"),
    "cut.gif": (encoded("GIF", "P")[:-60], "damaged"),
    "huge.png": (png_of(30_000, 30_000), "500 million pixels"),
    "nothing.png": (b"", "damaged"),
    "page.pdf.png": (b"%PDF-1.7\n", "PDF"),
    "photo.heic": (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
    "view.svg": (f'<svg {NS} viewBox="0 0 1"/>'.encode(), "viewBox"),
    "mask.svg": (SVG.format('<mask id="m"><g mask="url(#m)"/></mask>').encode(), "itself"),
    "class.svg": (
        SVG.format(
            '<style>.a { mask: url(#m) }</style><mask id="m"><g class="a"/></mask>'
        ).encode(),
        "itself",
    ),
    "uses.svg": (SVG.format(uses(9)).encode(), "1,000,000 elements"),
    "markers.svg": (SVG.format(markers(6)).encode(), "1,000,000 elements"),
    "gradient.svg": (
        SVG.format('<linearGradient id="a" spreadMethod="repeat" x2="1e-5"/>').encode(),
        "repeats",
    ),
    "cut.svgz": (gzip.compress(SQUARE * 9)[:-9], "damaged"),
    "bomb.svgz": (gzip.compress(b"<svg>" + b" " * 100_000_001, 1), "100 million bytes"),
    "deep.svg": (SVG.format("<g>" * 5_000 + "</g>" * 5_000).encode(), "can't be read"),
    "plain.svg": (b"plain text that says <svg", "can't be read"),
}
#: What can be shown, though it is not what an output takes as it is.
SHOWN: dict[str, bytes] = {
    "grey.png": encoded("PNG", "I;16"),
    "scan.tiff": encoded("TIFF"),
    "cmyk.tif": encoded("TIFF", "CMYK"),
    "old.bmp": encoded("BMP"),
    "new.avif": encoded("AVIF"),
    "really-a-png.jpg": encoded("PNG"),
    "zipped.svgz": gzip.compress(SQUARE),
    "zipped.svg": gzip.compress(SQUARE),
    "entities.svg": b'<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]>'
    + SQUARE.replace(b"http://www.w3.org/2000/svg", b"&ns;"),
    "i%41.svg": SQUARE,
    "a#b.svg": SQUARE,
    "a?b.svg": SQUARE,
    "a\nb.svg": SQUARE,
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_book_can_show_is_refused_in_words(name: str) -> None:
    """None takes long, or much memory, to be known for what it is."""
    data, said = REFUSED[name]
    with pytest.raises(PictureError) as refused:
        picture(data)
    assert said in refused.value.message


@pytest.mark.parametrize("name", SHOWN)
def test_what_can_be_shown_is_given_in_a_kind_that_outputs_take(name: str) -> None:
    """EPUB 3.3, section 3.2."""
    found = picture(SHOWN[name])
    assert found.media in {"image/png", "image/jpeg", "image/svg+xml"}
    assert not found.held


def test_sixteen_bits_of_grey_become_eight() -> None:
    """The lightest stays light, and the darkest dark."""
    out = io.BytesIO()
    Image.frombytes("I;16", (2, 1), struct.pack("<HH", 0, 65_535)).save(out, "PNG")
    with Image.open(io.BytesIO(picture(out.getvalue()).data)) as image:
        assert image.mode == "L"
        assert [image.getpixel((x, 0)) for x in (0, 1)] == [0, 255]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_print_takes_no_more_pixels_than_a_press(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is larger is made smaller, in any format; what isn't stays as it is, to the byte."""
    data = encoded(kind)
    assert printed(data).data == data
    monkeypatch.setattr("book.base.pictures.PRINTED_PIXELS", 600)
    with Image.open(io.BytesIO(printed(data).data)) as image:
        assert image.size == (30, 20)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "side"), [("GIF", 11_000), ("WEBP", 1_500), ("BMP", 11_000)])
def test_a_giant_that_is_damaged_is_found(kind: str, side: int) -> None:
    """However large it is; else what makes it smaller would fail. WebP is slow to make."""
    out = io.BytesIO()
    Image.new("L", (side, side), 7).save(out, kind)
    data = bytearray(out.getvalue())
    data[len(data) // 2 :] = b"\xff\x00\xfa" * 9
    with pytest.raises(PictureError):
        picture(bytes(data))


@pytest.mark.parametrize(
    "attribute",
    [
        'xml:base="http://192.0.2.1/"',
        'xlink:actuate="onLoad"',
        'xmlns:x="http://192.0.2.1/" x:href="http://192.0.2.1/a"',
        'data-src="http://192.0.2.1/a"',
        'srcset="http://192.0.2.1/a 1x"',
        'fill="image(http://192.0.2.1/a)"',
        'style="fill: src(&quot;http://192.0.2.1/a&quot;)"',
        'style="background: image-set(&quot;http://192.0.2.1/a&quot; 1x)"',
        'filter="\\75rl(http://192.0.2.1/a)"',
    ],
)
def test_only_what_is_listed_is_let_through(attribute: str) -> None:
    """Whatever names an address, under whatever name."""
    data = plain_svg(SVG.format(f"<g {attribute}/>").encode()).data
    assert b"192.0.2.1" not in data
    assert b"onLoad" not in data


@pytest.mark.parametrize(
    "attribute",
    [
        *('width="nan"', 'height="1e400"', 'd="M 0 0 L 1e30 5"', 'points="0,0 5,inf"'),
        *('font-size="1e30"', 'transform="scale(1e30)"', 'style="stroke-width: 1e400"'),
        'x="99999999999"',
    ],
)
def test_a_number_beyond_all_measure_is_left_out(attribute: str) -> None:
    """Of which pages would be made that no reader can show."""
    found = plain_svg(SVG.format(f"<path {attribute} fill='red'/>").encode())
    assert attribute.partition("=")[2][1:-1].encode() not in found.data
    assert b'fill="red"' in found.data


@pytest.mark.parametrize(
    "attribute",
    [
        *('fill="#1e9999"', 'id="n1e400"', 'class="nan"', 'x="5400000.123456789"'),
        *('d="M10-5e3L.5.5 1e-30 7"', 'fill="url(#a-1e99)"', 'font-family="Infinity"'),
        'stroke="#12345678"',
    ],
)
def test_what_looks_like_one_stays(attribute: str) -> None:
    assert attribute.encode() in plain_svg(SVG.format(f"<path {attribute}/>").encode()).data


@pytest.fixture
def book(tmp_path: Path, lay: Lay) -> Callable[[dict[str, bytes]], Path]:
    """A book of one chapter that shows the pictures that it is given."""

    def made(pictures: dict[str, bytes]) -> Path:
        calls = [
            f"![A]({name.replace('%', '%25').replace('#', '%23').replace('?', '%3F')})"
            for name in (one.replace("\n", "%0A") for one in pictures)
        ]
        calls = [call.replace("%250A", "%0A") for call in calls]
        files = {f"chapters/{name}": data for name, data in pictures.items()}
        settings = '[book]\ntitle = "A"\nauthors = ["B"]\nlanguage = "en"\n'
        text = "# One\n\n" + "\n\n".join(calls) + "\n"
        return lay(tmp_path, {**files, "book.toml": settings, "chapters/01.md": text})

    return made


def test_a_book_of_broken_pictures_is_a_draft(book: Callable[[dict[str, bytes]], Path]) -> None:
    """Each is told at its place, by check as by build; print and ebook are there."""
    root = book({name: data for name, (data, _) in REFUSED.items()})
    result = build(root, ["pdf", "epub"])
    told = [one for one in result.findings if one.code == "I004"]
    assert [one.place.line for one in told] == list(range(3, 3 + 2 * len(REFUSED), 2))
    assert [one.name for one in result.written] == ["pdf", "epub"]
    assert [one for one in check(root) if one.code == "I004"] == told


def test_a_book_of_odd_pictures_shows_them_all(book: Callable[[dict[str, bytes]], Path]) -> None:
    """No finding but that they are small, and as many pictures in print as there are."""
    result = build(book(SHOWN), ["pdf", "epub"])
    assert {one.code for one in result.findings} == {"T020"}
    with pypdfium2.PdfDocument(result.written[0].path) as pdf:
        kinds = [each.type for page in pdf for each in page.get_objects(max_depth=3)]
    rasters = sum(not name.endswith((".svg", ".svgz")) for name in SHOWN)
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == rasters


def test_an_ebook_holds_no_picture_before_it_is_packed(
    book: Callable[[dict[str, bytes]], Path],
) -> None:
    """A book may have more of them than memory; two of the same bytes are one file."""
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "JPEG")
    root = book({"a.jpg": out.getvalue(), "b.jpg": out.getvalue()})
    made, _ = read(root)
    assert made is not None
    with closing(Scratch()) as store:
        found = [one.part for one in pictures(made, store).values()]
        assert len({one.name for one in found}) == 1
        assert [(one.data, one.whole) for one in found] == [(b"", out.getvalue())] * 2
