"""Which time everything of a day gets, and what gives way where there is none for all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from planner.safety.apart import drug_of_day, kinds_never_with
from planner.safety.clock import (
    ANYTHING,
    FOOD,
    MEDICINE,
    WATER,
    Nights,
    Taken,
    Window,
    concern_each_other,
)
from planner.safety.finding import MAGNESIUM
from planner.safety.intake import SupplementIntake
from planner.safety.medicines import Medicine
from planner.safety.search_day import find_day, has_room_for

MAGNESIUM_ITEM = "magnesium"

_NO_NIGHTS = Nights()

Wanted = tuple[tuple[str, tuple[float, ...]], ...]  # item → hours of its doses on other days


@dataclass(frozen=True, slots=True)
class DayContents:
    """What is taken, drunk and eaten on one day.

    Parameters
    ----------
    medicines
        Medicines of the day with their interactions.
    supplements
        What is taken; where no magnesium is among them, a time for it is kept free.
    waters
        Mineral waters that are drunk.
    meals
        Meals with what they hold, see ``day_meals``.
    refused
        Nutrients of which a rule refuses pills.
    are_meals_assumed
        Whether nobody knows the meals.
    """

    medicines: tuple[Medicine, ...]
    supplements: tuple[SupplementIntake | Taken, ...] = ()
    waters: tuple[str, ...] = ()
    meals: tuple[Taken, ...] = ()
    refused: frozenset[str] = frozenset()
    are_meals_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """A day as it was found: the windows of doses and meals, and what has none.

    Of what is ``eased`` the hours from milk and calcium in meals are not kept.
    """

    windows: tuple[Window, ...]
    left_out: tuple[str, ...]
    eased: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorted:
    """What of a day gets an hour, and what must not.

    Parameters
    ----------
    things
        Medicines, pills and waters that get one.
    refused
        Pills that a rule refuses.
    never_with
        (pill, medicine) pairs that no hour makes fit.
    """

    things: tuple[Taken, ...]
    refused: tuple[str, ...]
    never_with: tuple[tuple[str, str], ...]


def fit_day(contents: DayContents, nights: Nights = _NO_NIGHTS, wanted: Wanted = ()) -> Fit:
    """Find the times of a day beside the days around it."""
    things = (*sort_contents(contents).things, *contents.meals)
    if too_often := [one.item for one in things if not has_room_for(one)]:
        return Fit((), tuple(too_often))
    kept, left_out, eased = list(things), list[str](), list[str]()
    while (windows := _find_day(tuple(kept), nights, wanted)) is None:
        dropped = _dropped(kept, nights, wanted)
        held = [one for one in dropped if one.is_urgent or one.within]
        urgent = [one for one in held if _eased(one) != one]
        moved = [one for one in held if one.within and not urgent]
        for one in urgent or moved or dropped:
            at = kept.index(one)
            if moved:
                kept[at] = replace(one, within=())
                continue
            (eased if urgent else left_out).append(one.item)
            kept[at : at + 1] = [_eased(one)] if urgent else []
    return Fit(windows, tuple(left_out), tuple(eased))


def _eased(one: Taken) -> Taken:
    """Return a medicine that is kept from pills and from food, and not from what a meal holds."""
    rules = (replace(rule, meal_from=None) for rule in one.apart if rule.kind != FOOD)
    return replace(one, apart=(*rules, *(rule for rule in one.apart if rule.kind == FOOD)))


def keeps_hours(medicines: Iterable[Medicine], intakes: Iterable[Taken]) -> bool:
    """Whether medicines can be taken on a day on which ``intakes`` are taken at their hours.

    What is taken once a day keeps its morning here, so that meals leave it one where they can.
    """
    held = [drug_of_day(one) for one in medicines if one.has_hour]
    every = [one for one in held if one.apart or one.kind]
    drugs = [replace(one, is_morning=one.is_morning or one.doses == 1) for one in every]
    fixed = [replace(one, is_fixed=True) for one in intakes]
    return _find_day((*drugs, *fixed), _NO_NIGHTS, ()) is not None


def sort_contents(contents: DayContents) -> Sorted:
    """Part what gets an hour from what must not; magnesium to come is kept a time for."""
    drugs = [drug_of_day(one, contents.meals) for one in contents.medicines if one.has_hour]
    alone = any(rule.kind in (ANYTHING, MEDICINE) for one in drugs for rule in one.apart)
    parted = [one for one in drugs if alone or one.apart or one.kind]
    every = [
        *parted,
        *_supplements(contents.supplements),
        *(Taken(one, WATER) for one in contents.waters),
    ]
    magnesium = Taken(MAGNESIUM_ITEM, MAGNESIUM)
    is_taken = any(one.kind == MAGNESIUM for one in every)
    if not is_taken and any(concern_each_other(one, magnesium) for one in every):
        every.append(magnesium)
    forbids = {k: one.name for one in contents.medicines for k in kinds_never_with(one)}
    taken = [one for one in every if one.kind not in contents.refused]
    return Sorted(
        tuple(one for one in taken if one.kind not in forbids),
        tuple(one.item for one in every if one not in taken and one.item != MAGNESIUM_ITEM),
        tuple((one.item, forbids[one.kind]) for one in every if one.kind in forbids),
    )


@cache
def _find_day(
    things: tuple[Taken, ...], nights: Nights, wanted: Wanted
) -> tuple[Window, ...] | None:
    """Give ``find_day``, remembered: many people ask about the same few medicines."""
    return find_day(things, nights, dict(wanted))


def _dropped(kept: Sequence[Taken], nights: Nights, wanted: Wanted) -> list[Taken]:
    """Give what has no time: what the others can do without, the last first.

    A pill or water that a medicine without a time binds goes with it, as its hours would rest on
    nothing; so do other doses of the same name.
    """
    meals = tuple(one for one in kept if one.is_meal)
    free = [one for one in kept if not one.is_meal]
    found = [one for one in free if _find_day((*meals, one), nights, ()) is None]
    if not found:
        found = [_spared(kept, free, nights, wanted)]
    bound = [
        one for one in free if one not in found and any(_goes_with(one, lost) for lost in found)
    ]
    return [*found, *bound]


def _goes_with(one: Taken, lost: Taken) -> bool:
    if one.is_medicine:
        return False
    return one.item == lost.item or (lost.is_medicine and concern_each_other(lost, one))


def _spared(kept: Sequence[Taken], free: Sequence[Taken], nights: Nights, wanted: Wanted) -> Taken:
    for one in reversed(free):
        rest = tuple(other for other in kept if other is not one)
        if _find_day(rest, nights, wanted) is not None:
            return one
    return free[-1]


def _supplements(supplements: Iterable[SupplementIntake | Taken]) -> Iterable[Taken]:
    """Give what is taken, equal doses of one name together; each with its nutrient's day."""
    found: dict[tuple[str, str, str], Taken] = {}
    for one in map(_supplement, supplements):
        key = (one.item, one.kind, one.dose_text)
        held = found.get(key)
        found[key] = one if held is None else _together(held, one)
    of_the_day = dict[str, float]()
    for one in found.values():
        of_the_day[one.kind] = of_the_day.get(one.kind, 0.0) + (one.amount or 0.0)
    return [replace(one, amount=of_the_day[one.kind]) for one in found.values()]


def _together(one: Taken, other: Taken) -> Taken:
    amount = (one.amount or 0.0) + (other.amount or 0.0)
    hours = (*one.prefer_h, *other.prefer_h)
    return replace(one, doses=one.doses + other.doses, amount=amount, prefer_h=hours)


def _supplement(one: SupplementIntake | Taken) -> Taken:
    if isinstance(one, Taken):
        return one
    doses = max(1, math.ceil(one.per_day))
    return Taken(one.name, one.nutrient, doses, one.nutrient_per_day, dose_text=one.dose_text)
