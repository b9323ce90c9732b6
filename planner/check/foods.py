"""What the judge says about single foods: diet, exclusions, safety, and the most of some foods."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from foods.food import Food
from foods.nutrient import known_nutrients
from planner.check.amounts import sum_content
from planner.check.lines import EatenLine, JudgedTable, ServedItem
from planner.check.names import Notes, find_excluded, read_dish_notes
from planner.request.diets import find_diet
from planner.request.preferences import Preferences
from planner.safety.limits import FoodCap, exclusions_for, food_caps
from planner.safety.patient import Patient
from planner.settings import read_settings

DAYS_PER_WEEK = 7


def food_faults(table: JudgedTable, patient: Patient, preferences: Preferences) -> Iterator[str]:
    """Say which foods of a plan may not be there, or not so much of them.

    Parameters
    ----------
    table
        What is on the table.
    patient, preferences
        Who eats, and what they left out.
    """
    notes = read_dish_notes(preferences.dishes)
    yield from _diet_faults(table, preferences.diet)
    none = [rule.name for rule in preferences.per_week if (rule.sense, rule.count) == ("<=", 0)]
    for name in dict.fromkeys((*preferences.without, *none)):
        yield from _without_faults(table, name, notes)
    yield from _safety_faults(table, patient, preferences.alcohol, notes)
    for cap in food_caps():
        yield from _week_cap_faults(table, cap)
        for day in table.numbers:
            yield from _piece_faults(table, cap, day)
            yield from _share_faults(table, cap, day)


def least_line_g() -> float:
    """Give the mass from which a food counts as served [g]."""
    least_g: float = read_settings("meals/rules.toml")["line"]["lower"]
    return least_g


def most_in(days: int, per_week: float) -> int:
    """Give the most times in ``days`` days, in favour of the eater where they are no full week."""
    return math.ceil(per_week * days / DAYS_PER_WEEK)


def _diet_faults(table: JudgedTable, diet_id: str) -> Iterator[str]:
    diet = find_diet(diet_id)
    for line, food in _with_traits(table.lines):
        words = food.origin & diet.without_origin
        if words:
            found = ", ".join(sorted(words))
            yield f"{_holds(line)} ({found}), which is not {diet.name.lower()}."


def _without_faults(table: JudgedTable, name: str, notes: Notes) -> Iterator[str]:
    excluded = find_excluded(name, table.foods.values(), notes)
    if excluded is None:
        yield f"Nothing is called {name!r}, so whether the plan is without it cannot be judged."
        return
    for line in table.lines:
        if line.food.food_id in excluded.food_ids:
            yield f"{_holds(line)}, but the request is without {name}."
    for place in table.places:
        if excluded.is_dish(place.item):
            yield f"{place} stands there, but the request is without {name}."


def _safety_faults(
    table: JudgedTable, patient: Patient, alcohol: bool, notes: Notes
) -> Iterator[str]:
    for exclusion in exclusions_for(patient, alcohol):
        for line, food in _with_traits(table.lines):
            if exclusion.covers(food.flags, food.base):
                yield f"{_holds(line)}: {exclusion.reason}."
        for place in table.places:
            if exclusion.covers(_tags(place, notes), ""):
                yield f"{place} stands there: {exclusion.reason}."


def _week_cap_faults(table: JudgedTable, cap: FoodCap) -> Iterator[str]:
    if cap.portions_per_week is None:
        return
    most = most_in(table.days, cap.portions_per_week)
    served = [
        place
        for place in table.places
        if sum(line.mass_g for line in _flagged(table.lines_of(place), cap.flag)) >= least_line_g()
    ]
    if len(served) > most:
        count = f"{len(served)} portions in {table.span}"
        yield f"{cap.name}: {count}, at most {most}: {cap.reason}."


def _piece_faults(table: JudgedTable, cap: FoodCap, day: int) -> Iterator[str]:
    if cap.pieces_per_day is None:
        return
    pieces = sum(
        line.mass_g / piece_g
        for line, food in _with_traits(_flagged(table.lines_on(day), cap.flag))
        for piece_g in [measure.mass_g for measure in food.measures if measure.name == "piece"]
    )
    if _exceeds(pieces, cap.pieces_per_day):
        most = f"at most {cap.pieces_per_day}: {cap.reason}"
        yield f"Day {day}: {cap.name}, {pieces:.1f} pieces, {most}."


def _share_faults(table: JudgedTable, cap: FoodCap, day: int) -> Iterator[str]:
    lines = table.lines_on(day)
    for key, share in cap.share_of_day.items():
        part = sum_content(_flagged(lines, cap.flag), key) or 0.0
        whole = sum_content(lines, key) or 0.0
        if _exceeds(part, share * whole):
            name = known_nutrients()[key].name.lower()
            yield (
                f"Day {day}: {part / whole:.1%} of the {name} comes from {cap.name.lower()}, "
                f"at most {share:.0%}: {cap.reason}."
            )


def _exceeds(value: float, most: float) -> bool:
    tolerance: float = read_settings("check.toml")["tolerance"]["sum"]
    return value > most * (1 + tolerance)


def _flagged(lines: Iterable[EatenLine], flag: str) -> list[EatenLine]:
    return [line for line, food in _with_traits(lines) if flag in food.flags]


def _with_traits(lines: Iterable[EatenLine]) -> Iterator[tuple[EatenLine, Food]]:
    for line in lines:
        if line.food.traits is not None:
            yield line, line.food.traits


def _tags(place: ServedItem, notes: Notes) -> frozenset[str]:
    note = notes.get(place.item.item_id) if place.item.kind == "dish" else None
    return note.tags if note else frozenset()


def _holds(line: EatenLine) -> str:
    is_itself = line.place.item.item_id == line.food.food_id
    return str(line.place) if is_itself else f"{line.place} holds {line.food.name}"
