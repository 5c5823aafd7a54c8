"""Public records of ORCID as its interface gives them, with the parts that are read and some that are not."""

from typing import Any

OWN = "0000-0002-1825-0097"


def work(title: str, *, doi: str = "", patent: str = "", year: str = "2023", **more: Any) -> dict[str, Any]:
    """One group of works, with one source."""
    kind, value = ("pat", patent) if patent else ("doi", doi)
    identifier = {
        "external-id-type": kind,
        "external-id-value": value,
        "external-id-normalized": {"value": value.lower(), "transient": True},
        "external-id-relationship": "self",
    }
    journal = {"external-id-type": "issn", "external-id-value": "0028-0836", "external-id-relationship": "part-of"}
    summary = {
        "put-code": 7,
        "title": {"title": {"value": title}, "subtitle": None},
        "type": "patent" if patent else "journal-article",
        "publication-date": {"year": {"value": year}, "month": None},
        "journal-title": {"value": "电化学"},
        "url": {"value": "https://example.org/a"},
        "visibility": "public",
        **more,
    }
    return {"external-ids": {"external-id": [journal, identifier]}, "work-summary": [summary]}


def record(*works: dict[str, Any], path: str = OWN) -> dict[str, Any]:
    """The whole record."""
    return {
        "orcid-identifier": {"uri": f"https://orcid.org/{path}", "path": path, "host": "orcid.org"},
        "person": {
            "biography": {"content": "研究固态电池。"},
            "keywords": {"keyword": [{"content": "阻抗谱"}, {"content": "electrolytes"}]},
        },
        "activities-summary": {"works": {"group": list(works)}},
    }
