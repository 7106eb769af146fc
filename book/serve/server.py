"""The server: on a port of this machine, until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

import uvicorn

from book.base import identity, scratch, system
from book.base.errors import UnusableError
from book.cache.processes import start_forkserver
from book.cache.store import opened
from book.serve.app import Views
from book.serve.bell import Bell
from book.serve.desk import Preview
from book.serve.guard import Guard, is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

#: Where the desk is found if nobody says where; if it is taken, any free port will do.
PORT = 8765
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def bind(host: str, port: int | None) -> socket.socket:
    """A socket at ``host``; at :data:`PORT`, or a free one, if no ``port`` is named.

    Raises OSError if that can't be had, and UnusableError if somebody else has the ``port``.
    """
    ports = (PORT, 0) if port is None else (port,)
    for one in ports:
        family, kind, proto, _, address = socket.getaddrinfo(host, one, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, proto)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen()  # Whoever reads the address may come at once, and waits.
        except OSError as problem:
            listener.close()
            if problem.errno == errno.EADDRINUSE and port:
                said = f"Port {port} is in use, maybe by another `book serve`."
                raise UnusableError(f"{said} Without --port, a free one is taken.") from None
            if problem.errno != errno.EADDRINUSE or one == ports[-1]:
                raise
            continue
        return listener
    raise AssertionError  # the last port has raised


def serve(
    root: Path,
    host: str,
    listener: socket.socket,
    kept: Path | None,
    begun: Callable[[str], None],
) -> None:
    """Show the book in ``root`` at ``listener``, bound to ``host``, until a signal ends it.

    ``kept`` is where the store lies; ``begun`` is called with the address once all is ready.
    """
    system.need_pango()
    identity.epoch()
    start_forkserver()
    bell, port = Bell(), listener.getsockname()[1]
    with scratch.used(), closing(opened(kept)) as store:
        desk = Preview(root, store, bell.ring)
        folder = str(root.resolve()) if is_loopback(host) else ""
        app = Guard(Views(desk, bell, folder).app(), host, port)
        config = uvicorn.Config(app, lifespan="off", log_config=None, server_header=False)
        asyncio.run(_run(_Server(config, bell), desk, listener, partial(begun, _url(host, port))))


async def _run(
    server: _Server, desk: Preview, listener: socket.socket, begun: Callable[[], None]
) -> None:
    server.bell.hang()
    desk.start()
    begun()
    try:
        await server.serve([listener])
    finally:
        desk.stop()


def _url(host: str, port: int) -> str:
    name = "127.0.0.1" if host in ("0.0.0.0", "") else "[::1]" if host == "::" else host
    return f"http://{f'[{name}]' if ':' in name and name[0] != '[' else name}:{port}/"


class _Server(uvicorn.Server):
    """Uvicorn, which on its own waits for those who listen for events, and they for it."""

    def __init__(self, config: uvicorn.Config, bell: Bell) -> None:
        super().__init__(config)
        self.bell = bell

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """End in order at a signal, and leave it at that."""
        loop = asyncio.get_running_loop()
        for one in _SIGNALS:
            loop.add_signal_handler(one, self.end)
        try:
            yield
        finally:
            for one in _SIGNALS:
                loop.remove_signal_handler(one)

    def end(self) -> None:
        """Let all who listen go, then stop; at once if asked again."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self.bell.close()
