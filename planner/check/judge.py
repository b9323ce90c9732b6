"""The judge: recompute every target from the printed amounts and the food table.

Why it shares nothing with the model: a rule that is written wrongly there must not be written
wrongly here too. It starts from the kitchen amounts as printed and does its own sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from foods.frame import OF_ROW, WORDS, as_frame
from planner.check.amounts import Amount, find_amount
from planner.check.beside import beside_faults
from planner.check.clinical import clinical_faults, conservative_faults
from planner.check.cost import cost_faults
from planner.check.days import DaysAsked
from planner.check.foods import food_faults, hot_faults
from planner.check.guests import guest_faults, guest_food_faults
from planner.check.lines import FoodSource, JudgedTable, read_table
from planner.check.measures import measure_faults
from planner.check.running import running_faults
from planner.check.week import stated_faults, week_faults
from planner.plan.plan import Day
from planner.request.request import PlanRequest
from planner.settings import read_settings
from planner.targets.derive import rules_asked
from planner.targets.target import Target, unit_of

if TYPE_CHECKING:
    import pandas as pd


_COLUMNS = MappingProxyType(
    {
        **dict.fromkeys(("nutrient", "unit", "period", "week", "day", "basis", "hard"), WORDS),
        **dict.fromkeys(("value", "lower", "upper", "lowered_from"), OF_ROW),
        **{"holds": WORDS, "coverage": "share"},
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the plan holds of one target, on one day or over the week.

    Parameters
    ----------
    nutrient
        Nutrient, share or ratio key.
    period, day
        ``"day"`` with the day's number from 1, or ``"week"`` with ``None``.
    value
        Amount per day in the key's unit, unrounded; ``None`` where nothing eaten has a figure.
    lower, upper
        Inclusive bounds of what is planned of the day or week; ``None`` leaves that side open.
    holds
        Whether the unrounded value lies within the bounds and enough of the food is known.
    coverage
        Share of the food mass, water apart, that has a figure [0-1].
    hard
        Whether the plan must keep the band.
    basis
        What is counted, as in the target.
    week
        Number of the week, from 1: each is judged by itself.
    lowered_from
        What is recommended, where the lower bound was set below it by hand.
    """

    nutrient: str
    period: str
    day: int | None
    value: float | None
    lower: float | None
    upper: float | None
    holds: bool
    coverage: float
    hard: bool
    basis: str
    week: int = 1
    lowered_from: float | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The verdict.

    Parameters
    ----------
    passed
        Whether every hard finding holds and there are no faults.
    findings
        One per target and day, and one per weekly target.
    faults
        Sentences about everything that is not a band of a nutrient.
    """

    passed: bool
    findings: tuple[Finding, ...]
    faults: tuple[str, ...]

    def with_faults(self, more: Iterable[str]) -> CheckResult:
        """Return the verdict where there is more that is not so."""
        faults = tuple(dict.fromkeys((*self.faults, *more)))
        return CheckResult(self.passed and not faults, self.findings, faults)

    def to_frame(self) -> pd.DataFrame:
        """Return a pandas table: a row per finding, values in the unit of the column ``unit``."""
        rows = ({**asdict(finding), "unit": unit_of(finding.nutrient)} for finding in self.findings)
        return as_frame(rows, _COLUMNS, passed=self.passed, faults=self.faults)


def check_plan(
    days: Sequence[Day], targets: Sequence[Target], foods: FoodSource, request: PlanRequest
) -> CheckResult:
    """Judge a plan by its printed amounts.

    Parameters
    ----------
    days
        The days as printed.
    targets
        What the plan is held to.
    foods
        A food table, or the rows of an exported one; the request's tap water and prices are put in.
    request
        What was asked for: diet, exclusions, frequencies, safety.
    """
    table = read_table(days, foods, request)
    wanted = request.preferences
    weeks, asked = table.weeks(), DaysAsked.of(request.week, wanted.more_energy, wanted.since)
    findings = tuple(
        finding
        for target in targets
        for week in weeks
        for finding in _findings(week, target, asked)
    )
    faults = (
        *table.faults,
        *measure_faults(table),
        *(fault for week in weeks for fault in _week_faults(week, targets, request, asked)),
        *clinical_faults(table, rules_asked(request), asked),
        *week_faults(days, table, request.week, request.preferences),
        *running_faults(days, request),
        *beside_faults(table, request),
        *guest_faults(days, request.week),
        *guest_food_faults(days, table, request),
        *stated_faults(days, table),
    )
    holds = all(finding.holds for finding in findings if finding.hard)
    return CheckResult(holds and not faults, findings, tuple(dict.fromkeys(faults)))


def _week_faults(
    table: JudgedTable, targets: Sequence[Target], request: PlanRequest, asked: DaysAsked
) -> Iterator[str]:
    """Describe what is wrong with one week of the plan, by itself."""
    yield from food_faults(table, request.patient, request.preferences)
    yield from hot_faults(table, request)
    yield from cost_faults(table, request)
    if request.preferences.conservative:
        yield from conservative_faults(table, targets, asked)


def _findings(table: JudgedTable, target: Target, asked: DaysAsked) -> Iterator[Finding]:
    before = asked.before(target.nutrient)
    if target.period == "week":
        table = table.after(before.stop - 1)  # the mean of the days on which it holds
    held = [day for day in table.numbers if asked.share(day) > 0.0]  # others are wholly away
    days = held if target.period == "day" else (None,) if table.present else ()
    for day in days:
        of_day = (
            target.as_eaten()
            if asked.is_eaten(day) or (day or table.numbers[-1]) in before
            else target
        )
        lower, upper = asked.bounds(of_day, table.present if day is None else (day,))
        amount = find_amount(table, target.nutrient, target.basis, day)
        yield Finding(
            nutrient=target.nutrient,
            period=target.period,
            day=day,
            value=amount.value,
            lower=lower,
            upper=upper,
            holds=_holds(target.nutrient, amount, lower, upper),
            coverage=amount.coverage,
            hard=target.hard,
            basis=target.basis,
            week=table.week,
            lowered_from=target.lowered_from,
        )


def _holds(key: str, amount: Amount, lower: float | None, upper: float | None) -> bool:
    """Whether the unrounded value is in the band, and known well enough to say so."""
    if lower is None and upper is None:
        return True
    coverage = read_settings("check.toml")["coverage"]
    least = 0.0 if key in coverage["not_asked_of"] else coverage["least"]
    if amount.value is None or amount.coverage < least:
        return False
    tolerance = read_settings("check.toml")["tolerance"]["sum"]
    if lower is not None and amount.value < lower * (1 - tolerance):
        return False
    return upper is None or amount.value <= upper * (1 + tolerance)
