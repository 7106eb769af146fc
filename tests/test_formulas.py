"""Formulas: which dollars begin one, what outputs make of it, and what strangers may write."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from book.base.formulas import FormulaError, formula, lettered, mathml
from book.build import build, read
from book.imports.formulas import in_lines, written
from book.model import Pages
from book.render.epub import formulas as ebook
from book.render.html import spelled
from book.serve.dress import DeskMarks
from tests.chapters import body, chapter, codes
from tests.judges import epubcheck, pdftext, verapdf

_MATHML = {"m": "http://www.w3.org/1998/Math/MathML", "h": "http://www.w3.org/1999/xhtml"}
_BOOK = '[book]\ntitle = "Sums"\nauthors = ["Roe, Ada"]\nlanguage = "en"\n'
_CHAPTER = r"""# The $\pi$ of it

That $E = mc^2$ holds[^a] and costs $5 or $10. Then

$$
\begin{aligned}
f(x) &= (x+1)^2 \\
     &= x^2 + 2x + 1
\end{aligned}
$$

and $\boxed{a} + \frac{1}{2}$.

[^a]: With $\sum_{i=1}^n i$ in a note.
"""


def tex(text: str) -> list[str]:
    """The formulas of a text, those on lines of their own between two dollars."""
    root = etree.fromstring(f"<div>{chapter(text).body}</div>")
    found = [one for one in root.iter("span") if "data-tex" in one.attrib]
    signs = ["$$" if "data-display" in one.attrib else "" for one in found]
    return [f"{sign}{one.get('data-tex')}{sign}" for one, sign in zip(found, signs, strict=True)]


class TestWhatIsOne:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("$x$ and $a + b$", ["x", "a + b"]),
            ("the $n$th, $k$-means, H$_2$O", ["n", "k", "_2"]),
            ("*$x_1$*, [$y$](https://a.org) and **$a*b*c$**", ["x_1", "y", "a*b*c"]),
            ("$\\$5 + x$", ["\\$5 + x"]),
            ("So\n```math\na\n$b$\n```\non $c$", ["$$a\n$b$$$", "c"]),
            ("- x\n\n  ~~~ math\n  a\n  ~~~\n\n> ```math\n> b\n> ```", ["$$a$$", "$$b$$"]),
            ("    ```math\n    a\n    ```\n\n````\n```math\nb\n```\n````\n\n```maths\nc\n```", []),
            ("$$x$$ and\n$$\ny\n$$", ["$$x$$", "$$y$$"]),
            ("> $$\n> a\n> $$", ["$$a$$"]),
            ("$$\\text{if $x$ is}$$", ["$$\\text{if $x$ is}$$"]),
            ("- $a$\n- $b$\n\n| $|x|$ |\n|---|\n| $y$ |", ["a", "b", "|x|", "y"]),
            ("the $x_1$s, $a_{n-1}$th and $f_1'$s", ["x_1", "a_{n-1}", "f_1'"]),
            ("GitHub's $`x_1`$", ["x_1"]),
            ("A note^[with $x$].", []),
        ],
    )
    def test_formulas(self, text: str, found: list[str]) -> None:
        """In lines, in marks, in tables, and on lines of their own, as Pandoc has them."""
        assert tex(text) == found

    @pytest.mark.parametrize(
        "text",
        [
            "$5 and $10",
            "It was $20-$30, US$5 or A$6, and 7$ too.",
            "between $5 (about four pounds, or 6$) and more",
            "$HOME/$USER, $ x$ and $x $",
            "PATH=$JAVA_HOME:$PATH, ${A_B}/$C, $A_B-${C} and $USER_NAME$HOST",
            "`$x$` and \\$x$",
            "<https://a.org/?b=$x&c=$y>",
            "$a\n\nb$",
            "| $5 | 6$ |\n|---|---|",
        ],
    )
    def test_dollars(self, text: str) -> None:
        """Prices, names, code and what a blank line parts stay as they are."""
        assert tex(text) == []
        assert "M014" not in " ".join(codes(text))

    def test_in_code_and_attributes_they_stand_as_typed(self) -> None:
        """Whoever writes about TeX shows its dollars."""
        made = body("```\n$x$\n```\n\n    $y$\n\n![$z$](a.png)")
        assert "<pre><code>$x$\n</code></pre>" in made
        assert "<pre><code>$y$\n</code></pre>" in made
        assert 'alt="$z$"' in made

    def test_a_line_of_its_own_is_a_paragraph_of_its_own(self) -> None:
        """What stands behind it goes on."""
        assert [
            (one.get("class"), "".join(one.itertext()))
            for one in etree.fromstring(f"<div>{body('So $$x$$ goes on.')}</div>")
        ] == [(None, "So "), ("cb-formula", ""), ("cb-goes-on", "goes on.")]

    def test_places_behind_one_of_several_lines_are_true(self) -> None:
        """A dead link is told where it stands in the file."""
        made = chapter("# T\n\n[a](a.md)\n\n$$\nx\n$$\n\n[b](b.md) $$\ny\n$$ [c](c.md)\n")
        places = [(one.written, one.place.line) for one in made.references]
        assert places == [("a.md", 3), ("b.md", 9), ("c.md", 11)]

    def test_words_of_a_heading_hold_its_letters(self) -> None:
        """Running heads and contents of reading systems know letters alone."""
        assert chapter("# The $\\pi$ of $x^2$").title == "The π of x^2"

    def test_where_nothing_can_be_drawn_stand_its_letters(self) -> None:
        """In the chronology's sentence, and in what a handout tells in plain words."""
        made = chapter("On [10 May](when:1943-05-10) he wrote $E = \\pi r^2$ down. So be it.")
        assert made.events[0].sentence == "On 10\u00a0May he wrote E = πr^2 down."
        assert lettered(etree.fromstring(body("So $\\alpha$."))) == "So α."

    def test_raw_html_can_not_pass_for_one(self) -> None:
        assert "data-tex" not in body('So <span data-tex="x" data-said="y">z</span>.')

    def test_nothing_of_one_is_taken_for_markdown_or_prose(self) -> None:
        """No stars, no LaTeX outside of dollars, no hyphens that should be dashes."""
        assert codes("So $a_1 * b_2 * c = \\begin{matrix} x - y \\end{matrix}[^2]$ holds.") == []


class TestWhatCanNotBeSet:
    def test_it_is_told_at_the_letter_where_reading_ends(self) -> None:
        """And printed as it was typed, in a box."""
        assert codes("So $x + \\foo{y}$ holds.") == ["M014 1:9"]
        assert '<code class="cb-missing">$x + \\foo{y}$</code>' in body("So $x + \\foo{y}$.")

    def test_without_the_extra_it_is_told_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """With how many there are, where the first stands, and what to install."""
        monkeypatch.setattr("book.parse.formulas.can_be_set", lambda: False)
        made = chapter("# T\n\nSo $x_1$ and\n\n$$\ny\n$$\n")
        (found,) = made.findings
        assert (found.code, found.place.line, found.place.column) == ("M014", 3, 4)
        assert "2 formulas" in found.message
        assert "chapbook[math]" in found.hint
        assert '<code class="cb-missing">$x_1$</code>' in made.body

    @pytest.mark.parametrize(
        "written",
        [
            "\\def\\a{\\a\\a}\\a",
            "\\input{/etc/passwd}",
            "\\sqrt{" * 900 + "}" * 900,
            "x" * 6000,
            "\\ref{a}",
            "\u6f22",
            "\\includegraphics{a}",
            "x\\hspace{99999em}",
            "x\\hspace{1e400em}",
            "x\\hspace{-9em}",
            "\\smash{x}",
        ],
    )
    def test_what_loops_reads_never_ends_or_is_not_seen_is_refused(self, written: str) -> None:
        with pytest.raises(FormulaError):
            formula(written, "en", display=True)

    def test_brackets_that_nothing_closes_take_their_time_and_no_more(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What writes MathML would take for ever; a drawing stands there."""
        monkeypatch.setattr(ebook, "_SECONDS", 1)
        assert ebook._made([("(" * 60, False), ("x", False)]) == ("", "")


class TestWords:
    def test_a_formula_is_said_in_the_language_around_it(self) -> None:
        """Where it has no words, its TeX is read."""
        said = partial(re.findall, 'data-said="([^"]*)"')
        assert said(body("$\\frac{a}{b}$", "en")) == ["a over b"]
        assert said(body("$\\frac{a}{b}$", "de-AT")) == ["a durch b"]
        assert said(body("[$\\frac{a}{b}$]{lang=fr}", "en")) == ["a sur b"]
        assert said(body("$\\frac{a}{b}$", "fi")) == ["\\frac{a}{b}"]

    def test_what_many_readers_would_leave_out_is_no_mathml(self) -> None:
        """Boxes and strokes are drawn instead."""
        assert mathml("\\boxed{a}", display=False) == ""
        assert "mfrac" in mathml("\\frac{a}{b}", display=False)

    def test_comments_are_no_part_of_it(self) -> None:
        assert formula("a % b\n + c", "", display=False).text == "a + c"
        assert formula("5\\%", "", display=False).text == "5%"


class TestOtherTools:
    @pytest.mark.parametrize(
        ("text", "made"),
        [
            ("So $$x^2$$ holds.", "So $x^2$ holds."),
            ("So\n\n$$x^2$$\n\nholds.", "So\n\n$$x^2$$\n\nholds."),
            ("$$\nx\n$$", "$$\nx\n$$"),
            ("`$$x$$` and\n\n```\n$$y$$ z\n```", "`$$x$$` and\n\n```\n$$y$$ z\n```"),
        ],
    )
    def test_doubled_dollars_in_a_line_are_single_ones(self, text: str, made: str) -> None:
        """Jekyll's Markdown and GitBook know no others."""
        assert in_lines(text) == made

    def test_what_is_written_is_read_as_a_formula(self) -> None:
        """Words alone stand in braces, or they could be what stands between two prices."""
        for one in ("x", "a b c", "total cost", "n!", "HOME/"):
            (found,) = tex(f"So {written(one, display=False)}.")
            assert found.strip("{}") == one


@dataclass(frozen=True)
class Made:
    """The book of formulas, its PDF and its ebook's files."""

    pdf: Path
    epub: Path
    files: Mapping[str, bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("sums")
    (root / "chapters").mkdir()
    (root / "book.toml").write_text(_BOOK, "utf-8")
    (root / "chapters" / "01.md").write_text(_CHAPTER, "utf-8")
    result = build(root, ["pdf", "epub"], cache=False)
    assert not result.findings
    pdf, ebook = (one.path for one in result.written)
    with zipfile.ZipFile(ebook) as held:
        return Made(pdf, ebook, {name: held.read(name) for name in held.namelist()})


class TestOutputs:
    def test_in_print_each_is_a_formula_that_says_itself(self, made: Made) -> None:
        """ISO 14289-1, 7.7; no TeX is among the words."""
        root = pdftext.struct(made.pdf)
        assert root is not None
        said = [one.attributes["Alt"] for one in root.find("Formula")]
        assert "E equals m c squared" in said
        assert len(said) == 6  # The title's is in the contents, too.
        text = "".join(pdftext.pages(made.pdf))
        assert "costs $5 or $10" in text
        assert "mc^2" not in text
        assert "\\" not in text

    def test_in_print_it_stands_on_its_line_and_has_the_letters_size(self, made: Made) -> None:
        """A formula of one line ends no lower than a third of a letter below it."""
        page = pypdfium2.PdfDocument(made.pdf)[8]
        text = page.get_textpage()
        at = text.get_text_range().index("holds")
        letters = text.get_charbox(at)
        paths = [one.get_bounds() for one in page.get_objects(max_depth=6) if one.type == 2]
        near = [
            one for one in paths if letters[1] - 4 < one[1] < letters[3] and one[0] < letters[0]
        ]
        assert near
        assert all(abs(one[3] - one[1]) < 10 for one in near)

    def test_one_that_is_wider_than_the_lines_is_told(self, tmp_path: Path) -> None:
        """It is drawn smaller; where it stands, and how small its letters are."""
        (tmp_path / "chapters").mkdir()
        (tmp_path / "book.toml").write_text(_BOOK, "utf-8")
        wide = " + ".join(f"x_{{{number}}}" for number in range(30))
        (tmp_path / "chapters" / "01.md").write_text(f"# One\n\nSo:\n\n$${wide}$$\n", "utf-8")
        (found,) = build(tmp_path, ["pdf"], cache=False).findings
        assert (found.code, str(found.place)[-3:]) == ("T032", "5:3")
        assert re.search(r"letters have [34]\.\d points, on page 1", found.message)

    def test_the_pdf_keeps_its_standards(self, made: Made) -> None:
        assert all(verapdf.validate(made.pdf, one).compliant for one in ("ua1", "3a"))

    def test_the_ebook_has_mathml_with_words(self, made: Made) -> None:
        """And says so in its manifest (EPUB 3.3, section 5.6.2.1) and to who listens."""
        page = etree.fromstring(made.files["EPUB/c01.xhtml"])
        found = page.xpath("//m:math", namespaces=_MATHML)
        assert isinstance(found, list)
        assert [one.get("alttext") for one in found if isinstance(one, etree._Element)] == [
            "pi",
            "E equals m c squared",
            (
                "f open paren x close paren equals open paren x plus 1 close paren squared; "
                "equals x squared plus 2 x plus 1"
            ),
            "sum from i equals 1 to n of i",
        ]
        package = made.files["EPUB/content.opf"].decode()
        assert re.search('href="c01.xhtml"[^>]*properties="svg mathml"', package)
        assert ">MathML<" in package

    def test_what_mathml_can_not_say_is_drawn_in_the_ebook(self, made: Made) -> None:
        page = etree.fromstring(made.files["EPUB/c01.xhtml"])
        (drawn,) = page.iter("{http://www.w3.org/2000/svg}svg")
        assert drawn.get("role") == "img"
        assert drawn.get("aria-label", "").startswith("boxed")

    def test_at_the_desk_it_is_drawn_without_a_style_of_its_own(self, made: Made) -> None:
        """The desk's page lets none in, nor a picture in its address; it ends on its line."""
        book, _ = read(made.pdf.parents[1])
        assert book is not None
        dress = DeskMarks(book, Pages((), {}))
        root = spelled("<p>a <span data-tex='x_1' data-said='x'/> b</p>", book, dress)
        (drawn,) = root.iter("{http://www.w3.org/2000/svg}svg")
        assert "style" not in drawn.attrib
        assert drawn.get("aria-label") == "x"
        _, top, _, height = drawn.get("viewBox", "").split()
        assert float(height) == -float(top)
        assert (drawn.tail or "").strip() == "b"

    def test_the_ebook_keeps_its_standard(self, made: Made) -> None:
        epubcheck.assert_clean(made.epub)


def test_where_none_is_set_it_is_told(tmp_path: Path) -> None:
    """In ``book.toml`` and in front matter, whose words are plain; prices are not."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "book.toml").write_text(
        '[book]\ntitle = "On $x^2$"\nsubtitle = "From $5 to $10"\nauthors = ["A"]\n'
        'language = "en"\n'
    )
    (tmp_path / "chapters/01.md").write_text("---\ntitle: The $x_1$ story\n---\n\nText.\n")
    (tmp_path / "chapters/02.md").write_text("# The $x_1$ heading\n\nText.\n")
    _, findings = read(tmp_path)
    told = [(one.code, one.place.path, one.place.line) for one in findings]
    assert told == [("M014", "book.toml", 2), ("M014", "chapters/01.md", 0)]
