from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StructureConfig(AppConfig):
    name = "marketplace.structure"
    label = "structure"
    verbose_name = _("How organisations are made up")
