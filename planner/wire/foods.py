"""Foods, supplements and dishes, with everything that is held on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planner.wire.base import ABSENT, By, Figure, Many, Sorted, Wire

if TYPE_CHECKING:
    from planner.improve.next_meal import ImprovedRecipe


class WrittenMeasure(Wire):
    """A household measure with its mass."""

    name: str = Field(alias="measure")
    mass_g: Figure = Field(alias="grams")


class WrittenServing(Wire):
    """How much of a food is served, in its measure."""

    measure: str
    least: Figure
    step: Figure
    most: Figure
    most_per_week: Figure | None
    slots: Sorted[str]


class OverlaidFigure(Wire):
    """A figure as it was in the release that another one is laid over."""

    nutrient: str
    release: str
    source_id: str
    value: Figure | None


class FoodVersion(Wire):
    """One version of a kept food.

    Parameters
    ----------
    state
        ``current``, ``former`` or ``doubtful``.
    kept
        When it was kept, as ISO 8601.
    contains
        Allergens that its label states; null where it states nothing.
    doubts
        What is doubtful of it.
    """

    version: int
    state: str
    source: str
    kept: str
    release: str
    per_100g: By[Figure | None]
    contains: Many[str] | None
    may_contain: Sorted[str]
    doubts: Many[str]


class FoodAnswer(Wire):
    """What ``magplan foods show`` answers; an unknown amount is null.

    Parameters
    ----------
    overlay, overlaid
        Nutrient → release that a figure is of instead, and the figures under it.
    estimated
        Nutrients whose figure is an estimate.
    history
        Versions of a food that is kept in the library.
    """

    food_id: str
    name: str
    base: str
    group: str
    aisle: str
    roles: Sorted[str]
    state: str
    per_100g: By[Figure | None]
    measures: Many[WrittenMeasure]
    serving: WrittenServing
    bought_as: str | None
    bought_g_per_100g: Figure
    price_usd_per_100g: Figure | None
    price_source: str
    allergens: Sorted[str]
    origin: Sorted[str]
    flags: Sorted[str]
    release: str
    source_id: str
    fdc_id: str | int | None
    ndb_no: str | int | None
    overlay: By[str]
    overlaid: Many[OverlaidFigure]
    estimated: Many[str]
    history: Many[FoodVersion] = []


class SupplementAnswer(Wire):
    """What ``magplan supplements show`` answers: one compound.

    Parameters
    ----------
    elemental_fraction
        Share of the element in it; null for a vitamin, which counts as itself.
    compound_mg, elemental_mg
        An amount of both; null where not asked.
    """

    name: str
    nutrient: str
    formula: str
    elemental_fraction: Figure | None
    compound_mg: Figure | None
    elemental_mg: Figure | None
    source: str
    aliases: Many[str]
    salt_class: str
    absorption_rank: int
    laxative: str
    note: str
    confidence: str


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
