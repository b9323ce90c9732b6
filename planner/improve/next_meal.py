"""What to cook for a meal of a day: a dish in the portion that closes most, and what beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from foods.table import FoodTable
from planner.check.amounts import CALCIUM, ENERGY, MAGNESIUM
from planner.diary.diary import BY_ID, DISH, Diary, DiaryDay, DiaryEntry, DiaryMeal
from planner.diary.gap import GapFigures, Gaps
from planner.diary.sums import line_amount
from planner.improve.change import ADD, Choice, DietChange, with_changes
from planner.improve.offered import offered_changes
from planner.settings import read_settings

_SETTINGS = "next_food.toml"
_PER_100_G = 100


@dataclass(frozen=True, slots=True)
class NextMeal:
    """A dish, and what goes with it.

    Parameters
    ----------
    dish
        So much of the dish.
    beside
        What is added to it.
    points
        Points by ``configs/next_food.toml``.
    after
        What the day then holds.
    """

    dish: DiaryEntry
    beside: tuple[DietChange, ...]
    points: float
    after: GapFigures

    @property
    def items(self) -> tuple[DiaryEntry, ...]:
        """Everything of the meal, the dish first."""
        return (self.dish, *(one.come for one in self.beside if one.come is not None))


@dataclass(frozen=True, slots=True)
class NextMeals:
    """What to cook for a meal of a day.

    Parameters
    ----------
    day, slot
        Number of the day, and the meal.
    gaps
        What the day holds, and what it is held to.
    offers
        The best first; none of them breaks a limit.
    why
        Why there is no offer; empty where there is one.
    """

    day: int
    slot: str
    gaps: Gaps
    offers: tuple[NextMeal, ...]
    why: str = ""


def dishes_for(choice: Choice, slot: str, gaps: Gaps) -> list[DiaryEntry]:
    """Give each dish of a meal in the portion that closes most, the best dish first."""
    rule, best = read_settings(_SETTINGS)["meal"], list[tuple[float, DiaryEntry]]()
    room = gaps.need_kcal - gaps.before.energy_kcal
    least, most = (min(rule[one] * gaps.need_kcal, room) for one in ("least_energy", "most_energy"))
    for dish_id, offered in choice.dishes.items():
        rated = list[tuple[float, DiaryEntry]]()
        for portion in offered.portions if slot in offered.dish.slots else ():
            entry = DiaryEntry(
                *(0, offered.dish.name, portion.measure, DISH, dish_id, offered.dish.name),
                *(portion.mass_g, portion.ingredients),
                how=BY_ID,
            )
            after = _with(gaps.before, entry, choice.foods)
            if least <= after.energy_kcal - gaps.before.energy_kcal <= most:
                points = gaps.points(after) - choice.liked.get(dish_id, 0.0)
                rated.append((points, entry))
        best += [max(rated, key=lambda one: one[0])] if rated else []
    best.sort(key=lambda one: (-one[0], one[1].name))
    return [entry for _points, entry in best]


def with_beside(
    dish: DiaryEntry, day: DiaryDay, slot: str, choice: Choice, gaps: Gaps
) -> tuple[NextMeal, DiaryDay]:
    """Put beside a dish what closes most of what it leaves open."""
    rule, chosen = read_settings(_SETTINGS)["meal"], list[DietChange]()
    meals = (*day.meals, DiaryMeal(slot, slot, (dish,)))
    diary = Diary((replace(day, meals=meals),), "")
    after = _with(gaps.before, dish, choice.foods)
    while len(chosen) < rule["beside"] and max(gaps.magnesium(after), gaps.outside(after)) > 0:
        own = replace(gaps, before=after)
        every = _additions(diary, slot, choice)
        rated = [(own.points(_come(own, one, choice)), one) for one in every]
        points, change = max(rated, key=lambda one: one[0], default=(0.0, None))
        if change is None or points < rule["least_points"]:
            break
        chosen.append(change)
        diary, after = with_changes(diary, [change]), _come(own, change, choice)
    return NextMeal(dish, tuple(chosen), gaps.points(after), after), diary.days[0]


def _additions(diary: Diary, slot: str, choice: Choice) -> Iterator[DietChange]:
    for one in offered_changes(diary, choice):
        if one.action == ADD and one.slot == slot:
            yield one


def _come(gaps: Gaps, change: DietChange, choice: Choice) -> GapFigures:
    return _with(gaps.before, change.come, choice.foods) if change.come else gaps.before


def _with(before: GapFigures, entry: DiaryEntry, foods: FoodTable) -> GapFigures:
    """Give what a day holds with one more line."""
    magnesium_mg, calcium_mg, energy_kcal = (
        had + line_amount(entry, foods.foods, key)
        for key, had in (
            (MAGNESIUM, before.magnesium_mg),
            (CALCIUM, before.calcium_mg),
            (ENERGY, before.energy_kcal),
        )
    )
    ratio = calcium_mg / magnesium_mg if magnesium_mg else None
    prices = ((foods[one].price_usd_per_100g or 0.0, mass) for one, mass in entry.ingredients)
    cost_usd = before.cost_usd + sum(price * mass for price, mass in prices) / _PER_100_G
    return GapFigures(magnesium_mg, calcium_mg, energy_kcal, ratio, cost_usd)
