"""Books to measure with: real ones where they are there, else one made of made-up words."""

from __future__ import annotations

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
    chapters = target / "chapters"
    if source:
        shutil.copytree(source, chapters, ignore=shutil.ignore_patterns("manifest.json"))
    else:
        chapters.mkdir(parents=True)
        for number in range(1, 13):
            (chapters / f"{number:02}-part.md").write_text(_chapter(number), "utf-8")
    (target / "book.toml").write_text(_TOML, "utf-8")
    return target


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
