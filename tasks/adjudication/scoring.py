"""How scores become a ranking. Pure and exact: fractions, no floats, so that anyone gets the same result (I7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

TRIM_FROM = 5
"""From this many reviewers up the highest and the lowest total are left out (L13)."""
PERCENT = 100


@dataclass(frozen=True)
class Ranked:
    """A place in the ranking. `points` is exact; `hundredths` is what is shown, rounded half up."""

    code: str
    rank: int
    points: Fraction

    @property
    def hundredths(self) -> int:
        """The points in hundredths of a point."""
        return int(self.points * PERCENT + Fraction(1, 2))


def weighted_total(points: Mapping[str, int], weights: Mapping[str, int]) -> Fraction:
    """One reviewer's total, 0 to 100. Raises ValueError unless every criterion is scored and weights add up to 100."""
    if points.keys() != weights.keys():
        raise ValueError("Every criterion is scored, or the review does not count: missing is not zero.")
    if sum(weights.values()) != PERCENT:
        raise ValueError("Weights add up to 100.")
    return Fraction(sum(points[name] * weights[name] for name in weights), PERCENT)


def combined(totals: Sequence[Fraction]) -> Fraction:
    """The reviewers' totals as one number: their mean, trimmed from five reviewers up. Raises ValueError for none."""
    if not totals:
        raise ValueError("No locked review, no number.")
    kept = sorted(totals)[1:-1] if len(totals) >= TRIM_FROM else totals
    return sum(kept, Fraction()) / len(kept)


def ranking(totals: Mapping[str, Sequence[Fraction]]) -> list[Ranked]:
    """Proposals by their combined points, highest first; equals share a rank and stand in the order of their codes."""
    points = {code: combined(given) for code, given in totals.items()}
    ordered = sorted(points, key=lambda code: (-points[code], code))
    return [Ranked(code, 1 + sum(points[other] > points[code] for other in points), points[code]) for code in ordered]
