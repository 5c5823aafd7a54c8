"""Columns that fill themselves from the platform's clock."""

from typing import Any

from django.db import models

from marketplace.kernel import clock


class MomentField(models.DateTimeField):  # type: ignore[type-arg]  # generic in the stubs only
    """When a row was first written, by the platform's clock; asked at insertion, not when an object is made."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001  # Django's own signature
        """Give the moment to a new row that has none."""
        if add and getattr(model_instance, self.attname) is None:
            setattr(model_instance, self.attname, clock.now())
        return super().pre_save(model_instance, add)
