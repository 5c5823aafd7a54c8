from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "marketplace.notices"
    label = "notices"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Listen to the facts people are told of."""
        from marketplace.notices import subscribers  # noqa: F401  # registers by being imported
