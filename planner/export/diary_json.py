"""A diary held against targets, as JSON values: unrounded and complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from planner.diary.analysis import Analysis, DiaryFinding
from planner.diary.diary import Diary, DiaryEntry
from planner.diary.gap import GapFigures, NextFood, NextFoods
from planner.diary.sums import Coverage, DiaryIntake
from planner.export.targets import profile_as_json, stop_as_json, target_as_json
from planner.language.spoken import ENGLISH, speaking
from planner.safety.banner import banner_of
from planner.safety.limits import safety_sentence


@speaking(ENGLISH)
def analysis_as_json(analysis: Analysis, offers: NextFoods | None = None) -> dict[str, Any]:
    """Give an analysis as JSON values.

    Parameters
    ----------
    analysis
        What to show.
    offers
        What would help most, where it was asked for.
    """
    diary, targets = analysis.diary, analysis.targets
    days = zip(diary.days, analysis.days, strict=True)
    values = {
        **stop_as_json(targets.stop),
        "diary": diary.where,
        "program": diary.program,
        "standard": targets.standard,
        "profile": profile_as_json(targets.profile) | {"assumed": list(analysis.request.assumed)},
        "banner": banner_of(analysis.request.patient),
        "ratio_mode": targets.ratio_mode,
        "targets": [target_as_json(one) for one in targets.targets],
        "days": [{"day": day.day, "number": day.number, **_intake(one)} for day, one in days],
        "overall": _overall(analysis.mean),
        "findings": [_finding(diary, one) for one in analysis.findings],
        "sources": {
            key: [{"name": one.name, "amount": one.amount, "share": one.share} for one in own]
            for key, own in analysis.sources.items()
        },
        "advice": [
            {"code": one.code, "text": one.text, "source": one.source} for one in analysis.advice
        ],
        "entries": list(_entries(diary)),
        "notes": [*analysis.notes, safety_sentence("not_medical_advice")],
    }
    return values if offers is None else {**values, "next": _next(diary, offers)}


def _intake(one: DiaryIntake) -> dict[str, Any]:
    return {
        "totals": dict(one.totals),
        "supplement_totals": dict(one.supplement_totals),
        "ca_mg_ratio": one.ca_mg_ratio,
        **_coverage(one.coverage),
    }


def _coverage(coverage: Mapping[str, Coverage]) -> dict[str, Any]:
    foods = max((one.foods for one in coverage.values()), default=0)
    return {
        "foods": foods,
        "coverage": {key: one.share for key, one in coverage.items()},
        "without": {key: list(one.without) for key, one in coverage.items() if one.without},
    }


def _overall(mean: DiaryIntake) -> dict[str, Any]:
    days = mean.table.days
    sums = {key: None if value is None else value * days for key, value in mean.totals.items()}
    return {
        "days": days,
        "totals": sums,
        "means": dict(mean.totals),
        "supplement_means": dict(mean.supplement_totals),
        "ca_mg_ratio": mean.ca_mg_ratio,
        **_coverage(mean.coverage),
    }


def _finding(diary: Diary, one: DiaryFinding) -> dict[str, Any]:
    target = one.target
    return {
        "nutrient": target.nutrient,
        "unit": target.unit,
        "basis": target.basis,
        "period": target.period,
        "day": None if one.day is None else _day(diary, one.day),
        "value": one.value,
        "lower": target.lower,
        "upper": target.upper,
        "percent": None if one.share is None else 100 * one.share,
        "holds": one.holds,
        "hard": target.hard,
        "coverage": one.coverage.share,
        "source": target.source,
    }


def _day(diary: Diary, number: int) -> str:
    return next(one.day for one in diary.days if one.number == number)


def _entries(diary: Diary) -> Iterable[dict[str, Any]]:
    for day in diary.days:
        for meal in day.meals:
            for entry in meal.entries:
                yield {"day": day.day, "meal": meal.name, "slot": meal.slot, **_entry(entry)}


def _entry(entry: DiaryEntry) -> dict[str, Any]:
    return {
        "line": entry.line,
        "food": entry.written,
        "amount": entry.amount,
        "kind": entry.kind,
        "id": entry.item_id,
        "name": entry.name,
        "mass_g": entry.mass_g,
        "ingredients": [{"food_id": one, "mass_g": mass} for one, mass in entry.ingredients],
        "nutrients": dict(entry.nutrients),
        "stated": dict(entry.stated),
        "matched_by": entry.how,
        "why": entry.why,
        "near": list(entry.near),
    }


def _next(diary: Diary, offers: NextFoods) -> dict[str, Any]:
    return {
        "day": _day(diary, offers.day),
        "before": _figures(offers.before),
        "considered": offers.considered,
        "why": offers.why,
        "options": [_offer(rank, one) for rank, one in enumerate(offers.offers, start=1)],
    }


def _offer(rank: int, one: NextFood) -> dict[str, Any]:
    return {
        "rank": rank,
        "food_id": one.food.food_id,
        "name": one.food.name,
        "measure": one.measure,
        "mass_g": one.mass_g,
        "points": one.points,
        "after": _figures(one.after),
    }


def _figures(figures: GapFigures) -> dict[str, Any]:
    return {
        "magnesium_mg": figures.magnesium_mg,
        "calcium_mg": figures.calcium_mg,
        "energy_kcal": figures.energy_kcal,
        "ca_mg_ratio": figures.ca_mg_ratio,
        "cost_usd": figures.cost_usd,
    }
