"""The answer to a household as JSON: plan.json with everybody's shares, or that there is no plan.

``days`` are the common table: amounts of an item are sums over its eaters, ``for`` says who has
what, ``guests`` stands beside. Each eater of ``eaters`` has targets, days and a check of one's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from planner.check.judge import CheckResult
from planner.explain.report import Report
from planner.explain.table_report import TableReport
from planner.export.as_json import plan_as_json, refusal_values, report_as_json
from planner.export.household_text import household_notes
from planner.request.read import request_to_dict
from planner.safety.banner import banner_of

_OF_ONE = (
    "banner", "request_readings", "energy", "ratio_mode", "targets", "week", "weeks", "check",
    "candidates", "realism", "schedule", "schedule_notes", "no_time_for", "absorption", "by_meal",
)  # fmt: skip
_OF_ALL_TOO = ("banner", "request_readings", "targets", "week", "weeks", "check")
_OF_DAY = ("day", "totals", "supplement_totals", "ca_mg_ratio", "cost")
_TAKEN_OVER = ("status", "time_limit_reached", "warnings")


def household_as_json(report: TableReport) -> str:
    """Give the answer as JSON text."""
    values = household_values(report)
    return json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False)


def household_values(report: TableReport) -> dict[str, Any]:
    """Give the answer as JSON values."""
    if report.plan is None or not report.passed:
        return _no_plan(report)
    passed = CheckResult(True, (), ())
    first = next(iter(report.reports.values()))
    table = replace(
        first,
        request=report.request,
        targets=replace(first.targets, targets=(), notes=()),
        outcome=report.outcome,
        plan=report.plan,
        check=passed,
        why=report.why,
        notes=tuple(household_notes(report)),
        batch=report.batch,
        realism=None,
    )
    values = plan_as_json(table, report.plan, passed)
    left_out = [key for key in _OF_ONE if key not in _OF_ALL_TOO]
    values = {key: value for key, value in values.items() if key not in left_out}
    warned = {name: banner_of(own.request.profile) for name, own in report.reports.items()}
    return values | {
        "banner": " ".join(f"{name}: {text}" for name, text in warned.items() if text),
        "eaters": [_eater(name, own) for name, own in report.reports.items()],
    }


def _eater(name: str, own: Report) -> dict[str, Any]:
    """Give what is one eater's alone, under the keys of a plan."""
    assert own.plan is not None
    assert own.check is not None
    values = plan_as_json(own, own.plan, own.check)
    return {
        "name": name,
        **{key: values[key] for key in _OF_ONE if key in values},
        "days": [{key: day[key] for key in _OF_DAY} for day in values["days"]],
        "objective": own.outcome.objective,
        "bound": own.outcome.bound,
        "gap": own.outcome.gap,
    }


def _no_plan(report: TableReport) -> dict[str, Any]:
    """Say whose plan is in the way: each conflict and each way out names the eater.

    ``None`` stands for the table as a whole.
    """
    answers: dict[str | None, Mapping[str, Any]] = {
        name: report_as_json(own)
        for name, own in report.reports.items()
        if own.refusal is not None or (own.check is not None and not own.check.passed)
    }
    first = next(iter(answers.values()), {})
    if report.refusal is not None:
        answers = {None: refusal_values(report.refusal), **answers}
    return {
        **{key: first[key] for key in _TAKEN_OVER if key in first},
        "conflict": _named(answers, "conflict"),
        "relaxations": _named(answers, "relaxations"),
        "best_effort": None,
        "request": request_to_dict(report.request),
        "notes": household_notes(report),
    }


def _named(answers: Mapping[str | None, Mapping[str, Any]], key: str) -> list[dict[str, Any]]:
    return [{"eater": name, **one} for name, answer in answers.items() for one in answer[key]]
