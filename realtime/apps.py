from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RealtimeConfig(AppConfig):
    name = "realtime"
    label = "realtime"
    verbose_name = _("Live updates")

    def ready(self) -> None:
        """Let the subscribers register."""
        from realtime import subscribers  # noqa: F401  # registers by being imported
