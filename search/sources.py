"""Which rows belong into the index, by kind, and how each is read. Only what everybody may see leaves here (I22)."""

from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from marketplace.accounts import queries as accounts
from marketplace.registry import queries as registry
from search.projection import Content, Kind, of_archive, of_challenge, of_expert
from tasks.challenges import queries as challenges
from tasks.challenges.choices import Audience
from tasks.challenges.models import Challenge

BATCH = 200
REGIONS_ABOVE = "region__parent__parent__parent"


class Source(NamedTuple):
    """The rows of a kind with what they refer to, and what the index holds of one."""

    rows: Callable[[], QuerySet[Any]]
    content: Callable[[Any], Content]


SOURCES: dict[Kind, Source] = {
    Kind.CHALLENGE: Source(
        lambda: (
            challenges.public_challenges()
            .select_related(None)  # where the sponsor sits is not in the index
            .select_related("sponsor", REGIONS_ABOVE)
            .prefetch_related("indicators", "batch")
        ),
        of_challenge,
    ),
    Kind.ARCHIVE: Source(lambda: registry.archive().select_related(REGIONS_ABOVE), of_archive),
    Kind.EXPERT: Source(lambda: accounts.experts().select_related(REGIONS_ABOVE), of_expert),
}


def contents_of(kind: Kind, public_ids: Collection[str]) -> dict[str, Content]:
    """What the index should hold of these rows now; without those that are no more or that not everybody may see."""
    source = SOURCES[kind]
    rows = source.rows().filter(public_id__in=list(public_ids))
    return {row.public_id: source.content(row) for row in rows}


def never_public(kind: Kind, public_ids: Collection[str]) -> set[str]:
    """Those that nobody but their owners has ever seen: the index must not learn even their ids."""
    if kind != Kind.CHALLENGE or not public_ids:
        return set()
    kept = Q(opened_at=None) | Q(audience=Audience.INTERNAL)
    rows = Challenge.objects.filter(kept, public_id__in=list(public_ids))
    return set(rows.values_list("public_id", flat=True))


def batches(kind: Kind) -> Iterator[list[Content]]:
    """Everything the index should hold of this kind, read piece by piece in the order of the rows' keys."""
    source, last = SOURCES[kind], 0
    while rows := list(source.rows().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        yield [source.content(row) for row in rows]


def size(kind: Kind) -> int:
    """How many rows there are of this kind."""
    return SOURCES[kind].rows().count()
