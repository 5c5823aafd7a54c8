"""The pages: filling in, publishing, being found, references, taking over; who sees what, and how often it is asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.profiles.models import Profile, Reference
from marketplace.settings.providers import signing_in
from tests import factories
from tests.profiles.people import EVERYTHING_PUBLIC, at_browser, citation, profile_of, published, services, text_of
from tests.profiles.records import OWN, record, work
from tests.profiles.typed import PROFILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

MINE = "/en/people/mine/"


@pytest.fixture(autouse=True)
def world() -> None:
    factories.region()
    factories.field()


def connected(person: User, orcid: str = OWN) -> User:
    person.socialaccount_set.create(provider="orcid", uid=orcid)
    return person


def test_filled_in_published_found_and_taken_back() -> None:
    person = factories.person("黎明")
    own, stranger = at_browser(person), at_browser(None)
    assert own.post(MINE, PROFILE).status_code == 302
    where = f"/en/people/{Profile.objects.get().public_id}/"
    assert stranger.get(where).status_code == 404
    assert "黎明" not in text_of(stranger.get("/en/people/"))
    assert own.post(f"{MINE}publish/").status_code == 302
    assert "阻抗谱" in text_of(stranger.get(where))
    assert where in text_of(stranger.get("/en/people/?q=阻抗"))
    assert own.post(f"{MINE}withdraw/").status_code == 302
    assert stranger.get(where).status_code == 404
    assert "not published" in text_of(own.get(where))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"headline": "x" * 121}, "headline"),
        ({"headline": "\u202egnp"}, "headline"),
        ({"kinds": ["KING"]}, "kinds"),
        ({"fields_chosen": ["nonsense"]}, "fields_chosen"),
        ({"region": "XX"}, "region"),
        ({"seen_orcid": "SOMEBODY"}, "seen_orcid"),
        ({"expertise": "x\x00"}, "expertise"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(change: dict[str, Any], field: str) -> None:
    answer = at_browser(factories.person()).post(MINE, {**PROFILE, "achievements": "别丢了", **change})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "别丢了" in text_of(answer)
    assert not Profile.objects.exists()


def test_a_second_window_hears_of_the_first_and_loses_nothing() -> None:
    client = at_browser(factories.person())
    client.post(MINE, PROFILE)
    sent = {**PROFILE, "headline": "第二个窗口", "fields_chosen": [], "seen_achievements": "PRIVATE"}
    answer = client.post(MINE, sent)
    assert answer.status_code == 409
    assert answer.context["differences"] == [
        ("In one line", "第二个窗口", PROFILE["headline"]),
        ("Technology fields", "", "new-energy"),
        ("Who reads “Achievements”", "only you", "everybody"),
    ]
    assert Profile.objects.get().headline == PROFILE["headline"]
    again = {**sent, "version": answer.context["form"]["version"].value()}
    assert client.post(MINE, again).status_code == 302
    assert Profile.objects.get().headline == "第二个窗口"


def test_the_owner_reads_it_as_others_do() -> None:
    person = connected(factories.person())
    hidden = {**EVERYTHING_PUBLIC, "achievements": "SIGNED_IN", "orcid": "PRIVATE"}
    profile = profile_of(person, visibility=hidden)
    own, where = at_browser(person), f"/en/people/{profile.public_id}/"
    assert "中试线" in text_of(own.get(where))
    assert "中试线" not in text_of(own.get(f"{where}?as=EVERYBODY"))
    assert OWN not in text_of(own.get(where))
    assert OWN in text_of(own.get(MINE))


def test_a_proved_orcid_is_shown_and_gone_with_the_connection() -> None:
    person = connected(factories.person())
    where = f"/en/people/{published(person).public_id}/"
    stranger = at_browser(None)
    assert f"https://orcid.org/{OWN}" in text_of(stranger.get(where))
    person.socialaccount_set.all().delete()
    assert OWN not in text_of(stranger.get(where))


def test_the_page_says_verified_and_never_the_real_name() -> None:
    person = factories.person("昵称")
    where = f"/en/people/{published(person).public_id}/"
    row = person.real_name
    row.concealed_name = row.columns("真名实姓", factories.documents.other("证", "123456"))["concealed_name"]
    row.save()
    for address in (where, "/en/people/"):
        page = text_of(at_browser(None).get(address))
        assert "real name verified" in page
        assert "真名实姓" not in page
        assert person.email not in page
        assert person.public_id not in page


def test_pages_with_members_content_are_not_indexed_nor_kept() -> None:
    where = f"/en/people/{published(factories.person()).public_id}/"
    for address in (where, "/en/people/"):
        assert 'content="noindex"' in text_of(at_browser(factories.person()).get(address))
        answer = at_browser(None).get(address)
        assert 'content="noindex"' not in text_of(answer)
        assert "no-store" in answer.headers["Cache-Control"]


def test_an_empty_directory_says_what_to_do() -> None:
    assert "Be the first" in text_of(at_browser(None).get("/en/people/"))
    published(factories.person())
    assert "Nobody fits" in text_of(at_browser(None).get("/en/people/?q=无人知晓"))


def test_wrong_filters_are_named_and_left_out() -> None:
    published(factories.person())
    answer = at_browser(None).get("/en/people/?kind=KING&page=x&field=nonsense")
    assert (answer.status_code, len(answer.context["cards"])) == (422, 1)


def test_references_are_added_and_removed() -> None:
    client = at_browser(factories.person())
    typed = {"kind": "PATENT", "title": "一种电池", "identifier": "cn 114000000 a", "year": "2021"}
    assert client.post(f"{MINE}references/", {**typed, "link": "ftp://x"}).status_code == 422
    assert client.post(f"{MINE}references/", typed).status_code == 302
    row = Reference.objects.get()
    assert row.identifier == "CN114000000A"
    assert client.post(f"{MINE}references/{row.public_id}/remove/").status_code == 302
    assert not Reference.objects.exists()


def file_of(said: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile("record.json", json.dumps(said).encode(), "application/json")


def chosen(answer: Any) -> list[str]:
    return [value for _citation, value, known in answer.context["rows"] if not known]


def test_a_record_is_shown_and_what_was_chosen_is_taken_over_once() -> None:
    person = connected(factories.person())
    client = at_browser(person)
    services.add_reference(actor=person, citation=citation(identifier="10.1000/KNOWN"))
    said = record(work("已有", doi="10.1000/known"), work("甲文", doi="10.1000/a"), work("乙文", doi="10.1000/b"))
    preview = client.post(f"{MINE}import/", {"file": file_of(said)})
    assert "in your profile already" in text_of(preview)
    assert Reference.objects.count() == 1
    values = chosen(preview)
    assert len(values) == 2
    for _twice in range(2):
        taken = {"take": values[:1], "text": preview.context["texts"]}
        assert client.post(f"{MINE}import/take/", taken).status_code == 302
    assert set(Reference.objects.values_list("title", flat=True)) == {"界面阻抗研究", "甲文"}
    assert Profile.objects.get().expertise == "研究固态电池。\n\n阻抗谱, electrolytes"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"take": "nonsense"},
        {"take": "[" * 9000},
        {"take": "{}"},
        {"take": json.dumps({**vars(citation()), "year": "2024"})},
        {"take": json.dumps({**vars(citation()), "link": "http://x.example"})},
        {"take": json.dumps({**vars(citation()), "profile": 1})},
    ],
)
def test_what_the_page_did_not_offer_is_not_taken(sent: dict[str, str]) -> None:
    answer = at_browser(factories.person()).post(f"{MINE}import/take/", sent)
    assert answer.status_code == 422
    assert not Reference.objects.exists()


@contextmanager
def orcid(answer: bytes, status: int = 200) -> Iterator[str]:
    """ORCID's public interface, with one answer; the addresses asked are written down."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_line: Any) -> None:
            """Nothing on the screen."""

    asked: list[str] = []
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert set(asked) <= {f"/v3.0/{OWN}/record"}


def known_to(address: str) -> dict[str, Any]:
    found = signing_in([], {"client_id": "us", "secret": "word", "site": "https://orcid.example"})
    found["orcid"]["APPS"][0]["settings"]["api"] = address
    return found


def test_orcid_is_asked_for_the_record_of_whoever_is_connected(settings: Any) -> None:
    client = at_browser(connected(factories.person()))
    with orcid(json.dumps(record(work("甲文"))).encode()) as address:
        settings.SOCIALACCOUNT_PROVIDERS = known_to(address)
        assert "Ask ORCID" in text_of(client.get(f"{MINE}import/"))
        answer = client.post(f"{MINE}import/orcid/")
    assert len(chosen(answer)) == 1


@pytest.mark.parametrize(("body", "status"), [(b"", 500), (b"", 302), (b"{}", 200), (b"<html>", 200)])
def test_what_orcid_answers_instead_is_said_and_the_file_is_still_there(
    settings: Any, body: bytes, status: int
) -> None:
    client = at_browser(connected(factories.person()))
    with orcid(body, status) as address:
        settings.SOCIALACCOUNT_PROVIDERS = known_to(address)
        answer = client.post(f"{MINE}import/orcid/")
    assert answer.status_code == 422
    assert 'type="file"' in text_of(answer)
    settings.SOCIALACCOUNT_PROVIDERS = known_to("http://127.0.0.1:9")
    assert "does not answer" in text_of(client.post(f"{MINE}import/orcid/"))


def test_whoever_is_not_connected_cannot_ask_orcid(settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = known_to("http://127.0.0.1:9")
    client = at_browser(factories.person())
    assert "Connect your ORCID account first" in text_of(client.get(f"{MINE}import/"))
    assert client.post(f"{MINE}import/orcid/").status_code == 422


def test_pages_about_people_are_not_copied_by_the_thousand(settings: Any) -> None:
    settings.PEOPLE_A_MINUTE = 3
    cache.clear()
    where = f"/en/people/{published(factories.person()).public_id}/"
    stranger = at_browser(None)
    assert [stranger.get(one).status_code for one in (where, "/en/people/", where, where)] == [200, 200, 200, 429]
    assert at_browser(factories.person()).get(where).status_code == 200
    cache.clear()


def test_files_are_read_a_few_times_a_minute(settings: Any) -> None:
    settings.IMPORTS_A_MINUTE = 2
    cache.clear()
    client = at_browser(factories.person())
    sent = [client.post(f"{MINE}import/", {"file": file_of({})}).status_code for _time in range(2)]
    assert [*sent, client.post(f"{MINE}import/orcid/").status_code] == [422, 422, 429]
    assert client.get(f"{MINE}import/").status_code == 200
    cache.clear()


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_as_often_for_three_as_for_one(number: int, django_assert_num_queries: Any) -> None:
    for _one in range(number):
        published(factories.person())
    person = factories.person()
    profile = published(person)
    for turn in range(number):
        services.add_reference(actor=person, citation=citation(identifier=f"10.1000/{turn}"))
    client = at_browser(person)
    asked = {
        reverse("profiles:directory"): 8,
        reverse("profiles:person", args=[profile.public_id]): 6,
        reverse("profiles:mine"): 11,
        reverse("profiles:references"): 5,
    }
    for address, times in asked.items():
        with django_assert_num_queries(times):
            client.get(address)
