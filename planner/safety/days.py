"""Days one after another: the same hours on all where that can be, and none broken at night.

A medicine that is taken on some days of the week has its hour on these days alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.safety.clock import Nights, Window, meal_windows
from planner.safety.day_meals import meals_of_all_days
from planner.safety.fit_day import DayContents, Fit, Wanted, fit_day
from planner.safety.schedule import DaySchedule, schedule_of


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
