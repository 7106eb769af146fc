"""The container and the recipe for continuous integration install what the documents name."""

from __future__ import annotations

import re
from pathlib import Path

from book.base.system import INSTALL

ROOT = Path(__file__).parent.parent
#: What ``book doctor`` and ``book check`` name for Debian.
NAMED = frozenset(re.findall(r"apt install ([^;]*)", INSTALL)[0].split())


def installed(text: str) -> list[frozenset[str]]:
    """The packages of each ``apt-get install`` of a recipe."""
    whole = text.replace("\\\n", " ")
    found = re.findall(r"apt-get install((?: +-[\w-]+)*)((?: +[a-z0-9][a-z0-9.+-]+)+)", whole)
    return [frozenset(packages.split()) for _, packages in found]


def test_the_image_has_what_doctor_names() -> None:
    """And Python, and what Pango finds fonts with, which each desktop has: nothing more."""
    *_, last = installed((ROOT / "Dockerfile").read_text("utf-8"))
    assert last == NAMED | {"python3", "fontconfig"}


def test_the_recipes_install_what_doctor_names() -> None:
    """That of a new book, and the one that Make runs."""
    recipe = (ROOT / "book/starter/files/github/book.yml").read_text("utf-8")
    assert installed(recipe) == [NAMED]
    hint = re.search(r"on Debian: apt-get install ([^;]*)", (ROOT / "tools/setup").read_text())
    assert hint is not None
    assert set(hint[1].split()) == NAMED | {"fontconfig"}


def test_the_image_is_no_roots_and_begins_with_book() -> None:
    """What is copied is there, and sent to whoever makes the image."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    users = re.findall(r"^USER (\S+)$", text, re.MULTILINE)
    assert users
    assert users[-1] not in ("root", "0")
    assert 'ENTRYPOINT ["book"]' in text
    sent = (ROOT / ".dockerignore").read_text("utf-8").split("\n")
    for line in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists()
            assert f"!{name}" in sent
