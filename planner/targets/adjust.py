"""Put bounds asked for by hand in place of the derived ones, never against a safety rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import ceil
from statistics import mean

from foods.nutrient import known_nutrients
from foods.table import nearest_names
from planner.errors import RefusedError, TargetsError
from planner.faults import fault
from planner.request.override import SHARE_KEYS, TargetOverride
from planner.request.shares import RATIO, kcal_per_g, read_shares
from planner.safety.patient import Patient
from planner.safety.stops import check_energy_allowed, needs_all_energy
from planner.settings import read_settings
from planner.targets.bounds import LOWER, UPPER, Bound
from planner.targets.clinical import check_override_allowed, is_ratio_off
from planner.targets.reference import floor_shares
from planner.targets.target import PERIODS, REQUEST
from planner.targets.words import name_of, unit_of

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
    for bound in (one for one in bounds if one.is_safety):
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
        one.hard and _is_at(one, kcal_per_g(share)[0], LOWER) for one in bounds
    ):
        return bounds
    if key != share:
        least_kcal = max(
            (one.value or 0.0 for one in bounds if _is_at(one, ENERGY_KEY, LOWER)), default=0.0
        )
        most *= kcal_per_g(share)[1] * _PERCENT / least_kcal
    least = next((one.value for one in bounds if _is_at(one, share, LOWER)), None)
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
    return next((one for one in read_shares() if key in (one, kcal_per_g(one)[0])), None)


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
