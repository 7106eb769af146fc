"""The outputs: each a name and a function from a book to a product.

Importing this package hides the machine's own fonts from WeasyPrint (see ``isolation``), so it
has to come before WeasyPrint does; as every renderer lives here, it always does.
"""

from book.render.fontconfig import isolate

isolate()
