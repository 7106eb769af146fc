"""What a print server says of a job: a question in the Internet Printing Protocol (RFC 8010, 8011).

The program ``lpstat`` tells whether a job has ended, and not how; the protocol does. Asked is the
server that ``lpstat -H`` names, by its socket or by HTTP.
"""

from __future__ import annotations

import http.client
import socket
import struct
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GET_JOB, _GET_PRINTER = 0x0009, 0x000B
_OPERATION, _END, _GROUPS = b"\x01", b"\x03", 0x10
_NOT_FOUND = 0x0406  # RFC 8011, B.1.4.7
_INTEGERS = {0x21, 0x23}
_KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x44, 0x45, 0x47, 0x48
_PATIENCE = 30  # seconds

#: RFC 8011, 5.3.7: how a job stands.
HELD, STOPPED, CANCELED, ABORTED, COMPLETED = 4, 6, 7, 8, 9
#: RFC 8011, 5.4.11: the printer prints nothing.
PRINTER_STOPPED = 5


class Standing(NamedTuple):
    """How a job or a printer stands: its state as a number, why, and what is said of it."""

    state: int
    reasons: tuple[str, ...]
    message: str


def job(server: str, number: int) -> Standing:
    """How the job of that ``number`` stands; raises OSError if ``server`` doesn't say."""
    try:
        return _standing(server, _GET_JOB, "job-uri", f"ipp://localhost/jobs/{number}", "job")
    except LookupError:
        raise OSError("the server of the printer knows no such job") from None


def printer(server: str, name: str) -> Standing:
    """How the printer, or the class of printers, of that ``name`` stands; raises OSError."""
    for kind in ("printers", "classes"):
        address = f"ipp://localhost/{kind}/{quote(name)}"
        try:
            return _standing(server, _GET_PRINTER, "printer-uri", address, "printer")
        except LookupError:
            continue
    raise OSError("the server of the printer knows no such printer")


def _standing(server: str, operation: int, kind: str, address: str, of: str) -> Standing:
    names = (f"{of}-state", f"{of}-state-reasons", f"{of}-state-message")
    also = ("job-printer-state-message",) if of == "job" else ()
    said = _parsed(_posted(server, _request(operation, kind, address, (*names, *also))))
    state, reasons, message = (said.get(name, []) for name in names)
    if not state or not isinstance(state[0], int):
        raise OSError("the server of the printer says nothing of it")
    words = [str(one) for name in also for one in said.get(name, [])] + [
        str(one) for one in message
    ]
    told = next((one for one in words if one), "")
    return Standing(state[0], tuple(str(one) for one in reasons if one != "none"), told)


def _request(operation: int, kind: str, address: str, wanted: Sequence[str]) -> bytes:
    """A request (RFC 8010, 3.1): version 2.0, the operation, what it is about, what is wanted."""
    parts = [struct.pack(">BBHI", 2, 0, operation, 1), _OPERATION]
    parts.append(_attribute(_CHARSET, "attributes-charset", "utf-8"))
    parts.append(_attribute(_LANGUAGE, "attributes-natural-language", "en"))
    parts.append(_attribute(_URI, kind, address))
    name = "requested-attributes"
    for number, one in enumerate(wanted):
        parts.append(_attribute(_KEYWORD, "" if number else name, one))
    return b"".join([*parts, _END])


def _attribute(tag: int, name: str, value: str) -> bytes:
    key, data = name.encode(), value.encode()
    return struct.pack(">BH", tag, len(key)) + key + struct.pack(">H", len(data)) + data


def _parsed(answer: bytes) -> dict[str, list[int | str]]:
    """The attributes of an answer (RFC 8010, 3.1).

    Raises LookupError if what was asked for isn't there, OSError if it is none or a refusal.
    """
    found: dict[str, list[int | str]] = {}
    try:
        _, status, _ = struct.unpack_from(">HHI", answer)
        if status == _NOT_FOUND:
            raise LookupError
        if status >= 0x0400:
            raise OSError(f"the server of the printer refuses to answer (0x{status:04x})")
        name = ""
        for tag, key, data in _attributes(answer):
            name = key or name
            value = struct.unpack(">i", data)[0] if tag in _INTEGERS else data.decode()
            found.setdefault(name, []).append(value)
    except (struct.error, UnicodeDecodeError):
        raise OSError("the server of the printer gives no answer of its protocol") from None
    return found


def _attributes(answer: bytes) -> Iterator[tuple[int, str, bytes]]:
    """Tag, name and value of each attribute; of a further value of one, the name is empty."""
    at = 8
    while (tag := answer[at : at + 1]) != _END:
        if not tag:
            raise OSError("the server of the printer breaks off its answer")
        at += 1
        if tag[0] < _GROUPS:
            continue
        parts: list[bytes] = []
        for _ in range(2):
            (size,) = struct.unpack_from(">H", answer, at)
            parts.append(answer[at + 2 : at + 2 + size])
            at += 2 + size
        yield tag[0], parts[0].decode("ascii", "replace"), parts[1]


class _BySocket(http.client.HTTPConnection):
    """A connection to a server on this machine, by its socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_PATIENCE)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_PATIENCE)
        self.sock.connect(self._path)


def _posted(server: str, request: bytes) -> bytes:
    """What ``server`` (a socket's path, or ``host:port``) answers."""
    if server.startswith("/"):
        line: http.client.HTTPConnection = _BySocket(server)
    else:
        line = http.client.HTTPConnection(server.partition("/")[0], timeout=_PATIENCE)
    try:
        line.request("POST", "/", request, {"Content-Type": "application/ipp"})
        return line.getresponse().read()
    except http.client.HTTPException as problem:
        raise OSError(f"the server of the printer does not answer: {problem}") from None
    finally:
        line.close()
