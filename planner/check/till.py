"""What the judge knows of the till: the shopping list of the printed days, counted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foods.embedded import read_embedded_foods
from foods.errors import FoodsError
from foods.table import FoodTable
from planner.check.dish_notes import read_dish_notes
from planner.check.lines import FoodSource, JudgedTable
from planner.check.usual import own_notes
from planner.kitchen.shopping import shop_once
from planner.wire.document import PlanDocument

if TYPE_CHECKING:
    from planner.kitchen.errand import ShoppingList


def till_of(document: PlanDocument, table: JudgedTable, foods: FoodSource) -> ShoppingList | None:
    """Return the shopping list of a plan, with what is paid at checkout.

    ``None`` where a dish or a food is not known, so that nobody can tell what is bought for it.

    Parameters
    ----------
    document
        The file.
    table
        What is on the table, for all eaters together.
    foods
        A food table; rows of an exported one have no prices, so those of the catalogue count.
    """
    request = document.request
    dishes = {one.item.item_id for one in table.places if one.item.kind == "dish"}
    dishes -= own_notes(document.printed).keys()
    folders = () if dishes <= read_dish_notes().keys() else request.dish_folders
    if not dishes <= read_dish_notes(folders).keys():
        return None
    priced = foods if isinstance(foods, FoodTable) else read_embedded_foods()
    try:
        return shop_once(document.plan, request, priced, folders)
    except FoodsError:  # what is unknown is a fault of its own
        return None
