"""What the registry keeps of people: nothing (`kernel.personal`)."""

from marketplace.kernel.personal import ROW, WORLD, Table

BILINGUAL = "name_zh name_en"

TABLES = (
    Table("registry.Region", plain={ROW: "id parent", WORLD: f"{BILINGUAL} code kind"}),
    Table("registry.TechnologyField", plain={ROW: "id", WORLD: f"{BILINGUAL} code order also_called"}),
    Table("registry.TechnologyField_regions", plain={ROW: "id technologyfield region"}),
    Table(
        "registry.NegativeListItem",
        plain={ROW: "id", WORLD: f"{BILINGUAL} code keywords unless source_zh source_en valid_from valid_until"},
    ),
    Table("registry.CalendarYear", plain={ROW: "id", WORLD: "year published source"}),
    Table("registry.CalendarDay", plain={ROW: "id", WORLD: f"{BILINGUAL} date kind"}),
    Table(
        "registry.PublishedChallenge",
        plain={
            ROW: "id public_id source_id version digest",
            WORLD: "language title description indicators indicators_text keywords sponsor sponsor_kind region "
            "region_text bounty_amount bounty_currency bounty_note published_year deadline source_url source_note",
        },
    ),
    Table("registry.PublishedChallenge_fields", plain={ROW: "id publishedchallenge technologyfield"}),
)
