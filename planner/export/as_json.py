"""The report as JSON: plan.json, or the answer that there is no plan.

Amounts are unrounded and an unknown amount is null. Everything that the printed week says stands
here too. Only ``created`` and the times differ between two runs of the same request.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from foods.table import FoodTable
from planner.check.judge import CheckResult, Finding
from planner.document.program import PROGRAM, created, program_version
from planner.explain.absorption import absorb_view, absorption_as_json
from planner.explain.meal_amounts import amounts_by_meal
from planner.explain.offers import ACCEPT
from planner.explain.report import Refusal, Report
from planner.explain.table_report import TableReport
from planner.export.batch import batch_as_json
from planner.export.check import check_as_json
from planner.export.figures import band_text, finding_texts
from planner.export.plan_values import (
    day_sums,
    days_as_json,
    meal_amounts_as_json,
    realism_as_json,
    solver_as_json,
    sums_as_json,
    why_as_json,
)
from planner.export.readings import readings_as_json
from planner.export.schedule import plan_schedule_as_json
from planner.export.targets import target_as_json
from planner.export.usual_json import usual_as_json
from planner.export.week_notes import notes_of, report_notes
from planner.language.spoken import ENGLISH, speaking
from planner.plan.document import SCHEMA
from planner.plan.plan import Plan
from planner.request.read import request_to_dict
from planner.request.request import PlanRequest
from planner.safety.banner import banner_of
from planner.targets.words import name_of

FAILED_CHECK_STATUS = "no_plan_in_time"
_PERSON = ("banner", "request_readings", "energy", "ratio_mode", "targets")
_AFTER = ("candidates", "realism", "absorption", "by_meal")  # told after the solver


def as_json(report: TableReport) -> str:
    """Give the report as JSON text: a plan that passes its check, or that there is none."""
    return json.dumps(report_as_json(report), indent=2, ensure_ascii=False, allow_nan=False)


@speaking(ENGLISH)
def report_as_json(report: TableReport) -> dict[str, Any]:
    """Give the report as JSON values.

    Of a request without ``eaters`` everything stands at the top. Of several eaters ``days`` are the
    common table: amounts of an item are sums, ``for`` says who has what, ``guests`` stands beside;
    each of ``eaters`` has targets, days and a check of one's own.
    """
    if report.alone is not None:
        return _answer_to_one(report.alone)
    return _table(report, report.plan) if report.plan and report.passed else _no_table(report)


def _answer_to_one(report: Report) -> dict[str, Any]:
    if report.plan is None:
        assert report.refusal is not None
        return _no_plan(report, report.refusal)
    assert report.check is not None
    plan = _flat(report, report.plan, report.check)
    return plan if report.check.passed else _best_effort(report, report.check, plan)


def _flat(report: Report, plan: Plan, check: CheckResult) -> dict[str, Any]:
    """Give the plan of one eater, table and person in one."""
    assert report.why is not None
    own = _own(report, plan, check)
    return {
        **_file(report.request, report.foods),
        **{key: own[key] for key in _PERSON},
        "days": days_as_json(plan, report),
        **{key: own[key] for key in own if key not in (*_PERSON, *_AFTER)},
        "solver": solver_as_json(report.outcome),
        "candidates": own["candidates"],
        "why": why_as_json(report.why),
        **{key: own[key] for key in ("absorption", "by_meal") if key in own},
        **({"batch": batch_as_json(report.batch)} if report.batch else {}),
        "till": report.shopping.till(),
        **({"realism": own["realism"]} if report.realism else {}),
        **({"usual": usual_as_json(report.usual)} if report.usual else {}),
        **_sentences(report_notes(report), report.warnings),
    }


def _own(report: Report, plan: Plan, check: CheckResult) -> dict[str, Any]:
    """Give what is one eater's alone."""
    return {
        "banner": banner_of(report.request.patient),
        "request_readings": readings_as_json(report.request, report.foods, report.dishes),
        "energy": {
            "kcal": report.targets.energy.kcal,
            "equation": report.targets.energy.equation,
            "source": report.targets.energy.source,
        },
        "ratio_mode": report.targets.ratio_mode,
        "targets": [target_as_json(target) for target in report.targets.targets],
        **sums_as_json(plan, report.foods),
        **plan_schedule_as_json(plan, report.request, report.foods),
        "check": check_as_json(check),
        "candidates": {"considered": report.candidates, "left_out": report.left_out},
        **({"realism": realism_as_json(report.realism)} if report.realism else {}),
        "absorption": absorption_as_json(absorb_view(plan, report.foods)),
        **_by_meal(report, plan),
    }


def _table(report: TableReport, plan: Plan) -> dict[str, Any]:
    """Give the common table, and each eater under the keys of a plan."""
    assert report.why is not None
    first, *_ = report.reports.values()
    banners = {name: banner_of(own.request.patient) for name, own in report.reports.items()}
    return {
        **_file(report.request, report.foods),
        "banner": " ".join(f"{name}: {text}" for name, text in banners.items() if text),
        "request_readings": readings_as_json(report.request, report.foods, first.dishes),
        "targets": [],
        "days": days_as_json(plan, report),
        **sums_as_json(plan, report.foods),
        "check": check_as_json(CheckResult(report.passed, (), ())),
        "solver": solver_as_json(report.outcome),
        "why": why_as_json(report.why),
        **({"batch": batch_as_json(report.batch)} if report.batch else {}),
        "till": report.shopping.till(),
        **_sentences(notes_of(report), first.warnings),
        "eaters": [_eater(name, own) for name, own in report.reports.items()],
    }


def _eater(name: str, report: Report) -> dict[str, Any]:
    assert report.plan is not None
    assert report.check is not None
    return {
        "name": name,
        **_own(report, report.plan, report.check),
        "days": [{"day": day.day, **day_sums(day)} for day in report.plan.days],
        "objective": report.outcome.objective,
        "bound": report.outcome.bound,
        "gap": report.outcome.gap,
    }


def _no_table(report: TableReport) -> dict[str, Any]:
    """Say whose plan is in the way: each conflict and each way out names the eater.

    ``None`` stands for the table as a whole.
    """
    answers: dict[str | None, Mapping[str, Any]] = {
        name: _answer_to_one(own)
        for name, own in report.reports.items()
        if own.refusal is not None or (own.check is not None and not own.check.passed)
    }
    first = next(iter(answers.values()), {})
    if report.refusal is not None:
        answers = {None: refusal_values(report.refusal), **answers}
    return {
        **{key: first[key] for key in ("status", "time_limit_reached", "warnings") if key in first},
        "conflict": _named(answers, "conflict"),
        "relaxations": _named(answers, "relaxations"),
        "best_effort": best_effort_values(report.refusal),
        "request": request_to_dict(report.request),
        "notes": notes_of(report),
    }


def _named(answers: Mapping[str | None, Mapping[str, Any]], key: str) -> list[dict[str, Any]]:
    """Name the eater of each entry, but where it says itself whose it is."""
    return [
        {**one, "eater": one.get("eater") or name}
        for name, answer in answers.items()
        for one in answer[key]
    ]


def _file(request: PlanRequest, foods: FoodTable) -> dict[str, Any]:
    """Say what the file is, what it is made from, and what was asked for."""
    return {
        "schema": SCHEMA,
        "program": {"name": PROGRAM, "version": program_version()},
        "created": created(),
        "seed": request.solve.seed,
        "data": {"version": foods.version, "sha256": foods.sha256},
        "standard": request.standard,
        "request": request_to_dict(request),
    }


def stopped_as_json(request: PlanRequest, text: str) -> dict[str, Any]:
    """Give the answer that the search was stopped before a first week was found."""
    return {
        "status": FAILED_CHECK_STATUS,
        "conflict": [{"wish": "search", "value": None, "text": text}],
        "relaxations": [],
        "best_effort": None,
        "time_limit_reached": False,
        "stopped": True,
        "request": request_to_dict(request),
    }


def _by_meal(report: Report, plan: Plan) -> dict[str, Any]:
    """Give the amounts by meal where a condition watches them, else nothing."""
    tables = amounts_by_meal(plan, report.targets.clinical)
    return {"by_meal": [meal_amounts_as_json(one, plan) for one in tables]} if tables else {}


def _sentences(notes: Iterable[str], warnings: Iterable[tuple[str, str, str]]) -> dict[str, Any]:
    once = {one[0]: one for one in warnings}
    return {
        "notes": list(notes),
        "warnings": [
            {"code": code, "text": text, "source": source} for code, text, source in once.values()
        ],
    }


def _no_plan(report: Report, refusal: Refusal) -> dict[str, Any]:
    return {
        "status": report.outcome.status,
        **refusal_values(refusal),
        "best_effort": best_effort_values(refusal),
        "time_limit_reached": report.outcome.cut_by_clock,
        "request": request_to_dict(report.request),
        "banner": banner_of(report.request.patient),
        "request_readings": readings_as_json(report.request, report.foods, report.dishes),
        **_sentences(report_notes(report), report.warnings),
    }


def refusal_values(refusal: Refusal) -> dict[str, list[dict[str, Any]]]:
    """Give what collides, and what would open a way."""
    return {
        "conflict": [
            {"wish": wish, "value": value, "text": text} for wish, value, text in refusal.conflict
        ],
        "relaxations": [
            {
                "text": one.text,
                "instead_of": one.instead_of or None,
                "change": one.flag,
                "cost": None if one.cost is None else asdict(one.cost),
                "verified": one.is_tried,
                "accept": f"{ACCEPT} {number}" if one.is_tried else one.flag,
                **({"eater": one.whose} if one.whose else {}),
            }
            for number, one in enumerate(refusal.relaxations, start=1)
        ],
    }


def best_effort_values(refusal: Refusal | None) -> dict[str, Any] | None:
    """Give the nearest plan that was found: its check says what it misses of what was asked."""
    best = None if refusal is None else refusal.best_effort
    if best is None or best.plan is None:
        return None
    if best.alone is None:
        return _table(best, best.plan)
    assert best.alone.check is not None
    return _flat(best.alone, best.plan, best.alone.check)


def _best_effort(report: Report, check: CheckResult, plan: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was composed but misses a hard target as an attempt, not as a plan."""
    broken = [one for one in check.findings if one.hard and not one.holds]
    conflict = [
        {"wish": one.nutrient, "value": one.value, "text": _broken_text(one)} for one in broken
    ]
    conflict += [{"wish": "plan", "value": None, "text": fault} for fault in check.faults]
    return {
        "status": FAILED_CHECK_STATUS,
        "conflict": conflict,
        "relaxations": [],
        "best_effort": plan,
        "time_limit_reached": report.outcome.cut_by_clock,
        "request": request_to_dict(report.request),
        "banner": banner_of(report.request.patient),
        "request_readings": readings_as_json(report.request, report.foods, report.dishes),
        **_sentences(report_notes(report), report.warnings),
    }


def _broken_text(finding: Finding) -> str:
    value, lower, upper = finding_texts(finding)
    when = "over the week" if finding.day is None else f"on day {finding.day}"
    return f"{name_of(finding.nutrient)} {when}: {value}, wanted {band_text(lower, upper)}"
