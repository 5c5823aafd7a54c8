"""What each POST of the matrix sends: always what would succeed, if the person may do it and the state allows it."""

import json
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tasks.proposals import receipts
from tasks.proposals.models import SubmissionReceipt
from tasks.teams import queries, shares
from tasks.teams.models import Team
from tasks.web.forms.receipts import as_text
from tests import factories
from tests.matrix.world import CODE, NUMBER, World
from tests.profiles.people import citation
from tests.profiles.records import record, work
from tests.profiles.typed import PROFILE
from tests.tasks.sheets import files
from tests.tasks.web import typed

Data = dict[str, Any]


def data(world: World, route: str, thing: str) -> Data:
    """The form of this route, filled in."""
    make = FORMS.get(route)
    return make(world, thing) if make else {}


def _organisation(_world: World, _thing: str) -> Data:
    said = {"kind": "ENTERPRISE", "name": "新名单位", "region": "420100", "uscc": factories.credit_code(7_000_003)}
    return {**said, "file": factories.scan_of_a_letter()}


def _approval(world: World, _thing: str) -> Data:
    return {"adjudicator": world.people["judg"].public_id, "supervisor": world.people["supv"].public_id}


def _score(_world: World, _thing: str) -> Data:
    return {"points_0": "80", "points_1": "70", "comment": "意见", "version": "0"}


def _posting(world: World, _thing: str) -> Data:
    return typed.posting(organisation=world.ids["sponsor"], sponsor=world.ids["sponsor"])


def _paper(_world: World, _thing: str) -> Data:
    return {"purpose": "CLASS_EVIDENCE", "file": factories.scan_of_a_letter()}


def _batch(world: World, _thing: str) -> Data:
    return {"organisation": world.ids["sponsor"], "kind": "BATCH", "title": "下期榜单", "opens_on": "2027-01-15"}


def _list(world: World, _thing: str) -> Data:
    content = SimpleUploadedFile("榜单.csv", files.delimited(("另一行", *files.GOOD[1:])), "text/csv")
    return {"file": content, "organisation": world.ids["sponsor"], "sponsor": world.ids["sponsor"]}


def _record(_world: World, _thing: str) -> Data:
    return {"file": SimpleUploadedFile("record.json", json.dumps(record(work("甲文"))).encode())}


def _phrase(world: World, _thing: str) -> Data:
    return {"phrase": factories.phrase_of(world.people["ofcr"])}


def _code(world: World, thing: str) -> Data:
    return {"code": factories.code_of(world.ids.get(thing, ""))}


def _receipt(world: World, _thing: str) -> Data:
    row = SubmissionReceipt.objects.filter(envelope__proposal__public_id=world.ids["rivl_open"]).get()
    return {"text": as_text(receipts.document(row))}


def _shares(world: World, _thing: str) -> Data:
    members = queries.joined(Team.objects.get(public_id=world.ids["team"]))
    return {f"{kind}_{one.public_id}": "50" for kind in ("work", "reward") for one in members}


def _agreement(world: World, _thing: str) -> Data:
    return {"digest": shares.digest(queries.joined(Team.objects.get(public_id=world.ids["team"])))}


def _always(**sent: Any) -> Callable[[World, str], Data]:
    return lambda _world, _thing: dict(sent)


FORMS: dict[str, Callable[[World, str], Data]] = {
    "adjudication:confirm": _phrase,
    "sealing:prove": _phrase,
    "proposals:reread": _code,
    "proposals:replace": _code,
    "proposals:check": _receipt,
    "accounts:profile": _always(display_name="新名字", language="en"),
    "accounts:organisation_new": _organisation,
    "accounts:invite": _always(email="neu@example.org", place="MEMBER"),
    "accounts:member_place": _always(place="MEMBER"),
    "privacy:erase": _always(sure="on"),
    "identity:compare": _always(number_read=NUMBER),
    "identity:return": _always(reason="姓名不一致"),
    "accounts:organisation_resubmit": _organisation,
    "accounts:organisation_verify": _always(sponsor_class="SME"),
    "accounts:organisation_return": _always(reason="请更正。"),
    "accounts:organisation_suspend": _always(reason="核查中。"),
    "accounts:organisation_restore": _always(reason="已更正。"),
    "accounts:release_rule": _always(by_two="1"),
    "structure:department_open": _always(name="新部门"),
    "structure:department_rename": _always(name="更名部门"),
    "structure:parent": _always(parent="没有这个单位"),
    "structure:domain_claim": _always(domain="another.example", mailbox="postmaster"),
    "structure:domain_prove": _always(code=CODE),
    "consents:give": _always(conditions=["DUTIES_DONE", "UNIT_UNHARMED", "UNIT_AGREES"]),
    "consents:refuse": _always(reason="不同意。"),
    "consents:revoke": _always(reason="撤回。"),
    "administration:propose": lambda world, _thing: {
        "person": world.people["strn"].public_id,
        "act": "GIVE",
        "role": "OBSERVER",
        "reason": "督导",
    },
    "administration:refuse": _always(reason="不妥"),
    "administration:reset_vouch": _always(how="已电话核实"),
    "administration:reset_refuse": _always(reason="未能核实"),
    "lost:ask": _always(reason="手机丢失"),
    "administration:export": _always(format="csv"),
    "profiles:mine": _always(**PROFILE),
    "profiles:references": _always(kind="PUBLICATION", title="另一篇论文"),
    "profiles:import": _record,
    "profiles:take": _always(take=json.dumps(vars(citation(title="第三篇", identifier="")))),
    "vault:at": _paper,
    "challenges:new": _posting,
    "challenges:edit": _posting,
    "challenges:amend": _always(bounty="500"),
    "challenges:cancellation": _always(ground="OTHER", reasons="因集团战略调整，本题目所需试验条件不再具备。"),
    "challenges:cancellation_decide": _always(granted="no", reasons="所述理由不足以撤销已经公开的征集，不予同意。"),
    "challenges:suspension": _always(reason="核查已经完成，按规定处理。"),
    "teams:invite": _always(email="neu@example.org"),
    "teams:shares": _shares,
    "teams:agree": _agreement,
    "partners:board": _always(offers="矩阵所提供的条件说明", seeks="矩阵所寻找的伙伴说明"),
    "partners:reply": _always(text="矩阵合作意向，请联系。"),
    "partners:take_down": _always(reason="含有广告。"),
    "questions:ask": _always(text="矩阵再问一个问题，可以吗？"),
    "questions:answer": _always(answer="可以。"),
    "questions:refuse": _always(ground="ASIDE", answer="与本题无关。"),
    "challenges:batch_new": _batch,
    "diagnosis:ask": lambda world, _thing: {"expert": world.ids["askable"]},
    "diagnosis:comment": _always(text="指标不清。"),
    "challenges:import": _list,
    "challenges:approve": _approval,
    "challenges:return": _always(reason="请修改。"),
    "proposals:edit": lambda _world, _thing: typed.proposal(),
    "proposals:autosave": lambda _world, _thing: typed.proposal(),
    "adjudication:reject": _always(reason="形式不符。"),
    "adjudication:draw": _always(size="3"),
    "adjudication:decide": _always(winner="P01", reasons="综合最优。", deviation_reason="同分。"),
    "adjudication:fail": _always(reasons="均不合格。"),
    "adjudication:accept": _always(declared=["0", "1", "2", "3"]),
    "adjudication:decline": _always(reason="没有时间。"),
    "adjudication:recuse": _always(reason="与一方合著。", sure="on"),
    "adjudication:score": _score,
}
