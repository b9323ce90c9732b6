"""A diary held against targets, and what few changes of it do: unrounded and complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from planner.safety.stops import banner_of, safety_sentence
from planner.wire.base import ABSENT, OPTIONAL, By, Figure, Many, Wire
from planner.wire.food import WrittenIngredient
from planner.wire.next_meal import DayHolds, WrittenNextMeals
from planner.wire.targets import AssumedProfile, WrittenTarget
from planner.wire.told import Cited

if TYPE_CHECKING:
    from planner.diary.analysis import Analysis, DiaryFinding
    from planner.diary.diary import Diary
    from planner.diary.gap import NextFoods
    from planner.diary.sums import Coverage, DiaryIntake
    from planner.improve.change import DietChange
    from planner.improve.model import Improvement, Option
    from planner.improve.next_meal import NextMeals

_PERCENT = 100


class _Covered(Wire):
    foods: int
    coverage: By[Figure]
    without: By[Many[str]]


class _Intake(Wire):
    totals: By[Figure | None]
    magnesium_span: Many[Figure]
    supplement_totals: By[Figure]
    ca_mg_ratio: Figure | None


class _DiaryDayName(Wire):
    day: str
    number: int


class DiaryDaySums(_Covered, _Intake, _DiaryDayName):
    """What was taken in on a day.

    Parameters
    ----------
    foods, coverage, without
        Lines of food, nutrient → share of them that has a figure, and names of those without one.
    """


class _OverallSums(Wire):
    days: int
    totals: By[Figure | None]
    means: By[Figure | None]
    magnesium_span: Many[Figure]
    supplement_means: By[Figure]
    ca_mg_ratio: Figure | None


class DiaryOverall(_Covered, _OverallSums):
    """What was taken in over all days, and on average."""


class _Band(Wire):
    nutrient: str
    unit: str
    basis: str
    period: str
    day: str | None
    value: Figure | None
    lower: Figure | None
    upper: Figure | None


class _Percent(Wire):
    percent: Figure | None


class _Held(Wire):
    holds: bool | None
    hard: bool
    coverage: Figure


class ImprovedFinding(_Held, _Band):
    """What a diary holds of one band; ``holds`` is null where too many foods lack a figure."""


class WrittenDiaryFinding(_Held, _Percent, _Band):
    """What a diary holds of one band, in percent of its bound, and where the band comes from."""

    source: str


class BringsNutrient(Wire):
    """A line of food or a supplement that brings a nutrient, a day on average."""

    name: str
    amount: Figure
    share: Figure


class _EntryPlace(Wire):
    day: str
    meal: str
    slot: str | None


class WrittenEntry(_EntryPlace):
    """One line of a diary, and what it was taken for."""

    line: int
    written: str = Field(alias="food")
    amount: str
    kind: str
    item_id: str = Field(alias="id")
    name: str
    mass_g: Figure | None
    ingredients: Many[WrittenIngredient]
    nutrients: By[Figure]
    stated: By[Figure]
    how: str = Field(alias="matched_by")
    sure: Figure
    is_usual_amount: bool
    guessed_g: Many[Figure]
    asks: bool
    why: str
    near: Many[str]


class WrittenNextFood(Wire):
    """One helping that helps, and what the day then holds."""

    rank: int
    food_id: str
    name: str
    measure: str
    mass_g: Figure
    points: Figure
    after: DayHolds


class WrittenNext(Wire):
    """What to add to a day; why there is no offer, where there is none."""

    day: str
    before: DayHolds
    considered: int
    why: str
    options: Many[WrittenNextFood]


class WrittenDiaryWeek(Wire):
    """Magnesium of a week of the diary, a day on average, and of plans for its days."""

    number: int
    days: Many[str]
    eaten_mg: Figure | None
    planned_mg: Figure | None


class AnalysisAnswer(Wire):
    """What ``magplan analyse`` answers.

    Parameters
    ----------
    stop
        Why no plan is made for this person; absent for most.
    next, next_meal
        What would help most, or what to cook, where it was asked for.
    weeks
        Absent where there is one.
    """

    stop: Annotated[str, OPTIONAL] = ""
    where: str = Field(alias="diary")
    program: str
    standard: str
    profile: AssumedProfile
    banner: str
    ratio_mode: str
    targets: Many[WrittenTarget]
    days: Many[DiaryDaySums]
    weeks: Annotated[Many[WrittenDiaryWeek], OPTIONAL] = []
    overall: DiaryOverall
    findings: Many[WrittenDiaryFinding]
    sources: By[Many[BringsNutrient]]
    advice: Many[Cited]
    entries: Many[WrittenEntry]
    notes: Many[str]
    next: Annotated[WrittenNext | None, ABSENT] = None
    next_meal: Annotated[WrittenNextMeals | None, ABSENT] = None

    @classmethod
    def of_analysis(
        cls,
        analysis: Analysis,
        offers: NextFoods | None = None,
        meals: NextMeals | None = None,
    ) -> AnalysisAnswer:
        """Build it from an analysis; ``offers`` or ``meals`` are what would help, where asked."""
        diary, targets = analysis.diary, analysis.targets
        days = zip(diary.days, analysis.days, strict=True)
        return cls.of(
            diary,
            targets,
            analysis,
            profile=AssumedProfile.of(targets.profile, assumed=analysis.request.assumed),
            banner=banner_of(analysis.request.patient),
            days=[DiaryDaySums.of(_covered(intake), day, intake) for day, intake in days],
            weeks=[
                WrittenDiaryWeek.of(week, days=[day.day for day in week.days])
                for week in analysis.weeks
            ],
            overall=_overall(analysis.mean),
            findings=[_finding(WrittenDiaryFinding, diary, one) for one in analysis.findings],
            entries=[
                WrittenEntry.of(entry, day=day.day, meal=meal.name, slot=meal.slot)
                for day in diary.days
                for meal in day.meals
                for entry in meal.entries
            ],
            notes=[*analysis.notes, safety_sentence("not_medical_advice")],
            next=offers and _next(diary, offers),
            next_meal=meals and WrittenNextMeals.of_meals(diary, meals),
        )


def _covered(intake: DiaryIntake) -> _Covered:
    of: Mapping[str, Coverage] = intake.coverage
    return _Covered(
        foods=max((coverage.foods for coverage in of.values()), default=0),
        coverage={key: coverage.share for key, coverage in of.items()},
        without={key: list(coverage.without) for key, coverage in of.items() if coverage.without},
    )


def _overall(mean: DiaryIntake) -> DiaryOverall:
    days = mean.table.days
    return DiaryOverall.of(
        _covered(mean),
        mean,
        days=days,
        totals={key: None if total is None else total * days for key, total in mean.totals.items()},
        means=mean.totals,
        supplement_means=mean.supplement_totals,
    )


def _finding(kind: type[_Held], diary: Diary, one: DiaryFinding) -> Any:
    return kind.of(
        one,
        one.target,
        day=next((day.day for day in diary.days if day.number == one.day), None),
        percent=None if one.share is None else _PERCENT * one.share,
        coverage=one.coverage.share,
    )


def _next(diary: Diary, offers: NextFoods) -> WrittenNext:
    day = next(diary_day.day for diary_day in diary.days if diary_day.number == offers.day)
    ranked = enumerate(offers.offers, start=1)
    options = [WrittenNextFood.of(food, food.food, rank=rank) for rank, food in ranked]
    return WrittenNext.of(offers, day=day, options=options)


class ChangedEntry(Wire):
    """What is eaten less, or instead."""

    kind: str
    item_id: str = Field(alias="id")
    name: str
    amount: str
    mass_g: Figure | None
    ingredients: Many[WrittenIngredient]


class WrittenChange(Wire):
    """One change of a diary."""

    action: str
    day: str
    meal: str
    gone: ChangedEntry | None = Field(alias="from")
    come: ChangedEntry | None = Field(alias="to")
    amount: str | None
    says: str = Field(alias="where")
    points: Figure


class _Sums(Wire):
    totals: By[Figure | None]
    ca_mg_ratio: Figure | None


class _ChangedDayName(Wire):
    day: str


class ChangedDay(_Sums, _ChangedDayName):
    """What a day of the changed diary holds."""


class AfterChanges(_Sums):
    """What the changed diary holds, a day on average and day by day."""

    days: Many[ChangedDay]


class WrittenOption(Wire):
    """A way: its changes, and the changed diary's sums and findings."""

    rank: int
    most: int = Field(alias="most_changes_a_day")
    is_enough: bool
    is_proven: bool
    gap: Figure
    points: Figure
    changes: Many[WrittenChange]
    after: AfterChanges
    findings: Many[ImprovedFinding]


class ImproveAnswer(Wire):
    """What ``magplan improve`` answers: all ways.

    Parameters
    ----------
    met
        What is to be met.
    may_not_stay
        What of the diary is left out; ``before`` and all ways are without it.
    sources
        What brings magnesium and calcium, largest first.
    offered, left_out, richest
        How many changes there are, how many are a last resort, which bring the most magnesium.
    """

    diary: str
    days: Many[str]
    banner: str
    met: Many[str] = Field(alias="meet")
    is_met: bool
    may_not_stay: Many[str]
    offered: int = Field(alias="considered")
    left_out: int = Field(alias="last_resorts_left_out")
    before: _Sums
    findings: Many[ImprovedFinding]
    sources: By[Many[BringsNutrient]]
    options: Many[WrittenOption]
    richest: WrittenOption | None
    advice: Many[Cited]
    notes: Many[str]

    @classmethod
    def of_improvement(cls, found: Improvement) -> ImproveAnswer:
        """Build it from what changes can do."""
        before, diary = found.before, found.before.diary
        return cls.of(
            found,
            diary=diary.where,
            days=[day.day for day in diary.days],
            banner=banner_of(before.request.patient),
            before=before.mean,
            sources=before.sources,
            findings=[_finding(ImprovedFinding, diary, finding) for finding in before.findings],
            options=[_option(diary, rank, one) for rank, one in enumerate(found.options, start=1)],
            richest=None if found.richest is None else _option(diary, 0, found.richest),
            advice=before.advice,
            notes=[*before.notes, safety_sentence("not_medical_advice")],
        )


def _option(diary: Diary, rank: int, option: Option) -> WrittenOption:
    after = option.after
    days = zip(after.diary.days, after.days, strict=True)
    return WrittenOption.of(
        option,
        option.way,
        rank=rank,
        changes=[_change(diary, change) for change in option.way.changes],
        after=AfterChanges.of(after.mean, days=[ChangedDay.of(day, own) for day, own in days]),
        findings=[_finding(ImprovedFinding, after.diary, finding) for finding in after.findings],
    )


def _change(diary: Diary, change: DietChange) -> WrittenChange:
    return WrittenChange.of(
        change,
        day=next(day.day for day in diary.days if day.number == change.day),
        meal=change.slot or change.name,
        amount=change.come.amount if change.come else None,
    )
