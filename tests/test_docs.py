"""Pages of ``docs/`` that are made from the code agree with it."""

from __future__ import annotations

from tools.findings_doc import PAGE, page


def test_the_page_of_findings_is_fresh() -> None:
    """If it is stale, run ``python tools/findings_doc.py``."""
    assert PAGE.read_text("utf-8") == page()
