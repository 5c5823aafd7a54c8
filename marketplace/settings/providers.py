"""Who else may sign people in: OpenID Connect providers and ORCID, as the environment names them."""

from typing import Any


def signing_in(openid: list[dict[str, Any]], orcid: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What django-allauth calls SOCIALACCOUNT_PROVIDERS. Raises KeyError for an entry that lacks what it needs."""
    found: dict[str, dict[str, Any]] = {"openid_connect": {"APPS": [_openid(one) for one in openid]}}
    if orcid["client_id"]:
        found["orcid"] = {"APPS": [_orcid(orcid)]}
    return found


def _openid(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": entry["client_secret"],
        "settings": {
            "server_url": entry["issuer"],
            "name_en": entry.get("name_en", entry["name"]),
            "confirms_email": entry.get("confirms_email") is True,
        },
    }


def _orcid(entry: dict[str, str]) -> dict[str, Any]:
    return {
        "name": "ORCID",
        "client_id": entry["client_id"],
        "secret": entry["secret"],
        "settings": {"site": entry["site"], "api": entry["site"].replace("://", "://pub.", 1)},
    }
