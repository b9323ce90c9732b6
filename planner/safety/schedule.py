"""A day on which medicines, other minerals and magnesium keep their hours apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planner.safety.intake import SupplementIntake
from planner.safety.medicines import Medicine
from planner.safety.read import read_safety_settings

MAGNESIUM_ITEM = "magnesium"

_MINERALS = ("calcium_mg", "iron_mg", "zinc_mg")
_HOURS_A_DAY = 24
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """When one thing is taken.

    Parameters
    ----------
    item
        Medicine or supplement.
    earliest, latest
        Times of the day, ``HH:MM``; any time between them keeps all hours apart.
    hours_apart_from
        Other item → hours between the two, in the order of this day.
    """

    item: str
    earliest: str
    latest: str
    hours_apart_from: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Separation:
    """How far one medicine is from magnesium and other minerals.

    Parameters
    ----------
    item
        Medicine as written.
    before_h, after_h
        Hours from the medicine to magnesium, and from magnesium to the medicine.
    minerals
        Whether other minerals must be as far.
    """

    item: str
    before_h: float
    after_h: float
    minerals: bool


def build_schedule(
    medicines: Iterable[Medicine], supplements: Sequence[SupplementIntake]
) -> tuple[ScheduleLine, ...] | None:
    """Give a feasible day: medicines in the morning, minerals at noon, magnesium after them.

    Parameters
    ----------
    medicines
        Medicines with their interactions.
    supplements
        What is taken; other minerals than magnesium get a time of their own.

    Returns
    -------
    tuple or None
        Empty where nothing must be apart; ``None`` where no time of the day is left.
    """
    apart = separations(medicines)
    minerals = list(dict.fromkeys(one.name for one in supplements if one.nutrient in _MINERALS))
    if not apart and not minerals:
        return ()
    day = read_safety_settings("schedule")
    morning, noon, rest = day["medicines"], day["minerals"], day["magnesium"]
    morning_end = morning["latest_h"] if apart else morning["earliest_h"]
    noon_start = max([noon["earliest_h"], *(morning_end + s.before_h for s in apart if s.minerals)])
    noon_end = max(noon["latest_h"], noon_start)
    earliest = max([rest["earliest_h"], *(morning_end + one.before_h for one in apart)])
    if minerals:
        earliest = max(earliest, noon_end + day["mineral_gap_h"])
    # The next morning's medicine comes first after an evening's magnesium.
    next_day = morning["earliest_h"] + _HOURS_A_DAY
    latest = min([rest["latest_h"], *(next_day - one.after_h for one in apart)])
    if earliest > latest:
        return None
    gap_h = float(day["mineral_gap_h"])
    return (
        *(_medicine_line(one, morning, minerals) for one in apart),
        *(_mineral_line(name, (noon_start, noon_end), apart, gap_h) for name in minerals),
        ScheduleLine(
            MAGNESIUM_ITEM,
            _clock(earliest),
            _clock(latest),
            {one.item: one.before_h for one in apart} | dict.fromkeys(minerals, gap_h),
        ),
    )


def separations(medicines: Iterable[Medicine]) -> tuple[Separation, ...]:
    """Give the medicines that must be apart from magnesium; of several rules the longest hours."""
    found = []
    for medicine in medicines:
        rows = [one for one in medicine.interactions if one.hours_before_mg is not None]
        if rows:
            found.append(
                Separation(
                    medicine.name,
                    max(one.hours_before_mg or 0 for one in rows),
                    max(one.hours_after_mg or 0 for one in rows),
                    any(_concerns_minerals(part) for one in rows for part in one.applies_to),
                )
            )
    return tuple(found)


def _concerns_minerals(part: str) -> bool:
    return any(word in part for word in ("calcium", "iron", "dairy"))


def _medicine_line(
    one: Separation, morning: Mapping[str, float], minerals: Iterable[str]
) -> ScheduleLine:
    hours = {MAGNESIUM_ITEM: one.before_h}
    if one.minerals:
        hours |= dict.fromkeys(minerals, one.before_h)
    return ScheduleLine(one.item, _clock(morning["earliest_h"]), _clock(morning["latest_h"]), hours)


def _mineral_line(
    name: str, window: tuple[float, float], apart: Iterable[Separation], gap_h: float
) -> ScheduleLine:
    hours = {one.item: one.before_h for one in apart if one.minerals}
    return ScheduleLine(name, _clock(window[0]), _clock(window[1]), hours | {MAGNESIUM_ITEM: gap_h})


def _clock(hours: float) -> str:
    minutes = round(hours * _MINUTES)
    return f"{minutes // _MINUTES:02d}:{minutes % _MINUTES:02d}"
