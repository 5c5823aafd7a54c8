"""What the directory holds of a profile: made from its name and what an audience is shown, and nothing else. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from marketplace.profiles.models import Listing, Profile
from marketplace.profiles.references import folded
from marketplace.profiles.showing import Audience, Part

READ = (Part.HEADLINE, Part.EXPERTISE, Part.ACHIEVEMENTS)
"""Parts whose words are searched as they are."""


def listing_of(profile: Profile, audience: Audience, parts: Mapping[Part, Any]) -> Listing:
    """The row, not yet saved."""
    region = parts.get(Part.REGION)
    return Listing(
        profile=profile,
        audience=audience,
        text=folded("\n".join([profile.user.display_name, *_words(parts)])),
        kinds=_codes(parts.get(Part.KINDS, ())),
        fields=_codes(one.code for one in parts.get(Part.FIELDS, ())),
        availability=next(iter(parts.get(Part.AVAILABILITY, ())), ""),
        region=region.code if region else "",
    )


def _words(parts: Mapping[Part, Any]) -> Iterable[str]:
    yield from (parts[part] for part in READ if part in parts)
    for one in parts.get(Part.FIELDS, ()):
        yield from (one.name_zh, one.name_en)
    for one in parts.get(Part.REFERENCES, ()):
        yield from (one.title, one.identifier)
    if Part.REGION in parts:
        yield from (parts[Part.REGION].name_zh, parts[Part.REGION].name_en)


def _codes(codes: Iterable[str]) -> str:
    found = ",".join(codes)
    return f",{found}," if found else ""
