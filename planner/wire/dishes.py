"""A dish as a cook reads it, with what one serving brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planner.wire.base import ABSENT, By, Figure, Many, Sorted, Wire

if TYPE_CHECKING:
    from planner.improve.recipe import ImprovedRecipe


class DishIngredient(Wire):
    """A food of a dish; the measure is null where servings are scaled."""

    food_id: str
    name: str
    mass_g: Figure
    measure: str | None


class TakenLine(Wire):
    """What a cook takes."""

    food_id: str
    name: str
    note: str
    words: str = Field(alias="amount")
    mass_g: Figure


class WrittenHazard(Wire):
    """A food on which small children choke, and what to do."""

    food_id: str
    what: str
    remedy: str


class DishAnswer(Wire):
    """What ``magplan dishes show`` answers.

    Parameters
    ----------
    servings, recipe_servings
        Servings of everything here, and of the recipe as it is written.
    take
        What a cook takes, in words.
    used, missing
        Where it is listed by what somebody has: which of it it uses, and what it needs beside.
    per_serving
        Nutrient → amount in one serving; null where it is unknown.
    """

    dish_id: str = Field(alias="id")
    name: str
    kind: str
    slots: Many[str]
    cuisine: str
    role: str
    servings: int
    recipe_servings: int
    yield_g: Figure
    minutes: int
    active_minutes: int
    protein: str
    starch: str
    served: str
    tags: Sorted[str]
    keeps_days: int
    taste: Figure
    portions: str | Many[Figure]
    allergens: Many[str]
    diets: Many[str]
    ingredients: Many[DishIngredient]
    take: Many[TakenLine]
    steps: Many[str]
    per_serving: By[Figure | None]
    ca_mg_ratio: Figure | None
    choking_hazards: Many[WrittenHazard] = []
    used: Annotated[Many[str] | None, ABSENT] = None
    missing: Annotated[Many[str] | None, ABSENT] = None


class _ServingHolds(Wire):
    magnesium_mg: Figure
    calcium_mg: Figure
    energy_kcal: Figure


class WrittenRecipeChange(_ServingHolds):
    """A small change of a recipe, and what one serving holds with it alone."""

    change: str


class ImprovedRecipeAnswer(Wire):
    """What ``magplan dishes improve`` answers: one serving as written, and with all changes."""

    name: str
    servings: Figure
    not_counted: Many[str]
    before: _ServingHolds
    after: _ServingHolds
    changes: Many[WrittenRecipeChange]

    @classmethod
    def of_recipe(cls, found: ImprovedRecipe) -> ImprovedRecipeAnswer:
        """Build it from what was found."""
        changes = [WrittenRecipeChange.of(change=row.text, **held) for row, held in found.changes]
        return cls.of(
            found.recipe,
            not_counted=found.recipe.unknown,
            before=_ServingHolds.of(**found.before),
            after=_ServingHolds.of(**found.together),
            changes=changes,
        )
