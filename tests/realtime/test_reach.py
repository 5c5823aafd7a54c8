"""Which fact reaches whom; before the opening no topic but the author's own tells that a proposal exists (I9)."""

import pytest

from marketplace.accounts import services as accounts
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role, Scope
from realtime.models import LiveMessage
from realtime.topics import Challenge, Challenges, Notices, Person, parse
from tasks.adjudication import services as judging
from tasks.challenges.models import Challenge as ChallengeRow
from tasks.jobs import advance
from tasks.proposals import services as proposing
from tests import clock, factories
from tests.relay import drain

pytestmark = pytest.mark.django_db


def heard(topic: str) -> list[tuple[str, str]]:
    """Kind of fact and subject of every message on a topic, in order."""
    rows = LiveMessage.objects.filter(topic=topic).order_by("seq").select_related("fact")
    return [(row.fact.kind, row.subject) for row in rows]


def kinds(topic: str) -> list[str]:
    return [kind for kind, _subject in heard(topic)]


def mark() -> int:
    """Where all messages stand."""
    drain()
    return LiveMessage.objects.count()


def reached(after: int) -> set[str]:
    """The topics of every message written after a mark."""
    drain()
    return set(LiveMessage.objects.order_by("pk").values_list("topic", flat=True)[after:])


def of(person: User | None) -> str:
    assert person
    return f"person:{person.public_id}"


def test_drafting_is_known_to_the_author_and_colleagues_alone() -> None:
    owner = factories.person()
    sponsor = factories.organisation(owner)
    before = mark()
    challenge = factories.posting.draft_challenge(actor=owner, content=factories.posting_content(), sponsor=sponsor)
    assert reached(before) == {f"challenge:{challenge.public_id}", of(owner)}


def test_a_submission_reaches_the_region_s_administrators() -> None:
    here, elsewhere = (factories.officer_with(Role.REGION_ADMIN, code=code) for code in ("420000", "330000"))
    challenge = factories.submitted()
    drain()
    assert ("challenge.submitted", challenge.public_id) in heard(of(here))
    assert "challenge.submitted" not in kinds(of(elsewhere))
    assert kinds("challenges") == []


def test_publication_reaches_the_list_and_the_two_officers() -> None:
    challenge = factories.submitted()
    drain()
    adjudicator, supervisor = (factories.officer_with(role) for role in (Role.ADJUDICATOR, Role.SUPERVISOR))
    challenge = factories.posting.approve_challenge(
        public_id=challenge.public_id,
        actor=factories.officer_with(Role.REGION_ADMIN),
        adjudicator=adjudicator,
        supervisor=supervisor,
    )
    drain()
    assert heard("challenges") == [("challenge.opened", challenge.public_id)]
    for officer in (adjudicator, supervisor):
        told = [kind for kind in kinds(of(officer)) if kind.startswith("challenge.")]
        assert told == ["challenge.approved", "challenge.key_made", "challenge.opened"]
    assert kinds(f"case:{challenge.public_id}") == ["challenge.approved", "challenge.key_made", "challenge.opened"]
    assert kinds("notices") == []


def test_proposals_before_the_opening_move_nothing_but_their_author_s_own_topic() -> None:
    challenge = factories.open_challenge()
    author = factories.person()
    before = mark()
    proposal = factories.submitted_proposal(challenge, author)
    proposing.withdraw_proposal(public_id=proposal.public_id, actor=author)
    again = factories.submitted_proposal(challenge, author)
    factories.proposal_draft(challenge)
    reached_now = reached(before)
    assert of(author) in reached_now
    proposers = {of(one.author) for one in challenge.proposals.select_related("author")}
    assert reached_now == proposers
    assert [subject for kind, subject in heard(of(author)) if kind == "proposal.submitted"] == [
        proposal.public_id,
        again.public_id,
    ]


def life(proposals: int) -> tuple[ChallengeRow, list[tuple[str, str]]]:
    """A challenge up to its deadline, with or without answers; what all but the authors' topics tell of it, sorted."""
    challenge = factories.open_challenge()
    authors = [factories.submitted_proposal(challenge).author for _number in range(proposals)]
    if proposals:
        factories.proposal_draft(challenge)
    factories.closed(challenge)
    drain()
    own = {of(author) for author in User.objects.filter(proposals__challenge=challenge)}
    assert len(own) >= len(authors)
    rows = LiveMessage.objects.filter(fact__stream=f"challenge:{challenge.public_id}").exclude(topic__in=own)
    names = {
        of(challenge.author): "sponsor",
        of(challenge.adjudicator): "adjudicator",
        of(challenge.supervisor): "supervisor",
    }
    told = [
        (names.get(row.topic, row.topic.replace(challenge.public_id, "…")), f"{row.seq} {row.kind} {row.version}")
        for row in rows.exclude(topic="challenges").order_by("pk")
        if not row.topic.startswith("person:") or row.topic in names
    ]
    return challenge, sorted(told)


def test_two_worlds_one_with_proposals_and_one_without_sound_alike() -> None:
    _empty, silence = life(0)
    clock.reset()
    _full, told = life(3)
    assert told == silence
    assert len(told) > 10


def test_after_the_opening_the_case_hears_and_the_public_does_not() -> None:
    challenge = factories.open_challenge()
    proposal = factories.submitted_proposal(challenge)
    factories.opened(factories.closed(challenge))
    drain()
    before = mark()
    judging.admit_proposal(public_id=challenge.public_id, code="P01", actor=challenge.adjudicator)
    assert reached(before) == {
        of(proposal.author), of(challenge.adjudicator), of(challenge.supervisor), f"case:{challenge.public_id}"
    }  # fmt: skip


def test_a_reviewer_s_seat_is_known_to_the_reviewer_and_the_case_alone() -> None:
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    factories.under_review(factories.opened(factories.closed(challenge)))
    drain()
    told = LiveMessage.objects.filter(kind__in=["reviewer", "review"])
    seats = {of(seat.reviewer) for seat in challenge.panel.assignments.select_related("reviewer")}
    assert set(told.values_list("topic", flat=True)) == seats | {
        f"case:{challenge.public_id}", of(challenge.adjudicator), of(challenge.supervisor)
    }  # fmt: skip
    for seat in seats:
        assert "challenge.review_started" in kinds(seat)


def test_the_board_and_the_list_hear_of_the_notice_and_of_the_award() -> None:
    challenge = factories.open_challenge()
    winner = factories.submitted_proposal(challenge)
    factories.under_review(factories.opened(factories.closed(challenge)))
    factories.scored(challenge, {"P01": 90})
    factories.adjudicated(challenge)
    clock.shift(days=20)
    advance()
    drain()
    assert kinds("notices") == ["challenge.notice_published", "challenge.awarded"]
    assert kinds("challenges") == [
        "challenge.opened",
        "challenge.closed",
        "challenge.review_started",
        "challenge.notice_published",
        "challenge.awarded",
    ]
    assert kinds(of(winner.author))[-1] in {"challenge.awarded", "person.notified"}


def test_what_a_person_may_do_or_was_told_is_their_own_topic_s_matter() -> None:
    person = factories.person()
    before = mark()
    grant = accounts.grant_role(user=person, role=Role.ADJUDICATOR, scope=Scope.PLATFORM)
    accounts.revoke_role(grant=grant)
    assert reached(before) == {of(person)}
    assert sorted(kinds(of(person))) == ["person.notified", "person.notified", "role.granted", "role.revoked"]


def test_messages_carry_ids_and_versions_and_nothing_else() -> None:
    challenge = factories.open_challenge()
    factories.submitted_proposal(challenge)
    factories.opened(factories.closed(challenge))
    drain()
    for row in LiveMessage.objects.all():
        assert row.kind in {"challenge", "proposal", "organisation", "role", "person", "reviewer", "review"}
        assert len(row.subject) == 16
    assert {field.name for field in LiveMessage._meta.fields} == {
        "id", "topic", "seq", "kind", "subject", "version", "fact", "created_at"
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "", ":", "challenge", "challenge:", "challenge:short", "challenge:0123456789ABCDEF", "challenges:1", "notices ",
        "person:0123456789abcdef ", "person:0123456789abcdef:1", "case:../../etc", "x" * 1000, "live.challenges",
    ],
)  # fmt: skip
def test_a_text_that_is_no_topic_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("topic", [Challenges(), Notices(), Challenge("0123456789abcdef"), Person("0123456789abcdef")])
def test_a_topic_is_what_its_name_says_and_its_group_is_a_safe_name(topic) -> None:
    assert parse(topic.name) == topic
    assert topic.group().replace("live.", "", 1) == topic.name.replace(":", ".")
    assert len({one.group() for one in (Challenges(), Notices(), Challenge("0" * 16), Person("0" * 16))}) == 4
