"""Days, sums, proof and reasons of a plan as JSON values, the same for one eater and a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.explain.meal_amounts import MealAmounts
from planner.explain.report import Report, Source, Why
from planner.explain.table_report import TableReport
from planner.export.meals import drink_text
from planner.export.opened import hints_as_json, plan_hints
from planner.kitchen.errand import errand_for
from planner.kitchen.openings import PackageHint
from planner.kitchen.second_meals import serving_text
from planner.plan.plan import Day, Item, Plan
from planner.plan.weeks import cut_weeks
from planner.realism.score import Realism
from planner.request.days import DAYS_PER_WEEK
from planner.request.request import PlanRequest
from planner.solve.outcome import Outcome


def days_as_json(plan: Plan, report: Report | TableReport) -> list[dict[str, Any]]:
    """Give the days of a plan, with what is to be known of opened packages."""
    errand = errand_for(report.request, report.dishes, report.foods)
    hints = plan_hints(plan, report.foods, errand, report.batch)
    recipes = {dish.dish_id: dish for dish in report.dishes}
    return [
        _day(day, plan, recipes, report.request) | _hints(hints.get(day.day, ()), day)
        for day in plan.days
    ]


def _hints(hints: Sequence[PackageHint], day: Day) -> dict[str, Any]:
    """Give what is to be known of opened packages, where there is anything."""
    return {"packages": hints_as_json(hints, day)} if hints else {}


def _day(day: Day, plan: Plan, recipes: Mapping[str, Dish], request: PlanRequest) -> dict[str, Any]:
    return {
        "day": day.day,
        "date": day.date.isoformat() if day.date else None,
        "meals": [
            {
                "slot": meal.slot,
                "items": [_item(item, plan, recipes) for item in meal.items],
                "drink": drink_text(meal, request),
            }
            for meal in day.meals
        ],
        **day_sums(day),
        **_facts(day),
    }


def day_sums(day: Day) -> dict[str, Any]:
    """Give what a day adds up to."""
    return {
        "totals": dict(day.totals),
        "supplement_totals": dict(day.supplement_totals),
        "ca_mg_ratio": day.ca_mg_ratio,
        "cost": day.cost,
    }


def _facts(day: Day) -> dict[str, Any]:
    """Give what sets a day apart, where anything does."""
    facts: dict[str, Any] = {}
    if day.facts.missed:
        facts["missed"] = [{"slot": slot, "eaten": eaten} for slot, eaten in day.facts.missed]
        facts["planned_share"] = day.facts.planned_share
    return facts | ({"holiday": True} if day.facts.is_holiday else {})


def sums_as_json(plan: Plan, foods: FoodTable) -> dict[str, Any]:
    """Give the sums of the plan, and those of each week of a longer one."""
    if len(plan.days) <= DAYS_PER_WEEK:
        return {"week": _week(plan)}
    return {
        "week": _week(plan),
        "weeks": [
            {"week": number, "first_day": one.days[0].day, "last_day": one.days[-1].day}
            | _week(one)
            for number, one in enumerate(cut_weeks(plan, foods), start=1)
        ],
    }


def _item(item: Item, plan: Plan, recipes: Mapping[str, Dish]) -> dict[str, Any]:
    again = serving_text(item, recipes)
    return {
        "kind": item.kind,
        "id": item.item_id,
        "name": item.name,
        "servings": item.servings,
        "measure": item.measure,
        "mass_g": item.mass_g,
        "leftover_of": None
        if item.leftover_of is None
        else {
            "day": item.leftover_of,
            "slot": plan.slot_of(item.leftover_of, item.item_id) or "dinner",
        },
        **({"beside": item.beside} if item.beside else {}),
        **({"serve": again} if again else {}),
        "minutes": item.minutes,
        "active_minutes": item.active_minutes,
        "cost": item.cost,
        "ingredients": _ingredients(item.ingredients),
        "nutrients": dict(item.nutrients),
        **_people(item),
    }


def _people(item: Item) -> dict[str, Any]:
    """Give who has how much of an item, where it is for several eaters or for guests."""
    people: dict[str, Any] = {}
    if item.shares:
        people["for"] = [
            {
                "eater": share.eater,
                "servings": share.servings,
                "measure": share.measure,
                "mass_g": share.mass_g,
                "cost": share.cost,
                "ingredients": _ingredients(share.ingredients),
                "nutrients": dict(share.nutrients),
            }
            for share in item.shares
        ]
    if item.guests is not None:
        people["guests"] = {
            "count": item.guests.count,
            "servings": item.guests.servings,
            "mass_g": item.guests.mass_g,
            "ingredients": _ingredients(item.guests.ingredients),
        }
    return people


def _ingredients(ingredients: Iterable[tuple[str, float]]) -> list[dict[str, Any]]:
    return [{"food_id": food_id, "mass_g": mass_g} for food_id, mass_g in ingredients]


def _week(plan: Plan) -> dict[str, Any]:
    return {
        "totals": dict(plan.totals),
        "means": dict(plan.means),
        "ca_mg_ratio": plan.ca_mg_ratio,
        "cost": plan.cost,
        "distinct_foods": plan.distinct_foods,
    }


def solver_as_json(outcome: Outcome) -> dict[str, Any]:
    """Give what was proven of a plan, by whom and how fast."""
    return {
        "name": outcome.solver,
        "version": outcome.version,
        "status": outcome.status,
        "objective": outcome.objective,
        "bound": outcome.bound,
        "gap": outcome.gap,
        "time_s": outcome.time_s,
        "build_s": outcome.build_s,
        "portions_considered": outcome.considered,
        "portions_searched": outcome.searched,
        "time_limit_reached": outcome.cut_by_clock,
        "stopped": outcome.stopped,
        **({"weeks": _solved_weeks(outcome)} if outcome.weeks else {}),
    }


def _solved_weeks(outcome: Outcome) -> list[dict[str, Any]]:
    """Give what was solved for each week; its bound holds given the weeks before it."""
    return [
        {
            "week": number,
            "status": one.status,
            "objective": one.objective,
            "bound": one.bound,
            "gap": one.gap,
        }
        for number, one in enumerate(outcome.weeks, start=1)
    ]


def why_as_json(why: Why) -> dict[str, Any]:
    """Give why a plan is as it is."""
    return {
        "binding": list(why.binding),
        "short": list(why.short),
        "magnesium_sources": [_source(source) for source in why.magnesium_sources],
        "calcium_sources": [_source(source) for source in why.calcium_sources],
        "terms": dict(why.terms),
        "uncertain_magnesium_share": why.uncertain_magnesium_share,
    }


def realism_as_json(realism: Realism) -> dict[str, Any]:
    """Give how real a plan is, part by part."""
    return {
        "score": realism.score,
        "days": list(realism.days),
        "parts": [
            {
                "id": part.part_id,
                "sentence": part.sentence,
                "points": part.points,
                "faults": [
                    {"where": one.where, "what": one.note, "times": one.size} for one in part.faults
                ],
            }
            for part in realism.parts
        ],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "food_id": source.food_id,
        "name": source.name,
        "amount_mg_per_day": source.amount,
        "share": source.share,
    }


def meal_amounts_as_json(amounts: MealAmounts, plan: Plan) -> dict[str, Any]:
    """Give the amounts unrounded; a meal that is not served is null."""
    return {
        "nutrient": amounts.nutrient,
        "text": amounts.title,
        "days": [
            {"day": day.day, "meals": dict(zip(amounts.slots, row, strict=True))}
            for day, row in zip(plan.days, amounts.days, strict=True)
        ],
    }
