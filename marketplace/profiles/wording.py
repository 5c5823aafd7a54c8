"""The words a profile chooses from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SolverCategory(models.TextChoices):
    """Groups of innovators that the policies name (T02, T09)."""

    RESEARCHER = "RESEARCHER", _("researcher")
    ENGINEER = "ENGINEER", _("engineer in an enterprise")
    COMMISSIONER = "COMMISSIONER", _("S&T commissioner")
    SME = "SME", _("small or medium enterprise")
    FOUNDER = "FOUNDER", _("founder or company executive")
    MAKER = "MAKER", _("maker")
    STUDENT = "STUDENT", _("student")
    RETURNEE = "RETURNEE", _("returned to the countryside")


class Availability(models.TextChoices):
    """Whether it makes sense to ask now."""

    OPEN = "OPEN", _("open to new work")
    LIMITED = "LIMITED", _("a few hours a week")
    BUSY = "BUSY", _("not at present")


class EngagementMode(models.TextChoices):
    """In which ways somebody would serve (T05, T09)."""

    SERVICE = "SERVICE", _("technical service")
    JOINT = "JOINT", _("joint research")
    TRANSFER = "TRANSFER", _("transfer or licence")
    EQUITY = "EQUITY", _("technology as equity")
    FOUNDING = "FOUNDING", _("founding or leading a firm")


class Tongue(models.TextChoices):
    """Languages of work; the codes are those of ISO 639-1."""

    ZH = "zh", _("Chinese")
    EN = "en", _("English")
    JA = "ja", _("Japanese")
    KO = "ko", _("Korean")
    DE = "de", _("German")
    FR = "fr", _("French")
    RU = "ru", _("Russian")
    ES = "es", _("Spanish")
    PT = "pt", _("Portuguese")
    AR = "ar", _("Arabic")


class ReferenceKind(models.TextChoices):
    """What a reference names."""

    PUBLICATION = "PUBLICATION", _("publication")
    PATENT = "PATENT", _("patent")
