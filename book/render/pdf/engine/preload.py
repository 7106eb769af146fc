"""All that setting pages needs, imported once where workers are forked from.

Only a fork server imports this. Workers make ready what was imported when they begin.
"""

from book.render.pdf.engine.loading import load

load()

import book.render.pdf.engine.typeset  # noqa: E402, F401 # it is there for the workers
