"""Hugo's shortcodes: those that it brings along, and what its themes for books call theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from book.imports.callouts import alert, attributes
from book.imports.formulas import written
from book.imports.metadata import text_of
from book.imports.pandoc.escape import escaped, fence
from book.imports.prose import FENCE, between_fences

if TYPE_CHECKING:
    from collections.abc import Callable

    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

_CODE = re.compile(
    r"\{\{[<%][ \t]*(?P<end>/?)[ \t]*(?P<name>[\w./-]+)"
    r"(?P<said>(?:\"(?:\\.|[^\"\\])*\"|`[^`]*`|[^\"`>%]|[>%](?!\}\}))*?)"
    r"[ \t\n]*(?P<closed>/?)[>%]\}\}"
)
#: One that is shown, not meant: ``{{</* figure */>}}``.
_SHOWN = re.compile(r"\{\{(?P<open>[<%])/\*(?P<inner>.*?)\*/(?P<shut>[>%])\}\}", re.DOTALL)
_WORD = re.compile(
    r"(?:(?P<key>[\w-]+)[ ]*=[ ]*)?(?:\"(?P<quoted>(?:\\.|[^\"\\])*)\"|`(?P<raw>[^`]*)`"
    r"|(?P<bare>[^\s\"`=]+))"
)
#: Boxes by the names that themes give them, and what says which kind one is of.
_BOXES = frozenset(
    ["hint", "notice", "alert", "callout", "admonition", "note", "tip", "warning", "info",
     "caution", "important", "danger", "box"]
)  # fmt: skip
_KINDS = re.compile(
    r"note|info|tip|warning|caution|danger|important|error|success|example|question|quote|hint",
    re.IGNORECASE,
)
_TITLED = frozenset(
    ["tab", "details", "expand", "collapse", "accordion", "step", "card", "spoiler"]
)
_AROUND = frozenset(
    ["tabs", "columns", "column", "steps", "cards", "rawhtml", "raw", "unsafe", "center", "div",
     "accordions", "section"]
)  # fmt: skip
_PICTURES = frozenset(["figure", "img", "image", "imgproc", "picture"])
_VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}", "tweet": "https://x.com/{}", "x": "https://x.com/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}  # fmt: skip


class _Call(NamedTuple):
    """A shortcode: what was typed, its name, its words by place and by key, where it stands."""

    typed: str
    name: str
    words: list[str]
    keys: dict[str, str]

    def get(self, *keys: str, at: int = 0) -> str:
        """What stands under one of the ``keys``, or ``at`` a place among words without one."""
        own = next((self.keys[key] for key in keys if self.keys.get(key)), "")
        return own or (self.words[at] if len(self.words) > at else "")


class Shortcodes:
    """Writes the shortcodes of a site's pages as Markdown; what has no place is noted."""

    def __init__(self, shelf: Shelf, ledger: Ledger, root: str, settings: dict[str, Any]) -> None:
        self._shelf, self._ledger, self._root = shelf, ledger, root
        self._settings = settings

    def translated(self, text: str, path: str, own: dict[str, Any]) -> str:
        """The ``text`` of the page at ``path``, whose front matter is its ``own``."""
        shown: list[str] = []

        def keep(found: re.Match[str]) -> str:
            inner = found["inner"].strip()
            shown.append(f"{{{{{found['open']} {inner} {found['shut']}}}}}")
            return f"\ue0f5{len(shown) - 1}\ue0f6"

        text = _SHOWN.sub(keep, text)
        text = self._nested(text, path, own)
        text = FENCE.sub(_titled, text)
        text = between_fences(text, lambda part: re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", part))
        return re.sub("\ue0f5(\\d+)\ue0f6", lambda found: shown[int(found[1])], text)

    def _nested(self, text: str, path: str, own: dict[str, Any]) -> str:
        """``text`` with its shortcodes written, those within others first."""
        closed = {found["name"] for found in _CODE.finditer(text) if found["end"]}
        parts: list[list[str]] = [[]]
        calls: list[_Call] = []
        done = 0
        for found in _CODE.finditer(text):
            parts[-1].append(text[done : found.start()])
            done = found.end()
            if found["end"]:
                while calls and any(one.name == found["name"] for one in calls):
                    call, inner = calls.pop(), "".join(parts.pop())
                    parts[-1].append(self._written(call, inner, path, own))
                    if call.name == found["name"]:
                        break
                continue
            call = _call(found)
            if call.name in closed and not found["closed"]:
                calls.append(call)
                parts.append([])
            else:
                parts[-1].append(self._written(call, None, path, own))
        parts[-1].append(text[done:])
        while calls:  # Never closed.
            call, inner = calls.pop(), "".join(parts.pop())
            parts[-1].append(self._written(call, None, path, own) + inner)
        return "".join(parts[0])

    def _written(self, call: _Call, inner: str | None, path: str, own: dict[str, Any]) -> str:
        """What a call is here; what it holds, and a loss, if it is nothing."""
        body = inner or ""
        if call.name in _VIDEOS:
            return self._lost(call, path) + _video(call)
        if call.name in _AROUND and inner is not None:
            return body
        if inner is not None and (write := _WRITERS.get(_kind(call.name))):
            return write(call, body)
        said = self._said(call, path, own) if inner is None else ""
        return said or self._lost(call, path) + body

    def _said(self, call: _Call, path: str, own: dict[str, Any]) -> str:
        """What a call that holds nothing stands for: an address, a value, a picture."""
        if call.name in ("ref", "relref"):
            return self._address(call.get("path"), path)
        if call.name == "param":
            params = self._settings.get("params")
            known = {**(params if isinstance(params, dict) else {}), **own}
            return text_of(known.get(call.get("name")))
        return _figure(call) if call.name in _PICTURES else ""

    def _lost(self, call: _Call, path: str) -> str:
        return self._ledger.add(f"Hugo's shortcode {' '.join(call.typed.split())[:1000]}", path)

    def _address(self, target: str, path: str) -> str:
        """The file that ``ref`` means: from the page, from the root, or by its name alone."""
        name, sign, anchor = target.partition("#")
        behind = f"{sign}{anchor}"
        if not name:
            return behind
        bases = (name, f"/{self._root}/{name.lstrip('/')}")
        endings = ("", ".md", "/_index.md", "/index.md")
        found = next(
            (one for base in bases for end in endings
             if (one := self._shelf.find(base + end, path)) and one.startswith(self._root)), "",
        )  # fmt: skip
        stem = name.strip("/").removesuffix(".md")
        named = [
            one for one in self._shelf.paths
            if one.startswith(self._root) and re.search(
                rf"/{re.escape(stem)}(?:/_?index)?\.\w+$", one, re.IGNORECASE)
        ]  # fmt: skip
        found = found or (named[0] if len(named) == 1 else "")
        return quote(f"/{found}", safe="/") + behind if found else ""


def _titled(found: re.Match[str]) -> str:
    """A listing below the title that stands in its braces."""
    info = re.fullmatch(r"(?P<language>[\w+#-]*)[ ]*\{(?P<said>[^\n]*)\}", found["info"].strip())
    title = attributes(info["said"]).get("title") if info else None
    if not info or not title:
        return found.group()
    lead, marks = found["in"], found["fence"]
    code = f"{marks}{info['language']}\n{found['body']}{lead}{marks}"
    return f"{lead}**{escaped(title)}**\n{lead.rstrip()}\n{lead}{code}"


def _call(found: re.Match[str]) -> _Call:
    words, keys = [], {}
    for one in _WORD.finditer(found["said"]):
        quoted = re.sub(r"\\(.)", r"\1", one["quoted"] or "")
        value = quoted or one["raw"] or one["bare"] or ""
        if one["key"]:
            keys[one["key"].lower()] = value
        else:
            words.append(value)
    return _Call(found.group(), found["name"].lower(), words, keys)


def _kind(name: str) -> str:
    return "box" if name in _BOXES else "titled" if name in _TITLED else name


def _figure(call: _Call) -> str:
    """A picture; what its title, caption and source say is its caption."""
    source = call.get("src", "link", "url", "path")
    if not source:
        return ""
    heads = [f"**{call.keys['title']}**"] if call.keys.get("title") else []
    heads += [call.keys["caption"]] if call.keys.get("caption") else []
    if attr := call.keys.get("attr"):
        address = call.keys.get("attrlink")
        heads.append(f"([{attr}]({address}))" if address else f"({attr})")
    caption = " ".join(heads).replace('"', "&quot;")
    alt = call.keys.get("alt") or call.get("caption", "title", at=1)
    width = call.keys.get("width", "")
    size = f"{{width={width}}}" if re.fullmatch(r"\d{1,3}%", width) else ""
    shown = f' "{caption}"' if caption else ""
    return f"![{re.sub(r'[][*_`]', '', alt)}](<{source}>{shown}){size}"


def _video(call: _Call) -> str:
    words = [*call.words, *(call.keys[key] for key in ("user", "id") if call.keys.get(key))]
    names = {"tweet": "/status/", "x": "/status/"}
    address = _VIDEOS[call.name].format(names.get(call.name, "/").join(words[:2]))
    title = call.keys.get("title")
    return f"[{title}](<{address}>)" if title else f"<{address}>"


def _box(call: _Call, body: str) -> str:
    said = [call.keys.get("type", ""), call.keys.get("style", ""), call.keys.get("color", "")]
    kinds = [one for one in (*said, *call.words[:1], call.name) if _KINDS.fullmatch(one)]
    title = call.keys.get("title") or next(
        (one for one in call.words if one not in kinds and " " not in call.name), ""
    )
    return f"\n\n{alert(kinds[0] if kinds else 'note', title, body)}\n\n"


def _headed(call: _Call, body: str) -> str:
    title = call.get("title", "summary", "name", "tabname")
    return f"\n\n**{escaped(title)}**\n\n{body.strip(chr(10))}\n\n" if title else body


def _listing(call: _Call, body: str) -> str:
    marks = fence(body)
    language = call.get("lang", "type")
    return f"\n\n{marks}{language}\n{body.strip(chr(10))}\n{marks}\n\n"


def _quotation(call: _Call, body: str) -> str:
    lines = [f"> {line}".rstrip() for line in body.strip().split("\n")]
    who = call.get("author", "cite", "source", "name")
    return "\n\n" + "\n".join([*lines, *([">", f"> — {who}"] if who else [])]) + "\n\n"


def _formula(call: _Call, body: str) -> str:
    display = "display" in call.words or "display" in call.keys or "\n" in body.strip()
    tex = re.sub(r"^(?:\$\$?|\\\\?[(\[])|(?:\$\$?|\\\\?[)\]])$", "", body.strip())
    made = written(tex, display=display) or body
    return f"\n\n{made}\n\n" if display else made


def _button(call: _Call, body: str) -> str:
    address = call.get("href", "relref", "link", "url")
    return f"[{body.strip()}](<{address}>)" if address else body


_WRITERS: dict[str, Callable[[_Call, str], str]] = {
    "box": _box, "titled": _headed, "highlight": _listing, "code": _listing,
    "blockquote": _quotation, "quote": _quotation, "katex": _formula, "math": _formula,
    "mathjax": _formula, "button": _button,
}  # fmt: skip
