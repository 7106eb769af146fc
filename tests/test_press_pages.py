"""Single pages for a press: inks for colours, what is transparent, what is near an edge."""

from __future__ import annotations

import io

import pikepdf
import pytest

from book.press import x4
from book.press.colour import Press, convert, tokens
from book.press.errors import PressError
from book.press.flat import transparent
from book.press.paper import MM
from book.press.pictures import shown
from book.press.reach import Margins, Reach, reaching
from tests import inks

PRESS = Press(inks.profile(), {})


def test_tokens_are_four_shares_of_ink() -> None:
    assert tokens(":root { --cmyk-AABBCC: 0, 50%, 1, 0.25 }") == {"aabbcc": (0, 0.5, 1, 0.25)}
    for wrong in ("1 2 3 4", "0 0 0", "red"):
        with pytest.raises(PressError, match="is no ink"):
            tokens(f":root {{ --cmyk-aabbcc: {wrong} }}")


def test_greys_are_black_ink_alone() -> None:
    assert PRESS.ink(0, 0, 0) == (0, 0, 0, 1)
    assert PRESS.ink(255, 255, 255) == (0, 0, 0, 0)
    assert PRESS.ink(51, 51, 51) == pytest.approx((0, 0, 0, 0.8))
    cyan, magenta, yellow, black = PRESS.ink(255, 0, 0)
    assert magenta > 0.8
    assert yellow > 0.8
    assert cyan < 0.1
    assert black < 0.1


def test_words_that_look_like_colours_are_left_alone() -> None:
    """Strings are passed over; what follows them is not."""
    said = rb"(0 0 0 rg \) 1 0 0 RG) Tj <30203020> Tj 0 0 0 rg .5 .5 .5 RG"
    assert PRESS.operators(
        said
    ) == rb"(0 0 0 rg \) 1 0 0 RG) Tj <30203020> Tj 0 0 0 1 k 0 0 0 0.4980 K".replace(
        b"0.4980", b"0.498"
    )


def test_gradients_are_converted_with_their_stops() -> None:
    pdf = pikepdf.new()
    steps = [
        pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0], C1=[1, 0, 0])
        for _ in range(2)
    ]
    whole = pikepdf.Dictionary(
        FunctionType=3, Domain=[0, 1], Functions=steps, Bounds=[0.5], Encode=[0, 1, 0, 1]
    )
    shading = pdf.make_indirect(
        pikepdf.Dictionary(ShadingType=2, ColorSpace=pikepdf.Name.DeviceRGB, Function=whole)
    )
    pdf.add_blank_page()
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(Shading=pikepdf.Dictionary(S=shading))
    convert(pdf, PRESS)
    assert shading.ColorSpace == "/DeviceCMYK"
    assert [float(one) for one in shading.Function.Functions[1].C0] == [0, 0, 0, 1]
    assert len(shading.Function.Functions[0].C1) == 4


def test_what_is_not_for_a_press_is_seen() -> None:
    """Each flaw is named: a colour, a font, a box, an annotation."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0].obj
    page.Annots = pikepdf.Array([])
    page.Resources = pikepdf.Dictionary(
        ColorSpace=pikepdf.Dictionary(C=pikepdf.Name.DeviceRGB),
        Font=pikepdf.Dictionary(
            F=pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name.Courier,
                )
            )
        ),
    )
    data = io.BytesIO()
    pdf.save(data)
    with pikepdf.open(data) as read:
        found = " ".join(x4.flaws(read))
    for words in ("colour of the screen", "Courier is not embedded", "no trim box", "annotations"):
        assert words in found
    with pytest.raises(PressError, match="not PDF/X-4"):
        x4.checked(data.getvalue())


def test_a_file_without_pictures_has_none() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    assert list(shown(pdf)) == []


def page_of(*parts: str) -> pikepdf.Pdf:
    """Pages of 100 by 200 mm, with operators in millimetres."""
    pdf = pikepdf.new()
    for part in parts:
        page = pdf.add_blank_page(page_size=(100 * MM, 200 * MM))
        page.obj.Contents = pdf.make_stream(f"{MM} 0 0 {MM} 0 0 cm {part}".encode())
    return pdf


def test_what_is_printed_near_an_edge_is_found_at_its_side() -> None:
    """The inner edge is at the left of right pages; what goes over the edge has no distance."""
    block = "{} {} {} {} re f".format
    pdf = page_of(
        block(20, 20, 60, 160),
        block(20, 20, 75, 160),  # a left page: 5 mm from its outer edge, at the left none
        block(5, 20, 60, 160),  # a right page: 5 mm from the spine
        block(20, 2, 60, 198),
        "1 g " + block(0, 0, 100, 200) + " 0 g",
    )
    found = list(reaching(pdf, Margins(12, 8, 0)))
    assert [(one.page, one.side) for one in found] == [
        (1, "right"),
        (2, "left"),
        (3, "top"),
        (3, "bottom"),
    ]
    assert [one.apart for one in found] == pytest.approx([5, 5, 0, 2], abs=0.5)
    assert found[2] == Reach(3, "top", 0.0)
    assert list(reaching(pdf, Margins(0, 0, 0))) == []


def test_what_is_transparent_is_found_on_its_page() -> None:
    """A faint state, a picture with a mask, the same within a form; a state that covers is none."""
    pdf = pikepdf.new()
    for _ in range(4):
        pdf.add_blank_page()
    faint = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(A=pikepdf.Dictionary(ca=0.5)))
    mask = pikepdf.Stream(pdf, b"", Subtype=pikepdf.Name.Image)
    image = pikepdf.Stream(pdf, b"", Subtype=pikepdf.Name.Image, SMask=pdf.make_indirect(mask))
    form = pikepdf.Stream(pdf, b"", Subtype=pikepdf.Name.Form, Resources=faint)
    plain = pikepdf.Dictionary(ca=1, BM=pikepdf.Name.Normal, SMask=pikepdf.Name("/None"))
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    pdf.pages[1].obj.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(A=plain))
    pdf.pages[2].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    assert list(transparent(pdf)) == [0, 2]


def test_a_mask_that_hides_nothing_goes() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()

    def picture(alpha: bytes) -> pikepdf.Stream:
        grey = {"Subtype": pikepdf.Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8}
        mask = pikepdf.Stream(pdf, alpha, ColorSpace=pikepdf.Name.DeviceGray, **grey)
        made = pikepdf.Stream(pdf, b"\0", ColorSpace=pikepdf.Name.DeviceGray, **grey)
        made.SMask = pdf.make_indirect(mask)
        return pdf.make_indirect(made)

    shown = {"/A": picture(b"\xff"), "/B": picture(b"\x80")}
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(shown))
    convert(pdf, PRESS)
    assert ["/SMask" in one for one in shown.values()] == [False, True]
