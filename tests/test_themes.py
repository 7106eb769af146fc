"""A book chooses a theme: one of ours, one in its own folder, or one that is installed."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdfium2 import PdfDocument

from book.build import build, check, looks, read
from book.cache.store import Nothing
from book.cli.commands import app
from book.render.epub.styles import stylesheet
from book.render.pdf.draft.variables import written_out
from book.theme import theme as themes
from book.theme.chosen import chosen, installed, of_installed, ours
from book.theme.named import based
from tools import themes_doc

ROOT = Path(__file__).parent.parent
BOOK = '[book]\ntitle = "T"\nauthors = ["A"]\nlanguage = "en"\n'
GUIDE = (ROOT / "docs" / "themes.md").read_text("utf-8")
NAMES = [one.name for one in ours()]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book of one chapter."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "a.md").write_text("# One\n\nSome text.[^a]\n\n[^a]: A note.\n")
    (tmp_path / "book.toml").write_text(BOOK)
    return tmp_path


def themed(root: Path, name: str) -> None:
    (root / "book.toml").write_text(f'{BOOK}theme = "{name}"\n')


def own(root: Path, name: str = "mine", **sheets: str) -> None:
    """A theme in the book's folder."""
    folder = root / "themes" / name
    folder.mkdir(parents=True)
    (folder / "theme.toml").write_text(sheets.pop("toml", 'description = "Mine"\n'))
    for sheet, css in sheets.items():
        (folder / f"{sheet}.css").write_text(css)


def said(root: Path) -> list[tuple[str, str]]:
    return [(one.code, str(one.place)) for one in check(root)]


def test_the_standard_theme_is_that_of_a_book_that_chooses_none(root: Path) -> None:
    assert themes.load(root) == themes.load(root, "standard")


@pytest.mark.parametrize("name", NAMES)
def test_ours_build_without_a_word(root: Path, name: str) -> None:
    themed(root, name)
    result = build(root, strict=True)
    assert result.findings == ()
    assert [one.name for one in result.written] == ["pdf", "epub", "handout"]


@pytest.mark.parametrize("name", NAMES)
def test_ours_say_what_they_set(name: str) -> None:
    (choice,) = (one for one in ours() if one.name == name)
    assert choice.description
    assert choice.sets
    assert choice.page_size


def test_a_theme_s_page_size_is_for_books_that_name_none(root: Path) -> None:
    themed(root, "octavo")
    book, _ = read(root)
    assert book
    assert book.config.pdf.size == "126mm 189mm"
    with (root / "book.toml").open("a") as file:
        file.write('[pdf]\npage-size = "A4"\n')
    book, _ = read(root)
    assert book
    assert book.config.pdf.size == "A4"


def test_the_book_s_own_sheets_come_last(root: Path) -> None:
    own(root, print="h1 { color: red }")
    (root / "styles").mkdir()
    (root / "styles" / "print.css").write_text("h1 { color: blue }")
    css = themes.load(root, "themes/mine")[0].css("print")
    assert css.index("color: red") < css.index("color: blue")


def test_addresses_are_as_seen_from_the_sheet(root: Path) -> None:
    own(root, print="h1 { background: url(a.png) } h2 { background: url(data:,x) }")
    (root / "themes" / "mine" / "a.png").write_bytes(b"x")
    theme, findings = themes.load(root, "themes/mine")
    assert not findings
    assert "themes/mine/a.png" in dict(theme.files)
    assert 'url("https://book.invalid/themes/mine/a.png")' in theme.css("print")
    assert "data:,x" in theme.css("print")


def test_a_sheet_with_no_address_keeps_its_text() -> None:
    css = "h1  { color:red }"
    assert based(css, "themes/a/print.css", "styles/") == css


def test_what_is_wrong_in_a_theme_is_found_at_its_place(root: Path) -> None:
    own(root, print="h1 { color: red }\n}\n", toml='wrong = 1\npage-size = "broad"\n')
    themed(root, "themes/mine")
    assert sorted(said(root)) == [
        ("S003", "themes/mine/print.css:2:1"),
        ("S005", "themes/mine/theme.toml"),
        ("S005", "themes/mine/theme.toml"),
    ]


@pytest.mark.parametrize("name", ["themes/../../x", "themes/", "themes/no", "../x", "/etc", "no"])
def test_a_theme_that_is_not_there_is_a_finding(root: Path, name: str) -> None:
    """And the standard one is used; nothing outside the book's folder is looked at."""
    themed(root, name)
    assert said(root) == [("S005", "book.toml:5:1")]
    assert chosen(root, name)[0].name == "standard"


def test_the_nearest_is_named(root: Path) -> None:
    themed(root, "octavvo")
    assert "`octavo`" in check(root)[0].hint


def test_a_theme_that_leads_outside_is_not_read(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "theme.toml").write_text('description = "x"\n')
    (root / "themes").mkdir()
    (root / "themes" / "mine").symlink_to(outside)
    themed(root, "themes/mine")
    assert said(root) == [("S005", "book.toml:5:1")]


@pytest.fixture
def package(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with a theme, that would tell if it were imported."""
    site = tmp_path_factory.mktemp("site")
    folder = site / "chapbook_blue"
    folder.mkdir()
    (folder / "__init__.py").write_text("raise SystemExit('it was run')\n")
    (folder / "theme.toml").write_text('description = "Blue"\n')
    (folder / "print.css").write_text("h1 { background: url(a.png); color: blue }\n")
    (folder / "a.png").write_bytes(b"x")
    info = site / "chapbook_blue-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: chapbook-blue\nVersion: 1\n")
    (entry,) = re.findall(r"```toml\n(\[project.entry.*?)```", GUIDE, re.DOTALL)
    points = tomllib.loads(entry)["project"]["entry-points"]["chapbook.themes"]
    lines = "".join(f"{name} = {value}\n" for name, value in points.items())
    (info / "entry_points.txt").write_text(f"[chapbook.themes]\n{lines}")
    monkeypatch.syspath_prepend(str(site))
    return folder


def test_an_installed_theme_is_found_and_never_run(root: Path, package: Path) -> None:
    assert [one.description for one in installed()] == ["Blue"]
    theme, findings = themes.load(root, "blue")
    assert not findings
    assert "color: blue" in theme.css("print")
    assert ".theme/blue/a.png" in dict(theme.files)
    assert of_installed(".theme/blue/a.png") == b"x"
    assert of_installed(".theme/blue/../chapbook_blue-1.dist-info/METADATA") is None
    assert "chapbook_blue" not in sys.modules
    assert metadata.version("chapbook-blue") == "1"
    assert package.is_dir()


def test_themes_are_listed(root: Path) -> None:
    own(root)
    result = CliRunner().invoke(app, ["themes", "--book", str(root)])
    assert [one for one in result.output.splitlines() if one[:1].islower()] == [
        *NAMES,
        "themes/mine",
    ]


def test_a_new_book_has_the_theme_that_was_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    CliRunner().invoke(app, ["new", str(folder), "--yes", "--theme", "plain"])
    assert tomllib.loads((folder / "book.toml").read_text())["book"]["theme"] == "plain"
    wrong = CliRunner().invoke(app, ["new", str(tmp_path / "other"), "--yes", "--theme", "plan"])
    assert wrong.exit_code == 2
    assert "plain" in wrong.output


def test_an_opening_begins_where_its_theme_says(root: Path) -> None:
    """By ``--sink``: its head, and its number in the margin; so a rule of one's own stays above."""
    themed(root, "plain")
    (root / "chapters" / "b.md").write_text("# Two\n\nMore text.\n")
    (root / "styles").mkdir()
    begins = []
    for sink in (60, 90):
        (root / "styles" / "tokens.css").write_text(f":root {{ --sink: {sink}pt }}")
        (made,) = build(root, ["pdf"]).written
        page = PdfDocument(made.path)[8].get_textpage()
        text = page.get_text_range()
        tops = {sign: page.get_charbox(at)[3] for at, sign in enumerate(text) if sign == "O"}
        tops["1"] = max(page.get_charbox(at)[3] for at, sign in enumerate(text) if sign == "1")
        begins.append(tops)
    assert begins[0].keys() == {"O", "1"}
    assert [begins[0][sign] - begins[1][sign] for sign in "O1"] == pytest.approx([30, 30], abs=0.2)


def test_no_rule_of_ours_is_empty() -> None:
    """A rule that says nothing has lost its words; the comment above may promise them still."""
    sheets = list((ROOT / "book" / "theme").rglob("*.css"))
    assert len(sheets) > len(NAMES)
    bare = {
        path: re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL) for path in sheets
    }
    assert not [path for path, css in bare.items() if re.search(r"\{\s*\}", css)]


def test_the_table_of_tokens_is_fresh() -> None:
    """If not, run ``python tools/themes_doc.py``."""
    assert themes_doc.renewed(GUIDE) == GUIDE


def test_the_guide_s_examples_hold(root: Path) -> None:
    """Its theme is made as it says, and has no finding."""
    toml, css = re.findall(r"```(?:toml|css)\n(.*?)```", GUIDE, re.DOTALL)[1:3]
    own(root, toml=toml, print=css)
    (root / "themes" / "mine" / "paper.png").write_bytes(
        (ROOT / "docs" / "theme-plain.png").read_bytes()
    )
    themed(root, "themes/mine")
    assert said(root) == []
    book, _ = read(root)
    assert book
    assert book.config.pdf.size == "150mm 150mm"
    assert "#124" in looks(root, book, Nothing(root))[0].css("print")


FONTS = '[fonts]\n{} = "Amiri"\nfallback = ["Frank Ruhl Libre"]\n'
FAMILIES = {
    ("standard", "serif"): ("Amiri", "Source Sans"),
    ("standard", "sans"): ("Source Serif", "Amiri"),
    ("plain", "serif"): ("Amiri", "Source Sans"),
    ("plain", "sans"): ("Amiri", "Amiri"),
    ("octavo", "serif"): ("Amiri", "Amiri"),
    ("octavo", "sans"): ("Source Serif", "Amiri"),
}


@pytest.mark.parametrize(("name", "token"), FAMILIES)
def test_chosen_faces_outdo_each_theme_s(root: Path, name: str, token: str) -> None:
    """A theme of one face has that one for all; what is for letters it lacks comes last."""
    themed(root, name)
    with (root / "book.toml").open("a") as file:
        file.write(FONTS.format(token))
    book, _ = read(root)
    assert book
    look, findings = looks(root, book, Nothing(root))
    assert not findings
    css = written_out(look.css("print") + ".text { x: var(--serif) } .heads { x: var(--sans) }")
    for kind, family in zip(("text", "heads"), FAMILIES[name, token], strict=True):
        (value,) = re.findall(rf"\.{kind} \{{ *x: (.*?) *\}}", css)
        families = re.findall(r'"(.*?)"', value)
        assert families[0] == family
        assert families.index("Frank Ruhl Libre") == len(families) - 1
    ebook = stylesheet(look.css("epub"), "")
    assert "Amiri" in ebook
    assert "var(" not in ebook


@pytest.mark.parametrize("name", ["octavo", "standard"])
def test_a_running_head_that_is_cut_stands_where_others_do(
    root: Path, tmp_path: Path, name: str
) -> None:
    """In the middle, or at the folio: what is too wide is not left at the left."""
    themed(root, name)
    long = "A Title of Many Words that a Narrow Page Has No Room for in One Line of Its Own"
    text = "Some words of a paragraph that is as long as others. " * 90
    (root / "chapters" / "a.md").write_text(f"# {long}\n\n{text}\n")
    (made,) = build(root, ["pdf"], tmp_path / "out").written
    page = PdfDocument(made.path)[10].get_textpage()
    words = page.get_text_range()
    boxes = [page.get_charbox(words.index(mark)) for mark in ("a title", "…")]
    left, right = boxes[0][0], boxes[1][2]
    lines = [page.get_rect(number) for number in range(page.count_rects())]
    most = max(one[2] for one in lines) - right, left - min(one[0] for one in lines)
    if name == "octavo":
        assert most[0] == pytest.approx(most[1], abs=8)  # of ink, and of what hangs out
    else:
        assert most[0] < most[1]


def test_the_guide_s_template_is_one(root: Path) -> None:
    (text,) = re.findall(r"```html\n(.*?)```", GUIDE, re.DOTALL)
    (root / "styles" / "templates").mkdir(parents=True)
    (root / "styles" / "templates" / "print-opening.html").write_text(text)
    assert said(root) == []


def test_the_guide_s_first_book_is_one(root: Path) -> None:
    (root / "book.toml").write_text(re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)[0])
    book, findings = read(root)
    assert book
    assert book.config.book.theme == "plain"
    assert not findings
