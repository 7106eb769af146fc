"""What the desk answers: the page, its parts, and word of every change."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from book.base.fonts import faces
from book.base.paths import content
from book.base.scripts import direction
from book.model import Pages
from book.serve.reading import noted, reading, told
from book.serve.words import counted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from book.model import Book, Chapter
    from book.serve.bell import Bell
    from book.serve.desk import Preview, Shown
    from book.serve.reading import Reading

_OURS = {
    "index.html": "text/html; charset=utf-8",
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "lists.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_PICTURES = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "svg": "svg+xml"}
_PICTURES |= {"webp": "webp"}
#: What a picture of the book may do, which a stranger may have drawn: nothing.
_INERT = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
_FRESH = {"cache-control": "no-store"}
_KEPT = {"cache-control": "private, max-age=86400, immutable"}
_NO_PAGES = Pages((), {})


class Views:
    """The answers, each from what the desk shows at the time; ``folder`` is told to the page."""

    def __init__(self, desk: Preview, bell: Bell, folder: str) -> None:
        self._desk, self._bell, self._folder = desk, bell, folder
        self._readings: dict[tuple[str, int, int], Reading] = {}
        self._began: dict[str, int] | None = None

    def app(self) -> Starlette:
        """The application, to be guarded."""
        routes = [
            Route("/", self.ours),
            Route("/desk/{name}", self.ours),
            Route("/state", self.state),
            Route("/lists", self.lists),
            Route("/chapters/{slug}", self.chapter),
            Route("/pages/{page:int}.png", self.page),
            Route("/pages/{page:int}/at", self.at),
            Route("/chapters/{slug}/{block:int}", self.where),
            Route("/pictures/{path:path}", self.picture),
            Route("/fonts/{name}", self.font),
            Route("/events", self.events),
        ]
        return Starlette(routes=routes)

    def ours(self, request: Request) -> Response:
        """One of the desk's own files."""
        name = request.path_params.get("name", "index.html")
        if name not in _OURS:
            raise HTTPException(404)
        return Response(_own(name), media_type=_OURS[name], headers={"cache-control": "no-cache"})

    def font(self, request: Request) -> Response:
        """A face of the text."""
        name = request.path_params["name"]
        path = next((one.path for one in faces() if one.path.name == name), None)
        if path is None:
            raise HTTPException(404)
        return Response(path.read_bytes(), media_type="font/otf", headers=_KEPT)

    def state(self, request: Request) -> Response:
        """All that changes but the text itself."""
        del request
        shown = self._desk.shown
        printed = shown.printed
        book = shown.book
        language = book.config.book.language if book else "en"
        pages = printed.pages if printed else _NO_PAGES
        return JSONResponse(
            {
                **_editions(shown),
                "folder": self._folder,
                "title": book.config.book.title if book else "",
                "language": language,
                "direction": direction(language),
                "chapters": self._chapters(shown),
                "labels": pages.labels,
                "sizes": printed.sizes if printed else [],
                "findings": [
                    {
                        "code": one.code,
                        "severity": one.severity,
                        "path": one.place.path,
                        "line": one.place.line,
                        "column": one.place.column,
                        "message": one.message,
                        "hint": one.hint,
                    }
                    for one in shown.findings
                ],
            },
            headers=_FRESH,
        )

    def _chapters(self, shown: Shown) -> list[dict[str, Any]]:
        if shown.book is None:
            return []
        pages = shown.printed.pages if shown.printed else _NO_PAGES
        counts = {one.slug: counted(one) for one in shown.book.chapters}
        if self._began is None:
            self._began = counts
        return [
            {
                "slug": one.slug,
                "path": one.path,
                "title": one.title,
                "number": shown.book.numbers.get(one.slug),
                "words": counts[one.slug],
                "grown": counts[one.slug] - self._began.get(one.slug, 0),
                "page": pages.page_of.get(one.slug),
                "headings": [
                    {"id": head.id, "text": head.text, "level": head.level} for head in one.headings
                ],
            }
            for one in shown.book.chapters
        ]

    def lists(self, request: Request) -> Response:
        """The chronology and the people."""
        del request
        book = self._desk.shown.book
        return JSONResponse(told(book) if book else {}, headers=_FRESH)

    def chapter(self, request: Request) -> Response:
        """A chapter as it reads."""
        shown, book, chapter = self._named(request)
        made = self._reading(shown, book, chapter)
        answer = {
            **_editions(shown),
            "slug": chapter.slug,
            "path": chapter.path,
            "language": chapter.language,
            "direction": direction(chapter.language),
            "html": made.html,
            "blocks": [[one.line, one.page] for one in made.blocks],
            "notes": noted(book, chapter),
        }
        return JSONResponse(answer, headers=_FRESH)

    def where(self, request: Request) -> Response:
        """Where a block of a chapter is printed: its page, and which part of that."""
        shown, book, chapter = self._named(request)
        made = self._reading(shown, book, chapter)
        number = request.path_params["block"]
        if number >= len(made.blocks) or shown.printed is None:
            raise HTTPException(404)
        block = made.blocks[number]
        band = None
        if block.page is not None:
            band = shown.printed.band(block.page, block.letters)
        answer = {"page": block.page, "band": band, "line": block.line}
        return JSONResponse(answer, headers=_FRESH)

    def at(self, request: Request) -> Response:
        """Which block is meant by a click on a page, at ``x`` and ``y`` from its upper left."""
        shown, page = self._desk.shown, request.path_params["page"]
        try:
            x, y = (float(request.query_params[name]) for name in ("x", "y"))
        except (KeyError, ValueError):
            raise HTTPException(400) from None
        if shown.printed is None or shown.book is None or not (0 <= x <= 1 and 0 <= y <= 1):
            raise HTTPException(404)
        slug = shown.printed.piece(page)
        chapter = shown.book.by_slug.get(slug)
        if chapter is None:
            return JSONResponse({"slug": None}, headers=_FRESH)
        made = self._reading(shown, shown.book, chapter)
        block = made.found(*shown.printed.around(page, x, y), page)
        line = 0 if block is None else made.blocks[block].line
        answer = {"slug": slug, "block": block, "path": chapter.path, "line": line}
        return JSONResponse(answer, headers=_FRESH)

    def page(self, request: Request) -> Response:
        """A page as a picture, ``w`` pixels wide; it is kept if ``v`` is its edition."""
        shown = self._desk.shown
        width = request.query_params.get("w", "800")
        if not width.isascii() or not width.isdigit() or shown.printed is None:
            raise HTTPException(404)
        data = shown.printed.picture(request.path_params["page"], int(width[:5]))
        if data is None:
            raise HTTPException(404)
        kept = request.query_params.get("v") == str(shown.pages)
        return Response(data, media_type="image/png", headers=_KEPT if kept else _FRESH)

    def picture(self, request: Request) -> Response:
        """A picture that the book shows; no other file of the folder is given out."""
        book, path = self._desk.shown.book, request.path_params["path"]
        kind = _PICTURES.get(path.rpartition(".")[2].lower())
        images = (
            (image.src for chapter in book.chapters for image in chapter.images) if book else ()
        )
        if kind is None or path not in images:
            raise HTTPException(404)
        data = content(self._desk.root, path)
        if data is None:
            raise HTTPException(404)
        return Response(data, media_type=f"image/{kind}", headers={**_FRESH, **_INERT})

    async def events(self, request: Request) -> Response:
        """Server-sent events (HTML, section 9.2): the editions, each time that they change."""
        del request

        async def stream() -> AsyncIterator[str]:
            async for changed in self._bell.listen():
                now = json.dumps(_editions(self._desk.shown))
                yield f"data: {now}\n\n" if changed else ": still here\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream", headers=_FRESH)

    def _named(self, request: Request) -> tuple[Shown, Book, Chapter]:
        """What is shown, and of it the chapter that is asked for."""
        shown = self._desk.shown
        chapter = shown.book.by_slug.get(request.path_params["slug"]) if shown.book else None
        if shown.book is None or chapter is None:
            raise HTTPException(404)
        return shown, shown.book, chapter

    def _reading(self, shown: Shown, book: Book, chapter: Chapter) -> Reading:
        """The chapter's reading, made once for each edition."""
        name = (chapter.slug, shown.text, shown.pages)
        if (made := self._readings.get(name)) is None:
            pages = shown.printed.pages if shown.printed else _NO_PAGES
            made = reading(book, chapter, shown.printed, pages)
            self._readings = {
                key: one for key, one in self._readings.items() if key[1:] == name[1:]
            }
            self._readings[name] = made
        return made


def _editions(shown: Shown) -> dict[str, Any]:
    return {
        "text": shown.text,
        "pages": shown.pages,
        "trouble": shown.trouble,
        "setting": shown.is_setting,
        "findings_count": len(shown.findings),
    }


@cache
def _own(name: str) -> bytes:
    return (files("book") / "serve" / "page" / name).read_bytes()
