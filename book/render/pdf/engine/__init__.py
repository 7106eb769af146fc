"""All of WeasyPrint: a piece is laid out, surveyed, tagged and handed over as objects."""

from __future__ import annotations

from functools import cache


@cache
def prepare() -> None:
    """Make WeasyPrint ready in this process, once: our fonts alone, and what is ours in its place.

    Raises :class:`.upstream.UpstreamChangedError` if it is not the one that we know.
    """
    from book.render.fontconfig import isolate
    from book.render.pdf.engine.loading import load

    isolate()
    load()
    from book.render.pdf.engine.overrides import install

    install()
