"""The columns a sheet may have, by the words that stand at their head. Pure, without Django: a file format.

Header words are fixed here and not taken from the pages' catalogue: a template that was downloaded years ago must
still be understood when a page says something else today.
"""

import re
import unicodedata
from dataclasses import dataclass

ASIDE = re.compile(r"[(\[【〔].*?[)\]】〕]")
WAN, YUAN = "wan", "yuan"


@dataclass(frozen=True)
class Column:
    """One column: its name in code, its head in each language, and what else people write there."""

    key: str
    zh: str
    en: str
    also: tuple[str, ...] = ()


COLUMNS = (
    Column("title", "名称", "Title", ("标题", "需求名称", "榜单名称", "项目名称", "课题名称", "技术需求名称")),
    Column("description", "需求描述", "Description", ("需求内容", "需求说明", "主要内容", "描述", "need")),
    Column("problem_kind", "问题类型", "Kind of problem"),
    Column("fields", "技术领域", "Technology fields", ("领域", "所属领域", "行业领域", "field", "fields")),
    Column("keywords", "关键词", "Keywords", ("关键字",)),
    Column("region", "所属区域", "Region", ("地区", "区域", "所在地区", "所属地区", "城市")),
    Column(
        "indicators", "考核指标", "Measurable indicators", ("可量化的考核指标", "技术指标", "主要指标", "indicators")
    ),
    Column("mode", "揭榜方式", "Mode", ("揭榜模式", "模式")),
    Column(
        "bounty",
        "奖金或预算上限（万元）",
        "Reward or budget ceiling (10,000 CNY)",
        ("奖金", "悬赏金额", "榜单金额", "奖金金额", "预算上限", "预算", "经费", "reward", "bounty", "budget"),
    ),
    Column("deadline", "截止时间（北京时间）", "Deadline (Beijing time)", ("截止日期", "揭榜截止时间", "揭榜截止日期")),
    Column("ip_terms", "成果权属", "Rights in the result", ("知识产权归属", "知识产权", "ip terms")),
    Column("criteria", "评分项与权重", "Criteria and weights", ("评分标准", "评分项", "criteria")),
    Column("threshold", "入围分数线", "Threshold", ("分数线",)),
    Column("kind", "需求类别", "What is posted", ("需求类型", "kind")),
    Column("reserved_for_sme", "仅限中小企业揭榜", "Only small and medium enterprises may propose", ("仅限中小企业",)),
    Column("eligibility_reason", "限定揭榜资格的理由", "Reason for the narrower call"),
    Column("audience", "揭榜对象", "Who is called", ("面向对象",)),
    Column("abroad", "境外揭榜", "Solvers from abroad", ("是否面向境外",)),
    Column("abroad_reason", "不面向境外的理由", "Reason why not from abroad"),
    Column("prize_rule", "奖金规则", "How the prize is won"),
    Column("name_shown", "需求方名称公开方式", "Sponsor's name", ("名称保密",)),
    Column("contact_office", "异议受理部门", "Office that receives objections", ("受理部门", "联系部门")),
    Column("contact_person", "联系人", "Contact person", ("contact",)),
    Column("contact_telephone", "联系电话", "Telephone", ("电话", "phone")),
    Column("contact_address", "联系地址", "Address", ("地址",)),
    Column("title_en", "英文名称", "Title in English"),
    Column("description_en", "英文需求描述", "Description in English"),
)
BY_KEY = {column.key: column for column in COLUMNS}
EXAMPLE_MARKS = {"zh": "【填写示例，不会导入】", "en": "[Example, not taken over] "}
"""The title of the template's example row begins with it; such a row is passed over."""
BESIDE = {"zh": ("原行号", "需修改之处"), "en": ("Row of the list", "What is wrong")}
"""Columns that the download of rows to mend adds, and that are passed over when it comes back."""
UNITS_SAID = {"zh": {WAN: "（万元）", YUAN: "（元）"}, "en": {WAN: " (10,000 CNY)", YUAN: " (CNY)"}}
UNIT = "bounty_unit"
"""Beside the cells of the columns: the unit that the head of the reward's column names, if it names one."""


def head(key: str, language: str) -> str:
    """What stands above the column in this language; "" for no column of ours."""
    column = BY_KEY.get(key)
    if column is None:
        return ""
    return column.zh if script(language) == "zh" else column.en


def bare_head(key: str, language: str) -> str:
    """The same without its remark in brackets."""
    return ASIDE.sub("", unicodedata.normalize("NFKC", head(key, language))).strip()


def script(language: str) -> str:
    """Which of the two languages of a sheet belongs to a page's language."""
    return "zh" if language.startswith("zh") else "en"


def is_beside(text: str) -> bool:
    """Whether this is the head of a column that only tells people something."""
    return any(text in names for names in BESIDE.values())


def is_example(title: str) -> bool:
    """Whether this is the title of the template's example row."""
    return title.startswith(tuple(mark.strip() for mark in EXAMPLE_MARKS.values()))


def column_of(text: str) -> str | None:
    """The column that a head names, whatever language, spacing, asterisk or remark in brackets it has."""
    return _BY_HEAD.get(_plain(text))


def unit_of(text: str) -> str:
    """The unit that the head of the reward's column names: WAN, YUAN, or "" for none."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
    if "万" in plain or "10,000" in plain or "10000" in plain:
        return WAN
    return YUAN if re.search(r"元|cny|rmb|yuan", plain) else ""


def _plain(text: str) -> str:
    without = ASIDE.sub("", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s*:\ufeff]+", "", without).casefold()


_BY_HEAD = {_plain(word): column.key for column in COLUMNS for word in (column.key, column.zh, column.en, *column.also)}
