"""What every process refuses to start with: each unsafe setting, or data, is named and stops it (SECURITY.md)."""

from typing import Any

import pytest

from marketplace import boot
from marketplace.settings.providers import signing_in
from tests import factories

PRODUCTION = "marketplace.outbox.jobs.hand_over"
MEMORY = {"default": {"BACKEND": "realtime.layers.ThreadSafeInMemoryLayer"}}
SAFE: dict[str, Any] = {
    "DEBUG": False,
    "DEMO": False,
    "SECRET_KEY": "k" * 40,
    "DATA_KEYS": ["d" * 40],
    "CLAMD": "clamav:3310",
    "ALLOWED_HOSTS": ["zhongyan.example"],
    "SITE_URL": "https://zhongyan.example",
    "OUTBOX_HANDOFF": PRODUCTION,
    "CHANNEL_LAYERS": {"default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer"}},
}


def providers(*ids: str, issuer: str = "https://id.example", site: str = "https://orcid.org") -> dict[str, Any]:
    """The settings of providers with these names, and of ORCID."""
    keys = {"client_id": "c", "client_secret": "s", "name": "政务服务网", "issuer": issuer}
    return signing_in([{**keys, "id": one} for one in ids], {"client_id": "c", "secret": "s", "site": site})


pytestmark = [pytest.mark.django_db(transaction=True)]


def ours(settings: Any, **changes: Any) -> set[str]:
    """The ids of our own errors under these settings."""
    for name, value in {**SAFE, **changes}.items():
        setattr(settings, name, value)
    return {str(error.id) for error in boot._errors() if str(error.id).startswith("zhongyan.")}


def test_safe_settings_are_not_complained_of(settings: Any) -> None:
    assert ours(settings) == ours(settings, SOCIALACCOUNT_PROVIDERS=providers("gov", "firm_2")) == set()
    assert ours(settings, DEMO=True, ALLOWED_HOSTS=["127.0.0.1", "localhost"], SITE_URL="http://127.0.0.1:80") == set()
    assert ours(settings, DEMO=True, ALLOWED_HOSTS=["[::1]"], SITE_URL="http://[::1]:8000") == set()


@pytest.mark.parametrize(
    ("unsafe", "complaint"),
    [
        ({"DEMO": True}, "zhongyan.E001"),
        ({"SECRET_KEY": "k" * 39}, "zhongyan.E002"),
        ({"DATA_KEYS": []}, "zhongyan.E009"),
        ({"DATA_KEYS": ["d" * 40, "e" * 39]}, "zhongyan.E009"),
        ({"DATA_KEYS": ["k" * 40]}, "zhongyan.E010"),
        ({"ALLOWED_HOSTS": ["*"]}, "zhongyan.E003"),
        ({"CLAMD": ""}, "zhongyan.E011"),
        ({"DEBUG": True}, "zhongyan.E004"),
        ({"SITE_URL": "http://zhongyan.example"}, "zhongyan.E005"),
        ({"CHANNEL_LAYERS": MEMORY}, "zhongyan.E006"),
        ({"SITE_URL": "https://elsewhere.example"}, "zhongyan.E008"),
        ({"SECURITY_LOG_DAYS": 183}, "zhongyan.E014"),
        ({"SOCIALACCOUNT_PROVIDERS": providers("gov", "gov")}, "zhongyan.E012"),
        ({"SOCIALACCOUNT_PROVIDERS": providers("orcid")}, "zhongyan.E012"),
        ({"SOCIALACCOUNT_PROVIDERS": providers("a/b")}, "zhongyan.E012"),
        ({"SOCIALACCOUNT_PROVIDERS": providers("gov", issuer="http://id.example")}, "zhongyan.E013"),
        ({"SOCIALACCOUNT_PROVIDERS": providers(site="http://orcid.org")}, "zhongyan.E013"),
    ],
)
def test_each_unsafe_setting_is_named(settings: Any, unsafe: dict[str, Any], complaint: str) -> None:
    assert ours(settings, **unsafe) == {complaint}


def test_demo_people_do_not_serve_without_the_demo(settings: Any) -> None:
    person = factories.person()
    person.is_sample = True
    person.save()
    assert ours(settings) == {"zhongyan.E007"}


def test_an_unsafe_process_ends_with_a_sentence_and_its_own_status(settings: Any, capsys: Any) -> None:
    ours(settings, ALLOWED_HOSTS=["*"])
    with pytest.raises(SystemExit) as ended:
        boot.refuse_unsafe()
    assert ended.value.code == 78
    assert "zhongyan.E003: ALLOWED_HOSTS must name hosts" in capsys.readouterr().err
