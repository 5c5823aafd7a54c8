"""Provisions that no other test names by itself, told from beginning to end."""

import pytest
from django.test import Client

from marketplace.accounts.models import SponsorClass
from tasks.challenges import services as posting
from tasks.challenges.lifecycle import State
from tasks.proposals.lifecycle import ProposalState
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_person_alone_proposes_and_a_narrower_call_shows_its_reason_to_everybody(client: Client) -> None:
    """H22: open by default, to people without any organisation too; a narrower call says why, in public."""
    alone = factories.person()
    mine = factories.submitted_proposal(factories.open_challenge(), alone)
    assert (mine.state, mine.organisation, alone.memberships.count()) == (ProposalState.SUBMITTED, None, 0)
    narrow = factories.open_challenge(reserved_for_sme=True, eligibility_reason="面向产业链协作配套的小微企业")
    for prefix in ("", "/en"):
        assert "面向产业链协作配套的小微企业" in client.get(f"{prefix}/challenges/{narrow.public_id}/").content.decode()


def test_a_small_firm_posts_like_any_other() -> None:
    """N17b: what a start-up needs is handed in and published by the same way as a leading firm's challenge."""
    owner = factories.person()
    firm = factories.organisation(owner)
    challenge = posting.draft_challenge(actor=owner, content=factories.posting_content(), sponsor=firm)
    challenge = posting.submit_challenge(public_id=challenge.public_id, actor=owner)
    assert (firm.sponsor_class, challenge.state) == (SponsorClass.SME, State.SUBMITTED)


def test_a_key_technology_project_takes_anybodys_proposal() -> None:
    """H09: the public's research on a leading firm's project; nobody has to belong anywhere."""
    project = factories.open_challenge(kind="KEY_TECH_PROJECT", problem_kind="COMMON")
    assert factories.submitted_proposal(project, factories.person()).challenge.kind == "KEY_TECH_PROJECT"
