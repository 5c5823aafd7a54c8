"""What happens in a story, act by act; each act drives the services as its people would, at its own moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from django.utils.translation import override

from marketplace.accounts.models import User
from marketplace.demo import cast
from marketplace.demo import clock as movable
from marketplace.demo.telling import troupe
from marketplace.demo.telling.script import Story, content_of
from marketplace.demo.telling.stage import Stage
from marketplace.kernel.money import FEN_PER_WAN
from tasks.adjudication import opening
from tasks.adjudication import queries as cases
from tasks.adjudication import services as judging
from tasks.adjudication.models import Assignment
from tasks.amendments import services as amendments
from tasks.amendments.rules import Change
from tasks.cancelling import services as cancelling
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tasks.following import services as following
from tasks.proposals import services as proposing
from tasks.proposals import teaming
from tasks.questions import services as questions
from tasks.teams import services as teams

JITTER = 3
"""Points by which reviewers differ from what the story says: too little to change an order told ten points apart."""


@dataclass
class Scene:
    """A story under way: the challenge once it is drafted, and the code of each proposal once it is opened."""

    story: Story
    stage: Stage
    challenge_id: str = ""
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def challenge(self) -> Challenge:
        """As it is now."""
        return Challenge.objects.select_related("adjudicator", "supervisor", "author").get(public_id=self.challenge_id)

    @property
    def judge(self) -> User:
        """The adjudicator of the case."""
        return troupe.person("adjudicator")

    @property
    def checked(self) -> int:
        """The day on which proposals are opened and checked."""
        return self.story.deadline + 1

    @property
    def decided(self) -> int:
        """The day of the decision."""
        return int(self.story.said.get("decided", self.story.deadline + 2))


Act = Callable[[Scene], None]


def submit(scene: Scene) -> None:
    """L02."""
    with scene.stage.on(scene.story.submitted, 16):
        challenge = scene.challenge
        posting.submit_challenge(public_id=challenge.public_id, actor=challenge.author)


def send_back(scene: Scene) -> None:
    """L03."""
    with scene.stage.on(scene.story.opened - 1, 11, 30):
        admin, reason = troupe.person("administrator"), scene.story.said["returned"]
        posting.return_challenge(public_id=scene.challenge_id, actor=admin, reason=reason)


def approve(scene: Scene) -> None:
    """L04, L05."""
    with scene.stage.on(scene.story.opened, 10, 20):
        troupe.have_cards_at_hand()
        posting.approve_challenge(
            public_id=scene.challenge_id,
            actor=troupe.person("administrator"),
            adjudicator=scene.judge,
            supervisor=troupe.person("supervisor"),
        )


def propose(scene: Scene) -> None:
    """L07: an answer is begun in one evening and submitted the next afternoon, or kept as a draft."""
    for answer in scene.story.answers:
        user, organisation = troupe.solver(answer["by"])
        with scene.stage.on(answer["day"] - 1, 20, 40):
            begun = proposing.start_proposal(challenge_id=scene.challenge_id, actor=user)
            proposing.save_proposal(
                public_id=begun.public_id, actor=user, content=content_of(answer), organisation=organisation
            )
        if answer.get("with"):
            _together(scene, answer, user)
        if not answer.get("keep"):
            with scene.stage.on(answer["day"], 16, 30):
                proposing.submit_proposal(public_id=begun.public_id, actor=user)


def _together(scene: Scene, answer: Mapping[str, Any], lead: User) -> None:
    """A consortium: the others are invited and join, the lead has what is left. Agreeing is left to the player."""
    with scene.stage.on(answer["day"] - 1, 21, 10):
        team = teaming.begin_team(challenge_id=scene.challenge_id, actor=lead)
    shares = {team.members.get(person=lead).public_id: [100, 100]}
    [own] = shares.values()
    for key, work, reward in answer["with"]:
        partner, organisation = troupe.solver(key)
        with scene.stage.on(answer["day"] - 1, 21, 30):
            waiting = teams.invite(public_id=team.public_id, actor=lead, email=partner.email)
            teaming.join_team(invitation_id=waiting.public_id, actor=partner, organisation=organisation)
        shares[waiting.public_id] = [work, reward]
        own[0], own[1] = own[0] - work, own[1] - reward
    said = {seat: (Decimal(work), Decimal(reward)) for seat, (work, reward) in shares.items()}
    with scene.stage.on(answer["day"] - 1, 21, 50):
        teams.set_shares(public_id=team.public_id, actor=lead, said=said)


def converse(scene: Scene) -> None:
    """L06: questions with their answers, in the language of whoever asks."""
    for said in scene.story.life.get("questions", ()):
        asker, officer = troupe.person(said["by"]), scene.challenge.author
        with scene.stage.on(said["day"], 10, 15), override(asker.language):
            asked = questions.ask_question(public_id=scene.challenge_id, actor=asker, text=said["text"])
        with scene.stage.on(said["answered"], 14, 30):
            questions.answer_question(
                public_id=asked.public_id, actor=officer, answer=said["answer"], answer_en=said["answer_en"]
            )


def amend(scene: Scene) -> None:
    """L06: later, higher and clearer at once; whoever follows is told."""
    life = scene.story.life
    for key in life.get("follow", ()):
        following.follow(actor=troupe.person(key), challenge=scene.challenge)
    said = life.get("amendment")
    if said:
        with scene.stage.on(said["day"], 9, 40):
            change = Change(
                deadline=scene.stage.deadline(scene.story.deadline + said["later"]),
                bounty=int(said["wan"] * FEN_PER_WAN),
                clarification=said["clarification"],
                clarification_en=said["clarification_en"],
            )
            amendments.amend_challenge(public_id=scene.challenge_id, actor=scene.challenge.author, change=change)


def cancel(scene: Scene) -> None:
    """L08: asked for in the morning, decided the next day."""
    said = scene.story.said
    with scene.stage.on(said["cancelled"] - 1, 9, 20):
        cancelling.ask_for_cancellation(
            public_id=scene.challenge_id, actor=scene.challenge.author, ground=said["ground"], reasons=said["asked"]
        )
    with scene.stage.on(said["cancelled"], 15, 45):
        cancelling.decide_on_cancellation(
            public_id=scene.challenge_id, actor=scene.judge, granted=True, reasons=said["reasons"]
        )


def close(scene: Scene) -> None:
    """L09."""
    with movable.at(scene.stage.deadline(scene.story.deadline) + timedelta(seconds=2)):
        posting.close_challenge(public_id=scene.challenge_id)


def confirm(scene: Scene) -> None:
    """L12, and L10 where nobody has proposed."""
    with scene.stage.on(scene.checked, 9, 30):
        opening.confirm_opening(public_id=scene.challenge_id, actor=troupe.person("supervisor"))
    for minute, officer in enumerate(cast.OFFICERS[:2], start=5):
        with scene.stage.on(scene.checked, 10, minute):
            who = troupe.person(officer.key)
            opening.confirm_opening(public_id=scene.challenge_id, actor=who, phrase=troupe.card_of(who))
    rows = scene.challenge.proposals.exclude(code="").select_related("author")
    by_author = {row.author.email: row.code for row in rows}
    for answer in scene.story.answers:
        scene.codes[answer["by"]] = by_author.get(troupe.person(answer["by"]).email, "")


def check(scene: Scene) -> None:
    """L12: the formal check."""
    with scene.stage.on(scene.checked, 11):
        for answer in scene.story.answers:
            code, reason = scene.codes[answer["by"]], answer.get("reject")
            if reason:
                judging.reject_proposal(public_id=scene.challenge_id, code=code, actor=scene.judge, reason=reason)
            else:
                judging.admit_proposal(public_id=scene.challenge_id, code=code, actor=scene.judge)


def draw(scene: Scene) -> None:
    """L11: the panel is drawn, and as many accept as the story says."""
    panel = scene.story.said["panel"]
    with scene.stage.on(scene.checked, 14):
        judging.draw_panel(public_id=scene.challenge_id, actor=scene.judge, size=panel["size"])
    seats = list(cases.seated(scene.challenge))[: panel.get("accepted", panel["size"])]
    for number, seat in enumerate(seats):
        with scene.stage.on(scene.checked + 1, 9 + number):
            judging.accept_invitation(
                public_id=seat.public_id, actor=seat.reviewer, declaration="与需求方、揭榜方均无利益关系，无需回避。"
            )


def score(scene: Scene) -> None:
    """L12, L13: the review begins, and reviews are locked one by one, a few hours apart."""
    with scene.stage.on(scene.checked + 1, 16):
        judging.start_review(public_id=scene.challenge_id, actor=scene.judge)
    seats = list(cases.seated(scene.challenge))
    admitted = [answer["by"] for answer in scene.story.answers if not answer.get("reject")]
    due = list(product(range(len(seats)), admitted))
    for number, (seat, solver) in enumerate(due[: scene.story.said["panel"].get("locked", len(due))]):
        moment = scene.stage.moment(scene.checked + 2, 9) + timedelta(hours=6 * number)
        with movable.at(min(moment, scene.stage.now - timedelta(minutes=1))):
            _lock(scene, seats[seat], seat, solver)


def decide(scene: Scene) -> None:
    """L15, L16."""
    said = scene.story.said["decision"]
    with scene.stage.on(scene.decided, 15):
        judging.adjudicate(
            public_id=scene.challenge_id,
            actor=scene.judge,
            winner=scene.codes[said["winner"]],
            reasons=said["reasons"],
            deviation_reason=said.get("deviation_reason", ""),
        )


def award(scene: Scene) -> None:
    """L21."""
    ends_at: datetime = scene.challenge.notice.ends_at
    with movable.at(ends_at + timedelta(seconds=2)):
        judging.finish_notice(public_id=scene.challenge_id)


def give_up(scene: Scene) -> None:
    """L10, L14: no award."""
    with scene.stage.on(scene.decided, 15):
        judging.declare_failed(public_id=scene.challenge_id, actor=scene.judge, reasons=scene.story.said["ending"])


_UNTIL_OPEN: tuple[Act, ...] = (submit, approve, propose)
_UNTIL_CHECKED = (*_UNTIL_OPEN, close, confirm, check)
_UNTIL_SCORED = (*_UNTIL_CHECKED, draw, score)

ENDINGS: dict[str, tuple[Act, ...]] = {
    "DRAFT": (),
    "SUBMITTED": (submit,),
    "RETURNED": (submit, send_back),
    "OPEN": (*_UNTIL_OPEN, converse, amend),
    "CANCELLED": (*_UNTIL_OPEN, cancel),
    "SEALED": (*_UNTIL_OPEN, close),
    "NO_PROPOSAL": (*_UNTIL_OPEN, close, confirm),
    "NONE_ADMISSIBLE": (*_UNTIL_CHECKED, give_up),
    "CHECKED": (*_UNTIL_CHECKED, draw),
    "REVIEWING": _UNTIL_SCORED,
    "BELOW_THRESHOLD": (*_UNTIL_SCORED, give_up),
    "NOTICE": (*_UNTIL_SCORED, decide),
    "AWARDED": (*_UNTIL_SCORED, decide, award),
}
"""How far each story goes, by the state that it names."""


def _lock(scene: Scene, seat: Assignment, place: int, solver: str) -> None:
    answer = next(one for one in scene.story.answers if one["by"] == solver)
    chance = scene.stage.chance(f"{scene.story.key}:{solver}:{place}")
    criteria = scene.challenge.criteria.all()
    points = {
        criterion: base + chance.randint(-JITTER, JITTER)
        for criterion, base in zip(criteria, answer["base"], strict=True)
    }
    judging.lock_review(
        public_id=seat.public_id,
        code=scene.codes[solver],
        actor=seat.reviewer,
        points=points,
        comment=answer["comments"][place % len(answer["comments"])],
    )
