"""From locked reviews to a decision: the ranking, the choice, what becomes of each proposal. For the services alone.

Everything here runs inside a service's transaction, under the challenge's lock.
"""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.identity import queries as identity
from marketplace.kernel.errors import Refusal
from marketplace.kernel.verdicts import Allowed, require
from tasks.adjudication import policy, queries
from tasks.adjudication.models import Adjudication, ChallengeAward, RankedProposal
from tasks.adjudication.scoring import Ranked
from tasks.challenges.lifecycle import FailureReason
from tasks.challenges.models import Challenge, ChallengeMode
from tasks.proposals import queries as proposals
from tasks.proposals import services as proposing
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.models import Proposal


def complete_ranking(challenge: Challenge) -> list[Ranked]:
    """The ranking, once every admitted proposal has a quorum of locked reviews (L15). Raises Refusal."""
    if not queries.is_scored(challenge):
        raise Refusal(_("Each proposal needs at least three locked reviews first."))
    return queries.standing(challenge)


def chosen_of(challenge: Challenge, ranking: list[Ranked], winner: str, reasons: str, deviation: str) -> Ranked:
    """The line of the ranking to be awarded: at or above the threshold, and argued for (L15). Raises Refusal."""
    line = next((one for one in ranking if one.code == winner), None)
    if line is None:
        raise Refusal(_("Please choose one of the reviewed proposals."), field="winner")
    if line.points < challenge.threshold:
        raise Refusal(_("This proposal is below the threshold."), field="winner")
    if not reasons.strip():
        raise Refusal(_("Please write the reasons; they become part of the public notice."), field="reasons")
    if line.rank > 1 and not deviation.strip():
        raise Refusal(_("This is not the panel's first; please say why you deviate."), field="deviation_reason")
    return line


def write_decision(challenge: Challenge, actor: User, ranking: list[Ranked], reasons: str, deviation: str) -> None:
    """Keep the decision with the ranking as it stood."""
    decision = Adjudication.objects.create(
        challenge=challenge, adjudicator=actor, reasons=reasons.strip(), deviation_reason=deviation.strip()
    )
    by_code = {one.code: one for one in proposals.in_state(challenge, ProposalState.UNDER_REVIEW)}
    RankedProposal.objects.bulk_create(
        RankedProposal(adjudication=decision, proposal=by_code[line.code], rank=line.rank, points=line.hundredths)
        for line in ranking
    )


def settle(challenge: Challenge, ranking: list[Ranked], chosen: Ranked, *, by: Allowed) -> None:
    """Say of each proposal what became of it: winning, reserve or not selected."""
    points = {line.code: line.points for line in ranking}
    for proposal in proposals.in_state(challenge, ProposalState.UNDER_REVIEW):
        if proposal.code == chosen.code:
            _refuse_nameless(proposal)
            ChallengeAward.objects.create(challenge=challenge, proposal=proposal, amount=_amount(challenge, proposal))
            proposing.write_outcome(proposal, outcome="win", by=by)
        else:
            good_enough = points[proposal.code] >= challenge.threshold
            proposing.write_outcome(proposal, outcome="reserve" if good_enough else "pass_over", by=by)


def _amount(challenge: Challenge, proposal: Proposal) -> int:
    """What the winner is to get, in 分: the price asked in task mode, the whole bounty in bounty mode (4.1)."""
    amount = proposal.content.price_amount if challenge.mode == ChallengeMode.TASK else challenge.bounty_amount
    if amount is None:
        raise Refusal(_("The amount of the award is not stated."))
    return amount


def fail_unanswered(challenge: Challenge, actor: User) -> tuple[Allowed, str, FailureReason]:
    """L10: nothing admissible; the permission, the step and the reason. Raises Refusal."""
    allowed = require(policy.may_check(actor, challenge))
    pending = (ProposalState.OPENED, ProposalState.UNDER_REVIEW)
    if proposals.opened_in(challenge).filter(state__in=pending).exists():
        raise Refusal(_("There are admissible or unchecked proposals."))
    return allowed, "fail_unanswered", FailureReason.NONE_ADMISSIBLE


def fail_below_threshold(challenge: Challenge, actor: User, reasons: str) -> tuple[Allowed, str, FailureReason]:
    """L14: nothing reached the threshold; the decision is written. Raises Refusal."""
    allowed = require(policy.may_adjudicate(actor, challenge))
    ranking = complete_ranking(challenge)
    if any(line.points >= challenge.threshold for line in ranking):
        raise Refusal(_("At least one proposal reached the threshold."))
    if not reasons.strip():
        raise Refusal(_("Please write the reasons; they become part of the public record."), field="reasons")
    write_decision(challenge, actor, ranking, reasons, "")
    for proposal in proposals.in_state(challenge, ProposalState.UNDER_REVIEW):
        proposing.write_outcome(proposal, outcome="pass_over", by=allowed)
    return allowed, "fail_below_threshold", FailureReason.BELOW_THRESHOLD


def _refuse_nameless(winner: Proposal) -> None:
    """H29: whoever wins is still known by their real name on the day of the decision."""
    if not identity.is_verified(winner.author):
        raise Refusal(_("Its author's real name is no longer verified."), field="winner")
