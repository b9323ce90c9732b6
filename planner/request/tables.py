"""The shape of a request file: every key, its range and the words that explain it.

pydantic checks what people write; ``to_request`` hands over the frozen values of
``planner.request.request``. The descriptions are the comments of a written request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from foods.errors import UserFacingError
from foods.supplement import find_supplement
from planner.errors import ConfigError
from planner.meals.patterns import DEFAULT_PATTERN, SLOTS, pattern_ids, read_pattern_id
from planner.request.eater import Eater, Guests
from planner.request.limits import assumed_body, known_ranges
from planner.request.measures import (
    check_height_cm,
    check_weight_kg,
    read_height_cm,
    read_serum_magnesium_mg_dl,
    read_weight_kg,
)
from planner.request.override import TargetOverride
from planner.request.phrases import find_target_key, read_frequency, read_name, read_target_key
from planner.request.preferences import FrequencyRule, Preferences
from planner.request.profile import Profile
from planner.request.request import (
    BODY_FIELDS,
    PlanRequest,
    SolveOptions,
    Water,
    WeekOptions,
    Weights,
)
from planner.request.standard_ids import read_standard_id, standard_ids
from planner.safety.conditions import flags_instead
from planner.safety.intake import SupplementIntake

SCHEMA = "magplan/request/1"


def _plain(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Let a reader's own message pass through pydantic, which collects only ``ValueError``."""

    def checked(value: Any) -> Any:
        try:
            return read(value)
        except UserFacingError as error:
            raise ValueError(str(error)) from None

    return checked


def _in_range(name: str) -> Any:
    likely = known_ranges()[name]
    return Field(ge=likely.low, le=likely.high)


def _above_zero(name: str) -> Any:
    return Field(gt=0, le=known_ranges()[name].high)


def _height(value: Any) -> Any:
    if isinstance(value, str):
        return read_height_cm(value)
    return check_height_cm(value) if _is_number(value) else value


def _weight(value: Any) -> Any:
    if isinstance(value, str):
        return read_weight_kg(value)
    return check_weight_kg(value) if _is_number(value) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _date(value: Any) -> Any:
    """Accept ``2026-03-02`` in quotes too: JSON has no dates."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value!r} is not a date — write 2026-03-02") from None


def _holiday(value: Any) -> Any:
    """Accept the number of a day, which must not be taken for a date, or a date."""
    if isinstance(value, int) and not isinstance(value, bool):
        likely = known_ranges()["days"]
        if not likely.low <= value <= likely.high:
            raise ValueError(f"{value} is no day — write {likely.low:g} to {likely.high:g}")
        return value
    return _date(value)


def _name(value: Any) -> Any:
    return read_name(value) if isinstance(value, str) else value


def _rule(value: Any) -> Any:
    return read_frequency(value) if isinstance(value, str) else value


def _standard(value: Any) -> Any:
    return read_standard_id(value) if isinstance(value, str) else value


def _pattern(value: Any) -> Any:
    return read_pattern_id(value) if isinstance(value, str) else value


def _compound(value: Any) -> Any:
    """Keep the name as written; one that no compound has is answered with the nearest."""
    if isinstance(value, str):
        find_supplement(read_name(value))
    return _name(value)


def _key(value: Any) -> Any:
    return read_target_key(value) if isinstance(value, str) else value


def _check_keys(value: Any) -> Any:
    """Refuse two keys of ``[targets]`` that mean the same, such as magnesium, magnesium_mg."""
    keys = [key for key in map(find_target_key, value) if key] if isinstance(value, dict) else []
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ConfigError(f"{', '.join(twice)} given twice", remedy="keep one of the two tables")
    return value


Name = Annotated[str, BeforeValidator(_plain(_name))]
TargetKey = Annotated[str, BeforeValidator(_plain(_key))]
Grades = dict[Name, Annotated[int, _in_range("grade")]]
Slot = Literal["breakfast", "lunch", "dinner", "snack"]
Multiplier = Annotated[float, _in_range("weight")]
Minerals = Annotated[float | None, _in_range("water_mg_per_l")]
Bound = Annotated[float | None, _in_range("target")]


class Table(BaseModel):
    """A table of the request file: exact types, no unknown keys, no NaN and no infinity."""

    model_config = ConfigDict(
        strict=True, extra="forbid", allow_inf_nan=False, arbitrary_types_allowed=True
    )


class ProfileTable(Table):
    """Who eats."""

    sex: Literal["f", "m"] | None = Field(
        default=None, description="f or m: whose reference values to use"
    )
    age: Annotated[int | None, _in_range("age")] = Field(
        default=None, description="completed years"
    )
    height_cm: Annotated[float | None, BeforeValidator(_plain(_height))] = Field(
        default=None, description='cm; "5 ft 5 in" and "1.65 m" do as well'
    )
    weight_kg: Annotated[float | None, BeforeValidator(_plain(_weight))] = Field(
        default=None, description='kg, before pregnancy where pregnant; "143 lb" does as well'
    )
    activity: Literal["inactive", "low_active", "active", "very_active"] | None = Field(
        default=None, description="inactive, low_active, active or very_active"
    )
    state: Literal["none", "pregnant", "lactating"] = Field(
        default="none", description="none, pregnant or lactating"
    )
    gestation_week: Annotated[int | None, _in_range("gestation_week")] = Field(
        default=None, description="week of pregnancy, 1 to 42", examples=[20]
    )
    lactation_month: Annotated[int | None, _in_range("lactation_month")] = Field(
        default=None, description="months since birth, 0 to 24", examples=[3]
    )
    standard: Annotated[str, BeforeValidator(_plain(_standard))] = Field(
        default="us", description=f"{', '.join(standard_ids())}, or the path of a CSV"
    )
    energy_kcal: Annotated[float | None, _in_range("energy_kcal")] = Field(
        default=None, description="kcal a day; without it, an equation decides", examples=[2000]
    )
    energy_equation: Literal["nasem_2023", "iom_2005", "mifflin"] = Field(
        default="nasem_2023", description="nasem_2023, iom_2005 or mifflin"
    )
    egfr: Annotated[float | None, _in_range("egfr")] = Field(
        default=None, description="kidney function, mL/min/1.73 m²", examples=[90]
    )
    serum_mg_mg_dl: Annotated[float | None, _in_range("serum_mg_mg_dl")] = Field(
        default=None, description="magnesium in serum, mg/dL", examples=[2.0]
    )
    serum_mg: str | None = Field(
        default=None,
        description="the same with its unit, instead of serum_mg_mg_dl",
        examples=["0.85 mmol/L"],
    )
    serum_k_mmol_l: Annotated[float | None, _in_range("serum_k_mmol_l")] = Field(
        default=None, description="potassium in serum, mmol/L (mEq/L is the same)", examples=[4.5]
    )
    clinic: dict[str, Annotated[float, _above_zero("target")]] = Field(
        default={},
        description="the most a day that the clinic allows, by nutrient key",
        examples=[{"potassium_mg": 2500}],
    )
    vitamin_k_before_ug: Annotated[float | None, _in_range("vitamin_k_before_ug")] = Field(
        default=None,
        description="vitamin K eaten before, µg a day; asked beside warfarin and its like",
        examples=[120],
    )
    conditions: list[Name] = Field(
        default=[],
        description="what a doctor has found",
        examples=[["osteoporosis"]],
    )
    medicines: list[Name] = Field(
        default=[],
        description='what is taken regularly; "ciprofloxacin:2" is twice a day',
        examples=[["levothyroxine"]],
    )
    assumed: list[Literal["sex", "age", "height_cm", "weight_kg", "activity"]] = []

    @model_validator(mode="after")
    def _check_state(self) -> ProfileTable:
        for key, state in (("gestation_week", "pregnant"), ("lactation_month", "lactating")):
            if getattr(self, key) is not None and self.state != state:
                raise ValueError(
                    f"{key} is given, but state is {self.state!r} — set state to {state!r} "
                    f"or leave {key} out"
                )
        if self.serum_mg is not None and self.serum_mg_mg_dl is not None:
            raise ValueError("serum_mg and serum_mg_mg_dl are both given — keep one")
        _plain(lambda _: self.to_profile())(None)
        for text in self.conditions:
            for flag, state in flags_instead(text):
                if self.state != state:
                    raise ValueError(f"conditions: {text!r} is said by a flag — write --{flag}")
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
        return Profile(
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
        )

    def _serum_mg_dl(self) -> float | None:
        """Give magnesium in serum [mg/dL] from whichever of the two keys holds it."""
        if self.serum_mg is None:
            return self.serum_mg_mg_dl
        return read_serum_magnesium_mg_dl(self.serum_mg, self.standard)


class SupplementTable(Table):
    """One supplement, antacid or laxative that is taken already."""

    name: Annotated[str, BeforeValidator(_plain(_compound))] = Field(
        description="compound: `magplan supplements list`"
    )
    amount_mg: Annotated[float, _above_zero("supplement_mg")] = Field(description="mg in one dose")
    kind: Literal["elemental", "compound"] = Field(
        description="elemental or compound: what the milligrams of the label count"
    )
    per_day: Annotated[float, _above_zero("doses_per_day")] = Field(
        default=1.0, description="doses a day"
    )

    def to_intake(self) -> SupplementIntake:
        """Hand over the frozen value."""
        return SupplementIntake(**self.model_dump())


class SkipTable(Table):
    """A meal that is not planned."""

    day: Annotated[int, _in_range("days")]
    slot: Slot
    eaten: Literal["out", "nothing"] = "out"


class GuestTable(Table):
    """Guests at a meal."""

    day: Annotated[int, _in_range("days")]
    slot: Slot
    count: Annotated[int, _in_range("guests")] = 1


class WeekTable(Table):
    """Which days and meals are planned."""

    days: Annotated[int, _in_range("days")] = Field(default=7, description="days to plan, 1 to 28")
    start: Annotated[date | None, BeforeValidator(_date)] = Field(
        default=None, description="date of the first day", examples=[date(2026, 3, 2)]
    )
    slots: list[Slot] = Field(
        default=list(get_args(Slot)), description="meals of a day: breakfast, lunch, dinner, snack"
    )
    skip: list[SkipTable] = Field(
        default=[],
        description="meals not planned: eaten out, or nothing eaten and the others carry the day",
        examples=[[{"day": 3, "slot": "dinner", "eaten": "out"}]],
    )
    units: Literal["us", "metric"] | None = Field(
        default=None,
        description="us or metric amounts; without it, the standard decides",
        examples=["us"],
    )
    pattern: Annotated[str, BeforeValidator(_plain(_pattern))] = Field(
        default=DEFAULT_PATTERN,
        description=f"how meals are built: {', '.join(pattern_ids())}, or the path of your own",
    )
    hemisphere: Literal["north", "south"] = Field(
        default="north", description="north or south: whose seasons hold, where there is a start"
    )
    guests: list[GuestTable] = Field(
        default=[],
        description="guests at a meal: each gets a standard serving of its dishes",
        examples=[[{"day": 6, "slot": "dinner", "count": 2}]],
    )
    cycle: Annotated[int | None, _in_range("cycle")] = Field(
        default=None,
        description="days after which the menu comes again: 7, 14 or 21",
        examples=[14],
    )
    holidays: list[Annotated[int | date, BeforeValidator(_holiday)]] = Field(
        default=[],
        description="days with the time of a weekend, by number or date",
        examples=[["2026-12-25"]],
    )

    def to_week(self) -> WeekOptions:
        """Put the slots into the order of a day; no slot named means all of them."""
        slots = tuple(slot for slot in SLOTS if slot in self.slots) or SLOTS
        skip = tuple((skipped.day, skipped.slot) for skipped in self.skip)
        none = tuple((one.day, one.slot) for one in self.skip if one.eaten == "nothing")
        guests = tuple(Guests(one.day, one.slot, one.count) for one in self.guests)
        return WeekOptions(
            self.days,
            self.start,
            slots,
            skip,
            self.units,
            self.pattern,
            self.hemisphere,
            guests,
            none,
            self.cycle,
            tuple(dict.fromkeys(self.holidays)),
        )


class PreferencesTable(Table):
    """What the eater wants."""

    diet: Name = Field(default="omnivore", description="omnivore, pescatarian, vegetarian, vegan …")
    without: list[Name] = Field(
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
    per_week: list[Annotated[FrequencyRule, BeforeValidator(_plain(_rule))]] = Field(
        default=[],
        description="servings a week of a food, food group or dish",
        examples=[["fish >= 2", "nuts <= 2"]],
    )
    min_days_between: dict[Name, Annotated[int, _in_range("days_between")]] = Field(
        default={},
        description="name = least days from one serving to the next",
        examples=[{"salmon": 3}],
    )
    max_minutes: Annotated[int | None, _in_range("max_minutes")] = Field(
        default=None, description="longest preparation of a dish, minutes", examples=[45]
    )
    max_minutes_weekday: Annotated[int | None, _in_range("max_minutes")] = Field(
        default=None,
        description="longest preparation of a dish on weekdays, minutes",
        examples=[30],
    )
    budget_per_week: Annotated[float | None, _in_range("budget_per_week")] = Field(
        default=None, description="most that the week may cost, USD", examples=[90]
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

    @model_validator(mode="after")
    def _check_grades(self) -> PreferencesTable:
        both = sorted(self.like.keys() & self.dislike.keys())
        if both:
            raise ValueError(f"{', '.join(both)}: liked and disliked at once — keep one of the two")
        return self

    def to_preferences(self) -> Preferences:
        """Hand over the frozen value."""
        return Preferences(
            diet=self.diet,
            without=tuple(self.without),
            like=MappingProxyType(self.like),
            dislike=MappingProxyType(self.dislike),
            per_week=tuple(self.per_week),
            min_days_between=MappingProxyType(self.min_days_between),
            max_minutes=self.max_minutes,
            budget_per_week=self.budget_per_week,
            alcohol=self.alcohol,
            conservative=self.conservative,
            max_minutes_weekday=self.max_minutes_weekday,
            history=tuple(self.history),
            dishes=tuple(self.dishes),
        )


class TargetTable(Table):
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
                f"lower {self.lower:g} is above upper {self.upper:g} — swap them, or lower `lower`"
            )
        return self


class WeightsTable(Table):
    """What counts how much: 1 is the default, 0 switches a term off."""

    taste: Multiplier = Field(default=1.0, description="likes and dislikes")
    variety: Multiplier = Field(default=1.0, description="different foods over the week")
    cost: Multiplier = Field(default=1.0, description="price of the week")
    effort: Multiplier = Field(default=1.0, description="time in the kitchen")
    waste: Multiplier = Field(default=1.0, description="opened packages left over")
    soft_targets: Multiplier = Field(default=1.0, description="targets that are wishes")

    def to_weights(self) -> Weights:
        """Hand over the frozen value."""
        return Weights(**self.model_dump())


class SolveTable(Table):
    """How long and how closely to search."""

    gap: Annotated[float | None, Field(gt=0, lt=1)] = Field(
        default=None,
        description="stop at this proven distance from the best, a fraction",
        examples=[0.05],
    )
    time_limit_s: Annotated[float | None, _above_zero("time_limit_s")] = Field(
        default=None, description="seconds; without it, a fixed amount of work", examples=[30]
    )
    seed: Annotated[int, _in_range("seed")] = Field(
        default=0, description="same seed and same request, same plan"
    )

    def to_options(self) -> SolveOptions:
        """Hand over the frozen value."""
        return SolveOptions(self.gap, self.time_limit_s, self.seed)


class WaterTable(Table):
    """Your own tap water, and water that you drink and want counted."""

    magnesium_mg_per_l: Minerals = Field(default=None, description="mg/L", examples=[12])
    calcium_mg_per_l: Minerals = Field(default=None, description="mg/L", examples=[60])
    sodium_mg_per_l: Minerals = Field(default=None, description="mg/L", examples=[10])
    drink: Name | None = Field(
        default=None, description="water that is drunk and counted: tap, hepar …", examples=["tap"]
    )
    litres_per_day: Annotated[float | None, _above_zero("water_litres")] = Field(
        default=None, description="litres a day of it, 1 without it", examples=[1.5]
    )

    def to_water(self) -> Water:
        """Hand over the frozen value."""
        return Water(**self.model_dump())


class EaterTable(Table):
    """One of several eaters."""

    name: Name
    profile: ProfileTable = ProfileTable()
    preferences: PreferencesTable = PreferencesTable()
    slots: list[Slot] = ["dinner"]
    supplements: list[SupplementTable] = []
    targets: Annotated[dict[TargetKey, TargetTable], BeforeValidator(_plain(_check_keys))] = {}

    @model_validator(mode="after")
    def _check_standard(self) -> EaterTable:
        if "standard" in self.profile.model_fields_set:
            raise ValueError("profile: the standard is one for all — put it into [profile]")
        if self.profile.serum_mg is not None:  # a bare number is asked about: no standard is here
            _plain(lambda text: read_serum_magnesium_mg_dl(text, ""))(self.profile.serum_mg)
        return self

    def to_eater(self) -> Eater:
        """Hand over the frozen value; shared meals in the order of a day."""
        return Eater(
            name=self.name,
            profile=self.profile.to_profile(),
            preferences=self.preferences.to_preferences(),
            slots=tuple(slot for slot in SLOTS if slot in self.slots),
            supplements=tuple(one.to_intake() for one in self.supplements),
            allow_supplements=self.preferences.allow_supplements,
            assumed=self.profile.missing(),
            overrides=_overrides(self.targets),
        )


class RequestTable(Table):
    """A whole request."""

    # "schema" is a method of pydantic's models, so the field needs another name.
    schema_id: Literal["magplan/request/1"] = Field(default="magplan/request/1", alias="schema")
    profile: ProfileTable = Field(default_factory=ProfileTable)
    supplements: list[SupplementTable] = []
    week: WeekTable = Field(default_factory=WeekTable)
    preferences: PreferencesTable = Field(default_factory=PreferencesTable)
    targets: Annotated[dict[TargetKey, TargetTable], BeforeValidator(_plain(_check_keys))] = {}
    weights: WeightsTable = Field(default_factory=WeightsTable)
    solve: SolveTable = Field(default_factory=SolveTable)
    water: WaterTable = Field(default_factory=WaterTable)
    eaters: list[EaterTable] = []

    def to_request(self) -> PlanRequest:
        """Hand over the frozen value."""
        return PlanRequest(
            profile=self.profile.to_profile(),
            standard=self.profile.standard,
            preferences=self.preferences.to_preferences(),
            week=self.week.to_week(),
            weights=self.weights.to_weights(),
            solve=self.solve.to_options(),
            overrides=_overrides(self.targets),
            water=self.water.to_water(),
            supplements=tuple(one.to_intake() for one in self.supplements),
            allow_supplements=self.preferences.allow_supplements,
            assumed=self.profile.missing(),
            eaters=tuple(one.to_eater() for one in self.eaters),
        )


def _overrides(targets: Mapping[str, TargetTable]) -> tuple[TargetOverride, ...]:
    return tuple(
        TargetOverride(key, band.lower, band.upper, band.period, band.hard)
        for key, band in targets.items()
    )
