"""The tables of a request file that each eater has: body, wishes, supplements and bands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import model_validator

from planner.faults import fault_said
from planner.meals.patterns import SLOTS
from planner.request import values
from planner.request.eater import Eater
from planner.request.habits import HabitsTable, read_habit, read_habits, write_habits
from planner.request.joining import BANDS, BANDS_AT_ONCE, HABITS, INTAKES, RATIO_MAX, RATIO_MIN
from planner.request.measures import read_serum_magnesium_mg_dl
from planner.request.override import TargetOverride
from planner.request.phrases import read_macros, read_target, write_macros, write_targets
from planner.request.preferences import PreferencesTable
from planner.request.profile_table import ProfileTable
from planner.request.wish import Flag, Number, Typed
from planner.safety.intake import SupplementIntake, read_intake, write_intakes


class SupplementTable(values.TomlTable):
    """One supplement, antacid or laxative that is taken already."""

    name: values.Compound
    amount_mg: Annotated[float, values.above_zero("supplement_mg")]
    kind: Literal["elemental", "compound"]
    per_day: Annotated[float, values.above_zero("doses_per_day")] = 1.0


class TargetTable(values.TomlTable):
    """A band set by hand."""

    lower: values.Bound = None
    upper: values.Bound = None
    period: Literal["day", "week"] | None = None
    hard: bool | None = None

    @model_validator(mode="after")
    def _check_bounds(self) -> TargetTable:
        if self.lower is None and self.upper is None and self.hard is None:
            raise ValueError("neither lower, upper nor hard — give one, or leave the table out")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(fault_said("lower_above_upper", lower=self.lower, upper=self.upper))
        return self


def _side_of(text: str) -> tuple[str, dict[str, float]]:
    """Read ``"fat_pct_energy<=45"`` as a side of a band, in the shape of ``[targets]``."""
    band = read_target(text)
    return band.nutrient, band.sides


def _sides_of_macros(text: str) -> dict[str, dict[str, float]]:
    """Read ``"40/30/30"`` as bands in the shape of ``[targets]``."""
    return {band.nutrient: band.sides for band in read_macros(text)}


Bands = Annotated[
    dict[values.TargetKey, TargetTable],
    values.OncePerKey,
    Flag(
        Typed("C/P/F", read_macros, in_phrase=_sides_of_macros, write=write_macros),
        BANDS_AT_ONCE,
        row="macros",
    ),
    Flag(Typed("NUTRIENT>=X", read_target, in_phrase=_side_of, write=write_targets), BANDS),
    Flag(Number("ratio"), RATIO_MIN, row="ratio_min"),
    Flag(Number("ratio"), RATIO_MAX, row="ratio_max"),
]
Intakes = Annotated[
    list[SupplementTable],
    Flag(Typed("NAME:MGmg_elemental|compound", read_intake, write=write_intakes), INTAKES),
]
_HABIT = Typed("HABIT<=N", read_habits, "HABIT<=N", True, in_phrase=read_habit, write=write_habits)
Habits = Annotated[HabitsTable, Flag(_HABIT, HABITS)]


class EaterTable(values.TomlTable):
    """One of several eaters."""

    name: values.Name
    profile: ProfileTable = ProfileTable()
    preferences: PreferencesTable = PreferencesTable()
    slots: list[values.Slot] = ["dinner"]
    supplements: Intakes = []
    targets: Bands = {}
    habits: Habits = HabitsTable()
    days: list[values.PutDay] = []
    count: Annotated[int, values.in_range("of_a_kind")] = 1

    @model_validator(mode="after")
    def _check_standard(self) -> EaterTable:
        if "standard" in self.profile.model_fields_set:
            raise ValueError("profile: the standard is one for all — put it into [profile]")
        if self.profile.serum_mg is not None:  # a bare number is asked about: no standard is here
            values.plain(lambda text: read_serum_magnesium_mg_dl(text, ""))(self.profile.serum_mg)
        return self

    def to_eater(self, shops: str, household: int) -> Eater:
        """Hand over the frozen value; shared meals in the order of a day, money as in the shops."""
        profile = self.profile.to_profile()
        return Eater(
            name=self.name,
            profile=profile,
            preferences=self.preferences.to_preferences(shops, [profile], household),
            slots=tuple(slot for slot in SLOTS if slot in self.slots),
            supplements=tuple(one.to(SupplementIntake) for one in self.supplements),
            allow_supplements=self.preferences.allow_supplements,
            assumed=self.profile.missing(),
            overrides=overrides(self.targets),
            habits=self.habits.to_habits(),
            days=tuple(map(str, self.days)),
            count=self.count,
        )


def overrides(targets: Mapping[str, TargetTable]) -> tuple[TargetOverride, ...]:
    """Give the bands set by hand as frozen values."""
    return tuple(band.to(TargetOverride, nutrient=key) for key, band in targets.items())
