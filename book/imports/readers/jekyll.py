"""Jekyll: ``_config.yml``, pages, collections, posts; Liquid's commonest tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from book.imports import front
from book.imports.formulas import in_lines
from book.imports.include import Includes
from book.imports.ledger import Ledger
from book.imports.metadata import gathered, text_of
from book.imports.model import Manuscript
from book.imports.pages import ListedPage, dated, drafts, named
from book.imports.prose import between_fences
from book.imports.source import natural

if TYPE_CHECKING:
    from book.imports.source import Shelf

_ENDINGS = (".md", ".markdown")
_POST = re.compile(r"(?:^|/)(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<name>[^/]+)\.\w+$")
_HIGHLIGHT = re.compile(
    r"^[ \t]*\{%-?[ ]*highlight[ ]+(?P<language>[\w+#-]+)[^%]*%\}[ \t]*\n?(?P<body>.*?)"
    r"\{%-?[ ]*endhighlight[ ]*-?%\}", re.MULTILINE | re.DOTALL,
)  # fmt: skip
_INCLUDE = re.compile(r"\{%-?[ ]*include(?:_relative)?[ ]+(?P<path>[^\s%]+)[^%]*%\}")
#: How the templates of themes are told which picture they are to show.
_PARAMETER = re.compile(r"([\w-]+)=(?:\"([^\"]*)\"|'([^']*)')")
_SHOWN = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif)$", re.IGNORECASE)
#: Lines that part a table of kramdown: above its head, between its bodies, above its foot.
_RULES = re.compile(
    r"(?:^|(?<=\n\n))\|[-=:+| ]*\n(?=\|)|(?<=\|\n)\|=[=+| ]*\n|(?<=\n)\|=[=+| ]*\n(?=\|)"
)
_LINK = re.compile(r"\{%-?[ ]*(?P<how>link|post_url)[ ]+(?P<path>[^\s%]+)[ ]*-?%\}")
_VALUE = re.compile(r"\{\{-?[ ]*(?P<name>[\w.-]+|[\"'][^\"']*[\"'])[ ]*(?P<filters>\|[^}]*)?-?\}\}")
_TAG = re.compile(r"\{%-?.{0,2000}?-?%\}", re.DOTALL)
_CONTENTS = re.compile(
    r"^(?:[*-] .*\n|\d+\. .*\n)?\{:[ ]*toc[^}]*\}[ \t]*\n?", re.MULTILINE | re.IGNORECASE
)
_REMARK = re.compile(r"\{::comment[^}]*\}.*?\{:/(?:comment)?\}", re.DOTALL)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_LOOP = re.compile(
    r"\{%-?[ ]*(for\b[^%]*?)[ ]*-?%\}(?:(?!\{%-?[ ]*for\b).)*?\{%-?[ ]*endfor[ ]*-?%\}", re.DOTALL
)
_ORDERS = ("nav_order", "order", "weight", "position", "chapter", "number")
_NO_CHAPTERS = frozenset(
    [
        "readme",
        "license",
        "licence",
        "contributing",
        "changelog",
        "code_of_conduct",
        "404",
        "search",
        "summary",
        "feed",
    ]
)


def read(shelf: Shelf, ledger: Ledger) -> Manuscript:
    """The pages that the site would publish: its pages, its collections, its posts by date."""
    settings = front.yaml(shelf.text_of("_config.yml") or "", "_config.yml", ledger)
    pages = {path: _front(shelf, path) for path in shelf.paths if path.endswith(_ENDINGS)}
    entries = _order(pages, settings, ledger)
    links = {_permalink(path, said): path for path, said in pages.items()}
    includes = Includes(shelf, ledger)

    def translate(text: str, path: str, own: dict[str, Any]) -> str:
        values = {"site": settings, "page": own}

        def take(found: re.Match[str]) -> str:
            name = found["path"]
            inner = "relative" in found.group()[:22] or not shelf.find(f"/_includes/{name}")
            return includes.text(name if inner else f"/_includes/{name}", path)

        base = text_of(settings.get("baseurl")).rstrip("/")
        if base:
            text = re.sub(rf"(\]\(<?|[\w-]+=[\"']){re.escape(base)}/", r"\1/", text)
        text = _HIGHLIGHT.sub(
            lambda each: f"```{each['language']}\n{each['body'].strip(chr(10))}\n```", text
        )
        # What a list of contents, or raw HTML, is made of is no text of the book.
        text = between_fences(
            text,
            lambda part: _INCLUDE.sub(
                lambda each: take(each) if each["path"].endswith(_ENDINGS) else _picture(each), part
            ),
        )
        text = between_fences(
            text, lambda part: _translated(part, path, values, (shelf, links), ledger)
        )
        return in_lines(text)

    author = settings.get("author")
    said = {**settings, "author": author}
    return Manuscript(gathered(said), tuple(drafts(shelf, ledger, entries, translate)))


def _front(shelf: Shelf, path: str) -> dict[str, Any]:
    return front.parted(shelf.text_of(path) or "", path, Ledger()).said


def _order(
    pages: dict[str, dict[str, Any]], settings: dict[str, Any], ledger: Ledger
) -> list[ListedPage]:
    collections = settings.get("collections")
    names = list(collections) if isinstance(collections, dict | list) else []
    groups: dict[str, list[str]] = {"": [], **{str(name): [] for name in names}, "posts": []}
    for path, said in pages.items():
        top = path.partition("/")[0] if "/" in path else ""
        stem = path.rpartition("/")[2].rpartition(".")[0].casefold()
        if "_drafts" in path.split("/") or said.get("published") is False:
            ledger.add("A draft, which isn't published.", path)
        elif top == "_posts" or "/_posts/" in path:
            groups["posts"].append(path)
        elif top.removeprefix("_") in groups and top.startswith("_"):
            groups[top[1:]].append(path)
        elif top.startswith("_"):
            continue
        elif stem in _NO_CHAPTERS:
            ledger.add("This file is no chapter.", path)
        else:
            groups[""].append(path)
    entries: list[ListedPage] = []
    filled = [name for name, paths in groups.items() if paths]
    for name in filled:
        if name and len(filled) > 1 and len(groups[name]) > 1:
            entries.append(ListedPage("", named(f"{name}.md"), kind="part"))
        by_date = name == "posts"
        ordered = sorted((_key(path, pages[path], by_date), path) for path in groups[name])
        entries += [ListedPage(path) for _, path in ordered]
    return entries


def _key(path: str, said: dict[str, Any], by_date: bool) -> tuple[Any, ...]:
    """Posts by date, others by the number that they have, else by their names."""
    if by_date:
        post = _POST.search(path)
        day = post["date"] if post else ""
        return (dated(said) or "-".join(part.zfill(2) for part in day.split("-")), natural(path))
    number = next((said[key] for key in _ORDERS if isinstance(said.get(key), int | float)), None)
    first = path.rpartition("/")[2].startswith("index.")
    return (not first, number is None, number or 0, natural(path))


def _permalink(path: str, said: dict[str, Any]) -> str:
    """The address of a page on the site, as links name it."""
    own = text_of(said.get("permalink"))
    if own and ":" not in own:
        return own.rstrip("/") or "/"
    if post := _POST.search(path):
        year, month, day = post["date"].split("-")
        return f"/{year}/{month.zfill(2)}/{day.zfill(2)}/{post['name']}"
    return "/" + path.rpartition(".")[0].lstrip("_").removesuffix("index").rstrip("/")


def _translated(
    text: str,
    path: str,
    values: dict[str, dict[str, Any]],
    site: tuple[Shelf, dict[str, str]],
    ledger: Ledger,
) -> str:
    shelf, links = site

    def link(found: re.Match[str]) -> str:
        name = found["path"]
        folder = "/_posts/" if found["how"] == "post_url" else "/"
        for each in (f"{folder}{name}", f"{folder}{name}.md", f"{folder}{name}.markdown"):
            if inner := shelf.find(each):
                return f"/{inner}"
        return ledger.add(f"A link to nothing: {found.group()}", path)

    def value(found: re.Match[str]) -> str:
        name = found["name"]
        if name[0] in "\"'":
            return name[1:-1]
        where, _, key = name.partition(".")
        if key in ("baseurl", "url"):
            return ""
        said: Any = values.get(where, {})
        for each in key.split("."):
            said = said.get(each) if isinstance(said, dict) else None
        return text_of(said) or ledger.add(f"A value that isn't known: {found.group()}", path)

    # An end of a block, between two lists, and what parts the rows of a table.
    text = _RULES.sub("", re.sub(r"(?m)^\^[ \t]*$", "<!-- -->", text))
    raw: list[str] = []

    def keep(found: re.Match[str]) -> str:
        raw.append(found[1])
        return f"\ue0f5{len(raw) - 1}\ue0f6"

    text = re.sub(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", keep, text, flags=re.DOTALL)
    text = _without_remarks(text, path, ledger)
    text = _CONTENTS.sub(
        lambda _: ledger.add("A list of contents; the book makes its own.", path), text
    )
    text = _VALUE.sub(value, _LINK.sub(link, text))
    text = re.sub(
        r"\]\((/[^)\s#]*?)/?(?:\.html)?(#[^)\s]*)?\)", lambda found: _moved(found, links), text
    )
    text = _TAG.sub(lambda found: _tag(found, path, ledger), text)
    return re.sub("\ue0f5(\\d+)\ue0f6", lambda found: raw[int(found[1])], text)


def _picture(found: re.Match[str]) -> str:
    """A picture that a template of the theme would show, with its words."""
    said = {each[1]: each[2] or each[3] or "" for each in _PARAMETER.finditer(found.group())}
    path = next((each for each in said.values() if _SHOWN.search(each)), "")
    if not path:
        return found.group()
    caption = (said.get("caption") or said.get("title") or "").replace('"', "&quot;")
    words = re.sub(r"[\[\]]", "", said.get("alt") or caption)
    shown = f' "{caption}"' if caption else ""
    return f"![{words}](<{path}>{shown})"


def _tag(found: re.Match[str], path: str, ledger: Ledger) -> str:
    """A tag of Liquid that says nothing here."""
    said = " ".join(found.group().split())
    if re.match(r"\{%-?[ ]*(?:end)?(?:raw|comment)\b", said):
        return ""
    return ledger.add(f"A tag of Liquid: {said[:150]}", path)


def _without_remarks(text: str, path: str, ledger: Ledger) -> str:
    """``text`` without what its writer didn't mean to publish, or a loop would list."""
    for remark in (_REMARK, _COMMENT):
        text = remark.sub(lambda found: ledger.add(f"A remark: {found.group()[:150]}", path), text)
    return _LOOP.sub(
        lambda found: ledger.add(f"What a loop of Liquid would list: {found[1]}", path), text
    )


def _moved(found: re.Match[str], links: dict[str, str]) -> str:
    """A link to an address of the site, as one to the file that is shown there."""
    path = links.get(found[1] or "/") or links.get(f"{found[1]}.html")
    return f"](</{path}{found[2] or ''}>)" if path else found.group()
