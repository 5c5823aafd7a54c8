"""The auditor's own process: compares what the platform acknowledged with what its database, index and letters hold."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import django

django.setup()

from django.core.management import CommandError, call_command  # noqa: E402  # commands need the apps
from django.db import InterfaceError, OperationalError, close_old_connections  # noqa: E402  # needs the apps
from django.db.models import Count, Q  # noqa: E402  # needs the apps
from django.utils import timezone  # noqa: E402  # needs the apps

from marketplace.notices.models import Letter, Notice  # noqa: E402  # needs the apps
from marketplace.notices.recipients import recipients, still_concerned  # noqa: E402  # needs the apps
from marketplace.notices.services import ONCE  # noqa: E402  # needs the apps
from marketplace.notices.wording import SAYINGS  # noqa: E402  # needs the apps
from marketplace.outbox import heartbeat  # noqa: E402  # needs the apps
from marketplace.outbox.models import Delivery, Fact  # noqa: E402  # needs the apps
from realtime.models import LiveMessage, LiveTopic  # noqa: E402  # needs the apps
from search.models import IndexDebt  # noqa: E402  # needs the apps
from tasks.adjudication.models import Review  # noqa: E402  # needs the apps
from tasks.challenges.models import Challenge  # noqa: E402  # needs the apps
from tasks.proposals import checking  # noqa: E402  # needs the apps
from tasks.proposals import receipts as giving  # noqa: E402  # needs the apps
from tasks.proposals.lifecycle import TicketState  # noqa: E402  # needs the apps
from tasks.proposals.models import IntakeTicket, Proposal, SubmissionReceipt  # noqa: E402  # needs the apps

FACTS = {
    "submitted": "proposal.submitted",
    "withdrawn": "proposal.withdrawn",
    "approved": "challenge.approved",
    "confirmed": "challenge.opening_confirmed",
    "locked": "review.locked",
}
"""Acts that leave exactly one fact, by its kind."""
KEPT_OPEN = 8
"""Connections of a pool, each of which may be a dead one."""
Acts = list[dict[str, Any]]


def owed(about: dict[str, Any]) -> dict[str, Any]:
    """What is still to be done, where each topic stands, and how long ago a job last ran."""
    deliveries = Delivery.objects.filter(done_at=None)
    last = heartbeat.last_beat()
    return {
        "waiting": deliveries.filter(state=Delivery.State.WAITING).count(),
        "by_listener": dict(deliveries.values_list("listener").annotate(Count("pk"))),
        "parked": deliveries.filter(state=Delivery.State.PARKED).count(),
        "debts": IndexDebt.objects.count(),
        "tickets": IntakeTicket.objects.filter(state=TicketState.TAKEN).count(),
        "heads": dict(LiveTopic.objects.filter(name__in=about["topics"]).values_list("name", "last_seq")),
        "beat": (timezone.now() - last).total_seconds() if last else None,
    }


def audit(about: dict[str, Any]) -> dict[str, Any]:
    """Everything that must hold once all has caught up; each answer is empty when it does."""
    return {
        "lost": list(lost(about["acts"])),
        "doubled": list(doubled(about["acts"])),
        "handed_in": list(handed_in(about["acts"])),
        "notices": list(misinformed(about["since"])),
        "letters": list(letters()),
        "messages": list(messages()),
        "trail": said_by("verify_trail"),
        "invariants": said_by("verify_invariants", "--json"),
        "index": said_by("verify_index", "--report-only"),
    }


def lost(acts: Acts) -> Iterator[str]:
    """Acknowledged acts of which the database knows nothing."""
    for act in acts:
        if act["acknowledged"] and act["kind"] in FACTS and not _facts(act):
            yield _named(act)
    for kind, holds in (("saved", _draft), ("scored", _scores), ("locked", _scores)):
        for act, later in _last(acts, kind):
            if holds(act) not in {act["token"], *later}:
                yield f"{_named(act)} holds {holds(act)!r}"
    for act in acts:
        if act["kind"] == "drafted" and act["acknowledged"] and not _titled(act):
            yield _named(act)


def doubled(acts: Acts) -> Iterator[str]:
    """Acts that happened more than once, answered or not."""
    for act in acts:
        times = _facts(act) if act["kind"] in FACTS else _titled(act) if act["kind"] == "drafted" else 0
        if times > 1:
            yield f"{_named(act)}: {times} times"


def handed_in(acts: Acts) -> Iterator[str]:
    """What the platform took and gave no receipt for, or more than one, or one that does not hold (I11, I13).

    A submission is acknowledged by the page that says it is sealed, or is being sealed; its receipt may come later.
    What was not acknowledged is there once, or not at all.
    """
    for act in (one for one in acts if one["kind"] == "submitted"):
        given = SubmissionReceipt.objects.filter(envelope__proposal__public_id=act["subject"])
        if given.count() > 1 or (act["acknowledged"] and not given):
            yield f"{_named(act)}: {given.count()} receipts"
        for one in given:
            if not checking.checked(giving.document(one)).holds or one.ticket.state != TicketState.ACCEPTED:
                yield f"{_named(act)}: its receipt does not hold"


def misinformed(since: int) -> Iterator[str]:
    """Whoever should have been told of a fact since then and was not, or was told of what is not theirs."""
    told = Counter(Notice.objects.filter(fact__gt=since).values_list("fact_id", "user_id"))
    yield from (f"told twice: {one}" for one, times in told.items() if times > 1)
    for fact in Fact.objects.filter(pk__gt=since).exclude(kind__in=ONCE):
        for one in recipients(fact):
            if (fact.kind, one.part) in SAYINGS and (fact.pk, one.user.pk) not in told:
                yield f"fact {fact.pk} {fact.kind}: {one.user} was not told"


def letters() -> Iterator[str]:
    """Notices whose letter is missing; a second one is impossible by constraint and looked for all the same."""
    counted = Notice.objects.annotate(letters=Count("letter"))
    for notice in counted.exclude(letters=1).select_related("fact", "user"):
        if notice.letters or still_concerned(notice):
            yield f"notice {notice.pk} {notice.kind}: {notice.letters} letters"
    twice = Letter.objects.exclude(notice=None).values("notice").annotate(times=Count("pk")).filter(times__gt=1)
    yield from (f"{one}" for one in twice)


def messages() -> Iterator[str]:
    """Live messages that tell of one fact twice on one topic, or leave a number out."""
    twice = LiveMessage.objects.values("topic", "fact").annotate(times=Count("pk")).filter(times__gt=1)
    yield from (f"{one}" for one in twice)
    for topic in LiveTopic.objects.all():
        numbers = LiveMessage.objects.filter(topic=topic.name).count()
        if numbers != topic.last_seq:
            yield f"{topic.name}: {numbers} messages up to number {topic.last_seq}"


def said_by(*command: str) -> str:
    """What a command of the auditors' says when it finds something, "" when all is well."""
    said = StringIO()
    try:
        with redirect_stdout(said):
            call_command(*command, stdout=said, stderr=said)
    except (CommandError, SystemExit) as failure:
        return f"{' '.join(command)}: {failure}\n{said.getvalue()[-2000:]}"
    return ""


def _facts(act: dict[str, Any]) -> int:
    """How many facts tell of this act: of its row, by its person, and for a locked review of its proposal."""
    found = Fact.objects.filter(kind=FACTS[act["kind"]], subject=act["subject"].split()[0], actor=act["actor"])
    if act["kind"] == "locked":
        found = found.filter(Q(data__proposal=_review(act).proposal.public_id))
    return found.count()


def _titled(act: dict[str, Any]) -> int:
    return Challenge.objects.filter(title=act["token"]).count()


def _draft(act: dict[str, Any]) -> str:
    return Proposal.objects.get(public_id=act["subject"]).content.approach


def _scores(act: dict[str, Any]) -> str:
    return _review(act).comment


def _review(act: dict[str, Any]) -> Review:
    seat, code = act["subject"].split()
    return Review.objects.select_related("proposal").get(assignment__public_id=seat, proposal__code=code)


def _last(acts: Acts, kind: str) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """The last acknowledged act of this kind on each row, and the tokens of what was sent later."""
    rows = {act["subject"]: act for act in acts if act["kind"] == kind and act["acknowledged"]}
    for subject, act in rows.items():
        yield act, [one["token"] for one in acts if one["subject"] == subject and one["at"] >= act["at"]]


def _named(act: dict[str, Any]) -> str:
    return f"{act['kind']} {act['subject']} by {act['actor']} {act['token']}"


def newest(_about: dict[str, Any]) -> dict[str, Any]:
    """The newest fact there is."""
    return {"fact": Fact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0}


def main(lines: Iterable[str]) -> None:
    """Answer each question until there is none."""
    known: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"owed": owed, "audit": audit, "newest": newest}
    for line in lines:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(answered(known[asked["question"]], asked["about"])) + "\n")
        sys.stdout.flush()


def answered(question: Callable[[dict[str, Any]], dict[str, Any]], about: dict[str, Any]) -> dict[str, Any]:
    """The answer, on a new connection where the database was killed since the last question."""
    for _connection in range(KEPT_OPEN):
        try:
            return question(about)
        except (OperationalError, InterfaceError):
            close_old_connections()
    return question(about)


if __name__ == "__main__":
    main(sys.stdin)
