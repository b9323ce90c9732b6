"""The tables of a request file that each eater has: body, wishes, supplements and bands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from planner.language.spoken import said
from planner.meals.patterns import SLOTS
from planner.request.eater import Eater
from planner.request.habits import HabitsTable
from planner.request.likely import WITH_UNITS, kept_as_said
from planner.request.limits import assumed_body
from planner.request.measures import names_unit, read_serum_magnesium_mg_dl
from planner.request.override import TargetOverride
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import BODY_FIELDS
from planner.request.values import (
    Activity,
    Bound,
    Budget,
    Compound,
    Cups,
    DietId,
    Grades,
    Height,
    LeftOut,
    Name,
    OncePerKey,
    Rule,
    Sex,
    Slot,
    StandardId,
    TargetKey,
    TomlTable,
    Weight,
    above_zero,
    in_range,
    in_units,
    plain,
)
from planner.safety.conditions import flags_instead
from planner.safety.intake import SupplementIntake
from planner.standards.ids import standard_ids


class ProfileTable(TomlTable):
    """Who eats."""

    sex: Sex = Field(default=None, description="f or m: whose reference values to use")
    age: Annotated[int | None, in_range("age"), in_units("age")] = Field(
        default=None, description="completed years"
    )
    height_cm: Height = Field(default=None, description='cm; "5 ft 5 in" and "1.65 m" do as well')
    weight_kg: Weight = Field(
        default=None, description='kg, before pregnancy where pregnant; "143 lb" does as well'
    )
    activity: Activity = Field(
        default=None, description="inactive, low_active, active or very_active"
    )
    state: Literal["none", "pregnant", "lactating"] = Field(
        default="none", description="none, pregnant or lactating"
    )
    gestation_week: Annotated[int | None, in_range("gestation_week")] = Field(
        default=None, description="week of pregnancy, 1 to 42", examples=[20]
    )
    lactation_month: Annotated[int | None, in_range("lactation_month")] = Field(
        default=None, description="months since birth, 0 to 24", examples=[3]
    )
    standard: StandardId = Field(
        default="us", description=f"{', '.join(standard_ids())}, or the path of a CSV"
    )
    energy_kcal: Annotated[float | None, in_range("energy_kcal"), in_units("energy_kcal")] = Field(
        default=None, description="kcal a day; without it, an equation decides", examples=[2000]
    )
    energy_equation: Literal["nasem_2023", "iom_2005", "mifflin"] = Field(
        default="nasem_2023", description="nasem_2023, iom_2005 or mifflin"
    )
    egfr: Annotated[float | None, in_range("egfr"), in_units("egfr")] = Field(
        default=None, description="kidney function, mL/min/1.73 m²", examples=[90]
    )
    serum_mg_mg_dl: Annotated[float | None, in_range("serum_mg_mg_dl")] = Field(
        default=None, description="magnesium in serum, mg/dL", examples=[2.0]
    )
    serum_mg: str | None = Field(
        default=None,
        description="the same with its unit, instead of serum_mg_mg_dl",
        examples=["0.85 mmol/L"],
    )
    serum_k_mmol_l: Annotated[float | None, in_range("serum_k_mmol_l")] = Field(
        default=None, description="potassium in serum, mmol/L (mEq/L is the same)", examples=[4.5]
    )
    clinic: dict[str, Annotated[float, above_zero("target")]] = Field(
        default={},
        description="the most a day that the clinic allows, by nutrient key",
        examples=[{"potassium_mg": 2500}],
    )
    vitamin_k_before_ug: Annotated[float | None, in_range("vitamin_k_before_ug")] = Field(
        default=None,
        description="vitamin K eaten before, µg a day; asked beside warfarin and its like",
        examples=[120],
    )
    conditions: list[Name] = Field(
        default=[],
        description="what a doctor has found",
        examples=[["osteoporosis"]],
    )
    clinic_agreed: bool = Field(
        default=False,
        description='true: a clinic has agreed to an ordinary plan with a condition "other: TEXT"',
    )
    medicines: list[Name] = Field(
        default=[],
        description='what is taken regularly; "ciprofloxacin:2" is twice a day',
        examples=[["levothyroxine"]],
    )
    assumed: list[Literal["sex", "age", "height_cm", "weight_kg", "activity"]] = Field(default=[])
    _confirmed: tuple[str, ...] = PrivateAttr(default=())

    @model_validator(mode="wrap")
    @classmethod
    def _keep_units(
        cls, table: Any, handler: ModelWrapValidatorHandler[ProfileTable]
    ) -> ProfileTable:
        """Remember which figures were written with their unit."""
        checked = handler(table)
        if isinstance(table, Mapping):
            named = (key for key in WITH_UNITS if names_unit(table.get(key)))
            checked._confirmed = tuple(named)
        return checked

    @model_validator(mode="after")
    def _check_state(self) -> ProfileTable:
        for key, state in (("gestation_week", "pregnant"), ("lactation_month", "lactating")):
            if getattr(self, key) is not None and self.state != state:
                raise ValueError(
                    said(
                        "{key} is given, but state is {state!r} — set state to {state_2!r} or "
                        "leave {key} out",
                        key=key,
                        state=self.state,
                        state_2=state,
                    )
                )
        if self.serum_mg is not None and self.serum_mg_mg_dl is not None:
            raise ValueError("serum_mg and serum_mg_mg_dl are both given — keep one")
        plain(lambda _: self.to_profile())(None)
        for text in self.conditions:
            for flag, state in flags_instead(text):
                if self.state != state:
                    raise ValueError(
                        said(
                            "conditions: {text!r} is said by a flag — write --{flag}",
                            text=text,
                            flag=flag,
                        )
                    )
        return self

    def missing(self) -> tuple[str, ...]:
        """Name the keys of ``BODY_FIELDS`` that are not given, or given as assumed."""
        return tuple(
            key for key in BODY_FIELDS if getattr(self, key) is None or key in self.assumed
        )

    def to_profile(self) -> Profile:
        """Fill what is missing from the sample person and the assumed body measures."""
        sample = Profile()
        sex = self.sex or sample.sex
        age_y = sample.age_y if self.age is None else self.age
        height_cm, weight_kg = assumed_body(sex, age_y)
        profile = Profile(
            sex=sex,
            age_y=age_y,
            height_cm=self.height_cm or height_cm,
            weight_kg=self.weight_kg or weight_kg,
            activity=self.activity or sample.activity,
            state=self.state,
            gestation_week=self.gestation_week,
            lactation_month=self.lactation_month,
            energy_kcal=self.energy_kcal,
            energy_equation=self.energy_equation,
            egfr=self.egfr,
            serum_mg_mg_dl=self._serum_mg_dl(),
            serum_k_mmol_l=self.serum_k_mmol_l,
            clinic=tuple(sorted(self.clinic.items())),
            vitamin_k_before_ug=self.vitamin_k_before_ug,
            conditions=tuple(self.conditions),
            medicines=tuple(self.medicines),
            confirmed=self._confirmed,
            clinic_agreed=self.clinic_agreed,
        )
        return replace(profile, confirmed=tuple(sorted(kept_as_said(profile, self.missing()))))

    def _serum_mg_dl(self) -> float | None:
        """Give magnesium in serum [mg/dL] from whichever of the two keys holds it."""
        if self.serum_mg is None:
            return self.serum_mg_mg_dl
        return read_serum_magnesium_mg_dl(self.serum_mg, self.standard)


class SupplementTable(TomlTable):
    """One supplement, antacid or laxative that is taken already."""

    name: Compound = Field(description="compound: `magplan supplements list`")
    amount_mg: Annotated[float, above_zero("supplement_mg")] = Field(description="mg in one dose")
    kind: Literal["elemental", "compound"] = Field(
        description="elemental or compound: what the milligrams of the label count"
    )
    per_day: Annotated[float, above_zero("doses_per_day")] = Field(
        default=1.0, description="doses a day"
    )

    def to_intake(self) -> SupplementIntake:
        """Hand over the frozen value."""
        return SupplementIntake(**self.model_dump())


class PreferencesTable(TomlTable):
    """What the eater wants."""

    diet: DietId = Field(
        default="omnivore", description="omnivore, pescatarian, vegetarian, vegan …"
    )
    without: list[LeftOut] = Field(
        default=[],
        description="allergens, food groups, foods or dishes that may not occur",
        examples=[["peanut"]],
    )
    like: Grades = Field(
        default={}, description="name = 1 (a little) to 3 (much)", examples=[{"oats": 2}]
    )
    dislike: Grades = Field(
        default={}, description="name = 1 (a little) to 3 (much)", examples=[{"kale": 1}]
    )
    per_week: list[Rule] = Field(
        default=[],
        description="servings a week of a food, food group or dish",
        examples=[["fish >= 2", "nuts <= 2"]],
    )
    min_days_between: dict[Name, Annotated[int, in_range("days_between")]] = Field(
        default={},
        description="name = least days from one serving to the next",
        examples=[{"salmon": 3}],
    )
    drinks: Cups = Field(
        default={},
        description="drink = cups a day, drunk with meals and counted: coffee, green tea …",
        examples=[{"coffee": 2}],
    )
    use: dict[Name, Annotated[float, above_zero("use_g")]] = Field(
        default={},
        description="food = grams, as bought, to be used up over the plan",
        examples=[{"lentils, dry": 300}],
    )
    max_minutes: Annotated[int | None, in_range("max_minutes")] = Field(
        default=None, description="longest preparation of a dish, minutes", examples=[45]
    )
    max_minutes_weekday: Annotated[int | None, in_range("max_minutes")] = Field(
        default=None,
        description="longest preparation of a dish on weekdays, minutes",
        examples=[30],
    )
    budget_per_week: Budget = Field(
        default=None,
        description='most that the week may cost, in the money of the shops: 150, "$150", "£120"',
        examples=[150],
    )
    budget_counts: Literal["till", "eaten"] = Field(
        default="till", description="what the budget counts: till, packages whole, or eaten"
    )
    alcohol: bool = Field(default=False, description="true allows drinks with alcohol")
    conservative: bool = Field(
        default=False, description="true: enough magnesium and calcium on what oxalate leaves free"
    )
    history: list[Name] = Field(
        default=[],
        description="earlier plans, whose dishes are left for later; the latest plan last",
        examples=[["last_week/plan.json"]],
    )
    dishes: list[Name] = Field(
        default=[],
        description="folders with dishes of your own, counted from this file",
        examples=[["my_dishes"]],
    )
    allow_supplements: bool = Field(
        default=False, description="true lets the plan add a supplement that no safety rule forbids"
    )
    food_falls_short: bool = Field(default=False)  # found while planning, kept with the plan

    @model_validator(mode="after")
    def _check_grades(self) -> PreferencesTable:
        both = sorted(self.like.keys() & self.dislike.keys())
        if both:
            raise ValueError(
                said(
                    "{names}: liked and disliked at once — keep one of the two",
                    names=", ".join(both),
                )
            )
        return self

    def to_preferences(self, shops: str) -> Preferences:
        """Hand over the frozen value, money as in the country of the shops."""
        budget = self.budget_per_week
        return Preferences(
            diet=self.diet,
            without=tuple(self.without),
            like=MappingProxyType(self.like),
            dislike=MappingProxyType(self.dislike),
            per_week=tuple(self.per_week),
            min_days_between=MappingProxyType(self.min_days_between),
            max_minutes=self.max_minutes,
            budget_per_week=None if budget is None else budget.in_usd(shops),
            budget_counts=self.budget_counts,
            alcohol=self.alcohol,
            conservative=self.conservative,
            max_minutes_weekday=self.max_minutes_weekday,
            history=tuple(self.history),
            dishes=tuple(self.dishes),
            drinks=MappingProxyType(self.drinks),
            use=MappingProxyType(self.use),
        )


class TargetTable(TomlTable):
    """A band set by hand."""

    lower: Bound = Field(default=None, description="at least, per day")
    upper: Bound = Field(default=None, description="at most, per day")
    period: Literal["day", "week"] | None = Field(
        default=None, description="day: each day; week: mean of the week; without it, both"
    )
    hard: bool | None = Field(default=None, description="true: a plan must keep it; false: a wish")

    @model_validator(mode="after")
    def _check_bounds(self) -> TargetTable:
        if self.lower is None and self.upper is None and self.hard is None:
            raise ValueError("neither lower, upper nor hard — give one, or leave the table out")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(
                said(
                    "lower {lower:g} is above upper {upper:g} — swap them, or lower `lower`",
                    lower=self.lower,
                    upper=self.upper,
                )
            )
        return self


Bands = Annotated[dict[TargetKey, TargetTable], OncePerKey]


class EaterTable(TomlTable):
    """One of several eaters."""

    name: Name
    profile: ProfileTable = ProfileTable()
    preferences: PreferencesTable = PreferencesTable()
    slots: list[Slot] = Field(default=["dinner"])
    supplements: list[SupplementTable] = Field(default=[])
    targets: Bands = Field(default={})
    habits: HabitsTable = HabitsTable()

    @model_validator(mode="after")
    def _check_standard(self) -> EaterTable:
        if "standard" in self.profile.model_fields_set:
            raise ValueError("profile: the standard is one for all — put it into [profile]")
        if self.profile.serum_mg is not None:  # a bare number is asked about: no standard is here
            plain(lambda text: read_serum_magnesium_mg_dl(text, ""))(self.profile.serum_mg)
        return self

    def to_eater(self, shops: str) -> Eater:
        """Hand over the frozen value; shared meals in the order of a day, money as in the shops."""
        return Eater(
            name=self.name,
            profile=self.profile.to_profile(),
            preferences=self.preferences.to_preferences(shops),
            slots=tuple(slot for slot in SLOTS if slot in self.slots),
            supplements=tuple(one.to_intake() for one in self.supplements),
            allow_supplements=self.preferences.allow_supplements,
            assumed=self.profile.missing(),
            overrides=overrides(self.targets),
            habits=self.habits.to_habits(),
        )


def overrides(targets: Mapping[str, TargetTable]) -> tuple[TargetOverride, ...]:
    """Give the bands set by hand as frozen values."""
    return tuple(
        TargetOverride(key, band.lower, band.upper, band.period, band.hard)
        for key, band in targets.items()
    )
