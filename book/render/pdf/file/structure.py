"""The nodes of a structure tree become PDF objects (ISO 32000-1, 14.7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.render.pdf.structure.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Elements:
    """The structure elements of a piece, as bytes, numbered from ``first`` in reading order.

    ``document`` is the number of the volume's element that they stand in, ``pages`` and
    ``annotations`` the numbers of the piece's objects. ``tops`` are the numbers of those right
    under it, ``names`` the numbers of those with an ID; ``parents`` lead from an object's
    number to what holds its content (14.7.4.4).
    """

    def __init__(
        self, tags: Node, first: int, document: int, pages: Sequence[int], annotations: int
    ) -> None:
        self.elements: list[bytes] = []
        self.tops: list[int] = []
        self.names: dict[str, int] = {}
        self.parents: dict[int, bytes] = {}
        self._first, self._pages, self._annotations = first, pages, annotations
        self._content: dict[int, dict[int, int]] = {page: {} for page in pages}
        for kid in tags.kids:
            if isinstance(kid, Node):
                if tags.lang:
                    kid.entries.setdefault("Lang", b"(%s)" % tags.lang.encode("ascii", "replace"))
                self.tops.append(self._write(kid, document))
        for page, content in self._content.items():
            places = (content.get(place) for place in range(max(content, default=-1) + 1))
            refs = (b"null" if one is None else b"%d 0 R" % one for one in places)
            self.parents[page] = b"[%s]" % b" ".join(refs)

    def _write(self, node: Node, above: int) -> int:
        number = self._first + len(self.elements)
        self.elements.append(b"")
        written = [b"/S/%s/P %d 0 R" % (node.role.encode(), above)]
        written += [b"/%s %s" % (name.encode(), value) for name, value in node.entries.items()]
        if "ID" in node.entries:
            self.names[_name(node)] = number
        home = next((self._pages[kid[0]] for kid in node.kids if not isinstance(kid, Node)), None)
        if home is not None:
            written.append(b"/Pg %d 0 R" % home)
        kids = [self._kid(kid, number, home) for kid in node.kids]
        for place, link in node.links:
            annotation = self._annotations + link
            self.parents[annotation] = b"%d 0 R" % number
            kids.append(b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>" % (self._pages[place], annotation))
        written.append(b"/K " + (kids[0] if len(kids) == 1 else b"[%s]" % b" ".join(kids)))
        self.elements[number - self._first] = b"<<%s>>" % b"".join(written)
        return number

    def _kid(self, kid: Node | tuple[int, int], number: int, home: int | None) -> bytes:
        if isinstance(kid, Node):
            return b"%d 0 R" % self._write(kid, number)
        page, place = self._pages[kid[0]], kid[1]
        self._content[page][place] = number
        if page == home:
            return b"%d" % place
        return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page, place)


def count(tags: Node) -> int:
    """How many elements stand under ``tags``."""
    return sum(1 + count(kid) for kid in tags.kids if isinstance(kid, Node))


def names(tags: Node) -> Iterator[str]:
    """The IDs of the elements under ``tags``."""
    for kid in tags.kids:
        if isinstance(kid, Node):
            if "ID" in kid.entries:
                yield _name(kid)
            yield from names(kid)


def _name(node: Node) -> str:
    return bytes.fromhex(node.entries["ID"][1:-1].decode()).decode()
