"""Things tests need, made through the services wherever one exists. What you name is what you get."""

import io
from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from marketplace.accounts import papers, uscc
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Expert, Membership, Organisation, SponsorClass, User
from marketplace.accounts.particulars import Particulars
from marketplace.accounts.roles import Role, Scope
from marketplace.identity import documents
from marketplace.identity.lifecycle import RealNameState
from marketplace.identity.models import RealNameVerification
from marketplace.kernel import clock
from marketplace.registry.models import Region, TechnologyField
from marketplace.sealing import queries as sealing_queries
from marketplace.sealing import services as sealing
from marketplace.vault import store
from marketplace.vault.lifecycle import FileState
from marketplace.vault.models import StoredFile
from tasks.adjudication import opening
from tasks.adjudication import queries as adjudication_queries
from tasks.adjudication import services as judging
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tasks.challenges.posting import CriterionLine, IndicatorLine, Posting
from tasks.proposals import services as proposing
from tasks.proposals.content import Content
from tasks.proposals.models import Proposal

_numbers = count(1)
_phrases: dict[str, str] = {}
"""By the public id of a key."""
_codes: dict[str, str] = {}
"""By the public id of a proposal."""


def region(code: str = "420100", name_zh: str = "武汉市", name_en: str = "Wuhan", kind: str = "CITY") -> Region:
    """A region, made once per code."""
    defaults = {"name_zh": name_zh, "name_en": name_en, "kind": kind}
    return Region.objects.get_or_create(code=code, defaults=defaults)[0]


def field(code: str = "new-energy") -> TechnologyField:
    """A technology field, made once per code."""
    return TechnologyField.objects.get_or_create(code=code, defaults={"name_zh": code, "name_en": code, "order": 1})[0]


def person(name: str = "", *, verified: bool = True, known: bool = True) -> User:
    """A person with an account; `verified` is their e-mail address, `known` whether their real name was compared."""
    number = next(_numbers)
    user = User.objects.create_user(
        f"person{number}@example.org", "a good password", display_name=name or f"人{number}"
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    if known:
        document = documents.other("工作证", f"人员{number:04d}")
        RealNameVerification.objects.create(
            user=user,
            state=RealNameState.VERIFIED,
            region=region(),
            **RealNameVerification.columns(user.display_name, document),
        )
    return user


def officer_with(role: Role, *, code: str = "420000", name: str = "") -> User:
    """A person who holds a role for a region."""
    user = person(name)
    accounts.grant_role(user=user, role=role, scope=Scope.REGION, scope_id=code)
    return user


def organisation(owner: User, *, kind: str = "ENTERPRISE", code: str = "420100", verified: bool = True) -> Organisation:
    """An organisation of this owner, verified by its region's administrator unless told otherwise."""
    number = next(_numbers)
    numbers = {"uscc": credit_code(number)} if code.isdigit() else {"register_number": f"R {number}"}
    particulars = Particulars(kind=kind, name=f"单位{number}", region=region(code), **numbers)
    made = accounts.register_organisation(actor=owner, particulars=particulars)
    letter(made, owner)
    if verified:
        admin = officer_with(Role.REGION_ADMIN, code=code)
        made = accounts.verify_organisation(public_id=made.public_id, actor=admin, sponsor_class=SponsorClass.SME)
    return made


def credit_code(number: int) -> str:
    """A valid code that is nobody's: no place in China has the digits 000000."""
    body = f"91000000F{number:08d}"
    return body + uscc.check_character(body)


def scan_of_a_letter() -> SimpleUploadedFile:
    """A picture as it is handed in with a registration."""
    content = io.BytesIO()
    Image.new("RGB", (40, 30), 1).save(content, "PNG")
    return SimpleUploadedFile("授权书.png", content.getvalue())


def letter(organisation: Organisation, owner: User) -> StoredFile:
    """Its authorising letter as the scanner leaves it; the content itself is nobody's concern here."""
    return StoredFile.objects.create(
        state=FileState.CLEAN,
        door=papers.CODE,
        holder=organisation.public_id,
        purpose=papers.Paper.AUTHORISING_LETTER,
        name="授权书.pdf",
        kind="pdf",
        size=1,
        digest="0" * 64,
        place=store.new_place(),
        concealed_key="-",
        uploaded_by=owner,
    )


def expert(*, code: str = "330100", fields: tuple[TechnologyField, ...] = ()) -> User:
    """A person of the expert database, from Hangzhou unless told otherwise, so from elsewhere for a Wuhan challenge."""
    user = person()
    entry = Expert.objects.create(
        user=user, label=user.display_name, expertise="评审", region=region(code, "杭州市", "Hangzhou")
    )
    entry.fields.set(fields)
    return user


def posting_content(**changes: Any) -> Posting:
    """A complete posting: task mode, three million yuan, thirty days, weights 60 and 40."""
    values: dict[str, Any] = {
        "title": "固态电池界面阻抗降低",
        "description": "需要把固态电解质与正极之间的界面阻抗降低一个数量级。",
        "problem_kind": "KEY",
        "mode": "TASK",
        "fields": (field(),),
        "indicators": (IndicatorLine("界面阻抗", "≤", "10", "Ω·cm²"),),
        "criteria": (CriterionLine("技术方案", 60), CriterionLine("可行性", 40)),
        "bounty_amount": 3_000_000_00,
        "deadline": clock.now() + timedelta(days=30),
        "ip_terms": "JOINT",
        "contact_office": "技术处",
        "contact_telephone": "027-00000000",
        "contact_address": "武汉市示例路 1 号",
        "no_secrets": True,
    }
    return Posting(**{**values, **changes})


def draft(owner: User | None = None, **changes: Any) -> Challenge:
    """A complete draft of a verified organisation."""
    owner = owner or person()
    return posting.draft_challenge(actor=owner, content=posting_content(**changes), sponsor=organisation(owner))


def opening_officers() -> list[User]:
    """The two who hold the keys, enrolled once a test; `phrase_of` knows what they would type."""
    found = list(User.objects.filter(opening_keys__state="IN_FORCE").order_by("pk"))
    if found and len(sealing_queries.able(region())) < sealing_queries.ENOUGH:
        for officer in found:
            sealing.prove(actor=officer, phrase=phrase_of(officer))
    return found or [enrolled(opening_officer()) for _one in range(2)]


def opening_officer() -> User:
    """An opening officer of the whole platform, without a key."""
    officer = person()
    accounts.grant_role(user=officer, role=Role.OPENING_OFFICER, scope=Scope.PLATFORM)
    return officer


def enrolled(officer: User) -> User:
    """An opening officer with a key whose phrase was typed once."""
    enrolment = sealing.enrol(actor=officer)
    _phrases[enrolment.key.public_id] = enrolment.phrase
    sealing.prove(actor=officer, phrase=enrolment.phrase)
    return officer


def phrase_of(officer: User) -> str:
    """What this officer would type."""
    key = sealing_queries.key_in_force(officer)
    assert key
    return _phrases[key.public_id]


def know(phrases: Mapping[str, str]) -> None:
    """Phrases that another process of the same test made, by their officer's address."""
    for officer in User.objects.filter(email__in=phrases):
        key = sealing_queries.key_in_force(officer)
        assert key
        _phrases[key.public_id] = phrases[officer.email]


def submitted(**changes: Any) -> Challenge:
    """A posting that waits for its region's administrator; there are officers to hold its key."""
    opening_officers()
    made = draft(**changes)
    return posting.submit_challenge(public_id=made.public_id, actor=made.author)


def open_challenge(**changes: Any) -> Challenge:
    """A challenge that takes proposals; its adjudicator and supervisor are named."""
    return published(draft(**changes))


def published(drafted: Challenge) -> Challenge:
    """A complete draft, handed in and approved; there are officers to hold its key."""
    opening_officers()
    made = posting.submit_challenge(public_id=drafted.public_id, actor=drafted.author)
    return posting.approve_challenge(
        public_id=made.public_id,
        actor=officer_with(Role.REGION_ADMIN),
        adjudicator=officer_with(Role.ADJUDICATOR),
        supervisor=officer_with(Role.SUPERVISOR),
    )


def content(**changes: Any) -> Content:
    """A complete answer at two million yuan."""
    values: dict[str, Any] = {
        "title": "原位固化界面层方案",
        "approach": "在正极表面原位生成离子导电层。",
        "indicators_answer": "界面阻抗 8 Ω·cm²,实测。",
        "schedule": "三个里程碑,共十二个月。",
        "team": "课题组六人。",
        "price_amount": 2_000_000_00,
        "ai_use": "NONE",
    }
    return Content(**{**values, **changes})


def proposal_draft(challenge: Challenge, author: User | None = None, **changes: Any) -> Proposal:
    """A complete draft answer."""
    author = author or person()
    begun = proposing.start_proposal(challenge_id=challenge.public_id, actor=author)
    return proposing.save_proposal(
        public_id=begun.public_id, actor=author, content=content(**changes), organisation=None
    )


def submitted_proposal(challenge: Challenge, author: User | None = None, **changes: Any) -> Proposal:
    """A submitted answer."""
    begun = proposal_draft(challenge, author, **changes)
    _codes[begun.public_id] = begun.as_kept.code
    return proposing.submit_proposal(public_id=begun.public_id, actor=begun.author)


def code_of(proposal_id: str) -> str:
    """The reading code of a submitted answer, as its author noted it down; of no use for any other."""
    return _codes.get(proposal_id, "none")


def closed(challenge: Challenge) -> Challenge:
    """The challenge after its deadline, moved there by the tests' clock."""
    from tests import clock as movable  # the clock is the tests' own, not a thing factories make

    assert challenge.deadline is not None
    movable.shift(seconds=(challenge.deadline - clock.now()).total_seconds() + 1)
    return posting.close_challenge(public_id=challenge.public_id)


def opened(challenge: Challenge) -> Challenge:
    """The closed challenge with every confirmation given."""
    assert challenge.supervisor
    opening.confirm_opening(public_id=challenge.public_id, actor=challenge.supervisor)
    for officer in sealing_queries.holders_of(challenge.public_id)[:2]:
        challenge = opening.confirm_opening(public_id=challenge.public_id, actor=officer, phrase=phrase_of(officer))
    return challenge


def under_review(challenge: Challenge, *, reviewers: int = 3) -> Challenge:
    """The opened challenge with every proposal admitted and a panel that has accepted."""
    assert challenge.adjudicator
    for one in challenge.proposals.filter(state="OPENED"):
        judging.admit_proposal(public_id=challenge.public_id, code=one.code, actor=challenge.adjudicator)
    while len(adjudication_queries.candidates(challenge)[0]) < reviewers:
        expert()
    judging.draw_panel(public_id=challenge.public_id, actor=challenge.adjudicator, size=reviewers)
    for seat in adjudication_queries.seated(challenge):
        judging.accept_invitation(public_id=seat.public_id, actor=seat.reviewer, declaration="无利益冲突")
    return judging.start_review(public_id=challenge.public_id, actor=challenge.adjudicator)


def scored(challenge: Challenge, points: dict[str, int]) -> Challenge:
    """Every reviewer gives each proposal (by code) the same points on every criterion, and locks."""
    criteria = list(challenge.criteria.all())
    for seat in adjudication_queries.seated(challenge):
        for code, given in points.items():
            judging.lock_review(
                public_id=seat.public_id,
                code=code,
                actor=seat.reviewer,
                points=dict.fromkeys(criteria, given),
                comment="意见",
            )
    return challenge


def adjudicated(challenge: Challenge, winner: str = "P01") -> Challenge:
    """The decision made and the notice running."""
    assert challenge.adjudicator
    return judging.adjudicate(
        public_id=challenge.public_id, actor=challenge.adjudicator, winner=winner, reasons="综合最优。"
    )


def member(organisation: Organisation, user: User, place: str = Membership.Place.MEMBER) -> Membership:
    """Somebody who belongs to the organisation from now on."""
    return accounts.add_member(organisation=organisation, user=user, place=place)
