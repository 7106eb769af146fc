"""Citations of Pandoc and Quarto on import: resolved where they can be, else told; none is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book.build import check
from book.imports import import_book
from book.imports.model import ImportFailedError

_BIB = """
@book{smith1990, author={Smith, Ada and Roe, Bob}, title={On [Old] Maps}, publisher={Tea},
  address={Linz}, year={1990}}
@article{jones:a, author={Jones, Carl}, title={A Road}, journal={Roads}, volume={3}, year={2001}}
"""
_NOTES = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0" default-locale="en-US">
<info><title>N</title><id>n</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout suffix="." delimiter="; "><choose>
<if position="ibid-with-locator"><text value="Ibid."/></if>
<else><names variable="author"><name form="short"/></names>
<text variable="title" font-style="italic" prefix=", "/></else></choose>
<text variable="locator" prefix=", p. "/></layout></citation>
<bibliography><layout suffix="."><names variable="author"><name name-as-sort-order="first"/></names>
<text variable="title" font-style="italic" prefix=", "/></layout></bibliography>
</style>
"""
_TEXT = """# One

He said so [see @smith1990, p. 3]. Again
[@smith1990, p. 5], and by @jones:a [p. 4].[^a] But [@nobody].

[^a]: In a note [@jones:a, p. 7; @smith1990] it stands. And [@smith1990, p. 8].

Code `[@smith1990]`, mail to a@b.org, \\@smith1990 and [@smith1990](x.md) are none.

# Two

In its line^[as [@smith1990] has it].
"""


def laid(tmp_path: Path, **files: str) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    for name, text in files.items():
        path = source / name.replace("__", ".")
        path.write_text(text, "utf-8")
    return source


def texts(book: Path) -> dict[str, str]:
    return {one.name: one.read_text("utf-8") for one in sorted((book / "chapters").glob("*.md"))}


def test_a_style_of_notes_gives_as_many_notes_as_citations(tmp_path: Path) -> None:
    """Behind the stop, without a space; short forms in the order of reading; works at the end."""
    head = "---\ntitle: Work\nlang: en\nbibliography: works.bib\ncsl: notes.csl\n---\n\n"
    source = laid(tmp_path, work__md=head + _TEXT, works__bib=_BIB, notes__csl=_NOTES)
    import_book(source / "work.md", tmp_path / "book")
    one, two, works = texts(tmp_path / "book").values()
    assert (
        "so.^[See Smith, Roe, *On \\[old\\] maps*, p. 3.] Again,^[Ibid., p. 5.] and by Jones" in one
    )
    assert len(re.findall(r"\^\[", one)) == 3
    assert "In a note Ibid., p. 7; Smith, Roe, *On \\[old\\] maps* it stands." in one
    assert "And Smith, Roe, *On \\[old\\] maps*, p. 8." in one
    assert "as Smith, Roe, *On \\[old\\] maps* has it]" in two
    assert "kind: bibliography" in works
    assert works.count("*") == 4
    said = (tmp_path / "book" / "IMPORT.md").read_text("utf-8")
    assert "6 citations were resolved by pandoc, 3 of them as notes" in said
    assert "nobody is in no bibliography" in said


def test_what_is_no_citation_stays(tmp_path: Path) -> None:
    """Code, addresses, links, what has a backslash; an unknown key as it was typed."""
    head = "---\ntitle: Work\nlang: en\nbibliography: works.bib\n---\n\n"
    source = laid(tmp_path, work__md=head + _TEXT, works__bib=_BIB)
    import_book(source / "work.md", tmp_path / "book")
    one = texts(tmp_path / "book")["01-one.md"]
    assert "Code `[@smith1990]`, mail to a@b.org, \\@smith1990 and" in one
    assert "But \\[\\@nobody\\]." in one
    assert "(see Smith and Roe 1990, 3)" in one  # Chicago's, in the text, is what pandoc has


def test_quarto_lists_its_works_where_it_wants_them(tmp_path: Path) -> None:
    """Settings name the bibliography; a page is for the list."""
    settings = (
        "project:\n  type: book\nbook:\n  title: Q\n  author: A\n  chapters:\n    - index.qmd\n"
        "    - refs.qmd\nbibliography: works.bib\nlang: en\n"
    )
    page = "# One\n\nAs [@smith1990, pp. 3-4] and @fig-a.\n"
    works = "# References\n\n::: {#refs}\n:::\n"
    source = laid(
        tmp_path, _quarto__yml=settings, index__qmd=page, refs__qmd=works, works__bib=_BIB
    )
    import_book(source, tmp_path / "book")
    chapters = texts(tmp_path / "book")
    assert len(chapters) == 2
    assert "As (Smith and Roe 1990, 3–4) and" in chapters["01-one.md"]
    assert "Smith, Ada, and Bob Roe. 1990." in chapters["02-references.md"]
    assert "\n::: {.hanging}\nSmith, Ada" in chapters["02-references.md"]
    assert "#refs" not in chapters["02-references.md"]


@pytest.mark.parametrize("bib", ["", "@book{other, title={T}}"])
def test_without_their_works_they_are_listed_and_stay(tmp_path: Path, bib: str) -> None:
    source = laid(tmp_path, work__md="# One\n\nAs [@smith1990] has it.\n", works__bib=bib)
    if not bib:
        (source / "works.bib").unlink()
    import_book(source, tmp_path / "book")
    assert "As \\[\\@smith1990\\] has it." in texts(tmp_path / "book")["01-one.md"]
    assert "left as its keys" in (tmp_path / "book" / "IMPORT.md").read_text("utf-8")


def test_without_pandoc_they_are_listed_and_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of the book is imported all the same."""

    def none() -> str:
        raise ImportFailedError("Pandoc isn't here.")

    monkeypatch.setattr("book.imports.pandoc.run.pandoc", none)
    source = laid(tmp_path, work__md="# One\n\nAs [@smith1990] has it.\n", works__bib=_BIB)
    import_book(source, tmp_path / "book")
    assert "As \\[\\@smith1990\\] has it." in texts(tmp_path / "book")["01-one.md"]
    said = (tmp_path / "book" / "IMPORT.md").read_text("utf-8")
    assert "could not be resolved: Pandoc isn't here." in said


def test_what_lies_outside_is_not_read(tmp_path: Path) -> None:
    """Neither a bibliography nor a style, whatever the front matter says."""
    (tmp_path / "works.bib").write_text(_BIB, "utf-8")
    head = "---\nbibliography: ../works.bib\ncsl: https://example.org/a.csl\n---\n\n# One\n\n"
    source = laid(tmp_path, work__md=head + "As [@smith1990] has it.\n")
    import_book(source, tmp_path / "book")
    assert "\\[\\@smith1990\\]" in texts(tmp_path / "book")["01-one.md"]
    said = (tmp_path / "book" / "IMPORT.md").read_text("utf-8")
    assert "no bibliography ../works.bib" in said


def test_the_book_that_is_made_has_nothing_wrong(tmp_path: Path) -> None:
    head = "---\ntitle: Work\nauthor: A. Roe\nlang: en\nbibliography: works.bib\n---\n\n"
    text = "# One\n\nHe said so [see @smith1990, p. 3].\n"
    source = laid(tmp_path, work__md=head + text, works__bib=_BIB)
    import_book(source / "work.md", tmp_path / "book")
    assert [one.code for one in check(tmp_path / "book")] == []
