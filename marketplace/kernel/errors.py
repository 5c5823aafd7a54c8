"""Expected failures: every one has a name and a sentence for the person who caused it."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Expected(Exception):
    """A failure the page knows how to show. Never a bug, never swallowed, rendered at one boundary."""

    status = 422

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class Refusal(Expected):
    """The actor may not, or the change is not allowed. `field` names the form field that caused it, if one did."""


class Stale(Expected):
    """Somebody was first: the row is no longer in the version or state the actor saw. Nothing was changed."""

    status = 409

    def __init__(self, row: object, message: Any | None = None) -> None:
        super().__init__(message or _("Somebody was faster: this has changed since you opened it. Please look again."))
        self.row = row


class NotFound(Expected):
    """No such thing, or none that the actor may know of: both read alike (hidden equals missing)."""

    status = 404

    def __init__(self, message: Any | None = None) -> None:
        super().__init__(message or _("There is nothing here, or you may not see it."))
