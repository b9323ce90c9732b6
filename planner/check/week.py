"""What the judge says about the week as a whole: days, meals, frequencies, time."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from foods.embedded import read_embedded_foods
from foods.line_mass import usual_id
from foods.recipe_line import read_words
from foods.recipe_match import match_line
from planner.check.amounts import CALCIUM, MAGNESIUM, sum_served
from planner.check.cooking import dish_faults
from planner.check.days import DaysAsked, day_faults
from planner.check.dish_notes import Notes, lacking, read_dish_notes
from planner.check.foods import least_in, least_line_g, most_in, without_faults
from planner.check.hours import hour_faults
from planner.check.lines import EatenLine, JudgedTable, KnownFood, ServedItem
from planner.check.names import NamedFoods, counted, find_called, find_named, with_cooked
from planner.check.put_amounts import has_words, is_as_much
from planner.errors import ConfigError
from planner.plan.plan import Day, Item
from planner.request.day_words import today
from planner.request.days import DAYS_PER_WEEK, menu_day, menu_days
from planner.request.equipment import (
    equipment_in,
    missing_equipment,
    names_chilled,
    names_freezer,
)
from planner.request.meal_phrases import cooks_ahead
from planner.request.next_week import apart_key
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.put import Put, days_put, days_without
from planner.request.request import WeekOptions
from planner.settings import read_settings
from planner.shops import named

_SHOWN = 4  # differing totals named in one sentence


def week_faults(
    days: Sequence[Day], table: JudgedTable, week: WeekOptions, preferences: Preferences
) -> Iterator[str]:
    """Describe what of the request the week as a whole does not keep.

    Parameters
    ----------
    days, table
        The days as they stand, and what is on the table.
    week, preferences
        What was asked for.
    """
    asked = DaysAsked.of(week, since=preferences.since)
    yield from day_faults(days, asked)
    notes = read_dish_notes(preferences.dishes)
    yield from put_faults(days, table, asked, notes)
    yield from _leftover_faults(days, notes, preferences)
    yield from _kitchen_faults(table, preferences, notes)
    for rule in preferences.per_week:
        before = asked.before(str(rule))
        for part in table.weeks():
            yield from _frequency_faults(part, rule, notes, before)
    for name, least_days in preferences.min_days_between.items():
        before = asked.before(apart_key(name, least_days))
        yield from _spacing_faults(table, name, least_days, notes, before)
    for name, words in preferences.without_on.items():
        on = days_without(words, week.cycle or week.days, week.start)
        for day in table.numbers:
            if menu_day(week, day) in on:
                yield from without_faults(table.on_day(day), name, notes)
    dishes = [
        (place, notes[place.item.item_id])
        for place in table.places
        if place.item.kind == "dish"
        and place.item.item_id in notes
        and not asked.is_eaten(place.day)
    ]
    yield from dish_faults(days, table, dishes, asked, preferences)
    yield from hour_faults(days, notes, week, preferences)
    for name, begun in preferences.since.items():
        if date.fromisoformat(begun) > today():
            yield f"{name} holds from {begun} on, which is to come."


def _leftover_faults(days: Sequence[Day], notes: Notes, preferences: Preferences) -> Iterator[str]:
    """Describe where a second meal has no first one, or one that no longer keeps."""
    cooked: dict[str, list[int]] = {}
    frozen = frozenset(read_settings("meals/freezer.toml")["double"]["tags"])
    out = (*preferences.without, *preferences.without_on)
    has_freezer = not any(names_freezer(name) or names_chilled(name) for name in out)
    is_ahead = cooks_ahead(preferences.max_minutes_on)
    rule = read_settings("meals/rules.toml")["leftover"]
    for day in days:
        for item in day.items():
            first = item.leftover_of
            if first is None:
                continue
            if first not in cooked.get(item.item_id, []):
                yield f"Day {day.day}: {named(item.name)} was not cooked on day {first}."
            note = notes.get(item.item_id)
            keeps = note.keeps_days if note else None
            if note and keeps and has_freezer and frozen <= note.tags:
                is_later = 0 <= (first - 1) // DAYS_PER_WEEK < (day.day - 1) // DAYS_PER_WEEK
                frozen_days = rule["frozen_days"] if is_later else rule["days"] * is_ahead
                keeps = max(keeps, int(frozen_days))
            if keeps is not None and not 0 < day.day - first <= keeps:
                yield f"Day {day.day}: {named(item.name)} of day {first} keeps {keeps} days."
        for item in day.items():
            if item.leftover_of is None:
                cooked.setdefault(item.item_id, []).append(day.day)


def stated_faults(days: Sequence[Day], table: JudgedTable) -> Iterator[str]:
    """Describe where totals that stand in the plan differ from those of the printed amounts."""
    for place in table.places:
        if not place.item.is_supplement:
            yield from totals_faults(place.said, place.item.nutrients, table.lines_of(place))
    for day in days:
        lines, pills = table.lines_on(day.day), table.supplements_on(day.day)
        where = f"Day {day.day}"
        yield from totals_faults(where, day.totals, lines, pills)
        yield from ratio_faults(where, day.ca_mg_ratio, lines, pills)
        held = dict.fromkeys(key for item in pills for key in item.nutrients)
        stated = held | dict(day.supplement_totals)
        yield from totals_faults(f"Day {day.day}, supplements", stated, (), pills)


def totals_faults(
    where: str,
    stated: Mapping[str, float | None],
    lines: Sequence[EatenLine],
    pills: Sequence[Item] = (),
    days: int = 1,
) -> Iterator[str]:
    """Compare stated totals, or means over ``days``, with sums over printed amounts and pills."""
    wrong = []
    for key, value in stated.items():
        total = sum_served(lines, pills, key)
        found = None if total is None else total / days
        if not is_stated(value, found):
            stated_found = {"stated": _words(value), "found": _words(found)}
            wrong.append("{key} {stated}, not {found}".format(key=key, **stated_found))
    if wrong:
        more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        yield "{where}: states {wrong}{more}.".format(
            where=where, wrong="; ".join(wrong[:_SHOWN]), more=more
        )


def ratio_faults(
    where: str, stated: float | None, lines: Sequence[EatenLine], pills: Sequence[Item] = ()
) -> Iterator[str]:
    """Compare a stated ratio with calcium over magnesium of printed amounts and pills."""
    calcium, magnesium = (sum_served(lines, pills, key) for key in (CALCIUM, MAGNESIUM))
    found = calcium / magnesium if calcium is not None and magnesium else None
    if not is_stated(stated, found):
        yield f"{where}: states Ca:Mg {_words(stated)}, not {_words(found)}."


def is_stated(stated: float | None, found: float | None) -> bool:
    """Whether a stated figure is the one found, up to rounding of floating numbers."""
    if stated is None or found is None:
        return stated is found
    tolerance = read_settings("check.toml")["tolerance"]["stated"]
    return math.isclose(stated, found, rel_tol=tolerance, abs_tol=tolerance)


def _frequency_faults(
    table: JudgedTable, rule: FrequencyRule, notes: Notes, before: Container[int] = ()
) -> Iterator[str]:
    served = served_of(table, rule.name, notes, counted if rule.sense == "<=" else with_cooked)
    if served is None:
        yield _nameless(rule.name)
        return
    count = len(served)
    asked = f"the request asks for {rule.name} {rule.sense} {rule.count} a week"
    if rule.sense == ">=":
        least = least_in(table.days, rule.count)
        if count < least:
            yield f"{rule.name}: {count} times in {table.span}, at least {least}: {asked}."
    elif count > (most := _most_of(table, rule, served, before)):
        yield f"{rule.name}: {count} times in {table.span}, at most {most}: {asked}."


def _most_of(
    table: JudgedTable, rule: FrequencyRule, served: Sequence[ServedItem], before: Container[int]
) -> int:
    """Return how often a week may have it: what was had before that was asked for is a fact."""
    return max(most_in(table.days, rule.count), sum(item.day in before for item in served))


def _spacing_faults(
    table: JudgedTable, name: str, least_days: int, notes: Notes, before: Container[int]
) -> Iterator[str]:
    served = served_of(table, name, notes, counted)
    if served is None:
        yield _nameless(name)
        return
    for item, next_one in pairwise(served):
        if item.day not in before and next_one.day - item.day < least_days:
            yield (
                f"{name} on day {item.day} ({named(item.item.name)}) and day {next_one.day} "
                f"({named(next_one.item.name)}): the request asks for "
                f"{least_days} days between."
            )


def served_of(
    table: JudgedTable,
    name: str,
    notes: Notes,
    counts: Callable[[NamedFoods, Sequence[KnownFood]], NamedFoods],
) -> list[ServedItem] | None:
    """Return the items that serve what a name covers: the dish itself, or a line of the food.

    ``counts`` says what counts for it; ``None`` where nothing is called so.
    """
    foods = tuple(table.foods.values())
    found = find_named(name, foods, [place.item for place in table.places], notes)
    if found is None:
        return None
    named = counts(found, foods)
    return [
        place
        for place in table.places
        if named.is_dish(place.item) or named.mass_in(table.lines_of(place)) >= least_line_g()
    ]


def _kitchen_faults(table: JudgedTable, preferences: Preferences, notes: Notes) -> Iterator[str]:
    """Describe which dishes cannot be made with what is in the kitchen."""
    none = (rule.name for rule in preferences.per_week if (rule.sense, rule.count) == ("<=", 0))
    gone = equipment_in(missing_equipment((*preferences.without, *none), preferences.kitchen))
    for place in table.places if gone else ():
        note = notes.get(place.item.item_id)
        for what in lacking(note.dish_id, note.steps, gone) if note else ():
            told = "{place} needs what the kitchen does not have: {what}."
            yield told.format(place=place, what=what)


def _nameless(name: str) -> str:
    return f"Nothing is called {name!r}, so how often it is served cannot be judged."


def _words(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.6g}"


def put_faults(
    days: Sequence[Day], table: JudgedTable, asked: DaysAsked, notes: Notes
) -> Iterator[str]:
    """Describe which meals do not have the dish that was put on them, or have more beside it.

    Parameters
    ----------
    days, table
        The days as they stand, and what is on the table.
    asked
        What the request says of the days.
    notes
        What is known of dishes.
    """
    week = asked.week
    for put in week.put:
        try:
            numbers = days_put(put.day, menu_days(week), week.start)
        except ConfigError as error:
            yield f"What is put on {put.where} cannot be judged: {error!s}"
            continue
        called = find_called(put.thing, table.foods.values(), notes)
        usual_ids = _usually_meant(put)
        for day in days:
            is_meant = menu_day(week, day.day) in numbers and put.slot not in asked.missed(day.day)
            served = [one for meal in day.meals if meal.slot == put.slot for one in meal.items]
            told = {"day": day.day, "dish": named(put.dish), "slot": put.slot}
            found = [
                item
                for item in served
                if item.item_id in usual_ids
                or _is_it(put, item, called)
                or _is_made_so(put, item, usual_ids, table, notes)
            ]
            if is_meant and not found:
                yield "Day {day}: no {dish} at {slot}, where the request puts it.".format(**told)
            elif is_meant and not any(is_as_much(put, item, notes) for item in found):
                pattern = "Day {day}: {dish} at {slot}, where the plan has {measure} of it."
                yield pattern.format(**told, measure=found[0].measure)
            for item in served if is_meant and put.is_alone else ():
                note = None if item in found else notes.get(item.item_id)
                if note and "no_cook" not in note.tags:
                    pattern = "Day {day}: {name} is cooked, where the request puts {dish}."
                    yield pattern.format(**told, name=named(item.name))


def _is_it(put: Put, item: Item, named: NamedFoods | None) -> bool:
    """Whether an item is what was put: by its id, or where no dish is called so by its words."""
    if named and (item.item_id in named.food_ids or named.dish_ids):
        return item.item_id in named.food_ids | named.dish_ids
    return has_words(item.name, put.thing)


def _is_made_so(
    put: Put, item: Item, usual_ids: Container[str], table: JudgedTable, notes: Notes
) -> bool:
    """Whether a dish is called by the food that is usually meant, or has each of several things."""
    foods = read_embedded_foods()
    held = {food_id for food_id, mass_g in item.ingredients if mass_g}
    if any(food_id in usual_ids and has_words(item.name, foods[food_id].name) for food_id in held):
        return item.kind == "dish"
    joins = read_settings("meals/portions.toml")["put"]["joins"] + read_words()["words"]["beside"]
    things = re.split(rf"\s(?:{'|'.join(map(re.escape, joins))})\s", put.thing)
    each = [(thing, find_called(thing, table.foods.values(), notes)) for thing in things]
    return len(each) > 1 and all(
        has_words(item.name, name) or (named and held & named.food_ids) for name, named in each
    )


def _usually_meant(put: Put) -> frozenset[str]:
    """Return ids of the food usually meant, whatever its name, and of the food an amount is of.

    ``"Kartoffelsuppe"`` is potato soup, ``"2 eggs"`` are boiled ones.
    """
    line = match_line(put.dish, read_embedded_foods()) if put.count else None
    if line is None or not line.is_sure or line.food_id is None:
        return frozenset({usual_id(put.thing)} - {""})
    eaten_so = read_settings("meals/portions.toml")["put"]["instead"]
    return frozenset({usual_id(put.thing), eaten_so.get(line.food_id, line.food_id)} - {""})
