"""What another version of WeasyPrint, or of what it uses, has changed under the engine's feet.

``python tools/upstream.py`` names what is not as it was measured, and exits with 1 if anything is.
When each has been read, and ours changed where it must be, ``--measured`` renews the digests in
``overrides.py`` and ``reliances.py`` of the engine, and the table in ``docs/typesetting.md``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from book.render.pdf.engine import overrides, reliances
from book.render.pdf.engine.overrides import OVERRIDES
from book.render.pdf.engine.reliances import RELIANCES
from book.render.pdf.engine.upstream import changed, digest_of, digest_of_files, source_of

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "typesetting.md"
_BEGIN, _END = "<!-- Made by tools/upstream.py: -->\n", "<!-- until here. -->\n"


def table() -> str:
    """What of ours stands where, and what we lean on, as the page has it."""
    rows = ["| In the place of | stands, in `engine/` | because |", "| --- | --- | --- |"]
    for one in OVERRIDES:
        ours = f"{one.ours.__module__.rpartition('.')[2]}.{one.ours.__qualname__}"
        issue = one.issue.rpartition("/")[2]
        link = f" ([#{issue}]({one.issue}))" if issue else ""
        rows.append(f"| `{one.place}` | `{ours}` | {one.why}{link} |")
    rows += ["", "| As it is we use | for this |", "| --- | --- |"]
    for use in RELIANCES:
        names = ", ".join(f"`{source.name}`" for source in use.against)
        rows.append(f"| {names} | {use.why} |")
    return "\n".join(rows) + "\n"


def page(text: str) -> str:
    """The page ``text`` with the table renewed."""
    before, _, rest = text.partition(_BEGIN)
    return before + _BEGIN + "\n" + table() + "\n" + _END + rest.partition(_END)[2]


def _measure() -> None:
    for module in (overrides, reliances):
        path = Path(str(module.__file__))
        text = re.sub(
            r'(Definition\(\s*"([^"]+)", )"[^"]*"',
            lambda found: f'{found[1]}"{digest_of(found[2])}"',
            path.read_text("utf-8"),
        )
        whole = digest_of_files(overrides.sources())
        path.write_text(re.sub(r'(?m)^MEASURED = ".*"', f'MEASURED = "{whole}"', text), "utf-8")
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    others = changed(overrides.sources())
    for each in () if "--measured" in sys.argv[1:] else others:
        print(each.name if source_of(each.name) else f"{each.name} is not there any more")
    if "--measured" in sys.argv[1:]:
        _measure()
    else:
        sys.exit(bool(others))
