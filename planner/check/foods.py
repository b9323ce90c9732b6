"""What the judge says about single foods: diet, exclusions, safety, and the most of some foods."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import product

from foods.embedded import read_embedded_foods
from foods.food import EATEN_OUT, Food
from foods.nutrient import known_nutrients
from planner.check.amounts import sum_content
from planner.check.dish_notes import Notes, read_dish_notes
from planner.check.lines import EatenLine, JudgedTable, ServedItem
from planner.check.names import find_excluded, find_named
from planner.request.days import DAYS_PER_WEEK
from planner.request.diets import find_diet
from planner.request.equipment import equipment_in
from planner.request.preferences import Preferences
from planner.request.request import PlanRequest
from planner.safety.patient import Patient
from planner.safety.stops import FoodCap, exclusions_for, food_caps
from planner.settings import read_settings
from planner.shops import named
from planner.targets.left_out import Unanswered, find_reading

MAY_HOLD = "{place} says {word!r}, and no ingredient of it answers for that: {reason}."


def food_faults(table: JudgedTable, patient: Patient, preferences: Preferences) -> Iterator[str]:
    """Describe which foods of a plan may not be there, or not so much of them.

    Parameters
    ----------
    table
        What is on the table.
    patient, preferences
        Who eats, and what they left out.
    """
    yield from left_out_faults(table, patient, preferences, preferences.alcohol)
    for cap in food_caps():
        yield from _week_cap_faults(table, cap)
        for day in table.numbers:
            yield from _piece_faults(table, cap, day)
            yield from _share_faults(table, cap, day)


def left_out_faults(
    table: JudgedTable, patient: Patient, preferences: Preferences, alcohol: bool = True
) -> Iterator[str]:
    """Describe what of a table is left out: by diet, by name, or by a rule of safety.

    Parameters
    ----------
    table
        What is eaten.
    patient, preferences
        Who eats, what they leave out, and where own dishes are.
    alcohol
        Whether alcohol is no fault of those whom no rule names.
    """
    notes = read_dish_notes(preferences.dishes)
    yield from _diet_faults(table, preferences.diet)
    none = [rule.name for rule in preferences.per_week if (rule.sense, rule.count) == ("<=", 0)]
    strict = patient.names_left_out
    named = (*preferences.without, *strict, *none, *find_diet(preferences.diet).without)
    eaten = [one for one in named if not equipment_in(one)]
    for name in dict.fromkeys(eaten):
        is_allergy = name in strict
        yield from without_faults(table, name, notes, is_allergy=is_allergy)
    yield from _safety_faults(table, patient, alcohol, notes)


def hot_faults(table: JudgedTable, request: PlanRequest) -> Iterator[str]:
    """Describe which dishes are too hot for a child: no mild ones, and none named by itself."""
    rule = read_settings("meals/rules.toml")["mild"]
    if request.profile.age_y >= rule["below_y"]:
        return
    wanted, notes = request.preferences, read_dish_notes(request.dish_folders)
    often = (one.name for one in wanted.per_week if one.sense == ">=")
    names = (*(put.thing for put in request.week.put), *wanted.like, *often)
    named = [find_named(name, table.foods.values(), notes=notes) for name in names]
    mild = read_settings("exchanges.toml")["mild"]["called"]
    for place in table.places:
        is_hot = rule["tag"] in _tags(place, notes) and not place.item.name.endswith(f", {mild}")
        if is_hot and not any(one and one.dish_ids == {place.item.item_id} for one in named):
            told = "{place}: who is under {age} gets mild dishes."
            yield told.format(place=place, age=rule["below_y"])


def least_line_g() -> float:
    """Return the mass from which a food counts as served [g]."""
    least_g: float = read_settings("meals/rules.toml")["line"]["lower"]
    return least_g


def most_in(days: int, per_week: float) -> int:
    """Return the most times in ``days`` days, rounded up where they are no full week."""
    return math.ceil(per_week * days / DAYS_PER_WEEK)


def least_in(days: int, per_week: float) -> int:
    """Return the least times in ``days`` days, rounded down where they are no full week."""
    return math.floor(per_week * days / DAYS_PER_WEEK)


def _diet_faults(table: JudgedTable, diet_id: str) -> Iterator[str]:
    diet = find_diet(diet_id)
    for line, food in _with_traits(table.lines):
        words = food.origin & diet.without_origin
        if words:
            found = ", ".join(sorted(words))
            yield f"{_holds(line)} ({found}), which is not {diet.name.lower()}."


def without_faults(
    table: JudgedTable, name: str, notes: Notes, *, is_allergy: bool = False
) -> Iterator[str]:
    """Describe where what is on a table holds, or is, something that was left out by its name."""
    excluded = find_excluded(name, table.foods.values(), notes, is_allergy=is_allergy)
    if excluded is None:
        yield f"Nothing is called {name!r}, so whether the plan is without it cannot be judged."
        return
    for line in table.lines:
        if line.food.food_id in excluded.food_ids:
            yield f"{_holds(line)}, but the request is without {name}."
    for place, word in _unanswered(table, notes) if is_allergy or find_reading(name) else ():
        if not word.food_ids or word.food_ids & excluded.food_ids:
            yield MAY_HOLD.format(place=place, word=word.word, reason=f"without {name}")
    is_warmed = bool(equipment_in(name))  # a second meal was made on the day of the first
    for place in table.places:
        is_again = is_warmed and place.item.leftover_of is not None
        if excluded.is_dish(place.item) and not is_again:
            yield f"{place} stands there, but the request is without {name}."


def _unanswered(table: JudgedTable, notes: Notes) -> Iterator[tuple[ServedItem, Unanswered]]:
    """Return the words of own dishes on a table that no ingredient answers for, each with them."""
    for place in table.places:
        note = notes.get(place.item.item_id) if place.item.kind == "dish" else None
        for word in note.unanswered if note else ():
            yield place, word


def _safety_faults(
    table: JudgedTable, patient: Patient, alcohol: bool, notes: Notes
) -> Iterator[str]:
    for exclusion in exclusions_for(patient, alcohol):
        for line, food in _with_traits(table.lines):
            bases = food.base, *food.contains
            if any(exclusion.covers(food.flags, base, food.food_id) for base in bases):
                yield f"{_holds(line)}: {exclusion.reason}."
        for place in table.places:
            is_served = place.item.item_id in exclusion.served
            if is_served or exclusion.covers(_tags(place, notes), ""):
                yield f"{place} stands there: {exclusion.reason}."
    foods, said = read_embedded_foods(), list(_unanswered(table, notes))
    named = [stop for stop in exclusions_for(patient, alcohol) if not stop.is_for_all]
    for (place, word), exclusion in product(said, named):
        meant = [foods[food_id] for food_id in word.food_ids]
        held = ((food, base) for food in meant for base in (food.base, *food.contains))
        if not meant or any(exclusion.covers(f.flags, base, f.food_id) for f, base in held):
            yield MAY_HOLD.format(place=place, word=word.word, reason=exclusion.reason)


def _week_cap_faults(table: JudgedTable, cap: FoodCap) -> Iterator[str]:
    if cap.portions_per_week is None:
        return
    most = most_in(table.days, cap.portions_per_week)
    served = [
        place
        for place in table.places
        if sum(line.mass_g for line in _certain(table.lines_of(place), cap.flag)) >= least_line_g()
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
        reason = cap.reason
        most = f"at most {cap.pieces_per_day}: {reason}"
        yield f"Day {day}: {cap.name}, {pieces:.1f} pieces, {most}."


def _share_faults(table: JudgedTable, cap: FoodCap, day: int) -> Iterator[str]:
    lines = table.lines_on(day)
    for key, share in cap.share_of_day.items():
        part = sum_content(_certain(lines, cap.flag), key) or 0.0
        whole = sum_content(lines, key) or 0.0
        if _exceeds(part, share * whole):
            name = known_nutrients()[key].name
            yield (
                f"Day {day}: {part / whole:.1%} of the {name.lower()} comes from "
                f"{cap.name.lower()}, at most {share:.0%}: "
                f"{cap.reason}."
            )


def _exceeds(value: float, most: float) -> bool:
    tolerance: float = read_settings("check.toml")["tolerance"]["sum"]
    return value > most * (1 + tolerance)


def _certain(lines: Iterable[EatenLine], flag: str) -> list[EatenLine]:
    """Return lines with a flag; what a meal eaten out or left over is made of is a guess."""
    return [line for line in _flagged(lines, flag) if line.food.group != EATEN_OUT]


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
    if is_itself:
        return line.place.said
    return f"{line.place} holds {named(line.food.name)}"
