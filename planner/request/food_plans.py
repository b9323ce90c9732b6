"""What a week's food costs by an official food plan: thrifty, low, moderate, liberal.

Figures by age and sex are in ``configs/shop/food_plans.csv``, factors of a household's size and
of the months since in ``configs/shop/shop.toml``; all with their sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from planner.errors import ConfigError
from planner.language.faults import fault
from planner.request.profile import Profile
from planner.settings import Figure, read_row, read_rows, read_settings

CENTS = 100


@dataclass(frozen=True, slots=True)
class FoodPlanRow:
    """What a plan costs for people of one sex and age.

    Parameters
    ----------
    plan, sex
        Name of the plan; ``"f"``, ``"m"``, or empty for both.
    age_from, age_to
        Completed years, both included; ``None``: and older.
    usd_week
        In a household of four [USD a week].
    month, source, confidence
        Of which month the figure is, and where it stands.
    """

    plan: str
    sex: str
    age_from: int
    age_to: Figure
    usd_week: float
    month: str
    source: str
    confidence: str


@cache
def food_plan_rows() -> tuple[FoodPlanRow, ...]:
    """Give all figures, as they stand in the file."""
    return tuple(read_row(FoodPlanRow, row) for row in read_rows("shop/food_plans.csv"))


def food_plan_names() -> tuple[str, ...]:
    """Name the plans, the cheapest first."""
    return tuple(dict.fromkeys(row.plan for row in food_plan_rows()))


def food_plan_months(plan: str) -> tuple[str, str]:
    """Say of which month the figures of a plan are, and in whose prices: ``"2025-09"``."""
    month = next(row.month for row in food_plan_rows() if row.plan == plan)
    return month, read_settings("shop/shop.toml")["food_plans"]["month"]


def food_plan_usd(plan: str, people: Sequence[Profile], household: int) -> float:
    """Say what a plan costs for some people of a household [USD a week, whole cents].

    Parameters
    ----------
    plan
        One of ``food_plan_names()``.
    people
        Whom it is for.
    household
        How many live together: food for one costs more than a quarter of that for four.

    Raises
    ------
    ConfigError
        When the plan has no figure for somebody.
    """
    times = read_settings("shop/shop.toml")["food_plans"]["household"]
    factor = float(times[min(household, len(times)) - 1])
    return round(sum(_usd_of(plan, one) for one in people) * factor * CENTS) / CENTS


def _usd_of(plan: str, profile: Profile) -> float:
    """Give the most that the plan and the cheaper ones cost, in prices of one month."""
    names = food_plan_names()
    times: Mapping[str, float] = read_settings("shop/shop.toml")["food_plans"]["times"]
    found = {row.plan: row.usd_week * times[row.month] for row in _rows_of(profile)}
    if plan not in found:
        raise fault(ConfigError, "no_food_plan", plan=plan, age=profile.age_y)
    return max(found[name] for name in names[: names.index(plan) + 1])


def _rows_of(profile: Profile) -> Iterator[FoodPlanRow]:
    for row in food_plan_rows():
        last = profile.age_y if row.age_to is None else row.age_to
        if row.sex in ("", profile.sex) and row.age_from <= profile.age_y <= last:
            yield row
