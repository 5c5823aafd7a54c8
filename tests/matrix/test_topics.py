"""Role × topic: who may listen to what, for every topic of the registry (house check 6)."""

import pytest
from django.contrib.auth.models import AnonymousUser

from marketplace.accounts.models import User
from realtime.topics import TOPICS, parse, public_among
from tests.matrix.asking import Asker
from tests.matrix.declared import topics
from tests.matrix.table import Row, rows

pytestmark = pytest.mark.django_db

ROWS = list(rows(topics.TABLE))


def test_every_topic_has_a_row_and_every_row_a_topic() -> None:
    assert {row.route for row in ROWS} == {topic.word for topic in TOPICS}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_role_may_listen_as_declared(asker: Asker, row: Row) -> None:
    people = asker.world.people
    subject = people[row.thing].public_id if row.thing in people else asker.world.ids.get(row.thing, row.thing)
    topic = parse(row.route if row.thing == "-" else f"{row.route}:{subject}")
    assert topic is not None
    viewers = {
        role: User.objects.get(pk=people[role].pk) if role in people else AnonymousUser() for role in row.answers
    }
    heard = {role: "yes" if topic.may_join(viewer) else "no" for role, viewer in viewers.items()}
    assert heard == row.answers
    assert (topic in public_among([topic])) == (set(row.answers.values()) == {"yes"})
