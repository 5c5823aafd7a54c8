"""Every letter is readable on one page, and its links work: signing up needs no mail programme."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage

from marketplace.notices.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_signing_up_leads_to_the_letter_and_the_letter_to_a_confirmed_address(client, settings) -> None:
    answer = client.post(
        "/accounts/signup/",
        {
            "email": "newcomer@zhongyan.example",
            "display_name": "新来的人",
            "password1": "a long enough word",
            "agreed": "on",
            "password2": "a long enough word",
        },
        follow=True,
    )
    assert "/demo/mails/" in answer.content.decode()
    page = client.get("/demo/mails/").content.decode()
    assert "newcomer@zhongyan.example" in page
    link = re.search(rf'href="{re.escape(settings.SITE_URL)}(/[^"]*confirm-email/[^"]+)"', page)
    assert link
    client.post(link[1])
    assert EmailAddress.objects.get(email="newcomer@zhongyan.example").verified


def test_script_in_a_letter_is_text(client) -> None:
    EmailMessage("<script>1</script>", "<script>2</script>", "a@b.example", ["c@d.example"]).send()
    letter = Letter.objects.get()
    for address in ("/demo/mails/", f"/demo/mails/{letter.pk}/"):
        page = client.get(address).content.decode()
        assert "<script>1" not in page
        assert "<script>2" not in page


def test_letters_can_be_read_by_person(client) -> None:
    for to in ("one@d.example", "two@d.example"):
        EmailMessage(f"to {to}", "text", "a@b.example", [to]).send()
    page = client.get("/demo/mails/?to=one@d.example").content.decode()
    assert "to one@d.example" in page
    assert "to two@d.example" not in page


def test_an_address_that_can_be_none_has_no_letters(client) -> None:
    answer = client.get("/demo/mails/?to=%00")
    assert (answer.status_code, answer.context["to"]) == (200, "")


def test_a_letter_that_does_not_exist_is_not_found(client) -> None:
    assert client.get("/demo/mails/4711/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_one_and_with_three_letters(
    count, client, settings, django_assert_num_queries
) -> None:
    settings.CLOCK = ""
    for number in range(count):
        EmailMessage(f"letter {number}", "text", "a@b.example", ["c@d.example"]).send()
    client.get("/demo/mails/")
    with django_assert_num_queries(7):
        client.get("/demo/mails/")
