"""Words that a source keeps in attributes and options: in the book, or told by place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book.imports import Imported, import_book
from book.imports.unsaid import unsaid

MDBOOK = {"book.toml": '[book]\ntitle = "T"\nauthors = ["A"]\nlanguage = "en"\n'}
QUARTO = {"_quarto.yml": "lang: en\nbook: {title: T, author: A, chapters: [a.qmd]}\n"}
GITBOOK = {"SUMMARY.md": "- [One](a.md)\n", "book.json": '{"title": "T", "author": "A"}'}
LEANPUB = {"Book.txt": "a.md\n"}
JEKYLL = {"_config.yml": "title: T\nauthor: A\nlang: en\n"}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><path d="M0 0h3v2z"/></svg>'


def imported(folder: Path, files: dict[str, str]) -> tuple[str, str]:
    """The chapters of a source of ``files``, and what is told, each as one text."""
    for name, text in {**files, "p.svg": PICTURE}.items():
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_text(text, "utf-8")
    made: Imported = import_book(folder / "in", folder / "out")
    chapters = [raw.decode() for name, raw in made.files.items() if name.startswith("chapters/0")]
    return "\n".join(chapters), made.files["IMPORT.md"].decode()


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        (GITBOOK | {"a.md":
          '# A\n\n{% code title="__main__.py 100%" %}\n```py\nx\n```\n{% endcode %}\n'},
         "**\\_\\_main\\_\\_.py 100%**\n\n```py"),
        (QUARTO | {"a.qmd":
          '# A\n\n```{.python filename="a.py" lst-cap="Fine *code*"}\nx\n```\n'},
         "**a.py**\n\n**Fine *code***\n\n```python\nx"),
        (QUARTO | {"a.qmd":
          '# A\n\n```{python}\n#| lst-cap: Fine code\n#| fig-cap: |\n#|   A map\n'
                            '#| fig-subcap:\n#|   - Left\n#|   - "Right"\n1\n```\n'},
         "**Fine code**\n\n```python\n1\n```\n\nA map\n\nLeft\n\nRight"),
        (QUARTO | {"a.qmd":
          '# A\n\n```{r, echo=TRUE, fig.cap="A map, flat"}\n1\n```\n'},
         "```r\n1\n```\n\nA map, flat"),
        (QUARTO | {"a.qmd":
          '# A\n\n![](p.svg "Shown")\n'}, '![Shown](images/p.svg "Shown")'),
        (QUARTO | {"a.qmd":
          '# A\n\n::: {#fig-x .wide fig-cap="Both"}\nWords.\n:::\n'}, "Words.\n\nBoth"),
        (MDBOOK | {"src/SUMMARY.md": "- [One](a.md)\n", "src/a.md":
                   '# A\n\n<Listing number="2-1" file-name="a.rs" caption="Say *it*">\n\n'
                   "```rust\nx\n```\n\n</Listing>\n"},
         "**Listing 2-1: Say *it***\n\n**a.rs**\n\n```rust"),
        (LEANPUB | {"a.md":
          '# A\n\n{title: "One", caption: "Two"}\n```\nx\n```\n'}, "**One**\n\n**Two**"),
        (LEANPUB | {"a.md":
          '# A\n\n{alt: "A road", caption: "Old road"}\n![](p.svg)\n'},
         '![A road](images/p.svg "Old road")'),
    ],
)  # fmt: skip
def test_what_has_a_place_is_carried_over(
    files: dict[str, str], wanted: str, tmp_path: Path
) -> None:
    """Titles of listings stand in bold above them, captions below what they are of."""
    chapters, _ = imported(tmp_path, files)
    assert wanted in chapters


@pytest.mark.parametrize(
    ("files", "place", "told"),
    [
        (QUARTO | {"a.qmd":
          '---\ntitle: A\n---\n\n::: {.aside summary="Put by"}\nWords.\n:::\n'},
         "a.qmd:5", 'summary="Put by"'),
        (QUARTO | {"a.qmd":
          '# A\n\n![One](p.svg "Two")\n'}, "a.qmd", "Two"),
        (JEKYLL | {"a.md":
          "---\nimage: p.svg\nsubtitle: Under\n---\n\n# A\n\nWords.\n"},
         "a.md:1", "image: p.svg; subtitle: Under"),
        (GITBOOK | {"a.md":
          '# A\n\n{% embed url="https://a.org" caption="Seen" %}\n'}, "a.md:3", "Seen"),
        (LEANPUB | {"a.md":
          "# A\n\nSo{i: \"abbot\"} it is.\n", "b.md": "# B\n"}, "b.md", "doesn't name"),
        (MDBOOK | {"src/SUMMARY.md": "- [One](a.md)\n\nAnd so on.\n", "src/a.md": "# A\n\nB.\n"},
         "src/SUMMARY.md:3", "And so on."),
    ],
)  # fmt: skip
def test_what_has_none_is_told(
    files: dict[str, str], place: str, told: str, tmp_path: Path
) -> None:
    """With file and line, in ``IMPORT.md``."""
    _, page = imported(tmp_path, files)
    line = next(one for one in page.splitlines() if f"`{place}`" in one)
    assert told in line.replace("\\", "")


def test_what_is_said_once_of_two_is_told_once() -> None:
    """The second of two equal titles is missing, and its like elsewhere is not told."""
    texts = {"a.md": 'x\n<i title="One Two">\n{x="One Two"}\n{title="One Two"}'}
    assert list(unsaid(texts, ["One, Two. One *Two*"])) == [("a.md:2", 'title="One Two"')]
    assert not list(unsaid(texts, ["One Two One Two", "One Two"]))


@pytest.mark.parametrize(
    "files",
    [
        {"a.md": "See ![[b]] and ![[b]] and[^1]\n\n[^1]: Mine.\n", ".obsidian/app.json": "{}"},
        MDBOOK | {
            "src/SUMMARY.md": "- [A](a.md)\n",
            "src/a.md": "# A\n\n{{#include b.md}}\n\n{{#include b.md}}\n\nSo.[^1]\n\n[^1]: Mine.\n",
        },
    ],
)  # fmt: skip
def test_a_text_that_is_taken_in_twice_keeps_its_notes(
    files: dict[str, str], tmp_path: Path
) -> None:
    """Each call has a note of its own, that of its text."""
    name = "src/b.md" if "src/a.md" in files else "b.md"
    chapters, _ = imported(tmp_path, files | {name: "Taken.[^1] ^here\n\n[^1]: Its own.\n"})
    first = re.split(r"(?im)^# b$", chapters)[0]
    labels = re.findall(r"\[\^([\w-]+)\](?!:)", first)
    assert sorted(labels) == ["1", "b-1", "b-2-1"]
    assert sorted(re.findall(r"^\[\^([\w-]+)\]: Its own", first, re.MULTILINE)) == labels[:2]
    assert first.count('id="here"') <= 1
