"""What each person is told of each fact, in one place, and the page it leads to.

A sentence may use `%(title)s` (the challenge's heading), `%(name)s` (the organisation's) or `%(role)s` (an office).
It never holds anything of a proposal.
"""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

SPONSOR, ADMIN, ADJUDICATOR, SUPERVISOR = "SPONSOR", "ADMIN", "ADJUDICATOR", "SUPERVISOR"
REVIEWER, SOLVER, OWNER, UPLOADER = "REVIEWER", "SOLVER", "OWNER", "UPLOADER"
ASKER, EMPLOYER, PARENT = "ASKER", "EMPLOYER", "PARENT"
SELF, COMPARER, CONFIRMER, PROPOSER = "SELF", "COMPARER", "CONFIRMER", "PROPOSER"
OFFICER, FOLLOWER, LEAD, MEMBER = "OFFICER", "FOLLOWER", "LEAD", "MEMBER"


class Saying(NamedTuple):
    """A sentence and the name of the page it leads to."""

    sentence: Any
    target: str


_CHALLENGE, _CASE, _SEAT = "challenges:detail", "adjudication:case", "adjudication:assignment"
_PROPOSAL, _ORGANISATION = "proposals:detail", "accounts:organisation"
_LIST = "challenges:import_run"
_GRANT = "administration:request"
_RESET, _LOST = "administration:reset", "lost:ask"
_COMPARE, _REAL_NAME = "identity:compare", "identity:mine"
_PROFILE = "accounts:profile"
_OPENING = "adjudication:opening"
_CONSENT, _STRUCTURE = "consents:consent", "structure:structure"
_TEAM, _BOARD = "teams:team", "partners:board"

SAYINGS: dict[tuple[str, str], Saying] = {
    ("challenge.submitted", ADMIN): Saying(_("A posting awaits your approval: %(title)s"), "challenges:approval"),
    ("challenge.released", SPONSOR): Saying(
        _("A posting needs a second officer's hand: %(title)s"), "challenges:preview"
    ),
    ("challenge.returned", SPONSOR): Saying(_("Your posting was returned for revision: %(title)s"), _CHALLENGE),
    ("challenge.opened", SPONSOR): Saying(_("Approved and published: %(title)s"), _CHALLENGE),
    ("challenge.opened", ADJUDICATOR): Saying(_("You are named adjudicator of: %(title)s"), _CASE),
    ("challenge.opened", SUPERVISOR): Saying(_("You are named supervisor of: %(title)s"), _CASE),
    ("challenge.amended", SPONSOR): Saying(_("An amendment was published: %(title)s"), _CHALLENGE),
    ("challenge.amended", SOLVER): Saying(
        _("The call you are answering was amended; please read how: %(title)s"), _CHALLENGE
    ),
    ("challenge.amendment_released", SPONSOR): Saying(
        _("An amendment needs a second officer's hand: %(title)s"), "challenges:amend"
    ),
    ("challenge.suspended", SPONSOR): Saying(_("Your call was suspended; read why: %(title)s"), _CHALLENGE),
    ("challenge.resumed", SPONSOR): Saying(_("Your call goes on, its deadline has moved: %(title)s"), _CHALLENGE),
    ("challenge.suspended", SOLVER): Saying(
        _("The call you are answering was suspended; read why: %(title)s"), _CHALLENGE
    ),
    ("challenge.resumed", SOLVER): Saying(
        _("The call you are answering goes on, its deadline has moved: %(title)s"), _CHALLENGE
    ),
    ("challenge.suspended", FOLLOWER): Saying(_("A call you follow was suspended: %(title)s"), _CHALLENGE),
    ("challenge.resumed", FOLLOWER): Saying(
        _("A call you follow goes on, its deadline has moved: %(title)s"), _CHALLENGE
    ),
    ("challenge.cancellation_asked", ADJUDICATOR): Saying(
        _("The sponsor asks that a call be cancelled; please decide: %(title)s"), "challenges:cancellation"
    ),
    ("challenge.cancellation_asked", SUPERVISOR): Saying(
        _("The sponsor asks that a call be cancelled; the adjudicator decides: %(title)s"), "challenges:cancellation"
    ),
    ("challenge.cancellation_refused", SPONSOR): Saying(
        _("The cancellation of your call was refused; read why: %(title)s"), "challenges:cancellation"
    ),
    ("challenge.cancelled", SPONSOR): Saying(_("Your call was cancelled: %(title)s"), _CHALLENGE),
    ("challenge.cancelled", SUPERVISOR): Saying(_("A call you supervise was cancelled: %(title)s"), _CHALLENGE),
    ("challenge.cancelled", ADMIN): Saying(_("A call in your region was cancelled: %(title)s"), _CHALLENGE),
    ("challenge.cancelled", SOLVER): Saying(
        _("The call you were answering was cancelled; nothing of yours was opened: %(title)s"), _CHALLENGE
    ),
    ("challenge.closed", SPONSOR): Saying(_("The deadline has passed: %(title)s"), _CHALLENGE),
    ("challenge.closed", ADJUDICATOR): Saying(_("The deadline has passed: %(title)s"), _CASE),
    ("challenge.closed", SUPERVISOR): Saying(_("Please confirm the opening of proposals: %(title)s"), _OPENING),
    ("challenge.closed", OFFICER): Saying(_("Please confirm the opening of proposals: %(title)s"), _OPENING),
    ("challenge.opening_confirmed", OFFICER): Saying(
        _("The opening was confirmed by one more; see whether yours is missing: %(title)s"), _OPENING
    ),
    ("challenge.proposals_opened", ADJUDICATOR): Saying(_("The proposals were opened: %(title)s"), _CASE),
    ("challenge.review_started", REVIEWER): Saying(_("The review has begun; please score: %(title)s"), _SEAT),
    ("challenge.notice_published", SPONSOR): Saying(_("An award is announced: %(title)s"), _CHALLENGE),
    ("challenge.awarded", SPONSOR): Saying(_("The award is final: %(title)s"), _CHALLENGE),
    ("challenge.awarded", SOLVER): Saying(_("The award is final, and it is yours: %(title)s"), _PROPOSAL),
    ("challenge.failed", SPONSOR): Saying(_("The call ended without an award: %(title)s"), _CHALLENGE),
    ("challenge.failed", SOLVER): Saying(
        _("The call you were answering was not opened in time and has ended; nothing of yours was read: %(title)s"),
        _CHALLENGE,
    ),
    ("reviewer.invited", REVIEWER): Saying(_("You were drawn as a reviewer: %(title)s"), _SEAT),
    ("review.locked", ADJUDICATOR): Saying(_("All reviews are locked; you can decide: %(title)s"), _CASE),
    ("proposal.submitted", SOLVER): Saying(_("Your proposal was submitted and sealed: %(title)s"), _PROPOSAL),
    ("proposal.replaced", SOLVER): Saying(
        _("Another version of your proposal was sealed and counts from now on: %(title)s"), _PROPOSAL
    ),
    ("proposal.unopenable", SOLVER): Saying(_("Your proposal could not be opened; read why: %(title)s"), _PROPOSAL),
    ("proposal.withdrawn", SOLVER): Saying(_("Your proposal was withdrawn: %(title)s"), _PROPOSAL),
    ("proposal.opened", SOLVER): Saying(_("Your proposal was opened after the deadline: %(title)s"), _PROPOSAL),
    ("proposal.admitted", SOLVER): Saying(_("Your proposal was admitted to the review: %(title)s"), _PROPOSAL),
    ("proposal.rejected", SOLVER): Saying(_("Your proposal was not admitted; read why: %(title)s"), _PROPOSAL),
    ("proposal.settled", SOLVER): Saying(_("A decision was made on your proposal: %(title)s"), _PROPOSAL),
    ("team.invited", SELF): Saying(_("You are invited to a team: %(title)s"), "teams:invitation"),
    ("team.joined", LEAD): Saying(_("Somebody has joined your team; please set the shares: %(title)s"), _TEAM),
    ("team.declined", LEAD): Saying(_("An invitation to your team was declined: %(title)s"), _TEAM),
    ("team.left", LEAD): Saying(_("Somebody has left your team; please set the shares: %(title)s"), _TEAM),
    ("team.changed", MEMBER): Saying(_("Your team or its shares have changed; please agree anew: %(title)s"), _TEAM),
    ("team.agreed", LEAD): Saying(_("A member has agreed to the composition of your team: %(title)s"), _TEAM),
    ("team.removed", SELF): Saying(_("You are in the team no longer: %(title)s"), _CHALLENGE),
    ("team.reopened", MEMBER): Saying(_("Your team is open to changes again: %(title)s"), _TEAM),
    ("partners.answered", SELF): Saying(_("Somebody has written to you on a board of partners: %(title)s"), _BOARD),
    ("partners.taken_down", SELF): Saying(
        _("Your notice on a board of partners was taken down; read why: %(title)s"), _BOARD
    ),
    ("question.asked", SPONSOR): Saying(_("A question awaits your answer: %(title)s"), "questions:question"),
    ("question.answered", ASKER): Saying(_("Your question was answered: %(title)s"), _CHALLENGE),
    ("question.refused", ASKER): Saying(_("Your question is not answered; read why: %(title)s"), _CHALLENGE),
    ("challenge.amended", FOLLOWER): Saying(_("A call you follow was amended: %(title)s"), _CHALLENGE),
    ("challenge.closed", FOLLOWER): Saying(_("A call you follow has closed: %(title)s"), _CHALLENGE),
    ("challenge.notice_published", FOLLOWER): Saying(
        _("An award is announced in a call you follow: %(title)s"), _CHALLENGE
    ),
    ("challenge.cancelled", FOLLOWER): Saying(_("A call you follow was cancelled: %(title)s"), _CHALLENGE),
    ("challenge.awarded", FOLLOWER): Saying(_("The award in a call you follow is final: %(title)s"), _CHALLENGE),
    ("challenge.failed", FOLLOWER): Saying(_("A call you follow ended without an award: %(title)s"), _CHALLENGE),
    ("question.answered", FOLLOWER): Saying(_("A question was answered in a call you follow: %(title)s"), _CHALLENGE),
    ("sheet.finished", UPLOADER): Saying(
        _("Your list for %(name)s has been imported; see what became of each row"), _LIST
    ),
    ("sheet.unreadable", UPLOADER): Saying(_("Your list for %(name)s could not be read; see why"), _LIST),
    ("organisation.registered", ADMIN): Saying(_("An organisation awaits verification: %(name)s"), _ORGANISATION),
    ("organisation.resubmitted", ADMIN): Saying(_("A corrected entry awaits verification: %(name)s"), _ORGANISATION),
    ("organisation.verified", OWNER): Saying(_("Your organisation is verified: %(name)s"), _ORGANISATION),
    ("organisation.returned", OWNER): Saying(_("Your organisation's entry was returned: %(name)s"), _ORGANISATION),
    ("organisation.renewed", OWNER): Saying(_("%(name)s is verified for another year"), _ORGANISATION),
    ("organisation.ends_soon", OWNER): Saying(_("The verification of %(name)s ends within a month"), _ORGANISATION),
    ("organisation.ends_soon", ADMIN): Saying(
        _("A verification ends soon and can be renewed: %(name)s"), _ORGANISATION
    ),
    ("organisation.expired", OWNER): Saying(_("The verification of %(name)s has expired"), _ORGANISATION),
    ("organisation.suspended", OWNER): Saying(_("%(name)s was suspended; read why"), _ORGANISATION),
    ("organisation.restored", OWNER): Saying(_("%(name)s may post and propose again"), _ORGANISATION),
    ("organisation.affiliation_proposed", PARENT): Saying(
        _("An organisation says that it belongs to %(name)s; please confirm or decline"), _STRUCTURE
    ),
    ("organisation.affiliation_confirmed", OWNER): Saying(_("What %(name)s belongs to is confirmed"), _ORGANISATION),
    ("organisation.affiliation_declined", OWNER): Saying(
        _("What %(name)s belongs to was not confirmed"), _ORGANISATION
    ),
    ("organisation.domain_proved", OWNER): Saying(_("A mail domain of %(name)s is proved"), _ORGANISATION),
    ("organisation.invitation_declined", OWNER): Saying(_("An invitation to %(name)s was declined"), _ORGANISATION),
    ("organisation.member_joined", OWNER): Saying(
        _("Somebody has joined %(name)s by an address at its mail domain"), _ORGANISATION
    ),
    ("organisation.member_left", OWNER): Saying(_("Somebody has left %(name)s"), _ORGANISATION),
    ("organisation.member_removed", SELF): Saying(_("You no longer belong to %(name)s"), "accounts:organisations"),
    ("organisation.place_changed", SELF): Saying(_("Your place in %(name)s has changed"), _ORGANISATION),
    ("organisation.handed_over", SELF): Saying(_("You are now the owner of %(name)s"), _ORGANISATION),
    ("file.condemned", SOLVER): Saying(
        _("Malware was found in a file of your proposal; it was deleted: %(title)s"), _PROPOSAL
    ),
    ("file.condemned", OWNER): Saying(_("Malware was found in a file of %(name)s; it was deleted"), _ORGANISATION),
    ("file.condemned", SELF): Saying(_("Malware was found in the scan of your document; it was deleted"), _REAL_NAME),
    ("file.condemned", ASKER): Saying(_("Malware was found in your employer's letter; it was deleted"), _CONSENT),
    ("file.condemned", LEAD): Saying(_("Malware was found in a letter of your team; it is deleted: %(title)s"), _TEAM),
    ("file.condemned", MEMBER): Saying(
        _("Malware was found in a letter of your team; it is deleted: %(title)s"), _TEAM
    ),
    ("consent.asked_for", EMPLOYER): Saying(_("Somebody asks for their employer's consent"), _CONSENT),
    ("consent.given", ASKER): Saying(_("Your employer has consented"), _CONSENT),
    ("consent.refused", ASKER): Saying(_("Your employer has not consented; read why"), _CONSENT),
    ("consent.revoked", ASKER): Saying(_("Your employer has taken its consent back; read why"), _CONSENT),
    ("consent.ends_soon", ASKER): Saying(_("Your employer's consent ends within a month"), _CONSENT),
    ("real_name.applied_for", COMPARER): Saying(_("A real name awaits comparison with its document"), _COMPARE),
    ("real_name.verified", SELF): Saying(_("Your real name is verified"), _REAL_NAME),
    ("real_name.returned", SELF): Saying(_("Your real-name verification was returned; read why"), _REAL_NAME),
    ("person.phone_verified", SELF): Saying(_("A mobile number signs you in from now on"), _PROFILE),
    ("person.phone_removed", SELF): Saying(_("Your mobile number no longer signs you in"), _PROFILE),
    ("role.granted", SELF): Saying(_("You hold an office from now on: %(role)s"), _PROFILE),
    ("role.revoked", SELF): Saying(_("You no longer hold an office: %(role)s"), _PROFILE),
    ("grant.proposed", CONFIRMER): Saying(_("An office awaits your decision as the second person: %(role)s"), _GRANT),
    ("person.factor_reset_asked", CONFIRMER): Saying(
        _("Somebody has lost their second factor; please find out who asks"), _RESET
    ),
    ("person.factor_reset_vouched", CONFIRMER): Saying(
        _("A lost second factor awaits your decision as the second administrator"), _RESET
    ),
    ("person.factor_reset_asked", SELF): Saying(
        _("A reset of your second factor was asked for. If it was not you, say so now"), _LOST
    ),
    ("grant.refused", PROPOSER): Saying(_("What you proposed was refused; read why: %(role)s"), _GRANT),
    ("officer_key.proof_due", SELF): Saying(
        _("Please type your pass phrase again within a week, or no new challenge is entrusted to you"), "sealing:mine"
    ),
    ("officer_key.enrolled", SELF): Saying(
        _("An opening key was made in your name. If it was not you, tell the security administrators"), "sealing:mine"
    ),
    ("real_name.revoked", SELF): Saying(_("Your real-name verification was revoked; read why"), _REAL_NAME),
}
"""Who is told what. A fact or a part that is not here is told to nobody."""
