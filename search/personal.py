"""What the index's own tables keep (`kernel.personal`): which row stands in which version. The texts are elsewhere.

The index itself holds what the expert database says; an entry that is removed leaves it (`subscribers.py`, `jobs.py`).
"""

from marketplace.kernel.personal import COUNTED, ROW, RULED, Table

TABLES = (
    Table("search.IndexDocument", plain={ROW: "id kind public_id", COUNTED: "version indexed_at", RULED: "digest"}),
    Table("search.IndexDebt", plain={ROW: "id kind public_id", COUNTED: "version since"}),
)
