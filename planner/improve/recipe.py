"""Small changes of one recipe that bring it magnesium and leave the dish what it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cache

from foods.table import FoodTable
from planner.plan.shares import Amounts, ratio_of
from planner.settings import read_row, read_settings

_RECIPES, _MAGNESIUM = "improve/recipes.toml", "magnesium_mg"
_SHOWN = (_MAGNESIUM, "calcium_mg", "energy_kcal")
_PER_100_G = 100


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
        """Give what the recipe holds with this change [g]."""
        masses = dict(recipe.masses)
        for food_id in masses.keys() & {*self.gone}:
            less_g = masses[food_id] * self.share
            masses[food_id] -= less_g
            for one, ratio in self.comes.items():
                masses[one] = masses.get(one, 0.0) + less_g * ratio
        for one, mass_g in self.adds.items():
            masses[one] = masses.get(one, 0.0) + mass_g * recipe.servings
        return masses

    def moved_g(self, recipe: GivenRecipe) -> float:
        """Give the mass in the whole recipe of what goes, or of what is added [g]."""
        after = self.made(recipe)
        ids = self.gone or tuple(self.adds)
        return math.fsum(abs(after.get(one, 0.0) - recipe.masses.get(one, 0.0)) for one in ids)

    def fits(self, recipe: GivenRecipe, foods: FoodTable, avoided: Set[str]) -> bool:
        """Whether a recipe is one that it is for, and it brings nothing that is avoided."""
        held = {*recipe.masses, *(foods[one].group for one in recipe.masses)}
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
    chosen, last = usual[: rules["most"]], [one for one in alone if one[0].is_last]
    if last and (ratio_of(_together(recipe, chosen, foods)) or 0.0) > upper:
        chosen = [*chosen[: rules["most"] - 1], *last[:1]]
    return ImprovedRecipe(recipe, before, tuple(chosen), _together(recipe, chosen, foods))


@cache
def read_recipe_changes() -> tuple[RecipeChange, ...]:
    """Give the changes that a recipe may have."""
    return tuple(read_row(RecipeChange, row) for row in read_settings(_RECIPES)["change"])


def _together(
    recipe: GivenRecipe, changes: Iterable[tuple[RecipeChange, Amounts]], foods: FoodTable
) -> Amounts:
    for row, _after in changes:
        recipe = replace(recipe, masses=row.made(recipe))
    return _serving(recipe, foods)


def _serving(recipe: GivenRecipe, foods: FoodTable) -> Amounts:
    """Give what one serving holds; a food without a figure adds nothing."""
    return {
        key: math.fsum(
            mass_g * (foods[one].per_100g.get(key) or 0.0) for one, mass_g in recipe.masses.items()
        )
        / (_PER_100_G * recipe.servings)
        for key in _SHOWN
    }
