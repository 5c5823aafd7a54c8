from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    name = "marketplace.vault"
    label = "vault"
    verbose_name = _("Files")

    def ready(self) -> None:
        """A row that is deleted, as at an erasure, takes the content with it once that is certain to stand."""
        post_delete.connect(_forget, sender="vault.StoredFile")


def _forget(instance: Any, **_signal: Any) -> None:
    from marketplace.vault import store  # models are ready only now

    transaction.on_commit(lambda: store.forget(instance.place))
