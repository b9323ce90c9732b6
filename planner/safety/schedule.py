"""Days on which medicines, pills, mineral water and meals keep their hours apart.

The hours are the same on all days where that can be, and none is broken at night. A medicine that
is taken on some days of the week has its hour on these days alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.safety.apart import moment_rooms
from planner.safety.clock import Nights, Taken, Window, hours_between, meal_windows
from planner.safety.day_meals import meals_of_all_days
from planner.safety.dosage import is_usually_weekly
from planner.safety.finding import ALLOWED
from planner.safety.fit_day import DayContents, Fit, Wanted, fit_day, sort_contents
from planner.safety.intake import SupplementIntake
from planner.safety.medicines import Medicine
from planner.safety.often import clock_hours

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
        Other item or meal → hours between the two, in the order of this day.
    dose, doses
        Which dose of the day it is, and of how many.
    best
        Time that suits best, at a meal where one is free.
    amount
        How much one dose of a pill is, as it is taken; empty for a medicine.
    """

    item: str
    earliest: str
    latest: str
    hours_apart_from: Mapping[str, float] = field(default_factory=dict)
    dose: int = 1
    doses: int = 1
    best: str = ""
    amount: str = ""

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
    refused
        Pills that are taken though a rule refuses them: they get no hour.
    never_with
        (pill, medicine) pairs that no hour makes fit: the pill gets none.
    assumed_once
        Medicines that are placed once a day because nobody said how often.
    on_some_days
        Medicines that are taken on some days of the week alone.
    unnamed_days
        (medicine, days a week) of those whose days nobody named.
    daily_on_purpose
        Medicines taken every day that most people take once a week.
    rarely_daily
        Medicines taken every day that most people take less often.
    any_time
        Medicines that need no hours from anything: they are taken as prescribed.
    spaced
        (medicine, rhythm) of those that no calendar of days holds.
    with_water
        Medicines that stand too near to the milk or calcium of a meal.
    answer
        What the safety rules say to a supplement of magnesium, which no hour changes.
    refused_nutrients
        Nutrients of which a rule refuses pills.
    are_meals_assumed
        Whether the meals are the usual ones, because no plan says what is eaten.
    moved
        (medicine, times of the day that were said) of those that stand at another hour.
    """

    lines: tuple[ScheduleLine, ...] = ()
    no_time_for: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    never_with: tuple[tuple[str, str], ...] = ()
    assumed_once: tuple[str, ...] = ()
    on_some_days: tuple[str, ...] = ()
    unnamed_days: tuple[tuple[str, int], ...] = ()
    daily_on_purpose: tuple[str, ...] = ()
    rarely_daily: tuple[str, ...] = ()
    any_time: tuple[str, ...] = ()
    spaced: tuple[tuple[str, str], ...] = ()
    with_water: tuple[str, ...] = ()
    answer: str = ALLOWED
    refused_nutrients: frozenset[str] = frozenset()
    are_meals_assumed: bool = False
    moved: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def is_needed(self) -> bool:
        """Whether anything must be apart from anything."""
        return bool(self.no_time_for) or any(line.hours_apart_from for line in self.lines)

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say: hours, a day to name, a pill that has no hour."""
        told = (
            self.refused, self.never_with, self.unnamed_days, self.daily_on_purpose,
            self.rarely_daily, self.spaced, self.with_water, self.moved,
        )  # fmt: skip
        return self.is_needed or any(told)

    @property
    def without_hour(self) -> tuple[str, ...]:
        """Everything that is taken and has no hour here, each once."""
        names = (*self.no_time_for, *self.refused, *(pill for pill, _ in self.never_with))
        return tuple(dict.fromkeys(names))


def build_schedule(
    medicines: Iterable[Medicine],
    supplements: Sequence[SupplementIntake | Taken] = (),
    waters: Sequence[str] = (),
    meals: Sequence[Taken] = (),
    refused: frozenset[str] = frozenset(),
) -> DaySchedule:
    """Give one day that keeps all hours, or say what no time is left for.

    Parameters
    ----------
    medicines, supplements, waters, meals, refused
        As of ``DayContents``; what is taken on some days of the week alone is part of the day.

    Returns
    -------
    DaySchedule
        Where not everything fits, magnesium that nobody takes yet gives way first, then what stands
        last; of a medicine without a time, no pill that it binds gets one.
    """
    contents = DayContents(
        tuple(medicines), tuple(supplements), tuple(waters), tuple(meals), refused
    )
    return schedule_of(contents, fit_day(contents))


def schedule_of(contents: DayContents, fit: Fit) -> DaySchedule:
    """Give a day as it is told."""
    drugs, told = contents.medicines, sort_contents(contents)
    placed = {one.item for one in told.things if one.is_medicine}
    return DaySchedule(
        tuple(_line(one, fit.windows) for one in fit.windows if not one.taken.is_meal),
        fit.left_out,
        told.refused,
        told.never_with,
        tuple(one.name for one in drugs if one.name in placed and not one.is_given),
        tuple(one.name for one in drugs if one.is_weekly),
        tuple((one.name, one.per_week) for one in drugs if one.is_weekly and not one.weekdays),
        tuple(one.name for one in drugs if is_usually_weekly(one.name) and not one.is_weekly),
        tuple(one.name for one in drugs if one.is_rarely_daily and not is_usually_weekly(one.name)),
        tuple(
            one.name for one in drugs if one.name not in {*placed, *told.refused} and not one.spaced
        ),
        tuple((one.name, one.spaced) for one in drugs if one.spaced),
        fit.eased,
        refused_nutrients=contents.refused,
        are_meals_assumed=contents.are_meals_assumed,
        moved=tuple(_moved(drugs, contents.meals, fit.windows)),
    )


def _moved(
    drugs: Iterable[Medicine], meals: Iterable[Taken], windows: Iterable[Window]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the medicines that stand at another hour than was said."""
    best: dict[str, list[float]] = {}
    for one in windows:
        best.setdefault(one.taken.item, []).append(one.best_h)
    for drug in (one for one in drugs if one.moments and one.name in best):
        rooms = zip(drug.moments, moment_rooms(drug.moments, meals), strict=True)
        hours = best[drug.name]
        missed = [one for one, (a, b) in rooms if not any(a <= hour <= b for hour in hours)]
        if missed:
            yield drug.name, clock_hours(drug.moments) or tuple(missed)


def as_clock(hours: float) -> str:
    """Write an hour of the day as ``HH:MM``."""
    minutes = round(hours * _MINUTES)
    return f"{minutes // _MINUTES:02d}:{minutes % _MINUTES:02d}"


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
        taken.dose_text,
    )


def _nearest(window: Window, windows: Iterable[Window]) -> Iterator[Window]:
    """Give the doses of each thing just before and just after a dose, and the meals likewise.

    Of meals these are the last before and the first after that ask for hours.
    """
    before: dict[Taken | str, Window] = {}
    after: dict[Taken | str, Window] = {}
    for other in windows:
        if other is window or (other.taken.is_meal and not _hours_today(window, other)):
            continue
        key = other.taken.kind if other.taken.is_meal else other.taken
        if other.start_h < window.start_h:
            before[key] = other
        else:
            after.setdefault(key, other)
    found = {*before.values(), *after.values()}
    yield from (other for other in windows if other in found)


def _hours_today(one: Window, other: Window) -> float:
    """Give the hours from the earlier of two to the later."""
    first, second = (one, other) if one.start_h <= other.start_h else (other, one)
    return hours_between(first.taken, second.taken)


def _dose_name(item: str, dose: int, doses: int) -> str:
    return item if doses == 1 else f"{item}, dose {dose} of {doses}"


def lay_out_days(days: Sequence[DayContents]) -> tuple[DaySchedule, ...]:
    """Give the hours of each day.

    Hours that keep from whatever a meal holds on any day are taken on all days; where there are
    none, each day has hours of its own, as near to those of the day before as can be.
    """
    everything = meals_of_all_days(day.meals for day in days)
    wanted = _hours_of(fit_day(usual_day(days)))
    found: list[DaySchedule] = []
    before: tuple[Window, ...] = ()
    for number, day in enumerate(days):
        tomorrow = days[number + 1].meals if number + 1 < len(days) else ()
        eaten = {one.item for one in day.meals}
        same = replace(day, meals=tuple(one for one in everything if one.item in eaten))
        fit = fit_day(same, Nights(before, meal_windows(tomorrow)), wanted)
        if fit.left_out or fit.eased:
            own = fit_day(day, Nights(before, meal_windows(tomorrow)), wanted)
            fit = min(fit, own, key=lambda one: (len(one.left_out), len(one.eased)))
        found.append(schedule_of(day, fit))
        before, wanted = fit.windows, _hours_of(fit, wanted)
    return tuple(found)


def lay_out_day_among(days: Sequence[DayContents], day: DayContents) -> DaySchedule:
    """Give a day that may be any of ``days``, with what is taken on it beside."""
    usual = usual_day(days)
    around = fit_day(usual)
    nights = Nights(around.windows, around.windows)
    contents = replace(day, meals=usual.meals)
    return schedule_of(contents, fit_day(contents, nights, _hours_of(around)))


def usual_day(days: Sequence[DayContents]) -> DayContents:
    """Give what is taken on every day, with all that a meal holds on any."""
    medicines = tuple(one for one in days[0].medicines if not one.is_weekly)
    return replace(days[0], medicines=medicines, meals=meals_of_all_days(day.meals for day in days))


def _hours_of(fit: Fit, known: Wanted = ()) -> Wanted:
    """Give item → hours of its doses, those of ``known`` before those of the day."""
    hours: dict[str, tuple[float, ...]] = {}
    for window in fit.windows:
        if not window.taken.is_meal:
            item = window.taken.item
            hours[item] = (*hours.get(item, ()), window.best_h)
    return tuple((hours | dict(known)).items())
