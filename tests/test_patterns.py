"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import copy
import importlib
import re
from pathlib import Path

import pytest

import book
from book.base.patterns import _Later, pattern

ROOT = Path(book.__file__).parent


def test_it_does_what_a_compiled_one_does() -> None:
    """Whatever is asked first."""
    assert pattern("a(b)", re.IGNORECASE).sub(r"\1", "xABx") == "xBx"
    assert pattern("(?P<one>a)").groupindex == {"one": 1}
    assert pattern(b"a+").findall(b"aab") == [b"aa"]
    assert [one.span() for one in pattern("a").finditer("aba")] == [(0, 1), (2, 3)]
    assert pattern("a|b").pattern == "a|b"


def test_a_mistake_is_raised_at_the_first_use() -> None:
    """Not when a module is imported, so the tests have to use each."""
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.search("a")


def test_it_can_be_copied() -> None:
    """Python asks a copy for what it does not have before it has anything."""
    assert copy.copy(pattern("a")).search("ba")


def test_each_of_ours_can_be_compiled() -> None:
    """A mistake in one would be met by whoever happens to use it."""
    count = 0
    for path in ROOT.rglob("*.py"):
        if "base.patterns import" not in path.read_text("utf-8"):
            continue
        module = importlib.import_module(
            ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        )
        for value in vars(module).values():
            if isinstance(value, _Later):
                assert value.groups >= 0
                count += 1
    assert count > 200
