"""What to cook for a meal of a day, and small changes of one recipe."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cache

from foods.table import FoodTable
from planner.check.amounts import CALCIUM, ENERGY, MAGNESIUM
from planner.diary.diary import BY_ID, DISH, Diary, DiaryDay, DiaryEntry, DiaryMeal
from planner.diary.gap import GapFigures, Gaps
from planner.diary.sums import line_amount
from planner.improve.change import ADD, Choice, DietChange, offered_changes, with_changes
from planner.plan.shares import Amounts, ratio_of
from planner.settings import read_row, read_settings

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
        return (self.dish, *(change.come for change in self.beside if change.come is not None))


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
    """Return each dish of a meal in the portion that closes most, the best dish first."""
    rule, best = read_settings(_SETTINGS)["meal"], list[tuple[float, DiaryEntry]]()
    room = gaps.need_kcal - gaps.before.energy_kcal
    least, most = (min(rule[key] * gaps.need_kcal, room) for key in ("least_energy", "most_energy"))
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
    for change in offered_changes(diary, choice):
        if change.action == ADD and change.slot == slot:
            yield change


def _come(gaps: Gaps, change: DietChange, choice: Choice) -> GapFigures:
    return _with(gaps.before, change.come, choice.foods) if change.come else gaps.before


def _with(before: GapFigures, entry: DiaryEntry, foods: FoodTable) -> GapFigures:
    """Return what a day holds with one more line."""
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


_RECIPES, _MAGNESIUM = "improve/recipes.toml", "magnesium_mg"
_SHOWN = (_MAGNESIUM, "calcium_mg", "energy_kcal")


@dataclass(frozen=True, slots=True)
class GivenRecipe:
    """What a recipe holds.

    Parameters
    ----------
    name, servings
        Its name, and how many servings it makes.
    masses
        Food id → mass in all of it, as it is eaten [g].
    unknown
        Its lines that no food of ours surely is.
    """

    name: str
    servings: float
    masses: Mapping[str, float]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecipeChange:
    """A row of ``configs/improve/recipes.toml``, which says what its fields are."""

    text: str
    gone: tuple[str, ...] = ()
    share: float = 0.0
    comes: Mapping[str, float] = field(default_factory=dict)
    adds: Mapping[str, float] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    is_last: bool = False

    def made(self, recipe: GivenRecipe) -> Mapping[str, float]:
        """Return what the recipe holds with this change [g]."""
        masses = dict(recipe.masses)
        for food_id in masses.keys() & {*self.gone}:
            less_g = masses[food_id] * self.share
            masses[food_id] -= less_g
            for come, ratio in self.comes.items():
                masses[come] = masses.get(come, 0.0) + less_g * ratio
        for add, mass_g in self.adds.items():
            masses[add] = masses.get(add, 0.0) + mass_g * recipe.servings
        return masses

    def moved_g(self, recipe: GivenRecipe) -> float:
        """Return the mass in the whole recipe of what goes, or of what is added [g]."""
        after = self.made(recipe)
        ids = self.gone or tuple(self.adds)
        return math.fsum(abs(after.get(one, 0.0) - recipe.masses.get(one, 0.0)) for one in ids)

    def fits(self, recipe: GivenRecipe, foods: FoodTable, avoided: Set[str]) -> bool:
        """Whether a recipe is one that it is for, and it brings nothing that is avoided."""
        held = {*recipe.masses, *(foods[mass].group for mass in recipe.masses)}
        is_for = not self.needs or bool(self.needs & held)
        is_there = not self.gone or not held.isdisjoint(self.gone)
        comes = {*self.comes, *self.adds}
        return is_for and is_there and self.unless.isdisjoint(held) and avoided.isdisjoint(comes)


@dataclass(frozen=True, slots=True)
class ImprovedRecipe:
    """What small changes do for a recipe.

    Parameters
    ----------
    recipe
        As it is written.
    before
        Nutrient → amount in one serving.
    changes
        Each change, and what one serving holds with it alone.
    together
        A serving with all of them.
    """

    recipe: GivenRecipe
    before: Amounts
    changes: tuple[tuple[RecipeChange, Amounts], ...]
    together: Amounts


def improve_recipe(
    recipe: GivenRecipe, foods: FoodTable, avoided: Set[str] = frozenset()
) -> ImprovedRecipe:
    """Find the few changes that bring a serving the most magnesium.

    Where calcium is still too much beside it, less of what brings that takes the last place.

    Parameters
    ----------
    recipe
        The recipe.
    foods
        Its foods, and what may come.
    avoided
        Ids of foods that may not come.
    """
    rules, before = read_settings(_RECIPES)["rules"], _serving(recipe, foods)
    upper = read_settings("targets.toml")["ratio"]["upper"]
    alone = [
        (row, _serving(replace(recipe, masses=row.made(recipe)), foods))
        for row in read_recipe_changes()
        if row.fits(recipe, foods, avoided)
    ]
    gain = {
        id(row): (after[_MAGNESIUM] or 0.0) - (before[_MAGNESIUM] or 0.0) for row, after in alone
    }
    usual = [one for one in alone if not one[0].is_last and gain[id(one[0])] >= rules["least_mg"]]
    usual.sort(key=lambda one: -gain[id(one[0])])
    chosen, last = usual[: rules["most"]], [pair for pair in alone if pair[0].is_last]
    if last and (ratio_of(_together(recipe, chosen, foods)) or 0.0) > upper:
        chosen = [*chosen[: rules["most"] - 1], *last[:1]]
    return ImprovedRecipe(recipe, before, tuple(chosen), _together(recipe, chosen, foods))


@cache
def read_recipe_changes() -> tuple[RecipeChange, ...]:
    """Return the changes that a recipe may have."""
    return tuple(read_row(RecipeChange, row) for row in read_settings(_RECIPES)["change"])


def _together(
    recipe: GivenRecipe, changes: Iterable[tuple[RecipeChange, Amounts]], foods: FoodTable
) -> Amounts:
    for row, _after in changes:
        recipe = replace(recipe, masses=row.made(recipe))
    return _serving(recipe, foods)


def _serving(recipe: GivenRecipe, foods: FoodTable) -> Amounts:
    """Return what one serving holds; a food without a figure adds nothing."""
    return {
        key: math.fsum(
            mass_g * (foods[one].per_100g.get(key) or 0.0) for one, mass_g in recipe.masses.items()
        )
        / (_PER_100_G * recipe.servings)
        for key in _SHOWN
    }
