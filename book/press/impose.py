"""Pages laid on sheets: each is drawn whole, as a form, so letters and lines stay what they are.

ISO 32000-1: form XObjects 8.10, page boundaries 14.11.2, viewer preferences 12.2. What belongs to
reading on a screen goes: links, outline, and the tags, whose order is no longer that of the pages.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from book.press import howto, marks
from book.press.errors import PressError
from book.press.fold import PER_SHEET, SheetFace, faces, signatures
from book.press.paper import MM, Paper, halves, paper_for, scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pikepdf

#: What stays of the file's catalog: colours, layers, language.
_KEPT = {"/Type", "/Pages", "/Lang", "/OCProperties", "/OutputIntents"}
#: What stays of what the file says of itself; no dates.
_SAID = ("/Title", "/Author", "/Subject", "/Keywords")


class Folding(Struct, frozen=True):
    """How a booklet is to be made.

    ``signature`` is the pages of one, 0 for a single one; ``paper`` is None for the smallest that
    does; ``creep`` is by how much, in points, each sheet pushes out the one that lies in it.
    """

    signature: int = 0
    paper: Paper | None = None
    creep: float = 0.0
    marks: bool = False
    howto: bool = False


class Booklet(Struct, frozen=True):
    """A booklet, and what was made of the wish: ``scale`` is 1 if pages kept their size.

    ``pages`` are those of the book, ``blank`` those that the fold added, ``signatures`` the pages
    of each; ``shift`` is the furthest that a page was moved for the creep, in points.
    """

    data: bytes
    paper: Paper
    scale: float
    pages: int
    blank: int
    signatures: tuple[int, ...]
    shift: float
    rightward: bool

    @property
    def sheets(self) -> int:
        """How many sheets are folded; one that says how to print it is not among them."""
        return sum(self.signatures) // PER_SHEET


class PageForm(Struct, frozen=True):
    """A page as a form: the lower left corner of its box when drawn, and its size, in points."""

    form: pikepdf.Object
    left: float
    bottom: float
    width: float
    height: float


def impose(pdf: pikepdf.Pdf, order: Sequence[int | None], wish: Folding) -> Booklet:
    """The pages of ``pdf`` in ``order``, None for a blank one, as a booklet; ``pdf`` is used up.

    The same pages and wish give the same bytes. Raises PressError if they can't be laid so.
    """
    if all(number is None for number in order):
        raise PressError("There are no pages to print.")
    rightward = reads_rightward(pdf)
    settle(pdf)
    forms = {number: form_of(pdf, number) for number in order if number is not None}
    width = max(one.width for one in forms.values())
    height = max(one.height for one in forms.values())
    sheet = wish.paper or paper_for(width, height)
    size, factor = halves(sheet, width, height), scale(sheet, width, height)
    made = _folded(len(order), wish, rightward)
    shift = max(face.depth for face in made) * wish.creep
    if shift > width * factor / 8:
        raise PressError(
            f"The innermost pages would move by {shift / MM:.1f} mm, into the fold. "
            "Make thinner signatures: --signature 32, say."
        )
    room = marks.Bed(*size, width * factor, height * factor, several=bool(wish.signature))
    drawn = [_face(face, order, forms, room, (factor, wish)) for face in made]
    sizes = signatures(len(order), wish.signature)
    told = howto.Binding(sheet.name, len(made) // 2, sizes, rightward, shift > 0)
    front = howto.sheet(*size, told) if wish.howto else []
    replaced(pdf, size, [*front, *drawn])
    pages = len(order) - order.count(None)
    blank = len(made) * 2 - pages
    return Booklet(saved(pdf, rightward), sheet, factor, pages, blank, sizes, shift, rightward)


def reads_rightward(pdf: pikepdf.Pdf) -> bool:
    """Whether the book is bound on the right: as it says itself, else by its language's script."""
    from babel import Locale, UnknownLocaleError

    said = pdf.Root.get("/ViewerPreferences")
    if said is not None and "/Direction" in said:
        return str(said["/Direction"]) == "/R2L"
    try:
        locale = Locale.parse(str(pdf.Root.get("/Lang", "en")), sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return locale.character_order == "right-to-left"


def _folded(count: int, wish: Folding, rightward: bool) -> tuple[SheetFace, ...]:
    try:
        return faces(count, wish.signature, rightward=rightward)
    except ValueError:
        raise PressError(
            f"A signature of {wish.signature} pages can't be folded: each sheet has four. "
            f"Take {max(4, round(wish.signature / 4) * 4)}."
        ) from None


def settle(pdf: pikepdf.Pdf) -> None:
    """Draw into the pages what lies on them and is printed, such as filled forms and stamps."""
    for page in pdf.pages:
        if any("/AP" in one for one in page.get("/Annots", ())):
            pdf.flatten_annotations("print")
            return


def form_of(pdf: pikepdf.Pdf, number: int) -> PageForm:
    """Page ``number`` as it is seen: cut to its trim box, turned upright, in its own size."""
    form = pdf.pages[number].as_form_xobject()
    a, b, c, d, e, f = (float(one) for one in form.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    x0, y0, x1, y1 = (float(one) for one in form["/BBox"])
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    across, up = zip(*corners, strict=True)
    wide, high = max(across) - min(across), max(up) - min(up)
    if not (wide > 0 and high > 0):
        raise PressError(f"Page {number + 1} has no size.")
    return PageForm(form, min(across), min(up), wide, high)


def _face(
    face: SheetFace,
    order: Sequence[int | None],
    forms: dict[int, PageForm],
    room: marks.Bed,
    how: tuple[float, Folding],
) -> tuple[bytes, dict[str, pikepdf.Object]]:
    """What is drawn on a face of a sheet: the operators, and the forms that they name.

    A page of an inner sheet is moved towards the fold by what the sheets around it push it out,
    and nothing of it comes to lie beyond the fold.
    """
    factor, wish = how
    lines: list[str] = []
    used: dict[str, pikepdf.Object] = {}
    for name, place, side in (("/L", face.left, -1), ("/R", face.right, 1)):
        number = None if place is None or place >= len(order) else order[place]
        if number is None:
            continue
        page = forms[number]
        middle = room.fold + side * (room.page_width / 2 - face.depth * wish.creep)
        x = middle - page.width * factor / 2 - page.left * factor
        y = (room.height - page.height * factor) / 2 - page.bottom * factor
        edge = 0.0 if side < 0 else room.fold
        lines.append(f"q {edge:.4f} 0 {room.fold:.4f} {room.height:.4f} re W n")
        lines.append(f"{factor:.6f} 0 0 {factor:.6f} {x:.4f} {y:.4f} cm {name} Do Q")
        used[name] = page.form
    if wish.marks:
        lines.append(marks.drawn(face, room))
    return "\n".join(lines).encode("ascii"), used


def replaced(
    pdf: pikepdf.Pdf,
    size: tuple[float, float],
    drawn: Sequence[tuple[bytes, dict[str, pikepdf.Object]]],
) -> None:
    """The pages of ``pdf`` are those that were ``drawn``, all of one ``size``."""
    import pikepdf

    del pdf.pages[:]
    font = pdf.make_indirect(howto.font())
    for content, used in drawn:
        fonts = pikepdf.Dictionary(F=font) if b" Tf" in content else pikepdf.Dictionary()
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(size[0], 4), round(size[1], 4)],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(used), Font=fonts),
            Contents=pdf.make_stream(content),
        )
        pdf.pages.append(pikepdf.Page(page))


def saved(pdf: pikepdf.Pdf, rightward: bool) -> bytes:
    """The bytes of ``pdf``, with what a print dialog may take from it, and nothing of the day."""
    import pikepdf

    for key in set(pdf.Root.keys()) - _KEPT:
        del pdf.Root[key]
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(
        Duplex=pikepdf.Name.DuplexFlipShortEdge,
        PrintScaling=pikepdf.Name("/None"),
        PickTrayByPDFSize=True,
        Direction=pikepdf.Name("/R2L" if rightward else "/L2R"),
    )
    for key in set(pdf.docinfo.keys()) - set(_SAID):
        del pdf.docinfo[key]
    with BytesIO() as file:
        pdf.save(
            file,
            deterministic_id=True,
            encryption=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return file.getvalue()
