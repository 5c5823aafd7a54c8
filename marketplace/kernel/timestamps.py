"""Time stamps of an authority outside (可信时间戳, RFC 3161): that something existed then, said by somebody else.

What leaves the house is the SHA-256 digest of it and a number used once. Which authority is asked, and whose
certificates are trusted, stands in the settings alone; none is asked unless `TIMESTAMP_URL` is set.
"""

import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
from cryptography import x509
from django.conf import settings
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, VerificationError, VerifierBuilder
from rfc3161_client import decode_timestamp_response as decode
from rfc3161_client.tsp import TimeStampResponse
from rfc3161_client.verify import Verifier
from urllib3.exceptions import HTTPError

PATIENCE = 5.0
"""Seconds for the whole of one answer: embedded, one thread runs all jobs."""
LARGEST = 20_000
"""Bytes of an answer; with its certificates one has a few thousand."""
PORTION = 4096
ASKS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
ANSWERS = "application/timestamp-reply"
SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
TOLERANCE = timedelta(minutes=5)
"""How far the authority's clock may be from ours when it is asked."""


class Unavailable(Exception):
    """The authority gave no answer that could be one: ask again later."""


class Unacceptable(Exception):
    """An answer, but no stamp of this content by this authority. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Stamp:
    """A stamp that was checked: when, by whom, and the answer itself (TimeStampResp, DER), which proves it for good."""

    at: datetime
    authority: str
    answer: bytes


@dataclass(frozen=True)
class Authority:
    """Whose word is taken: the certificates that are trusted (PEM), the policy where one is asked for."""

    certificates: tuple[x509.Certificate, ...]
    policy: str = ""
    address: str = ""

    def ask(self, content: bytes) -> Stamp:
        """A stamp over this content, checked. Raises Unavailable or Unacceptable."""
        wanted = TimestampRequestBuilder(content, HashAlgorithm.SHA256, nonce=True, cert_req=True).build()
        stamp = self.checked(content, self._answer(wanted.as_bytes()), nonce=wanted.nonce)
        if abs(stamp.at - datetime.now(UTC)) > TOLERANCE:
            raise Unacceptable("another_time")
        return stamp

    def checked(self, content: bytes, answer: bytes, *, nonce: int | None = None) -> Stamp:
        """The stamp in this answer, if it is one over this content; needs nobody else. Raises Unacceptable."""
        said = _decoded(answer)
        try:
            self._verifier(nonce).verify(said, hashlib.sha256(content).digest())
            named = said.tst_info.message_imprint.hash_algorithm
        except (VerificationError, ValueError, TypeError) as failure:
            raise Unacceptable("no_stamp_of_this") from failure
        if named != SHA256:
            raise Unacceptable("another_digest")
        return Stamp(_utc(said.tst_info.gen_time), _name(said), answer)

    def _verifier(self, nonce: int | None) -> Verifier:
        """For the library's own checks: chain at the time of the stamp, purpose, signature, number, policy, digest."""
        roots = [one for one in self.certificates if one.issuer == one.subject]
        others = [one for one in self.certificates if one.issuer != one.subject]
        policy = x509.ObjectIdentifier(self.policy) if self.policy else None
        return VerifierBuilder(policy_id=policy, intermediates=others, roots=roots, nonce=nonce).build()

    def _answer(self, question: bytes) -> bytes:
        """By one question, without following redirects: nobody leads us to another address. Raises Unavailable."""
        until = time.monotonic() + PATIENCE
        try:
            with requests.post(
                self.address, data=question, headers=ASKS, timeout=PATIENCE, allow_redirects=False, stream=True
            ) as heard:
                if heard.status_code != requests.codes.ok or heard.headers.get("Content-Type", "") != ANSWERS:
                    raise Unavailable(f"status {heard.status_code}")
                return _bounded(heard, until)
        except (requests.RequestException, HTTPError, OSError) as failure:
            raise Unavailable(type(failure).__name__) from failure


def authority(certificates: bytes = b"") -> Authority | None:
    """The one in the settings; None where no certificates are. `certificates` (PEM) take the place of those set."""
    if not certificates and not settings.TIMESTAMP_CA:
        return None
    pem = certificates or Path(settings.TIMESTAMP_CA).read_bytes()
    trusted = tuple(x509.load_pem_x509_certificates(pem))
    return Authority(trusted, settings.TIMESTAMP_POLICY, settings.TIMESTAMP_URL)


def _bounded(heard: requests.Response, until: float) -> bytes:
    """The answer's bytes. Raises Unavailable beyond size or time: one that drips is none."""
    found = b""
    while portion := heard.raw.read1(PORTION, decode_content=False):
        found += portion
        if len(found) > LARGEST or time.monotonic() > until:
            raise Unavailable("too large or too slow")
    return found


def _decoded(answer: bytes) -> TimeStampResponse:
    if len(answer) > LARGEST:
        raise Unacceptable("no_stamp")
    try:
        return decode(answer)
    except (ValueError, TypeError) as failure:
        raise Unacceptable("no_stamp") from failure


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _name(said: TimeStampResponse) -> str:
    """What the certificate that signed calls itself."""
    (signer,) = said.signed_data.signer_infos
    known = [x509.load_der_x509_certificate(one) for one in said.signed_data.certificates]
    subjects = [one.subject.rfc4514_string() for one in known if one.serial_number == signer.serial_number]
    return subjects[0] if subjects else ""
