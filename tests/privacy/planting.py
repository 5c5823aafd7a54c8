"""People of whom something is kept in every place that the declarations name, with a canary in every text of it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Field

from marketplace.accounts.events import ExpertListed, PersonChanged
from marketplace.accounts.models import Device, User
from marketplace.kernel import clock
from marketplace.kernel.personal import STAYING, Key, Part, Table
from marketplace.kernel.verdicts import SYSTEM, Allowed
from marketplace.notices.models import Letter
from marketplace.outbox.models import Delivery
from marketplace.outbox.record import record
from marketplace.privacy import queries, tables
from tasks.adjudication.services import NOTICE_WORKING_DAYS
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tasks.teams.models import PartnerCall
from tests import factories

CANARY = re.compile(r"canary\d{6}x|#\d{6}#")
SHORTEST = 8
"""Characters of the shortest canary."""
TEXTS = (models.CharField, models.TextField, models.JSONField)
_numbers = count(100_000)
_rows = count(1)


def canary(column: Field) -> str:
    """A text that stands nowhere else, as long as the column takes it."""
    number = next(_numbers)
    text = f"canary{number}x" if (column.max_length or 99) >= 13 else f"#{number}#"
    return f"{text}@example.org" if isinstance(column, models.EmailField) else text


ENCRYPTED = {("tasks.Proposal", "kept"), ("tasks.DraftVersion", "kept")}
"""Columns in which nothing that is planted could be read; `test_erasure` looks at what becomes of them."""


def texts_of(table: Table, part: Part, *, erased: bool) -> Iterator[Field]:
    """The columns of a part that hold text; `erased` leaves out what an erasure leaves."""
    model = apps.get_model(table.model)
    finding = set() if part.whose.by is Key.NAME else {*part.whose.paths, "public_id"}
    for datum in part.data:
        for column in map(model._meta.get_field, datum.columns):
            if (column.max_length or SHORTEST) < SHORTEST:  # a sign, too short to say anything of anybody
                continue
            if erased and datum.erased in STAYING:
                continue
            if (table.model, column.name) in ENCRYPTED:
                continue
            if isinstance(column, TEXTS) and not column.choices and column.name not in finding:
                yield column


class World:
    """What many people share: a challenge that takes proposals, and the stranger who posted it."""

    def __init__(self) -> None:
        self.open = factories.open_challenge()
        self.stranger = self.open.author
        self.organisation = self.open.sponsor
        self.answer = factories.submitted_proposal(self.open)
        self.panel = row(self, apps.get_model("tasks.ReviewPanel"), challenge=self.open)

    def shared(self, model: type[models.Model]) -> Any:
        """The row of a kind that is nobody's of those who are erased; None where each needs a new one."""
        known = {
            "User": self.stranger, "Organisation": self.organisation, "Region": factories.region(),
            "TechnologyField": factories.field(), "Challenge": self.open, "Proposal": self.answer,
            "ReviewPanel": getattr(self, "panel", None), "Criterion": self.open.criteria.first(),
            "PartnerCall": PartnerCall.objects.filter(author=self.stranger).first(),
            "Fact": record(PersonChanged.of(self.stranger), by=SYSTEM) if model.__name__ == "Fact" else None,
        }  # fmt: skip
        return known.get(model.__name__)


@transaction.atomic
def somebody(world: World, *, erased: bool = True) -> tuple[User, set[str]]:
    """A person with a row in every part, and the canaries in them; `erased`: only where an erasure must reach."""
    person = factories.person()
    planted: set[str] = set()
    for table, part in _in_order():
        if erased and not any(True for _one in texts_of(table, part, erased=True)):
            continue
        person.refresh_from_db()
        found = queries.rows_of(table, part, queries.keys_of(person))
        if not found.exists():
            _made(world, table, part, person)
        assert found.exists(), f"no row for {table.model} by {part.whose.path}"
        planted |= _planted(found, texts_of(table, part, erased=erased), person)
    person.refresh_from_db()
    if hasattr(person, "expert"):
        record(ExpertListed.of(person.expert), by=SYSTEM)
    return person, planted


def _in_order() -> list[tuple[Table, Part]]:
    """What others are known by comes first: the person, their sign-ins, their addresses."""
    first = ["accounts.User", "accounts.Device", "account.EmailAddress", "tasks.Challenge"]
    told = list(tables.parts())
    return sorted(told, key=lambda pair: first.index(pair[0].model) if pair[0].model in first else len(first))


def _planted(found: Any, columns: Iterator[Field], person: User) -> set[str]:
    planted = set()
    for column in columns:
        for one in found.filter():
            if CANARY.search(str(getattr(one, column.name))):
                continue
            text = canary(column)
            if found.model is Letter and one.to != person.email:
                text = f"{text} {person.display_name}"
            kept: Any = {"name": text} if isinstance(column, models.JSONField) else text
            type(one)._default_manager.filter(pk=one.pk).update(**{column.name: kept})
            planted |= set(CANARY.findall(text))
    return planted


def _made(world: World, table: Table, part: Part, person: User) -> None:
    special = SPECIAL.get((table.model, part.whose.path)) or SPECIAL.get((table.model, ""))
    if special is not None and not (table.model == "tasks.Proposal" and part.where == {"state": "WINNING"}):
        special(world, person)
        return
    model = apps.get_model(table.model)
    fixed = {}
    for name, value in part.where.items():
        column, _under, many = name.partition("__")
        if column != "challenge":
            fixed[column] = value[0] if many == "in" else value
    _owned(world, model, part, person, fixed)


def _owned(world: World, model: Any, part: Part, person: User, fixed: dict[str, Any]) -> Any:
    values = {Key.ROW: person, Key.ID: f"{part.whose.prefix}{person.public_id}", Key.MAIL: person.email}
    if part.whose.by is Key.SESSION:
        values[Key.SESSION] = Device.objects.filter(user=person).first().session_key  # type: ignore[union-attr]  # made before
    return _along(world, model, part.whose.path.split("__"), values[part.whose.by], fixed)


def _along(world: World, model: Any, path: list[str], value: Any, fixed: dict[str, Any]) -> Any:
    """A row whose path leads to the value; what lies between is looked for before it is made."""
    first, *rest = path
    if not rest:
        return row(world, model, **{first: value, **fixed})
    between = model._meta.get_field(first).related_model
    there = between._default_manager.filter(**{"__".join(rest): value}).first()
    there = there or _along(world, between, rest, value, {})
    return row(world, model, **{first: there, **fixed})


def row(world: World, model: Any, **fixed: Any) -> Any:
    """A row of any model: what must be there is something, what may be left out is left out."""
    values = dict(fixed)
    for column in model._meta.local_concrete_fields:
        left_out = column.primary_key and column.get_internal_type().endswith("AutoField")
        if column.name in values or column.null or column.has_default() or left_out:
            continue
        if column.is_relation:
            values[column.name] = world.shared(column.related_model) or row(world, column.related_model)
        else:
            values[column.name] = _something(column)
    return model._default_manager.create(**values)


def _something(column: Field) -> Any:
    if column.choices:
        return column.choices[0][0]
    kinds: dict[str, Any] = {
        "CharField": f"x{next(_rows)}"[: column.max_length or 20],
        "TextField": "x",
        "EmailField": f"x{next(_rows)}@example.org",
        "DateTimeField": clock.now(),
        "DateField": clock.now().date(),
        "BinaryField": b"x",
        "BooleanField": False,
    }
    kind = "DateTimeField" if isinstance(column, models.DateTimeField) else column.get_internal_type()
    return kinds.get(kind, 1)


def _a_fact(_world: World, person: User) -> None:
    record(PersonChanged.of(person), by=Allowed(person.public_id, "USER"))


def _a_failure(_world: World, person: User) -> None:
    fact = record(PersonChanged.of(person), by=Allowed(person.public_id, "USER"))
    Delivery.objects.create(
        fact=fact, listener="gone", state="DONE", due_at=clock.now(), done_at=clock.now(), last_error="x"
    )


def _a_draft(_world: World, person: User) -> None:
    posting.draft_challenge(actor=person, content=factories.posting_content(), sponsor=None)


def _an_answer(world: World, person: User) -> None:
    factories.proposal_draft(world.open, person)


def _a_letter_about(_world: World, person: User) -> None:
    said = {"subject": "x", "body": person.email, "html": person.email}
    Letter.objects.create(to="fremd@example.org", sender="x", state="SENT", due_at=clock.now(), **said)


def _a_notice(world: World, person: User) -> None:
    challenge = Challenge.objects.filter(author=person).first()
    days = {"starts_at": clock.now(), "ends_at": clock.now() + timedelta(days=90)}
    row(world, apps.get_model("tasks.PublicNotice"), challenge=challenge, working_days=NOTICE_WORKING_DAYS, **days)


def _a_seat(world: World, person: User) -> None:
    row(world, apps.get_model("tasks.Assignment"), reviewer=person, state="DECLINED", panel=world.panel)


def _belonging(world: World, person: User) -> None:
    ended = {"valid_from": clock.now(), "valid_until": clock.now()}
    row(world, apps.get_model("accounts.Membership"), user=person, place="MEMBER", **ended)


def _an_office(world: World, person: User) -> None:
    row(world, apps.get_model("accounts.RoleGrant"), user=person, valid_from=clock.now(), valid_until=clock.now())


def _a_request(path: str) -> "Maker":
    """Of an office; whoever it is about, proposes and decides are three."""

    def made(world: World, person: User) -> None:
        three = {name: factories.person() for name in ("user", "proposed_by", "decided_by")} | {path: person}
        state = {"state": "REFUSED", "lapses_at": clock.now()}
        row(world, apps.get_model("administration.GrantRequest"), **three, **state)

    return made


def _a_reset(path: str) -> "Maker":
    """Of a lost second factor; whoever asks, vouches and decides are three."""

    def made(world: World, person: User) -> None:
        three = {name: factories.person() for name in ("user", "vouched_by", "decided_by")} | {path: person}
        moments = {"not_before": clock.now(), "lapses_at": clock.now()}
        row(world, apps.get_model("administration.FactorReset"), state="REFUSED", **three, **moments)

    return made


def _a_question(path: str) -> "Maker":
    """Numbers are given once a challenge."""

    def made(world: World, person: User) -> None:
        row(world, apps.get_model("tasks.Question"), number=next(_rows), **{path: person})

    return made


def _decided(model: str, state: str, path: str) -> "Maker":
    """Of these only one may wait a challenge; this one has been decided."""

    def made(world: World, person: User) -> None:
        row(world, apps.get_model(model), state=state, **{path: person})

    return made


def _lifted(path: str) -> "Maker":
    """Only one may last a challenge; this one is over."""

    def made(world: World, person: User) -> None:
        row(world, apps.get_model("tasks.Hold"), until=clock.now() + timedelta(days=1), **{path: person})

    return made


def _a_count(_world: World, person: User) -> None:
    apps.get_model("realtime.LiveTopic")._default_manager.create(name=f"person:{person.public_id}", last_seq=1)


Maker = Callable[[World, User], None]
SPECIAL: dict[tuple[str, str], Maker] = {
    ("outbox.Fact", ""): _a_fact,
    ("outbox.Delivery", ""): _a_failure,
    ("tasks.Challenge", "author"): _a_draft,
    ("tasks.Proposal", ""): _an_answer,
    ("tasks.DraftVersion", ""): _an_answer,
    ("tasks.PublicNotice", ""): _a_notice,
    ("tasks.Hold", "set_by"): _lifted("set_by"),
    ("tasks.Hold", "lifted_by"): _lifted("lifted_by"),
    ("tasks.Amendment", ""): _decided("tasks.Amendment", "DROPPED", "author"),
    ("tasks.CancellationRequest", "asker"): _decided("tasks.CancellationRequest", "REFUSED", "asker"),
    ("tasks.CancellationRequest", "decider"): _decided("tasks.CancellationRequest", "REFUSED", "decider"),
    ("tasks.Question", "asker"): _a_question("asker"),
    ("tasks.Question", "answerer"): _a_question("answerer"),
    ("tasks.Assignment", ""): _a_seat,
    ("notices.Letter", "subject body html"): _a_letter_about,
    ("accounts.Membership", ""): _belonging,
    ("accounts.RoleGrant", "user"): _an_office,
    ("administration.GrantRequest", "user"): _a_request("user"),
    ("administration.GrantRequest", "proposed_by"): _a_request("proposed_by"),
    ("administration.GrantRequest", "decided_by"): _a_request("decided_by"),
    ("administration.FactorReset", "user"): _a_reset("user"),
    ("administration.FactorReset", "vouched_by"): _a_reset("vouched_by"),
    ("administration.FactorReset", "decided_by"): _a_reset("decided_by"),
    ("realtime.LiveTopic", ""): _a_count,
}
