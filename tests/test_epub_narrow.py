"""What is too wide for a telephone stays on its screen."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from lxml import html

from book.render.epub.tidy import tidy
from tests.epubs import NO_FONTS, TOML, assembled, made, pixel
from tests.node import FLAGS, chromium

_ADDRESS = "https://archive.example.org/surveys/1871/sheets/northern-district.html"
_WIDE = "|" + " A |" * 9 + "\n|" + " --- |" * 9 + "\n|" + " 1864 |" * 9
_TEXT = f"""# One

See <{_ADDRESS}>, or `a.very.long.key.that.never.ends.anywhere.at.all.or.so.it.seems` of a
{"Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"}.

| Key | Value |
| --- | --- |
| `another.very.long.key.that.never.ends` | <{_ADDRESS}> |

{_WIDE}

    {_ADDRESS}{_ADDRESS}
"""
#: So many pixels of CSS has a small telephone's screen.
_SCREEN = 360


def test_what_may_be_divided_is_known_by_its_class() -> None:
    """Code and links of more than twenty-four letters; tables of more than eight columns."""
    root = html.fragment_fromstring(
        f"<div><p><a href='#'>{_ADDRESS}</a> <a href='#'>two words</a> <code>key</code>"
        f"<code class='x'>{'k' * 25}</code></p><table><tr>{'<td>1</td>' * 9}</tr></table></div>"
    )
    tidy(root)
    classes = [(one.tag, one.get("class")) for one in root.iter("a", "code", "table")]
    assert classes == [
        ("a", "cb-long"), ("a", None), ("code", None), ("code", "x cb-long"), ("table", "cb-many"),
    ]  # fmt: skip


@pytest.mark.slow
def test_nothing_runs_off_a_narrow_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chromium lays the chapter out in the width of a small telephone, and measures it."""
    monkeypatch.setattr("book.render.epub.cover.picture", pixel)
    files = made(assembled(tmp_path / "book", {"01": _TEXT}, TOML + NO_FONTS)).files
    chapter = next(name for name in files if re.search(r"c0?1[^/]*\.xhtml$", name))
    for name, data in files.items():
        path = tmp_path / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    frame = tmp_path / "frame.html"
    measured = "document.title = 'W' + f.contentDocument.documentElement.scrollWidth"
    frame.write_text(
        f'<iframe id="f" src="out/{chapter}" width="{_SCREEN}" height="600" style="border: 0">'
        f"</iframe><script>window.onload = () => {{ {measured} }}</script>"
    )
    command = [
        chromium(), *FLAGS, "--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'own'}",
        "--virtual-time-budget=5000", "--dump-dom", frame.as_uri(),
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    (width,) = re.findall(r"<title>W(\d+)</title>", said)
    assert int(width) == _SCREEN
