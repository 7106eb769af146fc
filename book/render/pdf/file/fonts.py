"""One copy of each font in the bound file, subset to the glyphs of the whole book.

Pages only say which font they draw from, by the SHA-256 of its file, and which glyphs (see
:mod:`leaves`). Binding subsets the font once, keeping glyph numbers, and all pages share it
(ISO 32000-1, 9.7 and 9.9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.fonts import cut, tag
from book.cache.store import key
from book.render.pdf.file.objects import FontUse, PdfObject
from book.render.pdf.file.segments import stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from book.base.fonts import FontFile

#: A font is this many objects: as text, its glyphs by number, descriptor, file, characters.
OBJECTS = 5
_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "SVG ", "kern")


def objects(use: FontUse, digest: str, first: int, file: FontFile) -> Iterator[PdfObject]:
    """The objects of the font in ``file`` under the numbers from ``first`` on."""
    glyphs = sorted(use.texts.keys() | use.widths.keys())
    data = _subset(file.read(), glyphs)
    name = b"%s+%s" % (_tag(key(digest, repr(glyphs))), use.name)
    text, inside, descriptor, embedded, characters = range(first, first + OBJECTS)
    del text
    kind, slot = (b"0", b"3") if use.is_cff else (b"2", b"2")
    yield PdfObject(
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H"
        b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (name, inside, characters)
    )
    yield PdfObject(
        b"<</Type/Font/Subtype/CIDFontType%s/BaseFont/%s/CIDToGIDMap/Identity"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/W%s/FontDescriptor %d 0 R>>" % (kind, name, _runs(use.widths), descriptor)
    )
    box = b"[0 %d %s %d]" % (use.descent, _number(max(use.widths.values(), default=0)), use.ascent)
    yield PdfObject(
        b"<</Type/FontDescriptor/FontName/%s%s/FontBBox%s/Ascent %d/Descent %d/CapHeight %d"
        b"/FontFile%s %d 0 R>>"
        % (name, use.face, box, use.ascent, use.descent, use.ascent, slot, embedded)
    )
    yield stream(b"/Subtype/OpenType" if use.is_cff else b"/Length1 %d" % len(data), data)
    yield stream(b"", _to_unicode(use.texts))


def _tag(digest: str) -> bytes:
    """Six letters that tell this subset from others on every machine (ISO 32000-1, 9.6.4)."""
    return bytes(ord("A") + int(digest[place : place + 2], 16) % 26 for place in range(0, 12, 2))


def _number(value: float) -> bytes:
    return b"%d" % value if value == int(value) else f"{value:.3f}".rstrip("0").encode()


def _runs(widths: Mapping[int, float]) -> bytes:
    """Glyph widths as a ``W`` array, in its form ``first [w w w]`` (ISO 32000-1, 9.7.4.3)."""
    runs: list[tuple[int, list[bytes]]] = []
    for glyph, width in sorted(widths.items()):
        if runs and runs[-1][0] + len(runs[-1][1]) == glyph:
            runs[-1][1].append(_number(width))
        else:
            runs.append((glyph, [_number(width)]))
    return b"[%s]" % b"".join(b"%d[%s]" % (first, b" ".join(some)) for first, some in runs)


def _to_unicode(texts: Mapping[int, str]) -> bytes:
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
        lines += [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in block]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()


def _subset(font: bytes, glyphs: list[int]) -> bytes:
    """``font`` with only ``glyphs``, their numbers kept, ready to be embedded.

    Pages name glyphs by number and place them, so nothing of how letters become glyphs stays.
    """
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.layout_feature_tag_set.clear()
    wanted.name_id_set.clear()
    wanted.drop_table_tag_set.update(map(tag, _DROPPED))
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.RETAIN_GIDS | flags.NOTDEF_OUTLINE | flags.NO_HINTING
    # A font that is keyed by CIDs may number its glyphs otherwise; pages name them by their own.
    wanted.flags |= flags.DESUBROUTINIZE | flags.CFF_IDENTITY_CHARSET
    return cut(font, wanted)
