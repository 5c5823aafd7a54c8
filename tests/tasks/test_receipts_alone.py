"""A receipt without the platform, as operations.md and the page say: two lines of Python, a key, and no code of ours.

What is signed are the canonical bytes and not the file that is handed out, so the line that writes them is part of it.
"""

import hashlib
import html
import json
import re
import shlex
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.urls import reverse

from marketplace.kernel import keys
from marketplace.outbox.digest import canonical
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

DOC = (Path(settings.BASE_DIR) / "docs/operations.md").read_text(encoding="utf-8")
ALONE = DOC.split("### A receipt without the platform")[1].split("\n#")[0]
LINES = [line for line in ALONE.splitlines() if line.startswith("python3 -c ")]
BYTES, SIGNATURE = LINES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The receipt as its owner downloads it, and nothing else."""
    proposal = factories.submitted_proposal(factories.open_challenge())
    address = reverse("proposals:receipt_json", args=[proposal.public_id, 1])
    (tmp_path / "receipt.json").write_bytes(at_browser(proposal.author).get(address).content)
    return tmp_path


def ran(line: str, folder: Path) -> int:
    """The line as it stands there, in an interpreter that cannot find our code."""
    _python, *rest = shlex.split(line)
    return subprocess.run([sys.executable, "-I", *rest], cwd=folder, capture_output=True).returncode


def published() -> list[dict[str, Any]]:
    """The keys as anybody reads them."""
    found: list[dict[str, Any]] = at_browser(AnonymousUser()).get(reverse("proposals:keys")).json()["keys"]
    return found


def test_a_receipt_is_checked_without_the_platform_and_its_code(folder: Path) -> None:
    assert ran(BYTES, folder) == 0
    said = json.loads((folder / "receipt.json").read_text())
    assert (folder / "receipt").read_bytes() == canonical(said), "what a time stamp is over"
    (key,) = (b64decode(one["key"]) for one in published() if one["fingerprint"] == said["key"])
    assert hashlib.sha256(key).hexdigest() == said["key"]
    signed, signature = (folder / "signed").read_bytes(), b64decode(said["signature"])
    Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed.replace(b'"number":1', b'"number":2'))


def test_the_line_that_verifies_says_yes_to_it_and_no_to_another(folder: Path) -> None:
    ran(BYTES, folder)
    line = SIGNATURE.replace("KEY", published()[0]["key"])
    assert ran(line, folder) == 0
    (folder / "signed").write_bytes((folder / "signed").read_bytes().replace(b'"number":1', b'"number":2'))
    assert ran(line, folder) != 0


def test_the_page_names_the_same_line() -> None:
    page = at_browser(AnonymousUser()).get(reverse("proposals:check")).content.decode()
    (shown,) = re.findall(r'id="check-bytes">(.*?)</code>', page)
    assert html.unescape(shown) == BYTES


def test_the_command_takes_a_key_and_asks_no_database(
    folder: Path, django_assert_num_queries: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt, own = str(folder / "receipt.json"), keys.public_keys()[0]
    with django_assert_num_queries(0):
        call_command("verify_receipt", receipt, key=own)
    assert "signature   right" in capsys.readouterr().out
    other = "A" * len(own.rstrip("=")) + "="
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_receipt", receipt, key=other)
