"""Books to measure with: real ones where they are there, else one made of made-up words."""

from __future__ import annotations

import hashlib
import random
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_TOML = '[book]\ntitle = "Decline and Fall"\nauthors = ["Gibbon, Edward"]\nlanguage = "en-GB"\n'
_SYLLABLES = ("ba", "de", "ki", "lo", "mu", "na", "re", "si", "to", "vu", "gra", "stri", "wen")


def prepare(source: Path | None, target: Path) -> Path:
    """A book folder in ``target``, of the chapters in ``source`` or of generated ones."""
    shutil.rmtree(target, ignore_errors=True)
    folder = target / "chapters"
    if source:
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("manifest.json"))
    else:
        folder.mkdir(parents=True)
        for number in range(1, 13):
            (folder / f"{number:02}-part.md").write_text(_chapter(number), "utf-8")
    set_page_list(target, wanted=True)
    return target


def chapters(book: Path) -> list[Path]:
    """The chapters of ``book``, in their order."""
    return sorted((book / "chapters").glob("*.md"))


def set_page_list(book: Path, *, wanted: bool) -> None:
    """Say in ``book.toml`` whether the EPUB is to list the printed pages."""
    setting = f"\n[epub]\npage-list = {str(wanted).lower()}\n"
    (book / "book.toml").write_text(_TOML + setting, "utf-8")


def _long_word(paragraph: str) -> str:
    """A word of some length, if it is a paragraph of prose that has one."""
    words = paragraph.split() if paragraph[:1].isalpha() else ()
    return next((word for word in words if word.isalpha() and len(word) > 4), "")


def change_word(chapter: Path) -> None:
    """Change one word of the prose a third into ``chapter``, to one that was never there."""
    text = chapter.read_text("utf-8")
    paragraphs = text.split("\n\n")
    words = [(at, word) for at, one in enumerate(paragraphs) if (word := _long_word(one))]
    place, word = words[len(words) // 3]
    # Made of the whole text, so that no earlier text comes back: it would still be kept.
    dice = hashlib.sha256(text.encode()).digest()
    other = "".join(chr(ord("a") + one % 26) for one in dice[: len(word)])
    paragraphs[place] = paragraphs[place].replace(word, other, 1)
    chapter.write_text("\n\n".join(paragraphs), "utf-8")


def add_page(chapter: Path) -> None:
    """Repeat some of the longest paragraphs of ``chapter``: about a page."""
    paragraphs = chapter.read_text("utf-8").split("\n\n")
    prose = [one for one in paragraphs if one[:1].isalpha() and "[^" not in one]
    more = sorted(prose, key=len)[-3:]
    chapter.write_text("\n\n".join([paragraphs[0], *more, *paragraphs[1:]]), "utf-8")


def resize(book: Path, quarters: int) -> None:
    """Make ``book`` as many quarters of its length: leave chapters out, or add copies."""
    for number, chapter in enumerate(chapters(book)):
        # Whole copies first; of what is left over, every fourth chapter is one quarter.
        copies = quarters // 4 + (number % 4 < quarters % 4)
        for copy in range(1, copies):
            shutil.copy(chapter, chapter.with_stem(f"{chapter.stem}-{copy}"))
        if not copies:
            chapter.unlink()


def _chapter(number: int) -> str:
    """A chapter of about twenty pages with notes, the same on every run."""
    dice = random.Random(number)  # made-up words are no secret
    blocks, notes = [f"# {_sentence(dice, 4)}"], []
    for paragraph in range(60):
        if paragraph % 15 == 7:
            blocks.append(f"## {_sentence(dice, 5)}")
        text = " ".join(_sentence(dice, dice.randint(8, 25)) + "." for _ in range(6))
        if paragraph % 2:
            notes.append(f"[^{paragraph}]: {_sentence(dice, dice.randint(5, 60))}.")
            text += f"[^{paragraph}]"
        blocks.append(text)
    return "\n\n".join([*blocks, *notes]) + "\n"


def _sentence(dice: random.Random, words: int) -> str:
    made = ("".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(words))
    return " ".join(made).capitalize()
