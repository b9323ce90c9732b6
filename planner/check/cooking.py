"""What the judge says of dishes: time, ingredients, lunches that are taken along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.check.days import DaysAsked
from planner.check.dish_notes import DishNote
from planner.check.lines import JudgedTable, ServedItem
from planner.plan.plan import Day
from planner.request.preferences import COLD, HOME, LEFTOVERS, Preferences
from planner.settings import read_rows, read_settings
from planner.shops import named

Dishes = Sequence[tuple[ServedItem, DishNote]]
"""Dishes on the table that are known, each with its notes."""


def dish_faults(
    days: Sequence[Day],
    table: JudgedTable,
    dishes: Dishes,
    asked: DaysAsked,
    preferences: Preferences,
) -> Iterator[str]:
    """Describe which dishes take longer than asked, have more in them, or cannot be taken along."""

    def held(key: str) -> Dishes:
        before = asked.before(key)  # a second meal was cooked then
        return [dish for dish in dishes if (dish[0].item.leftover_of or dish[0].day) not in before]

    yield from _time_faults(held("max_minutes"), preferences.max_minutes)
    yield from _ingredient_faults(table, held("max_ingredients"), preferences.max_ingredients)
    yield from _breakfast_faults(held("max_minutes_breakfast"), preferences.max_minutes_breakfast)
    yield from _weekday_faults(held("max_minutes_weekday"), asked, preferences.max_minutes_weekday)
    before = asked.before("max_minutes_weekday")
    later = [day for day in days if day.day not in before]
    yield from _work_faults(later, asked, preferences.max_minutes_weekday)
    eaten = [dish for dish in dishes if dish[0].day not in asked.before("lunch")]
    yield from _lunch_faults(eaten, asked, preferences.lunch_at)


def _time_faults(dishes: Dishes, most: int | None) -> Iterator[str]:
    for place, note in dishes if most is not None else ():
        if note.minutes > (most or 0):
            yield f"{place} takes {note.minutes} minutes, the request allows {most}."


def _ingredient_faults(table: JudgedTable, dishes: Dishes, most: int | None) -> Iterator[str]:
    """Yield dishes with more foods than the request allows, beside what most kitchens have."""
    spared = {row["food"] for row in read_rows("shop/staples.csv")}
    spared |= {food.food_id for food in table.foods.values() if food.group == "water"}
    for place, _note in dishes if most is not None else ():
        count = len({line.food.food_id for line in table.lines_of(place)} - spared)
        if count > (most or 0):
            yield f"{place} has {count} ingredients, the request allows {most}."


def _breakfast_faults(dishes: Dishes, most: int | None) -> Iterator[str]:
    """Yield breakfasts that take longer than the request allows, or are cooked if none may be."""
    for place, note in dishes if most is not None else ():
        too_long = "no_cook" not in note.tags if most == 0 else note.minutes > (most or 0)
        if place.slot == "breakfast" and too_long:
            yield (
                f"Day {place.day}: {named(place.item.name)} takes {note.minutes} minutes, the "
                f"request allows {most} at breakfast."
            )


def _weekday_faults(dishes: Dishes, asked: DaysAsked, most: int | None) -> Iterator[str]:
    """Yield what takes longer on weekdays than the request allows; second meals are only warmed."""
    for place, note in dishes if most is not None else ():
        is_cooked = place.item.leftover_of is None and not asked.is_free(place.day)
        if is_cooked and note.minutes > (most or 0):
            yield (
                f"Day {place.day}: {named(place.item.name)} takes {note.minutes} minutes, the "
                f"request allows {most} on weekdays."
            )


def _work_faults(days: Sequence[Day], asked: DaysAsked, most: int | None) -> Iterator[str]:
    """Yield each weekday meal that asks for more minutes of work in all than the request allows."""
    for day in days if most is not None else ():
        for meal in day.meals:
            if meal.active_minutes > (most or 0) and not asked.is_free(day.day):
                yield (
                    f"Day {day.day}: {meal.slot} asks for {meal.active_minutes} minutes of work, "
                    "the request allows "
                    f"{most} on weekdays."
                )


def _lunch_faults(dishes: Dishes, asked: DaysAsked, lunch: str) -> Iterator[str]:
    """Describe which lunch of a weekday does not travel in a box, or is no lunch to eat cold."""
    if lunch == HOME:
        return
    if lunch == LEFTOVERS:
        for place, _note in dishes:
            first = place.item.leftover_of
            if place.slot == "lunch" and first is not None and first != place.day - 1:
                yield (
                    f"Day {place.day}: {named(place.item.name)} was cooked on day {first}, not "
                    "on the evening before."
                )
        return
    rule = read_settings("meals/rules.toml")["lunch"]
    for place, note in dishes:
        if place.slot != "lunch" or asked.is_free(place.day) or note.kind not in ("main", "side"):
            continue
        told = {"day": place.day, "name": named(place.item.name)}
        in_box = note.kind != "main" or rule["box"] in note.tags
        is_cold = bool(note.tags & set(rule["cold_tags"])) or note.dish_id in rule["cold_dishes"]
        if lunch == COLD and not (in_box and is_cold):
            yield "Day {day}: {name} is no lunch to be eaten cold from a box.".format(**told)
        elif lunch != COLD and not in_box and place.item.leftover_of is None:
            yield "Day {day}: {name} is no lunch for a box.".format(**told)
