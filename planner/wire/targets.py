"""What a person needs: profile, energy and bands, of one standard or of several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from planner.errors import TargetsError
from planner.targets.derive import TargetSet
from planner.targets.target import Target
from planner.wire.base import OPTIONAL, By, Figure, Many, OfEater, Record, Wire
from planner.wire.food import Basis, NutrientKey

Unit = Literal["mg", "ug", "g", "kcal", "percent", "ratio"]
Period = Literal["day", "week"]


class WrittenTarget(Wire):
    """A band of one nutrient.

    Parameters
    ----------
    period
        week: the mean per day over the days of the plan.
    lowered_from
        What is recommended, where the lower bound was set below it by hand.
    """

    nutrient: NutrientKey
    unit: Unit
    lower: Figure | None
    upper: Figure | None
    period: Period
    basis: Basis
    hard: bool
    source: str
    confidence: str
    rule: str = ""
    preferred_lower: Figure | None = None
    preferred_upper: Figure | None = None
    lowered_from: Figure | None = None

    @model_validator(mode="after")
    def _is_a_band(self) -> Self:
        try:
            self.to_target()
        except TargetsError as error:
            raise ValueError(error.what) from None
        return self

    def to_target(self) -> Target:
        """Return the frozen value."""
        return Target(**dict(self))


class WrittenEnergy(Wire):
    """The energy that a day is planned with, and the equation that gave it."""

    kcal: Figure
    equation: str


class CitedEnergy(WrittenEnergy):
    """The energy, with who published the equation."""

    source: str


class SureEnergy(CitedEnergy):
    """The energy, with how sure it is."""

    confidence: str


class WrittenProfile(Wire):
    """Who eats, under the keys of a request file; what few are asked only where it is told."""

    sex: str
    age_y: int = Field(alias="age")
    height_cm: Figure
    weight_kg: Figure
    activity: str
    state: str
    gestation_week: int | None
    lactation_month: int | None
    energy_kcal: Figure | None
    energy_equation: str
    egfr: Figure | None
    serum_mg_mg_dl: Figure | None
    serum_k_mmol_l: Figure | None
    clinic: Annotated[dict[str, Figure], BeforeValidator(dict)]
    conditions: Many[str]
    medicines: Many[str]
    vitamin_k_before_ug: Annotated[Figure | None, OPTIONAL] = None
    clinic_agreed: Annotated[bool, OPTIONAL] = False


class AssumedProfile(WrittenProfile):
    """Who eats, with what nobody gave and was assumed."""

    assumed: Many[str]


class MealBounds(Wire):
    """What conditions and medicines ask of meals and days beside the targets.

    Parameters
    ----------
    meal_upper
        Nutrient key → most of it in one meal.
    meal_carbohydrate_spread_g
        Greatest difference of one meal's carbohydrate between two days [g].
    daily_spread
        Nutrient key → greatest distance of a day from the plan's mean, as a share.
    """

    meal_upper: By[Figure] = Field(alias="upper")
    meal_carbohydrate_spread_g: Figure | None = Field(alias="carbohydrate_within_g")
    meal_carbohydrate_times: Figure | None = Field(alias="carbohydrate_times")
    daily_spread: By[Figure] = Field(alias="days_within_share_of_mean")


class TargetsAnswer(Wire):
    """What ``magplan targets`` answers.

    Parameters
    ----------
    stop
        Why no plan is made for this person; absent for most.
    """

    stop: Annotated[str, OPTIONAL] = ""
    standard: str
    profile: AssumedProfile
    energy: SureEnergy
    ratio_mode: str
    targets: Many[WrittenTarget]
    meals: MealBounds
    notes: Many[str]

    @classmethod
    def of_set(cls, targets: TargetSet, assumed: Sequence[str] = (), **more: str) -> Self:
        """Build it from targets; ``assumed`` names the body fields that nobody gave."""
        profile = AssumedProfile.of(targets.profile, assumed=assumed)
        meals = MealBounds.of(targets, targets.clinical)
        return cls.of(targets, profile=profile, meals=meals, **more)


class EaterTargets(TargetsAnswer, OfEater):
    """The targets of one eater of several."""


class TableTargets(Wire):
    """What ``magplan targets`` answers for a table of several eaters."""

    eaters: Many[EaterTargets]


class ComparedNutrient(Wire):
    """Bands of one nutrient by standard; null where a standard gives nothing."""

    nutrient: str
    unit: str
    basis: str
    day: By[WrittenTarget | None]
    week: By[WrittenTarget | None]


class ComparedRatio(Wire):
    """What a standard means for calcium to magnesium.

    Parameters
    ----------
    reference_ratio
        Calcium over magnesium of the standard's own recommended intakes.
    """

    ratio_mode: str = Field(alias="mode")
    reference_ratio: Figure | None = Field(alias="calcium_over_magnesium_of_reference_values")
    implied_magnesium_mg: Figure | None


class NutrientPlace(Record):
    """A nutrient, and what of it is counted."""

    nutrient: str
    basis: str


class ComparisonAnswer(Wire):
    """What ``magplan targets --compare`` answers: standards side by side, by name.

    Parameters
    ----------
    lacking
        What other standards set and this one does not.
    """

    stop: Annotated[str, OPTIONAL] = ""
    standards: Many[str]
    profile: WrittenProfile
    energy: WrittenEnergy
    nutrients: Many[ComparedNutrient]
    ratio: By[ComparedRatio]
    lacking: By[Many[NutrientPlace]]
    notes: By[Many[str]]
