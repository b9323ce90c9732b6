"""What a week's food costs by an official food plan: thrifty, low, moderate, liberal.

Figures by country, age and sex are in ``configs/shop/food_plans.csv``, factors of a household's
size and of the months since in ``configs/shop/shop.toml``; all with their sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from planner.errors import ConfigError
from planner.faults import fault
from planner.request.profile import Profile
from planner.settings import Figure, read_row, read_rows, read_settings
from planner.shops import NEUTRAL, money_of

CENTS = 100


@dataclass(frozen=True, slots=True)
class FoodPlanRow:
    """What a plan costs for people of one sex and age.

    Parameters
    ----------
    country, plan, sex
        Whose figure it is; name of the plan; ``"f"``, ``"m"``, or empty for both.
    age_from, age_to
        Completed years, both included; ``None``: and older.
    per_week
        Where the factor of the household is 1 [money of the country a week].
    month, source, confidence
        Of which month the figure is, and where it stands.
    """

    country: str
    plan: str
    sex: str
    age_from: int
    age_to: Figure
    per_week: float
    month: str
    source: str
    confidence: str


@cache
def food_plan_rows() -> tuple[FoodPlanRow, ...]:
    """Give all figures, as they stand in the file."""
    return tuple(read_row(FoodPlanRow, row) for row in read_rows("shop/food_plans.csv"))


def food_plan_names(country: str = NEUTRAL) -> tuple[str, ...]:
    """Name the plans of a country, the cheapest first; those of the US have all names."""
    return tuple(dict.fromkeys(row.plan for row in food_plan_rows() if row.country == country))


def food_plan_country(plan: str, shops: str) -> str:
    """Name the country whose figures hold for shops: their own, or the US where that has none."""
    return shops if plan in food_plan_names(shops) else NEUTRAL


def food_plans_of(country: str) -> Mapping[str, Any]:
    """Give what holds for all plans of a country: whose they are, factors, and months."""
    plans: Mapping[str, Any] = read_settings("shop/shop.toml")["food_plans"][country]
    return plans


def food_plan_months(plan: str, country: str) -> tuple[str, str]:
    """Say of which month the figures of a plan are, and in whose prices: ``"2025-09"``."""
    made = (row.month for row in food_plan_rows() if (row.country, row.plan) == (country, plan))
    return next(made), food_plans_of(country)["month"]


def food_plan_usd(plan: str, people: Sequence[Profile], household: int, shops: str) -> float:
    """Say what a plan costs for some people of a household [USD a week, whole cents].

    Parameters
    ----------
    plan
        One of ``food_plan_names()``.
    people
        Whom it is for.
    household
        How many live together: food for one costs more than a quarter of that for four.
    shops
        Country of the shops, whose own figures are taken where it has any.

    Raises
    ------
    ConfigError
        When the plan has no figure for somebody.
    """
    country = food_plan_country(plan, shops)
    of_all = food_plans_of(country)
    costs = [(one.age_y >= of_all["from_age"], _cost_of(plan, one, country)) for one in people]
    counted = household - sum(not is_counted for is_counted, _ in costs)
    factor = float(of_all["household"][min(counted, len(of_all["household"])) - 1])
    total = sum(cost * factor if is_counted else cost for is_counted, cost in costs)
    return round(total / float(money_of(country)["per_usd"]) * CENTS) / CENTS


def _cost_of(plan: str, profile: Profile, country: str) -> float:
    """Give the most that the plan and the cheaper ones cost, in prices of one month."""
    names = food_plan_names(country)
    times: Mapping[str, float] = food_plans_of(country)["times"]
    rows = (row for row in _rows_of(profile) if row.country == country)
    found = {row.plan: row.per_week * times[row.month] for row in rows}
    if plan not in found:
        raise fault(ConfigError, "no_food_plan", plan=plan, age=profile.age_y)
    return max(found[name] for name in names[: names.index(plan) + 1])


def _rows_of(profile: Profile) -> Iterator[FoodPlanRow]:
    for row in food_plan_rows():
        last = profile.age_y if row.age_to is None else row.age_to
        if row.sex in ("", profile.sex) and row.age_from <= profile.age_y <= last:
            yield row
