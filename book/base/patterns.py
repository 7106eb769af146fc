"""Regular expressions that are compiled when they are first used.

A command uses few of the hundreds that its modules define, and Python compiles each from scratch in
every process: a tenth of a second for all of them.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Later:
    """What becomes a :class:`re.Pattern` when anything is asked of it; then it costs no more."""

    def __init__(self, source: Any, flags: int) -> None:
        self._made = (source, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Who copies or inspects it is to ask for nothing.
            raise AttributeError(name)
        made = re.compile(*self._made)
        self.__dict__.update((one, getattr(made, one)) for one in dir(made) if one[0] != "_")
        return self.__dict__[name]


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As :func:`re.compile`, but that a mistake in ``source`` is raised at the first use.

    It is for a module's own constants: to functions of :mod:`re` it can't be given.
    """
    return cast("re.Pattern[AnyStr]", _Later(source, flags))
