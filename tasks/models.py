"""Re-exports only: Django looks for models here; they live in their rooms."""

from tasks.adjudication.models import (
    Adjudication,
    Assignment,
    ChallengeAward,
    CriterionScore,
    FurtherDraw,
    OpeningConfirmation,
    PublicNotice,
    RankedProposal,
    Recusal,
    Review,
    ReviewPanel,
)
from tasks.challenges.models import Challenge, ChallengeBatch, Criterion, Indicator
from tasks.proposals.models import IntakeTicket, Proposal, SealedEnvelope, SubmissionReceipt
from tasks.sheets.models import Sheet, SheetRow

__all__ = [
    "Adjudication",
    "Assignment",
    "Challenge",
    "ChallengeAward",
    "ChallengeBatch",
    "Criterion",
    "CriterionScore",
    "FurtherDraw",
    "Indicator",
    "IntakeTicket",
    "OpeningConfirmation",
    "Proposal",
    "PublicNotice",
    "RankedProposal",
    "Recusal",
    "Review",
    "ReviewPanel",
    "SealedEnvelope",
    "Sheet",
    "SheetRow",
    "SubmissionReceipt",
]
