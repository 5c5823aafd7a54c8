"""What some of the demonstration's people say of themselves, published by their own hand. No judge is among them."""

import json
from collections.abc import Mapping
from typing import Any

from marketplace.demo.telling import troupe
from marketplace.demo.telling.script import DATA
from marketplace.demo.telling.stage import Stage
from marketplace.profiles import services
from marketplace.profiles.references import Citation
from marketplace.profiles.services import Content
from marketplace.profiles.showing import DEFAULTS
from marketplace.registry.models import Region, TechnologyField

PLAIN = ("headline", "kinds", "expertise", "achievements", "languages", "engagement", "availability")


def publish_profiles(stage: Stage) -> None:
    """Each on a day of its own, some weeks ago."""
    for number, said in enumerate(json.loads((DATA / "profiles.json").read_text(encoding="utf-8"))):
        with stage.on(-40 + 2 * number, 10):
            _publish(said)


def _publish(said: Mapping[str, Any]) -> None:
    person = troupe.person(said["by"])
    content = Content(
        **{name: said[name] for name in PLAIN},
        fields=TechnologyField.objects.filter(code__in=said["fields"]),
        region=Region.objects.get(code=said["region"]),
        visibility={**{part.value: level.value for part, level in DEFAULTS.items()}, **said.get("seen", {})},
    )
    services.save_profile(actor=person, content=content, version=0)
    services.take(actor=person, citations=[Citation(**one) for one in said["references"]])
    services.publish(actor=person)
