"""From a story's words to a posting, and the story told from its first draft to its end."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import override

from marketplace.accounts.models import Organisation, User
from marketplace.demo.telling import troupe
from marketplace.demo.telling.acts import ENDINGS, Scene
from marketplace.demo.telling.script import Story, batches, stories
from marketplace.demo.telling.stage import Stage
from marketplace.kernel.money import FEN_PER_WAN
from marketplace.registry.models import TechnologyField
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge, ChallengeBatch, ChallengeMode
from tasks.challenges.posting import CriterionLine, IndicatorLine, MilestoneLine, PlaceLine, Posting

WEIGHTS = {
    ChallengeMode.TASK: (("技术方案", 40), ("指标响应", 30), ("可行性与风险", 20), ("进度与报价", 10)),
    ChallengeMode.BOUNTY: (("实测结果", 50), ("证据完整性", 30), ("可复现性", 20)),
}
WEIGHTS_EN = {
    ChallengeMode.TASK: (
        ("technical approach", 40),
        ("indicators met", 30),
        ("feasibility and risk", 20),
        ("schedule and price", 10),
    ),
    ChallengeMode.BOUNTY: (("measured results", 50), ("completeness of evidence", 30), ("reproducibility", 20)),
}
BATCH_DAY = -15


def tell(story: Story, stage: Stage) -> None:
    """Play the story through the services, up to the state it names."""
    scene = Scene(story, stage)
    with stage.on(story.submitted - 1, 15, 10):
        scene.challenge_id = _draft(story, stage).public_id
    for act in ENDINGS[story.state]:
        act(scene)


def publish_batches(stage: Stage) -> None:
    """Begin the batches (榜单) to which stories add their challenges (N17c)."""
    for said in batches():
        organisation, officer = troupe.place(said["sponsor"])
        with stage.on(BATCH_DAY, 9):
            posting.publish_batch(
                actor=officer,
                organisation=organisation,
                title=said["title"],
                title_en=said["title_en"],
                study=said["study"],
            )


def contact_of(organisation: Organisation, officer: User) -> dict[str, Any]:
    """Where objections go: plainly invented, like the organisation."""
    with override("zh-hans"):
        return {
            "contact_office": "科技管理处",
            "contact_person": officer.display_name,
            "contact_telephone": "0000-00000000",
            "contact_address": f"{organisation.region.full_name}示例路 1 号",
        }


def criteria_of(mode: str, language: str = "zh-hans") -> tuple[CriterionLine, ...]:
    """What reviewers score in this mode, with the weights."""
    weights = WEIGHTS_EN if language == "en" else WEIGHTS
    return tuple(CriterionLine(name, weight) for name, weight in weights[ChallengeMode(mode)])


def terms_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a story promises beside its need, as the posting takes it; prizes are told in 万元."""
    told = dict(said)
    read: dict[str, Any] = {
        "criteria": lambda line: CriterionLine(**line),
        "milestones": lambda line: MilestoneLine(*line),
        "places": lambda wan: PlaceLine(int(wan * FEN_PER_WAN)),
        "reward_kinds": str,
    }
    return told | {name: tuple(map(parse, told[name])) for name, parse in read.items() if name in told}


def fields_of(codes: list[str]) -> tuple[TechnologyField, ...]:
    """Technology fields by code."""
    return tuple(TechnologyField.objects.filter(code__in=codes))


def _draft(story: Story, stage: Stage) -> Challenge:
    sponsor, officer = troupe.place(story.said["sponsor"])
    content = _posting(story.posting, sponsor, officer, stage.deadline(story.deadline))
    return posting.draft_challenge(
        actor=officer, content=content, sponsor=sponsor, batch=_batch(story), parent=_whole(story)
    )


def _posting(said: Mapping[str, Any], sponsor: Organisation, officer: User, deadline: datetime) -> Posting:
    contact = contact_of(sponsor, officer) | {"contact_office": said["office"]}
    texts = {name: said.get(name, "") for name in ("title", "title_en", "description", "description_en")}
    usual = Posting(
        **texts,
        **contact,
        kind=said.get("kind", "TECH_NEED"),
        problem_kind=said["problem_kind"],
        mode=said["mode"],
        fields=fields_of(said["fields"]),
        keywords=tuple(said["keywords"]),
        region=sponsor.region,
        indicators=tuple(IndicatorLine(*line) for line in said["indicators"]),
        criteria=criteria_of(said["mode"]),
        bounty_amount=int(said["wan"] * FEN_PER_WAN),
        deadline=deadline,
        ip_terms=said["ip_terms"],
        no_secrets=True,
        reserved_for_sme="sme" in said,
        eligibility_reason=said.get("sme", ""),
    )
    return replace(usual, **terms_of(said.get("terms", {})))


def _batch(story: Story) -> ChallengeBatch | None:
    said = next((one for one in batches() if one["key"] == story.said.get("batch")), None)
    return ChallengeBatch.objects.get(title=said["title"], is_sample=True) if said else None


def _whole(story: Story) -> Challenge | None:
    if "parent" not in story.said:
        return None
    whole = next(one for one in stories() if one.key == story.said["parent"])
    return Challenge.objects.get(title=whole.posting["title"], is_sample=True)
