"""Count in planned weeks the faults that readers of weeks still name.

    python -m tests.bench.faults [PEOPLE [SEED]]

Each person is drawn from ``tests.bench.profiles``. It prints what was counted of each, and at the
end of all, with points, cost and minutes of work, so that two states of the data are compared over
the same people.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from planner import pipeline
from planner.explain.report import Report
from planner.plan.plan import Plan
from planner.realism.served import (
    ScoredEater,
    ServedDay,
    ServedMeal,
    ServedWeek,
    Thing,
    serve_plan,
)
from tests.bench.habits import DISHES, FOODS, MAINS, WEEKEND
from tests.bench.longer import tell
from tests.bench.profiles import draw_request

PEOPLE, SEED = 24, 20261213
NEAR_SERVINGS = 0.25  # of a main dish, from what the eater's appetite asks for
FRUIT_G = 550.0  # of a day: fruit in place of larger plates
LEAST_PROTEIN_G, MOST_PROTEIN_G = 20.0, 60.0  # of a lunch or dinner
LEAST_LED_G = {"soy": 80.0, "fish": 75.0, "poultry": 75.0, "beef": 60.0, "pork": 60.0}
LED = {"soy": ["soy"], "fish": ["fish", "shellfish"], "poultry": ["poultry"]}
RED = ["red_meat", "processed_meat"]
MEAT = {"fish", "shellfish", "poultry", "beef", "pork", "lamb"}
PULSES, PULSES_G, PULSES_BREAKFAST_G = ["legumes", "soy"], 40.0, 25.0
PASTE_G = 8.0
MORNINGS = 4  # of seven: most
SIDE_DAYS = 2  # of seven: more is above a quarter
FISH_RUN = 3
FRESH = ["salad", "leaf", "chopped", "slaw", "sweet", "sticks"]
COOKED_WAYS, COOKED_NAMES = ["curry", "stir_fry"], ["curry", "chili", "stew", "dal", "bolognese"]
FUSSY_MINUTES, TINNED_G = 6, 30.0


def faults_of(week: ServedWeek) -> Counter[str]:
    """Count the faults of a week, and the days and meals that they are of."""
    found = Counter({"weeks": 1, "days": len(week.days)})
    for day in week.days:
        found.update(_of_day(day))
        found.update(_of_free_dinner(day))
        for meal in day.at(MAINS):
            found.update(_of_meal(meal, day.appetite))
            found.update(_of_pot(meal))
    found.update(_of_week(week.days))
    return found


def _of_day(day: ServedDay) -> Iterator[str]:
    eats_meat = day.proteins is not None and bool(day.proteins & MEAT)
    if eats_meat and all(meal.mass_g(PULSES) >= PULSES_G for meal in day.at(MAINS)):
        yield "days with beans or soy twice, of who eats meat or fish"
    if sum(meal.mass_g(PULSES) for meal in day.at(["breakfast"])) >= PULSES_BREAKFAST_G:
        yield "breakfasts with pulses or soy"
    if sum(meal.mass_g(["fruit"]) for meal in day.meals) > FRUIT_G:
        yield "days with much fruit"
    if not any(_is_fresh(meal) for meal in day.meals):
        yield "days with nothing raw"
    if not day.is_free:
        things = (thing for meal in day.at(["snack"]) for thing in meal.things)
        yield from ("workday snacks that are fussy" for thing in things if _is_fussy(thing))


def _of_free_dinner(day: ServedDay) -> Iterator[str]:
    for meal in day.at(["dinner"]):
        if day.is_free and meal.main is not None:
            yield "free dinners"
            if meal.main.is_warmed:
                yield "free dinners, warmed up"
            if len(meal.things) == 1:
                yield "free dinners, one plate alone"


def _of_meal(meal: ServedMeal, appetite: float) -> Iterator[str]:
    yield "meals"
    protein_g = meal.amount("protein_g")
    if protein_g < LEAST_PROTEIN_G or _is_garnish(meal.main):
        yield "meals, protein as a garnish"
    if protein_g > MOST_PROTEIN_G:
        yield "meals, too much protein"
    if meal.main is not None and abs(meal.main.item.servings - appetite) > NEAR_SERVINGS:
        yield "meals, main dish not as the appetite"


def _of_pot(meal: ServedMeal) -> Iterator[str]:
    if meal.main is None or meal.main.dish is None:
        return
    words = meal.main.dish.name.lower().replace(",", "").split()
    if meal.main.is_any(COOKED_WAYS) or any(name in words for name in COOKED_NAMES):
        yield "pots and curries"
        if not _is_fresh(meal):
            yield "pots and curries, nothing raw"


def _of_week(days: Sequence[ServedDay]) -> Iterator[str]:
    mornings = [thing for day in days for meal in day.at(["breakfast"]) for thing in meal.things]
    if _most(base for one in mornings for base in one.bases(["nut_butters"], PASTE_G)) >= MORNINGS:
        yield "weeks, one nut butter most mornings"
    if _most(one.name for one in mornings if one.dish is not None) >= MORNINGS:
        yield "weeks, one breakfast most mornings"
    beside = (one for day in days for meal in day.at(MAINS) for one in meal.beside())
    if _most(one.name for one in beside if one.dish is not None) > SIDE_DAYS:
        yield "weeks, one side above a quarter of days"
    fish = [
        any(one.dish and one.dish.protein in LED["fish"] for one in day.mains()) for day in days
    ]
    if any(len(list(run)) >= FISH_RUN for is_fish, run in groupby(fish) if is_fish):
        yield "weeks, fish on three days in a row"


def _most(names: Iterator[str]) -> int:
    return max(Counter(names).values(), default=0)


def _is_fussy(thing: Thing) -> bool:
    tinned = any(mass >= TINNED_G and "canned" in food.name.lower() for food, mass in thing.parts)
    return thing.dish is not None and (thing.item.active_minutes >= FUSSY_MINUTES or tinned)


def _is_garnish(main: Thing | None) -> bool:
    if main is None or main.dish is None or main.dish.protein not in LEAST_LED_G:
        return False
    protein = main.dish.protein
    return main.mass_g(LED.get(protein, RED)) < LEAST_LED_G[protein]


def _is_fresh(meal: ServedMeal) -> bool:
    dishes = [thing for thing in meal.things if thing.dish is not None]
    return any(one.served in FRESH or one.tagged("salad") for one in dishes)


def served_week(report: Report, plan: Plan) -> ServedWeek:
    """Look up what a plan serves, and to whom."""
    days = tuple(number in WEEKEND for number in range(1, 8))
    plain = serve_plan(plan, FOODS, DISHES, ScoredEater())
    led = frozenset(one.dish.protein for day in plain.days for one in day.mains() if one.dish)
    eater = ScoredEater(weekend=days, energy_kcal=report.targets.energy.kcal, proteins=led)
    return serve_plan(plan, FOODS, DISHES, eater)


def main(people: int = PEOPLE, seed: int = SEED) -> None:
    """Plan, count and print."""
    total: Counter[str] = Counter()
    for number in range(people):
        begun, request = time.process_time(), draw_request(seed, number)
        (report,) = pipeline.plan_meals(request).reports.values()
        if report.plan is None:
            tell(f"{number}: {request.preferences.diet}, no plan")
            continue
        found = faults_of(served_week(report, report.plan))
        found["points"] = round(report.outcome.objective or 0)
        found["dollars eaten"] = round(sum(day.cost for day in report.plan.days))
        found["minutes of work"] = sum(day.active_minutes for day in report.plan.days)
        total.update(found)
        told = "; ".join(f"{name}: {count}" for name, count in sorted(found.items()))
        tell(f"{number}: {request.preferences.diet}, {time.process_time() - begun:.1f} s; {told}")
    tell("\n" + "\n".join(f"{count:6d} {name}" for name, count in sorted(total.items())))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
