"""The tables of a request file that each eater has: body, wishes, supplements and bands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from planner.language.spoken import mark, said
from planner.meals.patterns import SLOTS
from planner.request.eater import Eater
from planner.request.habits import HABIT_EXAMPLE, HabitsTable, read_habit, read_habits
from planner.request.joining import BANDS, HABITS, INTAKES, RATIO_MAX, RATIO_MIN
from planner.request.measures import read_serum_magnesium_mg_dl
from planner.request.override import TargetOverride
from planner.request.phrases import read_target
from planner.request.preferences_table import PreferencesTable
from planner.request.profile_table import ProfileTable
from planner.request.values import (
    Bound,
    Compound,
    Name,
    OncePerKey,
    Slot,
    TargetKey,
    TomlTable,
    above_zero,
    entry,
    plain,
)
from planner.request.wish import BODY, Flag, Number, Typed
from planner.safety.intake import SupplementIntake, read_intake

_FOOD, _TARGETS = mark("Food"), mark("Targets, water and supplements")


class SupplementTable(TomlTable):
    """One supplement, antacid or laxative that is taken already."""

    name: Compound = Field(description="compound: `magplan supplements list`")
    amount_mg: Annotated[float, above_zero("supplement_mg")] = Field(description="mg in one dose")
    kind: Literal["elemental", "compound"] = Field(
        description="elemental or compound: what the milligrams of the label count"
    )
    per_day: Annotated[float, above_zero("doses_per_day")] = entry(1.0, "doses a day")

    def to_intake(self) -> SupplementIntake:
        """Hand over the frozen value."""
        return SupplementIntake(**self.model_dump())


class TargetTable(TomlTable):
    """A band set by hand."""

    lower: Bound = entry(None, "at least, per day")
    upper: Bound = entry(None, "at most, per day")
    period: Literal["day", "week"] | None = entry(
        None, "day: each day; week: mean of the week; without it, both"
    )
    hard: bool | None = entry(None, "true: a plan must keep it; false: a wish")

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


Bands = Annotated[
    dict[TargetKey, TargetTable],
    OncePerKey,
    Flag(
        _TARGETS,
        mark('A bound of your own: "magnesium_mg>=450"; repeatable.'),
        Typed("NUTRIENT>=X", read_target),
        name="target",
        join=BANDS,
    ),
    Flag(_TARGETS, mark("Least Ca:Mg."), Number("ratio"), name="ratio_min", join=RATIO_MIN),
    Flag(_TARGETS, mark("Most Ca:Mg."), Number("ratio"), name="ratio_max", join=RATIO_MAX),
]
Intakes = Annotated[
    list[SupplementTable],
    Flag(
        _TARGETS,
        mark(
            'What you take already, antacids and laxatives too: "magnesium citrate:'
            '100mg_elemental", "magnesium oxide:400mg_compound x2"; repeatable.'
        ),
        Typed("NAME:MGmg_elemental|compound", read_intake),
        name="supplement",
        join=INTAKES,
        whose=BODY,
    ),
]
Habits = Annotated[
    HabitsTable,
    Flag(
        _FOOD,
        said(
            'Change what most people are served: "{example}", "milk glasses a day<=2", '
            '"active_minutes_a_day=30"; =usual undoes a change; `magplan request new` lists '
            "them; repeatable.",
            example=HABIT_EXAMPLE,
        ),
        Typed("HABIT<=N", read_habits, "HABIT<=N", reads_all=True),
        name="habit",
        join=HABITS,
        phrase=read_habit,
    ),
]


class EaterTable(TomlTable):
    """One of several eaters."""

    name: Name
    profile: ProfileTable = ProfileTable()
    preferences: PreferencesTable = PreferencesTable()
    slots: list[Slot] = Field(default=["dinner"])
    supplements: Intakes = Field(default=[])
    targets: Bands = Field(default={})
    habits: Habits = HabitsTable()

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
