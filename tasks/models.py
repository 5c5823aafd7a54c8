"""Re-exports only: Django looks for models here; they live in their rooms."""

from tasks.adjudication.models import (
    Adjudication,
    Assignment,
    ChallengeAward,
    CriterionScore,
    OpeningConfirmation,
    PublicNotice,
    RankedProposal,
    Review,
    ReviewPanel,
)
from tasks.challenges.models import Challenge, ChallengeBatch, Criterion, Indicator
from tasks.proposals.models import Proposal

__all__ = [
    "Adjudication",
    "Assignment",
    "Challenge",
    "ChallengeAward",
    "ChallengeBatch",
    "Criterion",
    "CriterionScore",
    "Indicator",
    "OpeningConfirmation",
    "Proposal",
    "PublicNotice",
    "RankedProposal",
    "Review",
    "ReviewPanel",
]
