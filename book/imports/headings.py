"""The headings of a chapter: one title of the first level, none that skips a level; anchors."""

from __future__ import annotations

import re
from typing import NamedTuple

from book.imports.prose import heading, lines_of, outside_code, slugged, with_hashes

_NAMED = re.compile(
    r"\{[^{}\n]*?#(?P<list>[^\s{}]+)[^{}\n]*\}|\bid\s*=\s*[\"'](?P<tag>[^\"']+)[\"']"
    r"|\\label\{(?P<label>[^{}]+)\}"
)
_UNNUMBERED = re.compile(r"(?:^|\s)-(?=\s|$)")


class Anchors(NamedTuple):
    """What can be linked to in a chapter.

    ``names`` stand in the text; ``title`` are those of its title, whose place is the chapter's
    beginning; ``slugs`` lead from what other tools call a heading to what it is called here.
    """

    names: set[str]
    title: set[str]
    slugs: dict[str, str]


def settled(title: str, text: str) -> str:
    """``text`` with one heading of the first level, its title, at its top.

    If headings of the first level follow, all below the title go down by one; where levels are
    skipped, those below come up.
    """
    text = with_hashes(text.strip("\n"))
    lines = list(lines_of(text))
    found = {
        at: head for at, (code, line) in enumerate(lines) if not code and (head := heading(line))
    }
    first = next(iter(found), -1)
    top = found[first][0] if found else 0
    comes_first = first >= 0 and not any(
        line.strip() and not line.startswith("<") for _, line in lines[:first]
    )
    if not comes_first and top == 1 and [each[0] for each in found.values()].count(1) == 1:
        # Words of its tool, or a remark, stand above the title.
        comes_first = _same(found[first][1], title)
    has_title = comes_first and (top == 1 or _same(found[first][1], title) or not title)
    levels = dict(zip(found, _levels([each[0] for each in found.values()], has_title), strict=True))
    out = []
    for at, (_, line) in enumerate(lines):
        if at in found:
            inner = _UNNUMBERED.sub(".unnumbered", found[at][2])
            out.append(f"{'#' * levels[at]} {found[at][1]}" + (f" {{{inner}}}" if inner else ""))
        else:
            out.append(line)
    body = "\n".join(out)
    if has_title:
        # What stood above the title (an anchor, a remark) goes below it.
        above, own, below = "\n".join(out[:first]).strip(), out[first], "\n".join(out[first + 1 :])
        return "\n\n".join(part for part in (own, above, below.strip("\n")) if part)
    return f"# {title or 'Untitled'}\n\n{body}"


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W", "", one).casefold() == re.sub(r"\W", "", other).casefold()


def _levels(levels: list[int], has_title: bool) -> list[int]:
    """New levels: 1 for the title only, others at least 2 and one below what they belong to."""
    below = levels[1:] if has_title else levels
    shift = 2 - min(below) if below and (min(below) < 2 or not has_title) else 0
    shift = max(shift, 0) if has_title else shift
    made = [1] if has_title else []
    open_ = [(1, 1)]  # Those that the next may belong to: the level there, and here.
    for level in below:
        wanted = max(level + shift, 2)
        while open_[-1][0] >= wanted:
            open_.pop()
        made.append(min(open_[-1][1] + 1, 6))
        open_.append((wanted, made[-1]))
    return made


def anchors(text: str) -> Anchors:
    """What can be linked to in the finished ``text`` of a chapter."""
    names: set[str] = set()

    def look(part: str) -> str:
        names.update(
            found["list"] or found["tag"] or found["label"] for found in _NAMED.finditer(part)
        )
        return part

    outside_code(text, look)
    title: set[str] = set()
    slugs: dict[str, str] = {}
    counts: dict[str, int] = {}
    for code, line in lines_of(text):
        head = None if code else heading(line)
        if not head:
            continue
        slug = slugged(head[1])
        own = re.search(r"#(\S+)", head[2])
        if head[0] == 1 and not title:
            title |= {own[1]} if own else set()
            title |= {slug, _pandoc(head[1]), slug.replace("--", "-")}
            continue
        count = counts.get(slug, 0)
        counts[slug] = count + 1
        here = own[1] if own else (f"{slug}-{count}" if count else slug)
        for other in (f"{slug}-{count}" if count else slug, _pandoc(head[1]), head[1]):
            slugs.setdefault(other, here)
            slugs.setdefault(other.casefold(), here)
    return Anchors(names, title, slugs)


def _pandoc(text: str) -> str:
    """The anchor that pandoc gives to a heading: it begins with a letter, dots are kept."""
    bare = re.sub(r"[^\w\s.-]", "", re.sub(r"!?\[([^\]]*)\]\([^)]*\)|<[^<>]*>", r"\1", text))
    return re.sub(r"^[\d_.\W]+", "", re.sub(r"\s+", "-", bare.strip().lower()))
