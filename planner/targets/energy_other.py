"""Named alternatives to the energy equations of 2023: IOM 2005 and Mifflin-St Jeor.

Coefficients are never mixed between equations: each row of ``configs/energy_other.csv`` is one
complete equation for one sex, age band, state and activity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from planner.errors import TargetsError
from planner.language.faults import fault
from planner.request.profile import Profile
from planner.settings import read_rows

_CM_PER = {"cm": 1.0, "m": 100.0}
_FIRST_TRIMESTER = 1


@dataclass(frozen=True, slots=True)
class OtherRow:
    """One complete equation.

    Parameters
    ----------
    equation_id, equation
        Id and name.
    sex, state, activity
        For whom it holds.
    ages_y, months
        Completed years with the upper end exclusive; months since birth, both inclusive.
    trimester
        Trimester of pregnancy; 0 for none.
    intercept_kcal, per_age_y, per_height_cm, per_weight_kg
        Constant term [kcal/day] and coefficients [kcal/day per unit].
    body_factor, total_factor
        Factors of activity: on the terms of height and weight, and on everything but ``add_kcal``.
    add_kcal
        Growth, deposition or milk [kcal/day].
    source, confidence
        Id in ``energy.toml``, and how sure the row is.
    """

    equation_id: str
    equation: str
    sex: str
    state: str
    activity: str
    ages_y: tuple[float, float]
    months: tuple[float, float]
    trimester: int
    intercept_kcal: float
    per_age_y: float
    per_height_cm: float
    per_weight_kg: float
    body_factor: float
    total_factor: float
    add_kcal: float
    source: str
    confidence: str

    def kcal(self, profile: Profile) -> float:
        """Evaluate the equation [kcal/day]."""
        body = self.per_weight_kg * profile.weight_kg + self.per_height_cm * profile.height_cm
        resting = self.intercept_kcal + self.per_age_y * profile.age_y + self.body_factor * body
        return self.total_factor * resting + self.add_kcal

    def holds(self, profile: Profile, trimester: int, month: int) -> bool:
        """Whether the row is for this person."""
        state = profile.state
        if state == "pregnant" and trimester == _FIRST_TRIMESTER:
            state = "none"
        return (
            (self.equation_id, self.sex, self.state, self.activity)
            == (profile.energy_equation, profile.sex, state, profile.activity)
            and self.ages_y[0] <= profile.age_y < self.ages_y[1]
            and self.trimester in (0, trimester)
            and self.months[0] <= month <= self.months[1]
        )


def find_other_row(profile: Profile, trimester: int, month: int) -> OtherRow:
    """Return the row of the equation that ``profile`` names.

    Raises
    ------
    TargetsError
        When that equation does not reach this person.
    """
    for row in read_other_rows():
        if row.holds(profile, trimester, month):
            return row
    state = "" if profile.state == "none" else f", {profile.state}"
    raise fault(TargetsError, "equation_reach", of=profile, state=state)


@cache
def read_other_rows() -> tuple[OtherRow, ...]:
    """Read the alternatives."""
    return tuple(map(_other_row, read_rows("energy_other.csv")))


def _other_row(row: Mapping[str, str]) -> OtherRow:
    factor, on_all = float(row["activity_factor"]), row["factor_on"] == "all"
    return OtherRow(
        row["equation_id"],
        row["equation"],
        row["sex"].lower(),
        row["state"],
        row["activity"],
        (float(row["age_min_y"]), float(row["age_max_y_exclusive"])),
        (float(row["month_min"] or 0), float(row["month_max"] or "inf")),
        int(row["trimester"] or 0),
        *(float(row["intercept_kcal"]), float(row["age_kcal_per_y"])),
        float(row["height_kcal_per_unit"]) / _CM_PER[row["height_unit"]],
        float(row["weight_kcal_per_kg"]),
        *((1.0, factor) if on_all else (factor, 1.0)),
        float(row["add_kcal"]),
        row["source"],
        row["confidence"],
    )
