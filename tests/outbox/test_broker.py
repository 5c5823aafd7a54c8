"""What a worker does when its broker goes (the fault drill does it with a real one)."""

import pytest
from kombu import Connection

from marketplace.outbox.broker import Transport


def test_a_channel_whose_connection_was_taken_down_says_that_it_is_lost() -> None:
    """An acknowledgement that comes too late must be one of the failures that a worker expects."""
    connection = Connection("redis://127.0.0.1:9/1", transport="marketplace.outbox.broker:Transport")
    transport = connection.transport
    assert isinstance(transport, Transport)
    assert issubclass(ConnectionError, transport.connection_errors)
    channel = Transport.Channel.__new__(Transport.Channel)
    channel.connection = transport
    transport.client = None
    with pytest.raises(ConnectionError):
        channel._connparams()
