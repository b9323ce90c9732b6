"""From the rows of a standard to bounds for one person.

The shares of ``configs/targets.toml`` say how much of a reference value each day and the mean of
the week are held to. A standard is never topped up from another one, except for the energy shares
and protein of the US, which shape a plan softly where a standard has none, and say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.request.diets import Diet
from planner.request.profile import Profile
from planner.safety.gate import magnesium_level_of
from planner.safety.patient import Patient
from planner.settings import read_settings
from planner.standards.amounts import Intake, amount_of, key_of
from planner.standards.ids import is_own_standard, standard_ids
from planner.standards.read import read_standard
from planner.standards.standard import PILL_BASES, Match, ReferenceValue, Standard, match_value
from planner.targets.energy import lactation_month, trimester
from planner.targets.target import LOWER, OWN, SHAPED, UPPER, Bound, weakest

SHAPING_STANDARD = "us"

_TOTAL, _MAGNESIUM = "total", "magnesium_mg"
_PERCENT = 100

MatchKey = tuple[str, str, str, str]


@dataclass
class StandardReading:
    """What a standard says to one person, and what it does not say.

    Parameters
    ----------
    bounds
        Bounds from its rows.
    missing
        Target keys for which it gives nothing.
    shaped
        Target keys taken softly from the US range instead.
    fallbacks, nearest, stricter
        Target keys whose row is not the state's own, not of this age, or the age's own because it
        asks for more than the state's.
    shown
        Rows that are published but not planned for, with the reason.
    held
        Target keys of a person's own standard whose upper level is that of the shipped ones.
    """

    bounds: list[Bound] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    shaped: list[str] = field(default_factory=list)
    fallbacks: list[str] = field(default_factory=list)
    nearest: list[str] = field(default_factory=list)
    stricter: list[str] = field(default_factory=list)
    shown: list[tuple[ReferenceValue, str]] = field(default_factory=list)
    held: list[str] = field(default_factory=list)


def read_reference(
    standard: Standard, profile: Profile, patient: Patient, diet: Diet, energy_kcal: float
) -> StandardReading:
    """Return every bound that ``standard`` sets for ``profile``.

    Parameters
    ----------
    standard, profile, diet
        Whose values, for whom, and on which diet (phytate, iron bioavailability).
    patient
        The same person as the safety gate judges, also where ``profile`` is at another age.
    energy_kcal
        Planned energy [kcal/day].
    """
    matches = match_all(standard, profile, diet)
    intake = Intake(profile.weight_kg, energy_kcal)
    reading = StandardReading()
    floors = dict(_floors(standard, matches, intake))
    for key, floor in floors.items():
        _add_floor(reading, key, floor, profile)
    reading.bounds.extend(_ceilings(standard, matches, intake))
    if is_own_standard(standard.standard_id):
        shipped = _shipped_levels(profile, diet, intake)
        _hold_to_levels(reading, [*shipped, *_magnesium_level(standard, patient)])
    _hold_to_gate(reading, standard, patient)
    reading.bounds.extend(_shares(standard, matches))
    _shape(reading, profile, diet, intake, standard)
    return reading


def match_all(standard: Standard, profile: Profile, diet: Diet) -> dict[MatchKey, Match]:
    """Return the row that holds, for each nutrient, kind, unit and basis of ``standard``."""
    groups: dict[MatchKey, list[ReferenceValue]] = {}
    for value in standard.values:
        group = (value.nutrient, value.kind, value.unit, value.applies_to)
        groups.setdefault(group, []).append(value)
    told = circumstances(profile, diet)
    found = {group: _stricter_match(values, profile, told) for group, values in groups.items()}
    return {group: match for group, match in found.items() if match is not None}


def _stricter_match(
    values: Sequence[ReferenceValue], profile: Profile, told: Mapping[str, str]
) -> Match | None:
    """Return the row that holds: for a pregnant or lactating girl the stricter of two.

    A row of the state that is made for adults, or reaches into their ages, must not take from a
    growing girl what her age asks for.
    """
    rule = read_settings("targets.toml")["stricter_of_two"]
    match = match_value(values, profile, told)
    if match is None or profile.state == "none" or profile.age_y >= rule["below_age_y"]:
        return match
    plain = match_value(values, replace(profile, state="none"), told)
    covers = match.value.covers_age(profile.age_y)
    is_for_girls = covers and match.value.age_max_y < rule["below_age_y"]
    if plain is None or match.is_fallback or is_for_girls:
        return match
    kinds = read_settings("targets.toml")["kinds"]
    sign = -1 if any(plain.value.kind in kinds[name] for name in rule["lowest_of"]) else 1
    is_stricter = sign * plain.value.value > sign * match.value.value
    return Match(plain.value, is_stricter=True) if is_stricter else match


def circumstances(profile: Profile, diet: Diet) -> Mapping[str, str]:
    """Return what the conditions of reference values ask about, for one person."""
    told = {"zinc_bioavailability": "moderate", **diet.circumstances}
    if profile.state == "pregnant":
        told["trimester"] = str(trimester(profile))
    if profile.state == "lactating":
        told["lactation_month"] = str(lactation_month(profile))
    return told


@dataclass(frozen=True, slots=True)
class _Floor:
    amount: float
    match: Match
    source: str
    rule: str
    confidence: str
    has_increment: bool


def _floors(
    standard: Standard, matches: Mapping[MatchKey, Match], intake: Intake
) -> Iterator[tuple[str, _Floor]]:
    kinds = read_settings("targets.toml")["kinds"]
    chosen: dict[str, Match] = {}
    for match in matches.values():
        if match.value.kind in kinds["floors"]:
            key = key_of(match.value)
            # Protein is given per kilogram and for a reference body: the person's own counts.
            if key not in chosen or match.value.unit.endswith("_per_kg"):
                chosen[key] = match
    for key, match in chosen.items():
        more = [
            other.value
            for other in matches.values()
            if other.value.kind in kinds["increments"] and key_of(other.value) == key
        ]
        parts = (match.value, *more)
        yield (
            key,
            _Floor(
                sum(amount_of(value, key, intake) for value in parts),
                match,
                standard.cite(match.value),
                f"{match.value.kind} + increment" if more else match.value.kind,
                weakest(value.confidence for value in parts),
                bool(more),
            ),
        )


def _add_floor(reading: StandardReading, key: str, floor: _Floor, profile: Profile) -> None:
    value = floor.match.value
    not_planned = read_settings("targets.toml")["not_planned"]
    if key in not_planned:
        reading.shown.append((value, not_planned[key]))
        return
    if floor.match.is_nearest:
        reading.nearest.append(key)
    if floor.match.is_stricter:
        reading.stricter.append(key)
    if floor.match.is_fallback and not floor.has_increment:
        reading.fallbacks.append(key)
    for period, share, hard in floor_shares(key, profile.state):
        stated = (_share_of(share, floor.rule), floor.source, floor.confidence)
        amount = share * floor.amount
        reading.bounds.append(Bound(key, LOWER, amount, period, _TOTAL, hard, *stated))


def _share_of(share: float, rule: str) -> str:
    """Name a rule of which a share holds: ``"80 % of RDA"``."""
    return rule if share == 1 else f"{share:.0%} of {rule}".replace("%", " %")


def floor_shares(key: str, state: str = "none") -> Iterator[tuple[str, float, bool]]:
    """Return period, share and hardness at which a recommended intake of ``key`` is planned."""
    settings = read_settings("targets.toml")
    is_soft = key in settings["soft_in_state"].get(state, ())
    for rule in settings["floors"]:
        if key in rule["nutrients"]:
            if "day" in rule and not is_soft:
                yield "day", rule["day"], rule["hard"]
            yield "week", rule["week"], rule["hard"] and not is_soft


def _shipped_levels(profile: Profile, diet: Diet, intake: Intake) -> Iterable[Bound]:
    """Return the upper levels of the shipped standards; the one that allows most holds."""
    highest: dict[tuple[str, str], Bound] = {}
    kinds = read_settings("targets.toml")["kinds"]["upper_levels"]
    for shipped in map(read_standard, standard_ids()):
        for bound in _ceilings(shipped, match_all(shipped, profile, diet), intake):
            place = (bound.nutrient, bound.basis)
            if bound.rule in kinds and bound.nutrient != _MAGNESIUM:
                highest[place] = max(bound, highest.get(place, bound), key=_value)
    return highest.values()


def _hold_to_levels(reading: StandardReading, levels: Iterable[Bound]) -> None:
    """Keep a person's own standard from raising an upper level, or leaving it out."""
    given = {(bound.nutrient, bound.basis): bound for bound in reading.bounds if bound.is_safety}
    nutrients = {nutrient for nutrient, _basis in given}
    for level in levels:
        known = given.get((level.nutrient, level.basis))
        is_lacking = known is None and (level.basis == _TOTAL or level.nutrient not in nutrients)
        if is_lacking or (known is not None and _value(known) > _value(level)):
            reading.bounds = [bound for bound in reading.bounds if bound != known]
            reading.bounds.append(level)
            reading.held.append(level.nutrient)


def _hold_to_gate(reading: StandardReading, standard: Standard, patient: Patient) -> None:
    """Lower the level of magnesium pills to that of the safety gate, so that there is one limit."""
    level = magnesium_level_of(patient, standard.standard_id)
    for place, bound in enumerate(reading.bounds):
        is_pill = bound.nutrient == _MAGNESIUM and bound.side == UPPER and bound.basis in PILL_BASES
        if is_pill and level is not None and _value(bound) > level.value:
            reading.bounds[place] = replace(bound, value=level.value, source=level.source)


def _value(bound: Bound) -> float:
    return bound.value or 0.0


def _magnesium_level(own: Standard, patient: Patient) -> Iterator[Bound]:
    """Return the upper level of magnesium, which counts pills alone, as the safety gate sets it."""
    level = magnesium_level_of(patient, own.standard_id)
    if level is not None:
        yield Bound(
            *(_MAGNESIUM, UPPER, level.value, "day", "supplement", True),
            *(level.rule, level.source, "policy"),
            is_safety=True,
        )


def _ceilings(
    standard: Standard, matches: Mapping[MatchKey, Match], intake: Intake
) -> Iterator[Bound]:
    kinds = read_settings("targets.toml")["kinds"]
    for value in (match.value for match in matches.values()):
        is_pill = value.applies_to in (*PILL_BASES, "folic_acid")
        is_safety = value.kind in kinds["upper_levels"] or (
            value.kind in kinds["guidance_levels"] and is_pill
        )
        for period, share, hard in _ceiling_bands(value.kind, is_safety=is_safety):
            stated = (_share_of(share, value.kind), standard.cite(value), value.confidence)
            amount = share * amount_of(value, key_of(value), intake)
            place = (amount, period, value.applies_to, hard)
            yield Bound(key_of(value), UPPER, *place, *stated, is_safety=is_safety)


def _ceiling_bands(kind: str, *, is_safety: bool) -> list[tuple[str, float, bool]]:
    """Return period, share and hardness at which what is the most of something is planned."""
    settings = read_settings("targets.toml")
    kinds, shares = settings["kinds"], settings["ceilings"]
    if is_safety:
        return [("day", shares["upper_level_day"], True)]
    if kind in kinds["reduction_levels"]:
        return [
            ("day", shares["reduction_level_day"], True),
            ("week", shares["reduction_level_week"], True),
        ]
    is_guide = kind in kinds["guidance_levels"]
    return [("week", shares["guidance_level_week"], False)] if is_guide else []


def _shares(
    standard: Standard, matches: Mapping[MatchKey, Match], soft_only: tuple[str, ...] = ()
) -> Iterator[Bound]:
    settings = read_settings("targets.toml")
    kinds, points = settings["kinds"], settings["shares"]["day_points"]
    for match in matches.values():
        value = match.value
        if value.unit != "percent_energy" or not _is_share(value.nutrient):
            continue
        key = f"{value.nutrient}_pct_energy"
        source, confidence = standard.cite(value), value.confidence
        is_limit = value.kind in kinds["guideline_limits"]
        side = LOWER if value.kind in kinds["range_lower"] else UPPER
        hard = not is_limit and key not in soft_only
        is_shaped = key in soft_only
        rule = f"{value.kind} ({standard.name})" if is_shaped else value.kind
        origin = SHAPED if is_shaped else OWN
        week = Bound(key, side, value.value, "week", _TOTAL, hard, rule, source, confidence)
        yield replace(week, origin=origin)
        if hard:
            wide = value.value - points if side == LOWER else value.value + points
            wide = min(max(wide, 0), _PERCENT)
            yield Bound(key, side, wide, "day", _TOTAL, True, rule, source, confidence)


def _is_share(nutrient: str) -> bool:
    shares = read_settings("targets.toml")["shares"]
    return nutrient in (*shares["range_nutrients"], *shares["limit_nutrients"])


def _shape(
    reading: StandardReading, profile: Profile, diet: Diet, intake: Intake, standard: Standard
) -> None:
    """Take protein and energy shares softly from the US where ``standard`` has none."""
    given = {bound.nutrient for bound in reading.bounds}
    rules = read_settings("targets.toml")["floors"]
    wanted = [key for rule in rules for key in rule["nutrients"] if key != "carbohydrate_g"]
    us = read_standard(SHAPING_STANDARD)
    matches = match_all(us, profile, diet)
    lacking = tuple(
        f"{nutrient}_pct_energy"
        for nutrient in dict.fromkeys(value.nutrient for value in us.values)
        if _is_share(nutrient) and f"{nutrient}_pct_energy" not in given
    )
    lower_given = {bound.nutrient for bound in reading.bounds if bound.side == LOWER}
    reading.missing = [key for key in wanted if key not in lower_given]
    if standard.standard_id == SHAPING_STANDARD:
        return
    soft = [bound for bound in _shares(us, matches, lacking) if bound.nutrient in lacking]
    reading.bounds.extend(soft)
    reading.shaped.extend(lacking)
    floors = dict(_floors(us, matches, intake))
    # Protein is never left open, nor vitamin B12 without animals.
    settings = read_settings("targets.toml")["shaping"]
    without = settings["without_animals"] if diet.is_without_animals else []
    for key in (*settings["always"], *without):
        if key in reading.missing:
            floor = floors[key]
            stated = (f"{floor.rule} ({us.name})", floor.source, floor.confidence)
            place = (key, LOWER, floor.amount, "week", _TOTAL, False)
            reading.bounds.append(Bound(*place, *stated, origin=SHAPED))
            reading.missing.remove(key)
            reading.shaped.insert(0, key)
