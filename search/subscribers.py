"""What the index listens to. Facts carry an id and a version; the row is read anew, and public or not is asked anew."""

from collections.abc import Sequence
from operator import attrgetter

from marketplace.accounts.events import ExpertListed, ExpertRemoved
from marketplace.outbox.models import Fact
from marketplace.outbox.registry import listens_to_many
from marketplace.registry.events import PublishedChallengeImported
from search.indexing import follow
from search.projection import Kind
from tasks.events import CHALLENGE_EVENTS


@listens_to_many(*CHALLENGE_EVENTS, name="search.challenges")
def follow_challenges(facts: Sequence[Fact]) -> None:
    """Challenges changed: the index holds those that everybody may see, and no others."""
    follow(Kind.CHALLENGE, versions(facts))


@listens_to_many(ExpertListed, ExpertRemoved, name="search.experts")
def follow_experts(facts: Sequence[Fact]) -> None:
    """Entries of the expert database appeared, changed or are gone."""
    follow(Kind.EXPERT, versions(facts))


@listens_to_many(PublishedChallengeImported, name="search.archive")
def follow_archive(facts: Sequence[Fact]) -> None:
    """Entries of the reference archive are new or have changed."""
    follow(Kind.ARCHIVE, versions(facts))


def versions(facts: Sequence[Fact]) -> dict[str, int]:
    """The highest version told of each subject."""
    return {fact.subject: fact.version for fact in sorted(facts, key=attrgetter("version"))}
