"""The call, its solvers and its opening. Run in the platform's own settings; asked and answered in JSON."""

import json
import sys
from typing import Any

import django

django.setup()

from django.contrib.auth.signals import user_logged_in  # noqa: E402  # needs the apps
from django.core.management import call_command  # noqa: E402  # commands need the apps
from django.test import Client  # noqa: E402  # needs the apps

from bench.solvers import solvers  # noqa: E402  # models need the apps
from marketplace.accounts import second_factor  # noqa: E402  # models need the apps
from marketplace.demo import clock as movable  # noqa: E402  # needs the apps
from marketplace.kernel.verdicts import SYSTEM  # noqa: E402  # needs the apps
from marketplace.vault.models import StoredFile  # noqa: E402  # models need the apps
from tasks.challenges import services as posting  # noqa: E402  # needs the apps
from tasks.challenges.models import Challenge  # noqa: E402  # needs the apps
from tasks.proposals import files  # noqa: E402  # needs the apps
from tests import factories  # noqa: E402  # needs the apps
from tests.sealed.needles import KINDS, Mark, unpacked  # noqa: E402  # needs nothing; stays with the others


def prepared(about: dict[str, Any]) -> dict[str, Any]:
    """The database made ready, a call that takes proposals, and the cookies of so many solvers."""
    for command in about["commands"]:
        call_command(*command)
    challenge = factories.open_challenge()
    call_command("rebuild_index")
    return {
        "challenge": challenge.public_id,
        "cookies": [cookies for _user, cookies in solvers(about["solvers"])],
        "phrases": {one.email: factories.phrase_of(one) for one in factories.opening_officers()},
    }


def opened(about: dict[str, Any]) -> dict[str, Any]:
    """The deadline passes, the call is opened, and the adjudicator reads: how many of each canary they see."""
    challenge = Challenge.objects.select_related("adjudicator", "supervisor").get(public_id=about["challenge"])
    factories.know(about["phrases"])
    assert challenge.deadline
    assert challenge.adjudicator
    movable.advance_to(challenge.deadline, by=SYSTEM)
    factories.opened(posting.close_challenge(public_id=challenge.public_id))
    user_logged_in.connect(lambda request, user, **_signal: second_factor.note_shown(request, user), weak=False)
    judge = Client(headers={"host": "127.0.0.1"})
    judge.force_login(challenge.adjudicator)
    mark = Mark(*about["mark"])
    read = b"".join(_read(judge, challenge))
    return {kind: sum(mark.canary(kind, n).encode() in read for n in range(about["solvers"])) for kind in KINDS}


def _read(judge: Client, challenge: Challenge) -> Any:
    for one in challenge.proposals.all():
        yield judge.get(f"/desk/{challenge.public_id}/proposals/{one.code}/").content
        for row in StoredFile.objects.filter(door=files.CODE, holder=one.public_id, state="CLEAN"):
            came: Any = judge.get(f"/files/{row.public_id}/", follow=True)
            yield from unpacked(b"".join(came.streaming_content) if came.streaming else came.content)


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    answer = {"prepared": prepared, "opened": opened}[asked.pop("question")](asked)
    sys.stdout.write("WORLD " + json.dumps(answer))
