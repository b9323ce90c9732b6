"""Count in plan.json files the faults that readers of weeks name, with points, cost and minutes.

    python -m tests.bench.faults PLAN.json …

Two states of the data are compared over the same people: plan for them with each, and count both.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from planner.candidates.dish import Dish
from planner.meals.rules import read_meal_rules
from planner.meals.served import derived_way
from planner.plan.plan import Day, Item, Meal, Plan
from planner.request.days import weekend_days
from planner.wire.document import read_plan_document
from tests.bench.habits import DISHES, FOODS, MAINS
from tests.bench.profiles import tell

USUAL_KCAL, STEP, LEAST, MOST = 2000.0, 0.25, 0.75, 1.5  # servings by what is needed
NEAR_SERVINGS = 0.25  # of a main dish, from what the eater's appetite asks for
FRUIT_G = 550.0  # of a day: fruit in place of larger plates
LEAST_PROTEIN_G, MOST_PROTEIN_G = 20.0, 60.0  # of a lunch or dinner
LEAST_LED_G = {"soy": 80.0, "fish": 75.0, "poultry": 75.0, "beef": 60.0, "pork": 60.0}
LED = {"soy": ["soy"], "fish": ["fish", "shellfish"], "poultry": ["poultry"]}
RED = ["red_meat", "processed_meat"]
MEAT = {"fish", "shellfish", "poultry", "beef", "pork", "lamb"}
PULSES, PULSES_G, PULSES_BREAKFAST_G = ["legumes", "soy"], 40.0, 25.0
VEGETABLES, VEGETABLES_G = ["vegetables", "leafy_greens", "mushrooms"], 60.0
PASTE_G = 8.0
MORNINGS = 4  # of seven: most
SIDE_DAYS = 2  # of seven: more is above a quarter
FISH_RUN = 3
FRESH = ["salad", "leaf", "chopped", "slaw", "sweet", "sticks"]
COOKED_WAYS, COOKED_NAMES = ["curry", "stir_fry"], ["curry", "chili", "stew", "dal", "bolognese"]
FUSSY_MINUTES, TINNED_G = 6, 30.0


def faults_of(
    plan: Plan, is_free: Sequence[bool], energy_kcal: float, eats_meat: bool
) -> Counter[str]:
    """Count the faults of a week, and the days and meals that they are of."""
    share = int(energy_kcal / USUAL_KCAL / STEP + 0.5) * STEP
    appetite = min(max(LEAST, share), MOST)
    found = Counter({"weeks": 1, "days": len(plan.days)})
    for day in plan.days:
        has_time = is_free[(day.day - 1) % len(is_free)]
        found.update(_of_day(day, has_time, eats_meat))
        for meal in _at(day, MAINS):
            found.update(_of_meal(meal, appetite))
            found.update(_of_pot(meal))
        for meal in _at(day, ["dinner"]) if has_time else ():
            found.update(_of_free_dinner(meal))
    found.update(_of_week(plan.days))
    return found


def _at(day: Day, slots: Collection[str]) -> list[Meal]:
    return [meal for meal in day.meals if meal.slot in slots]


def _things(meals: Iterable[Meal]) -> list[Item]:
    return [item for meal in meals for item in meal.items if not item.is_beside]


def _dish(item: Item) -> Dish | None:
    return DISHES.get(item.item_id) if item.kind == "dish" else None


def _main(meal: Meal) -> Item | None:
    dishes = ((item, _dish(item)) for item in _things([meal]))
    return next((item for item, dish in dishes if dish and dish.kind == "main"), None)


def _grams(items: Iterable[Item], groups: Collection[str]) -> float:
    return sum(g for item in items for food, g in item.ingredients if FOODS[food].group in groups)


def _of_day(day: Day, has_time: bool, eats_meat: bool) -> Iterator[str]:
    twice = [_grams(meal.items, PULSES) >= PULSES_G for meal in _at(day, MAINS)]
    if eats_meat and all(twice):
        yield "days with beans or soy twice, of who eats meat or fish"
    if _grams(_things(_at(day, ["breakfast"])), PULSES) >= PULSES_BREAKFAST_G:
        yield "breakfasts with pulses or soy"
    if _grams(_things(day.meals), ["fruit"]) > FRUIT_G:
        yield "days with much fruit"
    if not any(map(_is_fresh, day.meals)):
        yield "days with nothing raw"
    if not has_time:
        snacks = _things(_at(day, ["snack"]))
        yield from ("workday snacks that are fussy" for item in snacks if _is_fussy(item))


def _of_free_dinner(meal: Meal) -> Iterator[str]:
    main = _main(meal)
    if main is not None:
        yield "free dinners"
        if main.leftover_of is not None:
            yield "free dinners, warmed up"
        if len(_things([meal])) == 1:
            yield "free dinners, one plate alone"


def _of_meal(meal: Meal, appetite: float) -> Iterator[str]:
    yield "meals"
    things, main = _things([meal]), _main(meal)
    eaten = [(FOODS[food], g) for item in things for food, g in item.ingredients]
    protein_g = sum(g * (food.per_100g.get("protein_g") or 0.0) / 100 for food, g in eaten)
    if protein_g < LEAST_PROTEIN_G or (main is not None and _is_garnish(main)):
        yield "meals, protein as a garnish"
    if protein_g > MOST_PROTEIN_G:
        yield "meals, too much protein"
    if _grams(things, VEGETABLES) < VEGETABLES_G:
        yield "meals with hardly a vegetable"
    if main is not None and abs(main.servings - appetite) > NEAR_SERVINGS:
        yield "meals, main dish not as the appetite"


def _of_pot(meal: Meal) -> Iterator[str]:
    main = _main(meal)
    dish = _dish(main) if main is not None else None
    if dish is None:
        return
    words = dish.name.lower().replace(",", "").split()
    if _is_served(dish, COOKED_WAYS) or any(name in words for name in COOKED_NAMES):
        yield "pots and curries"
        if not _is_fresh(meal):
            yield "pots and curries, nothing raw"


def _of_week(days: Sequence[Day]) -> Iterator[str]:
    mornings = _things(meal for day in days for meal in _at(day, ["breakfast"]))
    pastes = (food for item in mornings for food in _pastes(item))
    if _most(pastes) >= MORNINGS:
        yield "weeks, one nut butter most mornings"
    if _most(item.name for item in mornings if _dish(item)) >= MORNINGS:
        yield "weeks, one breakfast most mornings"
    mains = [[_main(meal) for meal in _at(day, MAINS)] for day in days]
    served = [item for day in days for item in _things(_at(day, MAINS))]
    beside = (item for item in served if not any(item is one for day in mains for one in day))
    if _most(item.name for item in beside if _dish(item)) > SIDE_DAYS:
        yield "weeks, one side above a quarter of days"
    dishes = [[_dish(main) for main in day if main is not None] for day in mains]
    fish = [any(dish and dish.protein in LED["fish"] for dish in day) for day in dishes]
    if any(len(list(run)) >= FISH_RUN for is_fish, run in groupby(fish) if is_fish):
        yield "weeks, fish on three days in a row"


def _pastes(item: Item) -> set[str]:
    butters = [(FOODS[food], g) for food, g in item.ingredients]
    return {food.base for food, g in butters if food.group == "nut_butters" and g >= PASTE_G}


def _most(names: Iterable[str]) -> int:
    return max(Counter(names).values(), default=0)


def _is_fussy(item: Item) -> bool:
    tinned = any(
        g >= TINNED_G and "canned" in FOODS[food].name.lower() for food, g in item.ingredients
    )
    return _dish(item) is not None and (item.active_minutes >= FUSSY_MINUTES or tinned)


def _is_garnish(main: Item) -> bool:
    dish = _dish(main)
    if dish is None or dish.protein not in LEAST_LED_G:
        return False
    return _grams([main], LED.get(dish.protein, RED)) < LEAST_LED_G[dish.protein]


def _is_served(dish: Dish, ways: Collection[str]) -> bool:
    greens = [(FOODS[ingredient.food_id], ingredient.mass_g) for ingredient in dish.ingredients]
    green_g = sum(g for food, g in greens if food.group in VEGETABLES)
    way = dish.served or derived_way(dish.tags, dish.starch, green_g / dish.servings)
    return way in ways or any(tag in ways for tag in dish.tags)


def _is_fresh(meal: Meal) -> bool:
    dishes = [dish for item in _things([meal]) if (dish := _dish(item))]
    return any(_is_served(dish, FRESH) for dish in dishes)


def main(*paths: str) -> None:
    """Read, count and print."""
    total: Counter[str] = Counter()
    for path in paths:
        document = read_plan_document(path)
        plan, week, energy = document.plan, document.request.week, document.printed.energy
        led = {dish.protein for item in _things(_meals(plan)) if (dish := _dish(item))}
        free = weekend_days(week, read_meal_rules(week.pattern))
        found = faults_of(plan, free, energy.kcal if energy else USUAL_KCAL, bool(led & MEAT))
        found["points"] = round(document.printed.solver.objective or 0)
        found["dollars eaten"] = round(sum(day.cost for day in plan.days))
        found["minutes of work"] = sum(day.active_minutes for day in plan.days)
        total.update(found)
        tell(f"{path}: " + "; ".join(f"{name}: {count}" for name, count in sorted(found.items())))
    tell("\n" + "\n".join(f"{count:6d} {name}" for name, count in sorted(total.items())))


def _meals(plan: Plan) -> Iterator[Meal]:
    return (meal for day in plan.days for meal in day.meals)


if __name__ == "__main__":
    main(*sys.argv[1:])
