"""Somebody goes by another name: the directory finds them by the new one."""

from marketplace.accounts import events as people
from marketplace.outbox.models import Fact
from marketplace.outbox.registry import listens_to
from marketplace.profiles import services


@listens_to(people.PersonChanged, name="profiles.names")
def list_by_the_new_name(fact: Fact) -> None:
    """Names are the accounts' own, which know nothing of profiles."""
    services.list_anew(fact.subject)
