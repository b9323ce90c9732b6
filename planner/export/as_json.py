"""What plan.json needs to be told, or the answer that there is no plan; the files of a plan.

Amounts are unrounded and an unknown amount is null. Everything that the printed week says stands
here too. Only ``created`` and the times differ between two runs of the same request. What it holds
is declared in ``planner.wire``; here is only what has to be found out for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from foods.table import FoodTable
from planner.check.judge import CheckResult, Finding
from planner.document.program import PROGRAM, created, program_version
from planner.explain.absorption import absorb_view, written_absorption
from planner.explain.days import MealAmounts, amounts_by_meal
from planner.explain.offers import ACCEPT
from planner.explain.report import Refusal, Report
from planner.explain.table_report import TableReport
from planner.export.documents import TableDocument
from planner.export.figures import band_text, finding_texts
from planner.export.meals import drink_text
from planner.export.people import written_readings
from planner.export.plan_names import PLAN_FILE, REQUEST_FILE, SHOPPING_FILE
from planner.export.recipe_text import hint_text, note_text, plan_hints
from planner.export.safety import remark_texts
from planner.export.shopping import shopping_as_csv
from planner.export.week_notes import asked_wishes, notes_of, report_notes
from planner.kitchen.batch import serving_text
from planner.kitchen.errand import errand_for
from planner.kitchen.evenings import child_boxes
from planner.kitchen.leftovers import asked_uses, taken_g
from planner.plan.plan import Day, Item, Meal, Plan
from planner.plan.times import times_of_plan
from planner.plan.weeks import cut_weeks
from planner.request.days import DAYS_PER_WEEK
from planner.request.edit import edit_request
from planner.request.read import request_to_dict, write_request
from planner.request.request import PlanRequest
from planner.safety.stops import banner_of
from planner.shops import NEUTRAL, shopping_in
from planner.targets.target import name_of
from planner.wire.base import json_text
from planner.wire.days import (
    MealPlace,
    NumberedWeek,
    WrittenDay,
    WrittenHint,
    WrittenItem,
    WrittenMeal,
)
from planner.wire.food import WrittenOwnFood
from planner.wire.kitchen import WrittenBatch, WrittenUsedUp
from planner.wire.plan_file import Considered, PlanFile, Program, WrittenEater
from planner.wire.plans import (
    EaterConflict,
    EaterWayOut,
    RefusedPlan,
    RefusedTable,
    StoppedSearch,
    WayOut,
    WrittenConflict,
)
from planner.wire.told import (
    MealAmountsDay,
    PlannedDose,
    WrittenMealAmounts,
)

FAILED_CHECK_STATUS = "no_plan_in_time"


def as_json(report: TableReport) -> str:
    """Return the report as JSON text: a plan that passes its check, or that there is none."""
    return json_text(answer_to(report))


@shopping_in(NEUTRAL)
def answer_to(report: TableReport) -> PlanFile | RefusedPlan | RefusedTable:
    """Return the report as it is written.

    Of a request without ``eaters`` everything stands at the top. Of several eaters ``days`` are the
    common table: amounts of an item are sums, ``for`` says who has what, ``guests`` stands beside;
    each of ``eaters`` has targets, days and a check of one's own.
    """
    if report.alone is not None:
        own = report.alone
        passed = own.check is not None and own.check.passed
        return _plan_of_one(own) if passed else _refused(own, report.best_effort)
    return _table(report) if report.passed else _refused_table(report)


def _plan_of_one(report: Report) -> PlanFile:
    """Return the plan of one eater, table and person in one."""
    return _plan_file(
        report,
        _eater("", report),
        report.warnings,
        notes=report_notes(report),
    )


def _table(report: TableReport) -> PlanFile:
    """Return the common table, and each eater under the keys of a plan."""
    first, *_ = report.reports.values()
    assert report.plan is not None
    banners = {name: banner_of(own.request.patient) for name, own in report.reports.items()}
    return _plan_file(
        report,
        None,
        first.warnings,
        banner=" ".join(f"{name}: {text}" for name, text in banners.items() if text),
        request_readings=written_readings(report.request, report.foods, report.dishes),
        targets=(),
        week=report.plan,
        weeks=_weeks(report.plan, report.foods),
        check=CheckResult(report.passed, (), ()),
        notes=notes_of(report),
        asked_for=[*asked_wishes(TableDocument.of(report).table, of_table=True)],
        eaters=[_eater(name, own) for name, own in report.reports.items()],
    )


def _plan_file(
    report: Report | TableReport,
    person: WrittenEater | None,
    warnings: Iterable[tuple[str, str, str]],
    **more: object,
) -> PlanFile:
    """Return a plan, with what ``person`` has where one eats alone."""
    assert report.plan is not None
    asked, note = report.request, report.batch and note_text(report.batch)
    return PlanFile.of(
        person,
        report,
        program=Program(name=PROGRAM, version=program_version()),
        created=created(),
        seed=asked.solve.seed,
        data=report.foods,
        standard=asked.standard,
        request=request_to_dict(asked),
        days=_days(report.plan, report),
        solver=report.outcome,
        batch=report.batch and WrittenBatch.of(report.batch, note=note),
        till=report.shopping,
        used_up=list(_used_up(report)),
        own_foods=[
            WrittenOwnFood.of_food(one) for one in report.foods if one.is_kept or one.is_corrected
        ],
        warnings=_once(warnings),
        **more,
    )


def _used_up(report: Report | TableReport) -> Iterator[WrittenUsedUp]:
    """Return how much of each food to be used up a plan takes."""
    own = report.reports if isinstance(report, TableReport) else {}
    for whose, use in asked_uses(report.request, report.foods, report.dishes):
        plan = own[whose].plan if whose else report.plan
        assert plan is not None
        yield WrittenUsedUp(
            eater=whose,
            food=use.name,
            asked_g=use.mass_g / use.per_said_g,
            eaten_g=taken_g(use, plan, report.foods) / use.per_said_g,
            is_stock=use.is_stock,
        )


def _eater(name: str, report: Report) -> WrittenEater:
    """Return what is one eater's alone."""
    plan, request, foods = report.plan, report.request, report.foods
    assert plan is not None
    times = times_of_plan(plan, request, foods)
    told = [time for time in times if time.schedule.is_told]
    by_meal = amounts_by_meal(plan, report.targets.clinical)
    return WrittenEater.of(
        report.outcome,
        report.targets,
        name=name,
        banner=banner_of(request.patient),
        request_readings=written_readings(request, foods, report.dishes),
        asked_for=[*asked_wishes(report, of_table=False if name else None)],
        week=plan,
        weeks=_weeks(plan, foods),
        schedule=[PlannedDose.of(line, one) for one in told for line in one.schedule.lines],
        schedule_notes=_unique(note for timing in told for note in remark_texts(timing.schedule)),
        no_time_for=_unique(item for time in times for item in time.schedule.without_hour),
        check=report.check,
        candidates=Considered(considered=report.candidates, left_out=report.left_out),
        absorption=written_absorption(absorb_view(plan, foods)),
        by_meal=[_amounts(meal_amounts, plan) for meal_amounts in by_meal],
        days=plan.days,
    )


def _amounts(amounts: MealAmounts, plan: Plan) -> WrittenMealAmounts:
    """Return the amounts unrounded; a meal that is not served is null."""
    days = [
        MealAmountsDay(day=day.day, meals=dict(zip(amounts.slots, row, strict=True)))
        for day, row in zip(plan.days, amounts.days, strict=True)
    ]
    return WrittenMealAmounts.of(amounts, days=days)


def _days(plan: Plan, report: Report | TableReport) -> list[WrittenDay]:
    """Return the days of a plan, with what is to be known of opened packages."""
    errand = errand_for(report.request, report.dishes, report.foods)
    hints = plan_hints(plan, report.foods, errand, report.batch, report.shopping)
    recipes = {dish.dish_id: dish for dish in report.dishes}
    boxes = child_boxes(plan, recipes, report.request)

    def item_of(day: Day, meal: Meal, item: Item) -> WrittenItem:
        box = boxes.get((day.day, meal.slot, item.item_id))
        again = serving_text(item, recipes, box)
        return WrittenItem.of(item, leftover_of=_cooked_at(item, plan), serve=again)

    def day_of(day: Day) -> WrittenDay:
        meals = [
            WrittenMeal.of(
                meal,
                items=[item_of(day, meal, item) for item in meal.items],
                drink=drink_text(meal, report.request),
            )
            for meal in day.meals
        ]
        share = day.facts.planned_share if day.facts.missed else None
        packages = [WrittenHint.of(one, text=hint_text(one, day)) for one in hints.get(day.day, ())]
        return WrittenDay.of(day, day.facts, meals=meals, planned_share=share, packages=packages)

    return [day_of(day) for day in plan.days]


def _cooked_at(item: Item, plan: Plan) -> MealPlace | None:
    if item.leftover_of is None:
        return None
    slot = plan.slot_of(item.leftover_of, item.item_id) or "dinner"
    return MealPlace(day=item.leftover_of, slot=slot)


def _weeks(plan: Plan, foods: FoodTable) -> list[NumberedWeek]:
    """Return the sums of each week of a plan of several."""
    if len(plan.days) <= DAYS_PER_WEEK:
        return []
    return [
        NumberedWeek.of(week, week=number, first_day=week.days[0].day, last_day=week.days[-1].day)
        for number, week in enumerate(cut_weeks(plan, foods), start=1)
    ]


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _once(warnings: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return list({warning[0]: warning for warning in warnings}.values())


def stopped_answer(request: PlanRequest, text: str) -> StoppedSearch:
    """Return the answer that the search was stopped before a first week was found."""
    return StoppedSearch.of(
        status=FAILED_CHECK_STATUS,
        conflict=[WrittenConflict(wish="search", value=None, text=text)],
        relaxations=[],
        request=request_to_dict(request),
    )


def _refused(report: Report, best_effort: TableReport | None = None) -> RefusedPlan:
    """Return why one eater has no plan; one that misses a hard target is an attempt."""
    request, refusal, check = report.request, report.refusal, report.check
    return RefusedPlan.of(
        refusal,
        status=report.outcome.status if check is None else FAILED_CHECK_STATUS,
        conflict=refusal.conflict if check is None and refusal else _broken(check),
        relaxations=_ways_out(refusal if check is None else None),
        best_effort=_plan_of_one(report) if report.plan else _best_effort(best_effort),
        request=request_to_dict(request),
        banner=banner_of(request.patient),
        request_readings=written_readings(request, report.foods, report.dishes),
        notes=report_notes(report),
        warnings=_once(report.warnings),
    )


def _refused_table(report: TableReport) -> RefusedTable:
    """Return whose plan is in the way; ``None`` stands for the table as a whole."""
    answers = {
        name: _refused(own)
        for name, own in report.reports.items()
        if own.refusal is not None or (own.check is not None and not own.check.passed)
    }
    first = next(iter(answers.values()), None)
    of_table = report.refusal
    conflict = [EaterConflict.of(one, eater=None) for one in of_table.conflict] if of_table else []
    ways = [EaterWayOut.of(way_out, eater=way_out.eater or None) for way_out in _ways_out(of_table)]
    for name, own in answers.items():
        conflict += [EaterConflict.of(one, eater=name) for one in own.conflict]
        ways += [EaterWayOut.of(one, eater=one.eater or name) for one in own.relaxations]
    return RefusedTable.of(
        first,
        conflict=conflict,
        relaxations=ways,
        buys=of_table.buys if of_table else (),
        best_effort=_best_effort(report.best_effort),
        request=request_to_dict(report.request),
        notes=notes_of(report),
    )


def _ways_out(refusal: Refusal | None) -> list[WayOut]:
    """Return what would open a way, with the flag that takes it."""
    return [
        WayOut.of(
            relaxation,
            instead_of=relaxation.instead_of or None,
            accept=f"{ACCEPT} {number}" if relaxation.is_tried else relaxation.flag,
            eater=relaxation.whose,
        )
        for number, relaxation in enumerate(refusal.relaxations if refusal else (), start=1)
    ]


def _best_effort(best: TableReport | None) -> PlanFile | None:
    """Return the nearest plan that was found: its check says what it misses of what was asked."""
    if best is None or best.plan is None:
        return None
    return _table(best) if best.alone is None else _plan_of_one(best.alone)


def _broken(check: CheckResult | None) -> list[WrittenConflict]:
    """Describe what a plan was composed with that a plan must not have."""
    if check is None:
        return []
    broken = [finding for finding in check.findings if finding.hard and not finding.holds]
    return [
        *(
            WrittenConflict(wish=finding.nutrient, value=finding.value, text=_broken_text(finding))
            for finding in broken
        ),
        *(WrittenConflict(wish="plan", value=None, text=fault) for fault in check.faults),
    ]


def _broken_text(finding: Finding) -> str:
    value, lower, upper = finding_texts(finding)
    when = "over the week" if finding.day is None else f"on day {finding.day}"
    return f"{name_of(finding.nutrient)} {when}: {value}, wanted {band_text(lower, upper)}"


@shopping_in(NEUTRAL)
def plan_files(report: TableReport, request_path: Path | None = None) -> dict[str, str]:
    """Return file name → text of a report with a plan; its request as in its own file, if any."""
    asked = report.request
    return {
        PLAN_FILE: f"{as_json(report)}\n",
        REQUEST_FILE: edit_request(request_path, asked) if request_path else write_request(asked),
        SHOPPING_FILE: shopping_as_csv(report.shopping),
    }
