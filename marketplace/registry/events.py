"""Every fact the registry states. Listeners may import these; the registry knows none of them."""

from typing import TYPE_CHECKING, ClassVar, Self

from marketplace.outbox.events import Event

if TYPE_CHECKING:
    from marketplace.registry.models import PublishedChallenge


class PublishedChallengeImported(Event):
    """An entry of the reference archive (外部公开榜单) is new or has changed: look again."""

    kind: ClassVar[str] = "published_challenge.imported"

    @classmethod
    def of(cls, entry: "PublishedChallenge") -> Self:
        """The fact about this entry as it now stands."""
        return cls(stream=f"archive:{entry.public_id}", subject=entry.public_id, version=entry.version)
