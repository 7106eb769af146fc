"""What is changed in a book's folder, as it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from threading import Event

    from watchfiles import Change

#: Milliseconds without a further change after which those that were made are told; and how long
#: they are waited for at most.
_STEP, _LONGEST = 25, 400
#: Milliseconds after which it is sure that changes are heard of.
_BEGUN = 50
#: How the files end that editors keep beside the one that is edited.
_ASIDE = ("~", ".swp", ".swx", ".tmp", ".bak", ".orig")
#: What Vim makes to see whether it may write.
_TRIAL = "4913"


def changes(root: Path, outs: Sequence[Path], stop: Event) -> Iterator[None]:
    """Something each time that files of the book in ``root`` have changed, until ``stop`` is set.

    The first comes as soon as changes are heard of: what is made then misses none.

    What is changed in the folders ``outs``, where outputs go, doesn't count, nor what editors and
    version control keep for themselves. Raises OSError if the folder can't be watched.
    """
    from watchfiles import watch

    here = root.resolve()
    theirs = [out.resolve() for out in outs]

    def counts(change: Change, name: str) -> bool:
        del change
        path = here.__class__(name)
        if any(path.is_relative_to(out) for out in theirs):
            return False
        parts = path.relative_to(here).parts if path.is_relative_to(here) else path.parts
        aside = any(part.startswith(".") for part in parts) or path.name == _TRIAL
        return not aside and not path.name.endswith(_ASIDE) and not path.name.startswith("#")

    seen = watch(
        here,
        watch_filter=counts,
        debounce=_LONGEST,
        step=_STEP,
        stop_event=stop,
        rust_timeout=_BEGUN,
        yield_on_timeout=True,
        raise_interrupt=True,
        ignore_permission_denied=True,
    )
    is_first = True
    for changed in seen:
        if changed or is_first:
            yield None
        is_first = False
