"""What a PDF is made of, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream of ``pdf``, those that stand within others too."""
    import pikepdf

    for thing in list(pdf.objects):
        todo: list[Any] = [thing]
        while todo:
            one = todo.pop()
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                yield one
                todo += [inner for inner in one.values() if _stands_within(inner)]
            elif isinstance(one, pikepdf.Array):
                todo += [inner for inner in one if _stands_within(inner)]


def _stands_within(thing: object) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Dictionary | pikepdf.Array) and not thing.is_indirect


def streams(contents: Any) -> list[Any]:
    """The streams of a page's contents: one, several, or none (ISO 32000-1, 7.7.3.3)."""
    import pikepdf

    if contents is None:
        return []
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]
