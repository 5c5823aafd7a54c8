"""Asking an authority of time (RFC 3161), by real HTTP: only what is a stamp of this, now, by whom we trust, counts."""

import hashlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from marketplace.kernel import timestamps
from marketplace.kernel.timestamps import Authority, Unacceptable, Unavailable
from tests.kernel.authority import Running, running

CONTENT = "提交回执的全部内容".encode()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("authority")) as started:
        yield started


@pytest.fixture
def known(authority: Running, settings: Settings) -> Authority:
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = authority.address, authority.roots
    authority.behaves("well")
    authority.said(CONTENT)
    found = timestamps.authority()
    assert found
    return found


def test_a_stamp_is_of_this_moment_and_can_be_checked_without_anybody(known: Authority) -> None:
    stamp = known.ask(CONTENT)
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(seconds=30)
    assert stamp.authority == "CN=Test tsa"
    assert Authority(known.certificates).checked(CONTENT, stamp.answer) == stamp


def test_what_leaves_the_house_is_a_digest(known: Authority, authority: Running) -> None:
    known.ask(CONTENT)
    asked = authority.asked[-1]
    assert hashlib.sha256(CONTENT).digest() in asked
    assert CONTENT not in asked
    assert len(asked) < 80


def test_of_other_content_it_is_no_stamp(known: Authority) -> None:
    stamp = known.ask(CONTENT)
    with pytest.raises(Unacceptable):
        known.checked(CONTENT + b".", stamp.answer)


@pytest.mark.parametrize("behaviour", ["other number", "other content", "over", "stranger", "garbage"])
def test_what_is_no_stamp_of_this_by_whom_we_trust_is_refused(
    known: Authority, authority: Running, behaviour: str
) -> None:
    authority.behaves(behaviour)
    with pytest.raises(Unacceptable):
        known.ask(CONTENT)


def test_the_other_number_is_refused_for_its_number_alone(known: Authority, authority: Running) -> None:
    authority.behaves("other number")
    answer = known._answer(b"anything")
    assert known.checked(CONTENT, answer).authority == "CN=Test tsa"
    with pytest.raises(Unacceptable):
        known.checked(CONTENT, answer, nonce=1)


@pytest.mark.parametrize("behaviour", ["500", "redirect", "huge", "slow", "drip"])
def test_what_is_no_answer_in_time_and_size_is_asked_again_later(
    known: Authority, authority: Running, behaviour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timestamps, "PATIENCE", 1.0)
    authority.behaves(behaviour)
    began = time.monotonic()
    with pytest.raises(Unavailable):
        known.ask(CONTENT)
    assert time.monotonic() - began < 2.5


def test_nobody_there_is_no_answer(known: Authority) -> None:
    with pytest.raises(Unavailable):
        Authority(known.certificates, address="http://127.0.0.1:9/").ask(CONTENT)


def test_another_policy_than_asked_for_is_refused(known: Authority) -> None:
    answer = known.ask(CONTENT).answer
    assert Authority(known.certificates, policy="1.2.3.4.1").checked(CONTENT, answer)
    with pytest.raises(Unacceptable):
        Authority(known.certificates, policy="1.2.3.4.2").checked(CONTENT, answer)


def test_a_clock_that_is_wrong_is_no_authority(known: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timestamps, "TOLERANCE", timedelta(seconds=-1))
    with pytest.raises(Unacceptable, match="another_time"):
        known.ask(CONTENT)


def test_without_certificates_nobody_is_asked(settings: Settings) -> None:
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = "http://127.0.0.1:9/", ""
    assert timestamps.authority() is None


def test_one_byte_changed_anywhere_is_noticed(known: Authority) -> None:
    answer = known.ask(CONTENT).answer
    at = known.checked(CONTENT, answer).at

    @given(st.integers(0, len(answer) - 1), st.integers(1, 255))
    def changed(place: int, by: int) -> None:
        spoiled = bytearray(answer)
        spoiled[place] ^= by
        try:
            said = known.checked(CONTENT, bytes(spoiled))
        except Unacceptable:
            return
        assert said.at == at  # what is not signed, as a certificate nobody needs, may differ; the moment may not

    changed()


def test_openssl_checks_it_as_the_page_says(known: Authority, authority: Running, tmp_path: Path) -> None:
    from tests.kernel.timestamp_authority import openssl

    (tmp_path / "receipt").write_bytes(CONTENT)
    (tmp_path / "receipt.tsr").write_bytes(known.ask(CONTENT).answer)
    said = openssl(tmp_path, "ts", "-verify", "-data", "receipt", "-in", "receipt.tsr", "-CAfile", authority.roots)
    assert b"Verification: OK" in said
