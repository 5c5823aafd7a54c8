"""What a person may act as. Stored roles are grants with a scope and dates; all others are computed, never stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Roles that are granted. SPONSOR_OFFICER and MEMBER come from memberships."""

    REGION_ADMIN = "REGION_ADMIN", _("region administrator")
    ADJUDICATOR = "ADJUDICATOR", _("adjudicator")
    SUPERVISOR = "SUPERVISOR", _("supervisor")
    OBSERVER = "OBSERVER", _("observer")
    OPENING_OFFICER = "OPENING_OFFICER", _("opening officer")
    SYSTEM_ADMIN = "SYSTEM_ADMIN", _("system administrator")
    SECURITY_ADMIN = "SECURITY_ADMIN", _("security administrator")
    AUDIT_ADMIN = "AUDIT_ADMIN", _("audit administrator")


ADMINISTRATION = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""The separated administrators (三员分立, GB/T 22239): of the platform as a whole, never of a matter on it."""


def excluded_by(role: Role) -> frozenset[Role]:
    """The roles that nobody holds beside this one: an administrator has no other, and nobody else is one (I18)."""
    return frozenset(Role) - {role} if role in ADMINISTRATION else ADMINISTRATION


class ActingAs(models.TextChoices):
    """Computed roles, as facts name them."""

    USER = "USER", _("signed-in person")
    SPONSOR_OFFICER = "SPONSOR_OFFICER", _("sponsor's officer")
    SOLVER = "SOLVER", _("solver")
    REVIEWER = "REVIEWER", _("reviewer")


class Scope(models.TextChoices):
    """How far a grant reaches: everywhere, one region with its children, or one organisation."""

    PLATFORM = "PLATFORM", _("whole platform")
    REGION = "REGION", _("region")
    ORGANISATION = "ORGANISATION", _("organisation")
