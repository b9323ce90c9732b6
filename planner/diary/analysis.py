"""What a diary holds against the targets of a person: bands, gaps, sources, and what to mind."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from foods.table import FoodTable
from planner.check.amounts import CALCIUM, ENERGY, MAGNESIUM, find_amount
from planner.diary.advice import Advice, advice_on, notes_on_counting, taken_beside
from planner.diary.diary import Diary
from planner.diary.sums import Coverage, DiaryIntake, take_in
from planner.diary.weeks import DiaryWeek, weeks_of
from planner.plan.plan import Day
from planner.request.request import PlanRequest
from planner.request.shares import RATIO, kcal_per_g, read_shares
from planner.settings import read_settings
from planner.targets.derive import TargetSet
from planner.targets.target import Target

POOLS, _PILLS = "pools", "supplement"
_FOOD_ALONE = "Magnesium from food alone: {food:,.0f} mg a day of the {need:,.0f} mg wanted, {gap}."
_ON_DAYS = "{gap}; enough on {kept} of {days} days"
_SHORT = "{gap:,.0f} mg short"
_OVER, _WITHIN = "over it", "within it"
_PILLS_HELD = (
    "Magnesium from pills: {pills:,.0f} mg a day, at most {most:,.0f} mg on a day; their upper "
    "level is {upper:,.0f} mg a day: {held}."
)
_PER_100_G = 100


@dataclass(frozen=True, slots=True)
class DiaryFinding:
    """What a diary holds of one target, on one day or on average.

    Parameters
    ----------
    target
        The band.
    day
        Number of the day; ``None`` for the mean of all days.
    value
        Amount a day in the target's unit, unrounded; ``None`` where nothing eaten has a figure.
    holds
        Whether it lies within the band; ``None`` where too many foods lack a figure to say so.
    coverage
        How many foods have a figure.
    """

    target: Target
    day: int | None
    value: float | None
    holds: bool | None
    coverage: Coverage

    @property
    def share(self) -> float | None:
        """Value as a share of the lower bound, or of the upper where that is the only one."""
        bound = self.target.lower or self.target.upper
        return self.value / bound if self.value is not None and bound else None


@dataclass(frozen=True, slots=True)
class NutrientSource:
    """A line of food or a supplement that brings a nutrient.

    Parameters
    ----------
    name
        What it is.
    amount
        Amount a day on average [the nutrient's unit].
    share
        Share of all of it [0-1].
    """

    name: str
    amount: float
    share: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """A diary held against targets.

    Parameters
    ----------
    diary, request, targets
        What was eaten, by whom, and the bands.
    days
        What was taken in on each day, in the order of the diary.
    mean
        The same on average over all days.
    findings
        One for each daily target and day, and one for each target of the mean.
    advice, notes
        What to mind with its source, and what to know of how it was counted.
    sources
        Nutrient key → what brings it, largest first, for magnesium and calcium.
    weeks
        What was taken in on each week, where there are several.
    """

    diary: Diary
    request: PlanRequest
    targets: TargetSet
    days: tuple[DiaryIntake, ...]
    mean: DiaryIntake
    findings: tuple[DiaryFinding, ...]
    advice: tuple[Advice, ...]
    notes: tuple[str, ...]
    sources: Mapping[str, tuple[NutrientSource, ...]]
    weeks: tuple[DiaryWeek, ...] = ()


def analyse_diary(
    diary: Diary,
    request: PlanRequest,
    targets: TargetSet,
    foods: FoodTable,
    planned: Sequence[Day] = (),
) -> Analysis:
    """Hold a diary against the targets of a request.

    Parameters
    ----------
    diary
        What was eaten.
    request, targets
        Whose diary it is, and the bands; the supplements that the request names are taken each
        day, but for those that the diary has itself.
    foods
        The food table, the tap water of the request in it.
    planned
        Days of plans, to stand beside the weeks.
    """
    taken = taken_beside(diary, request)
    days = tuple(take_in((day,), foods, taken) for day in diary.days)
    mean = take_in(diary.days, foods, taken)
    return Analysis(
        diary,
        request,
        targets,
        days,
        mean,
        tuple(_findings(targets, days, mean)),
        (*_pools(targets, days, mean), *advice_on(diary, request, targets, days, mean)),
        (*notes_on_counting(diary, request), *targets.notes),
        {key: tuple(_sources(mean, key)) for key in (MAGNESIUM, CALCIUM)},
        weeks_of(diary, lambda days: take_in(days, foods, taken), planned),
    )


def judge_value(target: Target, value: float | None, coverage: Coverage) -> bool | None:
    """Say whether a value is in its band; ``None`` where what is unknown decides.

    What some foods lack can only raise a sum: a lower bound that is met is met, an upper one that
    is exceeded is exceeded. Shares and ratios may go either way.
    """
    if target.lower is None and target.upper is None:
        return True
    if value is None:
        return None
    slack = read_settings("check.toml")["tolerance"]["sum"]
    is_short = target.lower is not None and value < target.lower * (1 - slack)
    is_over = target.upper is not None and value > target.upper * (1 + slack)
    if (
        coverage.is_enough
        or target.nutrient in read_settings("check.toml")["coverage"]["not_asked_of"]
    ):
        return not (is_short or is_over)
    if target.nutrient == RATIO or target.nutrient in read_shares():
        return None
    if is_over:
        return False
    return None if is_short or target.upper is not None else True


def _pools(targets: TargetSet, days: Sequence[DiaryIntake], mean: DiaryIntake) -> Iterator[Advice]:
    """Say whether magnesium of food alone is enough, and hold pills against their own level."""
    if not any(one.supplement_totals.get(MAGNESIUM) for one in days):
        return
    wanted, level = (targets.find(MAGNESIUM, "day", one) for one in ("total", _PILLS))
    foods = [one.magnesium_of_food or 0.0 for one in days]
    if wanted is not None and wanted.lower:
        need, food = wanted.lower, mean.magnesium_of_food or 0.0
        kept = sum(one >= need for one in foods)
        gap = _SHORT.format(gap=need - food) if food < need else "enough"
        if len(days) > 1:
            gap = _ON_DAYS.format(gap=gap, kept=kept, days=len(days))
        figures = {"food": food, "need": need, "gap": gap}
        yield Advice(POOLS, _FOOD_ALONE.format(**figures), wanted.source)
    most = max(one.supplement_totals.get(MAGNESIUM, 0.0) for one in days)
    pills = {"pills": mean.supplement_totals[MAGNESIUM], "most": most}
    if level is not None and level.upper:
        held = _OVER if most > level.upper else _WITHIN
        text = _PILLS_HELD.format(**pills, upper=level.upper, held=held)
        yield Advice(POOLS, text, level.source)


def _findings(
    targets: TargetSet, days: Iterable[DiaryIntake], mean: DiaryIntake
) -> Iterator[DiaryFinding]:
    for target in targets.targets:
        if target.period == "day":
            yield from (_finding(target, one, one.table.first) for one in days)
        else:
            yield _finding(target, mean, None)


def _finding(target: Target, intake: DiaryIntake, day: int | None) -> DiaryFinding:
    value = find_amount(intake.table, target.nutrient, target.basis, None).value
    coverage = coverage_of(intake, target.nutrient)
    if target.basis == _PILLS:
        coverage = Coverage(0, ())  # every pill has its figure
    return DiaryFinding(target, day, value, judge_value(target, value, coverage), coverage)


def coverage_of(intake: DiaryIntake, key: str) -> Coverage:
    """Give how many foods have a figure of a nutrient, or of both parts of a share or ratio."""
    if key in intake.coverage:
        return intake.coverage[key]
    parts = (CALCIUM, MAGNESIUM) if key == RATIO else (kcal_per_g(key)[0], ENERGY)
    return min((intake.coverage[one] for one in parts), key=lambda one: one.share)


def _sources(mean: DiaryIntake, key: str) -> list[NutrientSource]:
    """List what brings a nutrient, largest first; a food of several dishes is one."""
    sums: dict[str, float] = {}
    for line in mean.table.lines:
        amount = line.mass_g * (line.food.per_100g.get(key) or 0.0) / _PER_100_G
        sums[line.food.name] = sums.get(line.food.name, 0.0) + amount
    for item in mean.table.supplements_on(None):
        sums[item.name] = sums.get(item.name, 0.0) + (item.nutrients.get(key) or 0.0)
    total = math.fsum(sums.values())
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    days = mean.table.days
    return [NutrientSource(one, sum_ / days, sum_ / total) for one, sum_ in ranked if sum_ > 0]
