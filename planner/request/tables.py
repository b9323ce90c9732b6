"""The shape of a request file: every key, its range and the words that explain it.

pydantic checks what people write; ``to_request`` hands over the frozen values of
``planner.request.request``. What is said of the keys stands in ``configs/request/wishes.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from pydantic import Field

from planner.request.eater_phrases import read_eater
from planner.request.eater_tables import Bands, EaterTable, Habits, Intakes, overrides
from planner.request.habits import HabitsTable
from planner.request.joining import APART, MINERALS
from planner.request.phrases import read_name, read_tap_water
from planner.request.preferences import PreferencesTable
from planner.request.profile_table import ProfileTable
from planner.request.request import (
    Effort,
    PlanRequest,
    SolveOptions,
    Water,
    Weights,
    shops_for,
)
from planner.request.values import Minerals, Multiplier, Name, TomlTable, above_zero, in_range
from planner.request.week_table import WeekTable
from planner.request.wish import Flag, Number, OneOf, SaidWish, Typed, wishes_in
from planner.safety.intake import SupplementIntake

SCHEMA = "magplan/request/1"


class WeightsTable(TomlTable):
    """What counts how much: 1 is usual, 2 twice, 0 nothing; 0.25 to 4 is wise, up to 100 allowed.

    `magplan request worth PLAN.json` says what each was worth in a plan.
    """

    taste: Multiplier = 1.0
    variety: Multiplier = 1.0
    cost: Multiplier = 1.0
    effort: Multiplier = 1.0
    waste: Multiplier = 1.0
    soft_targets: Multiplier = 1.0


class SolveTable(TomlTable):
    """How long and how closely to search."""

    effort: Annotated[Effort, Flag(OneOf(get_args(Effort)))] = "usual"
    gap: Annotated[float | None, Field(gt=0, lt=1), Flag(Number(between=(0, 1)))] = None
    time_limit_s: Annotated[
        float | None, above_zero("time_limit_s"), Flag(Number("time_limit_s", above=True))
    ] = None
    seed: Annotated[int, in_range("seed"), Flag(Number("seed", is_whole=True))] = 0


class WaterTable(TomlTable):
    """Your own tap water, and water that you drink and want counted."""

    magnesium_mg_per_l: Minerals = None
    calcium_mg_per_l: Minerals = None
    sodium_mg_per_l: Minerals = None
    drink: Annotated[Name | None, Flag(Typed("NAME", read_name))] = None
    litres_per_day: Annotated[
        float | None, above_zero("water_litres"), Flag(Number("water_litres", above=True))
    ] = None


class RequestTable(TomlTable):
    """A whole request."""

    # "schema" is a method of pydantic's models, so the field needs another name.
    schema_id: Literal["magplan/request/1"] = Field(default="magplan/request/1", alias="schema")
    profile: ProfileTable = ProfileTable()
    supplements: Intakes = []
    week: WeekTable = WeekTable()
    preferences: PreferencesTable = PreferencesTable()
    targets: Bands = {}
    weights: WeightsTable = WeightsTable()
    solve: SolveTable = SolveTable()
    water: Annotated[WaterTable, Flag(Typed("ANALYSIS", read_tap_water), MINERALS)] = WaterTable()
    habits: Habits = HabitsTable()
    eaters: Annotated[list[EaterTable], Flag(Typed("name=NAME,…", read_eater), APART)] = []

    def to_request(self) -> PlanRequest:
        """Hand over the frozen value."""
        week = self.week.to_week(self.profile.standard)
        shops = shops_for(week, self.profile.standard)
        profile, household = self.profile.to_profile(), max(1, len(self.eaters))
        eaters = tuple(one.to_eater(shops, household) for one in self.eaters)
        people = [one.profile for one in eaters] or [profile]
        return PlanRequest(
            profile=profile,
            standard=self.profile.standard,
            preferences=self.preferences.to_preferences(shops, people, household),
            week=week,
            weights=self.weights.to(Weights),
            solve=self.solve.to(SolveOptions),
            overrides=overrides(self.targets),
            water=self.water.to(Water),
            supplements=tuple(one.to(SupplementIntake) for one in self.supplements),
            allow_supplements=self.preferences.allow_supplements,
            food_falls_short=self.preferences.food_falls_short,
            assumed=self.profile.missing(),
            eaters=eaters,
            habits=self.habits.to_habits(),
        )


TABLES: Mapping[str, type[TomlTable]] = MappingProxyType(
    {
        "profile": ProfileTable,
        "preferences": PreferencesTable,
        "week": WeekTable,
        "solve": SolveTable,
        "water": WaterTable,
        "": RequestTable,
    }
)
WISHES: tuple[SaidWish, ...] = tuple(
    wish for table, model in TABLES.items() for wish in wishes_in(table, model)
)
"""Every wish that a flag says, in the order of the help."""
