"""Pages of trust say what is so: the table of readers, the security model, and one page that no proposal changes."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.sealing import queries as sealing
from tasks.adjudication import queries as judging
from tasks.adjudication import readers, services
from tasks.adjudication.readers import TEXT, Reader, Sight, Stage
from tasks.challenges.models import Challenge
from tasks.proposals import services as proposing
from tasks.proposals.models import Proposal, SealedEnvelope
from tasks.proposals.policy import may_read
from tasks.web.claims import CLAIMS
from tests import clock as movable
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ROOT = Path(__file__).parents[2]
TEXT_OF, WINNER, LOSER = "绝密路线丁戊己", "欧阳若水", "司马长风"
CHANGING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|"x-csrftoken": "[^"]+"|nonce="[^"]+"', re.IGNORECASE)


def sees(challenge: Challenge) -> str:
    return reverse("trust:sees", args=[challenge.public_id])


def bytes_of(answer: HttpResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All of an answer but date, nonce and token."""
    headers = [(name, value) for name, value in answer.items() if name not in {"Date", "Content-Security-Policy"}]
    return answer.status_code, CHANGING.sub(b"", answer.content), headers


def others(challenge: Challenge) -> list[User | AnonymousUser]:
    """One of each kind who may not know of a proposal."""
    assert challenge.adjudicator
    assert challenge.supervisor
    officers = sealing.holders_of(challenge.public_id)
    region = factories.officer_with(Role.REGION_ADMIN)
    return [
        *(AnonymousUser(), factories.person(), challenge.author, region),
        *(challenge.adjudicator, challenge.supervisor, officers[0]),
    ]


def test_other_people_see_the_same_bytes_whether_there_are_proposals_or_not() -> None:
    challenge = factories.open_challenge()
    viewers = [at_browser(one) for one in others(challenge)]
    addresses = [sees(challenge), challenge.get_absolute_url() + "state/?part=trail"]
    before = [bytes_of(client.get(address)) for client in viewers for address in addresses]
    factories.proposal_draft(challenge)
    for _one in range(3):
        factories.submitted_proposal(challenge)
    after = [bytes_of(client.get(address)) for client in viewers for address in addresses]
    assert [answer[0] for answer in before] == [200] * len(before)
    assert before == after


def test_it_is_open_wherever_the_challenge_is_and_nowhere_else() -> None:
    draft = factories.draft()
    for person in (AnonymousUser(), draft.author):
        assert at_browser(person).get(sees(draft)).status_code == 404
    challenge = factories.published(draft)
    assert at_browser(AnonymousUser()).get(sees(challenge)).status_code == 200
    assert sees(challenge) in at_browser(AnonymousUser()).get(challenge.get_absolute_url()).content.decode()


def test_it_is_linked_from_the_page_of_submission() -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    page = at_browser(draft.author).get(reverse("proposals:submit", args=[draft.public_id]))
    assert sees(draft.challenge) in page.content.decode()


class World:
    """One challenge with two proposals, carried from stage to stage."""

    def __init__(self, title: str = "题目") -> None:
        self.challenge = factories.open_challenge()
        self.winner = factories.proposal_draft(self.challenge, factories.person(WINNER), title=title, approach=TEXT_OF)
        self.code = self.winner.as_kept.code
        self.region = factories.officer_with(Role.REGION_ADMIN)

    def to(self, stage: Stage) -> None:
        if stage == Stage.SEALED:
            proposing.submit_proposal(public_id=self.winner.public_id, actor=self.winner.author)
            factories.submitted_proposal(self.challenge, factories.person(LOSER), approach="另一条路线")
        if stage == Stage.OPENED:
            factories.under_review(factories.opened(factories.closed(self.challenge)))
        if stage == Stage.AWARDED:
            self.winner.refresh_from_db()
            factories.scored(self.challenge, {one.code: 80 for one in self.challenge.proposals.all()})
            factories.adjudicated(self.challenge, winner=self.winner.code)

    def who(self, reader: Reader) -> User | AnonymousUser:
        assert self.challenge.adjudicator
        assert self.challenge.supervisor
        known: dict[Reader, User | AnonymousUser] = {
            Reader.AUTHOR: self.winner.author,
            Reader.SPONSOR: self.challenge.author,
            Reader.ADMINISTRATORS: self.region,
            Reader.ADJUDICATOR: self.challenge.adjudicator,
            Reader.SUPERVISOR: self.challenge.supervisor,
            Reader.OFFICERS: sealing.holders_of(self.challenge.public_id)[0],
            Reader.EVERYBODY: factories.person(),
        }
        if reader == Reader.REVIEWERS:
            seats = judging.seated(self.challenge) if self.challenge.proposals.exclude(code="") else []
            return next((seat.reviewer for seat in seats), factories.expert())
        return known[reader]

    def pages(self, person: User | AnonymousUser) -> str:
        """All that this person can read of the challenge on any page, as one text."""
        client, fresh = at_browser(person), Proposal.objects.get(pk=self.winner.pk)
        code, case = fresh.code or "P01", self.challenge.public_id
        seats = judging.seated(self.challenge) if fresh.code else []
        addresses = [
            self.challenge.get_absolute_url(),
            reverse("proposals:detail", args=[fresh.public_id]),
            reverse("adjudication:case", args=[case]),
            reverse("adjudication:case_proposal", args=[case, code]),
            reverse("adjudication:opening", args=[case]),
            reverse("adjudication:notices"),
            reverse("adjudication:notice", args=[case]),
            *(reverse("adjudication:assignment", args=[seat.public_id]) for seat in seats),
            *(reverse("adjudication:score", args=[seat.public_id, code]) for seat in seats),
        ]
        answers = [client.get(address) for address in addresses]
        return "\n".join(one.content.decode() for one in answers if one.status_code == 200)

    def sight(self, reader: Reader, stage: Stage) -> Sight:
        """What the pages really show this reader of the winning proposal."""
        person = self.who(reader)
        said = self.pages(person)
        if TEXT_OF in said:
            return Sight.WHOLE if WINNER in said else Sight.NAMELESS
        if reader == Reader.AUTHOR:
            reread = reverse("proposals:reread", args=[self.winner.public_id])
            answer = at_browser(person).post(reread, {"code": self.code})
            return Sight.CODED if TEXT_OF in answer.content.decode() else Sight.NOTHING
        if WINNER in said:
            return self._after(reader, person)
        digests = [one.digest[:16] for one in SealedEnvelope.objects.filter(proposal__challenge=self.challenge)]
        if any(one in said for one in digests):
            return Sight.DIGEST
        return Sight.NUMBER if "Proposals opened: 2" in said else Sight.NOTHING

    def _after(self, reader: Reader, person: User | AnonymousUser) -> Sight:
        if reader == Reader.REVIEWERS:
            return Sight.ENDED
        self.challenge.refresh_from_db()
        final = self.challenge.state == "AWARDED" and may_read(person, Proposal.objects.get(pk=self.winner.pk))
        return Sight.WINNER if final else Sight.RESULT


def test_each_reader_sees_what_the_table_says() -> None:
    world = World()
    asked = [one for one in Reader if one not in {Reader.OPERATOR, Reader.STAMPER}]
    found, told = {}, {}
    for stage in Stage:
        world.to(stage)
        if stage == Stage.AWARDED:
            movable.shift(days=40)
            services.finish_notice(public_id=world.challenge.public_id)
        for reader in asked:
            found[reader, stage] = world.sight(reader, stage)
            told[reader, stage] = readers.sight(reader, stage)
    assert found == told


def test_a_loser_s_name_is_never_told() -> None:
    world = World()
    for stage in Stage:
        world.to(stage)
    for reader in (Reader.SPONSOR, Reader.ADMINISTRATORS, Reader.OFFICERS, Reader.REVIEWERS, Reader.EVERYBODY):
        assert LOSER not in world.pages(world.who(reader)), reader


def test_the_text_is_for_nobody_but_its_author_before_the_opening() -> None:
    before = (Stage.DRAFT, Stage.SEALED)
    early = {reader for reader in Reader for stage in before if readers.sight(reader, stage) in TEXT}
    assert early == {Reader.AUTHOR}


@pytest.mark.parametrize("named", [test for claim in CLAIMS for test in claim.tests])
def test_what_the_security_model_names_as_tested_is(named: str) -> None:
    path, _sep, name = named.partition("::")
    source = (ROOT / path).read_text(encoding="utf-8")
    assert not name or re.search(rf"^(async )?def {name}\(", source, re.MULTILINE), named


def test_the_security_model_is_everybody_s_and_linked_from_every_page() -> None:
    page = at_browser(AnonymousUser()).get("/en/security-model/")
    assert page.status_code == 200
    assert "two opening officers who hold a copy of the database" in page.content.decode()
    assert 'href="/en/security-model/"' in at_browser(AnonymousUser()).get("/en/").content.decode()
