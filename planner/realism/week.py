"""What a reader notices between days: the same breakfast, mains again, seeds on every day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.language.spoken import mark, said
from planner.realism.served import BREAKFAST, DAYS_PER_WEEK, Fault, Rule, ServedWeek


def same_breakfast(week: ServedWeek, rule: Rule) -> Iterator[Fault]:
    """Breakfasts that come more often than usual."""
    first = (meal.things[0].name for day in week.days for meal in day.at((BREAKFAST,))
             if meal.things)  # fmt: skip
    yield from _too_often(first, week, rule)


def same_main(week: ServedWeek, rule: Rule) -> Iterator[Fault]:
    """Count main dishes that are cooked more than once; what is warmed is apart."""
    fresh = (one.name for day in week.days for one in day.mains() if not one.is_warmed)
    yield from _too_often(fresh, week, rule)


def seeds_days(week: ServedWeek, rule: Rule) -> Iterator[Fault]:
    """Kinds of nuts and seeds that are eaten on most days."""
    eaten = (
        base.replace("_", " ")
        for day in week.days
        for base in sorted(
            {base for one in day.things() for base in one.bases(rule["groups"], rule["least_g"])}
        )
    )
    yield from _too_often(eaten, week, rule)


def disliked(week: ServedWeek, rule: Rule) -> Iterator[Fault]:
    """Count what the eater dislikes and is served all the same."""
    for name, (food_ids, dish_ids) in week.eater.disliked.items():
        count = sum(
            one.item.item_id in dish_ids
            or sum(mass for food, mass in one.parts if food.food_id in food_ids) >= rule["least_g"]
            for day in week.days
            for one in day.things()
        )
        if count:
            yield Fault(name, _times(count), count)


def _times(count: int) -> str:
    return said(mark("{count} times"), count=count) if count > 1 else said(mark("once"))


def _too_often(names: Iterable[str], week: ServedWeek, rule: Rule) -> Iterator[Fault]:
    """Give the names that come more often than ``upper`` in seven days; a longer plan has more."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    most = rule["upper"] * max(1.0, len(week.days) / DAYS_PER_WEEK)
    for name, count in sorted(counts.items()):
        if count > most:
            yield Fault(name, _times(count), (count - most) / week.share())
