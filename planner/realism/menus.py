"""Yardsticks of dietitian-made menus: how many foods, how often, and how much of each.

Each function takes the served week and its rule of ``configs/realism.toml``, and gives a case per
day, meal or food.
"""

from __future__ import annotations

from collections.abc import Iterator

from foods.food import Food
from planner.realism.served import Case, Rule, ServedMeal, ServedWeek, judge


def distinct_foods(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Different foods of a day."""
    for day in week.days:
        found = set().union(*(week.lines(meal) for meal in day.meals))
        yield judge(day.where, len(found), rule)


def day_lines(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Foods of a day, counted meal by meal."""
    for day in week.days:
        yield judge(day.where, sum(len(week.lines(meal)) for meal in day.meals), rule)


def meal_lines(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Foods of a meal."""
    for meal in week.meals((rule["slot"],)):
        yield judge(f"day {meal.day}", len(week.lines(meal)), rule)


def breakfast_grain(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Grain of a breakfast [g]."""
    for meal in week.meals(("breakfast",)):
        yield judge(f"day {meal.day}", meal.mass_g(week.groups("grain")), rule)


def breakfast_fruit(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Portions of fruit or juice at a breakfast."""
    for meal in week.meals(("breakfast",)):
        portions = sum(
            meal.mass_g(week.groups(kind)) / mass for kind, mass in rule["portion_g"].items()
        )
        yield judge(f"day {meal.day}", portions, rule, "none" if not portions else "little")


def day_mass(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Mass of some kinds over a day [g]."""
    groups = week.groups(*rule["kinds"])
    for day in week.days:
        mass = sum(meal.mass_g(groups) for meal in day.meals)
        yield judge(day.where, mass, rule, grown=week.growth(day.day, rule))


def meal_mass(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Mass of some kinds at a meal [g]; without a lower side only of meals that have any."""
    groups = week.groups(*rule["kinds"])
    for meal in week.meals(rule.get("slots", ("breakfast", "lunch", "dinner", "snack"))):
        mass = meal.mass_g(groups)
        if mass or "lower" in rule:
            yield judge(meal.where, mass, rule, grown=week.growth(meal.day, rule))


def thing_mass(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Mass of one serving of a single food of some kinds [g]."""
    groups = week.groups(*rule["kinds"])
    for day in week.days:
        for thing in day.things():
            if thing.is_food and thing.mass_g(groups):
                yield judge(f"{thing.item.name}, {day.where}", thing.mass_g(groups), rule)


def day_times(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Meals of a day with a portion of some kinds."""
    groups = week.groups(*rule["kinds"])
    for day in week.days:
        times = sum(meal.mass_g(groups) >= rule["least_g"] for meal in day.meals)
        yield judge(day.where, times, rule)


def food_day(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Meals of a day that serve a food."""
    apart = {food.base for food in week.foods if food.group in rule["apart_groups"]}
    apart |= set(rule["apart_bases"])
    for day in week.days:
        times: dict[str, int] = {}
        for meal in day.meals:
            for base in week.lines(meal) - apart:
                times[base] = times.get(base, 0) + 1
        for base, count in sorted(times.items()):
            yield judge(f"{base.replace('_', ' ')}, {day.where}", count, rule)


def largest_lines(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Mass of a food at a meal over the largest of the menus."""
    most = {
        word: rule["most_g"][kind]
        for table in (rule["groups"], rule["bases"])
        for kind, words in table.items()
        for word in words
    }
    leaves = rule["groups"]["raw_leaves"]
    for day in week.days:
        grown = week.growth(day.day, rule) * (1 + rule["slack"])
        for meal in day.meals:
            for food, mass in _masses(week, meal):
                largest = most.get(food.base, most.get(food.group))
                is_cooked_leaf = food.group in leaves and food.bought_as is not None
                if largest is not None and not is_cooked_leaf:
                    where, note = f"{food.name}, {meal.where}", f"{mass:.0f} g"
                    yield judge(where, mass / largest, rule, note, grown=grown)


def _masses(week: ServedWeek, meal: ServedMeal) -> Iterator[tuple[Food, float]]:
    """Give each food with its mass at a meal [g]."""
    masses: dict[str, float] = {}
    for food, mass in meal.parts():
        masses[food.food_id] = masses.get(food.food_id, 0.0) + mass
    return ((week.foods[food_id], mass) for food_id, mass in masses.items())
