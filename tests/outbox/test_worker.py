"""The worker's consumer outlives its broker (the fault drill does it with a real one)."""

from typing import Any

import pytest
from celery.worker.consumer import Consumer

from marketplace.outbox.worker import Patient


def test_a_stumble_while_cleaning_up_after_the_broker_does_not_end_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(self: Any, exc: Exception) -> None:
        raise AttributeError("'NoneType' object has no attribute 'hostname'")

    monkeypatch.setattr(Consumer, "on_connection_error_after_connected", stumble)
    consumer = Patient.__new__(Patient)
    consumer.connection = object()
    consumer.on_connection_error_after_connected(ConnectionError("Connection closed by server."))
    assert consumer.connection is None
