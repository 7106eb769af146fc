"""What on a page is transparent (ISO 32000-1, 11): some services print such pages wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

_PLAIN = {"/Normal", "/Compatible"}


def transparent(pdf: pikepdf.Pdf) -> Iterator[int]:
    """The pages (from 0) on which something is transparent, by what their resources hold."""
    for number, page in enumerate(pdf.pages):
        if _is_seen_through(page.obj.get("/Resources")):
            yield number


def _is_seen_through(resources: Any) -> bool:
    """Whether a state of drawing, a picture, or a form within it is transparent."""
    todo, seen = [resources], set[tuple[int, int]]()
    while todo:
        one = todo.pop()
        if one is None or (one.objgen in seen and one.is_indirect):
            continue
        seen.add(one.objgen)
        if any(_mixes(state) for state in one.get("/ExtGState", {}).values()):
            return True
        for kind in ("/XObject", "/Pattern"):
            for thing in one.get(kind, {}).values():
                if thing.get("/Subtype") == "/Image" and "/SMask" in thing:
                    return True
                todo.append(thing.get("/Resources"))
    return False


def _mixes(state: Any) -> bool:
    """Whether a graphics state (8.4.5) lets what lies below be seen."""
    faint = any(float(state.get(name, 1)) < 1 for name in ("/ca", "/CA"))
    masked = state.get("/SMask", "/None") != "/None"
    return faint or masked or state.get("/BM", "/Normal") not in _PLAIN
