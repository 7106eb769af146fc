"""``book.toml``: what is read from it, and what is said of one that is wrong."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from book.base.text import is_language
from book.cache.store import Nothing, Store
from book.model import Config, Finding, Person
from book.read import settings
from book.read.tomlpositions import locate
from tests.builds import alone
from tests.conftest import Lay

BOOK = '[book]\ntitle = "A Title"\nauthors = ["Ada Example"]\nlanguage = "en"\n'


def load(folder: Path, text: str | bytes) -> tuple[Config | None, tuple[Finding, ...]]:
    raw = text.encode() if isinstance(text, str) else text
    (folder / "book.toml").write_bytes(raw)
    return settings.begun(folder, Nothing(folder))()


def only(folder: Path, text: str | bytes) -> Finding:
    """The one finding of a book.toml with one fault; what else it says holds."""
    loaded, findings = load(folder, text)
    assert loaded is None if findings[0].code == "B002" else loaded is not None
    assert len(findings) == 1, findings
    return findings[0]


class TestWhatIsRead:
    def test_it_is_held_against_the_schema_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What it says is kept and the same again, dates, people and lists included."""
        text = f"{BOOK}date = 1943-10-08\nsubjects = ['A']\n[people]\nsato = {{name = 'Sato'}}\n"
        first = load(tmp_path, text)
        assert first[0] is not None
        kept = Store(tmp_path / "store")
        assert settings.begun(tmp_path, kept)() == first
        monkeypatch.setattr(settings, "_validate", None)
        assert settings.begun(tmp_path, kept)() == first

    def test_what_is_wrong_is_kept_too(self, tmp_path: Path) -> None:
        """And told each time."""
        first = load(tmp_path, f"{BOOK}colour = 'red'\n")
        assert first[1]
        kept = Store(tmp_path / "store")
        assert settings.begun(tmp_path, kept)() == settings.begun(tmp_path, kept)() == first

    def test_a_helper_may_do_it(self, tmp_path: Path) -> None:
        """So that this process has no need of pydantic."""
        (tmp_path / "book.toml").write_text(BOOK)
        code = (
            "import sys\n"
            "from pathlib import Path\n"
            "from book.cache import pool\n"
            "from book.read import settings\n"
            "from book.cache.store import Nothing\n"
            "pool.os.cpu_count = lambda: 2\n"
            "root = Path(sys.argv[1])\n"
            "said, findings = settings.begun(root, Nothing(root), lend=True)()\n"
            "assert said.book.title == 'A Title' and not findings\n"
            "assert 'pydantic' not in sys.modules\n"
        )
        assert alone(code, str(tmp_path)) == (0, b"")

    def test_the_smallest_file_gives_all_defaults(self, tmp_path: Path) -> None:
        loaded, findings = load(tmp_path, BOOK)
        assert findings == ()
        assert loaded is not None
        assert loaded.book.title == "A Title"
        assert loaded.book.authors == ("Ada Example",)
        assert loaded.pdf.size == "A5"
        assert loaded.people == {}

    def test_keys_are_written_with_hyphens(self, tmp_path: Path) -> None:
        loaded, _ = load(tmp_path, BOOK + '[pdf]\npage-size = "148mm 210mm"\n')
        assert loaded is not None
        assert loaded.pdf.page_size == "148mm 210mm"

    @pytest.mark.parametrize("written", ["1943-10-08", '"1943-10-08"'])
    def test_a_date_may_stand_with_or_without_quotes(self, tmp_path: Path, written: str) -> None:
        loaded, _ = load(tmp_path, f"{BOOK}date = {written}\n")
        assert loaded is not None
        assert loaded.book.date == datetime.date(1943, 10, 8)

    def test_people_come_in_the_order_of_the_file(self, tmp_path: Path) -> None:
        people = '[people]\nsato = { name = "Sato" }\n[people.a]\nname = "A"\nabout = "b"\n'
        loaded, _ = load(tmp_path, BOOK + people)
        assert loaded is not None
        expected = [("sato", Person("Sato")), ("a", Person("A", "b"))]
        assert list(loaded.people.items()) == expected

    def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(self, tmp_path: Path) -> None:
        loaded, findings = load(tmp_path, "\ufeff" + BOOK.replace("\n", "\r\n"))
        assert loaded is not None
        assert findings == ()


class TestWhatIsWrong:
    def test_without_a_file_the_hint_shows_the_smallest_one(self, tmp_path: Path) -> None:
        loaded, (finding,) = settings.begun(tmp_path, Nothing(tmp_path))()
        assert loaded is None
        assert finding.code == "B001"
        smallest = finding.hint.partition("\n\n")[2]
        assert load(tmp_path, smallest)[0] is not None

    def test_a_file_that_leads_outside_is_not_read(self, tmp_path: Path) -> None:
        (tmp_path / "elsewhere.toml").write_text(BOOK)
        (tmp_path / "book").mkdir()
        (tmp_path / "book/book.toml").symlink_to("../elsewhere.toml")
        loaded, (finding,) = settings.begun(tmp_path / "book", Nothing(tmp_path))()
        assert loaded is None
        assert finding.code == "B001"

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("[book\n", "book.toml:1:6"),
            ("[book]\ntitle = \n", "book.toml:2:9"),
            ('[book]\ntitle = "a"\ntitle = "b"\n', "book.toml:3:12"),
            ("a = [1,", "book.toml:1:8"),
            (b'[book]\ntitle = "caf\xe9"\n', "book.toml:2:13"),
            (b'\'\n\rx = "y"\n', "book.toml:3:8"),
        ],
    )
    def test_what_is_not_toml_is_told_with_its_place(
        self, tmp_path: Path, text: str | bytes, place: str
    ) -> None:
        finding = only(tmp_path, text)
        assert (finding.code, str(finding.place)) == ("B002", place)

    @pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a." * 3000 + "b = 1"])
    def test_nesting_without_end_is_a_finding(self, tmp_path: Path, text: str) -> None:
        assert only(tmp_path, text).code == "B002"

    @pytest.mark.parametrize(
        ("added", "hint"),
        [
            ("subtitel = 'x'", "Did you mean `subtitle`?"),
            ("paper = 'A4'", "`paper` belongs under [handout]."),
            ("[pdf]\npage_size = 'A5'", "Did you mean `page-size`?"),
            (
                "[epub]\nzzz = 1",
                "The keys known here are `fonts`, `notes`, `page-list`, `image-max`, `isbn`.",
            ),
            ("[hand-out]", "Did you mean `handout`?"),
            (
                "[[book.contributors]]\nname = 'A'\nrole = 'edt'\nrank = 1",
                "The keys known here are `name`, `role`.",
            ),
        ],
    )
    def test_an_unknown_key_gets_the_nearest_right_one(
        self, tmp_path: Path, added: str, hint: str
    ) -> None:
        finding = only(tmp_path, BOOK + added)
        assert (finding.code, finding.hint) == ("B003", hint)

    @pytest.mark.parametrize(
        ("added", "message"),
        [
            ("subtitle = 3", "`book.subtitle` must be text in quotes, not the number 3."),
            ("subtitle = true", "`book.subtitle` must be text in quotes, not true or false."),
            ("subjects = 'War'", '`book.subjects` must be a list, not the text "War".'),
            ("subjects = [1]", "`book.subjects.1` must be text in quotes, not the number 1."),
            ("date = 1943", "`book.date` must be a date, not the number 1943."),
            ("date = 'soon'", '`book.date` must be a date, not the text "soon".'),
            ("[[pdf]]", "`pdf` must be a table, not a list."),
            ("[epub]\nfonts = 'all'", "`epub.fonts` can't be 'all'."),
            ("[people]\nsato = 'Sato'", '`people.sato` must be a table, not the text "Sato".'),
            ("[pdf]\npage-size = 'A5}'", "`A5}` is not a page size."),
            (
                "series-number = '2'",
                '`book.series-number` must be a whole number, not the text "2".',
            ),
            ("series-number = 0", "`book.series-number` can't be 0."),
            (
                "contributors = [{ name = 'A', role = 'editor' }]",
                "`editor` is not a role.",
            ),
            ("[epub]\nnotes = 'foot'", "`epub.notes` can't be 'foot'."),
            (
                "[epub]\npage-list = 'no'",
                '`epub.page-list` must be true or false, not the text "no".',
            ),
            ("[epub]\nimage-max = 9", "`epub.image-max` can't be 9."),
            (
                "[pdf]\nisbn = '9783161484101'",
                "`9783161484101` is not an ISBN: its digits don't add up.",
            ),
        ],
    )
    def test_a_wrong_value_is_told_in_plain_words(
        self, tmp_path: Path, added: str, message: str
    ) -> None:
        finding = only(tmp_path, BOOK + added)
        assert (finding.code, finding.message) == ("B004", message)

    @pytest.mark.parametrize(
        ("added", "path"),
        [
            (f"subtitle = '{'x' * 2001}'", "book.subtitle"),
            (f"description = '{'x' * 100_001}'", "book.description"),
            ("subjects = [" + "'a'," * 20_001 + "]", "book.subjects"),
            (f"[people]\na = {{ name = '{'y' * 2001}' }}", "people.a.name"),
            (f"[handout]\nquestions = ['{'z' * 100_001}']", "handout.questions.1"),
        ],
    )
    def test_what_is_beyond_all_measure_is_left_out(
        self, tmp_path: Path, added: str, path: str
    ) -> None:
        """A title of twenty thousand letters would be set for minutes, on the cover alone."""
        finding = only(tmp_path, BOOK + added)
        assert finding.code == "B004"
        assert finding.message.startswith(f"`{path}` ")
        assert len(finding.message) < 100

    def test_a_contributor_without_a_role_is_asked_for_it(self, tmp_path: Path) -> None:
        finding = only(tmp_path, BOOK + "[[book.contributors]]\nname = 'A'\n")
        assert (finding.code, finding.message) == (
            "B005",
            "The table [book.contributors.1] has no `role`.",
        )

    @pytest.mark.parametrize("key", ["title", "authors", "language"])
    def test_what_a_book_must_say_is_asked_for(self, tmp_path: Path, key: str) -> None:
        lines = [line for line in BOOK.splitlines() if not line.startswith(key)]
        finding = only(tmp_path, "\n".join(lines))
        assert (finding.code, str(finding.place)) == ("B005", "book.toml:1:2")
        assert f"`{key} = " in finding.hint

    def test_every_fault_is_told_in_one_run_in_the_order_of_the_file(self, tmp_path: Path) -> None:
        text = (
            'x = 1\n[book]\ntitle = 2\nlanguage = "en_GB"\nauthors = [""]\n[people.A]\nname = "A"\n'
        )
        _, findings = load(tmp_path, text)
        assert [f"{one.place.line} {one.code}" for one in findings] == [
            "1 B003",
            "3 B004",
            "4 B004",
            "5 B005",
            "6 B003",
        ]


class TestPlaces:
    def test_a_person_is_found_where_the_entry_stands(self, tmp_path: Path) -> None:
        load(tmp_path, BOOK + '[people]\nsato = { name = "Sato" }\n')
        assert str(settings.places(tmp_path)(("people", "sato"))) == "book.toml:6:1"

    @pytest.mark.parametrize(
        ("text", "path", "position"),
        [
            ("a.b.c = 1", ("a", "b", "c"), (1, 9)),
            ('"a b" . c=1', ("a b", "c"), (1, 11)),
            ("'a.b' = 1", ("a.b",), (1, 9)),
            ("[a]\nb = { c = 1, d = { e = 2 } }", ("a", "b", "d", "e"), (2, 24)),
            ("a = [ 1,\n  # [\n  'x]', ]", ("a", 1), (3, 3)),
            ('a = """\nb = [\n"""\nc = 1', ("c",), (4, 5)),
            ("a = '''x\n'''''\nc = 1", ("c",), (3, 5)),
            ('a = "\\"#"\nc = 1 # c = 2', ("c",), (2, 5)),
            ("[[a]]\nb=1\n[[a]]\nb=2\n[a.c]\nd=3", ("a", 1, "c", "d"), (6, 3)),
            ("a = 1979-05-27 07:32:00.5\nb = -1.5e3", ("b",), (2, 5)),
        ],
    )
    def test_values_are_found_in_every_form_of_toml(
        self, text: str, path: tuple[str | int, ...], position: tuple[int, int]
    ) -> None:
        assert locate(text).values[path] == position


@pytest.mark.parametrize(
    "tag", ["en", "en-GB", "zh-Hant-TW", "de-1996", "sl-rozaj", "x-y", "ja-x-a"]
)
def test_language_tags_have_the_form_of_bcp_47(tag: str) -> None:
    assert is_language(tag) is (tag != "x-y")


@pytest.mark.parametrize("tag", ["", "e", "english", "en_GB", "en-", "en GB", "é", "en\n"])
def test_what_is_no_language_tag_is_told_from_one(tag: str) -> None:
    assert not is_language(tag)


def test_the_fixture_writes_over_files(clean_book: Path, lay: Lay) -> None:
    """A book laid over with a wrong book.toml is no longer clean."""
    folder = lay(clean_book, {"book.toml": "x = 1\n"})
    loaded, _ = settings.begun(folder, Nothing(folder))()
    assert loaded is not None
    assert loaded.book.title == "Untitled"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (f"series-number = {'9' * 5000}", "book.toml:5:17 B002"),
        (f"series-number = 0x{'f' * 5000}", "book.toml:5:17 B004"),
        (f"series-number = {'9' * 23}", "book.toml:5:17 B004"),
        (f"series-number = -{'9' * 23}", "book.toml:5:17 B004"),
        (f"[epub]\nimage-max = {'9' * 23}", "book.toml:6:13 B004"),
        (f'[pdf]\npage-size = "{"9" * 32}mm"', "book.toml:6:13 B004"),
        (f'[pdf]\npage-size = "{"0" * 20000}mm"', "book.toml:6:13 B004"),
    ],
)
def test_a_number_that_means_nothing_is_told_where_it_stands(
    tmp_path: Path, line: str, place: str
) -> None:
    """However many digits it has: of decimals Python reads 4,300, of others all."""
    text = '[book]\ntitle = "A"\nauthors = ["B"]\nlanguage = "en"\n'
    (tmp_path / "book.toml").write_text(text + line + "\n", "utf-8")
    (found,) = settings.begun(tmp_path, Nothing(tmp_path))().findings
    assert f"{found.place} {found.code}" == place
    assert len(found.message) < 30_000


class TestWords:
    def test_are_the_books_own(self, tmp_path: Path) -> None:
        """They are at hand where the book is described."""
        loaded, findings = load(tmp_path, f'{BOOK}[words]\ncontents = "Inside"\n')
        assert loaded is not None
        assert not findings
        assert loaded.book.words == (("contents", "Inside"),)

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ('[words]\ncontnets = "Inside"\n', "B003"),
            ('[words]\npage = "page"\n', "B004"),
            ('[words]\ncontents = "{}"\n', "B004"),
            ('[words]\ncontents = " "\n', "B004"),
            ('words = [["contents", "x"]]\n', "B003"),
        ],
    )
    def test_that_mean_nothing_are_left_out(self, tmp_path: Path, said: str, code: str) -> None:
        """A name that nothing prints, a template that takes nothing or too much."""
        loaded, _ = load(tmp_path, BOOK + said)
        assert only(tmp_path, BOOK + said).code == code
        assert loaded is not None
        assert loaded.book.words == ()
