"""Which allergens each thing of a plan holds: for schools, canteens, and whoever has guests."""

from __future__ import annotations

from collections.abc import Iterator

from foods.food import UNKNOWN
from foods.table import FoodTable
from planner.document.blocks import Block, Paragraph, Table
from planner.export.who import day_label
from planner.language.names import slot_within
from planner.language.spoken import _, mark
from planner.plan.plan import Item, Plan
from planner.request.diets import read_allergens

TITLE = mark("Allergens of each dish")
_WHAT_IT_IS = mark(
    "From our recipes, by the allergens that must be named in the European Union and the United "
    "States. The labels of what you buy decide, and only they tell of traces (may contain). "
    "Supplements are not included."
)


def allergen_blocks(plan: Plan, foods: FoodTable) -> Iterator[Block]:
    """Give a table of what is eaten, when, and the allergens of all that is in it.

    A dish that is cooked in two ways, as for somebody who leaves out milk, stands there twice.
    """
    found = dict[tuple[str, tuple[str, ...]], list[str]]()
    for day, meal, item in plan.served():
        if item.ingredients:
            when = f"{day_label(day)} {slot_within(meal.slot)}"
            found.setdefault((item.name, _held(item, foods)), []).append(when)
    rows = [
        (name, ", ".join(dict.fromkeys(whens)), ", ".join(held) or _("none"))
        for (name, held), whens in found.items()
    ]
    yield Paragraph(_(_WHAT_IT_IS))
    head = (_("Dish or food"), _("When"), _("Holds"))
    yield Table(_(TITLE), head, rows, words=(1, 2))


def _held(item: Item, foods: FoodTable) -> tuple[str, ...]:
    words = frozenset[str]().union(
        *(foods[food_id].allergens for food_id, _mass in item.ingredients)
    )
    known = (one for one in read_allergens().values() if one.eu or one.us)
    names = tuple(_(one.name) for one in known if not words.isdisjoint(one.words))
    return (*names, _("what its label does not state")) if UNKNOWN in words else names
