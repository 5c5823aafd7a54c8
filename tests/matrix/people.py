"""The roles of the matrix: one person for each, standing in the same relation to every object of the world."""

from typing import Any

from marketplace.accounts.models import Expert, Membership, Organisation, User
from marketplace.accounts.roles import Role, Scope
from marketplace.kernel import clock
from tests import factories

ROLES = {
    "anon": "nobody is signed in",
    "strn": "signed in, of no concern to anything",
    "auth": "owner of the sponsor, who wrote its challenges and uploaded its list",
    "offc": "another officer of the sponsor",
    "memb": "belongs to the sponsor, but is no officer",
    "frmr": "was an officer of the sponsor; the membership ended",
    "left": "wrote one of the sponsor's drafts as its officer; the membership ended",
    "forn": "officer of another verified organisation, and of one that waits and one that was returned",
    "regn": "administrator of the challenges' province",
    "regx": "administrator of another province",
    "judg": "adjudicator of every case of the sponsor",
    "supv": "supervisor of every case of the sponsor",
    "judx": "adjudicator of another case",
    "revw": "reviewer who has accepted",
    "invt": "invited to a panel of the sponsor's, seated on others",
    "revx": "reviewer on the panel of another case",
    "solv": "solver with a draft, a submitted, an opened and a losing proposal",
    "rivl": "another solver of the same challenges",
    "ofcr": "opening officer who holds a part of every key",
    "sysa": "system administrator",
    "seca": "security administrator, beside another one who proposes",
    "auda": "audit administrator",
}
APART = ("sysa", "seca", "auda")
"""They see no more than a stranger, wherever a row does not say otherwise (I18)."""
ALIKE = {"gone": "anon", "root": "strn"}
"""A deactivated person with a session is nobody; a superuser is anybody (no bypass). Never declared apart."""


def cast() -> dict[str, User]:
    """A person for every role but nobody, each with a name of their own."""
    made = {role: factories.person(f"矩阵人物{role}") for role in (*ROLES, *ALIKE) if role != "anon"}
    User.objects.filter(pk=made["gone"].pk).update(is_active=False)
    User.objects.filter(pk=made["root"].pk).update(is_superuser=True)
    for role, held, code in (
        ("regn", Role.REGION_ADMIN, "420000"),
        ("regx", Role.REGION_ADMIN, "330000"),
        ("judg", Role.ADJUDICATOR, "420000"),
        ("supv", Role.SUPERVISOR, "420000"),
        ("judx", Role.ADJUDICATOR, "420000"),
    ):
        factories.accounts.grant_role(user=made[role], role=held, scope=Scope.REGION, scope_id=code)
    factories.accounts.grant_role(user=made["ofcr"], role=Role.OPENING_OFFICER, scope=Scope.PLATFORM)
    for officer in (made["ofcr"], factories.opening_officer()):
        factories.enrolled(officer)
    offices = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
    for role, held in zip(APART, offices, strict=True):
        factories.accounts.grant_role(user=made[role], role=held, scope=Scope.PLATFORM)
    return made


def staff(sponsor: Organisation, people: dict[str, User]) -> None:
    """Everybody who belongs to the sponsor, or did."""
    for role, place in (("offc", "OFFICER"), ("memb", "MEMBER"), ("frmr", "OFFICER"), ("left", "OFFICER")):
        factories.member(sponsor, people[role], Membership.Place(place))


def leave(*who: User) -> None:
    """These belong nowhere from now on."""
    Membership.objects.filter(user__in=who).update(valid_until=clock.now())


def into_the_database(*who: User) -> None:
    """These are experts now, of a region from elsewhere."""
    region = factories.region("330100", "杭州市", "Hangzhou")
    for user in who:
        Expert.objects.create(user=user, label=user.display_name, expertise="评审", region=region)


def out_of_the_database(*who: Any) -> None:
    """These are experts no longer: no later draw finds them."""
    Expert.objects.filter(user__in=who).delete()
