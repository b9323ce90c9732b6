"""What makes a meal a meal: places, vegetables, fruit, dairy, kitchens, sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from planner.candidates.candidate import Column
from planner.meals.rules import MealRules, Place
from planner.model.board import ColumnTable, Plate, Vector
from planner.model.days import DayKind
from planner.request.days import usual_share
from planner.safety.stops import FoodCap

MAIN_MEALS = ("lunch", "dinner")


def add_places(plate: Plate, rules: MealRules) -> None:
    """One thing at most on each place, exactly one on the required ones."""
    for place in rules.places:
        chosen = plate.total(plate.table.on_place(place.place_id))
        if place.slot in plate.absence.slots:
            row = chosen <= 0
        else:
            row = chosen == 1 if is_needed(place, plate.kind, plate.table) else chosen <= 1
        plate.board.require(plate.key("place", place.place_id), row)


def is_needed(place: Place, kind: DayKind, table: ColumnTable) -> bool:
    """Whether a day must fill a place; of a meal eaten elsewhere the one that it stands on."""
    if not place.required or place.slot in kind.absence.slots:
        return False
    ids = kind.out.get(place.slot)
    own = (one for one in table.columns if ids and one.slot == place.slot)
    places = (one.place for one in own if one.candidate.source_id in (ids or ()))
    return ids is None or place.place_id == next(places, "")


def add_components(plate: Plate, rules: Mapping[str, Any], price: float) -> None:
    """So many things in a meal at most; each beyond the usual number at ``price`` points."""
    rule = rules["components"]
    for slot in plate.slots():
        things, usual = plate.total(plate.table.in_slot(slot)), rule["usual"][slot]
        plate.board.require(plate.key("components", slot), things <= rule["upper"][slot])
        if usual < rule["upper"][slot]:
            key = plate.key("components", f"{slot}.usual", soft=True)
            plate.board.prefer_at_most(key, things, usual, plate.price(price))


def add_meal_energy(plate: Plate, rules: Mapping[str, Any]) -> None:
    """Each meal within its share of the day's energy, snacks smaller than every main meal.

    Where only some meals of the pattern are planned, their shares are the eater's own affair; on a
    day that misses some, those of the others are as large as among themselves.
    """
    table, shares = plate.table, rules["meal_energy"]
    energy = table.content("energy_kcal")
    own = {slot: energy * table.in_slot(slot) for slot in plate.slots()}
    if not set(shares) <= {*own, *plate.absence.slots}:
        return
    part = usual_share(shares, own) if plate.absence.slots else 1.0
    put = {one.slot for one in plate.kind.puts}  # a dish put by hand brings its own size
    for slot, kcal in own.items():
        if slot in plate.kind.free:
            continue
        least, most = (bound / part for bound in shares[slot])
        lower, upper = plate.total(kcal - least * energy), plate.total(kcal - most * energy)
        if slot not in put and not plate.kind.free:  # else less is left for the others
            plate.board.require(plate.key("meal_energy", slot, "min"), lower >= 0)
        if slot not in put:
            plate.board.require(plate.key("meal_energy", slot, "max"), upper <= 0)
        if slot != "snack" and "snack" in own and "snack" not in plate.kind.free:
            smaller = plate.total(own["snack"] - rules["snack_size"]["times"] * kcal) <= 0
            plate.board.require(plate.key("snack_size", slot), smaller)


def add_meal_mass(plate: Plate, rules: Mapping[str, Any], price: float) -> None:
    """So much in a meal [g], where small meals are asked for; each gram beyond at ``price`` points.

    A dish that is put is free.
    """
    table, most_g = plate.table, rules["meal_mass"]["upper"]
    grams = table.vector([column.serving.portion.mass_g for column in table.columns])
    put = {one.slot for one in plate.kind.puts}
    for slot in plate.slots():
        if slot in most_g and slot not in put:
            key = plate.key("meal_mass", slot, "max", soft=True)
            here = plate.total(grams * table.in_slot(slot))
            plate.board.prefer_at_most(key, here, most_g[slot], plate.price(price))


def add_vegetables(plate: Plate, rules: Mapping[str, Any]) -> None:
    """Non-starchy vegetables at lunch, at dinner, and over the day [g].

    What is put in an amount of its own needs none beside it: two omelets.
    """
    table = plate.table
    grams = table.vector([c.serving.vegetables_g for c in table.columns])
    lower = rules["vegetables_meal"]["lower"]
    for slot in main_meals(plate):
        if slot in plate.kind.free:
            continue
        here = plate.total(grams * table.in_slot(slot))
        plate.board.require(plate.key("vegetables_meal", slot), here >= lower)
    if len(main_meals(plate)) == len(MAIN_MEALS):
        row = plate.total(grams) >= rules["vegetables_day"]["lower"]
        plate.board.require(plate.key("vegetables_day"), row)


def add_fruit(plate: Plate, rules: Mapping[str, Any]) -> None:
    """Whole fruit at two meals or more; snacks of nuts, yogurt or milk beside a fruit."""
    table, rule = plate.table, rules["fruit"]
    fresh, dried = rule["lower"], rule["lower_dried"]
    occasions = table.where(
        lambda c: c.serving.fruit_g >= fresh or c.serving.dried_fruit_g >= dried
    )
    _add_loose_fruit(plate, rule)
    wanted = min(rule["occasions"], len(plate.slots()) - 1)
    plate.board.require(plate.key("fruit"), plate.total(occasions) >= wanted)
    snacks = table.in_slot("snack") * table.where(lambda c: not c.candidate.traits.is_dish)
    companions = snacks * table.where(lambda c: c.candidate.traits.needs_fruit)
    fruits = snacks - companions
    if companions.any():
        row = plate.total(companions - fruits) <= 0
        plate.board.require(plate.key("companion"), row)


def _add_loose_fruit(plate: Plate, rule: Mapping[str, Any]) -> None:
    """Allow few fruits as such a day, and none beside a dish that holds one."""
    table = plate.table
    loose = table.where(lambda c: not c.candidate.traits.is_dish and c.serving.fruit_g > 0)
    held = table.where(lambda c: c.candidate.traits.is_dish and c.serving.fruit_g >= rule["dish_g"])
    plate.board.require(plate.key("fruit", "loose"), plate.total(loose) <= rule["loose"])
    add_one_at_a_meal(plate, "fruit", loose, held)


def add_one_at_a_meal(plate: Plate, rule: str, loose: Vector, held: Vector) -> None:
    """Allow one of these things at a meal: as such, or in a dish that holds it."""
    for slot in plate.slots():
        here = plate.table.in_slot(slot)
        if (loose * here).any():
            row = plate.total((loose + held) * here) <= 1
            plate.board.require(plate.key(rule, slot), row)


def add_usual_nuts(plate: Plate, rules: Mapping[str, Any], price: float) -> None:
    """Allow a handful of nuts or seeds a day, more at ``price`` points a gram."""
    nuts = plate.table.vector([c.serving.nuts_g for c in plate.table.columns])
    key, upper = plate.key("nuts_usual", "mass", "max", soft=True), rules["nuts_usual"]["upper"]
    plate.board.prefer_at_most(key, plate.total(nuts), upper, plate.price(price))


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
    """Limit desserts, juice, nuts and second meals a day."""
    table = plate.table
    again = table.where(lambda c: c.candidate.traits.is_leftover)
    if not plate.kind.puts:  # who puts two on a day has two
        _at_most(plate, "leftover", "day", rules["leftover"]["most_per_day"], again)
    desserts = table.where(lambda c: c.candidate.traits.is_dessert)
    _at_most(plate, "dessert", "", rules["dessert"]["upper"], desserts)
    juices = table.where(lambda c: c.candidate.traits.is_juice)
    _at_most(plate, "juice", "", rules["juice"]["upper"], juices)
    nuts = table.vector([c.serving.nuts_g for c in table.columns])
    plate.board.require(plate.key("nuts"), plate.total(nuts) <= rules["nuts"]["upper"])


def add_families(plate: Plate, price: float) -> None:
    """Lunch and dinner differ in main protein and in starch, at ``price`` points a breach."""
    table = plate.table
    counted = table.where(lambda c: c.slot in MAIN_MEALS)
    families: dict[str, Callable[[Column], str]] = {
        "protein_day": lambda c: c.candidate.traits.protein,
        "starch_day": lambda c: c.candidate.traits.starch,
    }
    for rule, family in families.items():
        names = np.array([family(column) for column in table.columns])
        for word in sorted(set(names.tolist()) - {"none"}):
            chosen = counted * (names == word)
            key = plate.key(rule, word, soft=True)
            if chosen.any():
                plate.board.prefer_at_most(key, plate.total(chosen), 1, plate.price(price))


def add_foods_of_day(
    plate: Plate,
    rules: Mapping[str, Any],
    groups: Mapping[str, frozenset[str]],
    everyday: set[str],
    price: float,
) -> None:
    """Serve some foods once a day, others twice unless everyday ones."""
    _add_kinds_of_day(plate, rules, price)
    rule, upper = rules["food_day"], rules["food_day"]["upper"]
    once, spoon = _bases_of(groups, rule["once_groups"]), _bases_of(groups, rule["once_from_line"])
    for base, chosen in plate.table.bases(rule["lower_mass_g"]):
        if base not in everyday | spoon:
            most = 1 if base in once else upper
            _at_most(plate, "food_day", base, most, chosen)
    for base, chosen in plate.table.bases(rules["line"]["lower"]):
        if base in spoon:
            _at_most(plate, "food_day", base, 1, chosen)


def _bases_of(groups: Mapping[str, frozenset[str]], wanted: Iterable[str]) -> set[str]:
    """Name the bases that have a food in one of the groups."""
    some = set(wanted)
    return {base for base, own in groups.items() if own & some}


def _add_kinds_of_day(plate: Plate, rules: Mapping[str, Any], price: float) -> None:
    """Serve nuts, yogurt and the like in one thing of a day, whatever kind of it, priced."""
    for kinds in rules["food_day"]["once_kinds"]:
        chosen = plate.table.of_groups(kinds) >= rules["line"]["lower"]
        if chosen.any():
            key = plate.key("food_day", f"any_{kinds[0]}", soft=True)
            plate.board.prefer_at_most(key, plate.total(chosen), 1, plate.price(price))


def add_foods_of_meal(plate: Plate, rules: Mapping[str, Any], everyday: set[str]) -> None:
    """No food but an everyday one in two things of one meal, and nothing twice."""
    meals = {slot: plate.table.in_slot(slot) for slot in plate.slots()}
    told = np.zeros(len(plate.table))
    for base, chosen in plate.table.bases(rules["base_meal"]["lower_mass_g"]):
        if base not in everyday:
            told = np.maximum(told, chosen)
            for slot, here in meals.items():
                _at_most(plate, "food_meal", f"{slot}.{base}", 1, chosen * here)
    for name, numbers in plate.table.columns_of_candidates().items():
        if not told[numbers].all():
            for slot, here in meals.items():
                same = plate.table.marks(numbers) * here
                _at_most(plate, "food_meal", f"{slot}.{name}.twice", 1, same)


def add_cuisine(plate: Plate, rules: Mapping[str, Any]) -> None:
    """Sides and single foods of some kitchens only beside a main dish that fits."""
    table, most = plate.table, max(rules["components"]["upper"].values())
    kitchens = [column.candidate.traits.kitchens for column in table.columns]
    sets = sorted(set(kitchens) - {frozenset()}, key=sorted)
    same = [table.vector([float(one == own) for one in kitchens]) for own in sets]
    near = [table.vector([float(not one or bool(one & own)) for one in kitchens]) for own in sets]
    for slot in plate.slots():
        here, main = table.in_slot(slot), table.on_place(f"{slot}.main")
        for at, own in enumerate(sets):
            sides, fitting = (here - main) * same[at], main * near[at]
            if main.any() and sides.any():
                key = plate.key("cuisine", f"{slot}.{'_'.join(sorted(own))}")
                plate.board.require(key, plate.total(sides - most * fitting) <= 0)


def add_cautions(plate: Plate, caps: Mapping[str, FoodCap]) -> None:
    """Little calcium from oxalate-rich greens, few Brazil nuts a day."""
    table = plate.table
    greens = table.vector([c.serving.greens_calcium_mg for c in table.columns])
    share = caps["oxalate_greens"].share_of_day["calcium_mg"]
    if greens.any():
        row = plate.total(greens - share * table.counted("calcium_mg", "food")) <= 0
        plate.board.require(plate.key("greens_calcium"), row)
    brazil = table.vector([c.serving.brazil_nuts for c in table.columns])
    pieces = caps["brazil_nuts"].pieces_per_day
    if brazil.any() and pieces is not None:
        plate.board.require(plate.key("brazil_nuts"), plate.total(brazil) <= pieces)


def add_coverage(plate: Plate, nutrients: Sequence[str], least: float) -> None:
    """Each nutrient known for at least ``least`` of the day's food by mass, water apart."""
    table = plate.table
    food_g = table.vector([c.serving.food_g for c in table.columns])
    for nutrient in nutrients:
        unknown_g = table.unknown(nutrient)
        if unknown_g.any():
            row = plate.total(unknown_g - (1 - least) * food_g) <= 0
            plate.board.require(plate.key("coverage", nutrient), row)


def main_meals(plate: Plate) -> tuple[str, ...]:
    """Lunch and dinner, as far as they are planned and nobody eats elsewhere."""
    return tuple(slot for slot in MAIN_MEALS if slot in {*plate.slots()} - plate.kind.out.keys())


def _at_most(plate: Plate, rule: str, subject: str, upper: float, chosen: Vector) -> None:
    """Add ``count <= upper`` where more than ``upper`` places could break it."""
    if _places(plate, chosen) > upper:
        plate.board.require(plate.key(rule, subject), plate.total(chosen) <= upper)


def _places(plate: Plate, chosen: Vector) -> int:
    """Count the places on which any of ``chosen`` may stand."""
    return len({plate.table.columns[index].place for index in chosen.nonzero()[0].tolist()})
