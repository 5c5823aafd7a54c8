"""Who may read which part of a profile, and how complete it is. Pure: the one place where this is decided.

Page, directory and index take what `shown` answers and nothing else; what it leaves out is not there for them, so no
filter can find it either.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """The parts of a profile, in the order in which they are read."""

    HEADLINE = "headline", _("In one line")
    KINDS = "kinds", _("You are")
    EXPERTISE = "expertise", _("Expertise")
    FIELDS = "fields", _("Technology fields")
    ACHIEVEMENTS = "achievements", _("Achievements")
    REFERENCES = "references", _("Publications and patents")
    ENGAGEMENT = "engagement", _("Ways of working together")
    AVAILABILITY = "availability", _("Availability")
    LANGUAGES = "languages", _("Languages of work")
    REGION = "region", _("Country or region")
    ORCID = "orcid", _("ORCID iD")


class Visibility(models.TextChoices):
    """Who reads a part once the profile is published."""

    PUBLIC = "PUBLIC", _("everybody")
    SIGNED_IN = "SIGNED_IN", _("signed-in members")
    PRIVATE = "PRIVATE", _("only you")


class Audience(models.TextChoices):
    """Who is looking."""

    EVERYBODY = "EVERYBODY", _("everybody")
    MEMBERS = "MEMBERS", _("signed-in members")
    OWNER = "OWNER", _("you")


READS = {
    Audience.EVERYBODY: frozenset({Visibility.PUBLIC}),
    Audience.MEMBERS: frozenset({Visibility.PUBLIC, Visibility.SIGNED_IN}),
    Audience.OWNER: frozenset(Visibility),
}
DEFAULTS = {
    Part.HEADLINE: Visibility.PUBLIC,
    Part.KINDS: Visibility.PUBLIC,
    Part.EXPERTISE: Visibility.PUBLIC,
    Part.FIELDS: Visibility.PUBLIC,
    Part.ACHIEVEMENTS: Visibility.SIGNED_IN,
    Part.REFERENCES: Visibility.SIGNED_IN,
    Part.ENGAGEMENT: Visibility.SIGNED_IN,
    Part.AVAILABILITY: Visibility.SIGNED_IN,
    Part.LANGUAGES: Visibility.SIGNED_IN,
    Part.REGION: Visibility.SIGNED_IN,
    Part.ORCID: Visibility.PRIVATE,
}
"""What somebody can do is what others look for; most else is for members; the ORCID iD waits for a choice."""
WEIGHTS = {
    Part.HEADLINE: 10,
    Part.KINDS: 10,
    Part.EXPERTISE: 25,
    Part.FIELDS: 15,
    Part.ACHIEVEMENTS: 10,
    Part.REFERENCES: 10,
    Part.ENGAGEMENT: 4,
    Part.AVAILABILITY: 4,
    Part.LANGUAGES: 4,
    Part.REGION: 4,
    Part.ORCID: 4,
}
"""Per cent each part is worth: most for what a search reads."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A profile as its owner has it: every part with its value, and who may read which."""

    published: bool
    values: Mapping[Part, Any]
    visibility: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Completeness:
    """How much of a profile is filled in, and what is missing, the weightiest first."""

    per_cent: int
    missing: tuple[Part, ...]


def visibility_of(part: Part, chosen: Mapping[str, str]) -> Visibility:
    """Who may read a part: as chosen, or by default. What cannot be understood is private."""
    if part not in chosen:
        return DEFAULTS[part]
    return Visibility(chosen[part]) if chosen[part] in Visibility.values else Visibility.PRIVATE


def shown(said: Said, audience: Audience) -> dict[Part, Any]:
    """The parts that this audience reads, in order, without empty ones. Nothing of what is not published."""
    if not said.published and audience != Audience.OWNER:
        return {}
    readable = READS[audience]
    return {
        part: said.values[part]
        for part in Part
        if said.values.get(part) and visibility_of(part, said.visibility) in readable
    }


def completeness(said: Said) -> Completeness:
    """By the weights of the parts that hold something."""
    missing = [part for part in Part if not said.values.get(part)]
    lost = sum(WEIGHTS[part] for part in missing)
    return Completeness(100 - lost, tuple(sorted(missing, key=lambda part: -WEIGHTS[part])))
