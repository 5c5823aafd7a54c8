"""What the words in a cell mean; and there and back: what is filled into the template is what the draft says."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from marketplace.kernel.moments import BEIJING
from marketplace.registry import queries as registry
from marketplace.registry import services as reference
from tasks.challenges.posting import CriterionLine, IndicatorLine
from tasks.sheets import queries, writing
from tasks.sheets.cells import Checked, Vocabulary, checked
from tasks.sheets.columns import COLUMNS, head
from tasks.sheets.faults import CHOICES, cell_sentence
from tasks.sheets.lines import BadLine, criterion_from, indicator_from, lines_of, written
from tasks.sheets.reading import read
from tests import factories
from tests.tasks.sheets import files

PLACE = {column.key: place for place, column in enumerate(COLUMNS, start=1)}


@pytest.fixture
def words(db: None) -> Vocabulary:
    reference.load_reference()
    return queries.vocabulary(factories.organisation(factories.person()))


def row(words: Vocabulary, **cells: str) -> Checked:
    return checked({"title": "甲", **cells}, words)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("界面阻抗 ≤ 10 Ω·cm²", ("界面阻抗", "≤", "10", "Ω·cm²")),
        ("响应时间≤0.5s", ("响应时间", "≤", "0.5", "s")),
        ("1. 循环寿命不低于 800 次", ("循环寿命", "≥", "800", "次")),
        ("（2）粒径大于5μm的颗粒去除率 >= 99.5%", ("粒径大于5μm的颗粒去除率", "≥", "99.5", "%")),
        ("工作温度：-40~85 ℃", ("工作温度", "", "-40~85", "℃")),
        ("定位精度 ± 0.02 mm", ("定位精度", "±", "0.02", "mm")),
        ("防护等级：IP68", ("防护等级", "", "IP68", "")),
        ("载流子浓度 ≤ 5×10^15 cm⁻³", ("载流子浓度", "≤", "5×10^15", "cm⁻³")),
    ],
)
def test_an_indicator_reads_as_people_write_it(line: str, said: tuple[str, ...]) -> None:
    assert [indicator_from(one) for one in lines_of(line)] == [IndicatorLine(*said)]


@pytest.mark.parametrize("line", ["越小越好", "≤ 10", "阻抗 ≤", "：5"])
def test_what_names_no_measure_is_no_indicator(line: str) -> None:
    assert indicator_from(line) == BadLine("indicator")


@pytest.mark.parametrize("line", ["技术方案 40", "技术方案：40%", "技术方案（40分）", "技术方案40"])
def test_a_criterion_ends_in_its_weight(line: str) -> None:
    assert criterion_from(line) == CriterionLine("技术方案", 40)


@pytest.mark.parametrize(
    ("typed", "head", "fen"),
    [
        ("300", "wan", 300_0000_00),
        ("12.5", "wan", 12_5000_00),
        ("1,200", "wan", 1200_0000_00),
        ("80 万元", "", 80_0000_00),
        ("1.2亿元", "", 1_2000_0000_00),
        ("500000元", "wan", 500_000_00),
        ("¥ 500,000.05", "yuan", 500_000_05),
        ("３００", "wan", 300_0000_00),
    ],
)
def test_an_amount_is_read_to_the_fen_in_the_unit_said(words: Vocabulary, typed: str, head: str, fen: int) -> None:
    found = row(words, bounty=typed, bounty_unit=head)
    assert (found.faults, found.posting.bounty_amount) == ([], fen)


@pytest.mark.parametrize(
    ("typed", "head", "code"),
    [
        ("300", "", "no_unit"),
        ("三百", "wan", "no_amount"),
        ("-5", "wan", "no_amount"),
        ("1e3", "wan", "no_amount"),
        ("100.001", "yuan", "finer_than_a_fen"),
        ("0.005", "wan", "bounty_range"),
        ("99999999", "wan", "bounty_range"),
    ],
)
def test_an_amount_nobody_can_mean_is_a_fault(words: Vocabulary, typed: str, head: str, code: str) -> None:
    assert [fault[:2] for fault in row(words, bounty=typed, bounty_unit=head).faults] == [["bounty", code]]


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2027-03-31 18:00", (2027, 3, 31, 18, 0)),
        ("2027/3/31", (2027, 3, 31, 23, 59)),
        ("2027年3月31日18时", (2027, 3, 31, 18, 0)),
        ("2027年3月31日 18:30", (2027, 3, 31, 18, 30)),
        ("2027-03-31T18:00:00", (2027, 3, 31, 18, 0)),
        ("2027.3.31", (2027, 3, 31, 23, 59)),
        ("2027-03-31 24:00", (2027, 4, 1, 0, 0)),
        ("46477", (2027, 3, 31, 23, 59)),
        ("46477.75", (2027, 3, 31, 18, 0)),
    ],
)
def test_a_deadline_is_beijing_s_wall_clock(words: Vocabulary, typed: str, moment: tuple[int, ...]) -> None:
    found = row(words, deadline=typed)
    assert (found.faults, found.posting.deadline) == ([], datetime(*moment, tzinfo=BEIJING))


@pytest.mark.parametrize("typed", ["明年", "2027-02-30", "2027-13-01", "1999-01-01", "31/03/2027", "2027-03-31 25:00"])
def test_what_is_no_moment_is_a_fault(words: Vocabulary, typed: str) -> None:
    assert row(words, deadline=typed).faults == [["deadline", "no_moment", {"said": typed}]]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_word_a_page_offers_is_understood(words: Vocabulary, language: str) -> None:
    with override(language):
        for column, choices in CHOICES.items():
            for value, label in choices.choices:
                for typed in (str(label), value, f" {label} "):
                    assert row(words, **{column: typed}).values[column] == value
        for one in registry.technology_fields():
            assert row(words, fields=one.name).values["fields"] == (one,)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"mode": "随便"}, ["mode", "unknown_choice"]),
        ({"fields": "纺织、炼丹"}, ["fields", "unknown_field"]),
        ({"region": "乌有市"}, ["region", "unknown_region"]),
        ({"region": "温州"}, ["region", "region_elsewhere"]),
        ({"criteria": "甲 60\n乙 30"}, ["criteria", "weights"]),
        ({"threshold": "120"}, ["threshold", "threshold"]),
        ({"reserved_for_sme": "也许"}, ["reserved_for_sme", "yes_or_no"]),
        ({"keywords": "词" * 31}, ["keywords", "keywords"]),
        ({"title": ""}, ["title", "no_title"]),
        ({"title": "长" * 121}, ["title", "too_long"]),
    ],
)
def test_each_fault_is_said_of_its_column_in_both_languages(
    words: Vocabulary, cells: dict[str, str], fault: list[str]
) -> None:
    found = row(words, **cells)
    assert [one[:2] for one in found.faults] == [fault]
    for language in ("zh-hans", "en"):
        with override(language):
            assert "%(" not in cell_sentence(*found.faults[0][1:])


def test_a_region_within_the_organisation_s_own_is_taken(words: Vocabulary) -> None:
    assert row(words, region="湖北武汉").posting.region.code == "420100"


def speaks(text: str) -> bool:
    """Whether this is a title: a cell that begins with = is a formula, one of apostrophes and spaces says nothing."""
    return bool(text.strip("' ")) and not text.lstrip("' ").startswith("=")


names = st.text(alphabet="界面阻抗循环寿命abcXYZ", min_size=1, max_size=12)
numbers = st.decimals(min_value=Decimal("0.001"), max_value=10**6, places=3).map(lambda one: f"{one.normalize():f}")
indicators = st.builds(
    IndicatorLine,
    names,
    st.sampled_from(["≥", "≤", "=", ">", "<", "±"]),
    numbers,
    st.sampled_from(["", "%", "mm", "次/分"]),
)
rows_of_the_template = st.fixed_dictionaries(
    {
        "title": st.text(alphabet="=+-@'甲乙丙 abc", min_size=1, max_size=20).filter(speaks),
        "description": st.text(alphabet="甲乙\n ，abc-", max_size=60),
        "indicators": st.lists(indicators, max_size=4),
        "bounty": st.integers(min_value=1, max_value=10**7).map(lambda cents: Decimal(cents) / 100),
        "deadline": st.datetimes(datetime(2026, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001  # cells have no zone
        "mode": st.sampled_from(["TASK", "BOUNTY"]),
        "ip_terms": st.sampled_from(["SOLVER_KEEPS", "SPONSOR_OWNS", "JOINT", "NEGOTIATED"]),
        "threshold": st.integers(min_value=1, max_value=100),
    }
)


@settings(
    max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(filled=st.lists(rows_of_the_template, min_size=1, max_size=3), language=st.sampled_from(["zh-hans", "en"]))
def test_what_is_filled_into_the_template_is_what_the_drafts_say(words: Vocabulary, filled, language: str) -> None:
    with override(language):
        workbook = files.filled_in(writing.template_workbook([], []), [typed(one) for one in filled])
        heads = [head(column.key, language) for column in COLUMNS]
        lines = [[cells.get(place, "") for place in PLACE.values()] for cells in map(typed, filled)]
        delimited = files.delimited(*[[writing.harmless(str(cell)) for cell in line] for line in lines], heads=heads)
    for name, content in (("a.xlsx", workbook), ("a.csv", delimited)):
        reading = read(name, content)
        assert [one.faults for one in reading.rows] == [[]] * len(filled)
        for one, sent in zip(reading.rows, filled, strict=True):
            compare(checked(one.cells, words), sent)


def typed(sent) -> dict[int, object]:
    """A row as a person would fill it in, by column number."""
    choices = {column: str(CHOICES[column](sent[column]).label) for column in ("mode", "ip_terms")}
    texts = {
        "title": sent["title"],
        "description": sent["description"],
        "indicators": "\n".join(map(written, sent["indicators"])),
        "bounty": f"{sent['bounty']:f}",
        "deadline": f"{sent['deadline']:%Y-%m-%d %H:%M}",
        "threshold": str(sent["threshold"]),
    }
    return {PLACE[key]: text for key, text in {**texts, **choices}.items()}


def compare(found: Checked, sent) -> None:
    assert found.faults == []
    posting = found.posting
    quoted = (sent["title"], sent["title"].removeprefix("'"), sent["title"].lstrip("'"))
    assert posting.title in {" ".join(title.split()) for title in quoted}
    assert posting.description == sent["description"].strip()
    assert list(posting.indicators) == sent["indicators"]
    assert posting.bounty_amount == int(sent["bounty"] * 10_000 * 100)
    assert posting.deadline is not None
    moment = sent["deadline"].replace(tzinfo=BEIJING, second=0, microsecond=0)
    assert posting.deadline.astimezone(UTC) == moment.astimezone(UTC)
    assert posting.deadline - moment == timedelta(0)
    assert (posting.mode, posting.ip_terms, posting.threshold) == (sent["mode"], sent["ip_terms"], sent["threshold"])


def test_whom_a_row_calls_and_whose_name_it_shows_is_read_and_has_its_defaults(words: Vocabulary) -> None:
    said = {"audience": "INTERNAL", "abroad": "NO", "abroad_reason": "出口管制", "name_shown": "HIDDEN"}
    told = row(words, **said, prize_rule="FIRST_VALID").posting
    assert {name: getattr(told, name) for name in said} == said
    assert told.prize_rule == "FIRST_VALID"
    usual = row(words).posting
    assert (usual.audience, usual.abroad, usual.name_shown, usual.prize_rule) == (
        *("EXTERNAL", "PARTNER", "SHOWN", "BEST_OF"),
    )
    assert row(words, audience="朋友").faults[0][:2] == ["audience", "unknown_choice"]
