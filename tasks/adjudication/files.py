"""The door of a proposal's files: their owner brings them; after the opening those who judge read them, nameless."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ActingAs
from marketplace.kernel.errors import NotFound
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from marketplace.vault.doors import Door, Rights
from marketplace.vault.intake import LARGEST
from marketplace.vault.kinds import Kind
from tasks.adjudication import queries
from tasks.challenges import intake
from tasks.proposals import files, policy, reads
from tasks.proposals import queries as proposals
from tasks.proposals.models import Proposal

NOT_HERS = Denied("")
BEING_SEALED = Denied(_("It has been handed in and is being sealed. Please wait a moment."))


def _rights(person: Person, holder: str) -> Rights:
    """Raises NotFound alike for a proposal that is not there and one this person may not know of."""
    proposal = proposals.with_files(holder)
    if policy.is_own(person, proposal):
        edits = BEING_SEALED if proposals.is_being_sealed(proposal) else policy.may_edit(person, proposal)
        read = policy.may_read(person, proposal)
        over = proposal.is_sealed and not proposal.kept
        return Rights(read=read, bring=edits, take_away=edits, whose=True, over=over)
    read = policy.may_read(person, proposal)
    if not read:
        read = _as_reviewer(person, proposal)
    if not read:
        raise NotFound
    return Rights(read=read, bring=NOT_HERS, take_away=NOT_HERS)


def _as_reviewer(person: Person, proposal: Proposal) -> Verdict:
    if isinstance(person, User) and queries.reviewing(person, proposal):
        return Allowed(person.public_id, ActingAs.REVIEWER)
    return NOT_HERS


def _served(person: Person, holder: str) -> None:
    """Its owner is told who opened a file, as of the text (`reads`)."""
    proposal = proposals.with_files(holder)
    if policy.is_own(person, proposal):
        return
    verdict = policy.may_read(person, proposal) or _as_reviewer(person, proposal)
    if isinstance(verdict, Allowed):
        challenge, part = proposal.challenge, reads.Part.WHOLE
        reads.note(reader=person, role=verdict.role, challenge=challenge, codes=[proposal.code], part=part)


def _hold(holder: str) -> None:
    """Nobody hands it in, and nobody closes its challenge, while a file is brought or taken away."""
    intake.nobody_closes(proposals.with_files(holder).challenge.public_id)
    proposals.locked(holder)


DOOR = Door(
    code=files.CODE,
    title=files.TITLE,
    purposes=dict(files.Paper.choices),
    kinds=frozenset(Kind),
    largest=LARGEST,
    most=files.MOST,
    own=True,
    blind=True,
    secret=files.UnderDraftKey(),
    rights=_rights,
    hold=_hold,
    served=_served,
    stream=lambda holder: f"{proposals.STREAM}{holder}",
    page=lambda holder: reverse("proposals:edit", args=[holder]),
)
