"""A thousand solvers with a draft each, written in bulk: what they do with it is measured, not how they came by it."""

import secrets
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from marketplace.accounts.models import User
from marketplace.identity import documents
from marketplace.identity.lifecycle import RealNameState
from marketplace.identity.models import RealNameVerification
from marketplace.kernel import clock
from marketplace.sealing import envelopes
from tasks.challenges.models import Challenge
from tasks.proposals import keeping
from tasks.proposals.keeping import KeptText
from tasks.proposals.models import Proposal
from tests import factories

TOKEN = "b" * 32
"""Anything of the right length: the cookie and the header must say the same."""
WEEK = timedelta(days=7)


def solvers(count: int) -> list[tuple[User, str]]:
    """People whose names were compared, each with the cookies of a session."""
    there = User.objects.filter(email__startswith="solver").count()
    named = [User(email=f"solver{n}@bench.example", display_name=f"解题人{n}") for n in range(there, count)]
    for user in named:
        user.set_unusable_password()
    User.objects.bulk_create(named)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, primary=True, verified=True) for user in named
    )
    RealNameVerification.objects.bulk_create(_verified(user, number) for number, user in enumerate(named, there))
    found = list(User.objects.filter(email__startswith="solver").order_by("pk")[:count])
    return list(zip(found, _cookies(found), strict=True))


def drafts(challenge: Challenge, authors: list[User]) -> list[Proposal]:
    """A complete draft of each."""
    content = factories.content()
    made = [Proposal(challenge=challenge, author=author) for author in authors]
    for one in made:
        one.kept = keeping.as_draft(KeptText(content, envelopes.new_code()), of=one.public_id)
    return Proposal.objects.bulk_create(made)


def _verified(user: User, number: int) -> RealNameVerification:
    document = documents.other("工作证", f"解题{number:05d}")
    columns = RealNameVerification.columns(user.display_name, document)
    return RealNameVerification(user=user, state=RealNameState.VERIFIED, region=factories.region(), **columns)


def _cookies(users: list[User]) -> list[str]:
    until, made = clock.now() + WEEK, []
    for user in users:
        said: dict[str, Any] = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        key = secrets.token_hex(16)
        made.append(Session(session_key=key, session_data=SessionStore().encode(said), expire_date=until))
    Session.objects.bulk_create(made)
    return [f"sessionid={one.session_key}; csrftoken={TOKEN}" for one in made]
