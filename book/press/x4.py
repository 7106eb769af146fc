"""A file for a print shop: PDF/X-4 (ISO 15930-7), with boxes, bleed and crop marks.

Based on PDF 1.6: header and features; the output intent (6.2.3) with its profile inside; trim,
bleed and media boxes (6.7); no annotations, actions, or encryption; metadata (6.5.2, 6.5.3) and an
identifier (6.6). What serves a screen goes: links, outline, tags.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from book.press.colour import Press, convert, is_for_screens
from book.press.errors import PressError
from book.press.objects import dictionaries, streams
from book.press.paper import MM
from book.theme.templates import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

_KEPT = {"/Type", "/Pages", "/Lang"}
#: Of a page; what lies on it (links) and in what order it is read goes.
_OF_PAGE = {"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources", "/Group"}
#: Crop marks begin so far from the trimmed page at least, and are so long.
_AWAY, _LONG = 2 * MM, 5 * MM


class Edges(Struct, frozen=True):
    """How far colour goes over the edge, in points, and whether it is marked where to cut.

    With ``outside`` only, it does not go over the edge at the spine, ``rightward`` being that of a
    book bound on the right.
    """

    bleed: float
    marks: bool
    outside: bool = False
    rightward: bool = False


class About(Struct, frozen=True):
    """What the file says of itself; ``moment`` is in the form of ISO 8601, in UTC."""

    title: str
    creator: str
    moment: str


def finish(pdf: pikepdf.Pdf, press: Press, drawn: float, shape: Edges, about: About) -> bytes:
    """The bytes of ``pdf``, which is used up, for the ``press``.

    Its pages are drawn with ``drawn`` points of bleed on each side. The same pages give the same
    bytes. Raises PressError for what no press prints.
    """
    convert(pdf, press)
    for number, page in enumerate(pdf.pages):
        _shape(pdf, page.obj, drawn, shape, is_right=number % 2 == int(shape.rightward))
    _describe(pdf, press, about)
    pdf.remove_unreferenced_resources()
    with BytesIO() as file:
        pdf.save(
            file,
            deterministic_id=True,
            encryption=False,
            force_version="1.6",
            fix_metadata_version=False,
        )
        return file.getvalue()


def _shape(pdf: pikepdf.Pdf, page: Any, drawn: float, shape: Edges, *, is_right: bool) -> None:
    """Give a page its boxes (ISO 32000-1, 14.11.2), and marks beyond its bleed."""
    x0, y0, x1, y1 = (float(one) for one in page.MediaBox)
    trim = (x0 + drawn, y0 + drawn, x1 - drawn, y1 - drawn)
    left = right = shape.bleed
    if shape.outside:
        left, right = (0.0, right) if is_right else (left, 0.0)
    bleed = (trim[0] - left, trim[1] - shape.bleed, trim[2] + right, trim[3] + shape.bleed)
    room = max(shape.bleed, _AWAY) + _LONG - shape.bleed if shape.marks else 0.0
    media = (bleed[0] - room, bleed[1] - room, bleed[2] + room, bleed[3] + room)
    for key in set(page.keys()) - _OF_PAGE:
        del page[key]
    boxes = {"/MediaBox": media, "/CropBox": media, "/BleedBox": bleed, "/TrimBox": trim}
    for name, box in boxes.items():
        page[name] = _array(box)
    parts = streams(page.get("/Contents"))
    edges = (bleed[0], bleed[1], bleed[2] - bleed[0], bleed[3] - bleed[1])
    clip = "q {:.4f} {:.4f} {:.4f} {:.4f} re W n\n".format(*edges)
    end = "\nQ\n" + (_marks(trim, shape.bleed) if shape.marks else "")
    around = [pdf.make_stream(one.encode("ascii")) for one in (clip, end)]
    page["/Contents"] = _array_of([around[0], *parts, around[1]])
    if "/Resources" not in page:
        page["/Resources"] = _dictionary()


def _marks(trim: tuple[float, float, float, float], bleed: float) -> str:
    """Where to cut, at each corner, in all inks, beyond the bleed."""
    away = max(bleed, _AWAY)
    lines = ["q 1 1 1 1 K 0.25 w"]
    for x, out in ((trim[0], -1), (trim[2], 1)):
        for y, up in ((trim[1], -1), (trim[3], 1)):
            lines.append(
                f"{x + out * away:.3f} {y:.3f} m {x + out * (away + _LONG):.3f} {y:.3f} l S"
            )
            lines.append(f"{x:.3f} {y + up * away:.3f} m {x:.3f} {y + up * (away + _LONG):.3f} l S")
    return "\n".join([*lines, "Q"])


def _describe(pdf: pikepdf.Pdf, press: Press, about: About) -> None:
    """Catalog, output intent, metadata."""
    import pikepdf

    for key in set(pdf.Root.keys()) - _KEPT:
        del pdf.Root[key]
    profile = pdf.make_stream(press.profile, N=4)
    condition = press.name or "Custom"
    pdf.Root.OutputIntents = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.OutputIntent,
                S=pikepdf.Name.GTS_PDFX,
                OutputConditionIdentifier=condition,
                OutputCondition=condition,
                Info=condition,
                DestOutputProfile=profile,
            )
        ]
    )
    _inform(pdf, about)
    digest = hashlib.sha256(f"{about.title}\n{about.moment}\n{len(pdf.pages)}".encode()).hexdigest()
    names = ("author", "subject", "keywords")
    said = {name: str(pdf.docinfo.get(f"/{name.title()}", "")) for name in names}
    packet = (
        environment()
        .get_template("press.xmp")
        .render(
            said=said,
            about=about,
            identifier=f"uuid:{digest[:8]}-{digest[8:12]}-{digest[12:16]}-"
            f"{digest[16:20]}-{digest[20:32]}",
        )
    )
    metadata = pikepdf.Stream(pdf, packet.encode())
    metadata.Type, metadata.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadata)


def _inform(pdf: pikepdf.Pdf, about: About) -> None:
    """The document information dictionary (ISO 32000-1, 14.3.3)."""
    import pikepdf

    for key in set(pdf.docinfo.keys()) - {"/Title", "/Author", "/Subject", "/Keywords"}:
        del pdf.docinfo[key]
    stamp = "D:" + "".join(one for one in about.moment if one.isdigit())[:14] + "Z"
    pdf.docinfo["/Title"] = about.title
    pdf.docinfo["/Creator"] = pdf.docinfo["/Producer"] = about.creator
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp
    pdf.docinfo["/Trapped"] = pikepdf.Name("/False")
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-4"


def flaws(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What keeps ``pdf`` from being PDF/X-4, of what can be seen in its objects, in words."""
    if pdf.is_encrypted:
        yield "it is encrypted"
    for thing in dictionaries(pdf):
        if any(is_for_screens(thing.get(name)) for name in ("/ColorSpace", "/CS")):
            yield "there is a colour of the screen"
        is_font = thing.get("/Type") == "/Font" and thing.get("/Subtype") != "/Type0"
        if is_font and not _is_embedded(thing):
            yield f"the font {thing.get('/BaseFont')} is not embedded"
    for number, page in enumerate(pdf.pages, 1):
        if "/TrimBox" not in page.obj:
            yield f"page {number} has no trim box"
        if "/Annots" in page.obj:
            yield f"page {number} has annotations"


def _is_embedded(font: Any) -> bool:
    about = font.get("/FontDescriptor")
    if font.get("/Subtype") == "/Type3":
        return True
    return about is not None and any(f"/FontFile{one}" in about for one in ("", "2", "3"))


def checked(data: bytes) -> bytes:
    """``data``, a file that is PDF/X-4 as far as can be seen; raises PressError if it isn't."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        found = list(dict.fromkeys(flaws(pdf)))
    if found:
        raise PressError(f"The file for the press is not PDF/X-4: {'; '.join(found[:5])}.")
    return data


def _array(box: tuple[float, ...]) -> Any:
    import pikepdf

    return pikepdf.Array([round(one, 4) for one in box])


def _array_of(things: list[Any]) -> Any:
    import pikepdf

    return pikepdf.Array(things)


def _dictionary() -> Any:
    import pikepdf

    return pikepdf.Dictionary()
