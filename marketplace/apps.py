from django.apps import AppConfig

from marketplace import logs
from marketplace.kernel.memory import keep_off_disk


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = "众研 Zhongyan"

    def ready(self) -> None:
        """Set the logs up, leave no memory behind, and let the settings' safety checks register."""
        logs.configure()
        keep_off_disk()
        from marketplace import (
            celery,  # noqa: F401  # so that every process, the relay too, knows the broker of the settings
            checks,  # noqa: F401  # registers its checks by being imported
        )
