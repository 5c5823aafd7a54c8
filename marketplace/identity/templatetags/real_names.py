"""`{% real_name_of user as own %}`: for pages of rooms below this one."""

from django import template

from marketplace.accounts.queries import Person
from marketplace.identity import queries
from marketplace.identity.models import RealNameVerification

register = template.Library()


@register.simple_tag
def real_name_of(person: Person) -> RealNameVerification | None:
    """The person's own application, if there is one."""
    return queries.of(person)
