"""What the index listens to. Facts carry an id and a version; the row is read anew, and public or not is asked anew."""

from marketplace.accounts.events import ExpertListed
from marketplace.outbox.models import Fact
from marketplace.outbox.registry import listens_to
from marketplace.registry.events import PublishedChallengeImported
from search.indexing import follow
from search.projection import Kind
from tasks.events import CHALLENGE_EVENTS


@listens_to(*CHALLENGE_EVENTS)
def follow_challenge(fact: Fact) -> None:
    """A challenge changed: the index holds it if everybody may see it, and only then."""
    follow(Kind.CHALLENGE, fact.subject, fact.version)


@listens_to(ExpertListed)
def follow_expert(fact: Fact) -> None:
    """An entry of the expert database appeared or changed."""
    follow(Kind.EXPERT, fact.subject, fact.version)


@listens_to(PublishedChallengeImported)
def follow_archive(fact: Fact) -> None:
    """An entry of the reference archive is new or has changed."""
    follow(Kind.ARCHIVE, fact.subject, fact.version)
