"""What everybody agrees to: asked at sign-up, kept by version, readable by everybody, in both languages."""

from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from marketplace.accounts.models import Acceptance, User
from marketplace.accounts.terms import TEXTS
from tests.accounts.test_signup import signed_up

pytestmark = pytest.mark.django_db


def test_signing_up_keeps_which_versions_were_agreed_to(client: Client) -> None:
    assert signed_up(client).status_code == 302
    kept = Acceptance.objects.filter(user=User.objects.get())
    assert {(one.code, one.edition) for one in kept} == {(one.code, one.current) for one in TEXTS}


def test_nobody_signs_up_without_agreeing(client: Client) -> None:
    assert signed_up(client, agreed="").status_code == 200
    assert not User.objects.exists()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_form_leads_to_each_text(client: Client, prefix: str) -> None:
    form = client.get(f"{prefix}/accounts/signup/").content.decode()
    for text in TEXTS:
        assert f'href="{prefix}/terms/{text.code}/"' in form
        assert client.get(f"{prefix}/terms/{text.code}/").status_code == 200


def test_every_version_is_there_in_both_languages() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "terms"
    wanted = {
        f"{language}/{text.code}-{version}.html"
        for language in ("zh-hans", "en")
        for text in TEXTS
        for version in text.versions
    }
    there = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.html")}
    assert there == wanted


PINNED = {
    "en/agreement-2026-11-22.html": "aab453ea0c950eb6",
    "en/privacy-2026-11-22.html": "c44e86336db96a8e",
    "en/privacy-2026-11-23.html": "f13ac0669c80de8c",
    "en/rules-2026-11-22.html": "34a1fd9782cbf79d",
    "zh-hans/agreement-2026-11-22.html": "c5c0d9fcab6c0c4c",
    "zh-hans/privacy-2026-11-22.html": "a9551bf0a5f4124f",
    "zh-hans/privacy-2026-11-23.html": "65f55e21722e3de3",
    "zh-hans/rules-2026-11-22.html": "f8088e60b6cda6d9",
}
"""The first characters of each file's SHA-256: people have agreed to these very words."""


def test_no_version_that_was_agreed_to_is_edited() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "terms"
    assert {name: sha256((folder / name).read_bytes()).hexdigest()[:16] for name in PINNED} == PINNED
    assert {path.relative_to(folder).as_posix() for path in folder.glob("*/*.html")} == set(PINNED)


def test_the_operator_and_its_records_stand_on_every_page(client: Client, settings) -> None:
    page = client.get("/terms/privacy/").content.decode()
    assert "OPERATOR_NAME" in page
    assert "beian" not in page
    settings.OPERATOR = {
        **settings.OPERATOR,
        "name": "示例运营中心",
        "icp": "鄂ICP备00000000号",
        "police": "公网安备 0号",
    }
    assert "示例运营中心" in client.get("/").content.decode()
    page = client.get("/terms/privacy/").content.decode()
    assert "OPERATOR_NAME" not in page
    assert page.count("示例运营中心") == 2
    assert "鄂ICP备00000000号" in page
    assert "公网安备 0号" in page
