"""The shape every fact has before it is written. Each app that states facts declares its own in `events.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

Scalar = str | int | bool | None
"""What a fact may carry: ids, versions, codes, counts. Never content, never a name."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to one aggregate.

    `stream` names the aggregate ("challenge:<id>"), `subject` is the public id of the row that changed,
    `version` its version after the change, `reason` the written ground where an act needs one.
    """

    kind: ClassVar[str]
    stream: str
    subject: str
    version: int
    reason: str = ""
    data: Mapping[str, Scalar] = field(default_factory=dict)
