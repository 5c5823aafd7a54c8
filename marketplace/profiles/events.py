"""Facts about profiles. They name ids alone: what a profile says is read afresh, by whoever may."""

from typing import TYPE_CHECKING, ClassVar

from marketplace.outbox.events import Event

if TYPE_CHECKING:
    from marketplace.profiles.models import Profile


class ProfileEvent(Event):
    @classmethod
    def of(cls, profile: "Profile") -> "ProfileEvent":
        return cls(stream=f"profile:{profile.public_id}", subject=profile.public_id, version=profile.version)


class ProfileChanged(ProfileEvent):
    """Something in it is otherwise than before: a text, a reference, who may read what."""

    kind: ClassVar[str] = "profile.changed"


class ProfilePublished(ProfileEvent):
    kind: ClassVar[str] = "profile.published"


class ProfileWithdrawn(ProfileEvent):
    """Its owner has taken the page back."""

    kind: ClassVar[str] = "profile.withdrawn"


class ProfileErased(Event):
    """It is gone, with its person; newer than anything that was ever said of it."""

    kind: ClassVar[str] = "profile.erased"

    @classmethod
    def of(cls, profile: "Profile") -> "ProfileErased":
        return cls(stream=f"profile:{profile.public_id}", subject=profile.public_id, version=profile.version + 1)
