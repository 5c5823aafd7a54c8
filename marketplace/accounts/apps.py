from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "marketplace.accounts"
    label = "accounts"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        """Notice where people sign in, and under which key their session goes on after a new password."""
        from allauth.account.signals import password_changed, password_set  # apps are ready only now
        from django.contrib.auth.signals import user_logged_in  # as above

        from marketplace.accounts import devices  # as above

        user_logged_in.connect(devices.remember)
        password_changed.connect(devices.follow)
        password_set.connect(devices.follow)
