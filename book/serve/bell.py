"""Word of a change, from the threads that work to all who listen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

#: Seconds after which somebody who listens is told that we are still there.
_PULSE = 15


class Bell:
    """Wakes all who listen for changes, from whatever thread it is rung in."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.is_closed = False

    def hang(self) -> None:
        """Hang it up in the loop that is running."""
        self._loop = asyncio.get_running_loop()

    def ring(self) -> None:
        """Something has changed."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def close(self) -> None:
        """Nothing more will change: let all who listen go."""
        self.is_closed = True
        self._wake()

    def _wake(self) -> None:
        for one in self._waiting:
            one.set()

    async def listen(self) -> AsyncIterator[bool]:
        """True for each change, False now and then, until the bell is closed."""
        heard = asyncio.Event()
        self._waiting.add(heard)
        try:
            yield True
            while not self.is_closed:
                try:
                    await asyncio.wait_for(heard.wait(), _PULSE)
                except TimeoutError:
                    yield False
                    continue
                heard.clear()
                if not self.is_closed:
                    yield True
        finally:
            self._waiting.discard(heard)
