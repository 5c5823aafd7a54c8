"""The verbs of belonging: invite, answer, withdraw an invitation, leave, remove, change a place, hand the house over.

Part of the services (docs/architecture.md). Memberships are ended, never deleted: conflicts of interest and isolation
rest on who belonged where, from when until when.
"""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import events, policy, queries
from marketplace.accounts.events import HandedOver, PlaceChanged
from marketplace.accounts.lifecycle import INVITATION_STEPS
from marketplace.accounts.models import Invitation, Membership, Organisation, User
from marketplace.accounts.services import add_member
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import Allowed, require
from marketplace.outbox.record import record

LASTS = timedelta(days=14)
"""How long an invitation can be answered."""
MOST_A_DAY = 50
"""Invitations of one organisation within a day: letters go to strangers."""


def invite(*, organisation_id: str, actor: User, email: str, place: str) -> Invitation:
    """Invite an address, whether or not somebody has an account with it: the answer here is the same (I19).

    Who accepts must have confirmed that address. Raises Refusal or NotFound.
    """
    address = email.strip().lower()
    with transaction.atomic():
        organisation = queries.locked_organisation(organisation_id)
        allowed = require(policy.may_invite(actor, organisation, place))
        if queries.invitations_of(organisation).filter(email=address).exists():
            raise Refusal(_("This address is invited already."), field="email")
        if queries.invited_within_a_day(organisation) >= MOST_A_DAY:
            raise Refusal(_("Your organisation has invited many people within a day; please go on in 24 hours."))
        invitation = Invitation.objects.create(
            organisation=organisation, email=address, place=place, invited_by=actor, valid_until=clock.now() + LASTS
        )
        record(events.MemberInvited.of(invitation), by=allowed)
        _write(invitation)
    return invitation


def accept_invitation(*, public_id: str, actor: User) -> Membership:
    """Belong to the organisation from now on. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        invitation = queries.locked_invitation(public_id, actor)
        allowed = require(policy.may_answer(actor, invitation))
        move(invitation, INVITATION_STEPS["accept"])
        return _joined(invitation, actor, allowed)


def decline_invitation(*, public_id: str, actor: User) -> Invitation:
    """Say no; the organisation learns of it. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        invitation = queries.locked_invitation(public_id, actor)
        allowed = require(policy.may_answer(actor, invitation))
        move(invitation, INVITATION_STEPS["decline"])
        record(events.InvitationDeclined.of(invitation), by=allowed)
    return invitation


def withdraw_invitation(*, organisation_id: str, public_id: str, actor: User) -> Invitation:
    """Take an invitation back before it is answered. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        organisation = queries.locked_organisation(organisation_id)
        require(policy.may_withdraw(actor, organisation, Membership.Place.MEMBER))
        invitation = Invitation.objects.filter(organisation=organisation, public_id=public_id).first()
        if invitation is None:
            raise NotFound
        allowed = require(policy.may_withdraw(actor, organisation, invitation.place))
        move(invitation, INVITATION_STEPS["withdraw"])
        record(events.InvitationWithdrawn.of(invitation), by=allowed)
    return invitation


def leave(*, organisation_id: str, actor: User) -> Organisation:
    """Belong there no longer. An owner hands over first. Raises Refusal or NotFound."""
    with transaction.atomic():
        organisation = queries.locked_organisation(organisation_id)
        allowed = require(policy.may_leave(actor, organisation))
        _end(organisation, actor)
        record(events.MemberLeft.of(organisation, actor), by=allowed)
    return organisation


def remove_member(*, organisation_id: str, member_id: str, actor: User) -> Organisation:
    """Let somebody belong there no longer. Raises Refusal or NotFound."""
    with transaction.atomic():
        organisation, member = _member(organisation_id, member_id, actor)
        allowed = require(policy.may_change_member(actor, organisation, member))
        _end(organisation, member)
        record(events.MemberRemoved.of(organisation, member), by=allowed)
    return organisation


def change_place(*, organisation_id: str, member_id: str, actor: User, place: str) -> Membership:
    """Let somebody act for the organisation, or no longer. Raises Refusal or NotFound."""
    with transaction.atomic():
        organisation, member = _member(organisation_id, member_id, actor)
        allowed = require(policy.may_change_member(actor, organisation, member))
        require(policy.may_withdraw(actor, organisation, place))
        return add_member(organisation=organisation, user=member, place=place, by=allowed, fact=PlaceChanged)


def hand_over(*, organisation_id: str, member_id: str, actor: User) -> Membership:
    """Make another member the owner; whoever was it stays as an officer. Raises Refusal or NotFound."""
    with transaction.atomic():
        organisation, member = _member(organisation_id, member_id, actor)
        allowed = require(policy.may_hand_over(actor, organisation, member))
        officer, owner = Membership.Place.OFFICER, Membership.Place.OWNER
        add_member(organisation=organisation, user=actor, place=officer, by=allowed, fact=PlaceChanged)
        return add_member(organisation=organisation, user=member, place=owner, by=allowed, fact=HandedOver)


def set_release_rule(*, organisation_id: str, actor: User, by_two: bool) -> Organisation:
    """Let postings go out only once two officers have handed them in, or again by one. Raises Refusal or NotFound."""
    with transaction.atomic():
        organisation = queries.locked_organisation(organisation_id)
        allowed = require(policy.may_change_members(actor, organisation))
        if by_two and len(queries.officers_of(organisation)) < 2:
            raise Refusal(_("There must be a second officer first: nobody hands in with two hands alone."))
        if organisation.released_by_two != by_two:
            revise(organisation, released_by_two=by_two)
            record(events.ReleaseRuleChanged.of(organisation), by=allowed)
    return organisation


def _joined(invitation: Invitation, actor: User, allowed: Allowed) -> Membership:
    try:
        with transaction.atomic():
            return add_member(organisation=invitation.organisation, user=actor, place=invitation.place, by=allowed)
    except IntegrityError as two_at_once:
        raise Stale(invitation) from two_at_once


def _member(organisation_id: str, member_id: str, actor: User) -> tuple[Organisation, User]:
    """The organisation, locked, and one of its people. For its owner alone: others would learn who works there."""
    organisation = queries.locked_organisation(organisation_id)
    require(policy.may_change_members(actor, organisation))
    membership = queries.members_of(organisation).filter(user__public_id=member_id).first()
    if membership is None:
        raise NotFound
    return organisation, membership.user


def _end(organisation: Organisation, user: User) -> None:
    Membership.objects.filter(user=user, organisation=organisation, valid_until=None).update(valid_until=clock.now())


def _write(invitation: Invitation) -> None:
    """The letter, in the language of whoever invites: nothing is known of the address."""
    page = reverse("accounts:invitation", args=[invitation.public_id])
    context = {
        "invitation": invitation,
        "organisation": invitation.organisation,
        "inviter": invitation.invited_by,
        "address": settings.SITE_URL.rstrip("/") + page,
    }
    subject = " ".join(render_to_string("accounts/mail/invitation_subject.txt", context).split())
    send_mail(subject, render_to_string("accounts/mail/invitation.txt", context), None, [invitation.email])
