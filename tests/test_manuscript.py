"""Files of ``chapters/``, the names made from them, and front matter."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.base.text import UNPRINTABLE, is_unprintable
from book.model import Finding, Kind, Source, Text
from book.read.frontmatter import FrontMatter, split
from book.read.manuscript import read, slug_of
from tests.chapters import codes
from tests.conftest import Lay


class TestFiles:
    def test_chapters_come_in_the_order_of_names_and_numbers(
        self, tmp_path: Path, lay: Lay
    ) -> None:
        names = ["b.md", "a.md", "B.md", "é.md", "10.md", "9.md"]
        lay(tmp_path, {f"chapters/{name}": "# A\n" for name in names})
        sources, _ = read(tmp_path)
        assert [source.path for source in sources] == [
            f"chapters/{name}" for name in ["9.md", "10.md", "B.md", "a.md", "b.md", "é.md"]
        ]

    def test_only_markdown_files_of_the_folder_itself_are_chapters(
        self, tmp_path: Path, lay: Lay
    ) -> None:
        names = ["a.md", "_draft.md", ".hidden.md", "b.png", "folder.md/c.md"]
        sources, findings = read(lay(tmp_path, {f"chapters/{name}": "# A\n" for name in names}))
        assert [source.path for source in sources] == ["chapters/a.md"]
        assert findings == ()

    def test_a_folder_within_a_parts_folder_is_told(self, tmp_path: Path, lay: Lay) -> None:
        """Also where the part has no text but those."""
        files = ["a.md", "one/b.md", "one/deep/c.md", "two/deep/d.md", "two/deep/e.md"]
        lay(tmp_path, {f"chapters/{name}": "# A\n" for name in files})
        sources, findings = read(tmp_path)
        assert [one.path for one in sources] == [
            "chapters/a.md",
            "chapters/one/",
            "chapters/one/b.md",
        ]
        told = [(one.code, one.place.path) for one in findings]
        assert told == [("M013", "chapters/one/deep"), ("M013", "chapters/two/deep")]

    def test_line_ends_and_byte_order_mark_are_put_right(self, tmp_path: Path, lay: Lay) -> None:
        lay(tmp_path, {"chapters/a.md": b"\xef\xbb\xbf# A\r\nb\rc\n"})
        ((source,), findings) = read(tmp_path)
        assert source.text == "# A\nb\nc\n"
        assert findings == ()

    def test_the_digest_is_of_the_bytes(self, tmp_path: Path, lay: Lay) -> None:
        lay(tmp_path, {"chapters/a.md": b"# A\r\n", "chapters/b.md": b"# A\n"})
        (first, second), _ = read(tmp_path)
        assert first.text == second.text
        assert first.digest != second.digest

    def test_a_long_text_is_judged_as_its_letters_are(self) -> None:
        """Around each border of what may not be printed."""
        borders = (0x80, 0xA0, 0xD800, 0xE000, 0xFDD0, 0xFDF0, 0xFFFE, 0x10000)
        near = {chr(at + by) for at in borders for by in range(-0x90, 0x20) if at + by >= 0}
        told = {one for one in near if UNPRINTABLE.search(one)}
        assert {one for one in near if is_unprintable(f"a{one}b")} == told

    @pytest.mark.parametrize("character", list("\x00\x0c\x1b\x7f\x9f\ufdd0\uffff"))
    def test_a_control_character_becomes_a_space_and_a_finding(
        self, tmp_path: Path, lay: Lay, character: str
    ) -> None:
        lay(tmp_path, {"chapters/a.md": f"# A\n\nAll{character}well\t{character}\n"})
        ((source,), (finding,)) = read(tmp_path)
        assert source.text == "# A\n\nAll well\t \n"
        assert (finding.code, str(finding.place)) == ("M005", "chapters/a.md:3:4")

    @pytest.mark.parametrize(
        ("raw", "place"),
        [
            (b"\xff# A\n", "chapters/a.md:1:1"),
            (b"\xef\xbb\xbf# \xc3\xa9\xe9\n", "chapters/a.md:1:4"),
            (b"# A\r\n\r\ncaf\xe9", "chapters/a.md:3:4"),
            (b"# A\r\ncut short \xe2\x82", "chapters/a.md:2:11"),
        ],
    )
    def test_a_byte_that_is_not_utf_8_is_told_with_its_place(
        self, tmp_path: Path, lay: Lay, raw: bytes, place: str
    ) -> None:
        sources, (finding, *_) = read(lay(tmp_path, {"chapters/a.md": raw}))
        assert len(sources) == 1
        assert (finding.code, str(finding.place)) == ("M002", place)

    def test_the_other_encoding_is_guessed(self, tmp_path: Path, lay: Lay) -> None:
        """The text is there, and its author asked to look at it."""
        (source,), (finding,) = read(lay(tmp_path, {"chapters/a.md": b"caf\xe9"}))
        assert (source.text, finding.code) == ("café", "M002")
        assert "0xE9" in finding.message
        assert "“é”" in finding.message
        (source,), (finding,) = read(lay(tmp_path, {"chapters/a.md": "café".encode("utf-16")}))
        assert source.text == "café"
        assert "UTF-16" in finding.message

    def test_a_picture_is_no_text_in_any_encoding(self, tmp_path: Path, lay: Lay) -> None:
        sources, (finding,) = read(lay(tmp_path, {"chapters/a.md": b"\x89PNG\r\n\x1a\n\0\0"}))
        assert (sources, finding.code) == ((), "M009")

    def test_a_link_within_the_folder_is_followed(self, tmp_path: Path, lay: Lay) -> None:
        lay(tmp_path, {"drafts/a.md": "# A\n"})
        (tmp_path / "chapters").symlink_to("drafts")
        ((source,), findings) = read(tmp_path)
        assert (source.path, findings) == ("chapters/a.md", ())

    @pytest.mark.parametrize("target", ["/etc/hostname", "../outside.md", "gone.md", "a.md"])
    def test_a_link_that_leads_outside_or_nowhere_is_not_read(
        self, tmp_path: Path, lay: Lay, target: str
    ) -> None:
        root = tmp_path / "book"
        lay(tmp_path, {"outside.md": "# Secret\n", "book/chapters/b.md": "# B\n"})
        (root / "chapters/a.md").symlink_to(target if target[0] != "." else f"../{target}")
        sources, (finding,) = read(root)
        assert [source.path for source in sources] == ["chapters/b.md"]
        assert (finding.code, str(finding.place)) == ("M007", "chapters/a.md")

    def test_a_folder_of_chapters_that_leads_outside_is_not_read(
        self, tmp_path: Path, lay: Lay
    ) -> None:
        root = lay(tmp_path, {"elsewhere/a.md": "# A\n", "book/book.toml": ""}) / "book"
        (root / "chapters").symlink_to("../elsewhere")
        sources, (finding,) = read(root)
        assert (sources, finding.code) == ((), "M007")

    def test_a_file_name_that_is_not_utf_8_can_be_told(self, tmp_path: Path) -> None:
        (tmp_path / "chapters").mkdir()
        (tmp_path / "chapters/caf\udce9.md").write_text("# A\n")
        ((source,), _) = read(tmp_path)
        assert source.path == "chapters/caf\ufffd.md"


def _composed(stem: str) -> str:
    return unicodedata.normalize("NFC", stem)


class TestSlugs:
    @pytest.mark.parametrize(
        ("stem", "slug"),
        [("07-moscow", "c07-moscow"), ("moscow", "moscow"), ("a_b-c", "a_b-c")],
    )
    def test_a_plain_name_stays_as_it_is(self, stem: str, slug: str) -> None:
        assert slug_of(stem) == slug

    @pytest.mark.parametrize(
        "stem", ["Köln", "a b", "README", "a.b", "第一章", "", "-a", "c07-a", "x" * 200]
    )
    def test_what_had_to_be_changed_gets_a_digest(self, stem: str) -> None:
        assert re.fullmatch(r"[a-z_][a-z0-9_-]{0,80}-[0-9a-f]{8}", slug_of(stem))

    def test_two_ways_to_write_a_letter_are_one(self) -> None:
        assert slug_of("Cafe\u0301") == slug_of("Caf\u00e9")

    @given(st.lists(st.text(max_size=12), unique_by=_composed, max_size=8))
    def test_slugs_are_safe_and_differ_where_stems_do(self, stems: list[str]) -> None:
        slugs = [slug_of(stem) for stem in stems]
        assert all(re.fullmatch(r"[a-z_][a-z0-9_-]*", slug) for slug in slugs)
        assert len(set(slugs)) == len(slugs)


def front(text: str) -> tuple[FrontMatter, tuple[Finding, ...]]:
    return split(Source("chapters/a.md", "a", Text.of(text), ""))


class TestFrontMatter:
    def test_all_keys_are_read_as_text(self) -> None:
        block = "---\nkind: preface\ntitle: yes\nsummary: 1943-10-08\nlanguage: no\n---\n# A\n"
        assert front(block) == (
            FrontMatter(Kind.PREFACE, "yes", "1943-10-08", "no", "# A\n", 6),
            (),
        )

    @pytest.mark.parametrize(
        "text",
        [
            "# A\n",
            "",
            "---\n\nA rule above.\n\n---\n",
            "---\nno end\n",
            "----\na: b\n----\n",
            " ---\na\n---\n",
        ],
    )
    def test_without_a_block_all_is_text(self, text: str) -> None:
        assert front(text) == (FrontMatter(text=text), ())

    @pytest.mark.parametrize("text", ["---\n---\nx", "---\n# no\n---\nx", "---\ntitle:\n---\nx"])
    def test_a_block_may_say_nothing(self, text: str) -> None:
        matter, findings = front(text)
        assert (matter.text, matter.lines, findings) == ("x", text.count("\n"), ())
        assert matter.kind is Kind.CHAPTER

    def test_a_text_over_several_lines_becomes_one_line(self) -> None:
        assert front("---\nsummary: |\n  one\n  two\n---\n")[0].summary == "one two"

    @pytest.mark.parametrize("block", ["- a", "A sentence.", "[" * 3000, "* a: b\n"])
    def test_what_is_no_table_is_text_between_rules(self, block: str) -> None:
        """Nothing of it is lost: it is Markdown."""
        text = f"---\n{block}\n---\n# A\n"
        assert front(text) == (FrontMatter(text=text), ())

    def test_a_colon_needs_no_quotes(self) -> None:
        matter, findings = front("---\ntitle: Berlin: the visit\nsummary: 'It: began'\n---\n")
        assert (matter.title, matter.summary, findings) == ("Berlin: the visit", "It: began", ())

    def test_what_can_be_read_of_a_broken_block_is_used(self) -> None:
        matter, (finding,) = front("---\ntitle: a\n  - b: c\nsummary: [\n---\nx")
        assert (finding.code, str(finding.place)) == ("M003", "chapters/a.md:3:6")
        assert (matter.title, matter.text) == ("a", "x")

    @pytest.mark.parametrize(
        "block",
        [
            "+++\ntitle = 'A'\nlanguage = 'de'\ntags = ['x']\n+++\n",
            "<!-- a -->\n\n---\ntitle: A\nlang: de\ntags: [x, y]\nauthor:\n  - name: B\n---\n",
            "Title: A\nLanguage: de\nAuthor: B\n\n",
            "---\ntitle: &t A\nLanguage: de\nparams: {title: C, x: *t}\n...\n",
        ],
    )
    def test_the_front_matter_of_other_tools_is_read(self, block: str) -> None:
        """What is known is used; what another tool knows is passed over in silence."""
        matter, findings = front(f"{block}# Text\n")
        assert (matter.title, matter.language, matter.text) == ("A", "de", "# Text\n")
        assert (findings, matter.unknown) == ((), ())

    def test_pandocs_title_block_is_read(self) -> None:
        matter, _ = front("% A long\n  title\n% Somebody\n\nText.\n")
        assert (matter.title, matter.text, matter.lines) == ("A long title", "\nText.\n", 3)

    def test_what_is_right_holds_beside_what_is_wrong(self) -> None:
        text = "---\nkind: port\ntitle: A\nfoo: b\ntitle: C\nlanguage: e\n---\n"
        matter, findings = front(text)
        assert [f"{one.place.line} {one.code}" for one in findings] == [
            "2 M004",
            "5 M004",
            "6 M004",
        ]
        assert (matter.kind, matter.title, matter.language) == (Kind.CHAPTER, "A", "")
        assert [one.key for one in matter.unknown] == ["foo"]

    def test_what_is_wrong_twice_is_not_right_the_second_time(self) -> None:
        """A key that stands twice has been told; neither value is used if neither can be."""
        matter, findings = front('---\nkind: x\nkind: x\ntitle: "\\x07"\ntitle: "\\x07"\n---\n')
        assert (matter.kind, matter.title) == (Kind.CHAPTER, "")
        assert [one.code for one in findings] == ["M004"] * 4

    def test_escapes_bring_no_control_characters_in(self) -> None:
        matter, (finding,) = front('---\ntitle: "a\\u0007b"\n---\n')
        assert (finding.code, matter.title) == ("M004", "")

    @settings(deadline=None)  # the first imports a library
    @given(st.text(alphabet="-:ab \n[]{}&*!'\"#|>%@`\t,?é"))
    def test_no_front_matter_raises(self, block: str) -> None:
        text = f"---\n{block}\n---\nx"
        matter, _ = front(text)
        assert text.endswith(matter.text)
        assert text.count("\n") == matter.lines + matter.text.count("\n")


def test_a_name_is_shown_without_what_no_terminal_bears(tmp_path: Path) -> None:
    """Nor does it reach the book, of which it may become a title."""
    (tmp_path / "chapters").mkdir()
    for name in (b"a\x1b[31m.md", b"b\xff.md", b"c\nd.md"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/chapters/" + name)).write_text("Text.\n")
    sources, _ = read(tmp_path)
    assert [one.path[9:] for one in sources] == ["a\ufffd[31m.md", "b\ufffd.md", "c\ufffdd.md"]
    assert len({one.slug for one in sources}) == 3


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("One.\n\n" + "[" * 51 + "x" + "]" * 51 + "(y)\n", "5:1"),
        ("One.\n\n" + "<div>\n" * 90 + "x\n" + "</div>\n" * 90, ""),
        ("> " * 40 + "x\n", "3:1"),
    ],
    ids=["brackets", "elements", "quotations"],
)
def test_what_is_nested_too_deep_is_told(text: str, place: str) -> None:
    """Brackets, raw HTML and quotations, each with its bound; no words are lost."""
    found = [one for one in codes(f"# A\n\n{text}") if one.startswith("M020")]
    assert len(found) == 1
    assert found[0].endswith(place)


def test_fifty_brackets_are_read() -> None:
    text = "# A\n\n" + "[" * 50 + "x" + "]" * 50 + "\n"
    assert not [one for one in codes(text) if one.startswith("M020")]
