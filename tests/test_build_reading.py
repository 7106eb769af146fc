"""What a build reads: nothing outside the book's folder, and nothing from a network."""

from __future__ import annotations

import errno
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from book.build import build
from book.cache.store import Nothing
from book.model import Text
from book.render.pdf.engine import typeset
from book.render.pdf.record import PieceJob
from tests.builds import CHAPTER, EDITED
from tests.conftest import Lay
from tests.judges import pdftext

SECRET = 'p::after { content: "LEAKED" } @font-face { font-family: Leak; src: url(x.otf) }'


@pytest.fixture
def book(built: Path, tmp_path: Path) -> Path:
    """A copy of the built book, for the test to spoil."""
    return shutil.copytree(built, tmp_path / "book")


class TestReading:
    """Nothing outside the book's folder is read, and no network is touched."""

    @pytest.fixture
    def no_network(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
        """Attempts to connect to anything but this machine's own sockets."""
        tried: list[Any] = []
        real = socket.socket.connect

        def connect(self: socket.socket, address: Any) -> None:
            if self.family != socket.AF_UNIX:
                tried.append(address)
                raise OSError(errno.ENETUNREACH, "no network")
            real(self, address)

        monkeypatch.setattr(socket.socket, "connect", connect)
        yield tried
        assert tried == []

    @pytest.mark.usefixtures("no_network")
    def test_no_network_is_touched(self, clean_book: Path) -> None:
        """A picture there is an error."""
        with (clean_book / CHAPTER).open("a") as chapter:
            chapter.write("\n![A map](http://192.0.2.1/map.png)\n")
        result = build(clean_book)
        assert [one.code for one in result.findings] == ["I002"]

    @pytest.mark.usefixtures("no_network")
    def test_the_typesetter_fetches_nothing(self, tmp_path: Path) -> None:
        """Whatever the XHTML or the style sheet asks for; it says so."""
        html = '<html><head><title>T</title></head><body><img alt="" src="{}"/></body></html>'
        css = "@import url(http://192.0.2.1/a.css); body { background: url(http://192.0.2.1/b) }"
        for address in ("http://192.0.2.1/c.png", "ftp://192.0.2.1/c.png", "file:///etc/passwd"):
            piece = typeset.typeset(
                PieceJob("p", Text.of(html.format(address)), css, (), str(tmp_path)),
                Nothing(tmp_path),
            )
            said = " ".join(piece.record.warnings)
            assert all(name in said for name in (address, "192.0.2.1/b")), said

    @pytest.mark.parametrize(
        ("code", "rules"),
        [
            (
                "S003",
                [
                    '@import "../../secret.css";',
                    "@import url(file://{outside}/secret.css);",
                    '@import "linked.css";',
                    "@import url(/etc/../../secret.css);",
                ],
            ),
            (
                "T004",
                [
                    "p {{ background: url(../../secret.svg) }}",
                    "h1 {{ background: url(file:///etc/passwd) }}",
                    "h2 {{ background: url(linked.svg) }}",
                ],
            ),
        ],
    )
    def test_styles_read_nothing_outside_the_folder(
        self, book: Path, code: str, rules: list[str]
    ) -> None:
        """Up, absolute or by a symbolic link: it is not in the book, and the author hears of it."""
        outside = book.parent
        (outside / "secret.css").write_text(SECRET)
        (outside / "secret.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        styles = book / "styles"
        styles.mkdir()
        (styles / "linked.css").symlink_to(outside / "secret.css")
        (styles / "linked.svg").symlink_to(outside / "secret.svg")
        (styles / "print.css").write_text("\n".join(rules).format(outside=outside))
        result = build(book, ["pdf"])
        assert {one.code for one in result.findings} == {code}
        assert len({one.place.line or one.message for one in result.findings}) == len(rules)
        (pdf,) = result.written
        assert "LEAKED" not in "".join(pdftext.pages(pdf.path))

    def test_what_is_wrong_with_a_sheet_is_said_once(self, book: Path, lay: Lay) -> None:
        """However many pieces it sets, and whichever of them come from the store."""
        lay(book, {"styles/print.css": "p { colour: red }"})
        for chapter in (EDITED, EDITED.replace("nothing", "little")):
            (book / CHAPTER).write_text(chapter)
            (found,) = build(book, ["pdf"]).findings
            assert (found.code, str(found.place)) == ("T004", "styles/print.css:1:5")
            assert "colour: red" in found.message

    @pytest.mark.parametrize(
        ("name", "code"), [(CHAPTER, "M007"), ("chapters/images/map.svg", "I002")]
    )
    def test_links_out_of_the_folder_are_not_followed(
        self, book: Path, name: str, code: str
    ) -> None:
        """Chapters and pictures that lead there are errors."""
        outside = book.parent / "outside"
        outside.write_bytes((book / name).read_bytes() + b"\n<!-- LEAKED -->\n")
        (book / name).unlink()
        (book / name).symlink_to(outside)
        assert code in {one.code for one in build(book).findings}
