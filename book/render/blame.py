"""Which rules of a book's own sheets the typesetter fails of: found by halving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.codes import finding
from book.theme.theme import SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from book.model import Finding, Place
    from book.theme.rules import Rule
    from book.theme.theme import Theme

#: So many rules are looked for; of a sheet with more that fail, nothing more is used.
MOST = 6
#: What to do about a rule.
HINT = "docs/styles.md says what CSS is served; say it otherwise, or take it out."


def retried(
    theme: Theme, attempt: Callable[[Theme], str], *names: str
) -> tuple[Theme, tuple[Finding, ...]]:
    """``theme`` without those rules in the sheets ``names`` for which ``attempt`` says why not."""

    def attempt_with(rules: Sequence[Rule]) -> str:
        return attempt(theme.only(rules))

    return left_out(theme, failing(theme.rules(*names), attempt_with))


def left_out(theme: Theme, found: Sequence[tuple[Place, str]]) -> tuple[Theme, tuple[Finding, ...]]:
    """``theme`` without the rules that were ``found`` at these places, and S004 for each."""
    names = {rule.place: rule.name for rule in theme.rules(*SHEETS)}
    told = tuple(_fails(place, names[place], words) for place, words in found)
    return theme.without({place for place, _ in found}), told


def failing(
    rules: Sequence[Rule], attempt: Callable[[Sequence[Rule]], str]
) -> list[tuple[Place, str]]:
    """The rules without which all others can be set."""
    found: list[tuple[Place, str]] = []
    rules = list(rules)
    while rules and (words := attempt(rules)) and (found or not attempt([])):
        if len(found) == MOST:
            return [*found, *((rule.place, words) for rule in rules)]
        good, bad = 0, len(rules)  # so many of the first can be set, and can't be
        while bad - good > 1:
            middle = (good + bad) // 2
            if said := attempt(rules[:middle]):
                bad, words = middle, said
            else:
                good = middle
        found.append((rules.pop(bad - 1).place, words))
    return found


def _fails(place: Place, name: str, words: str) -> Finding:
    message = f"The typesetter can't set this rule, so it was left out: `{name}` ({words})."
    return finding("S004", place, message, HINT)
