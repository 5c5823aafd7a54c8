"""How long each stage takes: the median over the latest challenges that have left it behind (4.11)."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import BigIntegerField, F, Func, OuterRef, Subquery
from django.db.models.expressions import Combinable

from marketplace.outbox.models import Fact
from marketplace.oversight import countings
from marketplace.oversight.countings import COUNTINGS, Counting
from marketplace.oversight.scope import Scope
from tasks import events

HOURS = 24


class WholeHours(Func):
    """Full hours between two moments, as an integer, alike on both databases."""

    output_field = BigIntegerField()
    arity = 2

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "FLOOR(EXTRACT(EPOCH FROM (%(expressions)s)) / 3600)::bigint"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        end, start = (compiler.compile(one) for one in self.get_source_expressions())
        seconds = f"CAST(strftime('%%s', {end[0]}) AS INTEGER) - CAST(strftime('%%s', {start[0]}) AS INTEGER)"
        return f"(({seconds}) / 3600)", [*end[1], *start[1]]


def _told(event: type[events.ChallengeEvent]) -> Subquery:
    """The moment of the last such fact of the challenge; the index on `subject` finds it."""
    facts = Fact.objects.filter(subject=OuterRef("public_id"), kind=event.kind).order_by("-occurred_at")
    return Subquery(facts.values("occurred_at")[:1])


@dataclass(frozen=True)
class Stage:
    """A stage of the course, with the moments at which it begins and ends."""

    counting: Counting
    begins: Combinable
    ends: Combinable


STAGES = (
    Stage(COUNTINGS["took-approval"], _told(events.ChallengeSubmitted), F("opened_at")),
    Stage(COUNTINGS["took-call"], F("opened_at"), F("deadline")),
    Stage(COUNTINGS["took-opening"], F("deadline"), _told(events.ReviewStarted)),
    Stage(COUNTINGS["took-review"], _told(events.ReviewStarted), F("adjudication__decided_at")),
    Stage(COUNTINGS["took-notice"], F("notice__starts_at"), _told(events.ChallengeAwarded)),
)


@dataclass(frozen=True)
class Pace:
    """The median of a stage in days, to a tenth, over `count` challenges; None where none has left it behind."""

    name: str
    count: int
    days: float | None


def pace(stage: Stage, scope: Scope) -> Pace:
    """The stage's median in this scope, in one query of at most `LATEST` rows."""
    rows = countings.newest(scope, stage.counting.condition)
    hours = list(rows.values_list(WholeHours(stage.ends, stage.begins), flat=True))
    known = [one for one in hours if one is not None]
    return Pace(stage.counting.name, len(hours), round(median(known) / HOURS, 1) if known else None)
