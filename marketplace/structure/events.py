"""Facts about how organisations are made up. Departments and domains are matters of their organisation."""

from typing import TYPE_CHECKING, ClassVar

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from marketplace.accounts.models import User
    from marketplace.structure.models import Affiliation, Department, MailDomain


class DepartmentEvent(Event):
    @classmethod
    def of(cls, department: "Department") -> "DepartmentEvent":
        stream = f"organisation:{department.organisation.public_id}"
        return cls(stream=stream, subject=department.public_id, version=department.version)


class DepartmentOpened(DepartmentEvent):
    kind: ClassVar[str] = "organisation.department_opened"


class DepartmentRenamed(DepartmentEvent):
    kind: ClassVar[str] = "organisation.department_renamed"


class DepartmentClosed(DepartmentEvent):
    kind: ClassVar[str] = "organisation.department_closed"


class MemberPlaced(Event):
    """One of the organisation's people sits in this department from now on, or in none."""

    kind: ClassVar[str] = "organisation.member_placed"

    @classmethod
    def of(cls, organisation_id: str, user: "User", department: "Department | None") -> "MemberPlaced":
        data: dict[str, Scalar] = {"department": department.public_id if department else ""}
        return cls(stream=f"organisation:{organisation_id}", subject=user.public_id, version=1, data=data)


class AffiliationEvent(Event):
    """Told in the child's stream; the parent's public id is in the data."""

    @classmethod
    def of(cls, affiliation: "Affiliation") -> "AffiliationEvent":
        data: dict[str, Scalar] = {"parent": affiliation.parent.public_id}
        stream = f"organisation:{affiliation.child.public_id}"
        return cls(stream=stream, subject=affiliation.public_id, version=affiliation.version, data=data)


class AffiliationProposed(AffiliationEvent):
    kind: ClassVar[str] = "organisation.affiliation_proposed"


class AffiliationConfirmed(AffiliationEvent):
    kind: ClassVar[str] = "organisation.affiliation_confirmed"


class AffiliationDeclined(AffiliationEvent):
    kind: ClassVar[str] = "organisation.affiliation_declined"


class AffiliationEnded(AffiliationEvent):
    kind: ClassVar[str] = "organisation.affiliation_ended"


class DomainEvent(Event):
    @classmethod
    def of(cls, row: "MailDomain") -> "DomainEvent":
        stream = f"organisation:{row.organisation.public_id}"
        return cls(stream=stream, subject=row.public_id, version=row.version)


class DomainClaimed(DomainEvent):
    kind: ClassVar[str] = "organisation.domain_claimed"


class DomainProved(DomainEvent):
    kind: ClassVar[str] = "organisation.domain_proved"


class DomainEnded(DomainEvent):
    kind: ClassVar[str] = "organisation.domain_ended"
