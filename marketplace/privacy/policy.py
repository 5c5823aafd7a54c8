"""Who may have their account erased, and what must be over before."""

from collections.abc import Callable, Iterator
from typing import cast

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.accounts.policy import signed_in
from marketplace.accounts.queries import Person
from marketplace.kernel.verdicts import Denied, Verdict

Bonds = Callable[[User], Iterator[Promise]]


def may_ask(person: Person) -> Verdict:
    """个人信息保护法 art. 47: everybody, for themselves, once nothing of theirs is under way."""
    verdict = signed_in(person)
    if not verdict or not isinstance(person, User):
        return verdict
    return Denied(_("Something of yours is still under way; it has to be over first.")) if bonds(person) else verdict


def bonds(person: User) -> list[Promise]:
    """Everything of theirs that is under way, each in a sentence (settings.ERASURE_WAITS_FOR)."""
    asked = (cast(Bonds, import_string(path)) for path in settings.ERASURE_WAITS_FOR)
    return [reason for one in asked for reason in one(person)]
