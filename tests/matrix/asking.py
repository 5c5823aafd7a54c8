"""Asking one cell of the matrix: as whom, which way, about what; and what came of it."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from marketplace.outbox.models import Delivery, Fact
from tasks.events import ProposalWasRead
from tasks.proposals.models import ProposalRead
from tests.matrix import acts
from tests.matrix.world import World

NOBODY = "0000000000000000"
"""An id that nothing bears."""
FIRST, SECOND = (code for code, _name in settings.LANGUAGES)
"""The language whose addresses bear no prefix, and the one whose addresses do."""
OURS = ("marketplace.", "tasks", "search", "realtime")
CHANGING = re.compile(
    r'value="[A-Za-z0-9]{64}"|csrfToken[^"]*|"X-CSRFToken": "[A-Za-z0-9]+"'
    r'|<time class="clock"[^>]*>[^<]*</time>|data-now="[^"]+"'
)
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
PASSING = {"content-length", "set-cookie", "date", "x-request-id", "x-correlation-id", "expires"}


class Browser(Client):
    """Django's test client without what only a test of templates looks at: the contexts pages were drawn from."""

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))


@dataclass(frozen=True)
class Heard:
    """What was answered, in the words of the table, with everything that could tell two answers apart."""

    code: str
    body: str
    headers: tuple[tuple[str, str], ...]

    @property
    def language(self) -> str:
        """Which language it is in, and sends whoever is sent elsewhere on to."""
        told = dict(self.headers)
        onward = told.get("location", "")
        if onward.startswith("/") and (onward.startswith("/en/") != (told.get("content-language") == SECOND)):
            return f"{told.get('content-language')}, and on to {onward}"
        return told.get("content-language", "none")


class Asker:
    """The platform as the roles of a world meet it. Whatever a request changes is undone."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client = Browser(raise_request_exception=False)
        self.sessions = {role: _session(user) for role, user in world.people.items()}
        self.before = traces()
        self._missing: dict[tuple[str, str, str, str, str], Heard] = {}

    def ask(self, role: str, method: str, route: str, thing: str, language: str = FIRST) -> Heard:
        """One request; the role, the method, the route and the object named as in the table."""
        address, about = self.address(route, thing, language)
        data = acts.data(self.world, route, thing) if method == "POST" else None
        self.client.cookies.clear()
        if role in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        given = [data] if data else []
        writes: list[str] = []
        with transaction.atomic(), connection.execute_wrapper(_noting(writes)):
            answer = getattr(self.client, method.lower())(address, *given)
            changed = bool(writes) and traces() != self.before
            transaction.set_rollback(True)
        return _heard(answer, about, changed=changed)

    def ask_of_nothing(self, role: str, method: str, route: str, thing: str, language: str = FIRST) -> Heard:
        """The same of an object that does not exist; asked once for each role, language and shape of address.

        Where an address names two, what hides is the second: the first may be the role's own.
        """
        path, mark, query = thing.partition("?")
        parts = path.split("/")
        hiding = max((place for place, part in enumerate(parts) if part in self.world.ids), default=0)
        parts = [NOBODY if place == hiding and part in self.world.ids else part for place, part in enumerate(parts)]
        pairs = [pair.split("=") for pair in query.split("&") if pair]
        wanted = [f"{name}={NOBODY if value in self.world.ids else value}" for name, value in pairs]
        shape = (role, method, route, "/".join(parts) + mark + "&".join(wanted), language)
        if shape not in self._missing:
            self._missing[shape] = self.ask(*shape)
        return self._missing[shape]

    def address(self, route: str, thing: str, language: str = FIRST) -> tuple[str, list[str]]:
        """The address of a route with these objects, and the ids it names."""
        path, _mark, query = thing.partition("?")
        parts = [] if path == "-" else [self.world.ids.get(part, part) for part in path.split("/")]
        named = [tuple(pair.split("=")) for pair in query.split("&") if pair]
        asked = [(name, self.world.ids.get(value, value)) for name, value in named]
        with translation.override(language):
            bare = route if route.startswith("/") else reverse(route, args=parts)
        full = bare + ("?" + "&".join(f"{name}={value}" for name, value in asked) if asked else "")
        return full, [*parts, *(value for _name, value in asked)]


def _session(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _heard(answer: Any, about: list[str], *, changed: bool) -> Heard:
    where = answer.headers.get("Location", "")
    code = str(answer.status_code)
    if answer.status_code in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.MOVED_PERMANENTLY}:
        code = "in" if "/accounts/login/" in where else "go"
        code = code.upper() if changed else code
    elif changed:
        code = "OK" if answer.status_code == HTTPStatus.OK else f"{code}!"
    kept = sorted((name.lower(), value) for name, value in answer.headers.items() if name.lower() not in PASSING)
    headers = tuple((name, _without(value, about)) for name, value in kept)
    return Heard(code, _without(_text(answer), about), headers)


def _text(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return CHANGING.sub("", content.decode("utf-8", "replace"))


def _without(text: str, about: list[str]) -> str:
    for one in about:
        text = text.replace(one, "…") if len(one) > 8 else text
    return text


def _noting(writes: list[str]) -> Callable[..., Any]:
    """Notes every statement that writes: where there was none, nothing needs to be counted."""

    def noting(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  # Django's shape
        if sql.startswith(WRITES):
            writes.append(sql)
        return execute(sql, params, many, context)

    return noting


READS = f"'{ProposalWasRead.kind}'"
WITHOUT = {
    Fact: f" WHERE kind <> {READS}",
    Delivery: f" WHERE fact_id IN (SELECT id FROM {Fact._meta.db_table} WHERE kind <> {READS})",
}


def traces() -> tuple[Any, ...]:
    """How many rows there are of everything and the sum of their versions.

    That a proposal was shown to somebody is on record (`tasks.proposals.reads`) and changes nothing else: left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_counting())
        return tuple(cursor.fetchall())


@cache
def _counting() -> str:
    lines = []
    for model in apps.get_models():
        if not model.__module__.startswith(OURS) or model is ProposalRead:
            continue
        names = {field.name for field in model._meta.get_fields()}
        versions = "COALESCE(SUM(version), 0)" if "version" in names and model is not Fact else "0"
        table = connection.ops.quote_name(model._meta.db_table)
        lines.append(f"SELECT COUNT(*), {versions} FROM {table}{WITHOUT.get(model, '')}")  # names of our own tables
    return " UNION ALL ".join(lines)
