"""From the sign-up form over the letter to a signed-in person, in both languages."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import BasePasswordHasher, get_hasher
from django.core import mail
from django.test import Client, override_settings

from marketplace.accounts.models import User
from marketplace.notices.models import Letter
from marketplace.outbox.models import Fact
from tests import factories

pytestmark = pytest.mark.django_db
LOCAL_MAIL = override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
PASSWORD = "ein gutes langes Wort"


def signed_up(client: Client, prefix: str = "", **changes: str):
    data = {
        "email": "Lena@Example.org",
        "display_name": "Lena 李",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "agreed": "on",
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


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was hashed: the slow part of signing up."""
    seen: list[str] = []
    hasher = type(get_hasher())
    encode = hasher.encode

    def watched(self: BasePasswordHasher, password: str, salt: str) -> str:
        seen.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(hasher, "encode", watched)
    return seen


def test_an_address_that_is_taken_is_not_told_by_haste(client: Client, hashed: list[str]) -> None:
    signed_up(client)
    for taken in ("lena@example.org", "LENA@example.org"):
        hashed.clear()
        assert signed_up(Client(), email=taken).status_code == 302
        assert hashed == [PASSWORD]
    assert User.objects.count() == 1


@pytest.mark.parametrize("length", [254, 255, 300])
def test_an_address_longer_than_its_column_is_refused_not_cut(client: Client, length: int) -> None:
    address = "@example.org".rjust(length, "x")
    assert signed_up(client, email=address).status_code == (302 if length == 254 else 200)
    assert [one.email for one in User.objects.all()] == ([address] if length == 254 else [])


def test_a_further_address_longer_than_its_column_is_refused(client: Client) -> None:
    client.force_login(factories.person())
    answer = client.post("/accounts/email/", {"email": "@example.org".rjust(300, "x"), "action_add": ""})
    assert answer.status_code == 200
    assert not EmailAddress.objects.filter(email__startswith="xxx").exists()


@override_settings(SITE_URL="http://localhost:8123", ALLOWED_HOSTS=["testserver", "localhost"])
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("to", ["", "nobody@example.org"])
def test_links_in_letters_lead_home_whatever_host_was_asked(client: Client, prefix: str, to: str) -> None:
    """Or a stranger could ask for another's new password, and have the key sent past a door of theirs."""
    to = to or factories.person().email
    client.post(f"{prefix}/accounts/password/reset/", {"email": to}, headers={"host": "localhost:6666"})
    signed_up(client, prefix, email="new@example.org")
    bodies = "".join(Letter.objects.values_list("body", flat=True))
    links = re.findall(r"https?://\S+", bodies)
    assert len(links) == 2
    assert all(link.startswith(f"http://localhost:8123{prefix}/accounts/") for link in links)
