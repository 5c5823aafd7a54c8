"""From the sign-up form over the letter to a signed-in person, in both languages."""

import re

import pytest
from django.core import mail
from django.test import Client, override_settings

from marketplace.accounts.models import User
from marketplace.notices.models import Letter
from marketplace.outbox.models import Fact

pytestmark = pytest.mark.django_db
LOCAL_MAIL = override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
PASSWORD = "ein gutes langes Wort"


def signed_up(client: Client, prefix: str = "", **changes: str):
    data = {
        "email": "Lena@Example.org",
        "display_name": "Lena 李",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }
    return client.post(f"{prefix}/accounts/signup/", data)


@pytest.mark.parametrize(("prefix", "language"), [("", "zh-hans"), ("/en", "en")])
def test_sign_up_confirm_sign_in(client: Client, prefix: str, language: str) -> None:
    answer = signed_up(client, prefix)
    assert answer.status_code == 302
    assert answer["Location"] == f"{prefix}/accounts/confirm-email/"
    person = User.objects.get()
    assert (person.email, person.display_name, person.language) == ("lena@example.org", "Lena 李", language)
    assert Fact.objects.get().kind == "person.signed_up"
    refused = client.post(f"{prefix}/accounts/login/", {"login": "lena@example.org", "password": PASSWORD})
    assert refused["Location"].endswith("/confirm-email/")

    letter = Letter.objects.filter(to="lena@example.org").latest("pk")
    link = re.search(rf"{prefix}/accounts/confirm-email/[^\s/]+/", letter.body)
    assert link
    assert client.get(link[0]).status_code == 200
    assert not person.emailaddress_set.get().verified
    assert client.post(link[0]).status_code == 302
    assert person.emailaddress_set.get().verified

    client.logout()
    entered = client.post(f"{prefix}/accounts/login/", {"login": "LENA@example.org", "password": PASSWORD})
    assert entered["Location"] == f"{prefix}/my-work/"
    assert client.get(f"{prefix}/profile/").context["form"].initial["display_name"] == "Lena 李"


@LOCAL_MAIL
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("display_name", "   "),
        ("display_name", "。。。"),
        ("display_name", "Lena\u202egro"),
        ("display_name", "Lena\u0000"),
        ("display_name", "x" * 61),
        ("email", "no address"),
        ("password2", "another one"),
    ],
)
def test_bad_input_says_so_and_keeps_what_was_typed(client: Client, field: str, value: str) -> None:
    answer = signed_up(client, **{field: value})
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert form["email"].value() == (value if field == "email" else "Lena@Example.org")
    assert User.objects.count() == 0
    assert not mail.outbox


@LOCAL_MAIL
def test_a_name_of_markup_is_only_text(client: Client) -> None:
    signed_up(client, display_name="<script>alert(1)</script>")
    client.force_login(User.objects.get())
    page = client.get("/profile/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@LOCAL_MAIL
def test_a_taken_address_answers_like_a_free_one(client: Client) -> None:
    first = signed_up(client)
    second = signed_up(Client(), display_name="Somebody else")
    assert (second.status_code, second["Location"]) == (first.status_code, first["Location"])
    assert User.objects.get().display_name == "Lena 李"
