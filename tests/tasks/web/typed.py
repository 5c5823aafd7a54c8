"""What a browser sends for the posting form and the proposal editor; every value can be replaced."""

from typing import Any

from tests import factories


def rows(prefix: str, filled: list[dict[str, Any]]) -> dict[str, Any]:
    """A table of a form, as its management form and its rows."""
    sent: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(filled):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def posting(**changes: Any) -> dict[str, Any]:
    """A complete posting: task mode, three million yuan, weights 60 and 40."""
    sent: dict[str, Any] = {
        "title": "固态电池界面阻抗降低",
        "description": "第一段。\n\n第二段。",
        "problem_kind": "KEY",
        "fields": [factories.field().code],
        "mode": "TASK",
        "bounty": "300",
        "deadline": "2027-03-01T18:00",
        "ip_terms": "JOINT",
        "contact_office": "技术处",
        "contact_telephone": "027-00000000",
        "contact_address": "武汉市示例路 1 号",
        "threshold": "60",
        **rows("indicators", [{"name": "界面阻抗", "op": "≤", "value": "10", "unit": "Ω·cm²"}, {"name": ""}]),
        **rows("criteria", [{"name": "技术方案", "weight": "60"}, {"name": "可行性", "weight": "40"}]),
    }
    return {**sent, **changes}


def proposal(**changes: Any) -> dict[str, Any]:
    """A complete proposal."""
    sent = {
        "title": "原位固化界面层方案",
        "approach": "在正极表面原位生成离子导电层。",
        "indicators_answer": "界面阻抗 8 Ω·cm²。",
        "schedule": "十二个月。",
        "team": "六人。",
        "price": "200",
        "ai_use": "NONE",
    }
    return {**sent, **changes}
