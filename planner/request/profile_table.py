"""The table ``[profile]`` of a request file and its flags, and what in it is likely a slip.

Within the ranges of ``configs/request/limits.toml``, yet rare: they are asked about once. Who
writes the unit, such as ``150 kg``, means the figure as it stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import ModelWrapValidatorHandler, PrivateAttr, model_validator

from foods.errors import raise_collected
from planner.errors import ConfigError
from planner.faults import fault_said
from planner.request import values
from planner.request.measures import (
    KG_PER_POUND,
    assumed_body,
    names_unit,
    read_height_cm,
    read_serum_magnesium_mg_dl,
    read_weight_kg,
    unusual,
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
from planner.request.wish import NAMES, PAIRS, Flag, Number, OneOf, Typed
from planner.safety.conditions import body_mass_index, flags_instead, percent_of_median
from planner.safety.medicines import read_medicine
from planner.settings import read_settings
from planner.standards.ids import read_standard_id, standard_ids
from planner.standards.standard import STATES

HEIGHT, WEIGHT, AGE, ENERGY, EGFR = "height_cm", "weight_kg", "age", "energy_kcal", "egfr"
WITH_UNITS: Mapping[str, str] = MappingProxyType(
    {AGE: "years", HEIGHT: "cm", WEIGHT: "kg", ENERGY: "kcal", EGFR: "mL/min"}
)
_FLAGS = MappingProxyType({HEIGHT: "--height", WEIGHT: "--weight"})
_STATES = MappingProxyType({"pregnant": "pregnant", "lactating": "breastfeeding"})
_FEET_CM = 10  # "57" as people jot down 5 ft 7 in


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that is asked about.

    Parameters
    ----------
    key
        Key of the profile that holds it, or that is missing.
    question, remedy
        What is unusual, and what to write.
    """

    key: str
    question: str
    remedy: str


def check_likely(profile: Profile, assumed: Sequence[str], need_kcal: float = math.inf) -> None:
    """Ask about every unusual figure that was written without its unit.

    Parameters
    ----------
    profile, assumed
        Whose figures they are, and the keys of those that nobody gave.
    need_kcal
        Energy need by equation [kcal/day]; infinite asks nothing about energy.

    Raises
    ------
    ConfigError
        With each of them, and what to write.
    """
    faults = [
        f"{doubt.question} — {doubt.remedy}"
        for doubt in doubts(profile, assumed, need_kcal)
        if doubt.key not in profile.confirmed
    ]
    raise_collected(ConfigError, faults, "profile")


def kept_as_said(profile: Profile, assumed: Sequence[str] = ()) -> frozenset[str]:
    """Return the keys of unusual figures that were written with their unit.

    Energy is among them whatever it is: what is unusual depends on the need.
    """
    asked = {ENERGY, *(doubt.key for doubt in doubts(profile, assumed))}
    return frozenset(asked.intersection(profile.confirmed))


def doubts(
    profile: Profile, assumed: Sequence[str] = (), need_kcal: float = math.inf
) -> Iterator[Doubt]:
    """Return what is unusual in a profile; parameters as of ``check_likely``."""
    yield from _doubts_of_size(profile, assumed)
    least_y, most_y = unusual("state")["age"]
    if profile.state in _STATES and not least_y <= profile.age_y <= most_y:
        state = _STATES[profile.state]
        question = fault_said("unusual_state", state=state, age=profile.age_y)
        yield Doubt(AGE, question, _if_so("--age", profile.age_y, AGE))
    if profile.egfr is not None and profile.egfr > unusual("egfr")["most"]:
        most = float(unusual("egfr")["most"])
        question = fault_said("unusual_egfr", egfr=float(profile.egfr), most=most)
        yield Doubt(EGFR, question, _if_so("--egfr", profile.egfr, EGFR))
    if profile.energy_kcal is not None:
        yield from _doubts_of_energy(profile.energy_kcal, need_kcal)


def _doubts_of_size(profile: Profile, assumed: Sequence[str]) -> Iterator[Doubt]:
    rule, height_cm = unusual("height"), profile.height_cm
    usual_cm, _ = assumed_body(profile.sex, profile.age_y)
    is_usual = rule["least"] * usual_cm <= height_cm <= rule["most"] * usual_cm
    if not is_usual and HEIGHT not in assumed:
        feet, inches = divmod(height_cm, _FEET_CM)
        figures = {"figure": height_cm, "feet": feet, "inches": inches}
        short = _forms(rule["short"], **figures) if height_cm < rule["most_feet_in"] else []
        words = [*short, *_forms(rule["forms"], **figures)]
        question = fault_said("unusual_height", height=float(height_cm), usual=float(usual_cm))
        yield Doubt(HEIGHT, question, _write("--height", words))
        if HEIGHT not in profile.confirmed:
            return  # of a weight nothing can be said beside it
    unknown = {HEIGHT, WEIGHT}.intersection(assumed)
    least_y = read_settings("safety/stops.toml")["age"]["least_y"]
    if profile.age_y >= least_y and unknown != {HEIGHT, WEIGHT}:
        yield from _doubts_of_weight(profile, unknown)


def _doubts_of_weight(profile: Profile, unknown: set[str]) -> Iterator[Doubt]:
    rule, share = unusual("weight"), _share_of_median(profile)
    size = {"weight": float(profile.weight_kg), "height": float(profile.height_cm)}
    question = fault_said("unusual_weight", **size)
    words = _forms(rule["forms"], figure=profile.weight_kg)
    in_pounds, (low, high) = share * KG_PER_POUND, rule["pounds"]
    if share > rule["most"] or (share >= rule["asked_from"] and low <= in_pounds <= high):
        yield Doubt(WEIGHT, question, _write("--weight", words))
    elif share < rule["least"]:
        write = _write("--weight", words[1:])
        remedy = f"{write}; if it is right, see a doctor today"
        yield Doubt(WEIGHT, question, remedy)
    elif len(unknown) == 1 and not rule["with_assumed"][0] <= share <= rule["with_assumed"][1]:
        (key,) = unknown
        remedy = f"give {_FLAGS[key]} too"
        question = f"{question}, one of them only assumed"
        yield Doubt("assumed", question, remedy)


def _share_of_median(profile: Profile) -> float:
    """Return the body mass index as a share of the median at this age and sex."""
    percent = percent_of_median(profile)
    if math.isfinite(percent):
        return percent / 100
    return body_mass_index(profile) / float(unusual("weight")["adult_median"])


def _doubts_of_energy(energy_kcal: float, need_kcal: float) -> Iterator[Doubt]:
    if energy_kcal > need_kcal + unusual("energy")["above_need"]:
        figures = {"energy": energy_kcal, "more": energy_kcal - need_kcal, "need": need_kcal}
        told = {name: float(kcal) for name, kcal in figures.items()}
        question = fault_said("unusual_energy", **told)
        words = _forms(unusual("energy")["forms"], figure=energy_kcal)
        yield Doubt(ENERGY, question, _write("--energy-kcal", words))


def _forms(forms: Sequence[str], **figures: float) -> list[str]:
    """Return what may be meant, each with its unit and in quotes."""
    return [f'"{form.format(**figures)}"' for form in forms]


def _write(flag: str, words: Sequence[str]) -> str:
    return "write it with its unit: {flag} {words}".format(flag=flag, words=" or ".join(words))


def _if_so(flag: str, figure: float, key: str) -> str:
    words = f"{figure:g} {WITH_UNITS[key]}"
    return f'check it; if it is right, write {flag} "{words}"'


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
        """Return magnesium in serum [mg/dL] from whichever of the two keys holds it."""
        if self.serum_mg is None:
            return self.serum_mg_mg_dl
        return read_serum_magnesium_mg_dl(self.serum_mg, self.standard)
