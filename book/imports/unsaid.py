"""What a writer typed beside the text (titles, captions, descriptions) and no chapter says.

Every tool has such words in attributes and options of its own, and a reader may not know one. So
when the book is made, each is looked for in what became of its source; what is nowhere is told.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NAME = (
    r"(?<![\w?&/-])(?P<key>(?:[\w]+[.-])*(?:(?:sub)?(?:title|cap|caption)|alt|summary|description"
    r"|heading|attribution|attr|credit|author|byline|legend|text|file-?name))"
)
#: ``key="…"``, ``key: "…"``, and an option of a cell: ``#| key: …``.
_WORDED = re.compile(
    rf"{_NAME}[ ]*[=:][ ]*(?:\"(?P<double>(?:\\.|[^\"\\\n])*)\"|'(?P<single>[^'\n]*)')"
    rf"|^[ \t>]*(?:#|//|%%)\|[ ]*{_NAME.replace('<key>', '<option>')}:[ ]*(?P<bare>[^\n\"'|>]+)$",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST = 500


def unsaid(sources: Mapping[str, str], made: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What of ``sources``, texts by their paths, nothing that was ``made`` says.

    Each as ``path:line`` and the attribute as it was typed.
    """
    typed = [(path, found) for path, text in sources.items() for found in _WORDED.finditer(text)]
    wanted = {words for _, found in typed if (words := _words(_value(found)))}
    if not wanted:
        return
    before, after = _bare(sources.values()), _bare(made)
    missing = Counter({one: before.count(one) - after.count(one) for one in wanted})
    for path, found in typed:
        words = _words(_value(found))
        if words and missing[words] > 0:
            missing[words] -= 1
            line = sources[path].count("\n", 0, found.start()) + 1
            key = found["key"] or found["option"]
            yield f"{path}:{line}", f'{key}="{_value(found)[:_LONGEST].strip()}"'


def _value(found: re.Match[str]) -> str:
    return found["double"] or found["single"] or found["bare"] or ""


def _words(text: str) -> str:
    return _bare([text]) if _WORD.search(text) else ""


def _bare(texts: Iterable[str]) -> str:
    """All words of ``texts``, each between two spaces of its own."""
    return "\n".join(" " + "  ".join(_WORD.findall(html.unescape(one))) + " " for one in texts)
