"""The outputs: each a name and a function from a book to a product."""
