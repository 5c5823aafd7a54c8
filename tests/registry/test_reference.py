"""What the platform's own files say, once loaded: regions, technology fields, negative list."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.translation import override

from marketplace.registry import codes, queries, services
from marketplace.registry.models import CalendarDay, NegativeListItem, Region, TechnologyField
from marketplace.registry.services import Outcome

SEED_NAMES = """
光电子信息 生物制药 医疗健康 高端装备 新材料 新能源 大数据 3D打印 现代农业 数字创意 现代服务业 生物与健康 智能制造
云制造 生物医药 AR VR 智能硬件 设计 包装 云媒体 未来网络 文化创意 数字教育 电子商务 新一代信息技术 农产品初深加工
冷链物流 电商平台 创意设计 动漫游戏 数字出版 新闻媒体及文化信息服务业 先进制造业 “互联网+” 未来新兴种子产业
海工装备配套 智慧建筑 生产性服务业 新一代电子通信 电子软件 临港产业 产品设计
"""
INDUSTRIES = """
ai aero equip battery bio env materials semi ict meddev agri metal sensor chem civil auto hydrogen ocean
frontier safety grid pv food textile
"""


def test_loading_again_changes_nothing(reference: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_registry")
    told = capsys.readouterr().out
    assert "regions: 0 new, 0 changed, 588 unchanged" in told
    assert all(": 0 new, 0 changed" in line for line in told.splitlines())


def test_loading_repairs_what_differs(reference: None) -> None:
    Region.objects.filter(code="420100").update(name_en="Wohan")
    CalendarDay.objects.create(date=date(2026, 3, 3), kind=CalendarDay.Kind.HOLIDAY, name_zh="误", name_en="Wrong")
    counts = services.load_reference()
    assert counts["regions"][Outcome.CHANGED] == 1
    assert Region.objects.get(code="420100").name_en == "Wuhan"
    assert not CalendarDay.objects.filter(date=date(2026, 3, 3)).exists()


def test_a_holiday_entered_for_a_year_not_in_the_files_stays(reference: None) -> None:
    CalendarDay.objects.create(date=date(2027, 1, 1), kind=CalendarDay.Kind.HOLIDAY, name_zh="元旦", name_en="New Year")
    services.load_reference()
    assert CalendarDay.objects.filter(date=date(2027, 1, 1)).exists()


def test_every_name_of_a_field_in_the_documents_has_its_row(reference: None) -> None:
    """3.1: T12, H02, H11, H22, W09, N08 and Jiaxing's services are merged into 44 rows, doubles removed."""
    rows = list(TechnologyField.objects.prefetch_related("regions"))
    carried = [name for row in rows for name in row.also_called]
    assert sorted(carried) == sorted(SEED_NAMES.split())
    assert len(rows) == 44
    assert all(row.regions.all() for row in rows if row.also_called)
    assert {region.code for row in rows for region in row.regions.all()} == {
        "420000", "620500", "330300", "320600", "330400",
    }  # fmt: skip


def test_every_industry_of_the_data_stands_for_fields_that_exist(reference: None) -> None:
    known = set(TechnologyField.objects.values_list("code", flat=True))
    mapping = queries.mapping()
    meant = {industry: mapping.fields_of(industry) for industry in INDUSTRIES.split()}
    assert all(codes and set(codes) <= known for codes in meant.values())


FULL_NAMES = {
    "420111": ("湖北省武汉市洪山区", "Hongshan District, Wuhan, Hubei"),
    "620525": ("甘肃省天水市张家川回族自治县", "Zhangjiachuan Hui Autonomous County, Tianshui, Gansu"),
    "610000": ("陕西省", "Shaanxi"),
    "140000": ("山西省", "Shanxi"),
    "710000": ("台湾省", "Taiwan"),
    "810000": ("香港特别行政区", "Hong Kong"),
    "US": ("美国", "United States"),
}


def test_regions_have_full_names_in_both_languages(reference: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        named = {}
        for region in queries.regions().filter(code__in=FULL_NAMES):
            with override("zh-hans"):
                chinese = region.full_name
            with override("en"):
                named[region.code] = (chinese, region.full_name)
    assert named == FULL_NAMES


COUNTIES = {"620500": 7, "420100": 13, "320600": 7, "330300": 12, "330400": 7}


def test_the_five_cities_are_there_with_all_their_counties(reference: None) -> None:
    counties = Region.objects.filter(kind=Region.Kind.COUNTY, parent__code__in=COUNTIES)
    assert Counter(counties.values_list("parent__code", flat=True)) == COUNTIES


def test_all_34_provincial_units_belong_to_china(reference: None) -> None:
    assert Region.objects.filter(parent__code="CN", kind=Region.Kind.PROVINCE).count() == 34
    assert not Region.objects.filter(code__in=["TW", "HK", "MO"]).exists()
    assert queries.countries()[0].code == "CN"


def test_a_region_covers_what_lies_in_it_and_nothing_else(reference: None) -> None:
    regions = {region.code: region for region in queries.regions()}
    for code, count in (("420111", 1), ("420100", 14), ("420000", 31), ("CN", 531), ("US", 1)):
        within = {one.code for one in Region.objects.filter(codes.within("code", [code]))}
        assert within == {other for other in regions if regions[code].covers(regions[other])}
        assert len(within) == count


def test_descendants_follow_the_parents(reference: None) -> None:
    """Codes nest by their digits; the tree of parents must say the same."""
    for region in queries.regions():
        assert region.parent is None or region.parent.covers(region)


REGION_TEXTS = {
    "浙江杭州": "330100",
    "浙江省杭州市": "330100",
    "浙江 杭州": "330100",
    "Hangzhou": "330100",
    "Hangzhou, Zhejiang": "330100",
    "湖北恩施": "422800",
    "南通市海门区": "320614",
    "吉林": "220000",
    "吉林市": "220200",
    "全国": "CN",
    "US": "US",
    "united states": "US",
    "朝阳": None,  # a city in Liaoning and a district of Beijing
    "Suzhou": None,  # 苏州 and 宿州
    "Atlantis": None,
    "": None,
}


def test_region_texts_are_understood_or_not_guessed(reference: None) -> None:
    mapping = queries.mapping()
    assert {text: mapping.region_of(text) for text in REGION_TEXTS} == REGION_TEXTS


LISTED = {
    "开发勒 索·软-件": ["N07"],
    "Ransomware   DEVELOPMENT kit": ["N07"],
    "基因編輯嬰兒": ["N04"],
    "代写论文与比特币挖矿": ["N08", "N10"],
    "本项目不涉及国家秘密,也不是涉密项目": ["N05"],
    "本项目不涉及国家秘密": [],
    "非涉密项目": [],
    "单克隆人源化抗体": [],
    "芬太尼类物质快速检测试剂": [],
    "anti-ransomware developments": [],
}


def test_the_negative_list_hits_plain_cases_however_written(reference: None) -> None:
    """H22, W14: what is on the list is refused with its item, all else is open."""
    today = date(2026, 11, 22)
    assert {text: [item.code for item in queries.hits(text, on=today)] for text in LISTED} == LISTED


def test_the_negative_list_spares_every_real_call(reference: None) -> None:
    lines = queries.SHIPPED_ARCHIVE.read_text(encoding="utf-8").splitlines()
    text = "\n".join(str(value) for line in lines for value in json.loads(line).values())
    assert queries.hits(text, on=date(2026, 11, 22)) == []


def test_an_item_counts_from_its_first_day_to_its_last(reference: None) -> None:
    NegativeListItem.objects.filter(code="N11").update(valid_from=date(2026, 2, 1), valid_until=date(2026, 2, 28))
    found = {day: queries.hits("赌博软件", on=day) for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28))}
    assert [bool(hit) for hit in found.values()] == [False, True, True]
    assert queries.hits("赌博软件", on=date(2026, 3, 1)) == []
