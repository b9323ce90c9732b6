"""Which water a person means: tap water, or a mineral water of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from foods.errors import FoodNotFoundError
from foods.table import nearest_names

TAP_WATER = "tap_water"
_PREFIX = "water_"


def find_water(name: str, waters: Mapping[str, str]) -> str:
    """Give the food id of the water called ``name``: ``"hepar"``, ``"water_hepar"``, ``"tap"``.

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
    wanted = _plain(name)
    for food_id, full_name in waters.items():
        short = "tap" if food_id == TAP_WATER else food_id.removeprefix(_PREFIX)
        if wanted in (food_id, short, _plain(full_name)):
            return food_id
    near = nearest_names(name, [one.removeprefix(_PREFIX) for one in waters])
    remedy = f"the nearest: {', '.join(near)}" if near else "`magplan foods search water`"
    raise FoodNotFoundError(f"no water {name!r}", "--water", remedy)


def _plain(name: str) -> str:
    return "_".join(name.strip().casefold().replace("-", " ").replace("_", " ").split())
