"""One copy of each font in the bound file, subset to the glyphs of the whole book.

A piece holds only a deposit slip for each font: its kind and the SHA-256 of its file. Binding
gathers the glyphs that all pieces use, subsets the font once, keeping glyph numbers, and lets
every piece share it (ISO 32000-1, 9.7 and 9.9). A font that is not known by its digest has
been embedded by the piece itself and stays as it is.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

#: A slip is a font's first four bytes and a digest.
_SLIP = 4 + 32
_MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")


def slip(font: bytes) -> bytes:
    """What a piece keeps of a font file."""
    return font[:4] + hashlib.sha256(font).digest()


@dataclass(slots=True)
class _Account:
    """All that the pieces draw from one font; ``entries`` are where they name it."""

    entries: list[tuple[pikepdf.Object, str]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    texts: dict[int, bytes] = field(default_factory=dict)


def share_fonts(
    pdf: pikepdf.Pdf,
    holders: Iterable[pikepdf.Object],
    files: Mapping[str, Path],
    keep: Callable[[str, Callable[[], bytes]], bytes],
) -> None:
    """Give all fonts in the resource dictionaries ``holders`` one subset file each.

    ``files`` finds a font by its SHA-256; ``keep`` returns what is kept under a name, or makes
    it and keeps it.
    """
    accounts: dict[str, _Account] = {}
    seen: set[tuple[int, int]] = set()
    for holder in holders:
        fonts = holder.get("/Font")
        if fonts is None or fonts.objgen in seen:
            continue
        seen.add(fonts.objgen)
        for name in sorted(fonts.keys()):
            _deposit(fonts, name, accounts)
    for digest, account in sorted(accounts.items()):
        _settle(pdf, account, digest, files[digest], keep)


def _deposit(fonts: pikepdf.Object, name: str, accounts: dict[str, _Account]) -> None:
    """Enter a Type 0 font that holds a slip into its account."""
    font = fonts[name]
    if font.get("/Subtype") != Name.Type0:
        return
    descendant = font.DescendantFonts[0]
    data = _file(descendant.FontDescriptor)
    if len(data) != _SLIP:
        return
    account = accounts.setdefault(data[4:].hex(), _Account())
    account.entries.append((fonts, name))
    account.widths.update(_widths(descendant.W))
    if _is_plain(font):
        for glyph, text in _MAPPED.findall(font.ToUnicode.read_bytes()):
            # Where a running head is too long, its ellipsis stands for all that it leaves out.
            known = account.texts.get(int(glyph, 16), text)
            account.texts[int(glyph, 16)] = min(text, known, key=len)


def _file(descriptor: pikepdf.Object) -> bytes:
    for name in ("/FontFile2", "/FontFile3"):
        if name in descriptor:
            return bytes(descriptor[name].read_bytes())
    return b""


def _widths(runs: pikepdf.Object) -> dict[int, float]:
    """The glyph widths of a ``W`` array in its form ``first [w w w]`` (ISO 32000-1, 9.7.4.3)."""
    items, widths = list(runs), {}
    for first, values in zip(items[::2], items[1::2], strict=True):
        widths.update({int(first) + step: float(one) for step, one in enumerate(values)})
    return widths


def _settle(
    pdf: pikepdf.Pdf,
    account: _Account,
    digest: str,
    path: Path,
    keep: Callable[[str, Callable[[], bytes]], bytes],
) -> None:
    """Make one font of an account and hand it to all its users."""
    glyphs = sorted(account.texts.keys() | account.widths.keys())
    name = hashlib.sha256(f"{digest} {glyphs}".encode()).hexdigest()
    data = keep(name, lambda: _subset(path, glyphs))
    users = [fonts[entry] for fonts, entry in account.entries]
    shared = next((font for font in users if _is_plain(font)), users[0])
    descendant = shared.DescendantFonts[0]
    for key in ("/FontFile2", "/FontFile3"):
        if key in descendant.FontDescriptor:
            stream = descendant.FontDescriptor[key]
            stream.write(data)
            if key == "/FontFile2":
                stream.Length1 = len(data)
    descendant.W = _runs(account.widths)
    if _is_plain(shared):
        shared.ToUnicode = pdf.make_stream(_to_unicode(account.texts))
    for (fonts, entry), font in zip(account.entries, users, strict=True):
        if _is_plain(font):
            fonts[entry] = shared
        else:
            font.DescendantFonts = shared.DescendantFonts


def _is_plain(font: pikepdf.Object) -> bool:
    """Whether codes are glyph numbers; a font that lacks letters has a numbering of its own."""
    return bool(font.Encoding == Name("/Identity-H"))


def _runs(widths: Mapping[int, float]) -> Array:
    runs: list[tuple[int, list[float]]] = []
    for glyph, width in sorted(widths.items()):
        if runs and runs[-1][0] + len(runs[-1][1]) == glyph:
            runs[-1][1].append(width)
        else:
            runs.append((glyph, [width]))
    flat = Array()
    for first, values in runs:
        flat.append(first)
        flat.append(Array([int(one) if one == int(one) else one for one in values]))
    return flat


def _to_unicode(texts: Mapping[int, bytes]) -> bytes:
    """A ToUnicode CMap (ISO 32000-1, 9.10.3), at most a hundred characters a block."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    pairs = sorted(texts.items())
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{glyph:04x}> <{text.decode()}>" for glyph, text in block]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()


def _subset(path: Path, glyphs: list[int]) -> bytes:
    """The font at ``path`` with only ``glyphs``, their numbers kept, ready to be embedded."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(
        retain_gids=True,
        notdef_outline=True,
        recalc_timestamp=False,
        desubroutinize=True,
        hinting=False,
        layout_features=[],
        name_IDs=[],
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "DSIG", "SVG ", "kern"]
    font = TTFont(path, recalcTimestamp=False)
    subsetter = Subsetter(options)
    count = font["maxp"].numGlyphs
    subsetter.populate(gids=[glyph for glyph in glyphs if glyph < count])
    subsetter.subset(font)
    target = io.BytesIO()
    font.save(target, reorderTables=True)
    return target.getvalue()
