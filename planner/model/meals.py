"""What makes a meal a meal: places, starch, sides, vegetables, fruit, dairy, sizes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from planner.model.board import Column, Plate, Vector
from planner.safety.limits import FoodCap
from planner.targets.rules import MealRules

MAIN_MEALS = ("lunch", "dinner")


def add_places(plate: Plate, rules: MealRules) -> None:
    """One thing at most on each place, exactly one on the required ones."""
    for place in rules.places:
        chosen = plate.total(_where(plate, lambda c, p=place.place_id: c.place == p))
        row = chosen == 1 if place.required else chosen <= 1
        plate.board.require(plate.key("place", place.place_id), row)


def add_starch(plate: Plate) -> None:
    """One starch at lunch and at dinner: in the main dish, or beside it; bread once at most."""
    for slot in MAIN_MEALS:
        starch = _where(
            plate,
            lambda c, s=slot: c.slot == s
            and not c.place.endswith(".bread")
            and c.candidate.traits.starch != "none",
        )
        plate.board.require(plate.key("starch", slot), plate.total(starch) == 1)
        bread = _where(plate, lambda c, s=slot: c.slot == s and c.candidate.traits.is_bread)
        plate.board.require(plate.key("bread", slot), plate.total(bread) <= 1)


def add_sides(plate: Plate, rules: Mapping[str, Any]) -> None:
    """Two sides beside a dish with its own starch, three beside one without; five things in all."""
    mixed, plain = rules["sides"]["mixed"], rules["sides"]["plain"]
    for slot in MAIN_MEALS:
        sides = _where(
            plate,
            lambda c, s=slot: c.slot == s and c.place.split(".")[1] not in ("main", "drink"),
        )
        without = _where(
            plate,
            lambda c, s=slot: c.place == f"{s}.main" and c.candidate.traits.starch == "none",
        )
        row = plate.total(sides - (plain - mixed) * without) <= mixed
        plate.board.require(plate.key("sides", slot), row)
    for slot in dict.fromkeys(column.slot for column in plate.table.columns):
        things = _where(plate, lambda c, s=slot: c.slot == s)
        upper = rules["components"]["upper"]
        plate.board.require(plate.key("components", slot), plate.total(things) <= upper)


def add_meal_energy(plate: Plate, rules: Mapping[str, Any]) -> None:
    """Each meal within its share of the day's energy, snacks smaller than every main meal."""
    energy = plate.table.content("energy_kcal")
    slots = list(dict.fromkeys(column.slot for column in plate.table.columns))
    per_slot = {
        slot: energy * _where(plate, lambda c, s=slot: c.slot == s) for slot in slots
    }
    if set(slots) < set(rules["meal_energy"]) & {"breakfast", "lunch", "dinner", "snack"}:
        return  # shares of a day with fewer meals are the eater's own affair
    for slot in slots:
        least, most = rules["meal_energy"][slot]
        own = per_slot[slot]
        plate.board.require(
            plate.key("meal_energy", slot, "min"), plate.total(own - least * energy) >= 0
        )
        plate.board.require(
            plate.key("meal_energy", slot, "max"), plate.total(own - most * energy) <= 0
        )
        if slot != "snack":
            plate.board.require(
                plate.key("snack_size", slot), plate.total(per_slot["snack"] - own) <= 0
            )


def add_vegetables(plate: Plate, rules: Mapping[str, Any]) -> None:
    """Non-starchy vegetables at lunch, at dinner, and over the day [g]."""
    grams = plate.table.vector([c.serving.vegetables_g for c in plate.table.columns])
    for slot in MAIN_MEALS:
        here = grams * _where(plate, lambda c, s=slot: c.slot == s)
        if here.any():
            lower = rules["vegetables_meal"]["lower"]
            plate.board.require(plate.key("vegetables_meal", slot), plate.total(here) >= lower)
    lower = rules["vegetables_day"]["lower"]
    plate.board.require(plate.key("vegetables_day"), plate.total(grams) >= lower)


def add_fruit(plate: Plate, rules: Mapping[str, Any]) -> None:
    """Whole fruit at two meals or more; snacks of nuts, yogurt or milk beside a fruit."""
    rule = rules["fruit"]

    def is_fruit(column: Column) -> bool:
        serving = column.serving
        return serving.fruit_g >= rule["lower"] or serving.dried_fruit_g >= rule["lower_dried"]

    occasions = plate.total(_where(plate, is_fruit))
    plate.board.require(plate.key("fruit"), occasions >= rule["occasions"])
    companions = _where(
        plate, lambda c: c.place == "snack.second" and c.candidate.traits.needs_fruit
    )
    fruits = _where(
        plate, lambda c: c.place == "snack.first" and not c.candidate.traits.is_dish
    )
    plate.board.require(plate.key("companion"), plate.total(companions - fruits) <= 0)


def add_dairy(plate: Plate, rules: Mapping[str, Any], price: float) -> None:
    """Milk, yogurt, cheese or a stand-in twice a day, priced."""
    servings = plate.table.vector([c.serving.dairy_occasions for c in plate.table.columns])
    plate.board.prefer_at_least(
        plate.key("dairy", soft=True),
        plate.total(servings),
        rules["dairy"]["occasions"],
        plate.price(price),
    )


def add_counts(plate: Plate, rules: Mapping[str, Any]) -> None:
    """One legume dish a meal, one dessert, one juice and one uncommon food a day, nuts by weight."""
    legume_g = rules["legume"]["lower_mass_g"]
    for slot in dict.fromkeys(column.slot for column in plate.table.columns):
        _at_most(
            plate,
            "legume",
            slot,
            rules["legume"]["upper"],
            _where(plate, lambda c, s=slot: c.slot == s and c.serving.legume_g >= legume_g),
        )
    _at_most(
        plate,
        "dessert",
        "",
        rules["dessert"]["upper"],
        _where(plate, lambda c: c.candidate.traits.is_dessert),
    )
    _at_most(
        plate,
        "juice",
        "",
        rules["juice"]["upper"],
        _where(plate, lambda c: c.candidate.traits.is_juice),
    )
    _at_most(
        plate,
        "uncommon",
        "",
        rules["uncommon_day"]["upper"],
        _where(plate, lambda c: c.candidate.traits.uncommon),
    )
    nuts = plate.table.vector([c.serving.nuts_g for c in plate.table.columns])
    plate.board.require(plate.key("nuts"), plate.total(nuts) <= rules["nuts"]["upper"])


def add_families(plate: Plate, price: float) -> None:
    """Lunch and dinner differ in main protein and in starch, at ``price`` points a breach."""
    for rule, family in (("protein_day", _protein), ("starch_day", _starch)):
        words = sorted({family(c) for c in plate.table.columns if c.slot in MAIN_MEALS} - {"none"})
        for word in words:
            chosen = _where(
                plate,
                lambda c, w=word, f=family: (
                    c.slot in MAIN_MEALS and not c.place.endswith(".bread") and f(c) == w
                ),
            )
            key = plate.key(rule, word, soft=True)
            plate.board.prefer_at_most(key, plate.total(chosen), 1, plate.price(price))


def add_foods_of_day(plate: Plate, rules: Mapping[str, Any]) -> None:
    """No food more than twice a day."""
    least, upper = rules["food_day"]["lower_mass_g"], rules["food_day"]["upper"]
    everyday = set(rules["base_week"]["everyday_bases"])
    for base, chosen in plate.table.bases(least).items():
        if base not in everyday:
            _at_most(plate, "food_day", base, upper, chosen)


def add_foods_of_meal(plate: Plate, rules: Mapping[str, Any]) -> None:
    """No food in two things of one meal."""
    everyday = set(rules["base_week"]["everyday_bases"])
    slots = list(dict.fromkeys(column.slot for column in plate.table.columns))
    for base, chosen in plate.table.bases(rules["base_meal"]["lower_mass_g"]).items():
        if base not in everyday:
            for slot in slots:
                here = chosen * _where(plate, lambda c, s=slot: c.slot == s)
                _at_most(plate, "food_meal", f"{slot}.{base}", 1, here)


def add_cuisine(plate: Plate, rules: Mapping[str, Any]) -> None:
    """Sides and single foods of some kitchens only beside a main dish that fits."""
    most = rules["sides"]["plain"]
    for slot in MAIN_MEALS:
        here = [c for c in plate.table.columns if c.slot == slot]
        for kitchens in sorted({c.candidate.traits.kitchens for c in here}, key=sorted):
            sides = _where(
                plate,
                lambda c, s=slot, k=kitchens: (
                    c.slot == s
                    and c.place != f"{s}.main"
                    and c.candidate.traits.kitchens == k
                ),
            )
            fitting = _where(
                plate,
                lambda c, s=slot, k=kitchens: (
                    c.place == f"{s}.main"
                    and (not c.candidate.traits.kitchens or bool(c.candidate.traits.kitchens & k))
                ),
            )
            if kitchens and sides.any():
                key = plate.key("cuisine", f"{slot}.{'_'.join(sorted(kitchens))}")
                plate.board.require(key, plate.total(sides - most * fitting) <= 0)


def add_cautions(plate: Plate, caps: Mapping[str, FoodCap]) -> None:
    """Little calcium from oxalate-rich greens, few Brazil nuts a day."""
    columns = plate.table.columns
    greens = plate.table.vector([c.serving.greens_calcium_mg for c in columns])
    share = caps["oxalate_greens"].share_of_day["calcium_mg"]
    if greens.any():
        row = plate.total(greens - share * plate.table.content("calcium_mg")) <= 0
        plate.board.require(plate.key("greens_calcium"), row)
    brazil = plate.table.vector([c.serving.brazil_nuts for c in columns])
    if brazil.any():
        upper = caps["brazil_nuts"].pieces_per_day
        plate.board.require(plate.key("brazil_nuts"), plate.total(brazil) <= upper)


def add_coverage(plate: Plate, nutrients: Sequence[str], least: float) -> None:
    """Each nutrient known for at least ``least`` of the day's food by mass, water apart."""
    columns = plate.table.columns
    food_g = plate.table.vector([c.serving.food_g for c in columns])
    for nutrient in nutrients:
        at = plate.table.nutrients.index(nutrient)
        unknown_g = plate.table.vector([c.serving.unknown_g[at] for c in columns])
        if unknown_g.any():
            row = plate.total(unknown_g - (1 - least) * food_g) <= 0
            plate.board.require(plate.key("coverage", nutrient), row)


def _protein(column: Column) -> str:
    return column.candidate.traits.protein


def _starch(column: Column) -> str:
    return column.candidate.traits.starch


def _where(plate: Plate, holds: Callable[[Column], bool]) -> Vector:
    """1 for each column for which ``holds``, else 0."""
    return plate.table.vector([1.0 if holds(c) else 0.0 for c in plate.table.columns])


def _at_most(
    plate: Plate,
    name: str,
    subject: str,
    upper: float,
    chosen: Vector,
) -> None:
    """Add ``count <= upper`` where more than ``upper`` places could break it."""
    touched = {plate.table.columns[i].place for i in np.flatnonzero(chosen)}
    if len(touched) > upper:
        plate.board.require(plate.key(name, subject), plate.total(chosen) <= upper)
