"""Which water or other drink a person means: tap water, or one of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from foods.errors import FoodNotFoundError
from foods.table import nearest_names, nearest_said, plain_key

TAP_WATER = "tap_water"
DRINK_GROUP = "drink"  # coffee, tea and the like; what holds alcohol is another group
_PREFIX = "water_"


def find_water(name: str, waters: Mapping[str, str]) -> str:
    """Return the food id of the water called ``name``: ``"hepar"``, ``"water_hepar"``, ``"tap"``.

    Parameters
    ----------
    name
        As a person wrote it.
    waters
        Food id → name of each water.

    Raises
    ------
    FoodNotFoundError
        When there is none, with the nearest names.
    """
    wanted = plain_key(name)
    for food_id, full_name in waters.items():
        short = "tap" if food_id == TAP_WATER else food_id.removeprefix(_PREFIX)
        if wanted in (food_id, short, plain_key(full_name)):
            return food_id
    near = nearest_names(name, [water.removeprefix(_PREFIX) for water in waters])
    remedy = nearest_said(near) if near else "`magplan foods search water`"
    raise FoodNotFoundError(f"no water {name!r}", "--water", remedy)


def find_drink(name: str, drinks: Mapping[str, str]) -> str:
    """Return the food id of the drink called ``name``: ``"coffee"``, ``"decaf"``, ``"green tea"``.

    Parameters
    ----------
    name
        As a person wrote it: the id, the name, or words of it that no other drink has.
    drinks
        Food id → name of each drink without alcohol that is no water.

    Raises
    ------
    FoodNotFoundError
        When there is none, or when it may be one of several.
    """
    wanted = plain_key(name)
    words = frozenset(wanted.split("_"))
    exact = [drink for drink, full in drinks.items() if wanted in (drink, plain_key(full))]
    partly = [drink for drink, full in drinks.items() if words <= {*_words(drink), *_words(full)}]
    found = exact or partly
    if len(found) == 1:
        return found[0]
    what = f"{name!r} is no drink without alcohol"
    if found:
        what = f"{name!r} may be one of several drinks"
    names = ", ".join(sorted(drinks[drink].lower() for drink in found or drinks))
    raise FoodNotFoundError(what, "--drink", f"one of {names}")


def _words(text: str) -> list[str]:
    return plain_key(text).split("_")
