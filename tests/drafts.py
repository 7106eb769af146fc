"""Chapters made up for the tests, in which every second word is unlike any other.

Such a word, a *coin*, is a ``q`` and four letters, too short to be hyphenated: where it is found
on a page, there is what the draft put it into, and where it is not found, that is lost.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

COIN = re.compile(r"q[a-z]{4}")
# Without u and f, no coin is a real word or has a ligature.
_LETTERS = "abcdeghijklmnopqrstvwxyz"
_SHARE = 3000
_WORDS = [
    *("the", "of", "a", "in", "which", "by", "an", "on", "for", "that", "his", "had", "been"),
    *("battle", "ambassador", "negotiations", "Moscow", "considerable", "government", "Berlin"),
    *("reported", "according", "diplomatic", "telegram", "intermediary", "unconditional", "army"),
]


@dataclass
class DraftNote:
    """A note: the coin before its first call, and its own coins in order."""

    call: str
    coins: list[str]
    series: str


@dataclass
class Draft:
    """A chapter in the making; its Markdown is in :attr:`markdown`.

    Every draft has a ``number``, so that no two have a coin in common.
    """

    number: int
    title: str = ""
    coins: list[str] = field(default_factory=list)
    notes: list[DraftNote] = field(default_factory=list)
    _blocks: list[str] = field(default_factory=list)
    _bodies: list[str] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.number)
        self.title = self.title or f"Draft {self.number}"

    @property
    def markdown(self) -> str:
        """The chapter: title, text and notes."""
        return "\n\n".join([f"# {self.title}", *self._blocks, *self._bodies]) + "\n"

    @property
    def only_words(self) -> bool:
        """Whether the chapter is paragraphs and nothing else, so that its pages can be full."""
        return all(block[0].isalpha() for block in self._blocks)

    def add(self, *blocks: str) -> None:
        """Put blocks of Markdown at the end of the text."""
        self._blocks += blocks

    def words(self, count: int) -> str:
        """So many words of text, the last one a coin."""
        return self._words(count, self.coins)

    def note(self, size: int = 8, series: str = "", rest: str = "") -> str:
        """A call to put behind a coin just made; its note has ``size`` words and ``rest``.

        ``rest`` are indented blocks whose coins were made with :meth:`apart`.
        """
        label = f"{'ed-' if series == 'editor' else ''}n{len(self.notes) + 1}"
        note = DraftNote(self.coins[-1], [], series or "source")
        text = self._words(size, note.coins)
        note.coins += COIN.findall(rest)
        self.notes.append(note)
        self._bodies.append(f"[^{label}]: {text}.{rest}")
        return f"[^{label}]"

    def apart(self, count: int) -> str:
        """So many words that are not text of the chapter but of a note's further blocks."""
        return self._words(count, [])

    def paragraph(self, words: int, every: int = 0, size: int = 8) -> None:
        """Add a paragraph of ``words`` words with a note after ``every`` so many."""
        calls = range(words // every if every else 0)
        parts = [self.words(every) + self.note(size) for _ in calls]
        if rest := words - every * len(parts):
            parts.append(self.words(rest))
        self.add(" ".join(parts) + ".")

    def _words(self, count: int, coins: list[str]) -> str:
        words = []
        for left in range(count, 0, -1):
            if left % 2:
                coins.append(self._coin())
                words.append(coins[-1])
            else:
                words.append(self.random.choice(_WORDS))
        return " ".join(words)

    def _coin(self) -> str:
        number, self._count = self.number * _SHARE + self._count, self._count + 1
        assert self._count <= _SHARE, "a draft is too long for its share of coins"
        letters = ""
        for _ in range(4):
            number, place = divmod(number, len(_LETTERS))
            letters = _LETTERS[place] + letters
        return f"q{letters}"


def random_draft(number: int) -> Draft:
    """A chapter of chance, always the same for a number: text, lists, quotations, tables, notes."""
    draft = Draft(number)
    chance = draft.random
    while draft._count < 1000:
        size = chance.choice([1, 3, 8, 8, 15, 15, 30, 60, 120])
        kind = chance.choices(["text", "quotation", "list", "heading", "table"], [8, 1, 1, 1, 1])[0]
        if kind == "text":
            draft.paragraph(chance.randint(20, 160), chance.choice([0, 12, 25, 40]), size)
        elif kind == "quotation":
            draft.add(f"> {draft.words(30)}{draft.note(size)} {draft.words(12)}.")
        elif kind == "list":
            rows = [f"- {draft.words(9)}{draft.note(min(size, 30))}." for _ in range(3)]
            draft.add("\n".join(rows))
        elif kind == "heading":
            draft.add(f"## {draft.words(3)}", draft.words(30) + ".")
        else:
            rows = [
                f"| {draft.words(3)}{draft.note(min(size, 15))} | {draft.words(5)} |"
                for _ in range(3)
            ]
            draft.add("\n".join(["| One | Two |", "|---|---|", *rows]))
    draft.paragraph(80)
    return draft
