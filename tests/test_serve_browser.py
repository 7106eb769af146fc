"""The desk in Chromium, as a writer has it open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.builds import CHAPTER
from tests.conftest import Lay
from tests.desks import PATIENCE, desk
from tests.node import FLAGS, chromium

pytestmark = pytest.mark.slow


@pytest.fixture
def page(clean_book: Path, kept: Path) -> Iterator[Page]:
    """The clean book's desk, open at its first chapter, its pages drawn."""
    program = chromium()
    with desk(clean_book) as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        opened = browser.new_page()
        opened.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        said: list[str] = []
        opened.on("pageerror", lambda problem: said.append(str(problem)))
        opened.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
        opened.goto(address)
        expect(opened.locator(".leaf img").first).to_be_attached()
        yield opened
        browser.close()
        assert said == []


def test_an_edit_a_mistake_and_its_mending(page: Page, clean_book: Path, lay: Lay) -> None:
    """Each is seen without touching the page; pages stay under the message."""
    settings = (clean_book / "book.toml").read_text("utf-8")
    lay(clean_book, {CHAPTER: "# Ankara\n\nSomething quite new.\n"})
    expect(page.locator("article p").first).to_have_text("Something quite new.")
    lay(clean_book, {"book.toml": "[book\n"})
    expect(page.locator("#cb--trouble")).to_contain_text("book.toml:")
    assert page.locator(".leaf img").count() > 0
    expect(page.locator("article p").first).to_have_text("Something quite new.")
    lay(clean_book, {"book.toml": settings})
    expect(page.locator("#cb--trouble")).to_be_hidden()


def test_it_jumps_both_ways(page: Page) -> None:
    """A click on a paragraph marks it on its page; one on the page marks it in the text."""
    paragraph = page.locator("article p[data-b]").first
    number = str(paragraph.get_attribute("data-b"))
    paragraph.click()
    band = page.locator(".leaf .band")
    expect(band).to_be_in_viewport()
    expect(page.locator("#cb--place")).to_contain_text(f"{CHAPTER}:")
    page.wait_for_timeout(300)
    spot = band.bounding_box()
    assert spot is not None
    page.evaluate("document.querySelector('article .here').classList.remove('here')")
    page.mouse.click(spot["x"] + spot["width"] * 0.4, spot["y"] + min(spot["height"] / 2, 6))
    expect(page.locator("article .here")).to_have_attribute("data-b", number)


def test_the_keyboard_is_enough(page: Page) -> None:
    page.locator("#cb--text").focus()
    page.keyboard.press("j")
    expect(page.locator("article .here")).to_have_attribute("data-b", "1")
    page.keyboard.press("Enter")
    expect(page.locator("#cb--pages")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("article .here")).to_be_focused()
