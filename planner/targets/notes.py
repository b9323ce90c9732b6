"""What a reader must know beside the figures of the targets, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from planner.language.spoken import Said, listed_said, mark, said, worded
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
from planner.targets.words import name_of, said_within, unit_word

_STATE_WORDS = {"pregnant": mark("in pregnancy"), "lactating": mark("while breastfeeding")}
_OUTSIDE = {"pregnant": mark("outside pregnancy"), "lactating": mark("outside lactation")}
CALCIUM_ASKS = mark(
    "Calcium of {calcium:g} mg and Ca:Mg of at most {ratio:g} together ask for {implied:.0f} mg "
    "magnesium a day (Ca / {ratio:g}){beside}."
)
ABOVE_RULE = mark(", above the {lower:g} mg of the {rule} alone")
WITHIN_RULE = mark(", within the {lower:g} mg of the {rule} alone")
ABOVE_ASKED = mark(", above the {lower:g} mg asked for")
WITHIN_ASKED = mark(", within the {lower:g} mg asked for")
SHOWN_UNDER = mark(
    "Ca:Mg is shown, not planned for, under {age}: the recommended intakes of children imply "
    "ratios far above 2, and calcium for growth comes first."
)
SHOWN_IN_STATE = mark("Ca:Mg is shown, not planned for, {state}.")
WISH_UNDER = mark(
    "Ca:Mg is a wish under {age}, as asked for, and no target: it gives way wherever calcium needs "
    "it to."
)
WISH_IN_STATE = mark(
    "Ca:Mg is a wish {state}, as asked for, and no target: it gives way wherever calcium needs it "
    "to."
)
NONE_TAKEN = mark("{standard} gives no {names} here; none is taken from another standard.")
US_SHAPES = mark("{standard} gives no {names} here; the US range shapes the plan as a soft rule.")
HIGHEST_HOLDS = mark(
    "{standard} gives a higher upper level, or none, for {names}: the highest level among the "
    "built-in standards applies."
)
NEAREST_AGE = mark(
    "{standard} gives values {state} for other ages only: the nearest age stands in for {age} "
    "years."
)
STRICTER_HOLDS = mark(
    "For {names}, {standard} asks for less {state} than it does otherwise at {age} years: since "
    "growth continues, the stricter of the two values applies."
)
NO_SEPARATE = mark(
    "{standard} gives no separate value {state} for {names}: the value {outside} holds."
)
TRIMESTER_ASSUMED = mark("Trimester {number} is assumed wherever a value depends on it.")
ZINC_READ = mark("The zinc target assumes {phytate} mg of phytate a day ({diet} diet).")
IRON_READ = mark("The iron target assumes {share} % bioavailability ({diet} diet).")
SELDOM_MET = mark(
    "{name} of {lower:g} {unit} {state} is seldom met by food alone: any shortfall is reported, "
    "and a clinic decides on a supplement."
)
NO_TARGET = mark("{name}: the {kind} of {value:g} {unit} is not used as a target. {reason}")
NOT_CONFIRMED = mark("Not checked yet against the original publication: {names}.")
UNSURE = ("unconfirmed", "low")
_SUPPLEMENTS_ONLY = mark("Counts supplements, never food.")
SEE_SOURCE = mark("see its source")
MAGNESIUM_LEVEL = mark("Magnesium {kind} of {upper:g} mg: {remark}")


def target_notes(
    standard: Standard,
    profile: Profile,
    diet: Diet,
    energy: Energy,
    reading: StandardReading,
    targets: tuple[Target, ...],
) -> tuple[str, ...]:
    """Return the notes on a set of targets, each one sentence or two."""
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
    """Return the magnesium that calcium and Ca:Mg ask for together: Ca / ratio [mg/day].

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
    yield said(
        CALCIUM_ASKS,
        calcium=week["calcium_mg"].lower,
        ratio=week[RATIO].upper,
        implied=float(implied_mg),
        beside=_beside_reference(implied_mg, week),
    )


def _beside_reference(implied_mg: float, week: Mapping[str, Target]) -> Said:
    target = week.get("magnesium_mg")
    if target is None or target.lower is None:
        return said("")
    is_above, is_asked = implied_mg > target.lower, target.origins == (REQUEST,)
    patterns = (WITHIN_RULE, WITHIN_ASKED, ABOVE_RULE, ABOVE_ASKED)
    pattern = patterns[2 * is_above + is_asked]
    return said(pattern, lower=float(target.lower), rule=target.rule)


def _why_ratio_is_shown(profile: Profile) -> str:
    age_y = read_settings("targets.toml")["ratio"]["hard_from_age_y"]
    if profile.age_y < age_y:
        return said(SHOWN_UNDER, age=age_y)
    return said(SHOWN_IN_STATE, state=said(_STATE_WORDS[profile.state]))


def _why_ratio_is_a_wish(profile: Profile) -> str:
    age_y = read_settings("targets.toml")["ratio"]["hard_from_age_y"]
    if profile.age_y < age_y:
        return said(WISH_UNDER, age=age_y)
    return said(WISH_IN_STATE, state=said(_STATE_WORDS[profile.state]))


def _supplement_notes(standard: Standard, targets: tuple[Target, ...]) -> Iterator[str]:
    for target in targets:
        if target.nutrient == "magnesium_mg" and target.basis != "total" and target.upper:
            remark = standard.remarks.get(("magnesium", target.rule), _SUPPLEMENTS_ONLY)
            kind = target.rule.replace("_", " ")
            told, upper = _lowered(remark), float(target.upper)
            yield said(MAGNESIUM_LEVEL, kind=kind, upper=upper, remark=told)


def _thin_notes(standard: Standard, reading: StandardReading) -> Iterator[str]:
    if reading.missing:
        yield said(NONE_TAKEN, standard=standard.name, names=_listed(reading.missing))
    if reading.shaped:
        yield said(US_SHAPES, standard=standard.name, names=_listed(reading.shaped))
    if reading.held:
        names = _listed(dict.fromkeys(reading.held))
        yield said(HIGHEST_HOLDS, standard=standard.name, names=names)
    for name, remark in standard.told:
        yield said("{name}: {remark}", name=said(name), remark=_lowered(remark))


def _state_notes(standard: Standard, profile: Profile, reading: StandardReading) -> Iterator[str]:
    state = said(_STATE_WORDS.get(profile.state, ""))
    words = {"standard": standard.name, "state": state, "age": profile.age_y}
    if reading.nearest:
        yield said(NEAREST_AGE, **words)
    if reading.stricter:
        yield said(STRICTER_HOLDS, **words, names=_listed(reading.stricter))
    if reading.fallbacks:
        outside = said(_OUTSIDE[profile.state])
        yield said(NO_SEPARATE, **words, names=_listed(reading.fallbacks), outside=outside)
    if profile.state == "pregnant" and profile.gestation_week is None:
        yield said(TRIMESTER_ASSUMED, number=trimester(profile))


def _diet_notes(standard: Standard, diet: Diet) -> Iterator[str]:
    conditions = {value.condition.partition("=")[0] for value in standard.values}
    told, name = diet.circumstances, diet.name.lower()
    if diet.is_without_animals:
        yield say("vegan_b12")
        yield say("vegan_iodine")
    if "phytate_mg" in conditions:
        yield said(ZINC_READ, phytate=told["phytate_mg"], diet=worded(name, diet.diet_id))
    if "iron_bioavailability_pct" in conditions:
        share = told["iron_bioavailability_pct"]
        yield said(IRON_READ, share=share, diet=worded(name, diet.diet_id))
    if "zinc_bioavailability" in conditions and {"meat", "fish"} <= diet.without_origin:
        zinc = standard.remarks.get(("zinc", "RNI"), SEE_SOURCE)
        yield said("{name}: {remark}", name=said("Zinc"), remark=said(zinc))
    remark = standard.remarks.get(("iron", "RDA"))
    if remark and {"meat", "fish"} <= diet.without_origin:
        yield said("{name}: {remark}", name=said("Iron"), remark=_lowered(remark))


def _soft_notes(profile: Profile, targets: tuple[Target, ...]) -> Iterator[str]:
    soft_in_state = read_settings("targets.toml")["soft_in_state"].get(profile.state, ())
    for target in targets:
        if target.nutrient in soft_in_state and not target.hard and target.lower:
            yield said(
                SELDOM_MET,
                name=said(name_of(target.nutrient)),
                lower=float(target.lower),
                unit=said(unit_word(target.nutrient)),
                state=said(_STATE_WORDS[profile.state]),
            )


def _shown_notes(reading: StandardReading, targets: tuple[Target, ...]) -> Iterator[str]:
    held = {t.nutrient for t in targets if t.basis == "total" and t.lower is not None}
    for value, reason in reading.shown:
        if key_of(value) in held:  # by a medicine, which has a sentence of its own
            continue
        yield said(
            NO_TARGET,
            name=said("Water" if key_of(value) == "water_g" else name_of(key_of(value))),
            kind=value.kind,
            value=float(value.value),
            unit=value.unit,
            reason=said(reason),
        )


def _unsure_notes(targets: tuple[Target, ...]) -> Iterator[str]:
    unsure = list(dict.fromkeys(t.nutrient for t in targets if t.confidence in UNSURE))
    if unsure:
        yield said(NOT_CONFIRMED, names=_listed(unsure))


def _lowered(remark: str) -> Said:
    """Return a remark as it stands behind a colon."""
    return worded(f"{remark[:1].lower()}{remark[1:]}", remark)


def _listed(keys: Iterable[str]) -> Said:
    return listed_said(map(said_within, keys))
