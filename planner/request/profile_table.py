"""The table ``[profile]`` of a request file and its flags: who eats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import ModelWrapValidatorHandler, PrivateAttr, model_validator

from planner.faults import fault_said
from planner.request import values
from planner.request.joining import NAMES, PAIRS
from planner.request.likely import WITH_UNITS, kept_as_said
from planner.request.limits import assumed_body
from planner.request.measures import (
    names_unit,
    read_height_cm,
    read_serum_magnesium_mg_dl,
    read_weight_kg,
    with_unit,
)
from planner.request.phrases import read_clinic, read_name, read_serum_potassium, write_clinic
from planner.request.profile import (
    ACTIVITIES,
    ENERGY_EQUATIONS,
    GOALS,
    SEXES,
    Profile,
    activity_meant,
    goal_meant,
    sex_meant,
)
from planner.request.request import BODY_FIELDS
from planner.request.wish import Flag, Number, OneOf, Typed
from planner.safety.conditions import flags_instead
from planner.safety.medicines import read_medicine
from planner.standards.ids import read_standard_id, standard_ids
from planner.standards.standard import STATES

_AGE = Number("age", is_whole=True, has_units=True)
_KCAL, _EGFR = (Number(name, has_units=True) for name in ("energy_kcal", "egfr"))
_MONTH = Number("lactation_month", is_whole=True)
_WEEK = Number("gestation_week", is_whole=True)
_STANDARD = Typed(f"{'|'.join(standard_ids())}|FILE.csv", read_standard_id)
_MEDICINE = Typed("NAME[:N[/day|/week[@DAY]]]", read_medicine, in_phrase=read_name)
_CLINIC = Typed("NUTRIENT<=X", read_clinic, write=write_clinic)
_Equation = Literal["nasem_2023", "iom_2005", "mifflin"]


class ProfileTable(values.TomlTable):
    """Who eats."""

    sex: Annotated[values.Sex, Flag(OneOf(SEXES, sex_meant))] = None
    age: Annotated[int | None, values.in_range("age"), values.in_units("age"), Flag(_AGE)] = None
    height_cm: Annotated[values.Height, Flag(Typed("HEIGHT", with_unit(read_height_cm)))] = None
    weight_kg: Annotated[values.Weight, Flag(Typed("WEIGHT", with_unit(read_weight_kg)))] = None
    activity: Annotated[values.Activity, Flag(OneOf(ACTIVITIES, activity_meant))] = None
    state: Annotated[Literal["none", "pregnant", "lactating"], Flag(OneOf(STATES))] = "none"
    gestation_week: Annotated[int | None, values.in_range("gestation_week"), Flag(_WEEK)] = None
    lactation_month: Annotated[int | None, values.in_range("lactation_month"), Flag(_MONTH)] = None
    standard: Annotated[values.StandardId, Flag(_STANDARD)] = "us"
    energy_kcal: Annotated[
        float | None, values.in_range("energy_kcal"), values.in_units("energy_kcal"), Flag(_KCAL)
    ] = None
    goal: Annotated[
        Literal["keep", "lose_slowly", "lose", "gain"], Flag(OneOf(GOALS, goal_meant))
    ] = "keep"
    energy_equation: Annotated[_Equation, Flag(OneOf(ENERGY_EQUATIONS))] = "nasem_2023"
    egfr: Annotated[float | None, values.in_range("egfr"), values.in_units("egfr"), Flag(_EGFR)] = (
        None
    )
    serum_mg_mg_dl: Annotated[float | None, values.in_range("serum_mg_mg_dl")] = None
    serum_mg: Annotated[str | None, Flag(Typed("NUMBER UNIT", read_name))] = None
    serum_k_mmol_l: Annotated[
        float | None, values.in_range("serum_k_mmol_l"), Flag(Typed("MMOL/L", read_serum_potassium))
    ] = None
    clinic: Annotated[values.ClinicFigures, Flag(_CLINIC, PAIRS)] = {}
    vitamin_k_before_ug: Annotated[
        float | None, values.in_range("vitamin_k_before_ug"), Flag(Number("vitamin_k_before_ug"))
    ] = None
    conditions: Annotated[list[values.Name], Flag(Typed("NAME", read_name), NAMES)] = []
    clinic_agreed: Annotated[bool, Flag()] = False
    medicines: Annotated[list[values.Name], Flag(_MEDICINE, NAMES)] = []
    assumed: list[Literal["sex", "age", "height_cm", "weight_kg", "activity"]] = []
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
                told = {"key": key, "state": self.state, "state_2": state}
                raise ValueError(fault_said("not_of_state", **told))
        if self.serum_mg is not None and self.serum_mg_mg_dl is not None:
            raise ValueError("serum_mg and serum_mg_mg_dl are both given — keep one")
        values.plain(lambda _: self.to_profile())(None)
        for text in self.conditions:
            for flag, state in flags_instead(text):
                if self.state != state:
                    raise ValueError(fault_said("condition_by_flag", text=text, flag=flag))
        return self

    def missing(self) -> tuple[str, ...]:
        """Name the keys of ``BODY_FIELDS`` that are not given, or given as assumed."""
        given = {key for key in BODY_FIELDS if getattr(self, key) is not None}
        return tuple(key for key in BODY_FIELDS if key not in given or key in self.assumed)

    def to_profile(self) -> Profile:
        """Fill what is missing from the sample person and the assumed body measures."""
        sample = Profile()
        sex = self.sex or sample.sex
        age_y = sample.age_y if self.age is None else self.age
        height_cm, weight_kg = assumed_body(sex, age_y)
        made = {
            "sex": sex,
            "age_y": age_y,
            "height_cm": self.height_cm or height_cm,
            "weight_kg": self.weight_kg or weight_kg,
            "activity": self.activity or sample.activity,
            "serum_mg_mg_dl": self._serum_mg_dl(),
            "clinic": tuple(sorted(self.clinic.items())),
            "confirmed": self._confirmed,
        }
        profile = self.to(Profile, **made)
        return replace(profile, confirmed=tuple(sorted(kept_as_said(profile, self.missing()))))

    def _serum_mg_dl(self) -> float | None:
        """Give magnesium in serum [mg/dL] from whichever of the two keys holds it."""
        if self.serum_mg is None:
            return self.serum_mg_mg_dl
        return read_serum_magnesium_mg_dl(self.serum_mg, self.standard)
