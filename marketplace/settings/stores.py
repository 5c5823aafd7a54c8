"""Where files lie that the database does not hold: folders of this machine unless a mode says otherwise."""

from pathlib import Path
from typing import Any


def stores(vault: str | Path, draft_keys: str | Path) -> dict[str, dict[str, Any]]:
    """What Django calls STORAGES."""
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "vault": _private(vault),
        "draft_keys": _private(draft_keys),
    }


def _private(folder: str | Path) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(folder),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }
