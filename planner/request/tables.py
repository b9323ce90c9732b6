"""The shape of a request file: every key, its range and the words that explain it.

pydantic checks what people write; ``to_request`` hands over the frozen values of
``planner.request.request``. The descriptions are the comments of a written request.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from planner.language.spoken import mark, said
from planner.request.eater_phrases import EATER_EXAMPLE, read_eater
from planner.request.eater_tables import Bands, EaterTable, Habits, Intakes, overrides
from planner.request.habits import HabitsTable
from planner.request.joining import A_PATH, APART, MINERALS
from planner.request.phrases import read_name, read_tap_water
from planner.request.preferences_table import PreferencesTable
from planner.request.profile_table import ProfileTable
from planner.request.request import PlanRequest, SolveOptions, UsualDiary, Water, Weights, shops_for
from planner.request.values import (
    Minerals,
    Multiplier,
    Name,
    TomlTable,
    above_zero,
    entry,
    in_range,
)
from planner.request.week_table import WeekTable
from planner.request.wish import File, Flag, Number, SaidWish, Typed, wishes_in

_SEARCH, _DIARY = mark("The search"), mark("This diary")
_WATER = mark("Targets, water and supplements")
SCHEMA = "magplan/request/1"


class WeightsTable(TomlTable):
    """What counts how much: 1 is usual, 2 twice, 0 nothing; 0.25 to 4 is wise, up to 100 allowed.

    `magplan request worth PLAN.json` says what each was worth in a plan.
    """

    taste: Multiplier = entry(1.0, mark("likes and dislikes, and dishes that people like"))
    variety: Multiplier = entry(1.0, mark("different foods over the week"))
    cost: Multiplier = entry(1.0, mark("price of the week"))
    effort: Multiplier = entry(1.0, mark("work in the kitchen"))
    waste: Multiplier = entry(1.0, mark("what is left of packages, odd portions"))
    soft_targets: Multiplier = entry(
        1.0, mark("targets that are only wished for, such as vitamin D")
    )

    def to_weights(self) -> Weights:
        """Hand over the frozen value."""
        return Weights(**self.frozen(Weights))


class SolveTable(TomlTable):
    """How long and how closely to search."""

    gap: Annotated[
        float | None,
        Field(gt=0, lt=1),
        Flag(
            _SEARCH,
            mark(
                "Search on until this proven distance from the best, or a fixed amount of work: "
                "some minutes a week. --time-limit ends it sooner; Ctrl-C shows the best so far."
            ),
            Number(between=(0, 1)),
        ),
    ] = entry(None, "stop at this proven distance from the best, a fraction", 0.05)
    time_limit_s: Annotated[
        float | None,
        above_zero("time_limit_s"),
        Flag(
            _SEARCH,
            mark(
                "Seconds to search for, at least one round; without it, a fixed amount of work. "
                "Cheaper weeks for a budget, and ways out of a refusal, are searched after it."
            ),
            Number("time_limit_s", above=True),
            name="time_limit",
        ),
    ] = entry(None, "seconds to search for; without it, a fixed amount of work", 30)
    seed: Annotated[
        int,
        in_range("seed"),
        Flag(_SEARCH, mark("Same seed, same plan."), Number("seed", is_whole=True)),
    ] = entry(0, "same seed and same request, same plan")

    def to_options(self) -> SolveOptions:
        """Hand over the frozen value."""
        return SolveOptions(self.gap, self.time_limit_s, self.seed)


class WaterTable(TomlTable):
    """Your own tap water, and water that you drink and want counted."""

    magnesium_mg_per_l: Minerals = entry(None, "mg/L", 12)
    calcium_mg_per_l: Minerals = entry(None, "mg/L", 60)
    sodium_mg_per_l: Minerals = entry(None, "mg/L", 10)
    drink: Annotated[
        Name | None,
        Flag(
            _WATER,
            mark("Water you drink, to be counted: tap, hepar …"),
            Typed("NAME", read_name),
            name="water",
        ),
    ] = entry(None, "water that is drunk and counted: tap, hepar …", "tap")
    litres_per_day: Annotated[
        float | None,
        above_zero("water_litres"),
        Flag(
            _WATER,
            mark("Litres a day of it; 1 without it."),
            Number("water_litres", above=True),
            name="water_litres",
        ),
    ] = entry(None, "litres a day of it, 1 without it", 1.5)

    def to_water(self) -> Water:
        """Hand over the frozen value."""
        return Water(**self.model_dump())


class UsualTable(TomlTable):
    """What you usually eat, as a diary: the plan stays near to it."""

    diary: Annotated[
        Name,
        Flag(
            _DIARY,
            mark(
                "Stay close to what you eat, using a diary that `magplan analyse` can read: its "
                "meals can be kept at no cost, anything else costs points."
            ),
            File("DIARY.csv"),
            name="usual",
            join=A_PATH,
        ),
    ] = Field(description="diary, counted from this file: day,meal,food,amount,unit")
    matches: Annotated[
        Name | None,
        Flag(
            _DIARY,
            mark("Which food a name of the diary is: name,food_id[,unit,one_is]."),
            File("FILE.csv"),
            join=A_PATH,
        ),
    ] = entry(None, "which food a name of it is: name,food_id", "my_foods.csv")

    def to_value(self) -> UsualDiary:
        """Hand over the frozen value."""
        return UsualDiary(self.diary, self.matches or "")


class RequestTable(TomlTable):
    """A whole request."""

    # "schema" is a method of pydantic's models, so the field needs another name.
    schema_id: Literal["magplan/request/1"] = Field(default="magplan/request/1", alias="schema")
    profile: ProfileTable = Field(default_factory=ProfileTable)
    supplements: Intakes = Field(default=[])
    week: WeekTable = Field(default_factory=WeekTable)
    preferences: PreferencesTable = Field(default_factory=PreferencesTable)
    targets: Bands = Field(default={})
    weights: WeightsTable = Field(default_factory=WeightsTable)
    solve: SolveTable = Field(default_factory=SolveTable)
    water: Annotated[
        WaterTable,
        Flag(
            _WATER,
            mark('Your tap water in mg/L: "mg=12,ca=60,na=10".'),
            Typed("ANALYSIS", read_tap_water),
            name="tap_water",
            join=MINERALS,
        ),
    ] = Field(default_factory=WaterTable)
    habits: Habits = Field(default_factory=HabitsTable)
    usual: UsualTable | None = Field(default=None)
    eaters: Annotated[
        list[EaterTable],
        Flag(
            mark("Several people"),
            said(
                "One of several people who share dinners: {example}; slots=lunch+dinner names the "
                "meals that are shared; repeatable.",
                example=EATER_EXAMPLE,
            ),
            Typed("name=NAME,…", read_eater),
            name="eater",
            join=APART,
        ),
    ] = Field(default=[])

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


TABLES: Mapping[str, type[TomlTable]] = MappingProxyType(
    {
        "profile": ProfileTable,
        "preferences": PreferencesTable,
        "week": WeekTable,
        "solve": SolveTable,
        "water": WaterTable,
        "usual": UsualTable,
        "": RequestTable,
    }
)
WISHES: tuple[SaidWish, ...] = tuple(
    wish for table, model in TABLES.items() for wish in wishes_in(table, model)
)
"""Every wish that a flag says, in the order of the help."""
