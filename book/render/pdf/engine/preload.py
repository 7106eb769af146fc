"""All that setting pages needs, imported once where workers are forked from."""

from book.render.pdf.engine.loading import load

load()

import book.render.pdf.engine.typeset  # noqa: E402, F401 # it is there for the workers, and loads WeasyPrint
