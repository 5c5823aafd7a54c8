"""What happens to open challenges of the world while they are open."""

from typing import TYPE_CHECKING

from marketplace.accounts import membership
from tasks.amendments import services as amendments
from tasks.amendments.rules import Change
from tasks.cancelling import services as cancelling
from tasks.challenges import holding
from tasks.following import services as following
from tasks.questions import services as questions
from tasks.teams import partners
from tasks.teams import services as teams
from tests.tasks.teams import stage

if TYPE_CHECKING:
    from tests.matrix.world import World

INSIDE = ("auth", "offc")


def amended(world: "World") -> None:
    """One challenge has a published amendment, another one that waits for the second hand."""
    owner, here = world.people["auth"], world.ids["sponsor"]
    amendments.amend_challenge(
        public_id=world.ids["open"], actor=owner, change=Change(clarification="矩阵公开补充说明")
    )
    membership.set_release_rule(organisation_id=here, actor=owner, by_two=True)
    waiting = Change(clarification=world.keep("待第二人补充说明", *INSIDE))
    amendments.amend_challenge(public_id=world.ids["unanswered"], actor=owner, change=waiting)
    membership.set_release_rule(organisation_id=here, actor=owner, by_two=False)


def asked(world: "World") -> None:
    """Two questions of the solver's: one is answered, the other only its asker and the sponsor read."""
    owner, here = world.people["auth"], world.ids["open"]
    first = questions.ask_question(public_id=here, actor=world.people["solv"], text="矩阵公开提问内容，可以吗？")
    questions.answer_question(public_id=first.public_id, actor=owner, answer="矩阵公开答复")
    text = world.keep("矩阵未答提问内容，尚未公开", *INSIDE, "solv")
    second = questions.ask_question(public_id=here, actor=world.people["solv"], text=text)
    world.ids |= {"question_answered": first.public_id, "question": second.public_id}


def followed(world: "World") -> None:
    """The solver follows a case."""
    following.follow(actor=world.people["solv"], challenge=world.challenge("sealed"))


def cancelled(world: "World") -> None:
    """A call that was cancelled, and one whose sponsor asks for it."""
    owner, judge = world.people["auth"], world.people["judg"]
    reasons = "主管部门已发布禁止性规定，本题目不得实施。"
    here = world.ids["cancelled"]
    cancelling.ask_for_cancellation(public_id=here, actor=owner, ground="ILLEGALITY", reasons=reasons)
    cancelling.decide_on_cancellation(public_id=here, actor=judge, granted=True, reasons=reasons)
    secret = world.keep("申请撤销理由机密，因不可抗力试验条件已经无法继续提供。", *INSIDE, "judg", "supv")
    waits = world.ids["unanswered"]
    cancelling.ask_for_cancellation(public_id=waits, actor=owner, ground="FORCE_MAJEURE", reasons=secret)


def teamed(world: "World") -> None:
    """The solver leads a team in which the rival sits; somebody is invited, and has a notice on the board."""
    lead, member, invited = (world.people[role] for role in ("solv", "rivl", "forn"))
    team = stage.begun(world.challenge("teamed"), lead)
    seat = stage.joining(team, member)
    stage.shared(team, (60, 60), (40, 40))
    offered = teams.invite(public_id=team.public_id, actor=lead, email=invited.email)
    call = partners.post_call(
        challenge_id=world.ids["teamed"], actor=invited, offers="矩阵公开合作条件说明", seeks="矩阵公开合作征询说明"
    )
    text = world.keep("矩阵合作回复机密,仅发布人可读", "forn", "solv")
    reply = partners.reply_to_call(public_id=call.public_id, actor=lead, text=text)
    rows = {"team": team, "seat": seat, "seat_offered": offered, "call": call, "reply": reply}
    world.ids |= {name: row.public_id for name, row in rows.items()}


def held(world: "World") -> None:
    """A call that supervision has suspended."""
    holding.suspend_call(public_id=world.ids["held"], actor=world.people["supv"], reason="正在核查举报内容，暂停征集。")
