"""``IMPORT.md``: what was made, and what could not be carried over, with file and line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.imports.prose import stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.imports.model import Counts, Loss

_MOST = 2_000
#: What a Markdown reader would take for a mark; a message's own code stays code.
_SIGN = re.compile(r"[\\`*_\[\]<>~^$|]")


def page(source: str, kind: str, counts: Counts, losses: Sequence[Loss]) -> str:
    """The page as Markdown, to be read once and thrown away."""
    lines = [
        "# What was imported",
        "",
        f"From `{source}` ({kind}): {counted(counts)}.",
        "",
        "Delete this file when you have read it; it is no part of the book.",
        "",
    ]
    if not losses:
        return "\n".join([*lines, "Everything was carried over.", ""])
    lines += ["## What could not be carried over as it was", ""]
    lines += [f"- {_said(loss)}" for loss in losses[:_MOST]]
    if len(losses) > _MOST:
        lines += [f"- And {len(losses) - _MOST} more."]
    return "\n".join([*lines, ""])


def line(loss: Loss) -> str:
    """A loss as one line for the terminal: where, and what."""
    where = loss.place or loss.source
    also = f" ({loss.source})" if loss.place and loss.source else ""
    return f"{where}: {loss.message}{also}" if where else loss.message


def counted(counts: Counts) -> str:
    """``12 chapters, 34,567 words, 200 notes, 9 pictures``."""
    named = (
        (counts.chapters, "chapter"),
        (counts.words, "word"),
        (counts.notes, "note"),
        (counts.pictures, "picture"),
    )
    return ", ".join(f"{count:,} {name}{'s' * (count != 1)}" for count, name in named)


def _said(loss: Loss) -> str:
    message = "".join(
        part if code else _SIGN.sub(r"\\\g<0>", part)
        for code, part in stretches(" ".join(loss.message.split()))
    )
    where = ", from ".join(f"`{each}`" for each in (loss.place, loss.source) if each)
    return f"{where}: {message}" if where else message
