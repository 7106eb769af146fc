"""WeasyPrint is imported without the searches that cost half of its import.

It asks for each C library by the names that other systems have first. On Linux a name that is
none sends ``ctypes.util.find_library`` to ask ``ldconfig``, a compiler and a linker, more than
fifty processes in all; the system's loader then finds the library by its own name.
"""

from __future__ import annotations

import ctypes.util
import sys
from functools import cache


@cache
def load() -> None:
    """Import WeasyPrint's libraries, if they have not been; whatever needs them may follow."""
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _no_other_name
    try:
        import weasyprint.text.ffi  # noqa: F401 # to be there is all that it is imported for
    finally:
        ctypes.util.find_library = search


def _no_other_name(name: str) -> str | None:
    """None: what the loader does not find by ``name`` is not looked for."""
    del name
    return None
