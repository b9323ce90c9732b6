"""Between days: monotony, amounts nobody can measure, and what is bought to be thrown away."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from foods.food import Food
from foods.packages import bought, spoiling_package
from foods.water import TAP_WATER
from planner.kitchen.measures import kitchen_amount
from planner.realism.served import NONE, Case, Rule, ServedWeek, Thing, judge

PIECES = ("piece", "small", "medium", "large", "clove", "stalk", "sprig")


def between_days(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Days on which a food that is not an everyday one is a main part; leftovers are apart."""
    rule = {**rule, "upper": week.scaled(rule["upper"])}
    days: dict[str, set[int]] = {}
    for day in week.days:
        for thing in day.things():
            for food, mass in thing.parts:
                is_everyday = food.group in rule["everyday_groups"]
                is_everyday = is_everyday or food.base in rule["everyday_bases"]
                if mass >= rule["least_g"] and not is_everyday and not _is_leftover(thing):
                    days.setdefault(food.base, set()).add(day.day)
    for base, found in sorted(days.items()):
        yield judge(base.replace("_", " "), len(found), rule)


def side_pairs(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Count how often the same two sides come together; drinks and bread are none."""
    apart = week.groups("milk", "juice") | {"bread", "drink", "water"}
    pairs: dict[str, int] = {}
    for meal in week.meals():
        names = sorted(
            thing.item.name
            for thing in meal.things
            if not thing.is_main and not (thing.is_food and thing.parts[0][0].group in apart)
        )
        if len(names) > 1:
            pair = " + ".join(names)
            pairs[pair] = pairs.get(pair, 0) + 1
    for pair, count in sorted(pairs.items()):
        yield judge(pair, count, rule)


def same_breakfast(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Count how often each breakfast comes."""
    rule = {**rule, "upper": week.scaled(rule["upper"])}
    yield from _times(
        (thing for meal in week.meals(("breakfast",)) for thing in meal.things[:1]), rule
    )


def same_main(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Count how often a main dish is cooked."""
    rule = {**rule, "upper": week.scaled(rule["upper"])}
    things = (thing for meal in week.meals() for thing in meal.things if thing.is_main)
    yield from _times((thing for thing in things if not _is_leftover(thing)), rule)


def _times(things: Iterable[Thing], rule: Rule) -> Iterator[Case]:
    counts: dict[str, int] = {}
    for thing in things:
        counts[thing.item.name] = counts.get(thing.item.name, 0) + 1
    for name, count in sorted(counts.items()):
        yield judge(name, count, rule)


def same_protein(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Dinners led by each protein."""
    rule = {**rule, "upper": week.scaled(rule["upper"])}
    counts: dict[str, int] = {}
    for word in _dinner_proteins(week).values():
        counts[word] = counts.get(word, 0) + 1
    for word, count in sorted(counts.items()):
        yield judge(word.replace("_", " "), count, rule)


def running_protein(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Whether a dinner has the main protein of the dinner before."""
    found = _dinner_proteins(week)
    for day, word in found.items():
        if day - 1 in found:
            yield judge(f"day {day}", float(found[day - 1] == word), rule, word.replace("_", " "))


def _dinner_proteins(week: ServedWeek) -> dict[int, str]:
    mains = {meal.day: meal.main() for meal in week.meals(("dinner",))}
    words = {day: main.protein() for day, main in mains.items() if main is not None}
    return {day: word for day, word in words.items() if word != NONE}


def odd_amounts(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Whether each amount has a household measure near it; eggs in a batter need none."""
    known: dict[tuple[str, float], bool] = {}
    for day in week.days:
        for thing in day.things():
            for food, mass in thing.parts:
                in_batter = food.group == "egg" and not thing.is_food
                if food.group in week.apart or mass < week.line_g or in_batter:
                    continue
                key = (food.food_id, mass)
                if key not in known:
                    known[key] = bool(kitchen_amount(food, mass))
                where = f"{food.name}, {day.where}"
                yield judge(where, float(known[key]), rule, f"{mass:.0f} g")


def small_buys(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Mass that the week needs of each food that is bought fresh [g]."""
    for food, mass, _ in _needs(week):
        if food.aisle in rule["aisles"] and food.group not in rule["apart_groups"]:
            piece_g = min((m.mass_g for m in food.measures if m.name in PIECES), default=math.inf)
            value = max(mass, rule["lower"]) if mass >= piece_g / 2 else mass
            yield judge(food.name, value, rule, f"{mass:.0f} g")


def orphans(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Share that is used of a package that one meal opens; what keeps is no case."""
    for food, mass, uses in _needs(week):
        package = spoiling_package(food, rule)
        if package is not None:
            share = mass / (package.mass_g * math.ceil(mass / package.mass_g))
            value = share if uses == 1 else 1.0
            yield judge(food.name, value, rule, f"{100 * share:.0f} % used")


def _needs(week: ServedWeek) -> list[tuple[Food, float, int]]:
    """Give each bought food with the edible mass [g] and the number of meals it is for."""
    masses: dict[str, float] = {}
    uses: dict[str, set[tuple[int, str]]] = {}
    for day in week.days:
        for meal in day.meals:
            for eaten, mass in meal.parts():
                if eaten.food_id != TAP_WATER:
                    food, need = bought(eaten, mass, week.foods)
                    masses[food.food_id] = masses.get(food.food_id, 0.0) + need
                    uses.setdefault(food.food_id, set()).add((day.day, meal.slot))
    return [(week.foods[name], masses[name], len(uses[name])) for name in sorted(masses)]


def _is_leftover(thing: Thing) -> bool:
    return thing.item.leftover_of is not None
