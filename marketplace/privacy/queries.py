"""Which rows are a person's, and what they say of them. Reads each table by its declaration."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import Model, Q, QuerySet

from marketplace.accounts.models import Device, User
from marketplace.kernel.errors import NotFound
from marketplace.kernel.personal import Datum, Key, Part, Table
from marketplace.privacy.tables import parts

Keys = Mapping[Key, Sequence[Any]]


def locked(person: User) -> User:
    """Their row, locked until the end of the transaction. Raises NotFound."""
    found = User.objects.select_for_update().filter(pk=person.pk).first()
    if found is None:
        raise NotFound
    return found


def keys_of(person: User) -> Keys:
    """By what the person's rows are known; asked once, before anything is changed."""
    addresses = _addresses(person)
    sessions = Device.objects.filter(user=person).exclude(session_key="").values_list("session_key", flat=True)
    return {
        Key.ROW: [person.pk],
        Key.ID: [person.public_id],
        Key.MAIL: sorted(addresses),
        Key.SESSION: list(sessions),
        # No name: anybody may call themselves by a word that stands in everybody's letters.
        Key.NAME: sorted(addresses),
    }


def _addresses(person: User) -> set[str]:
    """Those they have shown to be theirs, and the one the account began with unless somebody else has.

    What somebody merely wrote among their addresses may be another's, and so may what was sent there.
    """
    shown = set(EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True))
    taken = EmailAddress.objects.filter(email__iexact=person.email, verified=True).exclude(user=person).exists()
    return shown if taken else {*shown, person.email}


def rows_of(table: Table, part: Part, keys: Keys) -> QuerySet[Any]:
    """The rows of this part that are the person's, the latest last."""
    model = apps.get_model(table.model)
    own = (_matching(path, part, keys) for path in part.whose.paths)
    found: QuerySet[Any] = model._default_manager.filter(reduce(or_, own), **part.where)
    return found.order_by("pk")


LOOKUPS = {Key.MAIL: "iexact", Key.NAME: "contains"}
"""How what is compared other than by being the same."""


def _matching(path: str, part: Part, keys: Keys) -> Q:
    prefix, lookup = part.whose.prefix, LOOKUPS.get(part.whose.by)
    values = [f"{prefix}{value}" if prefix else value for value in keys[part.whose.by]]
    if lookup is None:
        return Q(**{f"{path}__in": values})
    return reduce(or_, (Q(**{f"{path}__{lookup}": value}) for value in values), Q(pk__in=[]))


@dataclass(frozen=True)
class Said:
    """What one row says of a person, datum by datum: the values of its columns, or what stands for them."""

    row: Model
    part: Part

    @property
    def lines(self) -> Iterator[tuple[Datum, dict[str, Any]]]:
        """Each datum with its columns."""
        for datum in self.part.data:
            if datum.shown is not None:
                yield datum, dict.fromkeys(datum.columns, datum.shown(self.row))
            else:
                yield datum, {column: _value(self.row, column) for column in datum.columns}


def kept_of(person: User, *, most: int | None = None) -> Iterator[tuple[Table, Part, list[Said]]]:
    """Everything that is kept of the person and told to them, part by part, the latest rows of each first."""
    keys = keys_of(person)
    for table, part in parts():
        if part.told:
            rows = _with_references(table, part, rows_of(table, part, keys).reverse())
            yield table, part, [Said(row, part) for row in rows[:most]]


def _with_references(table: Table, part: Part, rows: QuerySet[Any]) -> QuerySet[Any]:
    model = apps.get_model(table.model)
    named = [one for one in part.columns if model._meta.get_field(one).is_relation]
    return rows.select_related(*named) if named else rows


def _value(row: Model, column: str) -> Any:
    """A column as it is kept; of another row only the name that the platform gives it."""
    value = getattr(row, column)
    return (getattr(value, "public_id", "") or str(value)) if isinstance(value, Model) else value
