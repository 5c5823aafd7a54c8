"""Who plays in the demonstration: one person for each role, and everybody else its stories need. All invented."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "zhongyan-demo"  # noqa: S105  # printed at every start; the demo is refused on any host but loopback
MAIL_HOST = "zhongyan.example"


@dataclass(frozen=True, kw_only=True)
class Player:
    """One demo account. `place` is the key of an organisation in `data/organisations.json` it acts for, if any."""

    key: str
    name: str
    part: Promise
    place: str = ""
    language: str = "zh-hans"

    @property
    def email(self) -> str:
        """The address the person signs in with."""
        return f"{self.key}@{MAIL_HOST}"


@dataclass(frozen=True, kw_only=True)
class Judge(Player):
    """A player of the expert database: whence, in which fields, known for what."""

    region: str
    fields: tuple[str, ...]
    expertise: str
    achievements: str


PRINCIPALS = (
    Player(key="enterprise", name="陈立衡", part=_("Leading enterprise"), place="xingheng"),
    Player(key="bureau", name="周海宁", part=_("City bureau"), place="nantong"),
    Player(key="sme", name="林小满", part=_("Small enterprise"), place="weixin"),
    Player(key="researcher", name="沈知远", part=_("Researcher in Wuhan"), place="jiangxia"),
    Player(key="abroad", name="Anna Lindner", part=_("Researcher abroad"), place="isar", language="en"),
)

REVIEWER = _("Reviewer")

JUDGES = (
    Judge(
        key="reviewer1",
        name="顾明澄",
        part=REVIEWER,
        region="110000",
        fields=("batteries", "new-energy", "new-materials", "chemicals"),
        expertise="固态电解质与正极界面，电池热失控机理，电化学测试方法。",
        achievements="主持储能电池安全评价方法研究三项，参与团体标准两项（示例）。",
    ),
    Judge(
        key="reviewer2",
        name="何若兰",
        part=REVIEWER,
        region="330100",
        fields=("artificial-intelligence", "software", "smart-manufacturing", "high-end-equipment"),
        expertise="工业视觉检测，产线数据建模，边缘计算部署。",
        achievements="为纺织与装备企业建成在线检测系统九套（示例）。",
    ),
    Judge(
        key="reviewer3",
        name="郑一鸣",
        part=REVIEWER,
        region="510100",
        fields=("semiconductors", "instruments", "optoelectronics", "power-grid"),
        expertise="MEMS 传感器封装与可靠性，功率器件测试。",
        achievements="完成车规级压力传感器可靠性平台建设（示例）。",
    ),
    Judge(
        key="reviewer4",
        name="苏映雪",
        part=REVIEWER,
        region="210200",
        fields=("marine-engineering", "metallurgy", "new-materials"),
        expertise="海洋腐蚀与防护，船用钢焊接。",
        achievements="参与海工装备防腐工程评审二十余项（示例）。",
    ),
    Judge(
        key="reviewer5",
        name="魏长河",
        part=REVIEWER,
        region="370200",
        fields=("environment", "chemicals", "modern-agriculture"),
        expertise="工业废水深度处理，膜分离，污泥资源化。",
        achievements="建成印染废水回用示范线两条（示例）。",
    ),
    Judge(
        key="reviewer6",
        name="叶青岚",
        part=REVIEWER,
        region="440300",
        fields=("medical-devices", "biomedicine", "health", "artificial-intelligence"),
        expertise="医学影像算法，体外诊断试剂评价。",
        achievements="主持多中心临床验证四项（示例）。",
    ),
    Judge(
        key="reviewer7",
        name="方克勤",
        part=REVIEWER,
        region="610100",
        fields=("aerospace", "high-end-equipment", "additive-manufacturing", "metallurgy"),
        expertise="钛合金增材制造，结构疲劳与无损检测。",
        achievements="完成航空结构件增材工艺鉴定三项（示例）。",
    ),
    Judge(
        key="reviewer8",
        name="骆晓舟",
        part=REVIEWER,
        region="320500",
        fields=("textiles", "new-materials", "environment", "smart-manufacturing"),
        expertise="功能纺织材料，低碳染整，织造装备。",
        achievements="主持高端家纺面料研发五项（示例）。",
    ),
    Judge(
        key="reviewer9",
        name="Daniel Okafor",
        part=REVIEWER,
        language="en",
        region="GB",
        fields=("hydrogen", "new-energy", "automotive", "batteries"),
        expertise="Fuel-cell durability, hydrogen safety, thermal management of battery packs.",
        achievements="Led two durability test programmes for fuel-cell stacks (sample).",
    ),
)

ADJUDICATOR = Player(key="adjudicator", name="贺正言", part=_("Adjudicator"))
SUPERVISOR = Player(key="supervisor", name="严守诚", part=_("Supervisor"))
REGION_ADMIN = Player(key="administrator", name="江汉青", part=_("Region administrator"))
OFFICE = (ADJUDICATOR, SUPERVISOR, REGION_ADMIN)

OPENING_OFFICER = _("Opening officer")
OFFICERS = (
    Player(key="officer1", name="封守信", part=OPENING_OFFICER),
    Player(key="officer2", name="启明远", part=OPENING_OFFICER),
    Player(key="officer3", name="钥同心", part=OPENING_OFFICER),
)
"""Two of the three open together."""

SYSTEM_ADMIN = Player(key="system", name="柯同舟", part=_("System administrator"))
SECURITY_ADMIN = Player(key="security", name="卫思齐", part=_("Security administrator"))
SECOND_SECURITY_ADMIN = Player(key="security2", name="栾守正", part=_("Second security administrator"))
AUDIT_ADMIN = Player(key="audit", name="成明鉴", part=_("Audit administrator"))
ADMINISTRATION = (SYSTEM_ADMIN, SECURITY_ADMIN, SECOND_SECURITY_ADMIN, AUDIT_ADMIN)
"""三员分立: none of them takes part in anything else."""

ELSEWHERE = Player(key="elsewhere", name="各地审核员", part=_("Region administrator"))
"""Approves the many other challenges, so that the one in the bar has a desk that can be overlooked."""

NEWCOMER = Player(key="newcomer", name="杜若溪", part=_("Newcomer"))
"""Has said who she is and waits to be verified, so that the administrator's list is not empty."""

SHOWN = (*PRINCIPALS, *JUDGES[:3], *OFFICE, *OFFICERS[:2], *ADMINISTRATION)
"""One account for each role: what the bar offers on every page and the terminal prints."""
