from collections.abc import Mapping
from typing import Any

from marketplace.accounts.importing import import_expert, profile_from
from marketplace.registry.services import Outcome
from marketplace.registry.terminal import Bad, MappedImportCommand


class Command(MappedImportCommand):
    help = "Take entries of the expert database from a file of JSON Lines; invented ones carry the sample mark."

    def take(self, values: dict[str, Any]) -> str:
        profile = profile_from(values, self.mapping)
        if isinstance(profile, str):
            raise Bad(profile)
        return import_expert(profile)

    def summary(self, counts: Mapping[str, int]) -> str:
        return "Experts: " + ", ".join(f"{counts[outcome]} {outcome}" for outcome in (*Outcome, "bad"))
