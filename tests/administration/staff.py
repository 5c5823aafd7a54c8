"""The separated administrators of a test, and what they propose."""

from typing import Any

from allauth.mfa.models import Authenticator

from marketplace.accounts import services as accounts
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role, Scope
from marketplace.administration import services
from marketplace.administration.models import Act, GrantRequest
from marketplace.administration.services import Change
from tests import factories


def office(role: Role, *, name: str = "", scope: Scope = Scope.PLATFORM, scope_id: str = "") -> User:
    """Somebody who holds this role, given by the operator."""
    person = factories.person(name)
    accounts.grant_role(user=person, role=role, scope=scope, scope_id=scope_id)
    return person


def change(role: Role = Role.OBSERVER, **said: Any) -> Change:
    """A proposal to give this role everywhere, unless said otherwise."""
    return Change(**{"act": Act.GIVE, "role": role, "scope": Scope.PLATFORM, "reason": "任期已到", **said})


def proposed(actor: User, person: User, role: Role = Role.OBSERVER, **said: Any) -> GrantRequest:
    """A request that waits for its second person."""
    return services.propose(actor=actor, person=person.public_id, change=change(role, **said))


def with_app(person: User) -> User:
    """This person has an app and recovery codes."""
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=person, type=kind, data={})
    return User.objects.get(pk=person.pk)
