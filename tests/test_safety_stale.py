"""Every byte that goes into a book counts: whatever changes, and whenever, no page is stale."""

from __future__ import annotations

import io
import os
import shutil
import threading
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from book import build as pipeline
from book.base import paths
from book.base.fonts import faces
from book.base.paths import ChangedError, content, names, watched
from book.build import build
from book.model import Product, Result
from book.theme import theme
from book.theme.named import named


def picture(colour: str) -> bytes:
    """A small picture of one colour."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def house(cut: int) -> bytes:
    """A font whose family is called House Face: one cut or another of ours."""
    font = TTFont(faces()[cut].path)
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = "House Face"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


PRINT = """
@font-face { font-family: "Mine"; src: url("../fonts/mine.otf") }
h1 { background: url(../pics/title.png); font-family: "Mine" }
p { background: u\\72l("linked/p.png") }
"""
_PRINTED, _READ, _ALL = ("pdf",), ("pdf", "epub"), ("pdf", "epub", "handout")
#: Every kind of file that goes into a book: what it holds before and after an edit, and into what
#: it goes.
KINDS: dict[str, tuple[bytes, bytes, tuple[str, ...]]] = {
    "book.toml": (b"", b'publisher = "Another"\n', ("epub",)),
    "chapters/01-ankara.md": (b"", b"\n\nMore was said.\n", _READ),
    "chapters/images/in.png": (picture("red"), picture("blue"), _READ),
    "figures/out.png": (picture("red"), picture("blue"), _READ),
    "styles/print.css": (PRINT.encode(), PRINT.encode() + b"p { letter-spacing: 1pt }", _PRINTED),
    "styles/epub.css": (b"p { color: red }", b"p { color: blue }", ("epub",)),
    "styles/handout.css": (b"", b"p { letter-spacing: 1pt }", ("handout",)),
    "styles/tokens.css": (
        b"",
        b":root { --measure: 250pt; --line: 13pt; --top: 12% }",
        _PRINTED,
    ),
    "pics/title.png": (picture("red"), picture("blue"), _PRINTED),
    "pics/p.png": (picture("red"), picture("blue"), _PRINTED),
    "fonts/mine.otf": (faces()[0].path.read_bytes(), faces()[1].path.read_bytes(), _PRINTED),
    "styles/fonts/House.otf": (house(0), house(2), _ALL),
    "chapters/09-new.md": (b"", b"# New\n\nA chapter more.\n", _READ),
}


def write(book: Path, name: str, after: int) -> None:
    """Put the file ``name`` as it is before or after its edit; some were there before both."""
    path, (old, new, _) = book / name, KINDS[name]
    data = new if after else old
    if name in {"book.toml", "chapters/01-ankara.md"}:
        text = path.read_bytes().removesuffix(new).replace(new, b"")
        data = text.replace(b"[book]\n", b"[book]\n" + data) if name == "book.toml" else text + data
    path.parent.mkdir(parents=True, exist_ok=True)
    if data or old:
        path.write_bytes(data)
    else:
        path.unlink(missing_ok=True)


@pytest.fixture
def book(clean_book: Path) -> Path:
    """A book in which every kind of file is used, and nothing else that would have to be set."""
    text = "# Ankara\n\nThe talks began.[^talks]\n\n[^talks]: Two letters tell of them.\n"
    (clean_book / "chapters/01-ankara.md").write_text(text)
    (clean_book / "pics").mkdir()
    (clean_book / "styles").mkdir(exist_ok=True)
    (clean_book / "styles/linked").symlink_to("../pics")
    with (clean_book / "chapters/02-moscow.md").open("a") as chapter:
        chapter.write("\n\n![In](images/in.png)\n\n![Out](../figures/out.png)\n")
    with (clean_book / "book.toml").open("a") as settings:
        settings.write('\n[fonts]\nsans = "House Face"\n')
    for name in KINDS:
        write(clean_book, name, 0)
    return clean_book


def contents(result: Result) -> dict[str, bytes]:
    assert result.written, result.findings
    return {one.name: one.path.read_bytes() for one in result.written}


def clean(book: Path, folder: Path) -> dict[str, bytes]:
    """What a build that keeps nothing makes of a copy of ``book``."""
    shutil.rmtree(folder, ignore_errors=True)
    copy = shutil.copytree(book, folder, symlinks=True, ignore=shutil.ignore_patterns("build"))
    return contents(build(copy, cache=False))


class TestBetweenBuilds:
    @pytest.mark.slow
    def test_each_kind_of_file_counts(self, book: Path, tmp_path: Path) -> None:
        """One after the other changes what it goes into; the bytes are those of clean builds.

        A theme names files by their paths, through a linked folder, as fonts, and as those that
        ``[fonts]`` names.
        """
        first = contents(build(book))
        before = dict(first)
        for name, (_, _, outputs) in KINDS.items():
            write(book, name, 1)
            for output, made in contents(build(book, outputs)).items():
                assert made != before[output], (name, output)
                before[output] = made
        assert contents(build(book)) == clean(book, tmp_path / "copy")
        for name in KINDS:
            write(book, name, 0)
        assert contents(build(book)) == first

    def test_the_cover_changes_with_what_it_shows(self, clean_book: Path, tmp_path: Path) -> None:
        """A date that moves within the same sentence is on it, though no number changes."""
        path = clean_book / "chapters/01-ankara.md"
        build(clean_book, ["pdf"])
        before = path.read_text()
        assert "when:1943" in before
        path.write_text(before.replace("when:1943", "when:1913"))
        kept = contents(build(clean_book, ["pdf"]))
        copy = shutil.copytree(clean_book, tmp_path / "copy")
        assert contents(build(copy, ["pdf"], cache=False)) == kept


class TestWhileABuildRuns:
    @pytest.mark.parametrize("name", ["figures/out.png", "pics/p.png", "styles/fonts/House.otf"])
    def test_what_changes_is_read_again(
        self, book: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Between the checks and the setting: the build begins again, and its note is true."""
        real, begun = pipeline.OUTPUTS["pdf"], list[pipeline.Job]()

        def late(job: pipeline.Job) -> Product:
            if not begun:
                write(book, name, 1)
            begun.append(job)
            return real(job)

        with monkeypatch.context() as patch:
            patch.setattr("book.outputs.OUTPUTS", {**pipeline.OUTPUTS, "pdf": late})
            found = contents(build(book, ["pdf"]))
        copy = shutil.copytree(book, tmp_path / "copy", symlinks=True)
        assert found == contents(build(copy, ["pdf"], cache=False))
        assert len(begun) == 2
        assert contents(build(book, ["pdf"])) == found

    def test_what_changes_and_changes_back_leaves_no_false_note(
        self, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A picture that is another one whenever it is read is told, and leaves no trace."""
        with (book / "book.toml").open("a") as settings:
            settings.write("\n[epub]\npage-list = false\n")
        first = contents(build(book, ["epub"]))
        shutil.rmtree(book / "build")
        real = paths._read

        def swapped(root: Path, name: str, most: int) -> bytes:
            write(book, "figures/out.png", int(name == "figures/out.png"))
            data = real(root, name, most)
            write(book, "figures/out.png", 0)
            return data

        with monkeypatch.context() as patch:
            patch.setattr(paths, "_read", swapped)
            with pytest.raises(paths.ChangedError, match=r"figures/out\.png"):
                build(book, ["epub"])
        assert contents(build(book, ["epub"])) == first

    def test_what_never_stops_changing_is_told(
        self, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In the end, by its name."""
        real, count = pipeline.OUTPUTS["epub"], 0

        def late(job: pipeline.Job) -> Product:
            nonlocal count
            count += 1
            write(book, "figures/out.png", count % 2)
            return real(job)

        monkeypatch.setattr("book.outputs.OUTPUTS", {**pipeline.OUTPUTS, "epub": late})
        with pytest.raises(ChangedError) as raised:
            build(book, ["epub"])
        assert raised.value.filename == "figures/out.png"
        assert count == pipeline._TRIES


class TestTheDoor:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        """A folder with links that lead in and out."""
        (tmp_path / "secret").write_text("secret")
        root = tmp_path / "root"
        (root / "a/b").mkdir(parents=True)
        (root / "a/b/file").write_text("file")
        (root / "in").symlink_to("a/b")
        (root / "a/up").symlink_to("../in/file")
        (root / "whole").symlink_to(root.resolve() / "a/b/file")
        (root / "out").symlink_to("../secret")
        (root / "away").symlink_to(tmp_path / "secret")
        (root / "around").symlink_to("around")
        (root / "parent").symlink_to("..")
        os.mkfifo(root / "pipe")
        (root / "zero").symlink_to("/dev/zero")
        return root

    @pytest.mark.parametrize("name", ["a/b/file", "in/file", "a/up", "whole", "a/./b/../b//file"])
    def test_what_is_inside_is_read(self, root: Path, name: str) -> None:
        """Whichever way leads there."""
        assert content(root, name) == b"file"

    @pytest.mark.parametrize(
        "name",
        [
            *("out", "away", "around", "parent/secret", "../secret", "a/../../secret", "pipe"),
            *("zero", "a", "none", "a/b/file/none", "nul\0", "/etc/hostname", "a" * 300),
        ],
    )
    def test_what_is_not_a_file_inside_is_not(self, root: Path, name: str) -> None:
        """Nor is anybody waited for."""
        assert content(root, name) is None
        assert paths.digest(root, name) == ""

    def test_what_is_larger_than_any_is_not_read(self, root: Path) -> None:
        """Neither its bytes nor its digest; a file of holes takes no room on a disk."""
        (root / "hole").touch()
        os.truncate(root / "hole", 1 << 40)
        with pytest.raises(OSError, match="too large"):
            content(root, "hole")
        assert paths.digest(root, "hole") == ""

    def test_a_link_that_is_swapped_for_a_file_is_never_followed(self, root: Path) -> None:
        """Whatever happens between a look and a reading: what was opened is looked at."""
        path, ended = root / "swapped", threading.Event()

        def swap() -> None:
            while not ended.is_set():
                (root / "beside").write_text("file")
                (root / "beside").replace(path)
                (root / "beside").symlink_to("out")
                (root / "beside").replace(path)

        swapper = threading.Thread(target=swap)
        swapper.start()
        try:
            found = {content(root, "swapped") for _ in range(3000)}
        finally:
            ended.set()
            swapper.join()
        assert found <= {b"file", b"", None}

    def test_a_folder_that_is_swapped_for_a_link_is_not_either(
        self, root: Path, tmp_path: Path
    ) -> None:
        """Steps are taken one by one, each from the one before."""
        (tmp_path / "b").mkdir()
        (tmp_path / "b/file").write_text("secret")
        real = os.open

        def swapping(step: str, *args: int, dir_fd: int | None = None) -> int:
            found = real(step, *args, dir_fd=dir_fd)
            if step == "a":
                (root / "a").rename(root / "moved")
                (root / "a").symlink_to(tmp_path)
            return found

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "open", swapping)
            assert content(root, "a/b/file") == b"file"
        assert content(root, "a/b/file") is None

    def test_names_are_those_of_a_folder_inside(self, root: Path) -> None:
        """In order; hidden ones are the author's own."""
        (root / "a/.hidden").touch()
        (root / "a/A").touch()
        assert names(root, "a") == ("A", "b", "up")
        assert names(root, "in") == ("file",)
        assert names(root, "parent") == names(root, "a/b/file") == names(root, "none") == ()

    def test_what_is_watched_must_stay_as_it_is(self, root: Path) -> None:
        """What is read twice in one build is the same, or the build begins again."""
        with watched() as seen:
            assert (content(root, "whole"), content(root, "none")) == (b"file", None)
            assert seen["whole"] == paths.now(root, "whole")
            assert seen["none"] == ""
            (root / "a/b/file").write_text("other")
            with pytest.raises(ChangedError):
                content(root, "whole")
        assert content(root, "whole") == b"other"


def test_names_of_files_are_found_in_whichever_way_they_are_written() -> None:
    """CSS has many; what looks like one and is none is not there."""
    css = """
        @import 'a.css' print; @import url(b.css);
        @font-face { src: local("No"), url( "f/c%20c.otf" ) format("opentype") }
        @media print { p { background: u\\52L(d.png), image-set("e.png" 1x, url(f.png) 2x) } }
        :root { --x: url(../pics/g.png) } q { content: "no.png" }
        @page { @top-left { background: url(/h.png) } }
        p { background: url(https://example.org/no.png), url(data:image/png;base64,AA), url(#no) }
    """
    found = "styles/a.css styles/b.css styles/d.png styles/e.png styles/f.png pics/g.png h.png"
    assert set(named(css, "styles/print.css")) - {"styles/print.css"} == {
        *found.split(),
        "styles/f/c c.otf",
    }


def test_a_theme_knows_what_its_sheets_name_however_far(clean_book: Path) -> None:
    """Outside its folder, and through a link."""
    (clean_book / "styles").mkdir(exist_ok=True)
    (clean_book / "far").mkdir()
    (clean_book / "styles/near").symlink_to("../far")
    named = "p { background: url(../b.png) } h1 { background: url(near/a.png) }"
    (clean_book / "styles/print.css").write_text(named)
    for name in ("far/a.png", "b.png"):
        (clean_book / name).write_bytes(picture("red"))
    look, _ = theme.load(clean_book)
    assert {path for path, _ in look.files} >= {"styles/near/a.png", "b.png"}
