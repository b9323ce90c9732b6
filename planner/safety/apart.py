"""What a medicine must be kept from, by ``configs/safety/apart.csv`` and ``interactions.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from foods.errors import FoodNotFoundError
from foods.supplement import find_supplement
from planner.safety.clock import Apart, Taken
from planner.safety.finding import MAGNESIUM
from planner.safety.medicines import Medicine
from planner.safety.often import moment_hours
from planner.safety.phrases import plain_words
from planner.safety.read import read_safety_settings, safety_rows_by
from planner.settings import read_row

_MINERALS = (MAGNESIUM, "calcium_mg", "iron_mg", "zinc_mg")
_PARTED = ";"


def drug_of_day(medicine: Medicine, meals: Iterable[Taken] = ()) -> Taken:
    """Give a medicine as a thing of the day, with all hours that it asks for."""
    rules = read_safety_settings("schedule")["medicine"]
    ids = {one.interaction_id for one in medicine.interactions}
    moments = medicine.moments or _usual_moments(medicine, ids)
    return Taken(
        medicine.name,
        mineral_of(medicine),
        medicine.per_day,
        apart=(
            *_from_magnesium(medicine),
            *(read_row(Apart, row) for row in _rows_of(medicine) if row["hours_before"]),
        ),
        is_medicine=True,
        is_morning=not ids.isdisjoint(rules["morning_only"]),
        is_urgent=not ids.isdisjoint(rules["before_meals_milk"]),
        within=moment_rooms(moments, meals) if len(moments) == medicine.per_day else (),
    )


def moment_rooms(
    moments: Iterable[str], meals: Iterable[Taken] = ()
) -> tuple[tuple[float, float], ...]:
    """Give the first and last hour of times of the day, of a meal those of the meal itself."""
    lasts_h = read_safety_settings("schedule")["meal"]["lasts_h"]
    eaten = {one.item: (one.prefer_h[0], one.prefer_h[0] + lasts_h) for one in meals}
    return tuple(eaten.get(one) or moment_hours(one) for one in moments)


def _usual_moments(medicine: Medicine, ids: Set[str]) -> tuple[str, ...]:
    """Give the times of the day of a medicine of which nobody said one."""
    settings = read_safety_settings("schedule")
    usual = [moment for key, moment in settings["medicine"]["moment_of"].items() if key in ids]
    for key, meals in settings["at_meals"].items():
        if not usual and key in ids and medicine.per_day <= len(meals):
            return tuple(meals[medicine.per_day - 1])
    return tuple(usual[:1])


def kinds_never_with(medicine: Medicine) -> frozenset[str]:
    """Give the nutrients of pills that no hour makes fit to be taken beside a medicine."""
    return frozenset(row["kind"] for row in _rows_of(medicine) if not row["hours_before"])


def mineral_of(medicine: Medicine) -> str:
    """Give the mineral that a medicine itself is, by its row or its compound; empty for none."""
    rows = read_safety_settings("schedule")["mineral_medicine"]
    for one in medicine.interactions:
        if one.interaction_id in rows:
            return str(rows[one.interaction_id])
    if medicine.is_known:
        return ""
    try:
        nutrient = find_supplement(medicine.name).nutrient
    except FoodNotFoundError:
        return ""
    return nutrient if nutrient in _MINERALS else ""


def _from_magnesium(medicine: Medicine) -> Iterator[Apart]:
    least_h = read_safety_settings("schedule")["together_h"]
    rows = [one for one in medicine.interactions if one.hours_before_mg is not None]
    if rows:
        before_h = max(one.hours_before_mg or 0.0 for one in rows)
        after_h = max(one.hours_after_mg or 0.0 for one in rows)
        yield Apart(MAGNESIUM, max(least_h, before_h), max(least_h, after_h))


def _rows_of(medicine: Medicine) -> Iterator[Mapping[str, str]]:
    """Give the rows of a medicine's classes that hold for all of the class, or name it."""
    names = {plain_words(one) for one in (medicine.name, *medicine.ingredients)}
    for one in medicine.interactions:
        for row in safety_rows_by("apart", "interaction_id").get(one.interaction_id, ()):
            if not row["names"] or names & set(row["names"].split(_PARTED)):
                yield row
