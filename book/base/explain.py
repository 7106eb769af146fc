"""Why a code matters and how to mend it, at length: for ``book check --explain`` and the docs."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).with_name("codes.toml")


class Explanation(NamedTuple):
    """What stands in ``codes.toml`` of a code.

    ``why`` and ``mend`` are sentences in Markdown; ``before`` and ``after`` lines of a manuscript
    or of ``book.toml``, with the fault and without.
    """

    why: str
    mend: str
    before: str
    after: str


@cache
def explanations() -> Mapping[str, Explanation]:
    """The explanation of each code."""
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return {code: Explanation(**entry) for code, entry in read.items()}
