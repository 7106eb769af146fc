"""All that setting pages needs, imported and put in place once where workers are forked from.

Only a fork server imports this: it is what it can be asked to do before it forks.
"""

from contextlib import suppress

from book.render.pdf.engine.loading import load

load()

import book.render.pdf.engine.typeset  # noqa: E402, F401 # it is there for the workers
from book.render.pdf.engine.overrides import install  # noqa: E402
from book.render.pdf.engine.upstream import UpstreamChangedError  # noqa: E402

with suppress(UpstreamChangedError):  # Each worker says so where it is heard.
    install()
