"""Pieces and folios become one file: pages, structure, destinations, outline, metadata.

ISO 32000-1: page labels 12.4.2, named destinations 12.3.2.3, outline 12.3.3, structure 14.7,
artifacts 14.8.2.2. The same pieces always give the same bytes.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from book.render.pdf import metadata
from book.render.pdf.dress import LINK
from book.render.pdf.fontbank import share_fonts
from book.render.pdf.streams import SharedStreams

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from book.model import Book
    from book.render.pdf.paginate import Placed
    from book.render.pdf.record import Piece
    from book.store import Store

_A_FOLIO = b"/Artifact <</Type /Pagination>> BDC q /Folio Do Q EMC\n"


def bind(
    book: Book,
    placed: Sequence[Placed],
    folios: Sequence[Piece | None],
    fonts: Mapping[str, Path],
    store: Store,
) -> bytes:
    """The bytes of the bound volume; ``folios`` match ``placed``, piece by piece.

    ``fonts`` finds a font file by its SHA-256; ``store`` keeps their subsets.
    """
    pdf = pikepdf.new()
    shared = SharedStreams()
    structures = [
        _add_piece(pdf, one, folio, shared) for one, folio in zip(placed, folios, strict=True)
    ]
    _merge_structure(pdf, structures)
    _link(pdf)
    _destinations(pdf, placed)
    _outline(pdf, placed)
    _page_labels(pdf, placed)
    share_fonts(pdf, _resources(pdf, placed), fonts, store.keep)
    metadata.write(pdf, book)
    target = io.BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return target.getvalue()


def _add_piece(
    pdf: pikepdf.Pdf, placed: Placed, folio: Piece | None, shared: SharedStreams
) -> pikepdf.Object:
    """Append a piece's pages, its folios over them and a blank one if it ends on a recto.

    Returns its structure tree's root, copied into ``pdf``.
    """
    while len(pdf.pages) < placed.first:
        _add_blank(pdf)
    source = pikepdf.open(io.BytesIO(placed.piece.data))
    first = len(pdf.pages)
    pdf.pages.extend(source.pages)
    shared.take(pdf.pages[first].obj.Resources)
    if folio is not None:
        overlay = pikepdf.open(io.BytesIO(folio.data))
        for page, leaf in zip(list(pdf.pages)[first:], overlay.pages, strict=True):
            _lay_over(pdf, page, leaf, shared)
    if "/OutputIntents" not in pdf.Root and "/OutputIntents" in source.Root:
        pdf.Root.OutputIntents = pdf.copy_foreign(source.make_indirect(source.Root.OutputIntents))
    return pdf.copy_foreign(source.Root.StructTreeRoot)


def _resources(pdf: pikepdf.Pdf, placed: Sequence[Placed]) -> Iterator[pikepdf.Object]:
    """The resource dictionaries that hold fonts: a piece's and its folios' are one for all."""
    for one in placed:
        resources = pdf.pages[one.first].obj.Resources
        yield resources
        last = pdf.pages[one.first + one.piece.record.pages - 1].obj.Resources
        for page in (resources, last):
            folio = page.get("/XObject", Dictionary()).get("/Folio")
            if folio is not None:
                yield folio.Resources


def _add_blank(pdf: pikepdf.Pdf) -> None:
    """A page of the size of the one before it, with nothing on it, not even a folio."""
    box = pdf.pages[-1].MediaBox
    page = Dictionary(Type=Name.Page, MediaBox=Array(list(box)), Resources=Dictionary())
    page.Contents = pdf.make_stream(b"")
    page.Tabs = Name.S
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def _lay_over(
    pdf: pikepdf.Pdf, page: pikepdf.Page, leaf: pikepdf.Page, shared: SharedStreams
) -> None:
    """Put the folio ``leaf`` on ``page`` as an artifact, which no screen reader speaks."""
    if not leaf.Contents.read_bytes().strip():
        return
    form = pdf.copy_foreign(leaf.as_form_xobject())
    shared.take(form.Resources)
    resources = Dictionary(dict(page.obj.Resources))
    objects = Dictionary(dict(resources.get("/XObject", Dictionary())))
    objects["/Folio"] = form
    resources["/XObject"] = objects
    page.obj.Resources = resources
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n" + _A_FOLIO)


def _merge_structure(pdf: pikepdf.Pdf, roots: Sequence[pikepdf.Object]) -> None:
    """One structure tree: every piece's elements under one Document, all keys renumbered."""
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    numbers, ids, key = Array(), [], 0
    structured = iter([page for page in pdf.pages if "/StructParents" in page.obj])
    for root in roots:
        moved: dict[int, int] = {}
        nums = list(root.ParentTree.Nums)
        for old, entry in zip(nums[::2], nums[1::2], strict=True):
            moved[int(old)] = key
            numbers.append(key)
            numbers.append(entry)
            key += 1
        pages = sum(1 for entry in nums[1::2] if isinstance(entry, pikepdf.Array))
        for _ in range(pages):
            _renumber(next(structured).obj, moved)
        for top in root.K:
            for element in top.K:
                element.P = document
                document.K.append(element)
    tree = pdf.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=Array([document]),
            ParentTree=pdf.make_indirect(Dictionary(Nums=numbers)),
            ParentTreeNextKey=key,
        )
    )
    document.P = tree
    ids = sorted((bytes(element.ID), element) for element in _with_id(document))
    if ids:
        flat = Array()
        for name, element in ids:
            flat.append(String(name))
            flat.append(element)
        tree.IDTree = pdf.make_indirect(Dictionary(Names=flat))
    pdf.Root.StructTreeRoot = tree


def _renumber(page: pikepdf.Object, moved: dict[int, int]) -> None:
    page.StructParents = moved[int(page.StructParents)]
    for annotation in page.get("/Annots", ()):
        if "/StructParent" in annotation:
            annotation.StructParent = moved[int(annotation.StructParent)]


def _with_id(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if "/ID" in one:
            yield one
        kids = one.get("/K", ())
        every = kids if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _link(pdf: pikepdf.Pdf) -> None:
    """``dest:ID`` addresses become links to named destinations."""
    prefix = LINK.encode()
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            action = annotation.get("/A")
            if action is None or "/URI" not in action:
                continue
            address = bytes(action.URI)
            if address.startswith(prefix):
                name = String(address.removeprefix(prefix).decode("utf-8"))
                annotation.A = Dictionary(S=Name.GoTo, D=name)


def _destinations(pdf: pikepdf.Pdf, placed: Sequence[Placed]) -> None:
    """Every id of the book is a named destination at its left upper corner."""
    pages = list(pdf.pages)
    found: dict[bytes, Array] = {}
    for one in placed:
        record = one.piece.record
        for anchor, page in record.anchors.items():
            x, y = record.positions[anchor]
            place = [pages[one.first + page].obj, Name.XYZ, round(x, 2), round(y, 2), None]
            found.setdefault(anchor.encode(), Array(place))
    names = Array()
    for name in sorted(found):
        names.extend([String(name.decode()), found[name]])
    pdf.Root.Names = pdf.make_indirect(Dictionary(Dests=pdf.make_indirect(Dictionary(Names=names))))


def _outline(pdf: pikepdf.Pdf, placed: Sequence[Placed]) -> None:
    """All headings, nested by level, closed below the chapters."""
    with pdf.open_outline() as outline:
        for one in placed:
            stack: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, outline.root)]
            for identity, level, text in one.sheet.headings:
                page = one.piece.record.anchors.get(identity)
                if page is None:
                    continue
                x, y = one.piece.record.positions[identity]
                item = pikepdf.OutlineItem(text, one.first + page, "XYZ", left=x, top=y)
                item.is_closed = True
                while stack[-1][0] >= level:
                    stack.pop()
                stack[-1][1].append(item)
                stack.append((level, item.children))


def _page_labels(pdf: pikepdf.Pdf, placed: Sequence[Placed]) -> None:
    """Page labels as printed: roman, then arabic; the cover is named."""
    styles = {"roman": Name.r, "arabic": Name.D}
    nums, last = Array(), ""
    for one in placed:
        numbering = one.sheet.numbering
        if numbering == last:
            continue
        last = numbering
        if numbering == "none":
            label = Dictionary(P=String(one.sheet.headings[0][2]))
        else:
            label = Dictionary(S=styles[numbering], St=one.number)
        nums.append(one.first)
        nums.append(label)
    pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=nums))
