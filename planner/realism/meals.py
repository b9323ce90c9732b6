"""Edible rules within a meal: what goes together, and in which amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from foods.food import Food
from planner.realism.served import (
    MAIN_MEALS,
    NONE,
    Case,
    Rule,
    ServedMeal,
    ServedWeek,
    Thing,
    judge,
    judge_beside,
)

PROTEIN = "protein_g"
SNACK = "snack"


def plain_names(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Vague words in the names of dishes and foods, each name once."""
    names = {thing.item.name for day in week.days for thing in day.things()}
    names |= {food.name for day in week.days for food, _ in day.parts()}
    for name in sorted(names):
        text = f" {name.lower()} "
        found = [word for word in rule["words"] if f" {word}" in text]
        yield judge(name, len(found), rule)


def snack_template(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Whether a snack is one that people know."""
    kind_of = {group: kind for kind, groups in rule["kinds"].items() for group in groups}
    for meal in week.meals((SNACK,)):
        masses: dict[str, float] = {}
        for food, mass in meal.parts():
            kind = kind_of.get(food.group, "")
            masses[kind] = masses.get(kind, 0.0) + mass
        kinds = {kind for kind, mass in masses.items() if kind and mass >= rule["least_g"]}
        fits = any(
            set(one["needs"]) <= kinds <= {*one["needs"], *one["may"]} for one in rule["templates"]
        )
        note = " + ".join(sorted(kinds)).replace("_", " ")
        yield judge(f"day {meal.day}", float(fits), rule, note)


def one_starch(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Starches too many or too few at lunch and at dinner; one bread beside another is none."""
    for meal in week.meals():
        starches = [thing.starch() for thing in meal.things]
        starches = [word for word in starches if word != NONE]
        breads = sum(word in rule["bread"] for word in starches)
        others = len(starches) - breads
        wrong = max(0, others - 1) + max(0, breads - 1) + (not starches)
        yield judge(meal.where, wrong, rule, " + ".join(starches) or "no starch")


def sides(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Sides beside a dish that has its protein and its starch; drinks are none."""
    drinks = week.groups("milk", "juice") | {"drink", "water"}
    for meal in week.meals():
        main = meal.main()
        if main is not None and main.starch() != NONE:
            beside = [thing for thing in meal.things if thing is not main]
            count = sum(
                not (thing.is_food and thing.parts[0][0].group in drinks) for thing in beside
            )
            yield judge(meal.where, count, rule)


def spread_carrier(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Weigh what a spread can be spread on [g]; nut butter may be stirred into a porridge as well.

    Within a dish of lunch or dinner it is no spread but a part of the sauce.
    """
    dry = frozenset(rule["dry_groups"])
    stirred = dry | week.groups("carrier", "milk")
    nut_butter = week.groups("nut_butter")
    for meal in week.meals(("breakfast", "lunch", "dinner", SNACK)):
        spreads = list(_spreads(meal, rule))
        for carriers, is_nut in ((stirred, True), (dry, False)):
            mass = sum(m for food, m in spreads if (food.group in nut_butter) is is_nut)
            if mass >= rule["least_g"]:
                yield judge(meal.where, meal.mass_g(carriers), rule)


def _spreads(meal: ServedMeal, rule: Rule) -> Iterator[tuple[Food, float]]:
    """Give the spreads of a meal; butter and honey in a dish are cooked into it."""
    for thing in meal.things:
        is_bowl = not thing.is_food and meal.slot in ("breakfast", SNACK)
        for food, mass in thing.parts:
            counts = thing.is_food or (is_bowl and food.group not in rule["cooked_groups"])
            if "spread" in food.roles and counts and food.base not in rule["apart_bases"]:
                yield food, mass


def snack_share(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Share of the day's energy from snacks."""
    for day in week.days:
        snack = day.meal(SNACK)
        if snack is not None and len(day.meals) > len(MAIN_MEALS) and day.energy_kcal:
            yield judge(day.where, snack.energy_kcal() / day.energy_kcal, rule)


def snack_smaller(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Energy of the snacks over that of the smallest meal."""
    for day in week.days:
        meals = [meal.energy_kcal() for meal in day.meals if meal.slot != SNACK]
        snack = day.meal(SNACK)
        if snack is not None and meals and min(meals):
            yield judge(day.where, snack.energy_kcal() / min(meals), rule)


def dressing(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Dressing on a leafy salad [g]."""
    for meal in week.meals():
        for thing in meal.things:
            is_salad = thing.dish is not None and (
                thing.dish.role == "salad" or "salad" in thing.dish.tags
            )
            if is_salad and thing.mass_g({"leafy_greens"}) >= rule["leaves_g"]:
                where = f"{thing.item.name}, day {meal.day}"
                yield judge(where, thing.mass_g(week.groups("fat")), rule)


def cuisine(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Sides and single foods whose kitchens do not meet those of the main dish."""
    for meal in week.meals():
        main = meal.main()
        own = _kitchens(week, main) if main is not None else frozenset()
        if not own:
            continue
        strange = [
            thing.item.name
            for thing in meal.things
            if (kitchens := _kitchens(week, thing)) and not kitchens & own
        ]
        yield judge(meal.where, len(strange), rule, ", ".join(strange))


def _kitchens(week: ServedWeek, thing: Thing) -> frozenset[str]:
    """Kitchens that a thing belongs to; empty where it goes with everything."""
    if thing.dish is not None:
        own = thing.dish.cuisine
        return frozenset(name for name, members in week.kitchens.items() if own in members)
    return week.food_kitchens.get(thing.parts[0][0].base, frozenset())


def windows(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Whether amounts lie within what is usual, by class."""
    for day in week.days:
        grown = week.growth(day.day, rule)
        for thing in day.things():
            window = _window(week, thing, rule)
            if window is not None:
                mass, (least, most) = window
                slack = 1 + rule["slack"]
                fits = least / slack <= mass <= most * grown * slack
                note = f"{mass:.0f} g"
                yield judge(f"{thing.item.name}, {day.where}", float(fits), rule, note)


def _window(week: ServedWeek, thing: Thing, rule: Rule) -> tuple[float, tuple[float, float]] | None:
    """Give the mass [g] that a window speaks of, and the window; ``None`` without one."""
    if thing.is_food:
        for kind in ("fruit", "vegetable", "nuts"):
            if thing.mass_g(week.groups(kind)):
                return thing.item.mass_g, tuple(rule[f"{kind}_g"])
        return None
    dish = thing.dish
    if dish is None:
        return None
    hot_g = _hot_cereal_g(week, thing, rule)
    if hot_g:
        return hot_g, tuple(rule["hot_cereal_g"])
    if dish.kind == "side" and dish.role == "vegetable":
        return thing.item.mass_g, tuple(rule["vegetable_g"])
    if dish.kind == "main" and dish.protein in ("fish", "shellfish", "poultry", "beef", "pork"):
        meat_g = thing.mass_g(week.groups("meat_fish"))
        beans_g = thing.mass_g(week.groups("legume"))  # beans may stand in for part of the meat
        least, most = rule["meat_fish_g"]
        return (meat_g if meat_g >= least else min(meat_g + beans_g, most)), (least, most)
    if dish.kind == "main" and "handheld" in dish.tags:
        return thing.item.mass_g, (rule["handheld_g"], float("inf"))
    return None


def _hot_cereal_g(week: ServedWeek, thing: Thing, rule: Rule) -> float:
    """Mass of a bowl of porridge [g]: the cooked cereal, or dry cereal with its liquid; else 0."""
    dish, bases = thing.dish, rule["hot_cereals"]
    if dish is None or dish.kind != "breakfast":
        return 0.0
    cooked_g = thing.mass_where(lambda food: food.base in bases and food.bought_as is not None)
    dry_g = thing.mass_where(lambda food: food.base in bases and food.bought_as is None)
    if cooked_g or not dry_g or not any(word in dish.name.lower() for word in rule["bowls"]):
        return cooked_g
    return dry_g + thing.mass_g(week.groups("milk") | {"water"})


def components(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Things on the table at a meal."""
    for day in week.days:
        for meal in day.meals:
            yield judge(meal.where, len(meal.things), rule)


def one_legume(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Dishes and foods of a meal that are built on legumes."""
    for meal in week.meals():
        count = sum(thing.mass_g(week.groups("legume")) >= rule["least_g"] for thing in meal.things)
        if count:
            yield judge_beside(meal.where, count, rule, meal.cuisines())


def cereal_milk(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Look for what belongs to a bowl: milk to cold cereal, fruit or nuts to porridge."""
    for meal in week.meals(("breakfast",)):
        where = f"day {meal.day}"
        bowl = next((one for one in meal.things if _cold_g(one) >= rule["cereal_g"]), None)
        if bowl is not None:
            milk_g = bowl.mass_g(week.groups("milk")) or meal.mass_g(week.groups("milk"))
            note = f"{milk_g:.0f} g of milk"
            yield judge(where, float(_is_wet(bowl, milk_g, rule)), rule, note)
        elif any(_is_porridge(week, thing, rule) for thing in meal.things):
            topping: Mapping[str, float] = rule["topping_g"]
            share = sum(meal.mass_g(week.groups(kind)) / mass for kind, mass in topping.items())
            yield judge_beside(where, share, rule, meal.cuisines(), "no fruit or nuts")


def _cold_g(thing: Thing) -> float:
    return thing.mass_where(lambda food: "cold_cereal" in food.flags)


def _is_wet(bowl: Thing, milk_g: float, rule: Rule) -> bool:
    """Whether a bowl of cold cereal has its milk, or a yogurt; two servings take twice as much."""
    least, most = rule["milk_g"]
    times = max(1.0, bowl.item.servings)
    has_yogurt: bool = bowl.mass_g({"yogurt", "soy"}) >= rule["yogurt_g"]
    return has_yogurt or least <= milk_g <= most * times


def _is_porridge(week: ServedWeek, thing: Thing, rule: Rule) -> bool:
    """Whether it is cereal cooked in milk or water."""
    wet = thing.mass_g(week.groups("milk") | {"water"})
    grain = thing.mass_g({"whole_grains", "refined_grains", "breakfast_cereal"})
    return thing.dish is not None and grain > 0 and wet >= rule["wet_g"]


def edible(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Foods that stay raw but must be cooked, and frozen fruit on its own."""
    seen: set[str] = set()
    for day in week.days:
        for thing in day.things():
            for food, _ in thing.parts:
                if food.food_id not in seen:
                    seen.add(food.food_id)
                    yield judge(food.name, float(_is_raw(food, thing, rule)), rule)


def _is_raw(food: Food, thing: Thing, rule: Rule) -> bool:
    if thing.is_food:
        is_frozen = food.aisle == "frozen" and food.group == "fruit"
        return food.state not in ("eaten", "ingredient") or is_frozen
    return food.state == "raw" and food.group not in rule["uncooked_groups"]


def unit_foods(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Whether bread and eggs come in whole or half pieces; crumbs and egg in a batter are none."""
    for day in week.days:
        for thing in day.things():
            leads_egg = thing.dish is not None and thing.dish.protein == "egg"
            groups = (*rule["groups"], *(rule["eggs"] if leads_egg else ()))
            for food, mass in thing.parts:
                halves = [2 * mass / piece_g for piece_g in _pieces_g(food, thing)]
                if food.group in groups and halves and max(halves) >= 1 - rule["slack"]:
                    off = min(abs(n - round(n)) / n for n in halves)
                    where = f"{food.name}, {day.where}"
                    yield judge(where, float(off <= rule["slack"]), rule, f"{mass:.0f} g")


def _pieces_g(food: Food, thing: Thing) -> list[float]:
    """Masses of one piece [g]: what the recipe says, as ``4 rolls of 50 g``, else the catalogue."""
    lines = thing.dish.ingredients if thing.dish is not None else ()
    own = [PIECE_OF_RECIPE.search(one.measure) for one in lines if one.food_id == food.food_id]
    found = [float(match.group(1)) for match in own if match is not None]
    return found or [one.mass_g for one in food.measures if one.name in COUNTED]


PIECE_OF_RECIPE = re.compile(r"(\d+) g\b")
COUNTED: Sequence[str] = (
    "slice", "roll", "pita", "bagel", "tortilla", "muffin", "piece", "small", "medium", "large",
)  # fmt: skip


def main_protein(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Protein of the thing that brings most of it at lunch and at dinner [g]."""
    for meal in week.meals():
        most = max(thing.item.nutrients.get(PROTEIN) or 0.0 for thing in meal.things)
        yield judge(meal.where, most, rule)
