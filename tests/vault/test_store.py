"""The two places files can lie: a folder, and a bucket of a store that speaks S3 (a process of its own)."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.kernel.concealing import CannotDecrypt
from marketplace.settings import base
from marketplace.vault import services, store
from marketplace.vault.lifecycle import FileState
from tests import factories
from tests.vault import made
from tests.vault.door import HOLDER

BUCKET = "zhongyan-files"
WORD = "none"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3-compatible store."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield address
    finally:
        process.kill()
        process.wait(timeout=10)


@pytest.fixture
def bucket(s3: str, settings: Any) -> Iterator[Any]:
    """An empty bucket that the vault keeps its files in."""
    client = boto3.client(
        "s3", endpoint_url=s3, region_name="us-east-1", aws_access_key_id=WORD, aws_secret_access_key=WORD
    )
    client.create_bucket(Bucket=BUCKET)
    options = {
        "bucket_name": BUCKET,
        "endpoint_url": s3,
        "region_name": "us-east-1",
        "access_key": WORD,
        "secret_key": WORD,
        "addressing_style": "path",
        "default_acl": None,
        "file_overwrite": False,
    }
    vault = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "vault": vault}
    yield client
    for one in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=one["Key"])
    client.delete_bucket(Bucket=BUCKET)


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the store never answered")


def test_a_folder_that_only_its_owner_enters(folder: Path, settings: Any) -> None:
    place = store.new_place()
    store.put(place, [b"one ", b"two"])
    assert b"".join(store.get(place)) == b"one two"
    with pytest.raises(FileExistsError):
        store.put(place, [b"another"])
    store.forget(place)
    store.forget(place)
    with pytest.raises(FileNotFoundError):
        next(store.get(place))


def test_the_shipped_folder_is_closed_to_others() -> None:
    vault = base.STORAGES["vault"]["OPTIONS"]
    assert (vault["file_permissions_mode"], vault["directory_permissions_mode"]) == (0o600, 0o700)
    assert vault["base_url"] is None


@pytest.mark.django_db(transaction=True)
def test_a_file_in_a_bucket_comes_back_and_lies_there_sealed(bucket: Any) -> None:
    owner, content = factories.person(), made.picture(size=(900, 700), mode="RGB")
    upload = SimpleUploadedFile("扫描件.png", content)
    row = services.bring(actor=owner, code="wide", holder=HOLDER, purpose="ANY", upload=upload)
    kept = bucket.get_object(Bucket=BUCKET, Key=row.place)["Body"].read()
    assert content[:64] not in kept
    assert b"".join(services.content_of(row)) == content
    bucket.put_object(Bucket=BUCKET, Key=row.place, Body=kept[:-1] + bytes([kept[-1] ^ 1]))
    with pytest.raises(CannotDecrypt):
        b"".join(services.content_of(row))
    services.take_away(actor=owner, public_id=row.public_id)
    assert bucket.list_objects_v2(Bucket=BUCKET).get("Contents", []) == []
    row.refresh_from_db()
    assert row.state == FileState.REMOVED


@pytest.mark.django_db
def test_a_store_that_is_away_loses_nothing_and_leaves_no_row(bucket: Any, settings: Any) -> None:
    vault = settings.STORAGES["vault"]
    options = {**vault["OPTIONS"], "endpoint_url": "http://127.0.0.1:9"}
    settings.STORAGES = {**settings.STORAGES, "vault": {**vault, "OPTIONS": options}}
    upload = SimpleUploadedFile("a.png", made.picture())
    before = services.StoredFile.objects.count()
    with pytest.raises(Exception, match="Could not connect"):
        services.bring(actor=factories.person(), code="wide", holder=HOLDER, purpose="ANY", upload=upload)
    assert services.StoredFile.objects.count() == before
