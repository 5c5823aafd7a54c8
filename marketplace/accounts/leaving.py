"""How somebody leaves the platform: the account is closed at once, and at the erasure they belong nowhere any more.

Part of the services; what else goes is carried out by `marketplace.privacy`, which knows every table.
"""

from django.db.models import QuerySet

from marketplace.accounts import events, services
from marketplace.accounts.models import Membership, User
from marketplace.kernel import clock
from marketplace.kernel.verdicts import SYSTEM, Allowed
from marketplace.outbox.record import record

NOWHERE = "erased.invalid"
"""A domain that never is (RFC 2606), so that no letter can reach an address in it."""


def unreachable(user: User) -> str:
    """The address of somebody who has none any more: each a different one, for the column asks for that."""
    return f"{user.public_id}@{NOWHERE}"


def waiting_for_erasure() -> QuerySet[User]:
    """Accounts that are closed and will be erased, the one that asked first at the front."""
    return User.objects.filter(erased_at=None).exclude(erasure_asked_at=None).order_by("erasure_asked_at", "pk")


def close_for_erasure(user: User, *, by: Allowed) -> bool:
    """Let the person sign in no more; the clock does the rest. False where it was asked for before.

    Inside the caller's transaction, which holds the row.
    """
    fresh = User.objects.filter(pk=user.pk, erasure_asked_at=None, erased_at=None)
    if not fresh.update(is_active=False, erasure_asked_at=clock.now()):
        return False
    services.end_all_sessions(user)
    user.refresh_from_db(fields=["is_active", "erasure_asked_at"])
    record(events.ErasureAskedFor.of(user), by=by)
    return True


def leave_everywhere(user: User) -> None:
    """End every membership that runs, each as its own fact."""
    for membership in Membership.objects.filter(user=user, valid_until=None).select_related("organisation"):
        Membership.objects.filter(pk=membership.pk).update(valid_until=clock.now())
        record(events.MemberLeft.of(membership.organisation, user), by=SYSTEM)


def mark_erased(user: User, *, by: Allowed) -> None:
    """Say that nothing is left of them."""
    User.objects.filter(pk=user.pk).update(erased_at=clock.now())
    record(events.PersonErased.of(user), by=by)
