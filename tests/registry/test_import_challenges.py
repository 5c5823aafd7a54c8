"""`import_challenges FILE`: real calls enter the archive, bad rows are told apart, twice changes nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from marketplace.outbox.models import Fact
from marketplace.registry import queries
from marketplace.registry.models import PublishedChallenge

GOOD: dict[str, Any] = {
    "id": "X1",
    "origin": "real",
    "lang": "zh",
    "title": "柔性显示喷印制造",
    "description": "需要的东西。",
    "industry": "pv",
    "indicators": [{"name": "良率", "op": ">=", "value": "95", "unit": "%"}],
    "indicators_text": "良率 >= 95 %",
    "keywords": ["柔性"],
    "bounty": {"amount": 1234.5, "currency": "USD", "cny_wan": None, "note": "总额"},
    "sponsor_type": "企业",
    "sponsor": "",
    "region": "湖北武汉",
    "published_year": 2023,
    "deadline": "2023-05-06",
    "source_url": "https://example.org/list",
    "source_note": None,
}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"id": None}, "id is missing"),
    ({"id": 7}, "id is a number, not a text"),
    ({"origin": "rumour"}, "origin must be one of real, synthetic"),
    ({"lang": "fr"}, "lang must be one of en, zh"),
    ({"title": ""}, "title is missing"),
    ({"title": "题" * 100_000}, "title has 100000 characters; at most 300 are allowed"),
    ({"title": "a\x00b"}, "title holds a control character"),
    ({"description": "\ud800"}, "description holds a control character or a broken one"),
    ({"description": ["no"]}, "description is a list, not a text"),
    ({"industry": "alchemy"}, "industry “alchemy” stands for no technology field"),
    ({"industry": None}, "industry is missing"),
    ({"indicators": "high"}, "indicators is a text, not a list"),
    ({"indicators": [3]}, "indicators 1 is a number, not an object"),
    ({"indicators": [{"name": 3}]}, "indicators 1: name is a number, not a text"),
    ({"keywords": [True]}, "keywords 1 is true or false, not a text"),
    ({"keywords": ["k"] * 51}, "keywords has 51 entries; at most 50 are allowed"),
    ({"bounty": 5}, "bounty is a number, not an object"),
    ({"bounty": {"amount": -1, "currency": "CNY"}}, "bounty.amount must lie above 0"),
    ({"bounty": {"amount": 10**30, "currency": "CNY"}}, "bounty.amount must lie above 0 and not above"),
    ({"bounty": {"amount": 1.234, "currency": "CNY"}}, "bounty.amount has more than two decimal places"),
    ({"bounty": {"amount": "1 万", "currency": "CNY"}}, "bounty.amount is a text, not an amount"),
    ({"bounty": {"amount": True, "currency": "CNY"}}, "bounty.amount is true or false, not an amount"),
    ({"bounty": {"amount": 5}}, "bounty.currency must be one of"),
    ({"region": "Atlantis"}, "region “Atlantis” is no region we know"),
    ({"published_year": "2023"}, "published_year is a text, not a whole number"),
    ({"published_year": 20230}, "published_year must lie between 1990 and 2100"),
    ({"deadline": "06/05/2023"}, "deadline is not a date"),
    ({"deadline": "2023-02-30"}, "deadline is not a date"),
    ({"deadline": "0001-01-01"}, "deadline must lie between the years"),
    ({"source_url": "javascript:alert(1)"}, "source_url is not a web address"),
    ({"source_url": "https://[::1"}, "source_url is not a web address"),
    ({"source_url": None}, "source_url and source_note are both missing"),
]
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(*rows: dict[str, Any] | bytes) -> Path:
        lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
        path = tmp_path / "challenges.jsonl"
        path.write_bytes(b"\n".join(lines))
        return path

    return written


def state() -> tuple[list[dict[str, Any]], int]:
    return list(PublishedChallenge.objects.order_by("pk").values()), Fact.objects.count()


def test_a_real_call_enters_the_archive_with_all_it_says(reference: None, write: Write) -> None:
    call_command("import_challenges", write(GOOD))
    entry = PublishedChallenge.objects.get(source_id="X1")
    assert (entry.title, entry.language, entry.published_year) == ("柔性显示喷印制造", "zh", 2023)
    assert (entry.bounty_amount, entry.bounty_currency, entry.bounty_note) == (123_450, "USD", "总额")
    assert entry.region is not None
    assert entry.region.code == "420100"
    assert {field.code for field in entry.fields.all()} == {"solar-and-wind", "new-energy"}
    assert str(entry.deadline) == "2023-05-06"
    fact = Fact.objects.get()
    assert (fact.kind, fact.subject, fact.version) == ("published_challenge.imported", entry.public_id, 1)


def test_the_shipped_156_calls_come_in_and_twice_changes_nothing(
    reference: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_challenges")
    assert "156 new, 0 changed, 0 unchanged, 0 bad" in capsys.readouterr().out
    before = state()
    call_command("import_challenges", queries.SHIPPED_ARCHIVE)
    assert "0 new, 0 changed, 156 unchanged, 0 bad" in capsys.readouterr().out
    assert state() == before
    assert PublishedChallenge.objects.filter(language="en").count() == 124
    assert not PublishedChallenge.objects.filter(source_url="", source_note="").exists()


def test_a_changed_record_changes_its_entry_and_says_so(reference: None, write: Write) -> None:
    call_command("import_challenges", write(GOOD))
    known = PublishedChallenge.objects.get()
    call_command("import_challenges", write({**GOOD, "title": "新题目", "industry": "ai", "region": None}))
    entry = PublishedChallenge.objects.get()
    assert (entry.public_id, entry.title, entry.version, entry.region) == (known.public_id, "新题目", 2, None)
    assert {field.code for field in entry.fields.all()} == {"artificial-intelligence", "software"}
    assert [fact.version for fact in Fact.objects.order_by("sequence")] == [1, 2]


def test_invented_records_are_checked_and_counted_but_never_written(
    reference: None, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_challenges", write({**GOOD, "origin": "synthetic"}))
    assert "1 synthetic and not written" in capsys.readouterr().out
    assert state() == ([], 0)


def test_every_bad_row_is_reported_with_line_and_reason_and_good_ones_written(
    reference: None, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [{**GOOD, "id": f"W{number}", **wrong} for number, (wrong, _) in enumerate(WRONG)]
    with pytest.raises(CommandError) as stopped:
        call_command("import_challenges", write(GOOD, *bad, b"{broken", {**GOOD, "id": "X2"}))
    assert stopped.value.returncode == 1
    told = capsys.readouterr()
    reports = told.err.splitlines()
    assert len(reports) == len(WRONG) + 1
    for number, (report, (_, reason)) in enumerate(zip(reports, WRONG, strict=False), start=2):
        assert report.startswith(f"line {number}: ")
        assert reason in report
    assert f"2 new, 0 changed, 0 unchanged, {len(WRONG) + 1} bad" in told.out
    assert set(PublishedChallenge.objects.values_list("source_id", flat=True)) == {"X1", "X2"}


def test_all_that_is_wrong_with_a_row_is_said_at_once(
    reference: None, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError):
        call_command("import_challenges", write({**GOOD, "title": None, "lang": "fr", "deadline": "soon"}))
    report = capsys.readouterr().err
    assert all(word in report for word in ("title", "lang", "deadline"))


def test_one_id_twice_in_a_file_is_refused_or_no_run_would_ever_be_the_last(
    reference: None, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError):
        call_command("import_challenges", write(GOOD, {**GOOD, "title": "另一个"}))
    assert "line 2: id X1 occurs already in line 1" in capsys.readouterr().err
    assert PublishedChallenge.objects.get().title == GOOD["title"]


def test_a_file_that_cannot_be_read_and_an_empty_registry_are_said_plainly(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="run load_registry first"):
        call_command("import_challenges", tmp_path)


def test_a_folder_is_no_file(reference: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_challenges", tmp_path)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_challenges", tmp_path / "absent.jsonl")
