"""What costs most of a list: things at checkout, and meals as they are eaten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from planner.candidates.at_hand import PLUS
from planner.document.blocks import Block, bullets, section
from planner.export.figures import price_text
from planner.export.list_parts import name_text
from planner.export.who import number_label
from planner.kitchen.errand import ShoppingList
from planner.plan.plan import Item, Plan
from planner.plan.shares import heads_of
from planner.shops import in_its_shops, named

SHOWN = 5


@in_its_shops
def dearest_told(shopping: ShoppingList, plan: Plan) -> tuple[Block, ...]:
    """Name what costs most: things at checkout, and of the days of the list meals as eaten."""
    priced = [(line.price_usd, line) for line in shopping.lines if line.price_usd]
    dear = sorted(priced, key=lambda one: -one[0])[:SHOWN]
    if not dear:
        return ()
    things = ", ".join(f"{name_text(line)} {price_text(usd)}" for usd, line in dear)
    share = 100.0 * sum(usd for usd, _line in dear) / shopping.total_usd
    told = f"At checkout: {things} — together {share:.0f} % of it."
    return section("Dearest", bullets([told, *_meals(shopping, plan)]))


def _meals(shopping: ShoppingList, plan: Plan) -> Iterator[str]:
    """Name the meals whose food costs most as it is eaten, for all who eat, guests among them."""
    times = shopping.people / heads_of(plan)
    costs: dict[tuple[int, str], float] = defaultdict(float)
    names: dict[tuple[int, str], dict[str, bool]] = defaultdict(dict)
    own = {day.day for day in shopping.days}
    for day, meal, item in plan.served():
        if day.day in own:
            costs[day.day, meal.slot] += _cost(item, times)
            names[day.day, meal.slot][named(item.name)] = item.kind == "dish"
    dear = sorted(costs, key=lambda one: -costs[one])[:SHOWN]
    meals = (
        f"{number_label(day, plan.dates)} {slot}, {_dishes(names[day, slot])} "
        f"{price_text(costs[day, slot])}"
        for day, slot in dear
    )
    yield "Meals, as eaten: {meals}.".format(meals="; ".join(meals))
    yield "`magplan swap … --sort cost` says what is cheaper."


def _dishes(names: Mapping[str, bool]) -> str:
    """Name the dishes of a meal, where several eat each of theirs; without one its first thing."""
    return PLUS.join([name for name, is_dish in names.items() if is_dish] or [*names][:1])


def _cost(item: Item, times: float) -> float:
    """Give what a thing of a meal costs where so many times as many eat it [USD]."""
    _count, coming = item.visitors
    return item.cost / item.servings * ((item.servings_cooked - coming) * times + coming)
