"""``book import`` of kinds of sources that came later: R Markdown, notebooks, sites of texts."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

import pytest

from book.imports import ImportFailedError, import_book
from book.imports.model import Loss
from book.imports.report import kinds, terminal
from tests.chapters import body, codes
from tests.manuscripts import SOURCES, chapters_of, title_of
from tests.test_imports_books import needs_pandoc

if TYPE_CHECKING:
    from pathlib import Path


class Made(NamedTuple):
    """A book that was imported: its chapters, ``book.toml``'s table, and what was told."""

    kind: str
    chapters: dict[str, str]
    book: dict[str, object]
    told: str

    @property
    def text(self) -> str:
        return "\n\n".join(self.chapters.values())

    @property
    def titles(self) -> str:
        return "|".join(map(title_of, self.chapters.values()))


def made(source: Path, folder: Path) -> Made:
    """What comes of ``source``."""
    done = import_book(source, folder / "book")
    book = tomllib.loads(done.files["book.toml"].decode())["book"]
    told = "\n".join(f"{loss.source.split(':')[0]} {loss.message}" for loss in done.losses)
    return Made(done.kind, chapters_of(folder / "book"), book, told)


@pytest.fixture(scope="module")
def tides(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(SOURCES / "bookdown", tmp_path_factory.mktemp("tides"))


class TestBookdown:
    def test_its_order_its_parts_and_its_metadata(self, tides: Made) -> None:
        """Chapters begin at headings of the first level; of what it rendered nothing is read."""
        assert tides.kind == "bookdown"
        assert tides.titles == "Before we sail|Water|The moon|In harbour|Tables of the year"
        assert tides.chapters["02-water.md"].startswith("---\nkind: part\n")
        assert tides.chapters["05-tables-of-the-year.md"].startswith("---\nkind: appendix\n")
        assert tides.book["authors"] == ["Mara Lind", "Jo Ahlberg"]
        assert (tides.book["title"], tides.book["language"]) == ("Tides of the Sound", "en-GB")
        assert "date" not in tides.book
        assert "Rendered" not in tides.text

    def test_numbers_are_links_in_words(self, tides: Made) -> None:
        """To figures, tables, theorems and headings, in whatever chapter."""
        text = tides.chapters["03-the-moon.md"]
        assert "Figure [The old buoy, seen from the pier](#fig-buoy)" in text
        assert "Table [Heights at the pier](#tab-heights)" in text
        assert "Theorem [Of halves](#thm-half), and Chapter [In harbour](04-in-harbour.md)" in text
        assert ": Heights at the pier. {#tab-heights}" in text
        assert "> [!NOTE] Theorem (Of halves)\n> Half a day" in text
        assert "A cross reference to nothing: fig:nowhere" in tides.told

    def test_pictures_that_are_there_are_shown(self, tides: Made) -> None:
        """Those that a chunk names, and those that it drew when the book was last made."""
        text = tides.chapters["03-the-moon.md"]
        caption = '"The *old* buoy, seen from the pier."'
        assert f"![A buoy](images/buoy.svg {caption}){{#fig-buoy width=60%}}" in text
        assert "include_graphics" not in text
        assert "```r\n# not a heading\nplot(heights)\n```" in text
        assert '(images/curve-1.svg "Heights of one &quot;day&quot;."){#fig-curve}' in text

    def test_what_was_not_run_is_told_once_each(self, tides: Made) -> None:
        """A chunk that is only shown has no result; one that prepares is seen by nobody."""
        assert tides.told.count("What a cell of r would show") == 1
        assert "`r mean(heights)`" in tides.text
        assert tides.told.count("What code within a line would print") == 1
        assert "opts_chunk" not in tides.text + tides.told

    def test_boxes_formulas_and_entries_of_an_index(self, tides: Made) -> None:
        assert "> [!TIP] Before all\n> Take a tide table." in tides.text
        assert "$$\nh = a \\cos t\n$$" in tides.text
        assert "Read this first.\n" in tides.text
        assert "An entry of an index" in tides.told

    def test_files_that_its_order_forgets_or_misses_are_told(self, tides: Made) -> None:
        assert "There is no lost.Rmd" in tides.told
        assert "forgotten.Rmd The book's order doesn't name this file" in tides.told


def test_without_an_order_the_index_comes_first(tmp_path: Path) -> None:
    """Known by its front matter; works are listed where a title waits for them."""
    files = {
        "source/index.Rmd": "---\ntitle: T\nsite: bookdown::bookdown_site\nbibliography: b.bib\n"
        "---\n# Preface\n\nHello.\n\n```{r}\nx # so\n# no title\n```\n",
        "source/10-ten.Rmd": "# Ten\n\nWords [@ahl].\n",
        "source/2-two.Rmd": "Above.\n\n# Two\n\nWords.\n",
        "source/99-end.Rmd": "# References {-}\n",
        "source/b.bib": "@book{ahl, title={Reeds}, author={Ahl, B.}, year={1901}}\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    found = made(tmp_path / "source", tmp_path)
    assert found.titles == "Preface|Two|Ten|References"
    assert "Above." in found.chapters["01-preface.md"]
    if "resolved" in found.told:  # There is a pandoc.
        assert "Reeds" in found.chapters["04-references.md"]


_BOOKDOWN = "---\ntitle: T\nsite: bookdown::bookdown_site\n---\n# One\n\n"


def test_a_table_of_bookdown_keeps_its_name_above_and_below(tmp_path: Path) -> None:
    """On a caption of several lines, too, and right above its table."""
    table = "| Road | Toll |\n|---|---|\n| N | 5 |\n"
    text = (
        f"{_BOOKDOWN}## Tolls\n\nTable: (\\#tab:hand) Tolls *by*\nroad\n\n{table}\nText.\n\n"
        f": (\\#tab:two) Two\n{table}\nText.\n\n{table}\n: (\\#tab:three) Three\n\n"
        "Tables \\@ref(tab:hand), \\@ref(tab:two), \\@ref(tab:three).\n"
    )
    found = made(written(tmp_path, {"index.Rmd": text}), tmp_path)
    shown = body(found.text)
    for name, caption in (("hand", "Tolls <em>by</em> road"), ("two", "Two"), ("three", "Three")):
        assert f'<table id="S.tab-{name}"><caption>{caption}</caption>' in shown
        assert f'data-to="S.tab-{name}"' in shown
    assert "<dl" not in shown


def test_formulas_of_bookdown_keep_their_numbers(tmp_path: Path) -> None:
    """Each row its own; links in other chapters lead there, and what has no place is told."""
    text = (
        f"{_BOOKDOWN}So\n\\begin{{equation}}\nr = a\n(\\#eq:rate)\n\\end{{equation}}.\n\n"
        "$$x = y (\\#eq:ex)$$\n\n> $$\n> k = l\n> (\\#eq:in)\n> $$\n\n"
        "$$\\begin{equation}\nq\n(\\#eq:wrapped)\n\\end{equation}$$\n\n"
        "\\begin{align}\na &= b (\\#eq:al) \\\\ c &= d (\\#eq:be)\n\\end{align}\n\n"
        "By \\@ref(eq:rate) \\@ref(eq:ex) \\@ref(eq:in) \\@ref(eq:al) \\@ref(eq:be) "
        "\\@ref(eq:wrapped), \\eqref{eq:rate}, `$$z (\\#eq:z)$$`.\n\nWords (\\#eq:lost).\n"
    )
    files = {"index.Rmd": text, "02-b.Rmd": "# Two\n\nBy \\@ref(eq:rate), $\\eqref{eq:ex}$.\n"}
    found = made(written(tmp_path, files), tmp_path)
    first, second = found.chapters.values()
    shown = body(first)
    for name in ("rate", "ex", "in", "al", "be", "wrapped"):
        assert re.search(f'<span class="cb-equation(-row)?" id="S.eq-{name}"/>', shown), name
        assert f'data-to="S.eq-{name}"' in shown
    assert "`$$z (\\#eq:z)$$`" in first
    assert codes(first) == []
    assert "By [](01-one.md#eq-rate), $\\eqref{eq-ex}$." in second
    assert "The name of a formula that isn't read as one: eq:lost" in found.told


def test_a_link_or_a_caption_may_hold_code(tmp_path: Path) -> None:
    """Where it leads and what it shows is changed as anywhere; what is within code is not."""
    text = '# A\n\nSee [`b()` and](b.md), `[x](b.md)`.\n\n![x](p.svg "So `x` is")\n'
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"/>'
    source = written(tmp_path, {"a.md": text, "b.md": "# B\n", "p.svg": picture})
    found = made(source, tmp_path)
    assert "[`b()` and](02-b.md), `[x](b.md)`." in found.text
    assert '![x](images/p.svg "So `x` is")' in found.text


def test_a_note_that_is_called_before_a_colon_is_kept(tmp_path: Path) -> None:
    text = "# A\n\nx\n\n# B\n\nIt weighs[^w]: much.\n\n[^w]: In grams.\n"
    found = made(written(tmp_path, {"a.md": text}) / "a.md", tmp_path)
    assert "[^w]: In grams." in found.chapters["02-b.md"]


class TestOneLineForManyLosses:
    def test_the_same_thing_is_counted_with_its_first_places(self) -> None:
        losses = [Loss("It is gone.", "a.md", f"chapters/01.md:{at}") for at in (3, 5, 9)]
        line = "3 times: It is gone. (chapters/01.md:3, chapters/01.md:5, …)"
        assert terminal([*losses, Loss("Other.")]) == [line, "Other."]

    def test_of_different_things_each_is_named(self) -> None:
        losses = [Loss(f"A link to “{name}”, which isn't here", "a.md") for name in "xyz"]
        (kind,) = kinds(losses)
        assert kind.message == "A link to …, which isn't here"
        assert [thing for _, thing in kind.losses] == ["“x”", "“y”", "“z”"]

    def test_two_are_told_by_themselves(self) -> None:
        assert terminal([Loss("Gone: a", "a.md:1"), Loss("Gone: b")]) == [
            "a.md:1: Gone: a",
            "Gone: b",
        ]


def written(folder: Path, files: dict[str, str]) -> Path:
    """A source of ``files``."""
    for name, text in files.items():
        path = folder / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "source"


_DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEANl9ngAAAAABJRU5ErkJggg=="
)


def notebook(*cells: dict[str, object]) -> str:
    """A notebook of ``cells``, as Jupyter saves it."""
    said = {"language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": said, "nbformat": 4, "nbformat_minor": 5})


def code(source: str, *outputs: dict[str, object], **metadata: object) -> dict[str, object]:
    """A cell of code with what came of it."""
    return {"cell_type": "code", "source": [source], "outputs": outputs, "metadata": metadata}


def prose(source: str) -> dict[str, object]:
    """A cell of Markdown."""
    return {"cell_type": "markdown", "source": source, "metadata": {}}


class TestNotebooks:
    def test_texts_code_and_what_it_gave(self, tmp_path: Path) -> None:
        """Printed, drawn, and failed; what was only said about the run is told."""
        gave: dict[str, object] = {"output_type": "execute_result", "data": {"text/plain": ["5"]}}
        drew: dict[str, object] = {
            "output_type": "display_data",
            "data": {"image/png": _DOT, "text/plain": "<F>"},
        }
        first = notebook(
            prose("# Counting\n\nSee [weights](2-weights.ipynb#Scales).[^1]\n\n[^1]: So: $x^2$."),
            code("%matplotlib inline\n2 + 3", gave),
            code("print('`')", {"output_type": "stream", "name": "stdout", "text": ["`\n"]}),
            code("warn()", {"output_type": "stream", "name": "stderr", "text": "Mind it."}),
            code("draw()", drew),
            code("1/0", {"output_type": "error", "traceback": ["\x1b[31mNo division\x1b[0m"]}),
            code("secret()", tags=["remove-input"]),
            {"cell_type": "raw", "source": "\\newpage", "metadata": {}},
        )
        files = {"10-end.ipynb": notebook(prose("# End")), "1-count.ipynb": first}
        files["2-weights.ipynb"] = notebook(prose("# Weights\n\n## Scales"))
        found = made(written(tmp_path, files), tmp_path)
        assert found.titles == "Counting|Weights|End"
        text = found.chapters["01-counting.md"]
        assert "[weights](02-weights.md#scales).[^1]" in text
        assert "```python\n2 + 3\n```\n\n```\n5\n```" in text
        assert "```\n`\n```" in text
        assert "](images/1-count-1.png)" in text
        assert "```\nNo division\n```" in text
        assert "secret" not in text
        assert "stderr): Mind it." in found.told
        assert "A raw cell: \\newpage" in found.told

    def test_one_alone_is_a_book(self, tmp_path: Path) -> None:
        path = written(tmp_path, {"one.ipynb": notebook(prose("# A\n\nx"), prose("# B\n\ny"))})
        found = made(path / "one.ipynb", tmp_path)
        assert (found.kind, found.titles) == ("Jupyter notebook", "A|B")

    def test_what_is_none_is_refused(self, tmp_path: Path) -> None:
        path = written(tmp_path, {"one.ipynb": "[]"})
        with pytest.raises(ImportFailedError, match="no notebook"):
            import_book(path / "one.ipynb", tmp_path / "book")


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("jupyter")
    toc = "format: jb-book\nroot: intro\nparts:\n- caption: Water\n  chapters:\n  - file: in/rain\n"
    toc += "    sections:\n    - file: in/drops\n- caption: Else\n  chapters:\n  - file: snow\n"
    files = {
        "_config.yml": "title: Weather\nauthor: Mara Lind\n",
        "_toc.yml": f"{toc}  - url: https://example.org\n    title: Out\n  - file: gone\n",
        "intro.md": "# Weather\n\n```{tableofcontents}\n```\n",
        "in/rain.md": _RAIN,
        "in/drops.md": "(small)=\n# Drops\n\nSmall.\n",
        "in/drop.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"/>',
        "snow.ipynb": notebook(prose("# Snow\n\nAs in {ref}`small`.")),
        "lost.md": "# Lost\n",
        "aside.org": "* Aside\n",
        "printed.txt": "5\n",
    }
    return made(written(folder, files), folder)


_RAIN = """# Rain

Look at {numref}`Figure %s <fig-drop>`, {ref}`the small <small>`, {doc}`drops`, {eq}`fall`.
% a remark
{math}`a^2` and H{sub}`2`O, ``{ref}`typed` ``, {cite}`lind`.

:::{note} Mind
Take a coat.

```{warning}
Or two.
```
:::

```{figure} drop.svg
---
name: fig-drop
width: 40%
---
A *drop*.
```

```{code-cell} ipython3
:tags: [hide-output]
# no heading
count()
```

```{list-table} Falls
* - Day
  - Mm
* - 1
  - 20
```

```{strange} Thing
Kept.
```
"""


class TestJupyterBook:
    def test_order_parts_and_metadata(self, jupyter: Made) -> None:
        """Pages below a page are sections of it; what is named and isn't there is told."""
        assert jupyter.kind == "Jupyter Book"
        assert jupyter.titles == "Weather|Water|Rain|Else|Snow"
        assert "## Drops" in jupyter.chapters["03-rain.md"]
        assert (jupyter.book["title"], jupyter.book["authors"]) == ("Weather", ["Mara Lind"])
        assert "There is no gone" in jupyter.told
        assert "A link instead of a chapter: Out" in jupyter.told
        assert "lost.md The book's order doesn't name this file" in jupyter.told
        assert "printed.txt" not in jupyter.told
        assert "aside.org A text that isn't in the book" in jupyter.told

    def test_roles_and_places(self, jupyter: Made) -> None:
        text = jupyter.chapters["03-rain.md"]
        assert "[Figure A drop](#fig-drop), [the small](#small), [Drops](#drops), (fall)" in text
        assert "$a^2$ and H<sub>2</sub>O, ``{ref}`typed` ``" in text
        assert "remark" not in text
        assert "[Drops](03-rain.md#small)" in jupyter.chapters["05-snow.md"]

    def test_directives(self, jupyter: Made) -> None:
        text = jupyter.chapters["03-rain.md"]
        assert "> [!NOTE] Mind\n> Take a coat.\n>\n> > [!WARNING]\n> > Or two." in text
        assert '![A drop.](images/drop.svg "A *drop*."){#fig-drop width=40%}' in text
        assert "```python\n# no heading\ncount()\n```" in text
        assert "| Day | Mm |\n|---|---|\n| 1 | 20 |\n\n: Falls" in text
        assert "> [!NOTE] Strange (Thing)\n> Kept." in text
        assert "What a cell of code would show" in jupyter.told


def test_words_that_gather_pages_in_a_summary_are_headings(tmp_path: Path) -> None:
    """Below a chapter, they are its sections; a remark of Markdown is nothing."""
    summary = "# Summary\n[//]: # (v1)\n* [One](1.md)\n  * Skills\n    * [Two](2.md)\n"
    files = {"SUMMARY.md": summary, "1.md": "# One\n\nx\n", "2.md": "# Two\n\ny\n"}
    found = made(written(tmp_path, files), tmp_path)
    assert found.titles == "One"
    assert "## Skills" in found.text
    assert "### Two" in found.text
    assert "A line without" not in found.told


class TestFolders:
    def test_html_that_a_tool_made_is_no_chapter(self, tmp_path: Path) -> None:
        """One line for each folder; a page that somebody wrote beside the others is one."""
        files = {f"docs/{name}.html": "<h1>Made</h1><p>x</p>" for name in "abc"}
        files |= {"theme/x.html": "<p>{% block %}</p>", "one.md": "# One\n\nWords.\n"}
        files |= {"analytics.html": "<script>x</script>", "old.mdx": "x", "report.doc": "x"}
        found = made(written(tmp_path, files), tmp_path)
        assert found.titles == "One"
        assert "docs HTML that a tool made or works with is no chapter: 3 pages." in found.told
        assert "theme HTML" in found.told
        assert "report.doc A word processor's file" in found.told
        assert "old.mdx MDX" in found.told

    def test_a_title_is_that_of_its_first_page(self, tmp_path: Path) -> None:
        files = {"README.md": "# The *Long* [Walk](x)\n", "a.md": "# A\n\nx\n", "b.md": "# B\n"}
        found = made(written(tmp_path, files), tmp_path)
        assert found.book["title"] == "The Long Walk"
        assert "doesn't say its title; book.toml says “The Long Walk”" in found.told

    def test_a_title_below_some_words_is_the_title(self, tmp_path: Path) -> None:
        """If it is the only one of the first level; the words stand below it."""
        text = "From a *course*.\n\n# The real title\n\nText.\n\n## More\n"
        found = made(written(tmp_path, {"01-file.md": text, "b.md": "# B\n"}), tmp_path)
        text = found.chapters["01-the-real-title.md"]
        assert text.startswith("# The real title\n\nFrom a *course*.\n\nText.\n\n## More")

    def test_a_link_without_an_address_is_told_as_that(self, tmp_path: Path) -> None:
        found = made(written(tmp_path, {"a.md": "# A\n\nSee [this]().\n"}), tmp_path)
        assert "See this." in found.text
        assert "A link without an address; its text stays" in found.told


@needs_pandoc
class TestMainFiles:
    def test_of_latex_the_one_that_takes_in_most(self, tmp_path: Path) -> None:
        """Covers and cuts are whole documents, too; which was read is said."""
        begin = "\\documentclass{book}\\begin{document}"
        files = {
            "a-cover.tex": f"{begin}Cover words.\\end{{document}}",
            "thesis.tex": f"{begin}\\input{{one}}\\include{{two}}\\end{{document}}",
            "one.tex": "\\chapter{One}\nWords of the first.\n",
            "two.tex": "\\chapter{Two}\nWords of the second, and more.\n",
            "README.md": "# About\n",
        }
        found = made(written(tmp_path, files), tmp_path)
        assert found.titles == "One|Two"
        assert "`thesis.tex` is taken for the book" in found.told
        assert "`a-cover.tex`" in found.told
        assert "one.tex" not in found.told

    def test_latex_that_is_none_as_a_whole_is_read_in_pieces(self, tmp_path: Path) -> None:
        """What can't be read stands as it is typed, below its title."""
        text = "\\documentclass{book}\n\\newcommand{\\oven}[1]{the \\emph{#1} oven}\n"
        text += "\\begin{document}\n\\chapter{Fire}\nIn \\oven{old} it burned.\n\\chapter{Ash}\n"
        text += "Open { \\end{itemize} for ever.\n\\end{document}\n"
        found = made(written(tmp_path, {"a.tex": text}) / "a.tex", tmp_path)
        assert found.titles == "Fire|Ash"
        assert "In the *old* oven it burned." in found.text
        assert "```latex\n\\chapter{Ash}\nOpen { \\end{itemize} for ever." in found.text
        assert "Read in 3 pieces with 1 of its 1 commands" in found.told
        assert "stands as typed" in found.told

    def test_asciidoc_with_what_it_includes(self, tmp_path: Path) -> None:
        """Parts, chapters, references across files; README is no chapter, but may be included."""
        files = {
            "book.adoc": "= The Kiln\nMara Lind\n:doctype: book\n:in: parts\n\n= Clay\n\n"
            "include::{in}/one.adoc[]\n\ninclude::readme.adoc[leveloffset=+1]\n",
            "parts/one.adoc": "[[one]]\n== First fire\n\nHot.footnote:[Very.]\n\n=== Ash\n\nx\n",
            "readme.adoc": "= Second fire\n\nAs in <<parts/one.adoc#one>>.\n",
            "notes.adoc": "Not in it.\n",
        }
        found = made(written(tmp_path, files), tmp_path)
        assert found.titles == "Clay|First fire|Second fire"
        assert (found.book["title"], found.book["authors"]) == ("The Kiln", ["Mara Lind"])
        assert "As in [First fire](02-first-fire.md)" in found.text
        assert "## Ash" in found.text
        assert "[^1]: Very." in found.text
        assert "notes.adoc A text that isn't in the book" in found.told
        assert "readme.adoc" not in found.told

    def test_sphinx_pictures_beside_their_texts(self, tmp_path: Path) -> None:
        picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"/>'
        files = {
            "docs/conf.py": 'project = u"Bees"\n',
            "docs/index.rst": "Bees\n====\n\n.. toctree::\n   :glob:\n\n   in/*\n",
            "docs/in/1-hive.rst": "Hive\n====\n\n.. image:: wax.svg\n\n.. image:: /_s/b.svg\n",
            "docs/in/2-swarm.rst": "Swarm\n=====\n\nGone.\n",
            "docs/in/wax.svg": picture,
            "docs/_s/b.svg": picture.replace("2 2", "3 3"),
            "docs/_templates/page.html": "<p>{{ x }}</p>",
        }
        found = made(written(tmp_path, files), tmp_path)
        assert "Hive" in found.titles
        assert found.titles.endswith("Swarm")
        assert "images/wax.svg" in found.text
        assert "images/b.svg" in found.text
        assert found.book["title"] == "Bees"
