"""EPUBCheck, which says whether a file keeps EPUB 3, for assertions."""

from pathlib import Path

from book.built.epubcheck import Message, check

__all__ = ["Message", "assert_clean", "check"]


def assert_clean(path: Path) -> None:
    """Raise an AssertionError that lists what is wrong unless the file is without fault."""
    messages = check(path)
    if messages:
        listing = "\n".join(map(str, messages))
        raise AssertionError(f"EPUBCheck finds fault with {path}:\n{listing}")
