"""Edible rules of a day: fruit, vegetables, dairy, sweets, and what lunch and dinner share."""

from __future__ import annotations

from collections.abc import Iterator

from planner.realism.served import NONE, Case, Rule, ServedWeek, judge, judge_beside

DESSERT = "dessert"
SET_WITH_CALCIUM = "tofu"
NEARLY = 0.05  # of a serving: a cup is rounded to grams


def dairy(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Count servings of milk, yogurt, cheese or a stand-in; desserts do not count."""
    for day in week.days:
        found = 0.0
        for thing in day.things():
            if thing.dish is not None and thing.dish.kind == DESSERT:
                continue
            for food, mass in thing.parts:
                serving = rule["serving_g"].get(food.group)
                if food.base == SET_WITH_CALCIUM or food.group == "soy":
                    serving = rule["set_serving_g"] if "ca_fortified" in food.flags else None
                if food.group == "plant_drink" and "ca_fortified" not in food.flags:
                    serving = None
                found += mass / serving if serving else 0.0
        yield judge(day.where, found + NEARLY, rule)


def fruit_times(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Meals of a day with a portion of whole or dried fruit."""
    fresh, dried = week.groups("fruit"), week.groups("dried_fruit")
    for day in week.days:
        times = sum(
            meal.mass_g(fresh) / rule["fresh_g"] + meal.mass_g(dried) / rule["dried_g"]
            >= 1 - NEARLY
            for meal in day.meals
        )
        yield judge(day.where, times, rule)


def dessert(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Desserts of a day; one at breakfast counts as one too many."""
    for day in week.days:
        count = 0
        for meal in day.meals:
            sweets = sum(
                (thing.dish is not None and thing.dish.kind == DESSERT)
                or (thing.is_food and DESSERT in thing.parts[0][0].roles)
                for thing in meal.things
            )
            count += sweets * (2 if meal.slot == "breakfast" else 1)
        yield judge(day.where, count, rule)


def vegetable_kinds(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Kinds of vegetables of a day, starchy ones apart."""
    groups = week.groups("vegetable")
    for day in week.days:
        masses: dict[str, float] = {}
        for food, mass in day.parts():
            if food.group in groups:
                masses[food.base] = masses.get(food.base, 0.0) + mass
        yield judge(day.where, sum(m >= rule["least_g"] for m in masses.values()), rule)


def sweet_drinks(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Glasses of sweetened drink; one too large, or as the snack, counts as one too many."""
    for day in week.days:
        count = 0
        for meal in day.meals:
            for thing in meal.things:
                food = thing.parts[0][0]
                if thing.is_food and food.group == "drink" and "added_sugar" in food.flags:
                    is_odd = meal.slot == "snack" or thing.item.mass_g > rule["most_g"]
                    count += 2 if is_odd else 1
        yield judge(day.where, count, rule)


def uncommon(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Uncommon foods of a day."""
    for day in week.days:
        names = {
            food.base
            for food, mass in day.parts()
            if food.popularity >= rule["grade"] and mass >= week.line_g
        }
        yield judge(day.where, len(names), rule, ", ".join(sorted(names)).replace("_", " "))


def lunch_dinner(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Count what lunch and dinner share, protein and grain; planned leftovers are apart."""
    for day in week.days:
        lunch, dinner = day.meal("lunch"), day.meal("dinner")
        mains = [meal.main() for meal in (lunch, dinner) if meal is not None]
        if len(mains) != 2 or any(main is None for main in mains):  # noqa: PLR2004 - lunch, dinner
            continue
        first, second = (main for main in mains if main is not None)
        if first.item.leftover_of is not None or second.item.leftover_of is not None:
            continue
        same = [] if first.protein() != second.protein() else [first.protein()]
        assert lunch is not None
        assert dinner is not None
        grains = [
            {thing.starch() for thing in meal.things} - set(rule["plain_starches"])
            for meal in (lunch, dinner)
        ]
        same += sorted(grains[0] & grains[1])
        same = [word for word in same if word != NONE]
        both = lunch.cuisines() & set(rule["set_aside"]) and dinner.cuisines()
        note = ", ".join(same).replace("_", " ")
        yield judge_beside(day.where, len(same), rule, both or (), note)
