"""Needs of the five cities of the policy documents, kept as a list like any bureau's and read as uploaded ones are."""

import time
from dataclasses import replace
from functools import cache, cached_property

from marketplace.accounts.models import Organisation, SponsorClass, User
from marketplace.demo import cast
from marketplace.demo.telling import troupe
from marketplace.demo.telling.calls import GIVEN, LONGEST, SHORTEST, SURNAMES, publish
from marketplace.demo.telling.plays import contact_of, criteria_of
from marketplace.demo.telling.script import DATA
from marketplace.demo.telling.stage import Stage
from marketplace.registry.models import Region
from tasks.challenges.posting import Posting
from tasks.sheets import queries as sheets
from tasks.sheets import services as taking_over
from tasks.sheets.cells import Vocabulary, checked
from tasks.sheets.reading import Row, read

PATIENCE = 60
"""Seconds for a handful of rows: never reached."""
FILE = "regional_challenges.csv"
SPONSOR, SPONSOR_EN = "发榜单位", "Sponsor"
"""Columns that an import passes over and keeps with the row: here they say who posts."""


@cache
def rows() -> list[Row]:
    """The rows of the list, in its order."""
    return read(FILE, (DATA / FILE).read_bytes()).rows


class Listed:
    """The list, and what its words mean here, asked for when the first row is wanted: a second loading wants none."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    @cached_property
    def words(self) -> Vocabulary:
        """The same for all rows; whose region it is for is put in by `posting_of`."""
        return sheets.vocabulary(Organisation(region=Region(code="CN")))

    def tell(self, row: Row) -> None:
        """Draft the row as an import would, then submit and approve it; days are dealt out around the loading."""
        sponsor, officer = self._sponsor(row)
        key = f"regional-{row.number}"
        left = self.stage.chance(f"{key}:left").randint(SHORTEST, LONGEST)
        content = replace(
            posting_of(row, replace(self.words, reach=sponsor.region.code)),
            **contact_of(sponsor, officer) | {"contact_office": row.cells["contact_office"]},
            deadline=self.stage.deadline(left),
        )
        publish(content, sponsor, officer, self.stage, key=key, left=left)

    def _sponsor(self, row: Row) -> tuple[Organisation, User]:
        """The organisation that the row names, entered when it is first wanted."""
        name = row.others[SPONSOR]
        known = Organisation.objects.select_related("region").filter(name=name, is_sample=True).first()
        if known is not None:
            return known, known.memberships.select_related("user").get().user
        chance = self.stage.chance(name)
        with self.stage.on(troupe.LONG_AGO + 3, 10):
            person = chance.choice(SURNAMES) + chance.choice(GIVEN)
            officer = troupe.enrol(cast.Player(key=f"list{row.number}", name=person, part=cast.REVIEWER))
            code = self.words.mapping.region_of(row.cells["region"]) or ""
            said = {"name": name, "name_en": row.others[SPONSOR_EN], "region": code, **_kind(name)}
            return troupe.found(officer, said), officer


def upload_list(stage: Stage) -> None:
    """The city bureau's own list, uploaded as anybody's: two rows became drafts, two wait to be mended."""
    bureau, officer = troupe.place("nantong")
    with stage.on(-2, 15, 20):
        sheet = taking_over.upload_sheet(
            actor=officer,
            organisation=bureau,
            name="重点企业需求征集表.csv",
            content=(DATA / "uploaded_list.csv").read_bytes(),
            language="zh-hans",
        )
        taking_over.read_sheet(public_id=sheet.public_id)
        taking_over.draft_rows(public_id=sheet.public_id, until=time.monotonic() + PATIENCE)


def posting_of(row: Row, words: Vocabulary) -> Posting:
    """What the row says, by the rules of the import. Raises TypeError with its faults."""
    found = checked(row.cells, words)
    if found.faults or row.faults:
        raise TypeError(f"{FILE}, row {row.number}: {[*row.faults, *found.faults]}")
    return replace(found.posting, criteria=criteria_of(found.posting.mode), no_secrets=True)


def _kind(name: str) -> dict[str, str]:
    if "中心" in name:
        return {"kind": "GOVERNMENT", "class": SponsorClass.LOCAL_GOVERNMENT}
    listed = "股份" in name
    return {"kind": "ENTERPRISE", "class": SponsorClass.LISTED if listed else SponsorClass.SME}
