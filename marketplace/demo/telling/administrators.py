"""The separated administrators come into office: the first three by the operator, the fourth by two of them."""

from marketplace.accounts import services
from marketplace.accounts.roles import Role, Scope
from marketplace.administration import services as administration
from marketplace.administration.models import Act
from marketplace.administration.services import Change
from marketplace.demo import cast, codes
from marketplace.demo.telling.stage import Stage
from marketplace.demo.telling.troupe import LONG_AGO, enrol, person

FIRST = (
    (cast.SYSTEM_ADMIN, Role.SYSTEM_ADMIN),
    (cast.SECURITY_ADMIN, Role.SECURITY_ADMIN),
    (cast.AUDIT_ADMIN, Role.AUDIT_ADMIN),
)


def appoint(stage: Stage) -> None:
    """Appoint them; and propose an office that waits for its second person, so that there is something to decide."""
    with stage.on(LONG_AGO + 3, 9):
        for player in cast.ADMINISTRATION:
            codes.give_app(enrol(player))
        for player, role in FIRST:
            services.grant_role(user=person(player.key), role=role, scope=Scope.PLATFORM)
    with stage.on(LONG_AGO + 4, 9):
        waiting = _propose(cast.SECOND_SECURITY_ADMIN.email, Role.SECURITY_ADMIN, "安全管理员由两人担任，互相复核。")
        administration.confirm(public_id=waiting, actor=person(cast.SYSTEM_ADMIN.key))
    with stage.on(-1, 16):
        _propose(cast.ELSEWHERE.email, Role.OBSERVER, "年度督导需要旁听席位（示例）。")


def _propose(address: str, role: Role, reason: str) -> str:
    change = Change(act=Act.GIVE, role=role, scope=Scope.PLATFORM, reason=reason)
    proposed = administration.propose(actor=person(cast.SECURITY_ADMIN.key), person=address, change=change)
    return proposed.public_id
