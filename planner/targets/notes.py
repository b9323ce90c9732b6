"""What a reader must know beside the figures of the targets, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from planner.request.diets import Diet
from planner.request.profile import Profile
from planner.request.shares import RATIO
from planner.safety.sentences import say
from planner.settings import read_settings
from planner.standards.amounts import key_of
from planner.standards.standard import Standard
from planner.targets.energy import Energy, trimester
from planner.targets.reference import StandardReading
from planner.targets.target import REQUEST, Target
from planner.targets.words import name_of, name_within, unit_word

_STATE_WORDS = {"pregnant": "in pregnancy", "lactating": "while breastfeeding"}
_OUTSIDE = {"pregnant": "outside pregnancy", "lactating": "outside lactation"}
UNSURE = ("unconfirmed", "low")
_SUPPLEMENTS_ONLY = "Counts supplements, never food."


def target_notes(
    standard: Standard,
    profile: Profile,
    diet: Diet,
    energy: Energy,
    reading: StandardReading,
    targets: tuple[Target, ...],
) -> tuple[str, ...]:
    """Give the notes on a set of targets, each one sentence or two."""
    return (
        *energy.notes,
        *_ratio_notes(profile, targets),
        *_supplement_notes(standard, targets),
        *_thin_notes(standard, reading),
        *_state_notes(standard, profile, reading),
        *_diet_notes(standard, diet),
        *_soft_notes(profile, targets),
        *_shown_notes(reading, targets),
        *_unsure_notes(targets),
    )


def implied_magnesium_mg(targets: Iterable[Target]) -> float | None:
    """Give the magnesium that calcium and Ca:Mg ask for together: Ca / ratio [mg/day].

    ``None`` where the ratio is no hard target.
    """
    lower = {(t.nutrient, t.period): t.lower for t in targets if t.basis == "total" and t.hard}
    upper = {(t.nutrient, t.period): t.upper for t in targets if t.hard}
    calcium_mg, ratio = lower.get(("calcium_mg", "week")), upper.get((RATIO, "week"))
    return calcium_mg / ratio if calcium_mg and ratio else None


def _ratio_notes(profile: Profile, targets: tuple[Target, ...]) -> Iterator[str]:
    bands = {t.period: t for t in targets if t.nutrient == RATIO}
    if not bands:  # off; the condition's own note says why
        return
    if not any(band.hard for band in bands.values()):
        is_asked = any(band.lower or band.upper for band in bands.values())
        yield _why_ratio_is_a_wish(profile) if is_asked else _why_ratio_is_shown(profile)
        return
    implied_mg = implied_magnesium_mg(targets)
    if implied_mg is None:
        return
    week = {t.nutrient: t for t in targets if t.period == "week" and t.basis == "total"}
    yield (
        f"Calcium of {week['calcium_mg'].lower:g} mg and Ca:Mg of at most "
        f"{week[RATIO].upper:g} together ask for {implied_mg:.0f} mg magnesium a day "
        f"(Ca / {week[RATIO].upper:g}){_beside_reference(implied_mg, week)}."
    )


def _beside_reference(implied_mg: float, week: Mapping[str, Target]) -> str:
    target = week.get("magnesium_mg")
    if target is None or target.lower is None:
        return ""
    place = "above" if implied_mg > target.lower else "within"
    words = "asked for" if target.origins == (REQUEST,) else f"of the {target.rule} alone"
    return f", {place} the {target.lower:g} mg {words}"


def _why_ratio_is_shown(profile: Profile) -> str:
    age_y = read_settings("targets.toml")["ratio"]["hard_from_age_y"]
    if profile.age_y < age_y:
        return (
            f"Ca:Mg is shown, not planned for, under {age_y}: the recommended intakes of children "
            "imply ratios far above 2, and calcium for growth comes first."
        )
    return f"Ca:Mg is shown, not planned for, {_STATE_WORDS[profile.state]}."


def _why_ratio_is_a_wish(profile: Profile) -> str:
    age_y = read_settings("targets.toml")["ratio"]["hard_from_age_y"]
    when = f"under {age_y}" if profile.age_y < age_y else _STATE_WORDS[profile.state]
    return (
        f"Ca:Mg is a wish {when}, as asked for, and no target: it gives way wherever calcium needs "
        "it to."
    )


def _supplement_notes(standard: Standard, targets: tuple[Target, ...]) -> Iterator[str]:
    for target in targets:
        if target.nutrient == "magnesium_mg" and target.basis != "total" and target.upper:
            remark = standard.remarks.get(("magnesium", target.rule), _SUPPLEMENTS_ONLY)
            kind = target.rule.replace("_", " ")
            yield f"Magnesium {kind} of {target.upper:g} mg: {remark[:1].lower()}{remark[1:]}"


def _thin_notes(standard: Standard, reading: StandardReading) -> Iterator[str]:
    if reading.missing:
        yield (
            f"{standard.name} gives no {_listed(reading.missing)} here; "
            "none is taken from another standard."
        )
    if reading.shaped:
        yield (
            f"{standard.name} gives no {_listed(reading.shaped)} here; the US range shapes the "
            "plan as a soft rule."
        )
    if reading.held:
        yield (
            f"{standard.name} gives a higher upper level, or none, for "
            f"{_listed(dict.fromkeys(reading.held))}: the highest of the shipped ones holds."
        )
    for name, remark in standard.told:
        yield f"{name}: {remark[:1].lower()}{remark[1:]}"


def _state_notes(standard: Standard, profile: Profile, reading: StandardReading) -> Iterator[str]:
    words = _STATE_WORDS.get(profile.state, "")
    if reading.nearest:
        yield (
            f"{standard.name} gives values {words} for other ages only: the nearest age stands in "
            f"for {profile.age_y} years."
        )
    if reading.stricter:
        yield (
            f"{standard.name} asks for less {words} than at {profile.age_y} years without it, for "
            f"{_listed(reading.stricter)}: growth goes on, so the stricter of the two values holds."
        )
    if reading.fallbacks:
        yield (
            f"{standard.name} gives no separate value {words} for {_listed(reading.fallbacks)}: "
            f"the value {_OUTSIDE[profile.state]} holds."
        )
    if profile.state == "pregnant" and profile.gestation_week is None:
        yield f"Trimester {trimester(profile)} is assumed wherever a value depends on it."


def _diet_notes(standard: Standard, diet: Diet) -> Iterator[str]:
    conditions = {value.condition.partition("=")[0] for value in standard.values}
    told = diet.circumstances
    if diet.is_without_animals:
        yield say("vegan_b12")
    if "phytate_mg" in conditions:
        yield f"Zinc is read at {told['phytate_mg']} mg phytate a day ({diet.name.lower()} diet)."
    if "iron_bioavailability_pct" in conditions:
        share = told["iron_bioavailability_pct"]
        yield f"Iron is read at {share} % bioavailability ({diet.name.lower()} diet)."
    if "zinc_bioavailability" in conditions and {"meat", "fish"} <= diet.without_origin:
        yield f"Zinc: {standard.remarks.get(('zinc', 'RNI'), 'see its source')}"
    remark = standard.remarks.get(("iron", "RDA"))
    if remark and {"meat", "fish"} <= diet.without_origin:
        yield f"Iron: {remark[:1].lower()}{remark[1:]}"


def _soft_notes(profile: Profile, targets: tuple[Target, ...]) -> Iterator[str]:
    soft_in_state = read_settings("targets.toml")["soft_in_state"].get(profile.state, ())
    for target in targets:
        if target.nutrient in soft_in_state and not target.hard and target.lower:
            yield (
                f"{name_of(target.nutrient)} of {target.lower:g} {unit_word(target.nutrient)} "
                f"{_STATE_WORDS[profile.state]} is seldom met by food alone: what stays short is "
                "said, and a clinic decides on a supplement."
            )


def _shown_notes(reading: StandardReading, targets: tuple[Target, ...]) -> Iterator[str]:
    held = {t.nutrient for t in targets if t.basis == "total" and t.lower is not None}
    for value, reason in reading.shown:
        if key_of(value) in held:  # by a medicine, which has a sentence of its own
            continue
        name = "Water" if key_of(value) == "water_g" else name_of(key_of(value))
        yield f"{name}: the {value.kind} of {value.value:g} {value.unit} is no target. {reason}"


def _unsure_notes(targets: tuple[Target, ...]) -> Iterator[str]:
    unsure = list(dict.fromkeys(t.nutrient for t in targets if t.confidence in UNSURE))
    if unsure:
        yield f"Figures not confirmed at their source: {_listed(unsure)}."


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(name_within(key) for key in keys)
