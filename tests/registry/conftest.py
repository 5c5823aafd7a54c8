import pytest

from marketplace.registry import services
from marketplace.registry.models import PublishedChallenge, Region, TechnologyField


@pytest.fixture
def reference(db: None) -> None:
    """All that the platform's own files say about the world."""
    services.load_reference()


@pytest.fixture
def aerospace(db: None) -> TechnologyField:
    return TechnologyField.objects.create(code="aerospace", name_zh="航空航天", name_en="Aerospace", order=1)


@pytest.fixture
def hubei(db: None) -> Region:
    china = Region.objects.create(code="CN", kind=Region.Kind.COUNTRY, name_zh="中国", name_en="China")
    return Region.objects.create(
        code="420000", kind=Region.Kind.PROVINCE, name_zh="湖北省", name_en="Hubei", parent=china
    )


@pytest.fixture
def entry(aerospace: TechnologyField, hubei: Region) -> PublishedChallenge:
    return archived("C0001", aerospace, hubei)


def archived(source_id: str, field: TechnologyField, region: Region, **columns: object) -> PublishedChallenge:
    """An archive entry as an import would leave it."""
    values = {
        "source_id": source_id,
        "language": "zh",
        "title": f"柔性显示喷印制造 {source_id}",
        "description": "需要的东西。",
        "published_year": 2023,
        "region": region,
        "region_text": "湖北",
        "source_url": "https://example.org/list",
        "digest": "0" * 64,
    }
    made = PublishedChallenge.objects.create(**{**values, **columns})
    made.fields.add(field)
    return made
