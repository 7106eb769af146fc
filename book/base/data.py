"""Frozen data are Structs (:mod:`msgspec`); what pydantic reads of ``book.toml`` are dataclasses.

A Struct is defined in a tenth of the time of a dataclass, and a command defines a hundred before it
does anything. Here is what both have in common.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import msgspec

__all__ = ["is_data", "names", "replace"]

if TYPE_CHECKING:
    from dataclasses import replace  # mypy knows which fields there are.
else:

    def replace(data: Any, /, **changes: Any) -> Any:
        """``data`` with other values; raises TypeError for a name that is no field of it."""
        if isinstance(data, msgspec.Struct):
            return msgspec.structs.replace(data, **changes)
        return dataclasses.replace(data, **changes)


def names(data: Any) -> tuple[str, ...]:
    """The names of the fields of ``data``, or of all such data; raises TypeError if it is none."""
    if found := getattr(data, "__struct_fields__", None):
        return tuple(found)
    return tuple(one.name for one in dataclasses.fields(data))


def is_data(value: object) -> bool:
    """Whether ``value`` is such data, or a class of them."""
    return hasattr(value, "__struct_fields__") or dataclasses.is_dataclass(value)
