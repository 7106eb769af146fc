"""WeasyPrint is imported without what cost two thirds of its import.

It asks for each C library by the names that other systems have first. On Linux a name that is
none sends ``ctypes.util.find_library`` to ask ``ldconfig``, a compiler and a linker, more than
fifty processes in all; the system's loader then finds the library by its own name. And it imports
what fontTools cuts fonts with, a third of what is left, which is for fonts that we do not know.
"""

from __future__ import annotations

import ctypes.util
import sys
from functools import cache, partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


#: What WeasyPrint imports, but hardly ever calls.
_LATER = ("fontTools.subset", "fontTools.varLib.instancer")


@cache
def load() -> None:
    """Import WeasyPrint's libraries, if they have not been; whatever needs them may follow."""
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _no_other_name
    later = {name: _Later(name) for name in _LATER if name not in sys.modules}
    sys.modules.update(later)
    try:
        import weasyprint.pdf.fonts
        import weasyprint.text.ffi  # noqa: F401 # to be there is all that both are imported for
    finally:
        ctypes.util.find_library = search
        for name in later:
            del sys.modules[name]
    _stop_the_clock()


def _stop_the_clock() -> None:
    """Let a font that fontTools pins not say when: the same book has the same bytes."""
    from fontTools.misc import timeTools

    setattr(timeTools, "timestampNow", _no_time)  # noqa: B010 # mypy forbids the plain way
    if head := sys.modules.get("fontTools.ttLib.tables._h_e_a_d"):
        setattr(head, "timestampNow", _no_time)  # noqa: B010 # as above


def _no_time() -> int:
    """Seconds since 1904, as a font's head has them (OpenType, "head")."""
    return 0


class _Later(ModuleType):
    """A module that is imported when something of it is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return partial(self._call, name)

    def _call(self, called: str, *args: Any, **more: Any) -> Any:
        return getattr(import_module(self.__name__), called)(*args, **more)


def _no_other_name(name: str) -> str | None:
    """None: what the loader does not find by ``name`` is not looked for."""
    del name
    return None
