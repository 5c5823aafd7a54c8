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
from tasks.amendments.models import Amendment
from tasks.cancelling.models import CancellationRequest
from tasks.challenges.holds import Hold
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
from tasks.following.models import Follow
from tasks.proposals.models import (
    DraftVersion,
    IntakeTicket,
    Proposal,
    ProposalRead,
    ReceiptTimestamp,
    SealedEnvelope,
    SubmissionReceipt,
)
from tasks.questions.models import Question
from tasks.sheets.models import Sheet, SheetRow
from tasks.teams.models import Partner, PartnerCall, PartnerReply, Team, TeamMember

__all__ = [
    "Adjudication",
    "Amendment",
    "Assignment",
    "CancellationRequest",
    "Challenge",
    "ChallengeAward",
    "ChallengeBatch",
    "Criterion",
    "CriterionScore",
    "Diagnosis",
    "DraftVersion",
    "Follow",
    "FurtherDraw",
    "Hold",
    "Indicator",
    "IntakeTicket",
    "NonDisclosure",
    "OpeningConfirmation",
    "Partner",
    "PartnerCall",
    "PartnerReply",
    "PlannedMilestone",
    "PrizePlace",
    "Proposal",
    "ProposalRead",
    "PublicNotice",
    "Question",
    "RankedProposal",
    "ReceiptTimestamp",
    "Recusal",
    "Review",
    "ReviewPanel",
    "SealedEnvelope",
    "Sheet",
    "SheetRow",
    "SubmissionReceipt",
    "Team",
    "TeamMember",
]
