"""Sources of other tools, as a person would have them; and how they are counted in the tests."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from book.imports.pandoc.run import pandoc

SOURCES = Path(__file__).parent / "imports"
_TEXTS = (".md", ".markdown", ".qmd", ".txt")
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def chapters_of(book: Path) -> dict[str, str]:
    """The chapters that were made, by their file names, in order."""
    return {path.name: path.read_text("utf-8") for path in sorted(book.glob("chapters/*.md"))}


def title_of(text: str) -> str:
    """The title in a chapter's first heading, without attributes."""
    found = re.search(r"^# (.+?)(?: \{.*\})?$", text, re.MULTILINE)
    assert found is not None
    return found[1]


def words(text: str) -> list[str]:
    """Rows of letters or digits, whatever stands between them."""
    return re.findall(r"[^\W_]+", text)


def prose_of(source: Path) -> str:
    """The texts of a source without their marks, as far as these hold letters."""
    paths = [source] if source.is_file() else sorted(source.rglob("*"))
    texts = [
        path.read_text("utf-8")
        for path in paths
        if path.suffix in _TEXTS and path.name not in ("SUMMARY.md", "Book.txt")
    ]
    return " ".join(map(_unmarked, texts))


def _unmarked(text: str) -> str:
    text = re.sub(r"\A---\n(.*?)\n---\n", _titles, text, flags=re.DOTALL)
    text = re.sub(r"\A(?:% .*\n)+", "", text)
    text = _CODE.sub(lambda found: found.group().partition("\n")[2], text)
    text = re.sub(r"^[ \t]*(?:#\||# ).*(?=\n)", _code_line, text, flags=re.MULTILINE)
    text = re.sub(r"\{[%{].*?[%}]\}|\{[^{}\n]*\}|</?\w[^>]*>", " ", text)
    text = re.sub(r"\]\((?:<[^>]*>|[^()]*)\)|^\[[^\]^]+\]: .*$", " ", text, flags=re.MULTILINE)
    return re.sub(
        r"\[\[[^\]|]*\||\[\^+[^\]]*\]|\^[\w-]+$|@[\w-]+|\[!\w+\]", " ", text, flags=re.MULTILINE
    )


def _titles(found: re.Match[str]) -> str:
    return " ".join(re.findall(r"^title:(.*)$", found[1], re.MULTILINE)) + "\n"


def _code_line(found: re.Match[str]) -> str:
    return "" if found.group().lstrip().startswith("#|") else found.group()


_ADDRESS = "https://example.org/"


def _toll(count: int, other: int) -> str:
    return (
        f"Carter *{count}* paid the [Abbot]{{.smallcaps}} the 2^nd^ toll of H~2~O at 5 % "
        f"in {1200 + count}, snake_case and 2\\*3\\*4 included.[^{count}] "
        f"See [road {other}](#road-{other})."
    )


def thesis(notes: int = 200) -> str:
    """A thesis as its writer would have it in Word: notes, tables, pictures, small capitals."""
    lines = ["---", "title: The Toll Roads of Hall", "author: Lena Krall", "lang: en-GB", "---", ""]
    count = 0
    for number in range(1, 11):
        lines += [f"# Chapter about road {number} {{#road-{number}}}", ""]
        for section in ("What was paid", "Who paid it"):
            lines += [f"## {section} on road {number}", ""]
            for _ in range(notes // 20):
                count += 1
                lines += [_toll(count, number % 10 + 1), ""]
                lines += [
                    f"[^{count}]: Roll **{count}**, fol. {count}\\*, [archive]({_ADDRESS}{count}).",
                    "",
                ]
            lines += ["1. First toll", "2. Second toll", "    - with a cart", "", "| Year | Toll |",
                      "|------|-----:|", f"| 12{number:02} | {number} |", "",
                      f": Tolls of {section} {number}", ""]  # fmt: skip
        lines += [f"![Seal of road {number}](seal{number}.png)", "", "> Pay, *or* turn back.", ""]
    return "\n".join(lines)


def convert(source: Path, *options: str) -> str:
    """What pandoc itself makes of a file."""
    done = subprocess.run(
        [pandoc(), *options, source], capture_output=True, check=True, cwd=source.parent
    )
    return done.stdout.decode()


def made_as(text: str, ending: str, folder: Path) -> Path:
    """A document of ``text`` (pandoc's Markdown) in another format."""
    from PIL import Image

    folder.mkdir(exist_ok=True)
    (folder / "source.md").write_text(text, "utf-8")
    for number in range(1, 11):
        Image.new("RGB", (40, 40), (number * 20, 0, 0)).save(folder / f"seal{number}.png")
    path = folder / f"work.{ending}"
    convert(folder / "source.md", "-s", "-o", str(path))
    return path
