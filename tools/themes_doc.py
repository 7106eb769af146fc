"""Write the tables in ``docs/themes.md``: tokens from the themes' CSS, templates from their views.

Run ``python tools/themes_doc.py`` after a change there; a test says when it was forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from book.base.data import names
from book.theme import templates
from book.theme.chosen import ours
from book.theme.templates import Templates
from book.theme.viewparts import ONCE
from book.theme.views import VIEWS, View
from book.theme.viewtypes import is_part, marks, parts

PAGE = Path(__file__).parents[1] / "docs" / "themes.md"
_TOKEN = re.compile(r"^\s*(--[\w-]+):\s*([^;]+);", re.MULTILINE)


def table() -> str:
    """The tokens as a table: the value of each in the standard theme, and in the others."""
    base = (files("book") / "theme" / "styles" / "tokens.css").read_text("utf-8")
    known = _tokens(base)
    others = {one.name: _tokens(_sheet(one.folder)) for one in ours()[1:]}
    rows = [["token", "standard", *others], ["---"] * (2 + len(others))]
    for name, value in known.items():
        said = [f"`{other[name]}`" if name in other else "" for other in others.values()]
        rows.append([f"`{name}`", f"`{value}`", *said])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _sheet(folder: Path) -> str:
    path = folder / "tokens.css"
    return path.read_text("utf-8") if path.is_file() else ""


def _tokens(css: str) -> dict[str, str]:
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return {name: " ".join(value.split()) for name, value in _TOKEN.findall(bare)}


def handed() -> str:
    """The templates, and what each is handed."""
    every = "".join(_rows(View))
    head = f"All are handed:\n\n| name | what it is |\n| --- | --- |\n{every}"
    return head + "".join(map(_view, VIEWS))


def _view(view: type[View]) -> str:
    doc = (view.__doc__ or "").partition("\n")[0].rstrip(".")
    others = [f"`{name}`" for name in _within(view) if name != view.template]
    made = f" It is made of {', '.join(others)}." if others else ""
    rows = "".join(_rows(view, set(names(View))))
    return (
        f"\n**`{view.template}`**: {doc[:1].lower()}{doc[1:]}.{made}\n\n"
        f"| name | what it is |\n| --- | --- |\n{rows}"
    )


def _within(view: type[View]) -> list[str]:
    """The templates that a view's is made of."""
    return [name for name in templates.ours() if _touches(name, view)]


def _touches(name: str, view: type[View]) -> bool:
    from book.theme.sources import TemplateText

    return Templates({name: TemplateText("", name)}).touch(view.template)


def _rows(view: type, without: set[str] | None = None, before: str = "") -> Iterator[str]:
    for name, (said, *more) in marks(view).items():
        if name in (without or ()):
            continue
        once = " *Once.*" if ONCE in more else ""
        yield f"| `{before}{name}` | {said}{once} |\n"
        part = parts(view).get(name)
        if part and is_part(part) and part is not view:
            yield from _rows(part, before=f"{before}{name}.")


def renewed(page: str) -> str:
    """The text of ``page`` with its tables as they should be."""
    for name, text in (("tokens", table()), ("templates", handed())):
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}{text}{end}{rest.partition(end)[2]}"
    return page


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
