"""What saves time: a pattern is only tried where what it needs is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What must be in a text for a pattern to find anything there, by the pattern's name.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "backtick": ("`", "\\", "<"),
    "no-character": ("\\&", "&#"),
    "escape": ("\\",),
    "inline-note": ("^",),
    "chapbook-call": ("[^",),
    "reference": ("[",),
    "examples": ("(@",),
    "link": ("](",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "span": ("]{",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "angled": ("<",),
    "autolink": ("<",),
    "automail": ("<",),
    "backslash-break": ("\n",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "bare": ("://", "www."),
    "entity": ("&",),
    "struck": ("~~",),
    "marked": ("==",),
    "lowered": ("~",),
    "raised": ("^",),
    "em_strong": ("*", "_"),
}
