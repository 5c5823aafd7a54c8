"""One world with every object in every state that a route can be asked about, built once and left as it is."""

from dataclasses import dataclass, field
from datetime import timedelta

from allauth.mfa.models import Authenticator

from marketplace.accounts import membership
from marketplace.accounts import queries as people_queries
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Device, Expert, Membership, Organisation, User
from marketplace.accounts.roles import Role
from marketplace.administration import resetting
from marketplace.consents import queries
from marketplace.consents import services as consents
from marketplace.consents.terms import Period
from marketplace.identity import documents
from marketplace.identity import services as identity
from marketplace.identity.services import Application
from marketplace.kernel import clock
from marketplace.outbox.models import Delivery
from marketplace.profiles import services as profiles
from marketplace.registry.models import PublishedChallenge
from marketplace.structure import claiming
from marketplace.structure import services as structure
from marketplace.structure.models import MailDomain
from marketplace.vault.models import StoredFile
from tasks.adjudication import queries as judging_queries
from tasks.adjudication import services as judging
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tasks.diagnosis.models import Diagnosis
from tasks.proposals.models import Proposal
from tests import clock as movable
from tests import factories
from tests.administration import staff
from tests.matrix import calls, people
from tests.profiles.people import EVERYTHING_PUBLIC, citation, profile_of, published
from tests.relay import drain
from tests.tasks.sheets import files

NUMBER = "矩阵证号7788"
"""What stands on the document of somebody who waits to be verified."""
CASES = ("sealed", "fresh", "opened", "reviewing", "scored", "notice", "awarded", "failed")
"""Challenges of the sponsor past their deadline, each named by how far it has come."""

SHOWN = ("search.challenges", "notices.tell")
"""Whose deliveries pages show: letters and sockets are no business of a page, and take their time."""


@dataclass
class World:
    """The people by role, the objects' ids by name, the texts that are secrets, and when it is."""

    people: dict[str, User]
    ids: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, frozenset[str]] = field(default_factory=dict)
    """Each secret text with the roles that may read it, wherever they look."""
    ahead: timedelta = timedelta()

    def keep(self, text: str, *roles: str) -> str:
        """The text, from now on a secret of these roles."""
        self.secrets[text] = frozenset(roles)
        return text

    def challenge(self, name: str) -> Challenge:
        return Challenge.objects.get(public_id=self.ids[name])


INSIDE = ("auth", "offc")
CODE = "12345678"
"""What the letter to a postmaster says."""
OFFICERS = ("judg", "supv")
PANEL = ("revw", "invt")


def built() -> World:
    """The world, ready."""
    world = World(people.cast())
    _regions()
    sponsor = _sponsor(world)
    _another_case(world)
    cases = {name: _published(world, sponsor, name) for name in CASES}
    _answers(world, cases)
    for challenge in cases.values():
        if clock.now() < (challenge.deadline or clock.now()):
            movable.shift(seconds=(challenge.deadline - clock.now()).total_seconds() + 1)  # type: ignore[operator]  # published with one
        posting.close_challenge(public_id=challenge.public_id)
    _judged(world, cases)
    _before_publication(world, sponsor)
    _diagnosed(world, sponsor)
    _open(world, sponsor)
    calls.amended(world)
    calls.asked(world)
    calls.followed(world)
    _published(world, sponsor, "cancelled")
    calls.cancelled(world)
    _published(world, sponsor, "held")
    calls.held(world)
    _published(world, sponsor, "teamed")
    calls.teamed(world)
    _organisations(world)
    _lists(world, sponsor)
    _archive(world)
    people.leave(world.people["frmr"], world.people["left"])
    world.ids["device"] = Device.objects.create(user=world.people["rivl"], session_key="of no session").public_id
    _nameless(world)
    _proposed_office(world)
    _lost_factors(world)
    _profiles(world)
    asked = membership.invite(
        organisation_id=world.ids["sponsor"],
        actor=world.people["auth"],
        email=world.people["rivl"].email,
        place=Membership.Place.MEMBER,
    )
    world.ids |= {"invitation": asked.public_id, "officer": world.people["offc"].public_id}
    _consents(world)
    _made_up(world)
    Delivery.objects.exclude(listener__in=SHOWN).delete()
    drain()
    world.ahead = movable.offset()
    return world


def _made_up(world: World) -> None:
    """The sponsor has a department, somebody who says to belong to it, and a domain that waits for its code."""
    here, owner = world.ids["sponsor"], world.people["auth"]
    department = structure.open_department(
        organisation_id=here, actor=owner, name=world.keep("矩阵部门", *INSIDE, "memb")
    )
    child = people_queries.owned_by(world.people["forn"]).filter(state="VERIFIED").earliest("pk")
    parent = Organisation.objects.get(public_id=here)
    said = structure.propose_parent(organisation_id=child.public_id, actor=world.people["forn"], parent=parent.uscc)
    claim = claiming.claim_domain(organisation_id=here, actor=owner, domain="matrix.example", mailbox="postmaster")
    MailDomain.objects.filter(pk=claim.pk).update(code=claiming.hashed(CODE))
    world.ids |= {"department": department.public_id, "affiliation": said.public_id, "domain": claim.public_id}


def _consents(world: World) -> None:
    """One of the sponsor's people asks its officers, somebody else an employer who answers by letter."""
    days = Period(queries.today(), queries.today() + timedelta(days=99))
    sponsor = Organisation.objects.get(public_id=world.ids["sponsor"])
    here = consents.Wish(kind="IN_SERVICE", period=days, organisation=sponsor)
    letter = consents.Wish(
        kind="IN_SERVICE",
        period=days,
        employer=world.keep("矩阵雇主", "solv", "regn"),
        region=factories.region(),
    )
    for name, who, wish in (("consent", "memb", here), ("consent_letter", "solv", letter)):
        world.ids[name] = consents.ask_for_consent(actor=world.people[who], wish=wish).public_id


def _nameless(world: World) -> None:
    """Somebody of Wuhan has said who they are."""
    application = Application(
        name=world.keep("矩阵实名", "regn"), document=documents.other("工作证", NUMBER), region=factories.region()
    )
    said = identity.apply_for_verification(actor=factories.person(known=False), application=application)
    world.ids["real_name"] = said.public_id


def _proposed_office(world: World) -> None:
    """Another security administrator proposes an office for somebody."""
    proposed = staff.proposed(staff.office(Role.SECURITY_ADMIN), factories.person())
    world.ids["request"] = proposed.public_id


def _lost_factors(world: World) -> None:
    """Somebody has lost their second factor; and so has the rival, who has none any more."""
    world.ids["lost"] = resetting.ask(actor=staff.with_app(factories.person()), reason="手机丢失").public_id
    own = resetting.ask(actor=staff.with_app(world.people["rivl"]), reason="手机丢失")
    world.ids |= {"lost_own": own.public_id, "lost_token": resetting.token_of(own)}
    Authenticator.objects.filter(user=world.people["rivl"]).delete()


def _profiles(world: World) -> None:
    """Somebody's published page, of which a part is theirs alone; and the rival's, which is not published."""
    alone = {**EVERYTHING_PUBLIC, "achievements": "PRIVATE"}
    shown = published(factories.person(), achievements=world.keep("矩阵不公开成果"), visibility=alone)
    hidden = profile_of(world.people["rivl"], expertise=world.keep("矩阵未发布专长", "rivl"))
    named = profiles.add_reference(actor=world.people["rivl"], citation=citation(title="矩阵论文"))
    world.ids |= {"page": shown.public_id, "hidden_page": hidden.public_id, "reference": named.public_id}


def _regions() -> None:
    factories.region("420000", "湖北省", "Hubei", "PROVINCE")
    factories.region("330000", "浙江省", "Zhejiang", "PROVINCE")
    factories.region("330100", "杭州市", "Hangzhou")


def _sponsor(world: World) -> Organisation:
    sponsor = factories.organisation(world.people["auth"])
    people.staff(sponsor, world.people)
    world.ids["sponsor"] = sponsor.public_id
    return sponsor


def _published(world: World, sponsor: Organisation, name: str) -> Challenge:
    made = _drafted(world, sponsor, title=f"矩阵公开题目{name}")
    posting.submit_challenge(public_id=made.public_id, actor=world.people["auth"])
    return _approved(world, made, name, judge="judg")


def _drafted(world: World, sponsor: Organisation, *, by: str = "auth", **content: object) -> Challenge:
    texts = factories.posting_content(**content)
    return posting.draft_challenge(actor=world.people[by], content=texts, sponsor=sponsor)


def _approved(world: World, challenge: Challenge, name: str, *, judge: str) -> Challenge:
    world.ids[name] = challenge.public_id
    factories.opening_officers()
    return posting.approve_challenge(
        public_id=challenge.public_id,
        actor=world.people["regn"],
        adjudicator=world.people[judge],
        supervisor=world.people["supv"] if judge == "judg" else factories.officer_with(factories.Role.SUPERVISOR),
    )


def _another_case(world: World) -> None:
    """A case of another sponsor with its own adjudicator and panel; its reviewers then leave the database."""
    owner = factories.person()
    other = _drafted(World({"auth": owner}), factories.organisation(owner), title="矩阵别家题目")
    posting.submit_challenge(public_id=other.public_id, actor=owner)
    challenge = _approved(world, other, "elsewhere", judge="judx")
    factories.submitted_proposal(challenge, title=world.keep("别家方案题目", "judx", "revx"))
    panel = (world.people["revx"], factories.person(), factories.person())
    people.into_the_database(*panel)
    factories.under_review(factories.opened(factories.closed(challenge)))
    world.ids["seat_elsewhere"] = world.people["revx"].assignments.get().public_id
    people.out_of_the_database(*panel)


def _answers(world: World, cases: dict[str, Challenge]) -> None:
    """Two known solvers answer every case, and in the announced ones a third, who wins and becomes public."""
    for name, challenge in cases.items():
        for role in ("solv", "rivl"):
            _answer(world, challenge, name, role)
        if name in {"notice", "awarded"}:
            won = factories.submitted_proposal(challenge, factories.person("公示中标人"), title="公示中标方案")
            world.ids[f"won_{name}"] = won.public_id


def _answer(world: World, challenge: Challenge, name: str, role: str) -> Proposal:
    may_read: tuple[str, ...] = (role,)
    if name != "sealed":
        may_read += OFFICERS
    blind = (*may_read, *PANEL) if name in {"reviewing", "scored"} else may_read
    made = factories.submitted_proposal(
        challenge,
        world.people[role],
        title=f"{name}案{role}方案",
        approach=world.keep(f"{name}案{role}技术路线机密", *blind),
        team=world.keep(f"{name}案{role}团队机密", *may_read),
    )
    world.ids[f"{role}_{name}"] = made.public_id
    return made


def _judged(world: World, cases: dict[str, Challenge]) -> None:
    """Each case as far as its name says."""
    experts = (world.people["revw"], world.people["invt"], factories.person("第三位评审"))
    people.into_the_database(*experts)
    for name in CASES[1:]:
        factories.opened(cases[name])
    _part_panel(world, cases["opened"])
    for name in ("reviewing", "scored", "notice", "awarded"):
        factories.under_review(cases[name])
    for name in ("scored", "notice", "awarded"):
        codes = {one.code: 90 if "中标" in one.content.title else 50 for one in cases[name].proposals.all()}
        factories.scored(cases[name], codes)
    for name in ("notice", "awarded"):
        winner = next(one for one in cases[name].proposals.all() if one.content.title == "公示中标方案")
        cases[name].refresh_from_db()
        notice = factories.adjudicated(cases[name], winner.code).notice
        world.ids[f"{name}_board"] = notice.public_id
        if name == "awarded":
            movable.shift(days=20)
            judging.finish_notice(public_id=cases[name].public_id)
    for code in ("P01", "P02"):
        judging.reject_proposal(public_id=world.ids["failed"], code=code, actor=world.people["judg"], reason="形式不符")
    judging.declare_failed(public_id=world.ids["failed"], actor=world.people["judg"], reasons="")
    for role in PANEL:
        seats = world.people[role].assignments
        for name in ("reviewing", "scored", "opened"):
            world.ids[f"{role}_seat_{name}"] = seats.get(panel__challenge=cases[name]).public_id


def _part_panel(world: World, challenge: Challenge) -> None:
    """A panel of which one reviewer has accepted and another has not answered."""
    actor = world.people["judg"]
    for one in challenge.proposals.all():
        judging.admit_proposal(public_id=challenge.public_id, code=one.code, actor=actor)
    judging.draw_panel(public_id=challenge.public_id, actor=actor, size=3)
    for seat in judging_queries.seated(challenge):
        if seat.reviewer != world.people["invt"]:
            judging.accept_invitation(public_id=seat.public_id, actor=seat.reviewer, declaration="无")


def _before_publication(world: World, sponsor: Organisation) -> None:
    """A draft, a returned and a submitted posting; a draft whose author has left; a batch nobody may see yet."""
    owner, admin = world.people["auth"], world.people["regn"]
    draft = _drafted(world, sponsor, title=world.keep("密室草稿题目", *INSIDE))
    world.ids["draft"] = draft.public_id
    left = _drafted(world, sponsor, by="left", title=world.keep("离职者草稿题目", *INSIDE))
    world.ids["draft_left"] = left.public_id
    for name, title in (("submitted", "待批题目机密"), ("returned", "退回题目机密")):
        made = _drafted(world, sponsor, title=world.keep(title, *INSIDE, "regn"))
        posting.submit_challenge(public_id=made.public_id, actor=owner)
        world.ids[name] = made.public_id
    reason = world.keep("退回理由机密", *INSIDE, "regn", "auda")
    posting.return_challenge(public_id=world.ids["returned"], actor=admin, reason=reason)
    hidden = posting.publish_batch(
        actor=owner, organisation=sponsor, title=world.keep("未公开榜单", *INSIDE), title_en="", study=""
    )
    world.ids["batch_hidden"] = hidden.public_id


def _diagnosed(world: World, sponsor: Organisation) -> None:
    """A draft on which a reviewer is asked to comment, and an expert who could be asked about another."""
    title = world.keep("求诊断的草稿题目", *INSIDE, "revw")
    made = _drafted(world, sponsor, title=title)
    owner, expert = world.people["auth"], world.people["revw"]
    row = Diagnosis.objects.create(challenge=made, expert=expert, asked_by=owner, read_at=clock.now())
    world.ids["diagnosis"] = row.public_id
    world.ids["askable"] = Expert.objects.get(user=factories.expert(fields=(factories.field(),))).public_id


def _open(world: World, sponsor: Organisation) -> None:
    """Two open challenges: one with answers begun and handed in, one that nobody has answered; a public batch."""
    owner = world.people["auth"]
    batch = posting.publish_batch(actor=owner, organisation=sponsor, title="公开榜单", title_en="", study="")
    world.ids["batch"] = batch.public_id
    content = factories.posting_content(title="矩阵公开题目open")
    made = posting.draft_challenge(actor=owner, content=content, sponsor=sponsor, batch=batch)
    posting.submit_challenge(public_id=made.public_id, actor=owner)
    challenge = _approved(world, made, "open", judge="judg")
    text = world.keep("征集中草稿路线", "solv")
    begun = factories.proposal_draft(challenge, world.people["solv"], approach=text)
    world.ids["solv_draft"] = begun.public_id
    handed = factories.submitted_proposal(
        challenge, world.people["rivl"], title=world.keep("征集中方案题目", "rivl"), price_amount=1_234_567_00
    )
    world.ids["rivl_open"] = handed.public_id
    _published(world, sponsor, "unanswered")


def _organisations(world: World) -> None:
    owner = world.people["forn"]
    factories.organisation(owner)
    for name, title in (("pending", "待核单位机密"), ("refused", "退回单位机密")):
        made = factories.organisation(owner, verified=False)
        Organisation.objects.filter(pk=made.pk).update(name=world.keep(title, "forn", "regn"))
        world.ids[name] = made.public_id
    letter = StoredFile.objects.get(holder=world.ids["pending"])
    letter.name = world.keep("待核单位授权书.pdf", "forn", "regn")
    letter.save(update_fields=["name"])
    world.ids["paper"] = letter.public_id
    for name in ("expired", "suspended"):
        once = factories.organisation(owner)
        Organisation.objects.filter(pk=once.pk).update(state=name.upper())
        world.ids[name] = once.public_id
    reason = world.keep("退回单位理由", "forn", "regn", "auda")
    accounts.return_organisation(public_id=world.ids["refused"], actor=world.people["regn"], reason=reason)


def _lists(world: World, sponsor: Organisation) -> None:
    """A list that is through, with a faulty row, and the same once more, waiting for its uploader's word."""
    office = (world.people["auth"], sponsor)
    bad = (world.keep("坏行题目机密", *INSIDE), "", "越小越好", "很多", "明年")
    good = (world.keep("导入草稿题目", *INSIDE), *files.GOOD[1:])
    content = files.delimited(good, bad)
    world.ids["list"] = files.through(files.uploaded(content, by=office)).public_id
    world.ids["list_held"] = files.uploaded(content, by=office).public_id


def _archive(world: World) -> None:
    made = PublishedChallenge.objects.create(
        source_id="M1", language="zh", title="榜单旧题", description="旧。", published_year=2023,
        region=factories.region(), region_text="湖北", source_url="https://example.org/list", digest="0" * 64,
    )  # fmt: skip
    world.ids["archived"] = made.public_id
    entry = world.people["revw"].expert
    world.ids["expert"] = entry.public_id
