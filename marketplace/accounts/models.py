"""People, organisations, who belongs where, who may act as what, and the expert database."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.lifecycle import InvitationState, OrganisationState
from marketplace.accounts.roles import ADMINISTRATION, Role, Scope
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful, Versioned


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person; e-mail addresses are unique in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


SHOWN_OF_AN_ID = 6
"""Characters of their public id by which people whose accounts were erased are told apart."""


class User(AbstractBaseUser, PermissionsMixin):
    """A person. No user name; `is_superuser` exists because Django's mixin has it and is never read."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("name shown to others"), max_length=60)
    language = models.CharField(_("language"), max_length=8, default="zh-hans")
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False, editable=False)
    date_joined = MomentField(editable=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    """How often all sessions of this person were ended; a session holds for the number it began under."""
    closed_because = models.TextField(blank=True, editable=False)
    """Why the operator closed the account: it may say something of the person, so it is here and not in the fact."""
    erasure_asked_at = models.DateTimeField(null=True, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)
    """When nothing was left of them but the row and its public id (I29)."""
    must_show_second_factor: bool | None = None
    """Whether their sessions must show a second factor (`second_factor.py`); None where it was not asked."""

    works_in_back_office: bool = False
    """Whether their menu leads to the back office; only a session's person knows (`backend.py`)."""

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_in_any_case")]

    def __str__(self) -> str:
        if self.erased_at is not None:
            return gettext("Closed account %(code)s") % {"code": self.public_id[-SHOWN_OF_AN_ID:]}
        return self.display_name

    def get_session_auth_hash(self) -> str:
        """What each session is compared with at every request: another password or epoch ends it (I21)."""
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return (self._session_hash(secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str | bytes) -> str:
        stated = f"{self.session_epoch}:{self.password}"
        return salted_hmac("marketplace.accounts.session", stated, secret=secret, algorithm="sha256").hexdigest()


class Acceptance(models.Model):
    """Somebody has agreed to this version of a text (`terms.py`)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="acceptances")
    code = models.CharField(max_length=16)
    edition = models.CharField(max_length=10)
    accepted_at = MomentField(editable=False)

    def __str__(self) -> str:
        return f"{self.code} {self.edition}"


LONGEST_AGENT = 300
"""Characters kept of what a browser says of itself."""


class Device(models.Model):
    """A sign-in: what the browser said of itself, when, and from where. It outlasts its session, as a security log."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, db_index=True)
    user_agent = models.CharField(max_length=LONGEST_AGENT)
    ip = models.GenericIPAddressField(null=True)
    since = models.DateTimeField(default=timezone.now)
    """Real time, as sessions have it: the demo's movable clock does not touch them."""

    def __str__(self) -> str:
        return self.public_id


class PhoneNumber(models.Model):
    """A mobile number that signs somebody in, in E.164. It is here only once they have proved that it is theirs."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="phone")
    number = models.CharField(max_length=16, unique=True)
    verified_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"a number of {self.user_id}"


class PhoneCode(models.Model):
    """A number somebody has typed, and what is kept of the code sent there until they type that too (`mobile.py`)."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    valid_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"a code for {self.user_id}"


class OrganisationKind(models.TextChoices):
    """T04, N08: an innovation space registers like any other. GOVERNMENT: every other public body (4.2)."""

    ENTERPRISE = "ENTERPRISE", _("enterprise")
    UNIVERSITY = "UNIVERSITY", _("university")
    INSTITUTE = "INSTITUTE", _("research institute")
    GOVERNMENT = "GOVERNMENT", _("government body or public institution")
    ASSOCIATION = "ASSOCIATION", _("association")
    SPACE = "SPACE", _("innovation space or incubator")
    PROVIDER = "PROVIDER", _("service provider")


class SponsorClass(models.TextChoices):
    """S4 (H08, N17b, N17c): set at verification; an SME may sponsor too."""

    LEADING_ENTERPRISE = "LEADING_ENTERPRISE", _("leading enterprise")
    STATE_OWNED = "STATE_OWNED", _("state-owned enterprise")
    LISTED = "LISTED", _("listed company")
    SME = "SME", _("small or medium enterprise")
    LOCAL_GOVERNMENT = "LOCAL_GOVERNMENT", _("local government")


class Organisation(Stateful):
    """An enterprise, university, bureau, innovation space … that posts, proposes or employs."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=OrganisationState.choices, default=OrganisationState.PENDING)
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind.choices)
    sponsor_class = models.CharField(_("class"), max_length=24, choices=SponsorClass.choices, blank=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    register_number = models.CharField(_("number in the country's register"), max_length=40, blank=True)
    ror = models.CharField(_("ROR identifier"), max_length=9, blank=True)
    lei = models.CharField(_("legal entity identifier (LEI)"), max_length=20, blank=True)
    region = models.ForeignKey("registry.Region", verbose_name=_("region"), on_delete=models.PROTECT)
    is_sample = models.BooleanField(default=False, editable=False)
    registered_at = MomentField(editable=False)
    corrections = models.JSONField(null=True, editable=False)
    """What a once verified organisation says of itself anew; it stands for nothing until it is verified."""
    released_by_two = models.BooleanField(default=False, editable=False)
    """Whether a posting goes out only once two of its officers have handed it in."""
    verified_until = models.DateTimeField(null=True, editable=False)
    """When the verification ends or ended (S5); null for an organisation that was never verified."""
    end_told_at = models.DateTimeField(null=True, editable=False)
    """When its officers were told that this end is near."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["uscc"], condition=~models.Q(uscc=""), name="organisation_uscc_once"),
            models.UniqueConstraint(fields=["ror"], condition=~models.Q(ror=""), name="organisation_ror_once"),
            models.UniqueConstraint(fields=["lei"], condition=~models.Q(lei=""), name="organisation_lei_once"),
            models.UniqueConstraint(
                fields=["region", "register_number"],
                condition=~models.Q(register_number=""),
                name="organisation_number_once_in_a_country",
            ),
        ]

    def __str__(self) -> str:
        return ((get_language() or "").startswith("en") and self.name_en) or self.name


class Membership(models.Model):
    """Who belongs where, from when until when. Rows are ended, never deleted: conflicts of interest rest on them."""

    class Place(models.TextChoices):
        OWNER = "OWNER", _("owner")
        OFFICER = "OFFICER", _("officer")
        MEMBER = "MEMBER", _("member")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    place = models.CharField(max_length=8, choices=Place.choices)
    valid_from = MomentField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=models.Q(valid_until=None), name="membership_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id} as {self.place}"


class Invitation(Stateful):
    """An organisation asks an address to join; only somebody who has confirmed that address can answer."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=InvitationState.choices, default=InvitationState.WAITING)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"), db_index=True)
    place = models.CharField(max_length=8, choices=Membership.Place.choices)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = MomentField(editable=False)
    valid_until = models.DateTimeField()

    def __str__(self) -> str:
        return self.public_id


class RoleGrant(models.Model):
    """A role given to a person for a scope and a time. A region covers its children."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24, choices=Role.choices)
    scope = models.CharField(max_length=16, choices=Scope.choices)
    scope_id = models.CharField(max_length=16, blank=True)
    valid_from = MomentField()
    valid_until = models.DateTimeField(null=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Both or neither: without them the operator gave it, from a terminal."""

    class Meta:
        constraints: ClassVar = [
            # For grants that have an end PostgreSQL keeps it by periods (migration 0008), SQLite by the service's lock.
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(role__in=sorted(ADMINISTRATION), valid_until=None),
                name="grant_one_administration",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope} {self.scope_id}"


class Expert(Versioned):
    """An entry of the expert database (H07a): what somebody can do. With a `user` it can be drawn for a panel."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    source_id = models.CharField(max_length=32, unique=True, null=True)  # null: entered here, not imported
    user = models.OneToOneField(User, null=True, on_delete=models.PROTECT, related_name="expert")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="experts")
    label = models.CharField(_("name or label"), max_length=120)
    language = models.CharField(max_length=8, default="zh-hans")
    institution_type = models.CharField(_("kind of institution"), max_length=60, blank=True)
    region = models.ForeignKey("registry.Region", null=True, on_delete=models.PROTECT)
    region_text = models.CharField(max_length=60, blank=True)
    fields = models.ManyToManyField("registry.TechnologyField", related_name="experts")
    expertise = models.TextField(_("expertise"))
    achievements = models.TextField(_("achievements"), blank=True)
    keywords = models.JSONField(default=list)
    years_experience = models.PositiveSmallIntegerField(null=True)
    projects_done = models.PositiveSmallIntegerField(null=True)
    is_sample = models.BooleanField(default=False, editable=False)

    def __str__(self) -> str:
        return self.label
