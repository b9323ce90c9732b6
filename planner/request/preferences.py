"""What the eater wants: diet, exclusions, likes, frequencies, time and money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

TILL, EATEN = "till", "eaten"
"""What a budget counts."""


@dataclass(frozen=True, slots=True)
class FrequencyRule:
    """How many servings a week of a food, food group or dish: ``fish >= 2``.

    Parameters
    ----------
    name
        Food id or base, food group, protein family or dish id, as a person wrote it.
    sense
        ``">="`` or ``"<="``.
    count
        Servings per week.
    """

    name: str
    sense: str
    count: int


def _empty() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the eater wants from the week.

    Parameters
    ----------
    diet
        Id of a row of ``configs/diets/diets.toml``.
    without
        Allergens, food groups, foods or dishes that may not occur, as a person wrote them.
    like, dislike
        Name → grade 1 to 3.
    per_week
        Frequency rules.
    min_days_between
        Name → least number of days from one serving to the next.
    max_minutes
        Longest preparation of a dish on any day [min].
    max_minutes_weekday
        The same on weekdays alone [min].
    budget_per_week
        Most that the week may cost, whatever money it was said in [USD].
    budget_counts
        ``"till"``: what the till says of a week or more, packages whole and the usual at home;
        ``"eaten"``: what of it is eaten or frozen.
    alcohol
        Whether drinks with alcohol may be in the plan.
    conservative
        Whether magnesium and calcium must be enough on what oxalate leaves to be absorbed.
    history
        Paths of earlier plans, whose dishes are better left for later.
    dishes
        Folders with dishes of one's own, beside the shipped ones.
    drinks
        Drink → cups a day that are drunk with meals and counted, as a person wrote it; 0 is none.
    use
        Food that is to be used up → mass as bought, over the whole plan [g].
    """

    diet: str = "omnivore"
    without: tuple[str, ...] = ()
    like: Mapping[str, int] = field(default_factory=_empty)
    dislike: Mapping[str, int] = field(default_factory=_empty)
    per_week: tuple[FrequencyRule, ...] = ()
    min_days_between: Mapping[str, int] = field(default_factory=_empty)
    max_minutes: int | None = None
    budget_per_week: float | None = None
    budget_counts: str = TILL
    alcohol: bool = False
    conservative: bool = False
    max_minutes_weekday: int | None = None
    history: tuple[str, ...] = ()
    dishes: tuple[str, ...] = ()
    drinks: Mapping[str, int] = field(default_factory=_empty)
    use: Mapping[str, float] = field(default_factory=_empty)

    @property
    def names_left_out(self) -> tuple[str, ...]:
        """Names that may not occur at all: ``without``, and frequencies of none."""
        none = [rule.name for rule in self.per_week if rule.sense == "<=" and rule.count == 0]
        return tuple(dict.fromkeys((*self.without, *none)))
