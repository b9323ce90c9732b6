"""A day on which medicines, other minerals and magnesium keep their hours apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from foods.errors import FoodNotFoundError
from foods.supplement import find_supplement
from planner.safety.clock import Separation, Taken, Window, find_day, hours_between
from planner.safety.finding import ALLOWED, MAGNESIUM
from planner.safety.intake import SupplementIntake
from planner.safety.medicines import Interaction, Medicine
from planner.safety.read import read_safety_settings

MAGNESIUM_ITEM, WATER = "magnesium", "water"

_MINERALS = (MAGNESIUM, "calcium_mg", "iron_mg", "zinc_mg")
_MINERAL_WATER = "mineral water"
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """When one dose is taken.

    Parameters
    ----------
    item
        Medicine, supplement or mineral water.
    earliest, latest
        Times of the day, ``HH:MM``; any time between them keeps all hours apart.
    hours_apart_from
        Other item → hours between the two, in the order of this day.
    dose, doses
        Which dose of the day it is, and of how many.
    best
        Time that suits best, at a meal where one is free.
    """

    item: str
    earliest: str
    latest: str
    hours_apart_from: Mapping[str, float] = field(default_factory=dict)
    dose: int = 1
    doses: int = 1
    best: str = ""

    @property
    def name(self) -> str:
        """Name with the number of the dose, where there are several."""
        return _dose_name(self.item, self.dose, self.doses)


@dataclass(frozen=True, slots=True)
class DaySchedule:
    """A day of medicines and minerals.

    Parameters
    ----------
    lines
        Every dose, by the clock.
    no_time_for
        Items that no time of the day is left for, or for which this program knows none.
    assumed_once
        Medicines that are placed once a day because nobody said how often.
    on_some_days
        Medicines that are taken on some days of the week alone.
    any_time
        Medicines that need no hours from magnesium: they are taken as prescribed.
    answer
        What the safety rules say to a supplement of magnesium, which no hour changes.
    """

    lines: tuple[ScheduleLine, ...] = ()
    no_time_for: tuple[str, ...] = ()
    assumed_once: tuple[str, ...] = ()
    on_some_days: tuple[str, ...] = ()
    any_time: tuple[str, ...] = ()
    answer: str = ALLOWED

    @property
    def is_needed(self) -> bool:
        """Whether anything must be apart from anything."""
        return bool(self.no_time_for) or any(line.hours_apart_from for line in self.lines)


@dataclass(frozen=True, slots=True)
class DayIntake:
    """What is taken beside medicines.

    Parameters
    ----------
    name, nutrient
        What to call it, and the nutrient that it supplies.
    amount
        Amount a day [the nutrient's unit].
    hours
        Hours of the clock that suit, one for each dose; empty leaves them open.
    doses
        Doses a day.
    """

    name: str
    nutrient: str
    amount: float
    hours: tuple[float, ...] = ()
    doses: int = 1


def build_schedule(
    medicines: Iterable[Medicine],
    supplements: Sequence[SupplementIntake | DayIntake] = (),
    waters: Sequence[str] = (),
) -> DaySchedule:
    """Give a day that keeps all hours, or say what no time is left for.

    Parameters
    ----------
    medicines
        Medicines with their interactions.
    supplements
        What is taken; where no magnesium is among them, a time for it is kept free.
    waters
        Mineral waters that are drunk.

    Returns
    -------
    DaySchedule
        Where not everything fits, magnesium that nobody takes yet gives way first, then what stands
        last among the supplements.
    """
    drugs = tuple(medicines)
    parted = [one for one in drugs if _separation(one) or _mineral_of(one)]
    things = [*map(_drug, parted), *_supplements(supplements), *map(_water, waters)]
    if not any(one.kind == MAGNESIUM for one in things) and _concerns_magnesium(things):
        things.append(Taken(MAGNESIUM_ITEM, MAGNESIUM))
    windows, left_out = _fitted(tuple(things))
    return DaySchedule(
        tuple(_line(window, windows) for window in windows),
        tuple(left_out),
        tuple(one.name for one in parted if not one.is_count_given),
        tuple(one.name for one in drugs if one.is_weekly),
        tuple(one.name for one in drugs if one not in parted),
    )


def keeps_hours(medicines: Iterable[Medicine], intakes: Iterable[DayIntake]) -> bool:
    """Whether medicines can be taken on a day on which ``intakes`` are taken at their hours."""
    drugs = [_drug(one) for one in medicines if _separation(one) or _mineral_of(one)]
    fixed = [replace(_supplement(one), is_fixed=True) for one in intakes]
    return find_day_of((*drugs, *fixed)) is not None


def usual_hour(slot: str) -> float:
    """Give the usual hour of a meal."""
    return float(read_safety_settings("schedule")["hour"][slot])


def as_clock(hours: float) -> str:
    """Write an hour of the day as ``HH:MM``."""
    minutes = round(hours * _MINUTES)
    return f"{minutes // _MINUTES:02d}:{minutes % _MINUTES:02d}"


def _fitted(things: tuple[Taken, ...]) -> tuple[tuple[Window, ...], list[str]]:
    """Drop minerals that have no time, the last first, until the rest fits.

    A medicine that is taken more often than any day here has room for leaves no day at all.
    """
    most = len(read_safety_settings("schedule")["medicine"]["hours_after_first"])
    if too_often := [one.item for one in things if not one.kind and one.doses > most]:
        return (), too_often
    kept, left_out = list(things), list[str]()
    while (windows := find_day_of(tuple(kept))) is None:
        dropped = [one for one in kept if one.kind][-1]
        kept.remove(dropped)
        left_out.append(dropped.item)
    return windows, left_out


@cache
def find_day_of(things: tuple[Taken, ...]) -> tuple[Window, ...] | None:
    """Give ``clock.find_day``, remembered: many people ask about the same few medicines."""
    return find_day(things)


def _concerns_magnesium(things: Iterable[Taken]) -> bool:
    """Whether a medicine or another mineral must be apart from magnesium."""
    magnesium = Taken(MAGNESIUM_ITEM, MAGNESIUM)
    return any(hours_between(one, magnesium) or hours_between(magnesium, one) for one in things)


def _drug(medicine: Medicine) -> Taken:
    kind, separation = _mineral_of(medicine), _separation(medicine)
    return Taken(medicine.name, kind, medicine.doses_per_day, None, separation)


def _supplements(supplements: Iterable[SupplementIntake | DayIntake]) -> Iterable[Taken]:
    """Give what is taken, entries of one name together."""
    found: dict[tuple[str, str], Taken] = {}
    for one in map(_supplement, supplements):
        held = found.get((one.item, one.kind))
        found[one.item, one.kind] = one if held is None else _together(held, one)
    return found.values()


def _together(one: Taken, other: Taken) -> Taken:
    amount = (one.amount or 0.0) + (other.amount or 0.0)
    hours = (*one.prefer_h, *other.prefer_h)
    return replace(one, doses=one.doses + other.doses, amount=amount, prefer_h=hours)


def _supplement(one: SupplementIntake | DayIntake) -> Taken:
    if isinstance(one, DayIntake):
        return Taken(one.name, one.nutrient, one.doses, one.amount, prefer_h=one.hours)
    doses = max(1, round(one.per_day))
    return Taken(one.name, one.nutrient, doses, one.nutrient_per_day)


def _water(name: str) -> Taken:
    return Taken(name, WATER)


def _separation(medicine: Medicine) -> Separation | None:
    rows = [one for one in medicine.interactions if one.hours_before_mg is not None]
    if not rows:
        return None
    settings = read_safety_settings("schedule")
    least_h = settings["together_h"]
    morning = settings["medicine"]["morning_only"]
    return Separation(
        max(least_h, *(one.hours_before_mg or 0.0 for one in rows)),
        max(least_h, *(one.hours_after_mg or 0.0 for one in rows)),
        frozenset(kind for one in rows for kind in _kinds(one)),
        any(one.interaction_id in morning for one in rows),
    )


def _kinds(row: Interaction) -> Iterable[str]:
    """Give what must be apart: magnesium always, other minerals and water where the row says so."""
    yield MAGNESIUM
    if any(word in part for part in row.applies_to for word in ("calcium", "iron", "dairy")):
        yield from _MINERALS[1:]
    if _MINERAL_WATER in row.applies_to:
        yield WATER


def _mineral_of(medicine: Medicine) -> str:
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


def _line(window: Window, windows: Iterable[Window]) -> ScheduleLine:
    hours = {}
    for other in _nearest(window, windows):
        if other.taken != window.taken and (apart := _hours_today(window, other)):
            hours[_dose_name(other.taken.item, other.dose, other.taken.doses)] = apart
    taken = window.taken
    return ScheduleLine(
        taken.item,
        as_clock(window.start_h),
        as_clock(window.end_h),
        hours,
        window.dose,
        taken.doses,
        as_clock(window.best_h),
    )


def _nearest(window: Window, windows: Iterable[Window]) -> Iterator[Window]:
    """Give the doses of each thing just before and just after a dose."""
    before: dict[Taken, Window] = {}
    after: dict[Taken, Window] = {}
    for other in windows:
        if other is window:
            continue
        if other.start_h < window.start_h:
            before[other.taken] = other
        else:
            after.setdefault(other.taken, other)
    found = {*before.values(), *after.values()}
    yield from (other for other in windows if other in found)


def _hours_today(one: Window, other: Window) -> float:
    """Give the hours from the earlier of two to the later."""
    first, second = (one, other) if one.start_h <= other.start_h else (other, one)
    return hours_between(first.taken, second.taken)


def _dose_name(item: str, dose: int, doses: int) -> str:
    return item if doses == 1 else f"{item}, dose {dose} of {doses}"
