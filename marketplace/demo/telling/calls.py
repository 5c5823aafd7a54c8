"""The many open challenges: synthetic records under invented organisations, dated around the loading."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marketplace.accounts.models import Organisation, SponsorClass, User
from marketplace.demo import cast
from marketplace.demo.telling import script, troupe
from marketplace.demo.telling.plays import contact_of, criteria_of, fields_of
from marketplace.demo.telling.stage import Stage
from marketplace.kernel.money import FEN_PER_WAN
from marketplace.registry import queries as registry
from marketplace.registry.importing import Posting as Record
from marketplace.registry.importing import posting_from
from marketplace.registry.mapping import Mapping
from marketplace.registry.models import Region
from tasks.challenges import services as posting
from tasks.challenges.models import ChallengeMode, IPTerms, ProblemKind
from tasks.challenges.posting import IndicatorLine, Posting

AT_A_TIME = 104
"""Open challenges for each unit of scale; with the stories' own more than a hundred are open."""

CLOSING_WITHIN_A_WEEK = 10
SHORTEST, LONGEST = 8, 75
PUBLIC_BODIES = {"县（区）政府", "市科技局", "省科技厅", "产业园区"}
BRANDS = (
    "云栎", "衡岚", "岚枢", "澄砺", "砺远", "星沐", "景桓", "瀚笙", "禾澈", "川岳", "启砚", "湛序",
    "朗坤岳", "芷衡", "铂原", "锐嵘", "昭衍", "望舒岭", "晟砚", "凌澈",
)  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = ("知行", "若溪", "子衿", "明远", "思齐", "清和", "景行", "以宁", "书瑶", "立言", "望舒", "怀瑾")


@dataclass(frozen=True)
class Call:
    """One open challenge to be told: its record, the days it still runs, and which use of the record it is."""

    key: str
    record: Record
    left: int
    round: int


class Repertoire:
    """The records and what they mean here, read when the first is wanted: a second loading wants none."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def keys(self, scale: int) -> list[str]:
        """The names of as many open challenges as the scale asks for."""
        return [_key(number) for number in range(scale * AT_A_TIME)]

    def call(self, number: int) -> Call:
        """The open challenge of that number, from 0; the first ten close within a week, records repeat after 215."""
        near = number < CLOSING_WITHIN_A_WEEK
        chance = self.stage.chance(f"{number}:left")
        left = 1 + number % 6 if near else chance.randint(SHORTEST, LONGEST)
        before, place = divmod(number, len(self.records))
        return Call(_key(number), self.records[place], left, before + 1)

    @cached_property
    def mapping(self) -> Mapping:
        """What industries and region texts mean here."""
        return registry.mapping()

    @cached_property
    def records(self) -> list[Record]:
        """All synthetic records in an order of chance, those in English early so that the smallest demo has them."""
        checked = [_checked(values, self.mapping) for values in script.records("challenges.jsonl")]
        self.stage.chance("records").shuffle(checked)
        english = [one for one in checked if one.language == "en"]
        chinese = [one for one in checked if one.language != "en"]
        return [*chinese[:CLOSING_WITHIN_A_WEEK], *english, *chinese[CLOSING_WITHIN_A_WEEK:]]


def tell(repertoire: Repertoire, number: int) -> None:
    """Draft, submit and approve the challenge at moments that leave solvers their fifteen days (L02)."""
    call, stage = repertoire.call(number), repertoire.stage
    sponsor, officer = _sponsor(call.record, stage)
    publish(_posting(call, sponsor, officer, stage), sponsor, officer, stage, key=call.key, left=call.left)


def publish(content: Posting, sponsor: Organisation, officer: User, stage: Stage, *, key: str, left: int) -> None:
    """Draft, submit and approve this content so that `left` days are left to its deadline."""
    chance = stage.chance(key)
    submitted = min(left - 16, -1 - chance.randint(1, 18))
    hour, minute = chance.randint(9, 16), chance.randint(0, 59)
    with stage.on(submitted - 1, hour, minute):
        drafted = posting.draft_challenge(actor=officer, content=content, sponsor=sponsor)
    with stage.on(submitted, hour, minute):
        posting.submit_challenge(public_id=drafted.public_id, actor=officer)
    with stage.on(submitted + 1, hour, minute):
        troupe.have_cards_at_hand()
        posting.approve_challenge(
            public_id=drafted.public_id,
            actor=troupe.person(cast.ELSEWHERE.key),
            adjudicator=troupe.person("adjudicator"),
            supervisor=troupe.person("supervisor"),
        )


def _key(number: int) -> str:
    return f"open-{number + 1:04d}"


def _checked(values: dict[str, Any], mapping: Mapping) -> Record:
    found = posting_from(values, mapping)
    if isinstance(found, str):
        raise TypeError(f"challenges.jsonl, {values.get('id')}: {found}")
    return found


def _sponsor(record: Record, stage: Stage) -> tuple[Organisation, User]:
    """The invented organisation that posts such needs in this region, entered when it is first wanted."""
    public = record.sponsor_kind in PUBLIC_BODIES
    key = f"{'office' if public else 'works'}{record.region_code or 'CN'}".lower()
    known = User.objects.filter(email=f"{key}@{cast.MAIL_HOST}").first()
    if known is not None:
        return Organisation.objects.select_related("region").get(memberships__user=known), known
    region = Region.objects.get(code=record.region_code or "CN")
    with stage.on(troupe.LONG_AGO + 2, 10):
        chance = stage.chance(key)
        name = chance.choice(SURNAMES) + chance.choice(GIVEN)
        officer = troupe.enrol(cast.Player(key=key, name=name, part=cast.REVIEWER))
        said = _bureau(region) if public else _company(region, chance.choice(BRANDS), chance.choice(_CLASSES))
        return troupe.found(officer, {**said, "region": region.code}), officer


_CLASSES = (SponsorClass.LISTED, SponsorClass.SME, SponsorClass.STATE_OWNED, SponsorClass.LEADING_ENTERPRISE)


def _bureau(region: Region) -> dict[str, str]:
    return {
        "kind": "GOVERNMENT",
        "class": SponsorClass.LOCAL_GOVERNMENT,
        "name": f"{region.name_zh}科创发展局（示例）",
        "name_en": f"{region.name_en} Bureau for Innovation (sample)",
    }


def _company(region: Region, brand: str, sponsor_class: str) -> dict[str, str]:
    return {
        "kind": "ENTERPRISE",
        "class": sponsor_class,
        "name": f"{region.name_zh}{brand}科技集团（示例）",
        "name_en": f"Technology Group of {region.name_en} (sample)",
    }


def _posting(call: Call, sponsor: Organisation, officer: User, stage: Stage) -> Posting:
    record, chance = call.record, stage.chance(f"{call.key}:posting")
    english = record.language == "en"
    mode = chance.choice(ChallengeMode.values)
    title = record.title if call.round == 1 else f"{record.title}（{call.round}）"
    return Posting(
        **contact_of(sponsor, officer),
        title=title,
        title_en=title if english else "",
        description=record.description,
        description_en=record.description if english else "",
        language="en" if english else "zh-hans",
        kind="CORE_TECH_TASK" if sponsor.kind == "GOVERNMENT" else "TECH_NEED",
        problem_kind=chance.choice(ProblemKind.values),
        mode=mode,
        fields=fields_of(record.field_codes),
        keywords=tuple(record.keywords),
        region=sponsor.region,
        indicators=tuple(IndicatorLine(**line) for line in record.indicators),
        criteria=criteria_of(mode, record.language),
        bounty_amount=record.bounty_amount or 50 * FEN_PER_WAN,
        deadline=stage.deadline(call.left),
        ip_terms=chance.choice(IPTerms.values),
        no_secrets=True,
    )
