"""Figures of a body that are likelier a slip of the pen, or another unit, than what they say.

Within the ranges of ``configs/request/limits.toml``, yet rare: they are asked about once. Who
writes the unit, such as ``150 kg``, means the figure as it stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from foods.errors import raise_collected
from planner.errors import ConfigError
from planner.faults import fault_said
from planner.request.limits import assumed_body, unusual
from planner.request.measures import KG_PER_POUND
from planner.request.profile import Profile
from planner.safety.person import body_mass_index, percent_of_median
from planner.settings import read_settings

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
        f"{one.question} — {one.remedy}"
        for one in doubts(profile, assumed, need_kcal)
        if one.key not in profile.confirmed
    ]
    raise_collected(ConfigError, faults, "profile")


def kept_as_said(profile: Profile, assumed: Sequence[str] = ()) -> frozenset[str]:
    """Return the keys of unusual figures that were written with their unit.

    Energy is among them whatever it is: what is unusual depends on the need.
    """
    asked = {ENERGY, *(one.key for one in doubts(profile, assumed))}
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
