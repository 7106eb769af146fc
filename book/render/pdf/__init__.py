"""The printed book: pieces typeset by WeasyPrint, folios laid over them, bound.

1. ``pieces``    the book becomes the XHTML of its pieces, in print's ``dress``
2. ``workers``   each piece that is not in the store is set by a ``worker`` (``typeset``) in runs
   of pages (``runs``, ``stretches``, ``setting``), with its notes (``notes``), lines
   (``lines``, ``heads``, ``register``, ``hyphens``) and tags (``tags``), and gathered as
   leaves (``gather``, ``leaves``)
3. ``paginate``  the pieces' records give every place its page; if numbers in the text changed,
   the pieces that print them are set again, until none does
4. ``folios``    page numbers and running heads are set on pages of their own
5. ``bind``      leaves become quires, and these one file with all that leads through it
6. ``audit``     what is not as it should be becomes a finding

``volume`` takes these steps. Nothing is imported here: workers need only some of it.
"""
