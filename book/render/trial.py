"""A book's own style sheets are tried on a specimen before the book is set in them.

The specimen has something of everything. Where a rule makes the typesetter fail, or takes more
time or memory than any page needs, it is found by halving, left out of the whole book, and named
in a finding; the typesetter's own remarks on the sheets get their places in the same way.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.codes import finding
from book.base.data import replace
from book.base.errors import BoundsError
from book.cache.bounded import bounded
from book.cache.memo import memo
from book.model import BookTable, Config, Finding, Place
from book.render.blame import HINT, failing, left_out
from book.render.specimen import remarks, set_specimen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from book.cache.store import Store
    from book.theme.rules import Rule
    from book.theme.theme import Theme

#: What the specimen may take: a hundred times what it needs in the built-in sheets.
SECONDS, MEMORY = 20, 3 * 2**30
#: The sheets that are for the typesetter; of the ebook's, mistakes are told alone.
_SHEETS = ("tokens", "print", "handout")
_PLACE = re.compile(r",? ?(?:ignored )?at (\d+):(\d+)(?=[.,:]|$)")


class Verdict(Struct, frozen=True):
    """What a trial found: places and words of the rules that fail, and of remarks on others."""

    failing: tuple[tuple[Place, str], ...] = ()
    remarks: tuple[tuple[Place, str], ...] = ()


def tried(
    theme: Theme, config: Config | None, root: Path, store: Store
) -> tuple[Theme, tuple[Finding, ...]]:
    """``theme`` without those of its own rules that can't be set, and what is to be said.

    ``config`` tells the sizes of pages; None if it can't be read. ``store`` keeps verdicts.
    """
    rules = theme.rules(*_SHEETS, "epub")
    if not rules:
        return theme, ()
    plain = Config(BookTable("Specimen", ("Ada Example",), "en"))
    if config:
        table = replace(plain.book, language=config.book.language)
        plain = replace(plain, book=table, pdf=config.pdf, handout=replace(plain.handout))
    said = (repr(rules), repr(theme.base), repr(theme.files), repr(plain))
    make = partial(_verdict, theme, plain, str(root.absolute()))
    verdict = memo(store, "trial", Verdict, said, make)
    less, told = left_out(theme, verdict.failing)
    return less, (*told, *(_remarked(place, words) for place, words in verdict.remarks))


def _verdict(theme: Theme, config: Config, root: str) -> Verdict:
    def attempt(rules: Sequence[Rule]) -> str:
        """Why the specimen can't be set with no more than these rules; empty if it can."""
        try:
            return bounded(partial(set_specimen, theme.only(rules), config, root), SECONDS, MEMORY)
        except BoundsError as problem:
            return str(problem)

    found = tuple(failing(theme.rules(*_SHEETS), attempt))
    # What makes the typesetter fail may do so when it is only read.
    less = theme.without({place for place, _ in found})
    try:
        heard = bounded(partial(remarks, less, root), SECONDS, MEMORY)
    except BoundsError:
        heard = []
    placed = (_placed(place, message) for place, message in heard)
    return Verdict(found, tuple(placed))


def _placed(rule: Place, message: str) -> tuple[Place, str]:
    """A remark with the place that it names, which is taken out of its words; else the rule's."""
    if found := _PLACE.search(message):
        place = Place(rule.path, int(found[1]), int(found[2]))
        return place, message.replace(found[0], "", 1)
    return rule, message


def _remarked(place: Place, words: str) -> Finding:
    return finding("T004", place, f"The typesetter says: {words.removesuffix('.')}.", HINT)
