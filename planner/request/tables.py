"""The shape of a request file: every key, its range and the words that explain it.

pydantic checks what people write; ``to_request`` hands over the frozen values of
``planner.request.request``. The descriptions are the comments of a written request.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator

from planner.language.spoken import mark
from planner.meals.patterns import DEFAULT_PATTERN, SLOTS, pattern_ids
from planner.request.eater import Guests
from planner.request.eater_tables import (
    Bands,
    EaterTable,
    PreferencesTable,
    ProfileTable,
    SupplementTable,
    overrides,
)
from planner.request.habits import HabitsTable
from planner.request.put import Put
from planner.request.request import (
    AtHome,
    PlanRequest,
    SolveOptions,
    UsualDiary,
    Water,
    WeekOptions,
    Weights,
    known_shops,
    shops_for,
)
from planner.request.values import (
    DayName,
    Holiday,
    Minerals,
    Multiplier,
    Name,
    PatternId,
    PutDay,
    Shops,
    Slot,
    Start,
    TomlTable,
    above_zero,
    in_range,
    numbered,
)

SCHEMA = "magplan/request/1"


class SkipTable(TomlTable):
    """A meal that is not planned."""

    day: DayName
    slot: Slot
    eaten: Literal["out", "nothing"] = "out"


class PutTable(TomlTable):
    """A dish on a meal of a day."""

    day: PutDay
    slot: Slot
    dish: Name
    eater: Name | None = None

    def to_put(self) -> Put:
        """Hand over the frozen value."""
        return Put(self.day, self.slot, self.dish, self.eater or "")


class AtHomeTable(TomlTable):
    """A food that is at home."""

    food: Name
    amount: Annotated[float, above_zero("pantry_amount")]
    unit: Name
    days: Annotated[int | None, Field(ge=0)] = None

    def to_value(self) -> AtHome:
        """Hand over the frozen value."""
        return AtHome(self.food, self.amount, self.unit, self.days)


class GuestTable(TomlTable):
    """Guests at a meal."""

    day: DayName
    slot: Slot
    count: Annotated[int, in_range("guests")] = 1


class WeekTable(TomlTable):
    """Which days and meals are planned."""

    days: Annotated[int, in_range("days")] = Field(default=7, description="days to plan, 1 to 28")
    start: Start = Field(
        default=None, description="date of the first day", examples=[date(2026, 3, 2)]
    )
    cycle: Annotated[int | None, in_range("cycle")] = Field(
        default=None,
        description="days after which the menu comes again: 7, 14 or 21",
        examples=[14],
    )
    slots: list[Slot] = Field(
        default=list(get_args(Slot)), description="meals of a day: breakfast, lunch, dinner, snack"
    )
    skip: list[SkipTable] = Field(
        default=[],
        description="meals not planned, the day by number, weekday or date: eaten out, or nothing "
        "eaten and the others carry the day",
        examples=[[{"day": 3, "slot": "dinner", "eaten": "out"}]],
    )
    units: Literal["us", "metric"] | None = Field(
        default=None,
        description="us or metric amounts; without it, the standard decides",
        examples=["us"],
    )
    pattern: PatternId = Field(
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
    holidays: list[Holiday] = Field(
        default=[],
        description="days with the time of a weekend, by number, weekday or date",
        examples=[["2026-12-25"]],
    )
    put: list[PutTable] = Field(
        default=[],
        description='a dish on a meal: day 3, "fri", "every fri" or a date; eater: whose meal',
        examples=[[{"day": "fri", "slot": "dinner", "dish": "pizza"}]],
    )

    shops: Shops | None = Field(
        default=None,
        description=f"country of the shops: {', '.join(known_shops())}; without it by standard "
        "and units",
        examples=["uk"],
    )
    pantry: list[AtHomeTable] = Field(
        default=[],
        description="what is at home before the first day; days: how long it is still good",
        examples=[[{"food": "white rice, dry", "amount": 500, "unit": "g"}]],
    )
    cupboard: Literal["usual", "empty"] | None = Field(
        default=None,
        description="usual: what most kitchens have is at home too; empty: nothing more; without "
        "it, usual unless a pantry is given",
        examples=["empty"],
    )

    @field_validator("skip", "guests", "holidays", mode="after")
    @classmethod
    def _number_days(cls, value: list[Any], info: ValidationInfo) -> list[Any]:
        """Give the numbers of days that are called by a weekday or date: each day so called."""
        count, start = info.data.get("days"), info.data.get("start")
        if count is None or "start" not in info.data:
            return value  # told as a fault of its own
        return numbered(value, min(count, info.data.get("cycle") or count), start)

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
            tuple(dict.fromkeys(one.to_put() for one in self.put)),
            self.shops,
            tuple(one.to_value() for one in self.pantry),
            self.cupboard,
        )


class WeightsTable(TomlTable):
    """What counts how much: 1 is usual, 2 twice, 0 nothing; 0.25 to 4 is wise, up to 100 allowed.

    `magplan request worth PLAN.json` says what each was worth in a plan.
    """

    taste: Multiplier = Field(
        default=1.0, description=mark("likes and dislikes, and dishes that people like")
    )
    variety: Multiplier = Field(default=1.0, description=mark("different foods over the week"))
    cost: Multiplier = Field(default=1.0, description=mark("price of the week"))
    effort: Multiplier = Field(default=1.0, description=mark("work in the kitchen"))
    waste: Multiplier = Field(
        default=1.0, description=mark("what is left of packages, odd portions")
    )
    soft_targets: Multiplier = Field(
        default=1.0, description=mark("targets that are only wished for, such as vitamin D")
    )

    def to_weights(self) -> Weights:
        """Hand over the frozen value."""
        return Weights(**self.model_dump())


class SolveTable(TomlTable):
    """How long and how closely to search."""

    gap: Annotated[float | None, Field(gt=0, lt=1)] = Field(
        default=None,
        description="stop at this proven distance from the best, a fraction",
        examples=[0.05],
    )
    time_limit_s: Annotated[float | None, above_zero("time_limit_s")] = Field(
        default=None,
        description="seconds to search for; without it, a fixed amount of work",
        examples=[30],
    )
    seed: Annotated[int, in_range("seed")] = Field(
        default=0, description="same seed and same request, same plan"
    )

    def to_options(self) -> SolveOptions:
        """Hand over the frozen value."""
        return SolveOptions(self.gap, self.time_limit_s, self.seed)


class WaterTable(TomlTable):
    """Your own tap water, and water that you drink and want counted."""

    magnesium_mg_per_l: Minerals = Field(default=None, description="mg/L", examples=[12])
    calcium_mg_per_l: Minerals = Field(default=None, description="mg/L", examples=[60])
    sodium_mg_per_l: Minerals = Field(default=None, description="mg/L", examples=[10])
    drink: Name | None = Field(
        default=None, description="water that is drunk and counted: tap, hepar …", examples=["tap"]
    )
    litres_per_day: Annotated[float | None, above_zero("water_litres")] = Field(
        default=None, description="litres a day of it, 1 without it", examples=[1.5]
    )

    def to_water(self) -> Water:
        """Hand over the frozen value."""
        return Water(**self.model_dump())


class UsualTable(TomlTable):
    """What you usually eat, as a diary: the plan stays near to it."""

    diary: Name = Field(description="diary, counted from this file: day,meal,food,amount,unit")
    matches: Name | None = Field(
        default=None,
        description="which food a name of it is: name,food_id",
        examples=["my_foods.csv"],
    )

    def to_value(self) -> UsualDiary:
        """Hand over the frozen value."""
        return UsualDiary(self.diary, self.matches or "")


class RequestTable(TomlTable):
    """A whole request."""

    # "schema" is a method of pydantic's models, so the field needs another name.
    schema_id: Literal["magplan/request/1"] = Field(default="magplan/request/1", alias="schema")
    profile: ProfileTable = Field(default_factory=ProfileTable)
    supplements: list[SupplementTable] = Field(default=[])
    week: WeekTable = Field(default_factory=WeekTable)
    preferences: PreferencesTable = Field(default_factory=PreferencesTable)
    targets: Bands = Field(default={})
    weights: WeightsTable = Field(default_factory=WeightsTable)
    solve: SolveTable = Field(default_factory=SolveTable)
    water: WaterTable = Field(default_factory=WaterTable)
    habits: HabitsTable = Field(default_factory=HabitsTable)
    usual: UsualTable | None = Field(default=None)
    eaters: list[EaterTable] = Field(default=[])

    def to_request(self) -> PlanRequest:
        """Hand over the frozen value."""
        week = self.week.to_week()
        shops = shops_for(week, self.profile.standard)
        return PlanRequest(
            profile=self.profile.to_profile(),
            standard=self.profile.standard,
            preferences=self.preferences.to_preferences(shops),
            week=week,
            weights=self.weights.to_weights(),
            solve=self.solve.to_options(),
            overrides=overrides(self.targets),
            water=self.water.to_water(),
            supplements=tuple(one.to_intake() for one in self.supplements),
            allow_supplements=self.preferences.allow_supplements,
            food_falls_short=self.preferences.food_falls_short,
            assumed=self.profile.missing(),
            eaters=tuple(one.to_eater(shops) for one in self.eaters),
            habits=self.habits.to_habits(),
            usual=self.usual.to_value() if self.usual else None,
        )
