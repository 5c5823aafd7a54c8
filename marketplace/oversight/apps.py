from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    """Public figures. A listener by the arrows that subscribes to nothing: it counts the rows as they stand."""

    name = "marketplace.oversight"
    label = "oversight"
    verbose_name = _("Figures")
