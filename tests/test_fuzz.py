"""No folder, whatever it holds, ends in a traceback or without end (``tests/fuzz``)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.books import Files, books
from tests.fuzz.run import tried

# Sheets are left to ``python -m tests.fuzz`` until no sheet can end a build.
_BOUNDED = settings(
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@settings(_BOUNDED, max_examples=12)
@given(books(styles=False))
def test_what_comes_of_a_folder_is_an_ebook_or_findings(files: Files) -> None:
    tried(files, ("epub",))


@pytest.mark.slow
@settings(_BOUNDED, max_examples=4)
@given(books(styles=False))
def test_what_comes_of_a_folder_is_a_book_or_findings(files: Files) -> None:
    tried(files, ("pdf", "handout"))
