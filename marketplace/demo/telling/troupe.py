"""The demo's people and organisations: enrolled once, then found by their key."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.accounts import events, papers, services, uscc
from marketplace.accounts.appointing import tie_expert
from marketplace.accounts.importing import Profile, import_expert
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.particulars import Particulars
from marketplace.accounts.roles import Role, Scope
from marketplace.demo import cast, codes
from marketplace.demo.cast import Judge, Player
from marketplace.demo.models import PhraseCard
from marketplace.demo.telling.script import organisations
from marketplace.demo.telling.stage import Stage
from marketplace.identity import documents
from marketplace.identity import queries as identity
from marketplace.identity import services as real_names
from marketplace.identity.models import RealNameVerification
from marketplace.identity.services import Application
from marketplace.kernel.verdicts import Allowed
from marketplace.outbox.record import record
from marketplace.registry.models import Region
from marketplace.sealing import queries as sealing_queries
from marketplace.sealing import services as sealing
from marketplace.vault import queries as files
from marketplace.vault.services import Examined, examine, scan

LETTER = Path(__file__).parent.parent / "data" / "authorising_letter.png"
LONG_AGO = -120
"""Days before the loading: whoever plays in a story was there before it began."""

CHINA, HUBEI, WUHAN = "CN", "420000", "420100"


def enrol_everybody(stage: Stage) -> None:
    """Enrol the cast and the named organisations, give the office its roles, list the judges as experts."""
    with stage.on(LONG_AGO, 9):
        for player in (*cast.OFFICE, cast.ELSEWHERE):
            codes.give_app(enrol(player))
        for officer in cast.OFFICERS:
            codes.give_app(enrol(officer))
        _appoint()
    with stage.on(LONG_AGO, 10):
        said = [_say_who(enrol(player)) for player in cast.PRINCIPALS]
        for judge in cast.JUDGES:
            user = enrol(judge)
            codes.give_app(user)
            _list_expert(judge, user)
    with stage.on(LONG_AGO + 1, 10):
        for house in organisations():
            owner = _owner(house["key"]) or enrol(_officer(house["key"], house["officer"]))
            found(owner, house)
            said += [] if identity.has_said(owner) else [_say_who(owner)]
    with stage.on(LONG_AGO + 2, 9):
        for one in said:
            _compare(one)
    with stage.on(-1, 15):
        _say_who(enrol(cast.NEWCOMER), region=WUHAN)


def enrol(player: Player) -> User:
    """A person with a verified address and the common password."""
    user = User(
        email=player.email, display_name=player.name, language=player.language, is_sample=True, password=_hashed()
    )
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    record(events.PersonSignedUp.of(user), by=Allowed(user.public_id, "USER"))
    return user


def found(owner: User, said: Mapping[str, str]) -> Organisation:
    """Register an organisation and have it verified."""
    particulars = Particulars(
        kind=said["kind"],
        name=said["name"],
        name_en=said["name_en"],
        region=Region.objects.get(code=said["region"]),
        **_number(said),
    )
    registered = services.register_organisation(actor=owner, particulars=particulars, letter=_letter())
    for letter in files.of(papers.CODE, registered.public_id):
        scan(letter.public_id)
    return services.verify_organisation(
        public_id=registered.public_id, actor=person(cast.ELSEWHERE.key), sponsor_class=said["class"]
    )


def _number(said: Mapping[str, str]) -> dict[str, str]:
    """A credit code that is nobody's, for no place in China has the digits 000000; abroad a register's number."""
    digest = int.from_bytes(sha256(said["name"].encode()).digest())
    if not said["region"].isdigit():
        return {"register_number": f"HRB {digest % 1_000_000}"}
    own = (uscc.ALPHABET[digest // 31**place % 31] for place in range(9))
    body = "91000000" + "".join(own)
    return {"uscc": body + uscc.check_character(body)}


def person(key: str) -> User:
    """A demo person by key: of the cast, or the officer of an organisation by the organisation's key."""
    return User.objects.get(email=f"{key}@{cast.MAIL_HOST}", is_sample=True)


def place(key: str) -> tuple[Organisation, User]:
    """A named organisation, and who acts for it."""
    said = next(one for one in organisations() if one["key"] == key)
    owner = _owner(key) or person(key)
    return Organisation.objects.select_related("region").get(name=said["name"], is_sample=True), owner


def solver(key: str) -> tuple[User, Organisation | None]:
    """Who proposes, and for which organisation, by the key of a person of the cast or of an organisation."""
    user = person(key)
    return user, Organisation.objects.filter(memberships__user=user).first()


def have_cards_at_hand() -> None:
    """Officers whose last word is too long ago type their phrase again, as they would have when reminded."""
    region = Region.objects.get(code=HUBEI)
    if len(sealing_queries.able(region)) < len(cast.OFFICERS):
        for player in cast.OFFICERS:
            officer = person(player.key)
            if not PhraseCard.objects.filter(officer=officer).exists():
                PhraseCard.objects.create(officer=officer, phrase=sealing.enrol(actor=officer).phrase)
            sealing.prove(actor=officer, phrase=card_of(officer))


def card_of(officer: User) -> str:
    """What stands on an officer's card."""
    return PhraseCard.objects.get(officer=officer).phrase


def _compare(said: RealNameVerification) -> None:
    """The office reads the card: from now on its owner may be admitted to a review."""
    office = person(cast.ELSEWHERE.key)
    real_names.verify(public_id=said.public_id, actor=office, number_read=_number_of(said.user))


def _say_who(user: User, *, region: str = CHINA) -> RealNameVerification:
    """No number of a real kind of document is invented: the demonstration's people have a card of the demonstration."""
    application = Application(
        name=user.display_name,
        document=documents.other("演示证件", _number_of(user)),
        region=Region.objects.get(code=region),
    )
    return real_names.apply_for_verification(actor=user, application=application)


def _number_of(user: User) -> str:
    return f"DEMO{user.pk:06d}"


@cache
def _letter() -> Examined:
    """One paper for all: it says in both languages that it is none."""
    content = SimpleUploadedFile("演示授权书.png", LETTER.read_bytes())
    return examine(content, papers.DOOR)


@cache
def _hashed() -> str:
    """One hash for everybody: a good one is slow by design."""
    return make_password(cast.PASSWORD)


def _owner(place_key: str) -> User | None:
    player = next((one for one in cast.PRINCIPALS if one.place == place_key), None)
    return person(player.key) if player else None


def _officer(place_key: str, name: str) -> Player:
    return Player(key=place_key, name=name, part=cast.REVIEWER, place=place_key)


def _appoint() -> None:
    services.grant_role(user=person("adjudicator"), role=Role.ADJUDICATOR, scope=Scope.PLATFORM)
    services.grant_role(user=person("supervisor"), role=Role.SUPERVISOR, scope=Scope.PLATFORM)
    for code in (HUBEI, CHINA):
        services.grant_role(user=person("administrator"), role=Role.REGION_ADMIN, scope=Scope.REGION, scope_id=code)
    for officer in cast.OFFICERS:
        services.grant_role(user=person(officer.key), role=Role.OPENING_OFFICER, scope=Scope.PLATFORM)
    services.grant_role(user=person(cast.ELSEWHERE.key), role=Role.REGION_ADMIN, scope=Scope.PLATFORM)


def _list_expert(judge: Judge, user: User) -> None:
    source = f"demo-{judge.key}"
    import_expert(
        Profile(
            source_id=source,
            label=judge.name,
            language=judge.language,
            institution_type="",
            region_text="",
            region_code=judge.region,
            field_codes=list(judge.fields),
            expertise=judge.expertise,
            achievements=judge.achievements,
            keywords=[],
            years_experience=None,
            projects_done=None,
            is_sample=True,
        )
    )
    tie_expert(source_id=source, user=user)
