"""The verbs of profiles: save, publish, withdraw; add references, remove one, take over what a file brought."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.kernel.lifecycle import expect, move, revise
from marketplace.kernel.verdicts import Allowed, require
from marketplace.outbox.record import record
from marketplace.profiles import events, policy, queries
from marketplace.profiles.lifecycle import STEPS, ProfileState
from marketplace.profiles.listing import listing_of
from marketplace.profiles.models import LONGEST_TEXT, Listing, Profile, Reference
from marketplace.profiles.references import Citation, cleaned
from marketplace.profiles.showing import Audience, shown
from marketplace.registry.models import Region, TechnologyField

LISTED_FOR = (Audience.EVERYBODY, Audience.MEMBERS)


@dataclass(frozen=True, kw_only=True)
class Content:
    """What somebody says of themselves, and who may read which part of it."""

    headline: str = ""
    kinds: Collection[str] = ()
    expertise: str = ""
    fields: Collection[TechnologyField] = ()
    achievements: str = ""
    languages: Collection[str] = ()
    engagement: Collection[str] = ()
    availability: str = ""
    region: Region | None = None
    visibility: Mapping[str, str]


@dataclass(frozen=True)
class Taken:
    """What became of an import."""

    added: int
    known: int


def save_profile(*, actor: User, content: Content, version: int) -> Profile:
    """Write one's own profile; `version` is the one that was read, 0 where there was none yet.

    Raises Refusal, or Stale when another window was first.
    """
    with transaction.atomic():
        allowed = require(policy.may_edit(actor))
        profile = _at_hand(actor, version)
        values = {**vars(content), "kinds": list(content.kinds), "languages": list(content.languages)}
        values |= {"engagement": list(content.engagement), "visibility": dict(content.visibility)}
        del values["fields"]
        revise(profile, **values)
        profile.fields.set(content.fields)
        _changed(profile, allowed)
    return profile


def publish(*, actor: User, version: int | None = None) -> Profile:
    """Show the page to others, each part to whom it is meant for. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        profile = _own(actor)
        expect(profile, version)
        allowed = require(policy.may_publish(actor, profile))
        move(profile, STEPS["publish"])
        _list(profile)
        record(events.ProfilePublished.of(profile), by=allowed)
    return profile


def withdraw(*, actor: User) -> Profile:
    """Take the page back; from then on nobody else finds or opens it. Raises Stale or NotFound."""
    with transaction.atomic():
        profile = _own(actor)
        allowed = require(policy.may_edit(actor))
        move(profile, STEPS["withdraw"])
        _list(profile)
        record(events.ProfileWithdrawn.of(profile), by=allowed)
    return profile


def add_reference(*, actor: User, citation: Citation) -> Reference:
    """Add a publication or a patent. Raises Refusal, also for one that is there already."""
    taken = take(actor=actor, citations=[citation])
    if taken.known:
        raise Refusal(_("This reference is in your profile already."), field="title")
    return Reference.objects.filter(profile__user=actor).latest("pk")


def take(*, actor: User, citations: Collection[Citation], texts: Collection[str] = ()) -> Taken:
    """Add what was chosen of an import: references that are not there yet, and texts to the expertise.

    Raises Refusal, with nothing written.
    """
    with transaction.atomic():
        allowed = require(policy.may_edit(actor))
        profile = queries.locked(actor) or _first(actor)
        standing = [one.citation for one in queries.references_of(profile)]
        new = _new(standing, citations)
        require(policy.may_add(actor, standing=len(standing), added=len(new)))
        expertise = _with(profile.expertise, texts)
        if new or expertise != profile.expertise:
            Reference.objects.bulk_create(Reference(profile=profile, **vars(one)) for one in new)
            revise(profile, expertise=expertise)
            _changed(profile, allowed)
    return Taken(len(new), len(citations) - len(new))


def remove_reference(*, actor: User, public_id: str) -> Profile:
    """Take a reference out of one's profile. Raises NotFound for one that is not there or somebody else's."""
    with transaction.atomic():
        allowed = require(policy.may_edit(actor))
        profile = _own(actor)
        gone, _kinds = profile.references.filter(public_id=public_id).delete()
        if not gone:
            raise NotFound
        revise(profile)
        _changed(profile, allowed)
    return profile


def _own(actor: User) -> Profile:
    profile = queries.locked(actor)
    if profile is None:
        raise NotFound
    return profile


def _at_hand(actor: User, version: int) -> Profile:
    """The profile as it was read; made where there was none."""
    profile = queries.locked(actor)
    if profile is None and version == 0:
        return _first(actor)
    if profile is None or profile.version != version:
        raise Stale(profile)
    return profile


def _first(actor: User) -> Profile:
    """At most one a person; the database keeps that between two windows too."""
    try:
        with transaction.atomic():
            return Profile.objects.create(user=actor)
    except IntegrityError as two_at_once:
        raise Stale(None) from two_at_once


def list_anew(person: str) -> None:
    """Let the directory know somebody by the name they go by now; nothing where they have no page."""
    with transaction.atomic():
        profile = queries.locked_of(person)
        if profile is not None:
            _list(profile)


def _changed(profile: Profile, allowed: Allowed) -> None:
    _list(profile)
    record(events.ProfileChanged.of(profile), by=allowed)


def _list(profile: Profile) -> None:
    """What the directory holds is made anew with every change, in the same transaction."""
    profile.listings.all().delete()
    if profile.state == ProfileState.PUBLISHED:
        said = queries.said(profile, references=queries.references_of(profile))
        rows = [listing_of(profile, audience, shown(said, audience)) for audience in LISTED_FOR]
        Listing.objects.bulk_create(rows)


def _new(standing: Collection[Citation], offered: Collection[Citation]) -> list[Citation]:
    """Those that are neither there nor twice among themselves."""
    known = {one.same for one in standing}
    new: list[Citation] = []
    for one in map(cleaned, offered):
        if one.same not in known:
            known.add(one.same)
            new.append(one)
    return new


def _with(expertise: str, texts: Collection[str]) -> str:
    """The expertise and, below it, what is not in it yet."""
    more = [text.strip() for text in texts if text.strip() and text.strip() not in expertise]
    whole = "\n\n".join(filter(None, [expertise.strip(), *more])) if more else expertise
    if len(whole) > LONGEST_TEXT:
        raise Refusal(_("With these texts your expertise would be too long; take fewer of them."))
    return whole
