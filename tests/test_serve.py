"""``book serve``: what it answers, to whom, and what it makes of edits."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from book.base import scratch
from book.base.paths import content
from book.cache.processes import start_forkserver
from book.cache.store import opened
from book.cli.commands import app
from book.read.lettered import key
from book.serve.app import Views
from book.serve.bell import Bell
from book.serve.desk import Preview
from book.serve.guard import Guard
from book.serve.server import bind
from tests.builds import CHAPTER, descendants, is_alive, wait_for
from tests.conftest import Lay
from tests.desks import PATIENCE, desk, line_of, started

HOST = "http://127.0.0.1:8765"
ANKARA = "c01-ankara"


@pytest.fixture
def laid(clean_book: Path, kept: Path) -> Iterator[Preview]:
    """The clean book on the desk, read and set."""
    start_forkserver()
    with scratch.used():
        made = Preview(clean_book, opened(kept), lambda: None)
        made.start()
        assert wait_for(lambda: made.shown.pages, bool)
        yield made
        made.stop()


@pytest.fixture
def browser(laid: Preview) -> Iterator[TestClient]:
    """What asks the desk, as a browser at its address would."""
    views = Views(laid, Bell(), str(laid.root))
    with TestClient(Guard(views.app(), "127.0.0.1", 8765), base_url=HOST) as client:
        yield client


class TestGuard:
    """Nobody but the writer's own browser, at our own page, is answered."""

    @pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1", "[::1]:1"])
    def test_another_name_is_refused(self, browser: TestClient, host: str) -> None:
        """A name that was made to point here, or another port."""
        assert browser.get("/state", headers={"host": host}).status_code == 403

    @pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
    def test_our_own_names_are_answered(self, browser: TestClient, host: str) -> None:
        assert browser.get("/state", headers={"host": host}).status_code == 200

    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "http://evil.example"},
            {"origin": "null"},
            {"origin": "http://127.0.0.1:9999"},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
        ],
    )
    def test_another_page_is_refused(self, browser: TestClient, headers: dict[str, str]) -> None:
        assert browser.get("/state", headers=headers).status_code == 403

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
    def test_nothing_can_be_done_but_looking(self, browser: TestClient, method: str) -> None:
        assert browser.request(method, "/state").status_code == 405

    def test_every_answer_has_a_strict_policy(self, browser: TestClient) -> None:
        for path in ("/", "/state", "/desk/desk.js", "/nothing", "/pages/0.png"):
            headers = browser.get(path).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"

    def test_a_number_is_answered_where_others_may_look(self, laid: Preview) -> None:
        """A name can be made to point to us; a number can't."""
        views = Views(laid, Bell(), "")
        with TestClient(Guard(views.app(), "0.0.0.0", 8765), base_url=HOST) as client:
            assert client.get("/state", headers={"host": "192.0.2.7:8765"}).status_code == 200
            assert client.get("/state", headers={"host": "evil.example:8765"}).status_code == 403
            assert client.get("/state").json()["folder"] == ""

    def test_other_machines_are_let_in_only_if_that_is_said(self, clean_book: Path) -> None:
        said = CliRunner().invoke(app, ["serve", "--book", str(clean_book), "--host", "0.0.0.0"])
        assert said.exit_code == 2
        assert "--allow-remote" in said.output


class TestFiles:
    """No file is given out but ours and the pictures of the text."""

    @pytest.mark.parametrize(
        "path",
        [
            "/pictures/book.toml",
            "/pictures/../book.toml",
            "/pictures/%2e%2e/%2e%2e/etc/passwd",
            "/pictures//etc/passwd",
            "/pictures/chapters/01-ankara.md",
            "/desk/../app.py",
            "/desk/%2e%2e%2fapp.py",
            "/fonts/%2e%2e%2fx.otf",
        ],
    )
    def test_others_are_not(self, browser: TestClient, path: str) -> None:
        assert browser.get(path).status_code == 404

    def test_a_picture_of_the_text_is(self, browser: TestClient, laid: Preview) -> None:
        """One that the text shows; a drawing may do nothing, if it is opened by itself."""
        book = laid.shown.book
        assert book is not None
        path = next(image.src for one in book.chapters for image in one.images)
        answer = browser.get(f"/pictures/{path}")
        assert answer.content == content(laid.root, path)
        assert "sandbox" in answer.headers["content-security-policy"]

    def test_a_picture_that_leads_out_of_the_book_is_not(
        self, browser: TestClient, laid: Preview, tmp_path: Path
    ) -> None:
        (tmp_path / "secret.png").write_bytes(b"secret")
        (laid.root / "chapters" / "out.png").symlink_to(tmp_path / "secret.png")
        (laid.root / CHAPTER).write_text("# Ankara\n\n![x](out.png)\n\n![y](../../secret.png)\n")
        assert wait_for(lambda: laid.shown.text, lambda text: text > 1) > 1
        assert browser.get("/pictures/chapters/out.png").status_code == 404
        assert browser.get("/pictures/%2e%2e/secret.png").status_code == 404


class TestPlaces:
    """Text, page and source know of each other."""

    def test_every_block_knows_its_line(self, browser: TestClient, laid: Preview) -> None:
        """The line where it begins in the file, notes as well."""
        book = laid.shown.book
        assert book is not None
        for chapter in book.chapters:
            if chapter.path.endswith(".md") and not chapter.kind.endswith(("chronology", "people")):
                lines = (laid.root / chapter.path).read_text("utf-8").splitlines()
                made = Views(laid, Bell(), "")._reading(laid.shown, book, chapter)
                for block in made.blocks:
                    if len(block.letters) >= 8:
                        written = key("".join(lines[block.line - 1 : block.line + 1]))
                        assert block.letters[:8] in written, (block.line, block.letters[:40])

    def test_every_block_is_on_its_page(self, laid: Preview) -> None:
        """The page whose PDF has the block's first letters."""
        book, printed = laid.shown.book, laid.shown.printed
        assert book is not None
        assert printed is not None
        for chapter in book.chapters:
            made = Views(laid, Bell(), "")._reading(laid.shown, book, chapter)
            for block in made.blocks:
                if len(block.letters) >= 12:
                    assert block.page is not None
                    assert block.letters[:6] in printed.around(block.page, 0.5, 0.5)[0]

    def test_a_click_on_a_page_finds_the_paragraph(
        self, browser: TestClient, laid: Preview
    ) -> None:
        """There and back again: where a block is printed, a click means that block."""
        chapter = browser.get(f"/chapters/{ANKARA}").json()
        for number in range(len(chapter["blocks"])):
            where = browser.get(f"/chapters/{ANKARA}/{number}").json()
            if where["band"] is None:
                continue
            top, bottom = where["band"]
            query = f"x=0.3&y={top + min((bottom - top) / 2, 0.008)}"
            found = browser.get(f"/pages/{where['page']}/at?{query}").json()
            assert (found["slug"], found["block"]) == (ANKARA, number)

    def test_a_page_that_nobody_wrote_has_no_paragraph(self, browser: TestClient) -> None:
        assert browser.get("/pages/0/at?x=0.5&y=0.5").json() == {"slug": None}

    @pytest.mark.parametrize("query", ["", "x=a&y=0", "x=nan&y=0", "x=2&y=0"])
    def test_a_place_that_is_none_is_refused(self, browser: TestClient, query: str) -> None:
        assert browser.get(f"/pages/4/at?{query}").status_code in (400, 404)

    def test_a_page_is_drawn_as_wide_as_asked(self, browser: TestClient) -> None:
        answer = browser.get("/pages/0.png?w=300")
        assert answer.content.startswith(b"\x89PNG")
        assert int.from_bytes(answer.content[16:20], "big") in (300, 301)
        assert browser.get("/pages/999.png").status_code == 404
        assert browser.get("/pages/0.png?w=x").status_code == 404


class TestEdits:
    """What is changed is there at once; what goes wrong is told, and the last good stays."""

    def test_an_edit_is_read_and_set(self, browser: TestClient, laid: Preview, lay: Lay) -> None:
        lay(laid.root, {CHAPTER: "# Ankara\n\nSomething quite new.\n"})
        assert wait_for(lambda: laid.shown.pages, lambda pages: pages > 1) > 1
        answer = browser.get(f"/chapters/{ANKARA}").json()
        assert "Something quite new" in answer["html"]
        assert answer["direction"] == "ltr"
        page = browser.get(f"/chapters/{ANKARA}/1").json()
        assert page["band"] is not None

    def test_a_book_that_is_broken_stays_as_it_was(
        self, browser: TestClient, laid: Preview, lay: Lay
    ) -> None:
        was = (laid.root / "book.toml").read_text("utf-8")
        lay(laid.root, {"book.toml": "[book\n"})
        assert wait_for(lambda: laid.shown.trouble, bool).startswith("book.toml:")
        assert browser.get("/pages/0.png").status_code == 200
        assert browser.get(f"/chapters/{ANKARA}").status_code == 200
        lay(laid.root, {"book.toml": was})
        assert wait_for(lambda: laid.shown.trouble, lambda trouble: not trouble) == ""

    def test_chapters_come_and_go(self, laid: Preview) -> None:
        """Renamed, removed, cut off in the middle of a letter, or a folder: the desk goes on."""
        chapter = laid.root / CHAPTER
        was = chapter.read_bytes()
        chapter.write_bytes(was[: len(was) // 2] + b"\xe2\x80")
        chapter.rename(chapter.with_name("09-later.md"))
        chapter.mkdir()
        wait_for(lambda: laid.shown.book, lambda book: "c09-later" in book.by_slug)
        chapter.rmdir()
        chapter.with_name("09-later.md").unlink()
        gone = wait_for(lambda: laid.shown.book, lambda book: "c09-later" not in book.by_slug)
        assert ANKARA not in gone.by_slug
        chapter.write_bytes(was)
        back = wait_for(lambda: laid.shown.book, lambda book: ANKARA in book.by_slug)
        assert ANKARA in back.by_slug

    def test_two_edits_in_quick_succession_set_the_book_once(self, laid: Preview, lay: Lay) -> None:
        lay(laid.root, {CHAPTER: "# Ankara\n\nOne.\n"})
        wait_for(lambda: laid.shown.text, lambda text: text > 1)
        lay(laid.root, {CHAPTER: "# Ankara\n\nOne, two.\n"})
        wait_for(lambda: laid.shown, lambda shown: shown.pages > 1 and not shown.is_setting)
        time.sleep(0.5)
        assert laid.shown.pages == 2

    def test_what_an_editor_keeps_for_itself_is_no_edit(self, laid: Preview, lay: Lay) -> None:
        before = laid.shown.text
        lay(laid.root, {"chapters/.01-ankara.md.swp": "x", "chapters/4913": "", "build/x": "x"})
        time.sleep(0.5)
        assert laid.shown.text == before


class TestProcesses:
    """The commands, as they are started and ended."""

    def test_ctrl_c_leaves_nothing(self, clean_book: Path, kept: Path) -> None:
        """Somebody listens, pages are being set: it ends all the same, and its workers."""
        with desk(clean_book) as (address, process):
            there = urlsplit(address)
            listener = HTTPConnection(str(there.hostname), there.port, timeout=PATIENCE)
            listener.request("GET", "/events")
            assert listener.getresponse().readline().startswith(b"data: ")
            (clean_book / CHAPTER).write_text("# Ankara\n\nA new text, to be set.\n")
            children = wait_for(lambda: descendants(process.pid), bool)
            start = time.monotonic()
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0
            assert time.monotonic() - start < 5
            listener.close()
        assert children
        assert not wait_for(lambda: [one for one in children if is_alive(one)], lambda s: not s)

    def test_a_port_that_is_taken_is_said(self, clean_book: Path) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            with started("serve", "--book", clean_book, "--port", str(port)) as process:
                assert "in use" in line_of(process)
                assert process.wait(PATIENCE) == 1

    def test_without_a_port_a_free_one_is_found(self) -> None:
        with bind("127.0.0.1", None) as first:
            first.listen()
            with bind("127.0.0.1", None) as second:
                assert first.getsockname()[1] != second.getsockname()[1]

    def test_watch_builds_again_and_says_so_in_a_line(self, clean_book: Path, kept: Path) -> None:
        with started("watch", "epub", "--book", clean_book) as process:
            try:
                assert "Ctrl-C ends it" in line_of(process)
                assert "  epub (" in line_of(process)
                (clean_book / CHAPTER).write_text(
                    "# Ankara\n\nNew, of Sato, but for [a](99-none.md).\n"
                )
                assert f"{CHAPTER}:3:23: warning[L001]" in line_of(process)
                (clean_book / "book.toml").write_text("[book\n")
                assert "nothing was written" in line_of(process)
            finally:
                os.kill(process.pid, signal.SIGINT)
                assert process.wait(PATIENCE) == 0
