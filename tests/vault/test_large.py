"""Files to 100 MB: taken in, examined, kept and served in pieces; what is larger is refused before anybody reads it."""

import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.kernel import counting
from marketplace.kernel.errors import Refusal
from marketplace.vault import services
from marketplace.vault.intake import LARGEST
from marketplace.vault.lifecycle import FileState
from marketplace.vault.models import StoredFile
from marketplace.vault.web import bounds
from tests import factories
from tests.hands import together
from tests.tasks.web_adjudication.stage import at_browser
from tests.vault import large, made
from tests.vault.door import HOLDER
from tests.vault.large import BOUNDARY, MEGABYTE, Body

pytestmark = pytest.mark.django_db(transaction=True)
GROWTH = 60 * MEGABYTE
"""What the process of the pages may need more than before, at any moment of an upload or download."""
TOKEN = "a" * 32


@pytest.fixture
def owner() -> User:
    return factories.person()


def rss(what: str) -> int:
    """VmRSS, in memory now, or VmHWM, the most since it was last set back."""
    said = Path("/proc/self/status").read_text(encoding="ascii")
    return int(said.split(f"{what}:")[1].split()[0]) * 1024


def posted(client: Client, where: str, body: Body) -> tuple[str, bytes, dict[str, str]]:
    """As a server hands it to Django; nobody holds the body as a whole, as Django's own test client would."""
    session = client.cookies.get("sessionid")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": where,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(body.length),
        "HTTP_COOKIE": f"csrftoken={TOKEN}; sessionid={session.value if session else ''}",
        "wsgi.input": io.BufferedReader(body),
        "wsgi.url_scheme": "http",
        "wsgi.errors": None,
        "wsgi.version": (1, 0),
    }
    heard: list[Any] = []
    answer = get_wsgi_application()(environ, lambda status, headers, *_more: heard.extend((status, headers)))  # type: ignore[arg-type,func-returns-value]  # what a server gives
    said = b"".join(answer)
    answer.close()  # type: ignore[attr-defined]  # a response of Django
    return heard[0], said, dict(heard[1])


def form(name: str, content: Iterator[bytes], size: int) -> Body:
    return Body(name, content, size, {"csrfmiddlewaretoken": TOKEN, "purpose": "PLAN"})


def served(client: Client, row: StoredFile) -> str:
    StoredFile.objects.filter(pk=row.pk).update(state=FileState.CLEAN)
    link = client.get(reverse("vault:open", args=[row.public_id]))["Location"]
    answer = client.get(link)
    assert answer["Content-Length"] == str(row.size)
    counted = hashlib.sha256()
    for some in answer.streaming_content:
        counted.update(some)
    return counted.hexdigest()


@pytest.mark.parametrize(
    ("code", "name", "content"),
    [("wide", "a.pdf", large.pdf), ("wide", "a.txt", large.text), ("blind", "a.pdf", large.pdf)],
)
def test_a_hundred_megabytes_come_and_go_in_pieces(
    code: str, name: str, content: Callable[[int], Iterator[bytes]], owner: User, folder: Path
) -> None:
    client = at_browser(owner)
    size = LARGEST
    where = reverse("vault:at", args=[code, HOLDER])
    client.get(where)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = rss("VmRSS")
    status, _said, headers = posted(client, where, form(name, content(size), size))
    assert (status[:3], headers.get("Location")) == ("302", "/")
    row = StoredFile.objects.get()
    got = served(client, row)
    assert rss("VmHWM") - before < GROWTH
    assert got == row.digest
    if code == "wide":
        assert (row.size, row.digest) == (size, large.digest(content(size)))
    assert next(large.noise(size))[:64] not in (folder / row.place).read_bytes()


def test_a_byte_more_than_the_door_takes_is_told_at_its_field(owner: User, in_english: None) -> None:
    body = form("a.txt", large.text(LARGEST + 2), LARGEST + 2)
    status, said, _headers = posted(at_browser(owner), reverse("vault:at", args=["wide", HOLDER]), body)
    assert status[:3] == "422"
    assert "The file is larger than 100.0\u00a0MB, which is the most here." in said.decode()
    assert StoredFile.objects.count() == 0


def never() -> Iterator[bytes]:
    raise AssertionError("somebody reads it")
    yield b""


@pytest.mark.parametrize(
    ("place", "size", "limit"),
    [
        ("wide", LARGEST + 2 * MEGABYTE, "100.0\u00a0MB"),
        ("organisation", 22 * MEGABYTE, "20.0\u00a0MB"),
        ("real-name", 12 * MEGABYTE, "10.0\u00a0MB"),
        ("no-such-door", 12 * MEGABYTE, "10.0\u00a0MB"),
        ("", 12 * MEGABYTE, "10.0\u00a0MB"),
    ],
)
def test_what_claims_to_be_larger_is_refused_before_it_is_read(
    place: str, size: int, limit: str, owner: User, in_english: None
) -> None:
    where = reverse("vault:at", args=[place, HOLDER]) if place else reverse("profiles:import")
    body = form("a.pdf", never(), size)
    status, said, _headers = posted(at_browser(owner), where, body)
    assert (status[:3], body.taken) == ("413", 0)
    assert f"The file is larger than {limit}" in said.decode()


@pytest.mark.parametrize("where", ["vault:at", "account_login"])
def test_strangers_send_nothing_large(where: str, in_english: None) -> None:
    address = reverse(where, args=["wide", HOLDER] if where == "vault:at" else [])
    body = form("a.pdf", never(), bounds.STRANGERS + 1)
    status, said, _headers = posted(Client(), address, body)
    assert (status[:3], body.taken) == ("413", 0)
    assert "You are not signed in." in said.decode()


def test_a_script_gets_a_line_to_put_above_the_form(owner: User) -> None:
    answer = at_browser(owner).post(
        reverse("vault:at", args=["real-name", HOLDER]),
        {"file": SimpleUploadedFile("a.pdf", bytes(12 * MEGABYTE))},
        headers={"HX-Request": "true"},
    )
    assert (answer.status_code, answer["HX-Reswap"]) == (413, "beforebegin")
    assert b"<html" not in answer.content
    assert b'role="alert"' in answer.content


def test_nonsense_of_a_length_is_left_to_the_server() -> None:
    assert bounds.FORM == configured.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = Client().generic("POST", reverse("account_login"), b"a=b", CONTENT_LENGTH="-7")
    assert answer.status_code in {200, 400, 403}


def test_files_that_are_refused_count_and_those_that_are_kept_do_not(
    owner: User, settings: Any, in_english: None
) -> None:
    settings.FILES_REFUSED_AN_HOUR = 3

    def bring(content: bytes, person: User = owner) -> StoredFile:
        upload = SimpleUploadedFile("a.png", content)
        return services.bring(actor=person, code="wide", holder=HOLDER, purpose="ANY", upload=upload)

    for width in range(1, 6):
        bring(made.picture(size=(width, 1)))
    for _try in range(3):
        with pytest.raises(Refusal, match="not what"):
            bring(b"none")
    with pytest.raises(Refusal, match="Many files of yours were refused"):
        bring(made.picture(size=(9, 9)))
    bring(made.picture(size=(9, 9)), factories.person())
    assert counting.counted("another-thing", 3600) == 1


def test_a_file_that_is_there_already_is_examined_a_few_times_and_no_more(
    owner: User, settings: Any, in_english: None
) -> None:
    """Each examination costs as much as the first; so does one of a letter whose registration is refused."""
    settings.FILES_REFUSED_AN_HOUR = 3
    said: list[str] = []
    for _try in range(6):
        upload = SimpleUploadedFile("a.png", made.picture())
        try:
            services.bring(actor=owner, code="wide", holder=HOLDER, purpose="ANY", upload=upload)
        except Refusal as refusal:
            said.append(str(refusal))
    assert ["already" in one for one in said] == [True, True, True, False, False]


def test_of_many_at_once_each_is_counted() -> None:
    told = together(*[lambda: counting.counted("many", 3600) for _one in range(30)])
    assert sorted(told) == list(range(1, 31))
