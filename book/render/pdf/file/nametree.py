"""Name trees (ISO 32000-1, 7.9.6): each segment has the nodes of its own names.

Names of chapters begin with a slug and a dot, and slugs have none; so if names that share what
stands before their first dot are in nodes of their own, no two nodes overlap, and binding has
only to put them in order.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from book.render.pdf.syntax import name_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: How many names a node has at most.
_TOGETHER = 100


class NameNode(NamedTuple):
    """A node in a segment: its first name, and its number."""

    first: str
    number: int


def groups(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The names of each node, in order."""
    # Letters come in the same order as their bytes in UTF-8.
    for _, group in groupby(sorted(names), lambda name: "".join(name.partition(".")[:2])):
        some = tuple(group)
        for start in range(0, len(some), _TOGETHER):
            yield some[start : start + _TOGETHER]


def node(some: tuple[str, ...], values: Mapping[str, bytes]) -> bytes:
    """The node of some names and their values."""
    first, last = name_string(some[0]), name_string(some[-1])
    pairs = b"".join(name_string(name) + values[name] for name in some)
    return b"<</Limits[%s%s]/Names[%s]>>" % (first, last, pairs)


def root(nodes: Iterable[NameNode]) -> bytes:
    """The root over all nodes."""
    return b"<</Kids[%s]>>" % b" ".join(b"%d 0 R" % one.number for one in sorted(nodes))
