from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "marketplace.accounts"
    label = "accounts"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        """Notice where people sign in, with what, and under which key a session goes on after a new password."""
        from allauth.account.signals import password_changed, password_reset, password_set  # apps are ready only now
        from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used  # as above
        from allauth.socialaccount.signals import social_account_removed  # as above
        from django.contrib.auth.signals import user_logged_in  # as above
        from django.db.models.signals import post_delete, post_save  # as above

        from marketplace.accounts import connections, devices, second_factor  # as above

        user_logged_in.connect(devices.remember)
        password_changed.connect(devices.follow)
        password_set.connect(devices.follow)
        password_reset.connect(connections.forget_unproved)
        authenticator_used.connect(second_factor.note_shown)
        authenticator_added.connect(second_factor.note_added)
        authenticator_removed.connect(second_factor.note_removed)
        post_save.connect(second_factor.state_set_up, sender="mfa.Authenticator")
        post_delete.connect(second_factor.state_taken_away, sender="mfa.Authenticator")
        social_account_removed.connect(connections.note_removed)
        post_save.connect(connections.state_connected, sender="socialaccount.SocialAccount")
        post_delete.connect(connections.state_disconnected, sender="socialaccount.SocialAccount")
