"""From profile, standard and preferences to the bands that a plan is held to.

Why a day is wider than a week: reference values describe usual intake, a mean over time. Bands as
narrow for a day as for a week make plans dull and hard to find, and no one healthier.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from foods.frame import OF_ROW, WORDS, as_frame
from planner.errors import ConfigError, RefusedError
from planner.faults import fault
from planner.request.days import most_meals, snacks_apart
from planner.request.diets import find_diet
from planner.request.likely import WITH_UNITS, check_likely
from planner.request.limits import assumed_body
from planner.request.override import TargetOverride
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest
from planner.request.shares import RATIO
from planner.safety.limits import nutrient_caps_for
from planner.safety.patient import Patient, check_allergies_named
from planner.safety.read import read_safety_settings
from planner.safety.stops import (
    check_age_allowed,
    check_more_allowed,
    check_plan_allowed,
    check_profile_allowed,
)
from planner.settings import read_settings
from planner.standards.read import read_standard
from planner.standards.standard import PILL_BASES
from planner.targets.adjust import ENERGY_KEY, apply_overrides, is_ratio_hard, week_below
from planner.targets.bounds import LOWER, UPPER, Bound, merge_bounds
from planner.targets.clinical import (
    ClinicalRules,
    change_bounds,
    clinical_notes,
    clinical_rules,
    is_ratio_off,
)
from planner.targets.energy import Energy, estimate_energy, plan_energy
from planner.targets.notes import target_notes
from planner.targets.reference import StandardReading, read_reference
from planner.targets.steady import steady_notes
from planner.targets.target import Target

if TYPE_CHECKING:
    import pandas as pd

_TOTAL = "total"

_COLUMNS = MappingProxyType(
    {
        **dict.fromkeys(("nutrient", "unit", "period", "basis", "hard"), WORDS),
        **dict.fromkeys(("lower", "upper", "preferred_lower", "preferred_upper"), OF_ROW),
        **{"lowered_from": OF_ROW, "rule": WORDS, "source": WORDS, "confidence": WORDS},
    }
)


@dataclass(frozen=True, slots=True)
class TargetSet:
    """Everything that a person's plan is held to.

    Parameters
    ----------
    standard
        Id of the standard.
    profile, patient, energy
        Who eats, what was understood of the body, and how much energy is planned.
    targets
        One target per nutrient, period and basis.
    notes
        What a reader must know beside the figures, in sentences.
    ratio_mode
        ``"hard"``: Ca:Mg is kept; ``"soft"``: asked for as a preference; ``"shown"``: printed
        without a band; ``"off"``: not printed.
    clinical
        What conditions and medicines ask of days and meals beside the targets.
    stop
        Why no plan is made for this person, and who to ask; empty for most. What such a person is
        not to be advised without a clinic has no band then.
    """

    standard: str
    profile: Profile
    patient: Patient
    energy: Energy
    targets: tuple[Target, ...]
    notes: tuple[str, ...]
    ratio_mode: str
    clinical: ClinicalRules = field(default_factory=ClinicalRules)
    stop: str = ""

    @property
    def shows_ratio(self) -> bool:
        """Whether calcium to magnesium is told of this person."""
        return self.ratio_mode != "off"

    def to_frame(self) -> pd.DataFrame:
        """Return a table of pandas: a row per target, bounds in the unit of the column ``unit``."""
        return as_frame(map(asdict, self.targets), _COLUMNS, standard=self.standard)

    def find(self, nutrient: str, period: str, basis: str = _TOTAL) -> Target | None:
        """Return the target of a nutrient, period and basis; ``None`` where there is none."""
        key = (nutrient, period, basis)
        return next((t for t in self.targets if (t.nutrient, t.period, t.basis) == key), None)


def derive_targets(
    profile: Profile,
    standard_id: str = "us",
    preferences: Preferences | None = None,
    overrides: Iterable[TargetOverride] = (),
    for_plan: bool = True,
) -> TargetSet:
    """Derive the bands that the plan of ``profile`` is held to.

    Parameters
    ----------
    profile
        Who eats.
    standard_id
        One of ``standard_ids()``, or a path. A plan is held to one standard.
    preferences
        The diet decides at which phytate and iron bioavailability a standard is read.
    overrides
        Bounds asked for by hand.
    for_plan
        Whether meals are to be planned: a person for whom a safety rule allows no plan is then
        refused; otherwise the refusal is the first note.

    Raises
    ------
    ConfigError
        When standard or diet is unknown.
    TargetsError
        When no equation reaches this age, or bounds asked for leave nothing between them.
    RefusedError
        When a safety rule allows no plan.
    """
    wanted, asked = preferences or Preferences(), tuple(overrides)
    meant = replace(profile, confirmed=tuple(WITH_UNITS))  # its fields name the units
    return targets_of(PlanRequest(meant, standard_id, wanted, overrides=asked), for_plan)


def targets_of(request: PlanRequest, for_plan: bool = True) -> TargetSet:
    """Derive the bands that the plan of a request is held to; as ``derive_targets``."""
    profile, patient = request.profile, request.patient
    check_age_allowed(profile)
    need_kcal = estimate_energy(profile).kcal
    _check_body(request, need_kcal, for_plan)
    stop = _plan_refusal(patient, for_plan)
    check_profile_allowed(patient, need_kcal)
    standard, energy = read_standard(request.standard), plan_energy(profile)
    more = request.preferences.more_energy
    for more_kcal in filter(None, more.values()):
        check_more_allowed(patient, energy.kcal + more_kcal, need_kcal)
    diet = find_diet(request.preferences.diet)

    def read_at(age_y: int) -> StandardReading:
        who = replace(profile, age_y=age_y)
        read = read_reference(standard, who, patient, diet, energy.kcal)
        return replace(read, bounds=_over_meals(read.bounds, request))

    reading = read_at(profile.age_y)
    bounds = change_bounds(
        [
            *_over_meals(_ratio_bounds(patient), request),
            *_energy_bounds(request, energy),
            *reading.bounds,
            *_safety_bounds(profile, any(request.preferences.drinks.values())),
        ],
        patient,
        energy.kcal,
        lambda age_y: read_at(age_y).bounds,
    )
    targets = merge_bounds(apply_overrides(bounds, request.overrides, patient, need_kcal))
    targets = tuple(_under_stop(targets)) if stop else targets
    notes = target_notes(standard, profile, diet, energy, reading, targets)
    told = [stop] if stop else []
    notes = (*told, *clinical_notes(patient), *steady_notes(patient, targets), *notes)
    mode, rules = _ratio_mode(targets), rules_asked(request)
    if for_plan and not _has_few_meals(request):
        _check_meals(rules, request, energy.kcal)
    return TargetSet(request.standard, profile, patient, energy, targets, notes, mode, rules, stop)


def rules_asked(request: PlanRequest) -> ClinicalRules:
    """Return what conditions, medicines and habits of a request ask of days and meals."""
    rules = clinical_rules(request.patient, request.habits)
    return replace(rules, snacks=snacks_apart(request.week))


def _check_meals(rules: ClinicalRules, request: PlanRequest, kcal: float) -> None:
    """Refuse meals that are together less than the energy of a day."""
    most = rules.meal_upper.get(ENERGY_KEY, math.inf)
    count = sum(rules.sittings(slot, ENERGY_KEY) for slot in request.week.slots)
    if count * most < kcal * (1 - week_below(request.patient)):
        told = {"count": count, "most": most, "all": count * most, "kcal": kcal}
        raise fault(ConfigError, "meals_too_small", least=kcal / count, **told)


def _check_body(request: PlanRequest, need_kcal: float, for_plan: bool) -> None:
    """Ask about a body that is unlikely, unless a rule allows no plan whatever it is."""
    profile = request.profile
    try:
        check_likely(profile, request.assumed, need_kcal)
    except ConfigError:
        height_cm, weight_kg = assumed_body(profile.sex, profile.age_y)
        usual = replace(profile, height_cm=height_cm, weight_kg=weight_kg)
        _plan_refusal(replace(request, profile=usual).patient, for_plan)
        raise


def _plan_refusal(patient: Patient, for_plan: bool) -> str:
    """Refuse, or say, that a safety rule allows no plan."""
    check_allergies_named(patient)
    try:
        check_plan_allowed(patient)
    except RefusedError as refused:
        if for_plan:
            raise
        return str(refused)
    return ""


def _under_stop(targets: Iterable[Target]) -> Iterator[Target]:
    """Take away what a clinic decides on, and leave no pill, where no plan is made."""
    rule = read_safety_settings("stops")["no_band"]
    for one in (one for one in targets if one.nutrient != RATIO):
        is_pill = one.basis in PILL_BASES
        if is_pill or one.nutrient in rule["nutrients"]:
            upper = 0.0 if is_pill and one.nutrient in rule["nutrients"] else None
            held = replace(one, lower=None, upper=upper, hard=upper is not None)
            yield replace(held, preferred_lower=None, preferred_upper=None)
        else:
            yield one


def _ratio_bounds(patient: Patient) -> list[Bound]:
    rule = read_settings("targets.toml")["ratio"]
    source, confidence = rule["source"], rule["confidence"]
    upper = max([rule["upper"], *(one.ratio_upper or 0.0 for one in patient.effects)])

    def bound(side: str, value: float | None, period: str, liked: bool = False) -> Bound:
        hard = value is not None and not liked
        name = "ratio band" if value is not None else "ratio shown"
        return Bound(RATIO, side, value, period, _TOTAL, hard, name, source, confidence, liked)

    if is_ratio_off(patient):
        return []
    if not is_ratio_hard(patient):
        return [bound(LOWER, None, period) for period in ("day", "week")]
    return [
        *(bound(LOWER, rule["lower"], period) for period in ("day", "week")),
        *(bound(UPPER, upper, period) for period in ("day", "week")),
        bound(LOWER, rule["preferred_lower"], "day", liked=True),
        bound(UPPER, rule["preferred_upper"], "day", liked=True),
    ]


def _over_meals(bounds: list[Bound], request: PlanRequest) -> list[Bound]:
    """Hold in the mean what a standard asks of a day of which few meals are planned.

    What conditions and medicines ask of a day stays, and then all of it.
    """
    rule = read_settings("targets.toml")["few_meals"]
    return [_of_meals(one, rule) for one in bounds] if _has_few_meals(request) else bounds


def _has_few_meals(request: PlanRequest) -> bool:
    most, patient = read_settings("targets.toml")["few_meals"]["meals"], request.patient
    return not (patient.said or patient.taken) and 0 < most_meals(request.week) <= most


def _of_meals(bound: Bound, rule: Mapping[str, Any]) -> Bound:
    if bound.basis in PILL_BASES:
        return bound
    hard = bound.side == UPPER or bound.nutrient in rule["held"]
    return replace(bound, period=rule["period"], hard=bound.hard and hard)


def _energy_bounds(request: PlanRequest, energy: Energy) -> list[Bound]:
    """Give the bands of energy: narrow ones where some days need more than others."""
    rule, below = read_settings("targets.toml")["energy"], week_below(request.patient)
    if _has_few_meals(request):
        rule, below = {**rule, **rule["few_meals"]}, max(below, rule["few_meals"]["week"])
    are_apart = any(request.preferences.more_energy.values())
    kcal, stated = energy.kcal, ("energy band", energy.source, energy.confidence)

    def bounds(period: str, below: float, above: float, liked: bool = False) -> list[Bound]:
        return [
            Bound(ENERGY_KEY, side, kcal * (1 + part), period, _TOTAL, not liked, *stated, liked)
            for side, part in ((LOWER, -below), (UPPER, above))
        ]

    day = rule["day_apart"] if are_apart else rule["day"]
    return [
        *bounds("day", day, day),
        *bounds("day", rule["day_preferred"], rule["day_preferred"], liked=True),
        *bounds("week", below, rule["week"]),
    ]


def _safety_bounds(profile: Profile, with_drinks: bool) -> list[Bound]:
    stated = ("day", _TOTAL, True, "safety limit")
    return [
        Bound(one.nutrient, UPPER, one.upper, *stated, one.source, one.confidence, is_safety=True)
        for one in nutrient_caps_for(profile, with_drinks)
    ]


def _ratio_mode(targets: Iterable[Target]) -> str:
    bands = [target for target in targets if target.nutrient == RATIO]
    if any(band.hard for band in bands):
        return "hard"
    if any(band.lower is not None or band.upper is not None for band in bands):
        return "soft"
    return "shown" if bands else "off"
