"""What a medicine must be kept from, by ``configs/safety/apart.csv`` and ``interactions.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from foods.errors import FoodNotFoundError
from foods.supplement import find_supplement
from planner.safety.finding import MAGNESIUM
from planner.safety.hours import Apart, Span, Taken
from planner.safety.medicines import Medicine
from planner.safety.often import moment_hours
from planner.safety.phrases import plain_words
from planner.safety.read import read_safety_settings, safety_rows_by
from planner.settings import read_row

_MINERALS = (MAGNESIUM, "calcium_mg", "iron_mg", "zinc_mg")
_PARTED = ";"


def drug_of_day(medicine: Medicine, meals: Iterable[Taken] = ()) -> Taken:
    """Give a medicine as a thing of the day, with all hours that it asks for.

    Of one whose time nobody said it is taken that its pills are to keep from the morning.
    """
    spans = [moment_span(one, meals) for one in medicine.moments]
    return Taken(
        medicine.name,
        mineral_of(medicine),
        apart=(
            *_from_magnesium(medicine),
            *(read_row(Apart, row) for row in _rows_of(medicine) if row["hours_before"]),
        ),
        is_medicine=True,
        is_timed=bool(spans),
        spans=tuple(spans or [tuple(read_safety_settings("schedule")["untimed_h"])]),
    )


def moment_span(moment: str, meals: Iterable[Taken] = ()) -> Span:
    """Give the first and last hour of a time of the day, of a meal those of the meal itself."""
    eaten = (meal.spans[0] for meal in meals if meal.item == moment)
    return next(eaten, moment_hours(moment))


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
