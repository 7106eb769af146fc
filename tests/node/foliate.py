"""foliate-js, a reading system, in Chromium: what a reader of the ebook meets.

Chromium opens one page of our own (``read.html``) from a server on the loopback address; the page
reads the books and sends back what it found. Nothing else is asked for.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.node import FLAGS, chromium, modules

_PATIENCE = 90
_TYPES = {".html": "text/html", ".js": "text/javascript"}


@dataclass(frozen=True)
class Task:
    """A book to read: the notes to open (file and id of their calls), and a page to turn to."""

    data: bytes
    calls: Sequence[tuple[str, str]]
    page: str


def read(tasks: Sequence[Task], folder: Path) -> list[dict[str, Any]]:
    """What foliate-js finds in each book; ``folder`` is for Chromium's profile, and is empty."""
    with _served(tasks) as (address, reports), _browser(f"{address}/read.html", folder):
        report = reports.get(timeout=_PATIENCE)
    assert "error" not in report, report["error"]
    results: list[dict[str, Any]] = report["results"]
    return results


@contextmanager
def _browser(url: str, folder: Path) -> Iterator[None]:
    size = "--window-size=900,700"
    command = [chromium(), *FLAGS, size, f"--user-data-dir={folder}", url]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


@contextmanager
def _served(tasks: Sequence[Task]) -> Iterator[tuple[str, queue.Queue[dict[str, Any]]]]:
    reports: queue.Queue[dict[str, Any]] = queue.Queue()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(tasks, reports))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", reports
    finally:
        server.shutdown()
        server.server_close()


def _handler(
    tasks: Sequence[Task], reports: queue.Queue[dict[str, Any]]
) -> type[BaseHTTPRequestHandler]:
    files = modules()
    books = [
        {"url": f"/book/{number}", "calls": task.calls, "page": task.page}
        for number, task in enumerate(tasks)
    ]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            data = self._found(path)
            self.send_response(200 if data is not None else 404)
            suffix = Path(path).suffix
            self.send_header("Content-Type", _TYPES.get(suffix, "application/octet-stream"))
            self.end_headers()
            self.wfile.write(data or b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
            reports.put(json.loads(body))

        def _found(self, path: str) -> bytes | None:
            if path == "/read.html":
                return (Path(__file__).parent / "read.html").read_bytes()
            if path == "/books":
                return json.dumps(books).encode()
            if path.startswith("/book/"):
                return tasks[int(path.removeprefix("/book/"))].data
            file = (files.parent / path.lstrip("/")).resolve()
            inside = file.is_relative_to(files) and file.is_file()
            return file.read_bytes() if inside else None

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    return Handler
