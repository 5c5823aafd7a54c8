"""The consumer inside Celery's worker, which outlives its broker."""

import structlog
from celery.worker.consumer import Consumer

log = structlog.get_logger(__name__)


class Patient(Consumer):  # type: ignore[misc]  # Celery carries no types
    """Celery's own, but for one fault of its 5.7: the worker ended for good when Redis went while it held messages."""

    def on_connection_error_after_connected(self, exc: Exception) -> None:
        """Clean up after a lost connection, whose last step may stumble over what an earlier one has taken apart."""
        try:
            super().on_connection_error_after_connected(exc)
        except AttributeError as failure:
            log.warning("broker lost with messages in hand", why=repr(failure))
            self.connection = None
