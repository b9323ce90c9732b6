"""What makes a list dear: the things that cost most at checkout, and the meals that do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.document.blocks import Block, bullets, section
from planner.export.figures import price_text
from planner.export.line_names import name_text
from planner.export.who import number_label
from planner.kitchen.errand import ShoppingList
from planner.language.names import named, slot_within
from planner.language.shops import in_its_shops
from planner.language.spoken import _
from planner.plan.plan import Plan

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
    told = _("At checkout: {things} — together {share:.0f} % of it.").format(
        things=things, share=share
    )
    return section(_("Dearest"), bullets([told, *_meals(shopping, plan)]))


def _meals(shopping: ShoppingList, plan: Plan) -> Iterator[str]:
    """Name the meals whose food costs most as it is eaten, for all at the table together."""
    costs: dict[tuple[int, str], float] = defaultdict(float)
    names: dict[tuple[int, str], str] = {}
    own = {day.day for day in shopping.days}
    for day, meal, item in plan.served():
        if day.day in own:
            costs[day.day, meal.slot] += item.cost
            names.setdefault((day.day, meal.slot), named(item.name))
    dear = sorted(costs, key=lambda one: -costs[one])[:SHOWN]
    meals = (
        f"{number_label(day, plan.dates)} {slot_within(slot)}, {names[day, slot]} "
        f"{price_text(costs[day, slot])}"
        for day, slot in dear
    )
    yield _("Meals, as eaten: {meals}.").format(meals="; ".join(meals))
    yield _("`magplan swap … --sort cost` says what is cheaper.")
