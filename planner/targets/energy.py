"""How much energy a person needs: the equations of the National Academies (2023), or another.

Height counts in centimetres. Under 19 the equations for children hold, with an allowance for
growth at every level of activity; in pregnancy the equations of the second and third trimester
take the weight before it; lactation adds to the need without it.

Named alternatives are IOM 2005 and Mifflin-St Jeor. Coefficients are never mixed between equations:
each row of ``configs/energy_other.csv`` is one complete equation for one sex, age band, state and
activity.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from planner.errors import TargetsError
from planner.faults import fault
from planner.request.profile import Profile
from planner.safety.conditions import body_mass_index
from planner.safety.stops import energy_by_goal, energy_floor_kcal
from planner.settings import Least, Lowered, Most, read_row, read_rows, read_settings
from planner.targets.target import note

DEFAULT_EQUATION = "nasem_2023"

_FIRST_TRIMESTER = 1
_CM_PER = {"cm": 1.0, "m": 100.0}


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
class Equation:
    """What each equation says, of ``configs/energy.csv`` or ``energy_other.csv``.

    Parameters
    ----------
    equation, sex, state, activity
        Name, and for whom it holds; activity ``"any"`` for all.
    age_min_y, age_max_y_exclusive, month_min, month_max
        Bands: completed years; months since birth, both inclusive.
    intercept_kcal, age_kcal_per_y, weight_kcal_per_kg
        Constant term [kcal/day] and coefficients [kcal/day per unit].
    add_kcal
        Growth, deposition or milk [kcal/day].
    confidence
        How sure the row is.
    """

    equation: str
    sex: Lowered
    state: str
    activity: str
    age_min_y: float
    age_max_y_exclusive: float
    month_min: Least
    month_max: Most
    intercept_kcal: float
    age_kcal_per_y: float
    weight_kcal_per_kg: float
    add_kcal: float
    confidence: str


@dataclass(frozen=True, slots=True)
class EnergyRow(Equation):
    """One equation of ``configs/energy.csv``; those of one person add up.

    Parameters
    ----------
    bmi_min, bmi_max_exclusive
        Body mass index [kg/m²].
    height_kcal_per_cm, gestation_kcal_per_week
        Further coefficients [kcal/day per unit].
    """

    bmi_min: Least
    bmi_max_exclusive: Most
    height_kcal_per_cm: float
    gestation_kcal_per_week: float

    def kcal(self, profile: Profile, gestation_week: int = 0) -> float:
        """Evaluate the equation [kcal/day]."""
        return (
            self.intercept_kcal
            + self.age_kcal_per_y * profile.age_y
            + self.height_kcal_per_cm * profile.height_cm
            + self.weight_kcal_per_kg * profile.weight_kg
            + self.gestation_kcal_per_week * gestation_week
            + self.add_kcal
        )

    def years_from(self, age_y: int) -> float:
        """Return the distance of ``age_y`` from the age band [years]; 0 within it."""
        return max(self.age_min_y - age_y, age_y - (self.age_max_y_exclusive - 1), 0)


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
        notes = ("In the first trimester the energy need is the one without pregnancy.",)
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
        asked = "as asked for", "your request", "own"
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
    nearest = "The pregnancy equation is for 19 to 50 years, not {age}: the nearest."
    notes = [nearest.format(age=profile.age_y)]
    if not row.years_from(profile.age_y):
        notes = []
    week = gestation_week(profile)
    if profile.gestation_week is None:
        assumed = "Week of pregnancy not given: week {week} (second trimester) is assumed."
        notes.insert(0, assumed.format(week=week))
    return _energy(row, row.kcal(profile, week), tuple(notes))


def _in_lactation(profile: Profile) -> Energy:
    month, row = lactation_month(profile), _lactation_row(profile)
    notes = []
    if profile.lactation_month is None:
        notes.append(f"Month since birth not given: month {month} is assumed.")
    if month > row.month_max:
        last = "Energy for milk is given up to month {month:.0f} only: the nearest."
        notes.append(last.format(month=row.month_max))
    return _energy(row, _plain_row(profile).kcal(profile) + row.kcal(profile), tuple(notes))


def _pregnancy_row(profile: Profile) -> EnergyRow:
    bmi = body_mass_index(profile)
    rows = [row for row in _rows(profile) if row.state == "pregnant"]
    rows = [row for row in rows if row.bmi_min <= bmi < row.bmi_max_exclusive]
    return min(rows, key=lambda row: row.years_from(profile.age_y))


def _lactation_row(profile: Profile) -> EnergyRow:
    month = lactation_month(profile)
    rows = [row for row in _rows(profile) if row.state == "lactating"]
    return min(rows, key=lambda row: max(row.month_min - month, month - row.month_max, 0))


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


def _energy(row: EnergyRow, kcal: float, notes: tuple[str, ...]) -> Energy:
    source = read_settings("energy.toml")["sources"]["nasem_eer_2023"]["short"]
    return Energy(kcal, row.equation, source, row.confidence, notes)


@cache
def read_energy_rows() -> tuple[EnergyRow, ...]:
    """Read the energy equations."""
    return tuple(read_row(EnergyRow, row) for row in read_rows("energy.csv"))


@dataclass(frozen=True, slots=True)
class OtherRow(Equation):
    """One complete equation of ``configs/energy_other.csv``.

    Parameters
    ----------
    equation_id
        Id of the alternative.
    trimester
        Trimester of pregnancy; 0 for none.
    height_kcal_per_unit, height_unit
        Coefficient of height [kcal/day per unit], and its unit.
    activity_factor, factor_on
        Factor of activity, on the terms of height and weight, or ``"all"`` but ``add_kcal``.
    source
        Id in ``energy.toml``.
    """

    equation_id: str
    trimester: Least
    height_kcal_per_unit: float
    height_unit: str
    activity_factor: float
    factor_on: str
    source: str

    def kcal(self, profile: Profile) -> float:
        """Evaluate the equation [kcal/day]."""
        per_cm = self.height_kcal_per_unit / _CM_PER[self.height_unit]
        body = self.weight_kcal_per_kg * profile.weight_kg + per_cm * profile.height_cm
        body *= 1.0 if self.factor_on == "all" else self.activity_factor
        resting = self.intercept_kcal + self.age_kcal_per_y * profile.age_y + body
        resting *= self.activity_factor if self.factor_on == "all" else 1.0
        return resting + self.add_kcal

    def holds(self, profile: Profile, trimester: int, month: int) -> bool:
        """Whether the row is for this person."""
        state = profile.state
        if state == "pregnant" and trimester == _FIRST_TRIMESTER:
            state = "none"
        return (
            (self.equation_id, self.sex, self.state, self.activity)
            == (profile.energy_equation, profile.sex, state, profile.activity)
            and self.age_min_y <= profile.age_y < self.age_max_y_exclusive
            and self.trimester in (0, trimester)
            and self.month_min <= month <= self.month_max
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
    return tuple(read_row(OtherRow, row) for row in read_rows("energy_other.csv"))
