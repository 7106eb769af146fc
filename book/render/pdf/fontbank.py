"""One copy of each font in the bound file, subset to the glyphs of the whole book."""
from __future__ import annotations
import pikepdf

def share_fonts(pdf: pikepdf.Pdf) -> None:
    pass
