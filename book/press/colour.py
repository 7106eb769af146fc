"""Colours for a press: what is meant for a screen becomes cyan, magenta, yellow and black.

Black and greys are black ink alone, so that small type has no coloured edge. A colour that the
theme has an answer for gets that: ``--cmyk-8f2418: 20% 95% 100% 15%`` in ``styles/tokens.css`` is
how ``#8f2418`` is printed. All others are converted by the profile of the press (ICC.1), relative
to its paper, with black points matched. ISO 32000-1: colour operators 8.6.8, shadings 8.7.4.5,
images 8.9.5.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from book.press.errors import PressError
from book.press.objects import dictionaries, streams

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pikepdf
    from PIL.Image import Image

_NUMBER = rb"[-+]?(?:\d+\.?\d*|\.\d+)"
#: Strings are passed over, whatever they hold; then a colour, or a colour space by its name.
_OPERATORS = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>"
    rb"|(?<![\w./#+-])(" + rb"\s+".join([rb"(" + _NUMBER + rb")"] * 3) + rb")\s+(rg|RG)(?![\w])",
    re.DOTALL,
)
_TOKEN = re.compile(r"--cmyk-([0-9a-fA-F]{6})\s*:\s*([^;}]+)")
_RELATIVE, _BLACK_POINT = 1, 0x2000
_NAMED = re.compile(rb"/(\S+)\s+(?:cs|CS)\b")
Ink = tuple[float, float, float, float]


def tokens(css: str) -> dict[str, Ink]:
    """The colours that a style sheet gives inks for, by six hexadecimal digits.

    Raises PressError for what is not four shares of ink.
    """
    found = {}
    for name, said in _TOKEN.findall(css):
        words = said.replace(",", " ").split()
        try:
            shares = [float(one.removesuffix("%")) / (100 if "%" in one else 1) for one in words]
        except ValueError:
            shares = []
        if len(shares) != 4 or not all(0 <= one <= 1 for one in shares):
            raise PressError(
                f"`--cmyk-{name}: {said.strip()}` is no ink. Write four shares, such as "
                "0 90% 80% 10%."
            )
        found[name.lower()] = (shares[0], shares[1], shares[2], shares[3])
    return found


def is_profile(data: bytes) -> bool:
    """Whether ``data`` are an ICC profile of four inks (ICC.1, 7.2)."""
    return data[16:20] == b"CMYK" and data[36:40] == b"acsp"


class Press:
    """Converts colours and pictures for the press of an ICC ``profile``; ``own`` are a theme's."""

    def __init__(self, profile: bytes, own: Mapping[str, Ink]) -> None:
        from PIL import ImageCms

        self.profile, self._own = profile, own
        if not is_profile(profile):
            raise PressError(
                "The profile of the press is no ICC profile of cyan, magenta, yellow and black."
            )
        try:
            press = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            self.name = ImageCms.getProfileDescription(press).strip()
            screen = ImageCms.createProfile("sRGB")
            flags = ImageCms.Flags(_BLACK_POINT)
            intent = ImageCms.Intent(_RELATIVE)
            self._transform = ImageCms.buildTransform(screen, press, "RGB", "CMYK", intent, flags)
        except (ImageCms.PyCMSError, OSError) as problem:
            raise PressError(f"The profile of the press can't be used: {problem}.") from None
        self.ink = lru_cache(4096)(self._ink)

    def _ink(self, red: int, green: int, blue: int) -> Ink:
        """How a colour of the screen (sRGB, 0 to 255) is printed, in shares of ink."""
        from PIL import Image, ImageCms

        if own := self._own.get(f"{red:02x}{green:02x}{blue:02x}"):
            return own
        if red == green == blue:
            return 0.0, 0.0, 0.0, 1 - red / 255
        dot = Image.new("RGB", (1, 1), (red, green, blue))
        done = ImageCms.applyTransform(dot, self._transform)
        cyan, magenta, yellow, black = done.tobytes() if done else b"\0\0\0\xff"
        return cyan / 255, magenta / 255, yellow / 255, black / 255

    def of_shares(self, shares: Iterable[float]) -> Ink:
        """The inks of red, green and blue as shares of one."""
        red, green, blue = (round(min(max(one, 0.0), 1.0) * 255) for one in shares)
        return self.ink(red, green, blue)

    def operators(self, content: bytes) -> bytes:
        """``content`` with inks for colours of the screen."""

        def put(found: re.Match[bytes]) -> bytes:
            if not found[1]:
                return found[0]
            inks = self.of_shares(float(found[at]) for at in (2, 3, 4))
            operator = b"k" if found[5] == b"rg" else b"K"
            return b"%s %s" % (" ".join(f"{ink:.4g}" for ink in inks).encode(), operator)

        return _OPERATORS.sub(put, content)

    def picture(self, image: Image) -> Image:
        """``image`` in inks; in grey, if all of it is."""
        from PIL import ImageCms

        image = image.convert("RGB")
        red, green, blue = image.split()
        if red.tobytes() == green.tobytes() == blue.tobytes():
            return red
        done = ImageCms.applyTransform(image, self._transform)
        if done is None:
            raise PressError("A picture can't be converted for the press.")
        return done


def convert(pdf: pikepdf.Pdf, press: Press) -> None:
    """Every colour of ``pdf`` in inks: of text and lines, of gradients, of pictures."""
    import pikepdf

    contents = {one.objgen for page in pdf.pages for one in streams(page.obj.get("/Contents"))}
    named: set[bytes] = set()
    for thing in dictionaries(pdf):
        if isinstance(thing, pikepdf.Stream):
            if thing.get("/Subtype") == "/Image":
                _convert_image(thing, press)
            elif thing.objgen in contents or _is_drawn(thing):
                before = thing.read_bytes()
                after = press.operators(before)
                named.update(_NAMED.findall(after))
                if after != before:
                    thing.write(after)
        _convert_dictionary(thing, press)
    for thing in dictionaries(pdf):
        _forget_spaces(thing, named)


def _forget_spaces(thing: Any, named: set[bytes]) -> None:
    """Of the colour spaces of a page, those that nothing names go; raises PressError for others."""
    import pikepdf

    spaces = thing.get("/ColorSpace")
    if not isinstance(spaces, pikepdf.Dictionary):
        return
    for name in [str(one) for one in spaces if is_for_screens(spaces[str(one)])]:
        if name.removeprefix("/").encode() in named:
            raise PressError(
                "A colour of the styles is written in a way that can't be converted for the press. "
                "Write it as #rrggbb."
            )
        del spaces[name]


def is_for_screens(space: Any) -> bool:
    """Whether a colour space is that of a screen, or of no device (ISO 32000-1, 8.6)."""
    import pikepdf

    if isinstance(space, pikepdf.Dictionary):
        return any(is_for_screens(one) for one in space.values())
    if isinstance(space, pikepdf.Array) and len(space):
        if space[0] == "/ICCBased":
            return bool(space[1].get("/N") == 3)
        return space[0] in {"/CalRGB", "/Lab"} or any(is_for_screens(one) for one in space)
    return bool(space in {"/DeviceRGB", "/CalRGB"})


def _is_drawn(stream: Any) -> bool:
    """Whether a stream holds operators: that of a form, or of a pattern of tiles."""
    return bool(stream.get("/Subtype") == "/Form" or stream.get("/PatternType") == 1)


def _convert_dictionary(thing: Any, press: Press) -> None:
    """Gradients, and the groups in which what is transparent is mixed (11.6.6)."""
    import pikepdf

    if "/ShadingType" in thing and is_for_screens(thing.get("/ColorSpace")):
        thing.ColorSpace = pikepdf.Name.DeviceCMYK
        _convert_function(thing.Function, press)
        if "/Background" in thing:
            thing.Background = pikepdf.Array(press.of_shares(map(float, thing.Background)))
    if thing.get("/S") == "/Transparency" and is_for_screens(thing.get("/CS")):
        thing.CS = pikepdf.Name.DeviceCMYK


def _convert_function(function: Any, press: Press) -> None:
    """A function of a gradient: from one colour to another, or several such in a row (7.10)."""
    import pikepdf

    if isinstance(function, pikepdf.Array):
        raise PressError("A gradient is made in a way that can't be converted for the press.")
    if function.FunctionType == 3:
        for one in function.Functions:
            _convert_function(one, press)
    elif function.FunctionType == 2:
        for name in ("/C0", "/C1"):
            if len(function[name]) == 3:
                function[name] = pikepdf.Array(press.of_shares(map(float, function[name])))
    else:
        raise PressError("A gradient is made in a way that can't be converted for the press.")


def _convert_image(image: Any, press: Press) -> None:
    import pikepdf

    _drop(image, "/Interpolate")
    if "/SMask" in image and _is_opaque(image.SMask):
        _drop(image, "/SMask")
    if image.get("/ImageMask") or image.get("/ColorSpace") in {"/DeviceGray", "/DeviceCMYK"}:
        return
    try:
        seen = pikepdf.PdfImage(image)
        as_jpeg = "/DCTDecode" in seen.filters
        made = press.picture(seen.as_pil_image())
    except (NotImplementedError, pikepdf.PdfError, OSError) as problem:
        raise PressError(f"A picture can't be converted for the press: {problem}.") from None
    space = pikepdf.Name.DeviceGray if made.mode == "L" else pikepdf.Name.DeviceCMYK
    image.ColorSpace, image.BitsPerComponent = space, 8
    _drop(image, "/DecodeParms", "/Decode")
    if not as_jpeg:
        image.write(made.tobytes())
        return
    with io.BytesIO() as file:
        made.save(file, "JPEG", quality=95, subsampling=0)
        image.write(file.getvalue(), filter=pikepdf.Name.DCTDecode)
    if made.mode == "CMYK":  # Pillow writes it as Photoshop does, upside down.
        image.Decode = pikepdf.Array([1, 0] * 4)


def _is_opaque(mask: Any) -> bool:
    """Whether a mask of a picture (ISO 32000-1, 11.6.5.3) hides nothing of it."""
    import pikepdf

    try:
        return bool(pikepdf.PdfImage(mask).as_pil_image().convert("L").getextrema() == (255, 255))
    except (NotImplementedError, pikepdf.PdfError, OSError):
        return False


def _drop(thing: Any, *names: str) -> None:
    for name in names:
        if name in thing:
            del thing[name]
