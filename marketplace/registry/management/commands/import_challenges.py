from collections.abc import Mapping
from typing import Any

from marketplace.registry import queries, services
from marketplace.registry.importing import posting_from
from marketplace.registry.terminal import Bad, MappedImportCommand

INVENTED = "synthetic"


class Command(MappedImportCommand):
    help = (
        "Take really published calls from a file of JSON Lines into the reference archive; without FILE, "
        "those that the platform ships. Invented records are checked and counted, never written."
    )
    default_file = queries.SHIPPED_ARCHIVE

    def take(self, values: dict[str, Any]) -> str:
        posting = posting_from(values, self.mapping)
        if isinstance(posting, str):
            raise Bad(posting)
        return INVENTED if posting.origin != "real" else services.import_published(posting)

    def summary(self, counts: Mapping[str, int]) -> str:
        told = [f"{counts[outcome]} {outcome}" for outcome in (*services.Outcome, "bad")]
        if counts[INVENTED]:
            told.append(f"{counts[INVENTED]} synthetic and not written (material for demo stories)")
        return "Reference archive: " + ", ".join(told)
