"""The channel layer of the embedded mode: Channels' in-memory layer, made safe to speak to from other threads.

The relay runs in a thread of its own while the sockets live on the server's event loop. An asyncio queue that is
filled from another thread does not wake its reader, so every call is carried to the loop that reads.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from channels.layers import InMemoryChannelLayer


class ThreadSafeInMemoryLayer(InMemoryChannelLayer):  # type: ignore[misc]  # channels carries no types
    """Reaches the sockets of this process only; the embedded mode has no other."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._home: asyncio.AbstractEventLoop | None = None

    async def new_channel(self, prefix: str = "specific.") -> Any:
        """Name a channel; the loop that asks is the one that reads."""
        self._settle()
        return await super().new_channel(prefix)

    async def receive(self, channel: str) -> Any:
        self._settle()
        return await super().receive(channel)

    async def send(self, channel: str, message: dict[str, Any]) -> None:
        await self._at_home(super().send(channel, message))

    async def group_add(self, group: str, channel: str) -> None:
        await self._at_home(super().group_add(group, channel))

    async def group_discard(self, group: str, channel: str) -> None:
        await self._at_home(super().group_discard(group, channel))

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        await self._at_home(super().group_send(group, message))

    def _settle(self) -> None:
        """Make the running loop the home; what an ended loop left behind has no reader any more."""
        here = asyncio.get_running_loop()
        if self._home is here:
            return
        if self._home is not None and not self._home.is_closed():
            raise RuntimeError("The in-memory layer serves the sockets of one event loop.")
        self.channels.clear()
        self.groups.clear()
        self._home = here

    async def _at_home(self, call: Coroutine[Any, Any, None]) -> None:
        home = self._home
        if home is None or home.is_closed():
            call.close()
        elif home is asyncio.get_running_loop():
            await call
        else:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(call, home))
