"""`import_experts FILE`: entries of the expert database (H07a), bad rows told apart, twice changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from marketplace.accounts.models import Expert, User
from marketplace.outbox.models import Fact
from marketplace.registry import services

GOOD: dict[str, Any] = {
    "id": "E001",
    "origin": "synthetic",
    "lang": "zh",
    "label": "专家 E001",
    "industry": "ict",
    "industry_name": "通信与网络安全",
    "institution_type": "企业研究院",
    "region": "湖北",
    "expertise": "硅光芯片与光模块封装。",
    "achievements": "400G/800G模块量产",
    "keywords": ["硅光", "光模块"],
    "years_experience": 6,
    "projects_done": 24,
}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"label": ""}, "label is missing"),
    ({"expertise": "x" * 100_000}, "expertise has 100000 characters"),
    ({"industry": "alchemy"}, "stands for no technology field"),
    ({"region": "Atlantis"}, "no region we know"),
    ({"lang": None}, "lang must be one of"),
    ({"years_experience": -1}, "years_experience must lie between 0 and 80"),
    ({"years_experience": 6.5}, "years_experience is a number, not a whole number"),
    ({"projects_done": True}, "projects_done is true or false"),
    ({"keywords": {"a": 1}}, "keywords is an object, not a list"),
]


@pytest.fixture(autouse=True)
def reference(db: None) -> None:
    services.load_reference()


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "experts.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_an_expert_is_listed_with_all_the_file_says(tmp_path: Path) -> None:
    call_command("import_experts", write(tmp_path, GOOD))
    expert = Expert.objects.get(source_id="E001")
    assert (expert.label, expert.language, expert.is_sample) == ("专家 E001", "zh-hans", True)
    assert (expert.years_experience, expert.projects_done) == (6, 24)
    assert expert.keywords == ["硅光", "光模块"]
    assert expert.region is not None
    assert expert.region.code == "420000"
    assert [field.code for field in expert.fields.all()] == ["communications"]
    fact = Fact.objects.get()
    assert (fact.kind, fact.subject, fact.version) == ("expert.listed", expert.public_id, 1)


def test_twice_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, GOOD, {**GOOD, "id": "E002"})
    call_command("import_experts", path)
    before = list(Expert.objects.values()), Fact.objects.count()
    call_command("import_experts", path)
    assert "0 new, 0 changed, 2 unchanged, 0 bad" in capsys.readouterr().out
    assert (list(Expert.objects.values()), Fact.objects.count()) == before


def test_a_changed_record_changes_the_entry_and_leaves_its_person(tmp_path: Path) -> None:
    call_command("import_experts", write(tmp_path, GOOD))
    person = User.objects.create_user("e@example.org", display_name="E")
    Expert.objects.update(user=person)
    call_command("import_experts", write(tmp_path, {**GOOD, "industry": "ai", "expertise": "别的"}))
    expert = Expert.objects.get()
    assert (expert.expertise, expert.version, expert.user) == ("别的", 2, person)
    assert {field.code for field in expert.fields.all()} == {"artificial-intelligence", "software"}


def test_every_bad_row_is_reported_with_line_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = [{**GOOD, "id": f"W{number}", **wrong} for number, (wrong, _) in enumerate(WRONG)]
    with pytest.raises(CommandError) as stopped:
        call_command("import_experts", write(tmp_path, *bad, GOOD))
    assert stopped.value.returncode == 1
    reports = capsys.readouterr().err.splitlines()
    for number, (report, (_, reason)) in enumerate(zip(reports, WRONG, strict=True), start=1):
        assert report.startswith(f"line {number}: ")
        assert reason in report
    assert [expert.source_id for expert in Expert.objects.all()] == ["E001"]
