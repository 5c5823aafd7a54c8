"""The way to Redis for jobs: kombu's own, but for one fault of its 5.7 that ended a worker for good."""

from typing import Any

from kombu.transport import redis


class Channel(redis.Channel):
    """A channel whose connection was taken down says so.

    When Redis goes while a job runs, the worker acknowledges it later on the channel that is gone. What kombu raises
    there, an AttributeError, no one expects; a lost connection is noted, and the message comes back and does no harm.
    """

    def _connparams(self, asynchronous: bool = False) -> Any:  # noqa: FBT001, FBT002  # kombu calls it so
        if self.connection.client is None:
            raise ConnectionError("The connection of this channel is closed.")
        return super()._connparams(asynchronous=asynchronous)  # type: ignore[no-untyped-call]  # kombu names no types


class Transport(redis.Transport):
    """Redis with such channels."""

    Channel = Channel
