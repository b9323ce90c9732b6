"""How much energy a person needs: the equations of the National Academies (2023), or another.

Height counts in centimetres. Under 19 the equations for children hold, with an allowance for
growth at every level of activity; in pregnancy the equations of the second and third trimester
take the weight before it; lactation adds to the need without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from planner.errors import TargetsError
from planner.language.faults import fault
from planner.language.spoken import mark, said
from planner.request.profile import Profile
from planner.safety.person import body_mass_index
from planner.safety.stops import energy_by_goal, energy_floor_kcal
from planner.settings import read_rows, read_settings
from planner.targets.energy_other import find_other_row
from planner.targets.words import note

DEFAULT_EQUATION = "nasem_2023"

_FIRST_TRIMESTER = 1


@dataclass(frozen=True, slots=True)
class Energy:
    """Energy that a day's plan holds.

    Parameters
    ----------
    kcal
        Energy [kcal/day].
    equation
        Equation that gave it, or ``"as asked for"``.
    source, confidence
        Citation, and how sure it is.
    notes
        What was assumed, in sentences.
    """

    kcal: float
    equation: str
    source: str
    confidence: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnergyRow:
    """One equation of ``configs/energy.csv``.

    Parameters
    ----------
    equation, sex, state, activity
        Name, and for whom it holds; activity ``"any"`` for all.
    ages_y, bmi, months
        Bands as (lower, upper): completed years with the upper end exclusive; body mass index
        [kg/m²] with the upper end exclusive; months since birth, both inclusive.
    intercept_kcal
        Constant term [kcal/day].
    per_age_y, per_height_cm, per_weight_kg, per_gestation_week
        Coefficients [kcal/day per unit].
    add_kcal
        Growth, deposition or milk [kcal/day].
    confidence
        How sure the row is.
    """

    equation: str
    sex: str
    state: str
    activity: str
    ages_y: tuple[float, float]
    bmi: tuple[float, float]
    months: tuple[float, float]
    intercept_kcal: float
    per_age_y: float
    per_height_cm: float
    per_weight_kg: float
    per_gestation_week: float
    add_kcal: float
    confidence: str

    def kcal(self, profile: Profile, gestation_week: int = 0) -> float:
        """Evaluate the equation [kcal/day]."""
        return (
            self.intercept_kcal
            + self.per_age_y * profile.age_y
            + self.per_height_cm * profile.height_cm
            + self.per_weight_kg * profile.weight_kg
            + self.per_gestation_week * gestation_week
            + self.add_kcal
        )

    def years_from(self, age_y: int) -> float:
        """Return the distance of ``age_y`` from the age band [years]; 0 within it."""
        return max(self.ages_y[0] - age_y, age_y - (self.ages_y[1] - 1), 0)


def estimate_energy(profile: Profile) -> Energy:
    """Estimate the energy need of ``profile`` by the equation of its age, state and activity.

    Raises
    ------
    TargetsError
        When no equation reaches this age.

    Notes
    -----
    Source: National Academies (2023). Dietary Reference Intakes for Energy; for the alternatives
    ``configs/energy.toml``.
    """
    if profile.energy_equation != DEFAULT_EQUATION:
        return _otherwise(profile)
    if profile.state == "pregnant" and trimester(profile) > _FIRST_TRIMESTER:
        return _in_pregnancy(profile)
    if profile.state == "lactating":
        return _in_lactation(profile)
    row = _plain_row(profile)
    notes: tuple[str, ...] = ()
    if profile.state == "pregnant":
        notes = (said("In the first trimester the energy need is the one without pregnancy."),)
    return _energy(row, row.kcal(profile), notes)


def energy_rows(profile: Profile) -> tuple[EnergyRow, ...]:
    """Return the rows of ``configs/energy.csv`` that make the estimate; they add up."""
    if profile.state == "pregnant" and trimester(profile) > _FIRST_TRIMESTER:
        return (_pregnancy_row(profile),)
    if profile.state == "lactating":
        return _plain_row(profile), _lactation_row(profile)
    return (_plain_row(profile),)


def plan_energy(profile: Profile) -> Energy:
    """Return the energy to plan for: as asked for, else the estimate, never below the floor."""
    estimate = estimate_energy(profile)
    if profile.energy_kcal is not None:
        told = note("equation_gives", equation=estimate.equation, kcal=float(estimate.kcal))
        notes = (*estimate.notes, told)
        asked = said("as asked for"), said("your request"), "own"
        return Energy(profile.energy_kcal, *asked, notes)
    by_goal_kcal = energy_by_goal(profile, estimate.kcal)
    if by_goal_kcal != estimate.kcal:
        less_kcal = float(estimate.kcal - by_goal_kcal)
        told = note(
            "energy_of_goal" if less_kcal > 0 else "energy_to_gain",
            kcal=float(by_goal_kcal), less=less_kcal, more=-less_kcal, need=float(estimate.kcal),
        )  # fmt: skip
        return replace(estimate, kcal=by_goal_kcal, notes=(*estimate.notes, told))
    floor_kcal = energy_floor_kcal(profile)
    if floor_kcal is not None and estimate.kcal < floor_kcal:
        told = note("energy_floor", kcal=float(estimate.kcal), floor=float(floor_kcal))
        return replace(estimate, kcal=floor_kcal, notes=(*estimate.notes, told))
    return estimate


def gestation_week(profile: Profile) -> int:
    """Return the week of pregnancy; the default where nobody said it."""
    default: int = read_settings("energy.toml")["default_gestation_week"]
    return default if profile.gestation_week is None else profile.gestation_week


def lactation_month(profile: Profile) -> int:
    """Return the month since birth; the default where nobody said it."""
    default: int = read_settings("energy.toml")["default_lactation_month"]
    return default if profile.lactation_month is None else profile.lactation_month


def trimester(profile: Profile) -> int:
    """Return the trimester of pregnancy, 1 to 3."""
    starts = read_settings("energy.toml")["trimester_starts_week"]
    return sum(gestation_week(profile) >= start for start in starts)


def _otherwise(profile: Profile) -> Energy:
    """Estimate by the alternative that the profile names."""
    row = find_other_row(profile, trimester(profile), lactation_month(profile))
    settings = read_settings("energy.toml")
    notes = []
    heavy = body_mass_index(profile) >= settings["other"]["normal_weight_below_bmi"]
    if profile.energy_equation != "iom_2005" or heavy:
        notes.append(settings["other"][profile.energy_equation])
    source = settings["sources"][row.source]["short"]
    return Energy(row.kcal(profile), row.equation, source, row.confidence, tuple(notes))


def _in_pregnancy(profile: Profile) -> Energy:
    row = _pregnancy_row(profile)
    nearest = mark("The pregnancy equation is for 19 to 50 years, not {age}: the nearest.")
    notes = [said(nearest, age=profile.age_y)]
    if not row.years_from(profile.age_y):
        notes = []
    week = gestation_week(profile)
    if profile.gestation_week is None:
        assumed = mark("Week of pregnancy not given: week {week} (second trimester) is assumed.")
        notes.insert(0, said(assumed, week=week))
    return _energy(row, row.kcal(profile, week), tuple(notes))


def _in_lactation(profile: Profile) -> Energy:
    month, row = lactation_month(profile), _lactation_row(profile)
    notes = []
    if profile.lactation_month is None:
        notes.append(said("Month since birth not given: month {month} is assumed.", month=month))
    if month > row.months[1]:
        last = mark("Energy for milk is given up to month {month:.0f} only: the nearest.")
        notes.append(said(last, month=float(row.months[1])))
    return _energy(row, _plain_row(profile).kcal(profile) + row.kcal(profile), tuple(notes))


def _pregnancy_row(profile: Profile) -> EnergyRow:
    rows = [row for row in _rows(profile) if row.state == "pregnant" and _holds_bmi(row, profile)]
    return min(rows, key=lambda row: row.years_from(profile.age_y))


def _lactation_row(profile: Profile) -> EnergyRow:
    month = lactation_month(profile)
    rows = [row for row in _rows(profile) if row.state == "lactating"]
    return min(rows, key=lambda row: max(row.months[0] - month, month - row.months[1], 0))


def _plain_row(profile: Profile) -> EnergyRow:
    for row in _rows(profile):
        if row.state == "none" and not row.years_from(profile.age_y):
            return row
    raise fault(TargetsError, "no_equation", age=profile.age_y)


def _rows(profile: Profile) -> list[EnergyRow]:
    return [
        row
        for row in read_energy_rows()
        if row.sex == profile.sex and row.activity in (profile.activity, "any")
    ]


def _holds_bmi(row: EnergyRow, profile: Profile) -> bool:
    return row.bmi[0] <= body_mass_index(profile) < row.bmi[1]


def _energy(row: EnergyRow, kcal: float, notes: tuple[str, ...]) -> Energy:
    source = read_settings("energy.toml")["sources"]["nasem_eer_2023"]["short"]
    return Energy(kcal, row.equation, source, row.confidence, notes)


@cache
def read_energy_rows() -> tuple[EnergyRow, ...]:
    """Read the energy equations."""
    return tuple(map(_energy_row, read_rows("energy.csv")))


def _energy_row(row: Mapping[str, str]) -> EnergyRow:
    return EnergyRow(
        row["equation"],
        row["sex"].lower(),
        row["state"],
        row["activity"],
        (float(row["age_min_y"]), float(row["age_max_y_exclusive"])),
        (float(row["bmi_min"] or 0), float(row["bmi_max_exclusive"] or "inf")),
        (float(row["month_min"] or 0), float(row["month_max"] or "inf")),
        float(row["intercept_kcal"]),
        float(row["age_kcal_per_y"]),
        float(row["height_kcal_per_cm"]),
        float(row["weight_kcal_per_kg"]),
        float(row["gestation_kcal_per_week"]),
        float(row["add_kcal"]),
        row["confidence"],
    )
