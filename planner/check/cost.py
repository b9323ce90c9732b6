"""What the judge says about money: food as it is printed, and supplements that the plan adds.

What somebody takes already is bought with or without a plan, so it costs nothing here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from foods.supplement import find_supplement
from planner.check.beside import by_compound, taken_amounts
from planner.check.lines import EatenLine, JudgedTable
from planner.plan.rounding import price_above
from planner.request.days import DAYS_PER_WEEK
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.shops import price_as

_PER_100_G = 100


def cost_faults(table: JudgedTable, request: PlanRequest) -> Iterator[str]:
    """Describe where the plan goes above the budget of the request."""
    per_week_usd = request.preferences.budget_per_week
    if per_week_usd is None:
        return
    cost_usd = cost_of(table, request)
    most_usd = per_week_usd * table.days / DAYS_PER_WEEK
    tolerance = 1 + read_settings("check.toml")["tolerance"]["sum"]
    if cost_usd is None:
        yield "Something has no price, so the budget cannot be judged."
    elif cost_usd > most_usd * tolerance:
        yield (
            f"What is eaten (days: {table.days}) costs {price_as(float(price_above(cost_usd)))}; "
            f"the budget of {price_as(per_week_usd)} a week allows "
            f"{price_as(most_usd)}."
        )


def cost_of(table: JudgedTable, request: PlanRequest) -> float | None:
    """Return the usual price of all days [USD]; ``None`` where something has none."""
    taken = taken_amounts(request)
    parts = [
        food_price(table.lines),
        *(price_added(by_compound(table.supplements_on(one)), taken) for one in table.numbers),
    ]
    known = [part for part in parts if part is not None]
    return math.fsum(known) if len(known) == len(parts) else None


def food_price(lines: Sequence[EatenLine]) -> float | None:
    """Return the usual price of printed amounts [USD]; ``None`` where one of them has none."""
    prices = [
        (line.mass_g, line.food.traits.price_usd_per_100g if line.food.traits else None)
        for line in lines
    ]
    if any(price is None for _, price in prices):
        return None
    return math.fsum(mass_g * price / _PER_100_G for mass_g, price in prices if price is not None)


def price_added(found: Mapping[str, float], taken: Mapping[str, float]) -> float | None:
    """Return the price of what a day holds beyond what is taken already [USD]."""
    total_usd = 0.0
    for compound_id, amount in found.items():
        added = max(0.0, amount - taken.get(compound_id, 0.0))
        price_usd = find_supplement(compound_id).price_usd(added) if added else 0.0
        if price_usd is None:
            return None
        total_usd += price_usd
    return total_usd
