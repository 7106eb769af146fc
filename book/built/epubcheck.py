"""EPUBCheck, which says whether a file keeps EPUB 3."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from book.built import java

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# EPUBCheck's other two, INFO and USAGE, are remarks: the file is valid with them.
_FAULTS = ("FATAL", "ERROR", "WARNING")


@dataclass(frozen=True)
class Message:
    """A fault that EPUBCheck finds, at one place."""

    severity: str
    """FATAL, ERROR or WARNING."""
    code: str
    """EPUBCheck's name for it, as in `RSC-005`."""
    text: str
    place: str
    """The file in the package, with line and column where it has them."""

    def __str__(self) -> str:
        return f"{self.place}: {self.severity} {self.code}: {self.text}"


def check(path: Path) -> tuple[Message, ...]:
    """List the fatal faults, errors and warnings of an EPUB, the worst first."""
    # The machine has its own idea of the current folder, from when it was started.
    found = _messages(_report(path.resolve(strict=True)))
    return tuple(sorted(found, key=lambda message: _FAULTS.index(message.severity)))


def _report(path: Path) -> Any:
    """Return what the command line's `--json` would write."""
    written = java.java("java.io.StringWriter")()
    report = java.java("com.adobe.epubcheck.reporting.CheckingReport")(
        java.java("java.io.PrintWriter")(written), str(path)
    )
    report.initialize()
    file = java.java("java.io.File")(str(path))
    java.java("com.adobe.epubcheck.api.EpubCheck")(file, report).doValidate()
    report.generate()
    return json.loads(str(written.toString()))


def _messages(report: Any) -> Iterator[Message]:
    for message in report["messages"]:
        if message["severity"] in _FAULTS:
            # A fault of the package as a whole may come without a place.
            for place in message["locations"] or [None]:
                yield Message(message["severity"], message["ID"], message["message"], _place(place))


def _place(location: Any) -> str:
    if location is None:
        return ""
    numbers = (location["line"], location["column"])
    return ":".join([location["path"], *(str(number) for number in numbers if number > 0)])
