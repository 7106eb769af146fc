"""``IMPORT.md``: what was made, and what could not be carried over, with file and line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from book.imports.model import Loss
from book.imports.prose import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.imports.model import Counts

_MOST = 2_000
#: What a Markdown reader would take for a mark; a message's own code stays code.
_SIGN = re.compile(r"[\\`*_\[\]<>~^$|]")
#: What differs between two messages that say the same of two things.
_THING = re.compile(r"“[^”]*”|`[^`]*`|: .*|(?<=There is no )\S+|\\[a-zA-Z]+", re.DOTALL)
#: So often a thing is told by itself; what is lost more often is one line with its count.
_FEW = 2


class LossKind(Struct, frozen=True):
    """What was lost in one way: what is said of it, and each loss with what it is of."""

    message: str
    losses: tuple[tuple[Loss, str], ...]


def kinds(losses: Sequence[Loss]) -> list[LossKind]:
    """The ``losses`` by what is said of them, in the order in which each was first met."""
    found: dict[str, list[Loss]] = {}
    for loss in losses:
        found.setdefault(_THING.sub("…", loss.message), []).append(loss)
    made: list[LossKind] = []
    for said, alike in found.items():
        if len({one.message for one in alike}) == 1:
            made.append(LossKind(alike[0].message, tuple((one, "") for one in alike)))
            continue
        pairs = ((one, "; ".join(_THING.findall(one.message))) for one in alike)
        named = tuple((one, thing.removeprefix(": ")) for one, thing in pairs)
        made.append(LossKind(re.sub(r"(?<=\w)…$", "", said), named))
    return made


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
    said = [line for kind in kinds(losses) for line in _listed(kind)]
    lines += said[:_MOST]
    if len(said) > _MOST:
        lines += [f"- And {len(said) - _MOST} more."]
    return "\n".join([*lines, ""])


def _listed(kind: LossKind) -> Iterator[str]:
    """A kind of loss in ``IMPORT.md``: each by itself, or one line with all their places."""
    if len(kind.losses) <= _FEW:
        yield from (f"- {_said(loss)}" for loss, _ in kind.losses)
        return
    yield f"- {len(kind.losses)} times: {_plain(kind.message)}"
    if any(thing for _, thing in kind.losses):
        for loss, thing in kind.losses:
            where = ", from ".join(f"`{each}`" for each in (loss.place, loss.source) if each)
            yield f"    - {where}: {_plain(thing)}" if where else f"    - {_plain(thing)}"
        return
    places: dict[str, list[str]] = {}
    for loss, _ in kind.losses:
        path, _, at = (loss.place or loss.source).partition(":")
        places.setdefault(path, []).append(at)
    for path, every in places.items():
        numbers = ", ".join(at for at in dict.fromkeys(every) if at)
        yield f"    - `{path}`: {numbers}" if numbers else f"    - `{path}`"


def terminal(losses: Sequence[Loss]) -> list[str]:
    """The losses as lines for the terminal: where, and what; many of a kind in one line."""
    return [" ".join(line.split()) for kind in kinds(losses) for line in _told(kind)]


def _told(kind: LossKind) -> Iterator[str]:
    if len(kind.losses) <= _FEW:
        for loss, _ in kind.losses:
            where = loss.place or loss.source
            also = f" ({loss.source})" if loss.place and loss.source else ""
            yield f"{where}: {loss.message}{also}" if where else loss.message
        return
    first = [
        f"{loss.place or loss.source}: {thing[:60]}".strip(": ")
        for loss, thing in kind.losses[:_FEW]
    ]
    yield f"{len(kind.losses)} times: {kind.message} ({', '.join(first)}, …)"


def counted(counts: Counts) -> str:
    """``12 chapters, 34,567 words, 200 notes, 9 pictures``."""
    named = (
        (counts.chapters, "chapter"),
        (counts.words, "word"),
        (counts.notes, "note"),
        (counts.pictures, "picture"),
    )
    return ", ".join(f"{count:,} {name}{'s' * (count != 1)}" for count, name in named)


def _plain(text: str) -> str:
    """A message's words, whose marks mean nothing; what stands as code stays code."""
    return "".join(
        part if code else _SIGN.sub(r"\\\g<0>", part)
        for code, part in stretches(" ".join(text.split()))
    )


def _said(loss: Loss) -> str:
    message = _plain(loss.message)
    where = ", from ".join(f"`{each}`" for each in (loss.place, loss.source) if each)
    return f"{where}: {message}" if where else message
