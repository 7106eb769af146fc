"""How PDF writes strings and numbers (ISO 32000-1, 7.3)."""

from __future__ import annotations


def name_string(name: str) -> bytes:
    """A byte string (7.3.4.3) that is compared and never shown."""
    return b"<%s>" % name.encode().hex().encode()


def text_string(text: str) -> bytes:
    """A text string (7.9.2.2): ASCII as it is, anything else as UTF-16."""
    if text.isascii():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return b"(%s)" % escaped.encode()
    return b"<feff%s>" % text.encode("utf-16-be").hex().encode()


def number(value: float) -> bytes:
    """A number (7.3.3) to a hundredth, without noughts that say nothing."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".").encode()
