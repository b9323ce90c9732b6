"""What an eater notices over the week: usual proteins, change of produce, time, list, dislikes.

Each function takes the served week and its rule of ``configs/realism.toml``. A number per seven
days is scaled down with the days of the plan, in favour of the plan.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from planner.kitchen.shopping import list_shopping
from planner.realism.served import DAYS_PER_WEEK, Case, Rule, ServedWeek, judge


def family_week(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Count main dishes led by some protein families, where the eater may have any of them."""
    families = set(rule["families"])
    mains = [main for meal in week.meals() if (main := meal.main()) is not None]
    if mains and families & week.eater.families:
        count = sum(main.dish is not None and main.dish.protein in families for main in mains)
        yield judge("the week", count, _scaled(week, rule))


def kinds_week(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Kinds of food of some groups, each with a portion of it at a meal."""
    groups, found = week.groups(*rule["kinds"]), set()
    for day in week.days:
        for thing in day.things():
            masses: dict[str, float] = {}
            for food, mass in thing.parts:
                if food.group in groups:
                    masses[food.base] = masses.get(food.base, 0.0) + mass
            found |= {base for base, mass in masses.items() if mass >= rule["least_g"]}
    if week.days:
        yield judge("the week", len(found), _scaled(week, rule))


def weekday_time(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Minutes from start to table of what is cooked for a weekday's lunch or dinner."""
    for meal in week.meals():
        main = meal.main()
        is_weekday = len(week.eater.weekend) >= meal.day and not week.eater.weekend[meal.day - 1]
        if is_weekday and main is not None and main.item.leftover_of is None:
            yield judge(f"{main.item.name}, {meal.where}", main.item.minutes, rule)


def list_length(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """Count the things to buy, those apart that stand in a cupboard for weeks."""
    lines = list_shopping(week.plan, week.foods).lines
    count = sum(line.aisle not in rule["cupboard_aisles"] for line in lines)
    weeks = math.ceil(len(week.days) / DAYS_PER_WEEK)
    if lines:
        yield judge("the list", count, {**rule, "upper": rule["upper"] * weeks})


def disliked(week: ServedWeek, rule: Rule) -> Iterator[Case]:
    """How often each thing that the eater dislikes is served all the same."""
    for name, (food_ids, dish_ids) in week.eater.disliked.items():
        count = sum(
            thing.item.item_id in dish_ids
            or sum(m for food, m in thing.parts if food.food_id in food_ids) >= week.line_g
            for day in week.days
            for thing in day.things()
        )
        yield judge(name, count, rule)


def _scaled(week: ServedWeek, rule: Rule) -> Rule:
    return {**rule, "lower": math.floor(rule["lower"] * len(week.days) / DAYS_PER_WEEK)}
