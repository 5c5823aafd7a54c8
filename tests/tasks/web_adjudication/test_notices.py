"""Public notices: the board and a notice, for everybody, without the names of those who did not win (L16, L21)."""

import pytest
from django.test import Client

from tasks.adjudication.models import PublicNotice
from tasks.challenges.models import Challenge
from tasks.jobs import advance
from tests import clock, factories
from tests.tasks.web_adjudication.stage import address, closed_case, running_case, text_of

pytestmark = pytest.mark.django_db


def announced(winner: str = "P01", **changes: str) -> Challenge:
    challenge = factories.scored(running_case(**changes), {"P01": 80, "P02": 70})
    return factories.adjudicated(challenge, winner)


def notice_of(challenge: Challenge) -> PublicNotice:
    return PublicNotice.objects.get(challenge=challenge)


def test_a_notice_tells_winner_amount_ranking_reasons_period_and_office() -> None:
    challenge = announced()
    notice = notice_of(challenge)
    winner = challenge.proposals.get(code="P01").author
    answer = Client().get(notice.get_absolute_url())
    text = text_of(answer)
    for shown in (
        challenge.title,
        winner.display_name,
        "200 万元",
        "80.00",
        "70.00",
        "综合最优。",
        challenge.contact_office,
        challenge.contact_telephone,
        challenge.contact_address,
    ):
        assert shown in text
    assert answer.context["ranking"][0].proposal.code == "P01"


def test_losers_and_contents_stay_unnamed() -> None:
    challenge = announced()
    text = text_of(Client().get(notice_of(challenge).get_absolute_url()))
    loser = challenge.proposals.get(code="P02")
    for hidden in (loser.author.display_name, loser.content.title, "原位", "课题组六人"):
        assert hidden not in text


def test_in_an_organisations_name_the_organisation_wins() -> None:
    challenge = factories.scored(running_case(), {"P01": 80, "P02": 70})
    proposal = challenge.proposals.get(code="P01")
    proposal.organisation = factories.organisation(proposal.author)
    proposal.save()
    factories.adjudicated(challenge)
    for where in (notice_of(challenge).get_absolute_url(), address("notices")):
        text = text_of(Client().get(where))
        assert proposal.organisation.name in text
        assert proposal.author.display_name not in text


def test_the_notice_runs_and_becomes_final() -> None:
    challenge = announced()
    notice = notice_of(challenge)
    live = address("notice_live", notice.public_id)
    running = text_of(Client().get(live))
    assert f'data-live="challenge:{challenge.public_id}"' in running
    assert "data-left-until" in running
    clock.shift(days=20)
    advance()
    final = text_of(Client().get(live))
    assert "data-left-until" not in final
    assert Client().get(notice.get_absolute_url()).status_code == 200


def test_the_board_lists_the_newest_first_and_its_live_part_alike() -> None:
    first = announced()
    clock.shift(days=1)
    second = announced()
    page = Client().get(address("notices"))
    assert [one.notice.challenge for one in page.context["announcements"]] == [second, first]
    part = text_of(Client().get(address("notices_live")))
    assert 'data-live="notices"' in part
    assert part.strip() in text_of(page)


def test_the_live_part_stays_on_its_page() -> None:
    announced()
    part = text_of(Client().get(address("notices_live") + "?page=1"))
    assert f'data-live-src="{address("notices_live")}?page=1"' in part


def test_a_strange_page_number_is_no_error() -> None:
    announced()
    for page in ("0", "-1", "x", "999999999999999999999", "<script>"):
        assert Client().get(address("notices"), {"page": page}).status_code == 200


def test_what_is_not_decided_has_no_notice() -> None:
    closed_case()
    assert Client().get(address("notices")).context["announcements"] == []
    assert Client().get(address("notice", "0" * 16)).status_code == 404


def test_typed_text_is_only_text() -> None:
    challenge = factories.scored(running_case(contact_office="<b>技术处</b>"), {"P01": 80, "P02": 70})
    factories.adjudicated(challenge)
    text = text_of(Client().get(notice_of(challenge).get_absolute_url()))
    assert "<b>技术处" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_asks_as_often_for_three_notices_as_for_one(rows: int, django_assert_num_queries) -> None:
    for _ in range(rows):
        announced()
    with django_assert_num_queries(5):
        Client().get(address("notices"))


def test_both_languages_answer() -> None:
    notice = notice_of(announced())
    for language in ("", "/en"):
        for where in ("/award-notices/", f"/award-notices/{notice.public_id}/"):
            assert Client().get(language + where).status_code == 200
