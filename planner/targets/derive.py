"""From profile, standard, preferences and bounds of one's own to the bands of a plan.

Why a day is wider than a week: reference values describe usual intake, a mean over time. Bands as
narrow for a day as for a week make plans dull and hard to find, and no one healthier.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from math import ceil
from statistics import mean
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from foods.frame import OF_ROW, WORDS, as_frame
from foods.nutrient import known_nutrients
from foods.table import nearest_names
from planner.errors import ConfigError, RefusedError, TargetsError
from planner.faults import fault
from planner.request.days import most_meals, snacks_apart
from planner.request.diets import find_diet
from planner.request.measures import assumed_body
from planner.request.override import RATIO, SHARE_KEYS, TargetOverride, kcal_per_g, read_shares
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.profile_table import WITH_UNITS, check_likely
from planner.request.request import PlanRequest
from planner.safety.patient import Patient, check_allergies_named
from planner.safety.sentences import read_safety_settings
from planner.safety.stops import (
    check_age_allowed,
    check_energy_allowed,
    check_more_allowed,
    check_plan_allowed,
    check_profile_allowed,
    needs_all_energy,
    nutrient_caps_for,
)
from planner.settings import read_settings
from planner.standards.read import read_standard
from planner.standards.standard import PILL_BASES
from planner.targets.clinical import (
    ClinicalRules,
    change_bounds,
    check_override_allowed,
    clinical_notes,
    clinical_rules,
    is_ratio_off,
    steady_notes,
)
from planner.targets.energy import Energy, estimate_energy, plan_energy
from planner.targets.notes import target_notes
from planner.targets.reference import StandardReading, floor_shares, read_reference
from planner.targets.target import (
    LOWER,
    PERIODS,
    REQUEST,
    UPPER,
    Bound,
    Target,
    merge_bounds,
    name_of,
    unit_of,
)

if TYPE_CHECKING:
    import pandas as pd


ENERGY_KEY = "energy_kcal"

_SOURCE, _CONFIDENCE, _RULE = "your request", "own", "asked for"
_BASIS = {"retinol_ug": "preformed_retinol", "folic_acid_ug": "folic_acid"}
_PERCENT = 100


def apply_overrides(
    bounds: Iterable[Bound],
    overrides: Iterable[TargetOverride],
    patient: Patient,
    need_kcal: float,
) -> list[Bound]:
    """Put ``overrides`` in place of derived bounds.

    Parameters
    ----------
    bounds
        Derived bounds.
    overrides
        What a person asked for.
    patient, need_kcal
        Who eats, and the energy need by equation [kcal/day].

    Raises
    ------
    TargetsError
        When a key is unknown, the band is empty, or the ratio may not be a hard target.
    RefusedError
        When an upper level would be raised or too little energy planned.
    """
    result = list(bounds)
    for override in sorted(overrides, key=lambda one: one.nutrient != ENERGY_KEY):
        _check_override(override, result, patient, need_kcal)
        result = _apply(result, override, patient)
    return result


def _check_override(
    override: TargetOverride, bounds: list[Bound], patient: Patient, need_kcal: float
) -> None:
    key = override.nutrient
    _check_key(key)
    if override.period not in (None, *PERIODS):
        names = ", ".join(PERIODS)
        raise fault(TargetsError, "unknown_period", period=override.period, key=key, names=names)
    lower, upper = override.lower, override.upper
    if lower is not None and upper is not None and lower > upper:
        unit = unit_of(key)
        raise fault(TargetsError, "band_is_empty", key=key, lower=lower, upper=upper, unit_of=unit)
    _check_not_below(override, bounds, patient)
    check_override_allowed(override, patient, bounds)
    for bound in (known_bound for known_bound in bounds if known_bound.is_safety):
        if (bound.side, bound.nutrient, bound.basis) == (UPPER, key, basis_of(key)):
            _check_upper_level(override, bound)
    if key == RATIO:
        _check_ratio_height(override)
        if not is_ratio_hard(patient):
            _check_ratio(override, patient.person.age_y)
    if key == ENERGY_KEY and upper is not None:
        check_energy_allowed(patient, upper, need_kcal)
    if key == ENERGY_KEY and lower is not None:
        check_energy_allowed(patient, lower / (1 - week_below(patient)), need_kcal)


def basis_of(key: str) -> str:
    """Return the basis on which a key is compared when nothing else is said."""
    return _BASIS.get(key, "total")


def is_ratio_hard(patient: Patient) -> bool:
    """Whether Ca:Mg is a hard target: adults, not pregnant nor lactating, with sound kidneys."""
    rule, person = read_settings("targets.toml")["ratio"], patient.person
    is_adult = person.age_y >= rule["hard_from_age_y"]
    return person.state == "none" and is_adult and not is_ratio_off(patient)


def _check_key(key: str) -> None:
    known = (*known_nutrients(), *SHARE_KEYS)
    if key not in known:
        near = ", ".join(nearest_names(key, known)) or "none"
        raise fault(TargetsError, "unknown_nutrient", key=key, near=near)


def _check_not_below(override: TargetOverride, bounds: list[Bound], patient: Patient) -> None:
    """Refuse a limit below a floor that nobody goes below alone, whatever floor is asked for."""
    key, most = override.nutrient, override.upper
    if most is None or patient.person.clinic_agreed:
        return
    nutrient, kcal, each = key, 0.0, 1.0
    if key in read_shares():
        nutrient, of_gram = kcal_per_g(key)
        of_week = (ENERGY_KEY, "week")
        kcal = mean(one.value or 0.0 for one in bounds if (one.nutrient, one.period) == of_week)
        each = kcal / _PERCENT / of_gram
    if nutrient not in read_settings("targets.toml")["not_below"]["nutrients"]:
        return
    floors = [one for one in bounds if one.hard and one.value and _is_at(one, nutrient, LOWER)]
    floor = max(floors, key=lambda one: one.value or 0.0, default=None)
    if floor is None or most * each >= (floor.value or 0.0):
        return
    told: dict[str, object] = {
        "rule": floor.rule,
        "source": floor.source,
        "unit_of": unit_of(nutrient),
    }
    told |= {"name_of": name_of(key), "key": key, "most": most, "floor": floor.value}
    least = ceil((floor.value or 0.0) / each)
    if not kcal:
        raise fault(RefusedError, "limit_below_floor", **told, least=least)
    figures = {"kcal": round(kcal), "amount": round(most * each)}
    raise fault(RefusedError, "share_below_floor", **told, **figures, least=least)


def _check_upper_level(override: TargetOverride, bound: Bound) -> None:
    key, most = override.nutrient, bound.value
    if most is None:
        return
    what = f"{name_of(key)}: the {bound.rule} of {most:g} {unit_of(key)} a day ({bound.source})"
    if override.upper is not None and override.upper > most:
        raise fault(RefusedError, "level_not_raised", what=what, key=key, most=most)
    if override.lower is not None and override.lower > most:
        raise fault(
            TargetsError, "level_below", what=what, lower=override.lower, key=key, most=most
        )


def _check_ratio_height(override: TargetOverride) -> None:
    rule = read_settings("targets.toml")["ratio"]
    most = rule["upper_most"]
    asked = max((side for side in (override.lower, override.upper) if side is not None), default=0)
    if asked > most:
        told = {"asked": asked, "most": most, "upper_most_reason": rule["upper_most_reason"]}
        raise fault(RefusedError, "ratio_too_high", **told, ratio=RATIO)


def _check_ratio(override: TargetOverride, age_y: int) -> None:
    least = read_settings("targets.toml")["ratio"]["preference_from_age_y"]
    if override.hard:
        raise fault(TargetsError, "ratio_not_hard", ratio=RATIO)
    if age_y < least:
        raise fault(TargetsError, "ratio_only_shown", least=least, ratio=RATIO)


def holds_each_day(override: TargetOverride, side: str, value: float) -> bool:
    """Whether each day is held to all of a bound that a person set, and not the mean alone."""
    return ("day", value) in _amounts(override, side, value)


def week_below(patient: Patient) -> float:
    """Return how far a week may lie below the energy it is planned for, as a share of it."""
    share: float = read_settings("targets.toml")["energy"]["week"]
    return 0.0 if needs_all_energy(patient) else share


def _apply(bounds: list[Bound], override: TargetOverride, patient: Patient) -> list[Bound]:
    if override.lower is None and override.upper is None:
        return [_with_hardness(bound, override) for bound in bounds]
    for side, value in ((LOWER, override.lower), (UPPER, override.upper)):
        if value is None:
            continue
        for period, amount in _amounts(override, side, value):
            bounds = _replaced(bounds, override, (side, period, amount), patient)
        if side == UPPER:
            bounds = _with_lower_share(bounds, override.nutrient, value, patient)
    return bounds


def _with_lower_share(bounds: list[Bound], key: str, most: float, patient: Patient) -> list[Bound]:
    """Let the recommended least share of energy go where less is asked for, if grams still hold."""
    share = _share_of(key)
    if share is None or not any(
        bound.hard and _is_at(bound, kcal_per_g(share)[0], LOWER) for bound in bounds
    ):
        return bounds
    if key != share:
        least_kcal = max(
            (one.value or 0.0 for one in bounds if _is_at(one, ENERGY_KEY, LOWER)), default=0.0
        )
        most *= kcal_per_g(share)[1] * _PERCENT / least_kcal
    least = next((bound.value for bound in bounds if _is_at(bound, share, LOWER)), None)
    if least is None or least <= most:
        return bounds
    check_override_allowed(TargetOverride(share, None, most), patient, bounds)
    return [
        replace(one, value=None, lowered_from=one.value, rule=_RULE, source=_SOURCE, origin=REQUEST)
        if (one.nutrient, one.side) == (share, LOWER) and one.origin != REQUEST
        else one
        for one in bounds
    ]


def _share_of(key: str) -> str | None:
    """Return the share of energy that ``key`` is, or is in grams; ``None`` where there is none."""
    return next((share for share in read_shares() if key in (share, kcal_per_g(share)[0])), None)


def _is_at(bound: Bound, key: str, side: str) -> bool:
    place = (bound.nutrient, bound.side, bound.period)
    return place == (key, side, "week") and not bound.is_preference


def _with_hardness(bound: Bound, override: TargetOverride) -> Bound:
    is_meant = bound.nutrient == override.nutrient and override.period in (None, bound.period)
    if not is_meant or override.hard is None or bound.is_safety or bound.is_preference:
        return bound
    if bound.value is None:  # shown without a band
        return bound
    return replace(bound, hard=override.hard)


def _amounts(override: TargetOverride, side: str, value: float) -> list[tuple[str, float]]:
    """Return the bound of each period.

    A day is held to the same share of a floor as of a reference value, and to all of a limit.
    """
    if override.period is not None:
        return [(override.period, value)]
    key, settings = override.nutrient, read_settings("targets.toml")
    week = [("week", value)]
    if key == RATIO:
        return [("day", value), *week]
    sign = -1 if side == LOWER else 1
    if key == ENERGY_KEY and side == LOWER:
        return [("day", value * (1 - settings["energy"]["day"])), *week]
    if key in SHARE_KEYS:
        wide = min(max(value + sign * settings["shares"]["day_points"], 0), _PERCENT)
        is_limit = key.removesuffix("_pct_energy") in settings["shares"]["limit_nutrients"]
        return week if is_limit else [("day", wide), *week]
    if side == LOWER:
        days = [("day", value * share) for period, share, _ in floor_shares(key) if period == "day"]
        return [*days, *week]
    return [("day", value), *week]


def _replaced(
    bounds: list[Bound],
    override: TargetOverride,
    place: tuple[str, str, float],
    patient: Patient,
) -> list[Bound]:
    key, (side, period, amount) = override.nutrient, place
    basis = basis_of(key)
    old = [
        bound
        for bound in bounds
        if (bound.nutrient, bound.side, bound.period, bound.basis) == (key, side, period, basis)
        and not bound.is_safety
        and not bound.is_preference
    ]
    hard = override.hard
    if hard is None:
        hard = side == UPPER or all(bound.hard for bound in old)
    if key == RATIO and not is_ratio_hard(patient):
        hard = False
    new = Bound(key, side, amount, period, basis, hard, _RULE, _SOURCE, _CONFIDENCE, origin=REQUEST)
    recommended = max(
        (bound.lowered_from or bound.value or 0.0 for bound in old if bound.hard), default=0.0
    )
    if side == LOWER and amount < recommended:
        new = replace(new, lowered_from=recommended)
    return [*(bound for bound in bounds if bound not in old), new]


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
    for target in (target for target in targets if target.nutrient != RATIO):
        is_pill = target.basis in PILL_BASES
        if is_pill or target.nutrient in rule["nutrients"]:
            upper = 0.0 if is_pill and target.nutrient in rule["nutrients"] else None
            held = replace(target, lower=None, upper=upper, hard=upper is not None)
            yield replace(held, preferred_lower=None, preferred_upper=None)
        else:
            yield target


def _ratio_bounds(patient: Patient) -> list[Bound]:
    rule = read_settings("targets.toml")["ratio"]
    source, confidence = rule["source"], rule["confidence"]
    upper = max([rule["upper"], *(effect.ratio_upper or 0.0 for effect in patient.effects)])

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
    return [_of_meals(bound, rule) for bound in bounds] if _has_few_meals(request) else bounds


def _has_few_meals(request: PlanRequest) -> bool:
    most, patient = read_settings("targets.toml")["few_meals"]["meals"], request.patient
    return not (patient.said or patient.taken) and 0 < most_meals(request.week) <= most


def _of_meals(bound: Bound, rule: Mapping[str, Any]) -> Bound:
    if bound.basis in PILL_BASES:
        return bound
    hard = bound.side == UPPER or bound.nutrient in rule["held"]
    return replace(bound, period=rule["period"], hard=bound.hard and hard)


def _energy_bounds(request: PlanRequest, energy: Energy) -> list[Bound]:
    """Return the bands of energy: narrow ones where some days need more than others."""
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
        Bound(cap.nutrient, UPPER, cap.upper, *stated, cap.source, cap.confidence, is_safety=True)
        for cap in nutrient_caps_for(profile, with_drinks)
    ]


def _ratio_mode(targets: Iterable[Target]) -> str:
    bands = [target for target in targets if target.nutrient == RATIO]
    if any(band.hard for band in bands):
        return "hard"
    if any(band.lower is not None or band.upper is not None for band in bands):
        return "soft"
    return "shown" if bands else "off"
