"""The printed book: pieces typeset by WeasyPrint, folios laid over them, bound.

1. ``draft/``    the book becomes the XHTML of its pieces (``pieces``, ``marks``, ``finish``) and
   the style sheets of text and folios (``margins``, ``variables``)
2. ``workers``   each piece that is not in the store is set by a ``worker``; ``engine/`` is all of
   WeasyPrint: ``typeset`` sets runs of pages (``runs``, ``stretches``, ``layout``), with their
   notes (``notes``), lines (``lines``, ``heads``, ``register``, ``hyphens``) and tags (``tags``,
   over the tree of ``structure/``), and ``export`` hands them over as objects
3. ``paginate``  the pieces' records give every place its page; if numbers in the text changed,
   the pieces that print them are set again, until none does
4. ``folios``    page numbers and running heads are set on pages of their own
5. ``file/``     objects become segments, and ``bind`` makes one file of these with all that
   leads through it
6. ``audit``     what is not as it should be becomes a finding

``volume`` takes these steps. Nothing is imported here: workers need only some of it.
"""
