"""What the machine must have for pages to be set, looked for before it is used."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

from book.base.errors import UnusableError

#: What WeasyPrint opens, by the names that Linux, macOS and Windows have for it.
_PANGO = {
    "GLib": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
}
_SYSTEMS = {"darwin": 1, "win32": 2}
#: How to install it, by system.
INSTALL = (
    "Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "Fedora: dnf install pango; Arch: pacman -S pango; "
    "macOS: brew install pango, or port install pango; "
    "Windows: pacman -S mingw-w64-x86_64-pango in MSYS2"
)


@cache
def missing() -> tuple[str, ...]:
    """Those of Pango's libraries that this machine doesn't have; empty if pages can be set."""
    place = _SYSTEMS.get(sys.platform, 0)
    return tuple(name for name, files in _PANGO.items() if not _opens(files[place]))


def need_pango() -> None:
    """Raise UnusableError, which says how to install it, if this machine has no Pango."""
    if lacking := missing():
        raise UnusableError(
            f"Pages are set with Pango, and this machine lacks {', '.join(lacking)}. "
            f"Install it: {INSTALL}."
        )


def _opens(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
