"""The food table: foods by id, in an order that does not depend on the order of the rows read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foods.errors import FoodDataError, FoodNotFoundError
from foods.food import Food
from foods.frame import WORDS, as_frame, nutrient_units

if TYPE_CHECKING:
    import pandas as pd

PRICE = "price_usd_per_100g"
PRICE_COLUMNS = (PRICE, "price_source")

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class FoodTable:
    """Foods by id, sorted by id.

    Parameters
    ----------
    foods
        Food id → food.
    version
        Version of the data.
    sha256
        Digest of the content, independent of the order of rows.
    """

    foods: Mapping[str, Food]
    version: str
    sha256: str

    @classmethod
    def from_foods(cls, foods: Iterable[Food], version: str, sha256: str) -> FoodTable:
        """Put ``foods`` into a table sorted by id.

        Raises
        ------
        FoodDataError
            When two foods share an id.
        """
        table: dict[str, Food] = {}
        for food in sorted(foods, key=lambda food: food.food_id):
            if food.food_id in table:
                raise FoodDataError(f"food_id {food.food_id!r} stands twice")
            table[food.food_id] = food
        return cls(table, version, sha256)

    def to_frame(self) -> pd.DataFrame:
        """Return a table of pandas: a row per food as ``magplan foods export`` has it.

        Units stand in ``attrs["units"]``; an unknown amount is NaN. Such a table, changed or not,
        is read back by ``read_food_frame``.
        """
        words = ("food_id", "name", "group", "fdc_id", "ndb_no", "release")
        rows = (
            {name: getattr(food, name) for name in (*words, *PRICE_COLUMNS)}
            | {"overlay": ";".join(f"{key}={source}" for key, source in food.overlay.items())}
            | {**food.per_100g}
            for food in self
        )
        units = dict.fromkeys((*words, "overlay", *PRICE_COLUMNS), WORDS) | {PRICE: "USD/100 g"}
        units |= nutrient_units("/100 g")
        return as_frame(rows, units, version=self.version, sha256=self.sha256)

    def __getitem__(self, food_id: str) -> Food:
        try:
            return self.foods[food_id]
        except KeyError:
            raise FoodNotFoundError(
                f"no food {food_id!r} in the food table",
                remedy=nearest_said(nearest_names(food_id, self.foods)),
            ) from None

    def __contains__(self, food_id: object) -> bool:
        return food_id in self.foods

    def __iter__(self) -> Iterator[Food]:
        return iter(self.foods.values())

    def __len__(self) -> int:
        return len(self.foods)


def plain_key(word: str) -> str:
    """Write a name as ids are written: case, hyphens and spaces do not matter."""
    return "_".join(word.lower().replace("-", " ").replace("_", " ").split())


def nearest_names(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the ``count`` names of ``known`` that look most like ``name``, best first.

    Those that have all its words stand before those that look like it by their letters.
    """
    from rapidfuzz import fuzz, process  # heavy, and needed only after a typing error

    words, names = _words_of(name), sorted(known)
    held = sorted((one for one in names if words and words <= _words_of(one)), key=len)
    found = process.extract(name, names, scorer=fuzz.WRatio, limit=count, score_cutoff=60)
    return list(dict.fromkeys([*held, *(match for match, _score, _index in found)]))[:count]


def _words_of(name: str) -> set[str]:
    return set(_WORD.findall(name.casefold()))


def nearest_said(names: Iterable[str]) -> str:
    """Describe which names look most like one that is not known."""
    return "the nearest: {names}".format(names=", ".join(names) or "none")
