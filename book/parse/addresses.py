"""Addresses of the web as browsers and EPUB's readers take them (WHATWG URL, section 4.1).

What an author typed with a stray sign in it is spelled as it was meant; what leads nowhere, such
as ``http://``, is no address.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, unquote

from book.base.patterns import pattern

_SCHEME = pattern(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB = pattern(
    r"""
      [/\\]{2} (?:(?P<user>[^/\\?\#@]*)@)?
      (?P<host>\[[^\]]*\]|[^/\\?\#:]+) (?: :(?P<port>[0-9]{0,5}))?
      (?P<path>[/\\][^?\#]*)? (?:\?(?P<query>[^\#]*))? (?:\#(?P<fragment>.*))?
    """,
    re.VERBOSE | re.DOTALL,
)
_LABEL = pattern(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?")
_LAST_PORT = 65535
_LONGEST_NAME = 253
_SHOWN = 80
# What each part may hold as it is (RFC 3986, section 3); all else is escaped.
_PATH = "!$&'()*+,;=:@/-._~"
_STRAY = pattern("%(?![0-9a-fA-F]{2})")
_SPACES = pattern(r"[\t\n\r]+")


def address(written: str) -> str:
    """``written``, which begins with a scheme, as an address; empty if it can't be one.

    Only ASCII comes out: letters of other scripts are escaped, in the name of a host as IDNA has
    it (RFC 3490).
    """
    written = _SPACES.sub("", written.strip())
    scheme = _SCHEME.match(written)
    if scheme is None:
        return ""
    name, rest = scheme[1].lower(), written[scheme.end() :]
    if name in ("http", "https"):
        return _web(name, rest)
    if name == "tel":
        rest = re.sub(r"\s+", "", rest)
    path, mark, query = rest.partition("?")
    if not path.strip():
        return ""
    return f"{name}:{_escaped(path, _PATH)}{mark}{_escaped(query, _PATH + '?')}"


def is_none(written: str) -> bool:
    """Whether ``written`` is what people leave where an address is to come."""
    return not written.strip() or written.lstrip()[0] in "\"'"


def nowhere(written: str) -> tuple[str, str]:
    """What to say of ``written``, which is no address: a message and a hint."""
    if is_none(written):
        message = "This link has no address; its words stand alone."
        return message, "Write one: `[words](https://example.org/page)`, or a chapter's file."
    shown = written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"
    message = f"`{shown}` is no address: it leads nowhere."
    return message, "Write it whole, as in `https://example.org/page`."


def _web(scheme: str, rest: str) -> str:
    found = _WEB.fullmatch(rest)
    host = _host(found["host"]) if found else ""
    if not found or not host or int(found["port"] or 0) > _LAST_PORT:
        return ""
    user = f"{_escaped(found['user'], _PATH)}@" if found["user"] else ""
    port = f":{found['port']}" if found["port"] else ""
    made = f"{scheme}://{user}{host}{port}"
    made += _escaped((found["path"] or "").replace("\\", "/"), _PATH)
    for part, mark in (("query", "?"), ("fragment", "#")):
        if found[part] is not None:
            made += mark + _escaped(found[part], _PATH + "?")
    return made


def _host(written: str) -> str:
    """The name of a host or its number; empty if it is neither."""
    try:
        if written.startswith("["):
            return f"[{ipaddress.IPv6Address(written[1:-1])}]"
        name = unquote(written, errors="strict").encode("idna").decode().lower()
        labels = name.removesuffix(".").split(".")
        if labels[-1].isdigit() or labels[-1].startswith("0x"):
            return str(ipaddress.IPv4Address(name))
    except ValueError:  # what IDNA says of names, too
        return ""
    return name if all(map(_LABEL.fullmatch, labels)) and len(name) <= _LONGEST_NAME else ""


def _escaped(text: str, kept: str) -> str:
    return quote(_STRAY.sub("%25", text), safe=kept + "%")
