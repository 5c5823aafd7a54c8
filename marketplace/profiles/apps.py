from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfilesConfig(AppConfig):
    name = "marketplace.profiles"
    label = "profiles"
    verbose_name = _("Expert and solver profiles")

    def ready(self) -> None:
        """Listen to people who change their name."""
        from marketplace.profiles import subscribers  # noqa: F401  # registers by being imported
