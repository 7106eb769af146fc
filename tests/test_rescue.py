"""What the typesetter fails at is a box, and everything around it is set."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.base.errors import TypesetterError
from book.base.paths import ChangedError
from book.cache.store import Nothing
from book.model import Text
from book.render.pdf import jobs
from book.render.pdf.record import Piece, PieceJob, Record
from book.render.pdf.rescue import without_failing

PAGE = (
    "<html><head><title>T</title></head><body><section><header><h1>T</h1></header>"
    '<div class="text">{}</div></section></body></html>'
)


def job(*blocks: str) -> PieceJob:
    return PieceJob("p", Text.of(PAGE.format("".join(blocks))), "", (), "/nowhere")


def attempt(some: PieceJob) -> str:
    return "it is bad" if "BAD" in some.html else ""


def test_only_what_fails_is_a_box() -> None:
    """As many as there are, and what stands beside them stays."""
    whole = job("<p>One.</p>", "<p>BAD <i>words</i>.</p>", "<p>Two.</p>", "<ul><li>BAD</li></ul>")
    less, unset = without_failing(whole, lambda some: attempt(some) if "<i>" in some.html else "")
    assert [one.text for one in unset] == ["BAD words."]
    assert "<p>One.</p>" in less.html
    assert "<p>Two.</p><ul>" in less.html
    assert '<p class="cb-missing">BAD words.…</p>' in less.html


def test_what_fails_without_any_block_is_not_helped() -> None:
    """Then it is not the text."""
    whole = job("<p>One.</p>")
    assert without_failing(whole, lambda _: "always") == (whole, ())


class TestWork:
    """A worker's way to set what can be set."""

    @pytest.fixture(autouse=True)
    def _typesetter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def typeset(some: PieceJob, _: object) -> tuple[Piece, ...]:
            if "<i>BAD" in some.html or "bad" in some.css:
                raise ZeroDivisionError("float modulo")
            if "changed" in some.css:
                raise ChangedError.of("a.png")
            return (Piece(Record(1, (), {}, {}, ()), b""),)

        monkeypatch.setattr(jobs, "_set", typeset)

    def test_a_theme_that_fails_gives_way_to_ours(self, tmp_path: Path) -> None:
        given = PieceJob("p", job("<p>One.</p>").text, "bad", (), "/nowhere", spare="good")
        (piece,) = jobs.work(given, Nothing(tmp_path))
        assert piece.record.failed == "ZeroDivisionError: float modulo"
        assert not piece.record.unset

    def test_a_text_that_fails_has_a_box(self, tmp_path: Path) -> None:
        (piece,) = jobs.work(job("<p>One.</p>", "<p><i>BAD</i> words</p>"), Nothing(tmp_path))
        assert [one.text for one in piece.record.unset] == ["BAD words"]

    def test_what_never_can_be_set_is_named(self, tmp_path: Path) -> None:
        given = PieceJob("p", job("<p>One.</p>").text, "bad", (), "/nowhere")
        with pytest.raises(TypesetterError) as raised:
            jobs.work(given, Nothing(tmp_path))
        assert raised.value.name == "p"

    def test_a_file_that_changed_is_no_fault_of_the_theme(self, tmp_path: Path) -> None:
        given = PieceJob("p", job("<p>One.</p>").text, "changed", (), "/nowhere", spare="good")
        with pytest.raises(ChangedError):
            jobs.work(given, Nothing(tmp_path))
