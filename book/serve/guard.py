"""Who may ask, and what a browser may do with the answers.

Any page that a writer has open could ask 127.0.0.1 for the book, or bring its own name to point
there (DNS rebinding). So a request must name this host, and come from our own page or from nobody's
(Fetch, section 3.2, ``Origin``; Fetch Metadata, ``Sec-Fetch-Site``). Only GET and HEAD are
answered. Answers carry a Content Security Policy (CSP 3) by which nothing but our own files is
loaded, and no script but ours run.
"""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine, seen from itself."""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


class Guard:
    """Lets requests through to ``app`` that name one of our hosts, at ``port``.

    ``host`` is what the server is bound to. If that is not loopback, numbers are let through too:
    a name can be made to point anywhere, a number can't.
    """

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._app, self._port = app, port
        self._hosts = {*_LOOPBACK, host.lower()}
        self._is_remote = not is_loopback(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI 3: refuse, or pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message.get("headers", [])}
                more = [(name, value) for name, value in _HEADERS if name not in own]
                message["headers"] = [*message.get("headers", []), *more]
            await send(message)

        if refused := self._refused(scope):
            from starlette.responses import PlainTextResponse

            response = PlainTextResponse(refused[1], status_code=refused[0])
            await response(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Status and reason, if the request is not for us to answer."""
        if scope["method"] not in ("GET", "HEAD"):
            return 405, "Only looking is allowed here.\n"
        named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1 or not self._is_ours(named[0]):
            return 403, "This is not the host that you think it is.\n"
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        origin = headers.get(b"origin")
        if origin is not None and origin != f"http://{named[0]}":
            return 403, "Another page may not look at this book.\n"
        if headers.get(b"sec-fetch-site", "none") not in ("none", "same-origin"):
            return 403, "Another page may not look at this book.\n"
        return None

    def _is_ours(self, named: str) -> bool:
        host, colon, port = named.lower().rpartition(":")
        if not colon or not port.isascii() or not port.isdigit():
            host, port = named.lower(), "80"
        host = host.removeprefix("[").removesuffix("]")
        if int(port[:6]) != self._port:
            return False
        if host in self._hosts:
            return True
        with suppress(ValueError):
            return self._is_remote and bool(ip_address(host))
        return False
