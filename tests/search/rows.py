"""What the index should hold of one row, as the tests ask for it."""

from search.projection import Content, Kind
from search.sources import contents_of


def content_of(kind: Kind, public_id: str) -> Content | None:
    """The row's content, or None when not everybody may see it."""
    return contents_of(kind, [public_id]).get(public_id)
