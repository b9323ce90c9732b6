"""The week on a sheet, for one eater or a table: what templates of documents are filled with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from planner.export.documents import WeekDocument
from planner.export.figures import amount_text
from planner.export.opened import day_word
from planner.export.recipe_text import RecipeBook, later_meal
from planner.export.who import date_text, day_label
from planner.language.names import named, slot_name
from planner.language.spoken import _, mark, ngettext
from planner.plan.plan import Day, Item, Meal
from planner.plan.shares import eaters_of
from planner.plan.weeks import cut_weeks
from planner.request.days import NOTHING
from planner.request.request import NAMELESS
from planner.safety.often import WEEKDAYS

Values = dict[str, Any]
_FREEZER = mark("the freezer")
EATEN_OUT, NOT_EATEN, NO_MEAL = mark("eaten out"), mark("not eaten"), "–"


def week_values(week: WeekDocument, book: RecipeBook) -> Values:
    """Give the weeks of a plan: each day with its meals, who has what, and what is cooked ahead."""
    weeks = cut_weeks(week.plan, week.foods)
    slots = list(dict.fromkeys(meal.slot for day in week.plan.days for meal in day.meals))
    names = eaters_of(week.plan)
    return {
        "title": week_title(week),
        "for": ", ".join(filter(None, names)),
        "slots": [slot_name(slot) for slot in slots],
        "weeks": [
            {
                "title": span_text(part.days),
                "number": _("Week {number} of {count}").format(number=number, count=len(weeks))
                if len(weeks) > 1
                else "",
                "days": [_day(day, slots, book, names) for day in part.days],
            }
            for number, part in enumerate(weeks, start=1)
        ],
    }


def week_title(week: WeekDocument) -> str:
    """Name the document of a week or more."""
    count = len(week.plan.days)
    return ngettext("Meals for {count} day", "Meals for {count} days", count).format(count=count)


def span_text(days: Sequence[Day]) -> str:
    """Say when days are: ``"Monday 2 to Sunday 8 March 2026"``, or ``"Days 1 to 7"``."""
    first, last = days[0], days[-1]
    if first.date is None or last.date is None:
        if last is first:
            return _("Day {number}").format(number=first.day)
        return _("Days {first} to {last}").format(first=first.day, last=last.day)
    begin, end = date_text(first.date).split(), date_text(last.date).split()
    if begin == end:
        return " ".join(end)
    while begin[-1] == end[len(begin) - 1]:  # what both have is said once
        begin.pop()
    return _("{lower} to {upper}").format(lower=" ".join(begin), upper=" ".join(end))


def _day(day: Day, slots: Sequence[str], book: RecipeBook, names: Sequence[str]) -> Values:
    meals = {meal.slot: list(_dishes(meal, day, book)) for meal in day.meals}
    alone = NAMELESS in names
    return {
        "name": _("Day {number}").format(number=day.day)
        if day.date is None
        else _(WEEKDAYS[day.date.weekday()]),
        "date": "" if day.date is None else day_label(day).partition(" ")[2],
        "figures": list(_figures(day)) if alone else [],
        "meals": [meals.get(slot, []) for slot in slots],
        "missed": [_missed(day, slot) for slot in slots],
        "before": list(book.before(day)),
        "tonight": list(book.tonight.get(day.day, ())),
    }


def _missed(day: Day, slot: str) -> str:
    """Say of a meal that is not planned how it is eaten; a dash where that is not told."""
    how = dict(day.facts.missed).get(slot)
    return NO_MEAL if how is None else _(NOT_EATEN if how == NOTHING else EATEN_OUT)


def _figures(day: Day) -> tuple[str, str]:
    """Give magnesium, calcium and energy of a day in few letters."""
    keys = ("magnesium_mg", "calcium_mg", "energy_kcal")
    magnesium, calcium, energy = (amount_text(key, day.totals.get(key)) for key in keys)
    return f"Mg {magnesium}, Ca {calcium} mg", f"{energy} kcal"


def _dishes(meal: Meal, day: Day, book: RecipeBook) -> Iterator[Values]:
    """Give each main dish of a meal with who has it and what stands beside it."""
    items = [item for item in meal.items if not item.is_beside]
    people = tuple(dict.fromkeys(name for item in items for name in _eaters(item)))
    own = {name: [item for item in items if name in _eaters(item)] for name in people}
    mains = list(dict.fromkeys(own[name][0].item_id for name in people))
    for main in (item for item in items if item.item_id in mains):
        whose = [name for name in people if own[name][0].item_id == main.item_id]
        sides = {
            side.item_id: (side, [name for name in whose if side in own[name][1:]])
            for name in whose
            for side in own[name][1:]
        }
        yield {
            "name": named(main.name),
            "who": "" if len(whose) == len(people) else ", ".join(whose),
            "tags": _tags(main, meal, day, book),
            "sides": [
                named(side.name) if had == whose else f"{named(side.name)} ({', '.join(had)})"
                for side, had in sides.values()
            ],
        }


def _eaters(item: Item) -> tuple[str, ...]:
    return tuple(share.eater for share in item.shares) or (NAMELESS,)


def _tags(item: Item, meal: Meal, day: Day, book: RecipeBook) -> list[str]:
    """Say of a dish that it is from an earlier day, or for which later meals it is cooked too."""
    if item.leftover_of is not None:
        number = book.made_day(item)
        made = day_word(number, day) if number or day.date else _("the evening before")
        return [_("from {day}").format(day=made)]
    found = book.cooked.get((day.day, meal.slot, item.item_id))
    if found is None or found.cooking is None:
        return []
    later = [later_meal(number, slot, day) for number, slot, _servings in found.cooking.again]
    frozen = [_(_FREEZER)] if found.cooking.frozen_servings else []
    told = _("cook also for {meals}").format(meals=_(" and ").join([*later, *frozen]))
    return [told] if later or frozen else []
