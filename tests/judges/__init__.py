"""Independent judges of what the toolchain makes: veraPDF, EPUBCheck and a reader of PDFs.

None of them shares code with the toolchain, so a mistake there cannot hide itself here.
"""
