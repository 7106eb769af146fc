"""From the book's folder: ``book.toml`` and the chapters' files, each as data with its places."""
