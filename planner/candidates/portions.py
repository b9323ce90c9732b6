"""What portions hold: nutrients, groups, colours and cost, worked out once per food table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from foods.food import EATEN_OUT, Food
from foods.nutrient import known_nutrients
from foods.table import FoodTable
from planner.candidates.candidate import SCALED, Serving
from planner.candidates.dish import Dish, shipped_dish_ids
from planner.candidates.servings import Portion, dish_portions

VEGETABLE_GROUPS = frozenset({"vegetables", "leafy_greens", "mushrooms"})
NUT_GROUPS = frozenset({"nuts", "seeds"})
WATER_GROUP = "water"
MILK_GROUPS = frozenset({"milk", "plant_drink"})


class Plates:
    """What portions hold: the same for everybody who plans from one table."""

    def __init__(self, foods: FoodTable) -> None:
        self.foods = foods
        self.keys = tuple(known_nutrients())
        self.of_recipe: dict[Any, tuple[Portion, ...]] = {}
        self.servings: dict[Portion, Serving] = {}
        self.sizes: dict[Portion, tuple[float, Mapping[str, float]]] = {}
        self.numbers = {food.food_id: number for number, food in enumerate(foods)}
        content = np.array([[food.per_100g.get(key) for key in self.keys] for food in foods], float)
        self.is_missing, self.contents = np.isnan(content), np.nan_to_num(content)
        self.missing = dict(zip(self.numbers, self.is_missing, strict=True))
        self.filled = dict(zip(self.numbers, self.contents, strict=True))

    def portions(self, dish: Dish) -> tuple[Portion, ...]:
        """Return the portions of a dish, which follow from its recipe: it is cooked in few ways."""
        recipe = dish.ingredients, dish.servings, dish.portions
        if recipe not in self.of_recipe:
            self.of_recipe[recipe] = dish_portions(dish, self.foods)
        return self.of_recipe[recipe]

    def serving(self, portion: Portion) -> Serving:
        """Return what a portion holds."""
        if portion not in self.servings:
            self.servings[portion] = self._serving(portion)
        return self.servings[portion]

    def size(self, portion: Portion) -> tuple[float, Mapping[str, float]]:
        """Return the energy of a portion [kcal], and food group → mass [g]."""
        if portion not in self.sizes:
            energy = self.keys.index("energy_kcal")
            kcal, groups = 0.0, dict[str, float]()
            for food_id, mass in portion.ingredients:
                kcal += self.filled[food_id][energy] * mass / 100
                group = self.foods[food_id].group
                groups[group] = groups.get(group, 0.0) + mass
            self.sizes[portion] = kcal, groups
        return self.sizes[portion]

    def too_much(self, dish: Dish, rules: Mapping[str, Any]) -> str:
        """Describe what a dish's serving has more of than one plate holds; empty if nothing."""
        offered = self.portions(dish)
        if not offered:
            return ""
        kcal, groups = self.size(min(offered, key=lambda one: abs(one.servings - 1)))
        on_plate = rules["most_in_dish"]
        growth = plate_growth(dish, on_plate)
        most = {key: on_plate.get(key, math.inf) * growth for key in groups}
        told = [
            (kcal / rules["most_servings"][dish.kind], "kcal", "", kcal),
            *((mass_g / most[key], "g", key, mass_g) for key, mass_g in groups.items()),
        ]
        share, unit, group, amount = max(told)
        if share <= 1:
            return ""
        pattern = (
            "a serving has {amount:,.0f} {unit}{what}, and one plate {most:,.0f} {unit} at most: "
            "write its recipe for more servings"
        )
        what = " of {group}".format(group=group.replace("_", " ")) if group else ""
        return pattern.format(amount=amount, unit=unit, what=what, most=amount / share)

    def is_a_plate(
        self, dish: Dish, portion: Portion, rules: Mapping[str, Any], *, is_put: bool = False
    ) -> bool:
        """Whether one person eats that much: servings, mass, energy, meat, cheese or nuts.

        A serving that somebody puts on a meal is as large as it is written.
        """
        if is_put and portion.servings == 1:
            return True
        kcal, groups = self.size(portion)
        most, size = rules["most_in_dish"], rules["servings"]
        kind = "handheld" if dish.kind == "main" and "handheld" in dish.tags else dish.kind
        is_step = not portion.servings % size["step"].get(kind, portion.servings)
        if not (size["least"] <= portion.servings <= size["most"][kind] and is_step):
            return False
        is_near = beyond(portion.servings, usual_servings(size, kind)) <= size["spread"]
        is_near |= portion.servings == 1
        if dish.kind in SCALED and not is_near:
            return False
        if portion.mass_g > size["most_g" if portion.servings > 1 else "plate_g"]:
            return False
        more, growth = most["own"] if is_put else 1.0, plate_growth(dish, most)
        growth = max(more, growth)
        return kcal <= rules["most_servings"][dish.kind] * more and all(
            mass <= most.get(group, math.inf) * growth for group, mass in groups.items()
        )

    def _serving(self, portion: Portion) -> Serving:
        parts = [(self.foods[food_id], mass) for food_id, mass in portion.ingredients]
        rows = [self.numbers[food_id] for food_id, _ in portion.ingredients]
        masses = np.array([mass for _, mass in parts])
        food_masses = np.array([mass * (food.group != WATER_GROUP) for food, mass in parts])
        amounts = (self.contents[rows] * (masses / 100)[:, None]).sum(axis=0)
        unknown_g = (self.is_missing[rows] * food_masses[:, None]).sum(axis=0)
        calcium = self.keys.index("calcium_mg")
        of_catalogue = [(f, m) for f, m in parts if f.group != EATEN_OUT]  # the rest is a guess
        greens = [(f, m) for f, m in of_catalogue if "oxalate_green" in f.flags]
        bases: dict[str, float] = {}
        for food, mass in parts:
            bases[food.base] = bases.get(food.base, 0.0) + mass
        return Serving(
            portion=portion,
            amounts=amounts,
            unknown_g=unknown_g,
            food_g=sum(food_masses.tolist()),
            cost_usd=sum(m * (f.price_usd_per_100g or 0.0) / 100 for f, m in parts),
            vegetables_g=mass_in(parts, VEGETABLE_GROUPS),
            fruit_g=sum(m for f, m in parts if f.group == "fruit" and "fruit" in f.roles),
            dried_fruit_g=mass_in(parts, frozenset({"dried_fruit"})),
            nuts_g=mass_in(parts, NUT_GROUPS),
            greens_g=sum(m for _, m in greens),
            greens_calcium_mg=sum(m * self.filled[f.food_id][calcium] / 100 for f, m in greens),
            brazil_nuts=sum(m / _piece_g(f) for f, m in parts if "brazil_nut" in f.flags),
            bases_g=bases,
            groups_g=self.size(portion)[1],
        )


def usual_servings(size: Mapping[str, Any], kind: str) -> tuple[float, float]:
    """Return what an eater usually has of a dish: on days that miss no meal, and that miss most.

    Parameters
    ----------
    size
        The rules of servings of the eater.
    kind
        The kind of the dish.
    """
    return size["usual_least"][kind], min(size["usual"], size["most"][kind])


def beyond(servings: float, usual: tuple[float, float]) -> float:
    """Return how many servings lie below what is usual, or above it."""
    return max(usual[0] - servings, servings - usual[1], 0.0)


def plate_growth(dish: Dish, most: Mapping[str, Any]) -> float:
    """Return how many times as much as usual may be on one plate of a dish: more of an own one."""
    return float(most["growth"] * (1.0 if dish.dish_id in shipped_dish_ids() else most["own"]))


_KEPT_PLATES = 4
_kept: list[Plates] = []  # of the tables planned from last, so that an edit computes little anew


def plates_of(foods: FoodTable) -> Plates:
    """Return the portions of a food table, those of the last tables kept."""
    for plates in _kept:
        if plates.foods is foods:
            return plates
    _kept.append(Plates(foods))
    del _kept[:-_KEPT_PLATES]
    return _kept[-1]


def mass_in(parts: Iterable[tuple[Food, float]], groups: frozenset[str]) -> float:
    """Sum the mass [g] of (food, mass [g]) in some groups."""
    return sum(mass for food, mass in parts if food.group in groups)


def _piece_g(food: Food) -> float:
    return next(m.mass_g for m in food.measures if m.name == "piece")
