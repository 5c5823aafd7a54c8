"""The wiring: who is told of which facts. What is said stands in wording.py, to whom in recipients.py."""

from marketplace.accounts import events as people
from marketplace.administration import events as administration
from marketplace.consents import events as consents
from marketplace.identity import events as identity
from marketplace.notices import services
from marketplace.outbox.models import Fact
from marketplace.outbox.registry import listens_to
from marketplace.sealing import events as sealing
from marketplace.structure import events as structure
from marketplace.vault import events as files
from tasks import events

TOLD = (
    events.ChallengeReleased,
    events.ChallengeSubmitted,
    events.ChallengeReturned,
    events.ChallengeOpened,
    events.ChallengeAmended,
    events.AmendmentReleased,
    events.ChallengeSuspended,
    events.ChallengeResumed,
    events.CancellationAsked,
    events.CancellationRefused,
    events.ChallengeCancelled,
    events.ChallengeClosed,
    events.OpeningConfirmed,
    events.ProposalsOpened,
    events.ReviewStarted,
    events.NoticePublished,
    events.ChallengeAwarded,
    events.ChallengeFailed,
    events.ReviewerInvited,
    events.ReviewLocked,
    events.ProposalSubmitted,
    events.ProposalReplaced,
    events.ProposalUnopenable,
    events.ProposalWithdrawn,
    events.ProposalOpened,
    events.ProposalAdmitted,
    events.ProposalRejected,
    events.ProposalSettled,
    events.TeamInvited,
    events.TeamJoined,
    events.TeamDeclined,
    events.TeamLeft,
    events.TeamChanged,
    events.TeamAgreed,
    events.TeamRemoved,
    events.TeamReopened,
    events.PartnerAnswered,
    events.PartnerCallTakenDown,
    events.QuestionAsked,
    events.QuestionAnswered,
    events.QuestionRefused,
    events.SheetFinished,
    events.SheetUnreadable,
    people.OrganisationRegistered,
    people.OrganisationResubmitted,
    people.OrganisationVerified,
    people.OrganisationReturned,
    people.OrganisationRenewed,
    people.OrganisationEndsSoon,
    people.OrganisationExpired,
    people.OrganisationSuspended,
    people.OrganisationRestored,
    structure.AffiliationProposed,
    structure.AffiliationConfirmed,
    structure.AffiliationDeclined,
    structure.DomainProved,
    people.InvitationDeclined,
    people.MemberJoined,
    people.MemberLeft,
    people.MemberRemoved,
    people.PlaceChanged,
    people.HandedOver,
    people.PhoneVerified,
    people.PhoneRemoved,
    people.RoleGranted,
    people.RoleRevoked,
    administration.GrantProposed,
    administration.GrantRefused,
    administration.FactorResetAsked,
    administration.FactorResetVouched,
    files.FileCondemned,
    consents.ConsentAskedFor,
    consents.ConsentGiven,
    consents.ConsentRefused,
    consents.ConsentRevoked,
    consents.ConsentEndsSoon,
    sealing.OfficerKeyEnrolled,
    sealing.OfficerProofDue,
    identity.RealNameAppliedFor,
    identity.RealNameVerified,
    identity.RealNameReturned,
    identity.RealNameRevoked,
)


@listens_to(*TOLD, name="notices.tell")
def tell(fact: Fact) -> None:
    """In the product, at once."""
    services.tell(fact)


@listens_to(*TOLD, name="notices.letters", slow=True)
def write_letters(fact: Fact) -> None:
    """By mail, from a job; the letter itself is sent by another."""
    services.write_letters(fact)
