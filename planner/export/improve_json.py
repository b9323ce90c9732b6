"""How far few changes of a diary get, as JSON values: unrounded and complete."""

from __future__ import annotations

from typing import Any

from planner.diary.analysis import DiaryFinding
from planner.diary.diary import Diary, DiaryEntry
from planner.improve.change import DietChange
from planner.improve.improvement import Improvement, Option
from planner.language.spoken import ENGLISH, speaking
from planner.safety.banner import banner_of
from planner.safety.limits import safety_sentence


@speaking(ENGLISH)
def improvement_as_json(found: Improvement) -> dict[str, Any]:
    """Give all ways, each with its changes, and the changed diary's sums and findings."""
    before = found.before
    return {
        "diary": before.diary.where,
        "days": [day.day for day in before.diary.days],
        "banner": banner_of(before.request.patient),
        "meet": list(found.met),
        "is_met": found.is_met,
        "considered": found.offered,
        "last_resorts_left_out": found.left_out,
        "before": {"totals": dict(before.mean.totals), "ca_mg_ratio": before.mean.ca_mg_ratio},
        "findings": [_finding(before.diary, one) for one in before.findings],
        "options": [_option(found, rank, one) for rank, one in enumerate(found.options, start=1)],
        "advice": [
            {"code": one.code, "text": one.text, "source": one.source} for one in before.advice
        ],
        "notes": [*before.notes, safety_sentence("not_medical_advice")],
    }


def _option(found: Improvement, rank: int, option: Option) -> dict[str, Any]:
    mean, diary = option.after.mean, found.before.diary
    return {
        "rank": rank,
        "most_changes_a_day": option.most,
        "is_enough": option.is_enough,
        "is_proven": option.way.is_proven,
        "gap": option.way.gap,
        "points": option.way.points,
        "changes": [_change(diary, one) for one in option.way.changes],
        "after": {
            "totals": dict(mean.totals),
            "ca_mg_ratio": mean.ca_mg_ratio,
            "days": [
                {"day": day.day, "totals": dict(own.totals), "ca_mg_ratio": own.ca_mg_ratio}
                for day, own in zip(option.after.diary.days, option.after.days, strict=True)
            ],
        },
        "findings": [_finding(option.after.diary, one) for one in option.after.findings],
    }


def _change(diary: Diary, change: DietChange) -> dict[str, Any]:
    return {
        "action": change.action,
        "day": next(one.day for one in diary.days if one.number == change.day),
        "meal": change.slot or change.name,
        "from": _entry(change.gone),
        "to": _entry(change.come),
        "amount": change.come.amount if change.come else None,
        "where": change.says,
        "points": change.points,
    }


def _entry(entry: DiaryEntry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "kind": entry.kind,
        "id": entry.item_id,
        "name": entry.name,
        "amount": entry.amount,
        "mass_g": entry.mass_g,
        "ingredients": [{"food_id": one, "mass_g": mass} for one, mass in entry.ingredients],
    }


def _finding(diary: Diary, one: DiaryFinding) -> dict[str, Any]:
    target = one.target
    return {
        "nutrient": target.nutrient,
        "unit": target.unit,
        "basis": target.basis,
        "period": target.period,
        "day": next((day.day for day in diary.days if day.number == one.day), None),
        "value": one.value,
        "lower": target.lower,
        "upper": target.upper,
        "holds": one.holds,
        "hard": target.hard,
        "coverage": one.coverage.share,
    }
