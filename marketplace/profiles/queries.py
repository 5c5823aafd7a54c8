"""Reads about profiles. Others are answered with published profiles of open accounts only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from allauth.socialaccount.models import SocialAccount
from django.db import models
from django.db.models import Q, QuerySet

from marketplace.accounts.models import User
from marketplace.accounts.orcid import IDENTIFIER
from marketplace.accounts.queries import Person
from marketplace.identity.queries import verified
from marketplace.kernel.errors import NotFound
from marketplace.profiles.lifecycle import ProfileState
from marketplace.profiles.models import Listing, Profile, Reference
from marketplace.profiles.references import folded
from marketplace.profiles.showing import Audience, Part, Said, visibility_of
from marketplace.profiles.wording import Availability, EngagementMode, SolverCategory, Tongue
from marketplace.registry.codes import within

Choice = TypeVar("Choice", bound=models.TextChoices)
ABOVE = "region__parent__parent__parent"
MOST_WORDS = 8
OPEN_ACCOUNT = Q(user__is_active=True, user__erased_at=None)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What somebody asks of the directory."""

    text: str = ""
    field: str = ""
    region: str = ""
    kind: str = ""
    availability: str = ""


def of(person: Person) -> Profile | None:
    """The person's own profile."""
    return _rows().prefetch_related("fields").filter(user=person).first() if isinstance(person, User) else None


def locked(person: User) -> Profile | None:
    """The person's own profile, locked until the end of the transaction."""
    return Profile.objects.select_for_update(of=("self",)).select_related("user").filter(user=person).first()


def locked_of(public_id: str) -> Profile | None:
    """The profile of the person with this public id, locked until the end of the transaction."""
    rows = Profile.objects.select_for_update(of=("self",)).select_related("user")
    return rows.filter(user__public_id=public_id).first()


def published() -> QuerySet[Profile]:
    """Profiles that others may see, each with `is_verified`: whether its person is known by their real name."""
    return _rows().filter(OPEN_ACCOUNT, state=ProfileState.PUBLISHED).annotate(is_verified=verified("user"))


def seen_by(public_id: str, viewer: Person) -> Profile:
    """A published profile, or one's own. Raises NotFound alike for all others: whose it is is told to nobody."""
    own = Q(user=viewer) if isinstance(viewer, User) else Q(pk__in=[])
    rows = _rows().annotate(is_verified=verified("user"))
    row = rows.filter(OPEN_ACCOUNT & (Q(state=ProfileState.PUBLISHED) | own), public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def audience_of(viewer: Person) -> Audience:
    """As which audience somebody reads others' profiles."""
    return Audience.MEMBERS if isinstance(viewer, User) and viewer.is_active else Audience.EVERYBODY


def listed(ask: Ask, audience: Audience) -> QuerySet[Listing]:
    """What the directory finds for this audience, the newest profile first. A hidden part finds nobody.

    Every word must occur, in the name or in what is shown; a part of a Chinese word is a word.
    """
    rows = Listing.objects.filter(audience=audience, profile__in=published().values("pk"))
    for word in ask.text.split()[:MOST_WORDS]:
        rows = rows.filter(text__contains=folded(word))
    if ask.field:
        rows = rows.filter(fields__contains=f",{ask.field},")
    if ask.kind:
        rows = rows.filter(kinds__contains=f",{ask.kind},")
    if ask.availability:
        rows = rows.filter(availability=ask.availability)
    if ask.region:
        rows = rows.filter(within("region", [ask.region]))
    return rows.order_by("-profile__pk")


def profiles_of(rows: Iterable[Listing]) -> list[Profile]:
    """The published profiles of these listings, in their order."""
    keys = [row.profile_id for row in rows]
    found = {one.pk: one for one in published().prefetch_related("fields").filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def references_of(profile: Profile) -> list[Reference]:
    """All of them, the latest first."""
    return list(profile.references.all())


def orcid_of(person: User) -> str:
    """The ORCID iD that the person has proved to be theirs, by a connection; "" without one."""
    proved = SocialAccount.objects.filter(user=person, provider="orcid").order_by("pk").values_list("uid", flat=True)
    return next((uid for uid in proved if IDENTIFIER.fullmatch(uid)), "")


def said(profile: Profile, *, references: Collection[Reference] = (), orcid: str = "") -> Said:
    """Everything the profile says, as `showing` judges it. What is no code of ours any more is left out."""
    return Said(
        published=profile.state == ProfileState.PUBLISHED,
        visibility={part: visibility_of(part, profile.visibility) for part in Part},
        values={
            Part.HEADLINE: profile.headline,
            Part.KINDS: known(profile.kinds, SolverCategory),
            Part.EXPERTISE: profile.expertise,
            Part.FIELDS: list(profile.fields.all()),
            Part.ACHIEVEMENTS: profile.achievements,
            Part.REFERENCES: list(references),
            Part.ENGAGEMENT: known(profile.engagement, EngagementMode),
            Part.AVAILABILITY: known([profile.availability], Availability),
            Part.LANGUAGES: known(profile.languages, Tongue),
            Part.REGION: profile.region,
            Part.ORCID: orcid,
        },
    )


def whole(profile: Profile) -> Said:
    """The same with its references and the ORCID iD."""
    return said(profile, references=references_of(profile), orcid=orcid_of(profile.user))


def as_published(one: Said) -> Said:
    """The same as others would read it if it were published: for its owner's preview."""
    return replace(one, published=True)


def known(codes: Iterable[str], choices: type[Choice]) -> list[Choice]:
    """Those of the codes that are a choice, in the order of the choices."""
    kept = set(codes)
    return [one for one in choices if one.value in kept]


def _rows() -> QuerySet[Profile]:
    return Profile.objects.select_related("user", ABOVE)
