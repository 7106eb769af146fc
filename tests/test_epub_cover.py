"""The cover as pixels: it shows what its SVG says."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from weasyprint import HTML

from book.base.fonts import font_css
from book.figures import cover_png, cover_svg, svg
from book.figures.measure import Type
from book.render.fetch import BookFetcher
from tests.chronicles import EVENTS, SVG, chronicle

Pixel = tuple[int, int, int]


def picture(drawing: str) -> Image.Image:
    """The cover ``drawing`` as it is in the ebook."""
    with Image.open(io.BytesIO(cover_png(drawing))) as image:
        return image.convert("RGB")


def colour(written: str) -> Pixel:
    red, green, blue = bytes.fromhex(written.removeprefix("#"))
    return red, green, blue


def page(*parts: str) -> str:
    """A small cover of ``parts`` in black on white."""
    ground = svg.tag("rect", width=400, height=200, fill="#ffffff")
    return svg.root(("400px", "200px"), (400, 200), ("-", ""), [ground, *parts])


def word(text: str, **attributes: str | float) -> str:
    """``text`` in the middle of a page."""
    return svg.text(text, 200, 150, Type(100, 600, "Source Serif"), fill="#000000", **attributes)


def test_every_event_has_its_dot_and_its_line() -> None:
    """In the colours of the SVG, to the last bit."""
    drawing = cover_svg(chronicle(*EVENTS))
    image, root = picture(drawing), ET.fromstring(drawing)
    for dot in root.iter(f"{SVG}circle"):
        place = round(float(dot.get("cx", ""))), round(float(dot.get("cy", "")))
        assert image.getpixel(place) == colour(dot.get("fill", ""))
    for line in root.iter(f"{SVG}path"):
        *_, foot, height = map(float, re.findall(r"[\d.]+", line.get("d", "")))
        assert image.getpixel((int(foot), int(height) - 3)) == colour(line.get("stroke", ""))
    ground = next(root.iter(f"{SVG}rect")).get("fill", "")
    assert image.getpixel((0, 0)) == image.getpixel((1599, 100)) == colour(ground)


def test_it_looks_as_weasyprint_draws_it() -> None:
    """Another engine reads the same SVG, with its own ways to set text."""
    drawing = cover_svg(chronicle(*EVENTS, title="The Go-Between, Żółw"))
    style = "@page { size: 1600px 2560px; margin: 0 } body { margin: 0 } svg { display: block }"
    html = f"<style>{font_css()}{style}</style>{drawing}"
    folder = chronicle().root
    source = HTML(string=html, base_url="https://book.invalid/", url_fetcher=BookFetcher(folder))
    with pypdfium2.PdfDocument(source.write_pdf()) as document:
        other = document[0].render(scale=4 / 3).to_pil().convert("RGB")
    difference = ImageStat.Stat(ImageChops.difference(picture(drawing), other))
    assert max(difference.mean) < 0.5


@pytest.mark.parametrize(
    ("anchor", "begins", "ends"), [("start", 200, 399), ("middle", 100, 300), ("end", 0, 200)]
)
def test_text_stands_where_its_anchor_says(anchor: str, begins: int, ends: int) -> None:
    """Before, around or behind its place, and upright upon its line."""
    image = picture(page(word("nnn", text_anchor=anchor)))
    left, top, right, bottom = ImageChops.invert(image).getbbox() or (0, 0, 0, 0)
    assert begins <= left < right <= ends
    assert abs((left + right) - (begins + ends)) < 60
    assert 90 < top < 110
    assert 148 <= bottom <= 152


def test_what_a_face_lacks_another_has_or_a_box_stands_for_it() -> None:
    """No letter is simply missing."""
    empty = picture(page(word(" ")))
    box = picture(page(word("紅")))
    assert box.tobytes() == picture(page(word("楼"))).tobytes() != empty.tobytes()
    for letter in "ЖŻΩ‑":
        assert picture(page(word(letter))).tobytes() not in (box.tobytes(), empty.tobytes())
    hyphen, no_break = (picture(page(word(one))).tobytes() for one in "-\N{NON-BREAKING HYPHEN}")
    assert hyphen == no_break


@pytest.mark.parametrize("count", [60, 300, 900])
def test_however_much_there_is_on_it_it_stays_small(count: int) -> None:
    """Shops refuse covers that are slow to load."""
    told = [(f"{1000 + n}", "x") for n in range(count)]
    assert len(cover_png(cover_svg(chronicle(*told)))) < 400_000
