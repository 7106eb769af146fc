"""How a book looks: style sheets and templates, the book's own over ours."""
