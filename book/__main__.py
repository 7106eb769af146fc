"""``python -m book`` is ``book``."""

from book.cli import main

main()
