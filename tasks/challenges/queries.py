"""Reads about challenges. `visible_to` is the one place that says who sees which challenge."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Concat

from marketplace.accounts import queries as people
from marketplace.accounts.lifecycle import OrganisationState
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import Role
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from marketplace.kernel.one_at_a_time import one_at_a_time
from marketplace.outbox.models import Fact
from marketplace.registry import queries as registry
from marketplace.registry.codes import within
from marketplace.registry.models import NegativeListItem, TechnologyField
from marketplace.vault.lifecycle import KEPT
from marketplace.vault.models import StoredFile
from tasks import events
from tasks.challenges.choices import Audience, NameShown
from tasks.challenges.intake import intake_of
from tasks.challenges.lifecycle import PUBLIC, State
from tasks.challenges.models import Challenge, ChallengeBatch, ChallengeRelease, NonDisclosure
from tasks.challenges.posting import ROWS, CriterionLine, IndicatorLine, MilestoneLine, PlaceLine, Posting

HIDDEN = frozenset(State) - PUBLIC
EVERYBODYS = Q(state__in=PUBLIC) & ~Q(audience=Audience.INTERNAL)
"""What everybody may see: published, and not for the sponsor's own people alone (4.3, T07, H04)."""
NAMED = Q(name_shown=NameShown.SHOWN) | Q(state=State.AWARDED)
"""Where everybody may know who the sponsor is (名称保密)."""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Glimpse(NamedTuple):
    """A public challenge at its quickest: whether it may be shown, and whether a row drawn before still holds."""

    public_id: str
    state: str
    version: int
    sponsor_version: int | None


def challenges() -> QuerySet[Challenge]:
    """All challenges with what a card shows: sponsor, region and fields, in a fixed number of queries."""
    return Challenge.objects.select_related("sponsor__region", "region__parent__parent", "batch").prefetch_related(
        "fields"
    )


def public_challenges() -> QuerySet[Challenge]:
    """Challenges that everybody may see, in the order they were opened, newest first."""
    return challenges().filter(EVERYBODYS).order_by("-opened_at", "-pk")


def published_by(organisation: Organisation) -> QuerySet[Challenge]:
    """What everybody may know the organisation to have posted, newest first."""
    return public_challenges().filter(NAMED, sponsor=organisation)


def open_challenges() -> QuerySet[Challenge]:
    """Challenges that take proposals now by their state; the deadline is judged by the clock at submission."""
    return public_challenges().filter(state=State.OPEN)


def visible_to(person: Person) -> QuerySet[Challenge]:
    """Public ones, and of the others those the person acts for, administers, or drafted for nobody yet (4.3, H32)."""
    mine = EVERYBODYS
    if person.is_authenticated:
        mine |= _own(person) | _administered(person) | _inside(person)
    return challenges().filter(mine)


def _inside(person: Person) -> Q:
    """What a house keeps to itself, once it is published: its people see it, and whoever judges it (T07, H04)."""
    at_home = people.memberships_of(person).values("organisation")
    judging = Q(adjudicator=person) | Q(supervisor=person)
    return Q(state__in=PUBLIC) & (Q(sponsor__in=at_home) | judging)


def drafts_of(person: Person) -> QuerySet[Challenge]:
    """Postings the person or their organisations have not yet got published, latest change first."""
    if not person.is_authenticated:
        return Challenge.objects.none()
    waiting = [State.DRAFT, State.RETURNED, State.SUBMITTED, State.APPROVED]
    return challenges().filter(_own(person), state__in=waiting).order_by("-moved_at")


def posted_by(person: Person) -> QuerySet[Challenge]:
    """Published challenges of the organisations the person acts for, newest first."""
    published = challenges().filter(state__in=PUBLIC, sponsor__in=people.organisations_of(person))
    return published.order_by("-opened_at", "-pk")


def awaiting_approval(person: Person) -> QuerySet[Challenge]:
    """Submitted postings in the regions this person administers, longest wait first."""
    return challenges().filter(_administered(person), state=State.SUBMITTED).order_by("moved_at")


def cases_of(person: Person) -> QuerySet[Challenge]:
    """Challenges this person adjudicates or supervises, the one that has waited longest first."""
    if not person.is_authenticated:
        return Challenge.objects.none()
    return challenges().filter(Q(adjudicator=person) | Q(supervisor=person)).order_by("moved_at")


def closing_soonest(limit: int, now: datetime) -> list[Challenge]:
    """Open challenges by deadline, the next one first."""
    return list(open_challenges().filter(deadline__gt=now).order_by("deadline")[:limit])


def is_of_chain(person: Person, challenge: Challenge) -> bool:
    """Whether the person belongs to one of the suppliers whom the sponsor called (J07)."""
    return people.memberships_of(person).filter(organisation__in=challenge.chain.all()).exists()


def suppliers(codes: Iterable[str]) -> tuple[tuple[Organisation, ...], list[str]]:
    """The verified organisations that have these unified social credit codes, and the codes that nobody has."""
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes))
    rows = Organisation.objects.filter(uscc__in=wanted, state=OrganisationState.VERIFIED).order_by("name")
    known = {row.uscc for row in rows}
    return tuple(rows), [code for code in wanted if code not in known]


def found(public_ids: Iterable[str], person: Person) -> dict[str, Challenge]:
    """Those of these ids the person may see, by id: the index proposes, this disposes."""
    rows = visible_to(person).filter(public_id__in=list(public_ids))
    return {row.public_id: row for row in rows}


def glimpses(public_ids: Iterable[str]) -> dict[str, Glimpse]:
    """Those of these ids that everybody may see, each with what a row in a list may have changed by."""
    rows = Challenge.objects.filter(EVERYBODYS, public_id__in=list(public_ids))
    return {row[0]: Glimpse(*row) for row in rows.values_list("public_id", "state", "version", "sponsor__version")}


def hidden_again() -> tuple[str, ...]:
    """Public ids of challenges that were published and are not public now: an index may still hold them (I22)."""
    once = Challenge.objects.filter(state__in=HIDDEN, opened_at__gt=BEGINNING)
    return tuple(once.values_list("public_id", flat=True))


def visible(public_id: str, person: Person) -> Challenge:
    """One challenge with whom it belongs to; its rows are read when they are wanted.

    Raises NotFound alike for missing and hidden.
    """
    rows = Challenge.objects.filter(public_id=public_id).order_by().annotate(**_marks())
    challenge = rows.select_related("sponsor", "region__parent__parent").first()
    if challenge is None or not _shown(challenge, person):
        raise NotFound
    return challenge


def _shown(challenge: Challenge, person: Person) -> bool:
    """What `visible_to` says of a single row; of one that everybody may see the database is not asked again."""
    return challenge.is_public or visible_to(person).filter(pk=challenge.pk).exists()


def stamp(challenge: Challenge) -> str:
    """What changes with each step of a challenge from `visible`, of what it is part of, its packages and its sponsor.

    A winner's other name and a batch's other title are not in it: pieces that show these are kept by it for a while
    only.
    """
    sponsor = challenge.sponsor.version if challenge.sponsor else 0
    parent = challenge.parent.version if challenge.parent else 0
    marks = (getattr(challenge, name) for name in MARKS)
    return ".".join(map(str, (challenge.public_id, challenge.version, *marks, sponsor, parent)))


class Lines(NamedTuple):
    """What a challenge's sheet lists, each in its order."""

    fields: list[TechnologyField]
    indicators: list[IndicatorLine]
    criteria: list[CriterionLine]
    places: list[PlaceLine]
    milestones: list[MilestoneLine]


def lines_of(challenge: Challenge) -> Lines:
    """Fields, indicators, criteria, prizes and milestones of a challenge, in one query."""
    first, *others = (_texts(rows, name, *columns) for name, rows, columns in _tables(challenge))
    rows = sorted(first.union(*others, all=True))
    said = {name: [texts for what, _order, *texts in rows if what == name] for name in Lines._fields}
    return Lines(
        fields=[TechnologyField(name_zh=zh, name_en=en) for zh, en, *_rest in said["fields"]],
        indicators=[IndicatorLine(*texts[:4]) for texts in said["indicators"]],
        criteria=[CriterionLine(name, int(weight), *rest) for name, weight, *rest in said["criteria"]],
        places=[PlaceLine(int(amount)) for amount, *_rest in said["places"]],
        milestones=[MilestoneLine(name, int(weeks), int(share)) for name, weeks, share, *_rest in said["milestones"]],
    )


CRITERION_TEXTS = ("name", "weight", "kind", "op", "limit", "unit", "guideline", "test_method")


def _tables(challenge: Challenge) -> list[tuple[str, Any, tuple[str, ...]]]:
    return [
        ("fields", challenge.fields, ("name_zh", "name_en")),
        ("indicators", challenge.indicators, ("name", "op", "value", "unit")),
        ("criteria", challenge.criteria, CRITERION_TEXTS),
        ("places", challenge.prize_places, ("amount",)),
        ("milestones", challenge.planned_milestones, ("name", "weeks", "share")),
    ]


def _texts(rows: Any, what: str, *columns: str) -> QuerySet[Any, Any]:
    """The rows of one table as texts, of as many columns as the widest has, so that one query reads all."""
    said = [Cast(column, CharField()) for column in columns]
    blank = [Value("", output_field=CharField())] * (len(CRITERION_TEXTS) - len(said))
    found: QuerySet[Any, Any] = rows.order_by().values_list(Value(what), "order", *said, *blank)
    return found


def whole_of(challenge: Challenge) -> Challenge | None:
    """What this challenge is a work package of, if everybody may see that (T06)."""
    whole: Challenge | None = challenge.parent
    return whole if whole and whole.is_public else None


def packages_of(challenge: Challenge) -> QuerySet[Challenge]:
    """The work packages of a challenge from `visible` that everybody may see (T06)."""
    if getattr(challenge, "packages_changed", 0) is None:
        return Challenge.objects.none()
    return public_challenges().filter(parent=challenge).prefetch_related(None)


def has_accepted_terms(person: Person, challenge: Challenge) -> bool:
    """Whether the person has accepted this challenge's non-disclosure terms."""
    if not isinstance(person, User):
        return False
    return NonDisclosure.objects.filter(challenge=challenge, person=person).exists()


MARKS = ("facts_stated", "packages_changed", "open_files", "nda_files")
OPEN_CODE, NDA_CODE = "challenge-attachment", "challenge-attachment-nda"
"""The doors its attachments come in by."""


def _marks() -> dict[str, Subquery]:
    """How far the challenge's trail and its work packages have come."""
    stream = Concat(Value("challenge:"), OuterRef("public_id"))
    facts = Fact.objects.filter(stream=stream).order_by("-sequence").values("sequence")[:1]
    packages = Challenge.objects.filter(parent=OuterRef("pk")).values("parent").annotate(sum=Sum("version"))
    files = (_attached(code) for code in (OPEN_CODE, NDA_CODE))
    return dict(zip(MARKS, (Subquery(facts), Subquery(packages.values("sum")), *files), strict=True))


def _attached(code: str) -> Subquery:
    """How many files are kept at this door; None for none."""
    rows = StoredFile.objects.filter(door=code, holder=OuterRef("public_id"), state__in=KEPT).order_by()
    return Subquery(rows.values("holder").annotate(count=Count("pk")).values("count"))


def locked(public_id: str, version: int | None = None) -> Challenge:
    """The challenge, locked until the end of the transaction, with nothing being handed in to it meanwhile.

    Raises NotFound, or Stale when the actor had seen another version than the one now locked.
    """
    one_at_a_time(intake_of(public_id))  # before the row: who hands in waits for the row while holding this
    challenge = Challenge.objects.select_for_update(of=("self",)).filter(public_id=public_id).order_by().first()
    if challenge is None:
        raise NotFound
    expect(challenge, version)
    return challenge


def as_it_is(public_id: str) -> Challenge:
    """The challenge as it is now, unlocked. For services that look before they lock. Raises NotFound."""
    challenge = Challenge.objects.select_related("region").filter(public_id=public_id).order_by().first()
    if challenge is None:
        raise NotFound
    return challenge


def releases_of(challenge: Challenge) -> list[ChallengeRelease]:
    """Who has handed in just this version as the first of two, as far as they still act for the sponsor."""
    rows = ChallengeRelease.objects.filter(challenge=challenge, of_version=challenge.version).select_related("person")
    return [row for row in rows.order_by("pk") if people.officer_of(row.person, challenge.sponsor)]


BEFORE_PUBLICATION = frozenset(
    event.kind
    for event in (
        events.ChallengeDrafted,
        events.ChallengeEdited,
        events.ChallengeReleased,
        events.ChallengeSubmitted,
        events.ChallengeReturned,
    )
)
"""What happened to a posting before it was approved: its sponsor's and its administrator's business alone."""


BEFORE_A_DECISION = frozenset(
    event.kind
    for event in (
        events.AmendmentReleased,
        events.AmendmentDropped,
        events.CancellationAsked,
        events.CancellationRefused,
    )
)
"""What its sponsor has begun and what has come to nothing: as much its own business as drafting."""


def trail_of(challenge: Challenge, *, insider: bool = False) -> QuerySet[Fact]:
    """The facts of the challenge's own stream in their order; what is the sponsor's own only for an insider (4.3)."""
    facts = Fact.objects.filter(stream=f"challenge:{challenge.public_id}").order_by("sequence")
    return facts if insider else facts.exclude(kind__in=BEFORE_PUBLICATION | BEFORE_A_DECISION)


def batch_seen_by(public_id: str, person: Person) -> ChallengeBatch:
    """A batch or programme: public once announced or with its first public challenge, before that its officers' alone.

    Raises NotFound alike for missing and hidden.
    """
    batch = batches_shown(person).filter(public_id=public_id).order_by().first()
    if batch is None:
        raise NotFound
    return batch


def batches_shown(person: Person) -> QuerySet[ChallengeBatch]:
    """Batches and programmes the person may see, the latest to open first; `published` says whether any call is."""
    calls = Challenge.objects.filter(EVERYBODYS, batch=OuterRef("pk"))
    rows = ChallengeBatch.objects.select_related("organisation__region__parent__parent")
    own = Q(organisation__in=people.organisations_of(person))
    shown = rows.annotate(published=Exists(calls)).filter(Q(published=True) | Q(announced=True) | own)
    return shown.order_by("-opens_on", "-pk")


def may_begin_batches(person: Person) -> bool:
    """Whether the person acts for a verified organisation."""
    return people.verified_organisations_of(person).exists()


def in_batch(batch: ChallengeBatch, person: Person) -> QuerySet[Challenge]:
    """The batch's challenges that this person may see, the latest opened first, unpublished ones at the end."""
    return visible_to(person).filter(batch=batch).order_by(F("opened_at").desc(nulls_last=True), "-pk")


def splittable(public_id: str, person: Person) -> Challenge:
    """A published challenge of one's own organisation, which may be split into work packages (T06). Raises NotFound."""
    challenge = posted_by(person).filter(public_id=public_id, parent=None).first()
    if challenge is None:
        raise NotFound
    return challenge


def listed_matters(challenge: Challenge, *, on: date) -> list[NegativeListItem]:
    """The items of the negative list that the posting's text speaks of (H22, W14)."""
    return registry.hits(spoken_text(challenge), on=on)


def spoken_text(challenge: Challenge) -> str:
    """Everything the sponsor wrote about the need, as one text."""
    said = [challenge.title, challenge.title_en, challenge.description, challenge.description_en]
    return "\n".join([*said, *challenge.keywords, *map(str, challenge.indicators.all())])


def posting_of(challenge: Challenge) -> Posting:
    """The challenge's content in the form its sponsor wrote it."""
    columns = {name: getattr(challenge, name) for name in Posting.__dataclass_fields__ if name not in ROWS}
    lists = {name: tuple(columns[name]) for name in ("keywords", "reward_kinds")}
    lines = lines_of(challenge)
    return Posting(
        **{**columns, **lists},
        fields=tuple(challenge.fields.all()),
        chain=tuple(challenge.chain.order_by("name")),
        indicators=tuple(lines.indicators),
        criteria=tuple(lines.criteria),
        places=tuple(lines.places),
        milestones=tuple(lines.milestones),
    )


def _own(person: Person) -> Q:
    """Postings of the organisations the person acts for now, and the person's own that have no organisation yet."""
    return Q(author=person, sponsor=None) | Q(sponsor__in=people.organisations_of(person))


def _administered(person: Person) -> Q:
    codes = people.regions_of(person, Role.REGION_ADMIN)
    beyond_drafting = ~Q(state=State.DRAFT)
    return beyond_drafting if codes is None else beyond_drafting & within("region__code", codes)


def facts_shown() -> Q:
    """Which facts of challenges, questions and lists audit administrators may see: all; none is of proposals (I9)."""
    of_calls = Q(stream__startswith="challenge:", kind__startswith="challenge.") | Q(stream__startswith="question:")
    return of_calls | Q(stream__startswith="sheet:")
