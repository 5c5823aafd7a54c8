"""The verbs of mail domains: claim one, prove it by the code its postmaster reads, give it up; join by an address."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.events import MemberJoined
from marketplace.accounts.models import Membership, User
from marketplace.accounts.services import add_member
from marketplace.kernel import clock
from marketplace.kernel.concealing import fingerprint
from marketplace.kernel.errors import Refusal, Stale
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import require
from marketplace.outbox.record import record
from marketplace.structure import domains, events, policy, queries
from marketplace.structure.lifecycle import DOMAIN_STEPS, DomainState
from marketplace.structure.models import MailDomain

LASTS = timedelta(days=2)
"""How long a code can be typed."""
MOST_TRIES = 5
DIGITS = 8


def claim_domain(*, organisation_id: str, actor: User, domain: str, mailbox: str) -> MailDomain:
    """Say that one's organisation runs this mail domain; a code goes to its postmaster. Raises Refusal or NotFound."""
    name = _understood(domain)
    if mailbox not in domains.MAILBOXES:
        raise Refusal(_("Please choose one of these mailboxes."), field="mailbox")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    with transaction.atomic():
        organisation = people.locked_organisation(organisation_id)
        allowed = require(policy.may_claim(actor, organisation))
        if queries.domains_of(organisation).filter(domain=name).exists():
            raise Refusal(_("Your organisation has this domain already."), field="domain")
        if queries.written_to_within_a_day(name) >= policy.MOST_LETTERS:
            raise Refusal(
                _("Its postmaster was written to several times within a day; try again in 24 hours."), field="domain"
            )
        row = MailDomain.objects.create(organisation=organisation, domain=name, mailbox=mailbox, code=hashed(code))
        record(events.DomainClaimed.of(row), by=allowed)
        _write(row, code, actor)
    return row


def prove_domain(*, organisation_id: str, public_id: str, actor: User, code: str) -> MailDomain:
    """Type the code of the letter. A wrong one is counted, also where it is refused. Raises Refusal or NotFound."""
    with transaction.atomic():
        organisation = people.locked_organisation(organisation_id)
        allowed = require(policy.may_bind(actor, organisation))
        row = queries.domain(organisation, public_id)
        _refuse_over(row)
        right = constant_time_compare(row.code, hashed("".join(code.split())))
        if right:
            _proved(row)
            record(events.DomainProved.of(row), by=allowed)
        else:
            revise(row, tries=row.tries + 1)
    if not right:
        raise Refusal(_("This is not the code of the letter."), field="code")
    return row


def give_domain_up(*, organisation_id: str, public_id: str, actor: User) -> MailDomain:
    """Nobody joins by it any more; who has joined stays. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        organisation = people.locked_organisation(organisation_id)
        allowed = require(policy.may_arrange(actor, organisation))
        row = queries.domain(organisation, public_id)
        move(row, DOMAIN_STEPS["end"])
        record(events.DomainEnded.of(row), by=allowed)
    return row


def join(*, organisation_id: str, actor: User) -> Membership:
    """Belong to the organisation as a member, by a confirmed address at its domain. Raises Refusal or NotFound."""
    with transaction.atomic():
        organisation = people.locked_organisation(organisation_id)
        allowed = require(policy.may_join(actor, organisation))
        try:
            with transaction.atomic():
                return add_member(
                    organisation=organisation,
                    user=actor,
                    place=Membership.Place.MEMBER,
                    by=allowed,
                    fact=MemberJoined,
                )
        except IntegrityError as two_at_once:
            raise Stale(organisation) from two_at_once


def _understood(typed: str) -> str:
    try:
        name = domains.normalised(typed)
    except UnicodeError:
        name = ""
    if not domains.is_domain(name):
        raise Refusal(_("This is no mail domain; it is what stands behind the @ of an address."), field="domain")
    if domains.is_public_mail(name):
        raise Refusal(_("Everybody can have an address there; it is no organisation's own domain."), field="domain")
    return name


def _refuse_over(row: MailDomain) -> None:
    if row.state != DomainState.CLAIMED:
        raise Stale(row)
    if row.tries >= MOST_TRIES or clock.now() >= row.claimed_at + LASTS:
        raise Refusal(_("This code is over. Give the domain up and claim it anew."), field="code")


def _proved(row: MailDomain) -> None:
    taken = Refusal(_("Another organisation has proved this domain."), field="code")
    if queries.is_proved(row.domain):
        raise taken
    try:
        with transaction.atomic():
            move(row, DOMAIN_STEPS["prove"], code="")
    except IntegrityError as two_at_once:
        raise taken from two_at_once


def hashed(code: str) -> str:
    """How a code is kept."""
    return fingerprint(code, purpose="code of a mail domain")


def _write(row: MailDomain, code: str, actor: User) -> None:
    page = reverse("structure:structure", args=[row.organisation.public_id])
    context = {"row": row, "code": code, "actor": actor, "address": settings.SITE_URL.rstrip("/") + page}
    subject = " ".join(render_to_string("structure/mail/code_subject.txt", context).split())
    send_mail(subject, render_to_string("structure/mail/code.txt", context), None, [f"{row.mailbox}@{row.domain}"])
