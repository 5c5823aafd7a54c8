"""What a measurement says: one line of JSON, always beside its reference of the same run."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure. `ratio` is value over reference; `bar` is what it must not exceed, 0 where there is no bar."""

    figure: str
    value: float
    unit: str
    reference: str
    reference_value: float
    n: int
    seed: int
    bar: float = 0
    bar_text: str = ""
    most: float = 0
    """What the value itself must not exceed, where the bar is not about the ratio."""

    @property
    def ratio(self) -> float:
        return round(self.value / self.reference_value, 2) if self.reference_value else 0.0

    @property
    def met(self) -> bool | None:
        """Whether the bar holds; None where there is none."""
        if self.most:
            return self.value <= self.most
        return self.ratio <= self.bar if self.bar else None

    def line(self) -> str:
        """The JSON line of the contract."""
        stated = asdict(self)
        order = ("figure", "value", "unit", "reference", "reference_value")
        shown = {name: stated[name] for name in order}
        return json.dumps({**shown, "ratio": self.ratio, "n": self.n, "seed": self.seed}, ensure_ascii=False)
