"""veraPDF, which says whether a PDF keeps a standard (PDF/UA-1, PDF/A-3a, …), for assertions."""

from pathlib import Path

from book.built.verapdf import FLAVOURS, Flavour, Report, validate

__all__ = ["FLAVOURS", "Flavour", "Report", "assert_compliant", "validate"]


def assert_compliant(path: Path, *flavours: Flavour) -> None:
    """Raise an AssertionError that lists what is wrong unless the file keeps every standard."""
    if not flavours:
        raise TypeError("name at least one flavour to hold the file against")
    failed = [report for flavour in flavours if not (report := validate(path, flavour)).compliant]
    if failed:
        lines = [
            f"{path} is not {report.flavour}:\n" + "\n".join(map(str, report.failures))
            for report in failed
        ]
        raise AssertionError("\n".join(lines))
