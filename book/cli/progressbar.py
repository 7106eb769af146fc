"""Progress for people: a bar on a terminal, with how long is left; elsewhere nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID

    from book.cli.screen import Screen


#: What the steps are called for people.
_CALLED = {
    "pdf": "making the PDF",
    "pages": "setting pages",
    "folios": "setting heads and numbers",
    "epub": "making the ebook",
    "handout": "making the handout",
    "answers": "making the answers",
    "interior": "making the inside",
    "cover": "making the cover",
}


class Steps:
    """Shows each step on ``screen`` while it is entered; ``now`` is the name of the last one.

    With ``quiet``, or where nobody sees a bar move, it only listens. It is a
    :class:`book.base.progress.Progress`.
    """

    def __init__(self, screen: Screen, *, quiet: bool) -> None:
        self.now = ""
        self._screen, self._quiet = screen, quiet
        self._bar: Progress | None = None
        self._task: TaskID

    def __enter__(self) -> Self:
        if not self._quiet and self._screen.is_terminal:
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeRemainingColumn,
            )

            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(compact=True),
                console=self._screen.rich,
                transient=True,
            )
            self._task = self._bar.add_task("reading the chapters", total=None)
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, name: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` parts of the step ``name`` are finished."""
        if self._bar and name != self.now:  # How long is left is reckoned for each step anew.
            self._bar.remove_task(self._task)
            called = _CALLED.get(name, name)
            self._task = self._bar.add_task(called, completed=done, total=total or None)
        elif self._bar:
            self._bar.update(self._task, completed=done, total=total or None)
        self.now = name
