"""What can happen to a challenge, and nothing else. Row numbers are those of the life cycle (L01–L21)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class State(models.TextChoices):
    """States this code can reach; contract, delivery and payment add theirs."""

    DRAFT = "DRAFT", _("draft")
    SUBMITTED = "SUBMITTED", _("awaiting approval")
    RETURNED = "RETURNED", _("returned for revision")
    APPROVED = "APPROVED", _("approved, awaiting funds")
    OPEN = "OPEN", _("open for proposals")
    SEALED = "SEALED", _("closed, awaiting opening")
    REVIEWING = "REVIEWING", _("under review")
    ADJUDICATED = "ADJUDICATED", _("award proposed")
    NOTICE = "NOTICE", _("public notice running")
    AWARDED = "AWARDED", _("awarded")
    FAILED = "FAILED", _("no award")
    CANCELLED = "CANCELLED", _("cancelled")


STEPS = {
    "submit": Step({State.DRAFT, State.RETURNED}, State.SUBMITTED),  # L02
    "return": Step({State.SUBMITTED}, State.RETURNED),  # L03
    "approve": Step({State.SUBMITTED}, State.APPROVED),  # L04
    "open": Step({State.APPROVED}, State.OPEN),  # L05
    "cancel": Step({State.OPEN}, State.CANCELLED),  # L08
    "close": Step({State.OPEN}, State.SEALED),  # L09
    "fail_unanswered": Step({State.SEALED}, State.FAILED),  # L10
    "fail_unopened": Step({State.SEALED}, State.FAILED),  # ours: see adjudication/opening.py
    "review": Step({State.SEALED}, State.REVIEWING),  # L12
    "fail_below_threshold": Step({State.REVIEWING}, State.FAILED),  # L14
    "adjudicate": Step({State.REVIEWING}, State.ADJUDICATED),  # L15
    "publish_notice": Step({State.ADJUDICATED}, State.NOTICE),  # L16
    "award": Step({State.NOTICE}, State.AWARDED),  # L21
}

PUBLIC = frozenset(
    {
        State.OPEN,
        State.SEALED,
        State.REVIEWING,
        State.ADJUDICATED,
        State.NOTICE,
        State.AWARDED,
        State.FAILED,
        State.CANCELLED,
    }
)
"""States in which everybody may see the challenge (4.3); search holds exactly these."""

EDITABLE = frozenset({State.DRAFT, State.RETURNED})
"""States in which the sponsor may still change the posting."""


OVER = frozenset({State.AWARDED, State.FAILED, State.CANCELLED})
"""States that nothing follows."""

UNDER_WAY = frozenset(State) - EDITABLE - OVER
"""States in which others rely on it: handed in, and not over."""


class FailureReason(models.TextChoices):
    """Why a call ended without an award (征集未果): an ordinary outcome, never a fault by itself (T29)."""

    NO_PROPOSAL = "NO_PROPOSAL", _("no proposal was received")
    UNOPENED = "UNOPENED", _("the proposals were not opened in time")
    NONE_ADMISSIBLE = "NONE_ADMISSIBLE", _("no proposal passed the formal check")
    BELOW_THRESHOLD = "BELOW_THRESHOLD", _("no proposal reached the threshold")
