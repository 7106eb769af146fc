"""The author's desk in a browser: the text as it reads, beside the page as it is set.

One way: :mod:`changes <book.serve.changes>` hears of an edit, :mod:`desk <book.serve.desk>` reads
the book again and sets it again, :mod:`app <book.serve.app>` shows both to whoever
:mod:`guard <book.serve.guard>` lets in. No request changes or starts anything: all that a browser
can do is look.
"""
