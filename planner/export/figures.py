"""Figures and times as people read them: rounded once, here, and never across a bound."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from foods.nutrient import known_nutrients
from planner.check.judge import Finding
from planner.document.blocks import Table
from planner.export.who import weekday_names
from planner.kitchen.measures import metric_text
from planner.plan.plan import Day, Item, Meal, Plan
from planner.plan.rounding import percent_near
from planner.plan.shares import present_days
from planner.request.days import DAYS_PER_WEEK
from planner.request.override import RATIO, read_shares
from planner.settings import read_settings
from planner.shops import named, price_as
from planner.targets.target import heading_of, unit_word

if TYPE_CHECKING:
    from planner.diary.analysis import NutrientSource
    from planner.explain.report import Source


UNKNOWN = "?"
FINE_BELOW_G = 10.0
_MOST_DECIMALS = 6
_SHARE_NOISE = 1e-6  # per cent; above the tolerance of sums in configs/check.toml
_RATIO_DECIMALS, _SHARE_DECIMALS = 2, 1


def amount_text(key: str, value: float | None, more: int = 0) -> str:
    """Return an amount with the decimals of its nutrient and ``more``; unknown is ``?``."""
    return UNKNOWN if value is None else f"{value:,.{decimals_of(key) + more}f}"


def decimals_of(key: str) -> int:
    """Return the printed decimals of a nutrient, share or ratio key."""
    if key == RATIO:
        return _RATIO_DECIMALS
    return _SHARE_DECIMALS if key in read_shares() else known_nutrients()[key].decimals


def finding_texts(finding: Finding) -> tuple[str, str, str]:
    """Return value, lower and upper bound of a finding.

    A value that misses its bound by less than the last decimal gets more decimals: 2.004 does
    not print as 2.00 beside a bound of 2.00.
    """
    more = 0
    while not finding.holds and _looks_met(finding, more) and more < _MOST_DECIMALS:
        more += 1
    return (
        amount_text(finding.nutrient, finding.value, more),
        "" if finding.lower is None else amount_text(finding.nutrient, finding.lower, more),
        "" if finding.upper is None else amount_text(finding.nutrient, finding.upper, more),
    )


def values_text(findings: Iterable[Finding]) -> str:
    """Describe what days or weeks have of one nutrient, the least and the most of it."""
    known = sorted((finding.value, *finding_texts(finding)[:1], finding.nutrient)
                   for finding in findings if finding.value is not None)  # fmt: skip
    if not known:
        return ""
    texts = dict.fromkeys([text for _value, text, _key in (known[0], known[-1])])
    return f"{' to '.join(texts)} {unit_word(known[0][2])}".strip()


def band_text(lower: str, upper: str) -> str:
    """Describe a band in words."""
    if lower and upper:
        return f"{lower} to {upper}"
    if lower:
        return f"at least {lower}"
    return f"at most {upper}" if upper else "no bound"


def signed_band(lower: str, upper: str) -> str:
    """Describe a band in signs: ``">= 320"``, ``"55-75"``; empty without a bound."""
    if lower and upper:
        return f"{lower}-{upper}"
    return f">= {lower}" if lower else f"<= {upper}" if upper else ""


def bound_texts(lower: float | None, upper: float | None) -> tuple[str, str]:
    """Return the bounds of a target in print; one that is open is empty."""
    least, most = ("" if bound is None else number_as_text(bound) for bound in (lower, upper))
    return least, most


def number_as_text(value: float) -> str:
    """Return a bound with four significant digits and no exponent."""
    return f"{float(f'{value:.4g}'):.10g}"


def by_band(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Put findings of one nutrient and basis together, in their order."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.nutrient, finding.basis), []).append(finding)
    return list(groups.values())


def known_mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the values that are known; ``None`` where none is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def share_text(finding: Finding) -> str:
    """Return the value as per cent of its one bound; empty for a band and for a lowered bound.

    Of a lower bound it is rounded down, so that 99.9 % never prints as 100 %, of an upper one up.
    What holds within the last binary digits is 100 %, not 99 or 101.
    """
    if finding.value is None:
        return UNKNOWN
    if finding.lowered_from or (finding.lower and finding.upper):
        return ""
    if finding.lower:
        return f"{math.floor(100 * finding.value / finding.lower + _noise(finding))} %"
    if finding.upper:
        return f"{math.ceil(100 * finding.value / finding.upper - _noise(finding))} %"
    return ""


def _noise(finding: Finding) -> float:
    """Return the slack of rounding sums [%]; none for what misses its bound."""
    return _SHARE_NOISE if finding.holds else 0.0


def verdict(finding: Finding) -> str:
    """Describe in a few words how a value compares with its band."""
    if finding.value is None:
        return "unknown"
    if finding.lower is None and finding.upper is None:
        return "shown"
    if finding.holds and finding.lowered_from:
        is_short = finding.value < finding.lowered_from
        if is_short:
            return "lowered by hand, below the recommended"
        return "lowered by hand, yet above the recommended"
    if finding.holds:
        return "met"
    if finding.lower is not None and finding.value < finding.lower:
        return "short"
    is_over = finding.upper is not None and finding.value > finding.upper
    return "over" if is_over else "unsure"


def sources_text(
    key: str, sources: Sequence[NutrientSource | Source], *, is_full: bool = False
) -> str:
    """Name what brings most of a nutrient in milligrams, or all that does; empty without any."""
    most = len(sources) if is_full else read_settings("explain.toml")["sources"]["most"]
    texts = [
        f"{named(source.name)} {amount_text(key, source.amount)} mg ({percent_near(source.share)})"
        for source in sources[:most]
    ]
    title = "{name}, a day".format(name=heading_of(key).split(",")[0])
    return f"{title}: {', '.join(texts)}." if texts else ""


def mass_text(mass_g: float) -> str:
    """Return a mass in whole grams, or tenths below 10 g; in kilograms where it is for many."""
    is_fine = mass_g < FINE_BELOW_G and mass_g != round(mass_g)
    return f"{mass_g:.1f} g" if is_fine else metric_text(mass_g, "g")


def price_text(price_usd: float) -> str:
    """Return a price in dollars and cents."""
    return price_as(price_usd)


def _looks_met(finding: Finding, more: int) -> bool:
    def rounded(value: float) -> float:
        return round(value, decimals_of(finding.nutrient) + more)

    if finding.value is None or (finding.lower is None and finding.upper is None):
        return False
    above = finding.lower is None or rounded(finding.value) >= rounded(finding.lower)
    below = finding.upper is None or rounded(finding.value) <= rounded(finding.upper)
    missed = (finding.lower is not None and finding.value < finding.lower) or (
        finding.upper is not None and finding.value > finding.upper
    )
    return missed and above and below


_MINUTES = 60  # of an hour
_NOTHING_COOKED = "–"
_MAIN_MEALS = ("lunch", "dinner")


def time_text(minutes: int) -> str:
    """Describe a time: ``"35 min"``, ``"1 h"``, ``"1 h 35 min"``."""
    hours, rest = divmod(minutes, _MINUTES)
    told = [f"{hours} h"] if hours else []
    return " ".join([*told, *([f"{rest} min"] if rest or not hours else [])])


def clock_text(active: int, minutes: int) -> str:
    """Format both times of a dish or meal; one if all of it is work, none if it takes no time.

    Parameters
    ----------
    active, minutes
        With hands on it, and from start to table [min].
    """
    if active == minutes:
        return time_text(minutes) if minutes else ""
    took = f"on the table in {time_text(minutes)}"
    if not active:
        return took
    return f"{time_text(active)} of work, {took}"


def clock_of(timed: Item | Meal) -> str:
    """Format both times of a dish or a meal of a plan."""
    return clock_text(timed.active_minutes, timed.minutes)


def work_text(minutes: int) -> str:
    """Describe the work of a day: ``"45 min of work"``."""
    return f"{time_text(minutes)} of work"


def day_clock_text(day: Day, slow: Set[str] = frozenset(), work_min: int | None = None) -> str:
    """Describe the work of a day, and how long its longest meal takes that is not in ``slow``.

    ``work_min``: the work that is done on it [min]; all of its meals when left out.
    """
    work = work_text(day.active_minutes if work_min is None else work_min)
    meals = (meal for meal in day.meals if meal.slot not in slow)
    longest = max(meals, key=lambda meal: meal.minutes, default=None)
    if longest is None or not longest.minutes:
        return work
    told = "{work}, {slot} takes {time}"
    slot, time = longest.slot, time_text(longest.minutes)
    return told.format(work=work, slot=slot, time=time)


def week_clock_texts(plan: Plan) -> list[str]:
    """Describe the work of each week of a plan, in all and in the mean of its days."""
    numbers = range(0, len(plan.days), DAYS_PER_WEEK)
    weeks = [plan.days[first : first + DAYS_PER_WEEK] for first in numbers]
    if len(weeks) == 1:
        return [f"Work in the kitchen: {_work_of(weeks[0])}."]
    told = "Work in the kitchen in week {number}: {work}."
    return [told.format(number=at, work=_work_of(days)) for at, days in enumerate(weeks, start=1)]


def cooking_strip(plan: Plan) -> Iterator[Table]:
    """Return for each week what is cooked on its days and what is warmed up, day beside day."""
    for first in range(0, len(plan.days), DAYS_PER_WEEK):
        days = present_days(plan.days[first : first + DAYS_PER_WEEK])
        again = [
            ", ".join(
                meal.slot for meal in day.meals if _is_warmed(meal) and meal.slot in _MAIN_MEALS
            )
            for day in days
        ]
        if any(again):
            minutes = [day.active_minutes for day in days]
            work = [f"{count} min" if count else _NOTHING_COOKED for count in minutes]
            head = ["", *(weekday_names(day)[0] for day in days)]
            rows = (["Cook", *work], ["Warm up", *(text or _NOTHING_COOKED for text in again)])
            yield Table("Work in the kitchen and meals warmed up, day by day", head, rows)


def _is_warmed(meal: Meal) -> bool:
    return any(item.leftover_of is not None for item in meal.items)


def cookings(plan: Plan) -> int:
    """Count the lunches and dinners for which something is cooked."""
    meals = (meal for day in plan.days for meal in day.meals if meal.slot in _MAIN_MEALS)
    return sum(meal.active_minutes > 0 and not _is_warmed(meal) for meal in meals)


def _work_of(days: Sequence[Day]) -> str:
    minutes = sum(day.active_minutes for day in days)
    told = "{time}, {mean} a day"
    return told.format(time=time_text(minutes), mean=time_text(round(minutes / len(days))))
