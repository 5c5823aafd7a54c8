"""What the platform knows of the world: regions, fields, forbidden matters, working days, others' published calls.

Rows come from the files in `data/` through services; nothing here has a life of its own, so there is no lifecycle.
"""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Versioned
from marketplace.kernel.money import spoken
from marketplace.registry import codes
from marketplace.registry.codes import CHINA, covers


class Bilingual(models.Model):
    """A name in both languages; people read the one of the page they are on."""

    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.name_zh if _reads_chinese() else self.name_en


class Region(Bilingual):
    """A country or a unit of China's administrative division.

    `code` is the GB/T 2260 code (six digits) inside China and ISO 3166-1 alpha-2 for countries; the provincial
    level of China hangs below CN.
    """

    class Kind(models.TextChoices):
        COUNTRY = "COUNTRY", _("country")
        PROVINCE = "PROVINCE", _("province")
        CITY = "CITY", _("city")
        COUNTY = "COUNTY", _("county")

    code = models.CharField(max_length=6, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")

    class Meta:
        ordering: ClassVar = ["code"]

    @property
    def is_in_china(self) -> bool:
        """China itself, or one of its divisions: those alone have codes of digits."""
        return covers(CHINA, self.code)

    @property
    def full_name(self) -> str:
        """The name with those of the regions above it, the country left out: 湖北省武汉市; Wuhan, Hubei.

        Reads up to three parents: select `parent__parent` with it in lists (`queries.regions`).
        """
        names = [self.name]
        above = self.parent
        while above is not None and above.kind != self.Kind.COUNTRY:
            names.append(above.name)
            above = above.parent
        return "".join(reversed(names)) if _reads_chinese() else ", ".join(names)

    def covers(self, other: "Region") -> bool:
        """Whether `other` is this region or lies in it; asks nothing of the database."""
        return codes.covers(self.code, other.code)


class TechnologyField(Bilingual):
    """A field of technology by which challenges and experts are filed.

    Merged from the policy documents (T12, H02, H11, W09, N08) and from what real postings need; `also_called`
    holds the documents' own names that were merged into this row, `regions` who named it.
    """

    code = models.SlugField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField()
    also_called = models.JSONField(default=list)
    regions = models.ManyToManyField(Region, related_name="fields")

    class Meta:
        ordering: ClassVar = ["order"]


class NegativeListItem(Bilingual):
    """A matter that may not be posted here (H22, W14). Everything that is not on the list is open by default.

    `keywords` are what gives a text away; a text reading one of `unless` in that place is not meant.
    """

    code = models.CharField(max_length=8, unique=True)
    keywords = models.JSONField()
    unless = models.JSONField(default=list)
    source_zh = models.CharField(max_length=200)
    source_en = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["code"]

    @property
    def source(self) -> str:
        """What the item rests on, in the active language."""
        return self.source_zh if _reads_chinese() else self.source_en


class CalendarYear(models.Model):
    """Whether the State Council has published the holidays of a year, and where. Absent means not published."""

    year = models.PositiveSmallIntegerField(unique=True)
    published = models.BooleanField()
    source = models.CharField(max_length=120)

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(Bilingual):
    """A day that is not what its weekday says: a holiday, or a weekend day worked to make up for one (调休)."""

    class Kind(models.TextChoices):
        HOLIDAY = "HOLIDAY", _("public holiday")
        MAKEUP = "MAKEUP", _("make-up working day")

    date = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)

    class Meta:
        ordering: ClassVar = ["date"]


class PublishedChallenge(Versioned):
    """A call really published elsewhere, kept for reference (外部公开榜单).

    It is not on this platform: nobody can propose, nothing is judged or paid, and it counts in no figure.
    `bounty_amount` is in minor units of `bounty_currency` (分, cents); None where none was published for the item.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    source_id = models.CharField(max_length=32, unique=True)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    description = models.TextField()
    indicators = models.JSONField(default=list)
    indicators_text = models.TextField(blank=True)
    keywords = models.JSONField(default=list)
    fields = models.ManyToManyField(TechnologyField, related_name="published_challenges")
    sponsor = models.CharField(max_length=200, blank=True)
    sponsor_kind = models.CharField(max_length=80, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="published_challenges")
    region_text = models.CharField(max_length=80, blank=True)
    bounty_amount = models.BigIntegerField(null=True, validators=[MinValueValidator(1)])
    bounty_currency = models.CharField(max_length=3, blank=True)
    bounty_note = models.CharField(max_length=300, blank=True)
    published_year = models.PositiveSmallIntegerField(null=True)
    deadline = models.DateField(null=True)
    source_url = models.URLField(max_length=500, blank=True)
    source_note = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering: ClassVar = [models.F("published_year").desc(nulls_last=True), "source_id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("archive:detail", args=[self.public_id])

    @property
    def bounty(self) -> str:
        """The published amount in the words of the page, in its own currency; empty where none was published."""
        if self.bounty_amount is None:
            return ""
        if self.bounty_currency == "CNY":
            return spoken(self.bounty_amount, get_language() or "zh-hans")
        units, rest = divmod(self.bounty_amount, 100)
        digits = f"{units:,}.{rest:02d}" if rest else f"{units:,}"
        return str(IN_CURRENCY[self.bounty_currency]) % {"amount": digits}


IN_CURRENCY = {
    "USD": _("USD %(amount)s"),
    "EUR": _("EUR %(amount)s"),
    "GBP": _("GBP %(amount)s"),
}


def _reads_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
