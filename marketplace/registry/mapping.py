"""From the words of an import file to our codes: industry to technology fields, region text to region.

`data/mapping.json` says what cannot be read off the names; the rest follows from the names of the regions, so
that 浙江杭州, 浙江省杭州市, 杭州 and Hangzhou all mean 330100. Pure; `queries.mapping()` fills it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from marketplace.registry.models import Region

PEOPLES = "朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|黎"
TAIL = re.compile(
    rf"((维吾尔|壮族|回族)?自治区|特别行政区|(({PEOPLES})族)+自治[州县]|(蒙古|柯尔克孜|哈萨克)自治州|地区|林区|省|市|盟|区|县)$"
)


@dataclass(frozen=True)
class Mapping:
    """What an import file's industries and regions mean here."""

    industries: dict[str, list[str]]
    regions: dict[str, str]

    def fields_of(self, industry: str) -> list[str]:
        """Codes of the technology fields an industry stands for; empty when it is not mapped."""
        return self.industries.get(industry, [])

    def region_of(self, text: str) -> str | None:
        """The region's code, or None when the text is not mapped or could mean several."""
        return self.regions.get(_key(text))


def mapping_from(*, industries: dict[str, list[str]], stated: dict[str, str], regions: Iterable[Region]) -> Mapping:
    """The names of all regions (their parents loaded with them), and over these what the mapping file states."""
    names = _names(regions)
    return Mapping(industries, names | {_key(text): code for text, code in stated.items()})


def _names(regions: Iterable[Region]) -> dict[str, str]:
    meant: dict[str, set[str]] = defaultdict(set)
    provincial: dict[str, str] = {}
    for region in regions:
        for name in _spellings(region):
            meant[_key(name)].add(region.code)
            if region.kind == Region.Kind.PROVINCE:
                provincial[_key(name)] = region.code
    return {name: codes.pop() for name, codes in meant.items() if len(codes) == 1} | provincial


def _spellings(region: Region) -> set[str]:
    """Every way to write the region: its code, alone in full and short, and after the regions above it."""
    chain = _chain(region)
    chinese = [[unit.name_zh, _short(unit.name_zh)] for unit in chain]
    spellings = {region.code, region.name_en, ", ".join(unit.name_en for unit in reversed(chain))}
    for start in range(len(chain)):
        spellings |= {"".join(names) for names in product(*chinese[start:])}
    return spellings


def _chain(region: Region) -> list[Region]:
    """The region after those it lies in, the country left out unless it is the region itself."""
    chain = [region]
    while (above := chain[0].parent) is not None and above.kind != Region.Kind.COUNTRY:
        chain.insert(0, above)
    return chain


def _short(name: str) -> str:
    short = TAIL.sub("", name)
    return short if len(short) > 1 else name


def _key(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
