"""People with profiles, made through the services."""

from typing import Any

from django.test import Client

from marketplace.accounts.models import User
from marketplace.profiles import services
from marketplace.profiles.models import Profile
from marketplace.profiles.references import Citation
from marketplace.profiles.services import Content
from marketplace.profiles.showing import Part, Visibility
from tests import factories

DOI = "10.1000/182"
EVERYTHING_PUBLIC = {part.value: Visibility.PUBLIC.value for part in Part}


def content(**changes: Any) -> Content:
    """A filled profile, shown to everybody unless told otherwise."""
    values: dict[str, Any] = {
        "headline": "固态电池界面工程研究员",
        "kinds": ["RESEARCHER", "COMMISSIONER"],
        "expertise": "硫化物电解质、阻抗谱与界面修饰",
        "fields": (factories.field(),),
        "achievements": "中试线一条",
        "languages": ["zh", "en"],
        "engagement": ["JOINT"],
        "availability": "OPEN",
        "region": factories.region(),
        "visibility": EVERYTHING_PUBLIC,
    }
    return Content(**{**values, **changes})


def profile_of(person: User, **changes: Any) -> Profile:
    """Filled in and not published."""
    return services.save_profile(actor=person, content=content(**changes), version=0)


def published(person: User, **changes: Any) -> Profile:
    """Filled in and published."""
    profile_of(person, **changes)
    return services.publish(actor=person)


def citation(**changes: Any) -> Citation:
    said: dict[str, Any] = {"kind": "PUBLICATION", "title": "界面阻抗研究", "year": 2024, "identifier": DOI}
    return Citation(**{**said, **changes})


def at_browser(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())
