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
from tasks.challenges.models import (
    Challenge,
    ChallengeBatch,
    Criterion,
    Indicator,
    NonDisclosure,
    PlannedMilestone,
    PrizePlace,
)
from tasks.diagnosis.models import Diagnosis
from tasks.proposals.models import Proposal
from tasks.sheets.models import Sheet, SheetRow

__all__ = [
    "Adjudication",
    "Assignment",
    "Challenge",
    "ChallengeAward",
    "ChallengeBatch",
    "Criterion",
    "CriterionScore",
    "Diagnosis",
    "FurtherDraw",
    "Indicator",
    "NonDisclosure",
    "OpeningConfirmation",
    "PlannedMilestone",
    "PrizePlace",
    "Proposal",
    "PublicNotice",
    "RankedProposal",
    "Recusal",
    "Review",
    "ReviewPanel",
    "Sheet",
    "SheetRow",
]
