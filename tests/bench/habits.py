"""Count in planned weeks what readers of menus dislike most, and how often a week has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from foods.embedded import read_embedded_foods
from planner.candidates.dish import Dish, read_embedded_dishes
from planner.candidates.portions import MILK_GROUPS
from planner.plan.plan import Day, Item, Meal, Plan
from planner.request.request import PlanRequest

FOODS = read_embedded_foods()
DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
MAINS = ("lunch", "dinner")
WEEKEND = (6, 7)
PULSES, PULSES_G = "legumes", 60.0
LONG_BREAKFAST = 10
GLUTEN = frozenset({"gluten", "wheat"})
FREE_FROM = frozenset({"tamari", "rolled_oats_gluten_free", "oatmeal_gluten_free_cooked",
                       "bread_gluten_free_white", "corn_pasta_cooked"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habits:
    """What one week holds: counts of ``of`` and ``in_all`` by name, minutes, dishes, milks."""

    counts: Counter[str]
    minutes: tuple[int, ...]
    dishes: frozenset[str]
    milks: int


def habits_of(plan: Plan, request: PlanRequest) -> Habits:
    """Count over a plan of seven days."""
    wanted = request.preferences
    counts: Counter[str] = Counter(weeks=1)
    for day in plan.days:
        counts.update(_of_day(day, "vegan" if wanted.diet == "vegan" else "other"))
    sides = sum(_has_side(meal) for day in plan.days for meal in day.meals if meal.slot == "dinner")
    counts["weeks with 4 sides"] += sides >= 4
    items = [item for day in plan.days for item in day.items()]
    drunk = {item.item_id for item in items if _is_milk(item)}
    eaten = {food for item in items for food, _ in item.ingredients}
    counts["free-from foods"] += bool(FREE_FROM & eaten) and not GLUTEN & set(wanted.without)
    work = tuple(day.active_minutes for day in plan.days if day.day not in WEEKEND)
    dishes = frozenset(item.item_id for item in items if item.kind == "dish")
    return Habits(counts, work, dishes, len(drunk))


def _of_day(day: Day, diet: str) -> Counter[str]:
    meals = [meal for meal in day.meals if meal.slot in MAINS]
    found: Counter[str] = Counter({"days": 1, f"days {diet}": 1, "meals": len(meals)})
    found["second starch"] = sum(sum(map(_is_starch, meal.items)) > 1 for meal in meals)
    found["milk"] = sum(any(map(_is_milk, meal.items)) for meal in meals)
    found[f"pulses twice {diet}"] = sum(map(_has_pulses, meals)) > 1
    breakfast = [meal for meal in day.meals if meal.slot == "breakfast"]
    if day.day not in WEEKEND and breakfast:
        found["workdays"] += 1
        found["long breakfasts"] += breakfast[0].active_minutes > LONG_BREAKFAST
    return found


def _dish(item: Item) -> Dish | None:
    return DISHES.get(item.item_id) if item.kind == "dish" else None


def _is_starch(item: Item) -> bool:
    dish = _dish(item)
    if dish is None:
        return item.kind == "food" and "starch" in FOODS[item.item_id].roles
    return dish.starch != "none" and dish.kind in ("main", "side")


def _is_milk(item: Item) -> bool:
    return item.kind == "food" and FOODS[item.item_id].group in MILK_GROUPS


def _has_pulses(meal: Meal) -> bool:
    grams = sum(g for item in meal.items for f, g in item.ingredients if FOODS[f].group == PULSES)
    return grams >= PULSES_G


def _has_side(meal: Meal) -> bool:
    dishes = [dish for item in meal.items if (dish := _dish(item))]
    return any(dish.kind == "side" and dish.role != "starch" for dish in dishes)


def habit_rows(found: Sequence[Habits]) -> list[str]:
    """Write the rows of a table over many weeks."""
    counts = sum((one.counts for one in found), Counter())
    others, vegans = (
        _share(counts, f"pulses twice {who}", f"days {who}") for who in ("other", "vegan")
    )
    sides = _share(counts, "weeks with 4 sides")
    minutes = [one for week in found for one in week.minutes]
    weeks_of = Counter(dish for week in found for dish in week.dishes)
    most, times = weeks_of.most_common(1)[0]
    return [
        f"| a second starch, of lunches and dinners | {_share(counts, 'second starch', 'meals')} |",
        f"| milk at lunch or dinner | {_share(counts, 'milk', 'meals')} |",
        f"| pulses at lunch and dinner, of days | {others}; vegans {vegans} |",
        f"| written sides at 4 dinners or more, of weeks | {sides} |",
        f"| dishes used; the commonest | {len(weeks_of)}; {most} in {times / len(found):.0%} |",
        f"| minutes of work on a workday: median, most | {median(minutes):.0f}, {max(minutes)} |",
        f"| breakfasts above {LONG_BREAKFAST} minutes of work, of workdays | "
        f"{_share(counts, 'long breakfasts', 'workdays')} |",
        f"| free-from foods for who did not ask, of weeks | {_share(counts, 'free-from foods')} |",
        f"| kinds of milk drunk, at most | {max(one.milks for one in found)} |",
    ]


def _share(counts: Counter[str], what: str, of: str = "weeks") -> str:
    return f"{counts[what] / max(counts[of], 1):.1%}"
