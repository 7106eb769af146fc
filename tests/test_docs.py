"""Pages of ``docs/`` agree with the code."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from book.model import Config
from tools.findings_doc import PAGE, page

ROOT = Path(__file__).parent.parent


def test_the_page_of_findings_is_fresh() -> None:
    """If it is stale, run ``python tools/findings_doc.py``."""
    assert PAGE.read_text("utf-8") == page()


def _tables() -> list[tuple[str, type]]:
    found = []
    hints = get_type_hints(Config)
    for name in [field.name for field in fields(Config)]:
        kind = hints[name]
        table = get_args(kind)[-1] if get_args(kind) else kind
        if not is_dataclass(table):
            continue  # a list at the top
        assert isinstance(table, type)
        found.append((name, table))
    return found


@pytest.mark.parametrize(("name", "table"), _tables())
def test_every_setting_is_explained(name: str, table: type) -> None:
    """``docs/settings.md`` has a heading for each table of ``book.toml``, and each key below it."""
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    section = text.partition(f"## `[{name}")[2].partition("\n## ")[0]
    for key in fields(table):
        assert f"`{key.name.replace('_', '-')}`" in section


def test_links_between_pages_hold() -> None:
    """A page of documentation that another one names is there."""
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        prose = re.sub(r"(?s)```.*?```|`[^`]*`", "", path.read_text("utf-8"))
        for target in re.findall(r"\]\(([^)#:]+)\)", prose):
            assert (path.parent / target).exists(), f"{path.name} names {target}"
