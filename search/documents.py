"""The documents as Elasticsearch keeps them (elasticsearch.dsl, inside `elasticsearch` since 8.18).

Mappings are strict: a field nobody declared is refused. Texts arrive cut into words, hence the whitespace analyzer;
nothing here needs a module that the minimal distribution lacks.
"""

from typing import Any

from elasticsearch.dsl import Boolean, Date, Document, Keyword, Long, MetaField, Text

from search.projection import Kind

SETTINGS: dict[str, Any] = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "500ms"}


class Findable(Document):
    """What every kind has: texts, the fields filters ask for, and the version that guards it."""

    kind = Keyword()
    public_id = Keyword()
    version = Long()
    digest = Keyword(index=False)
    gone = Boolean()
    title = Text(analyzer="whitespace")
    keywords = Text(analyzer="whitespace")
    body = Text(analyzer="whitespace")
    pinyin = Text(analyzer="whitespace")
    fields = Keyword()
    regions = Keyword()
    language = Keyword()
    is_sample = Boolean()

    class Meta:
        dynamic = MetaField("strict")


class ChallengeDocument(Findable):
    """A challenge in a public state; `bounty` is in 分."""

    mode = Keyword()
    state = Keyword()
    sponsor = Keyword()
    bounty = Long()
    deadline = Date()
    opened_at = Date()


class ArchiveDocument(Findable):
    """An entry of the reference archive."""

    deadline = Date()


class ExpertDocument(Findable):
    """An entry of the expert database."""


DOCUMENTS: dict[Kind, type[Findable]] = {
    Kind.CHALLENGE: ChallengeDocument,
    Kind.ARCHIVE: ArchiveDocument,
    Kind.EXPERT: ExpertDocument,
}


def mapping(kind: Kind) -> dict[str, Any]:
    """The mapping an index of this kind is made with."""
    index = DOCUMENTS[kind]._index  # noqa: SLF001  # the DSL's documented name for a document's index
    declared: dict[str, Any] = index.to_dict()["mappings"]
    return declared
